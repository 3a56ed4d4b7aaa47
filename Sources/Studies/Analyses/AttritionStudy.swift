public import Datasets
public import Psychometrics
public import Reporting

/// The cases that a study kept against those it lost, from its data.
public struct AttritionStudy: Sendable {
    /// The variable that says which cases were kept.
    public let status: String
    /// The comparison.
    public let analysis: AttritionAnalysis
    /// What the reader should know.
    public let warnings: [String]

    /// Compares the cases kept with those lost.
    ///
    /// Numeric variables without value labels are compared by their means, others by their categories. Rows without a status
    /// are left out.
    ///
    /// - Parameters:
    ///   - dataset: The data.
    ///   - status: The variable that says which cases were kept.
    ///   - kept: Its values that mean kept.
    ///   - names: What is compared; nil takes all variables, but of those with text only such with at most
    ///     `AttritionAnalysis.categoryLimit` values.
    ///   - categories: Numeric variables whose values are categories all the same.
    ///   - persons: The variables that identify a person, who counts once with the values of the first occasion; empty where
    ///     each row is a person.
    ///   - occasion: The numeric variable that orders the rows of a person; nil for the order of the file.
    ///   - bound: The standardised difference that counts as negligible.
    /// - Throws: `DatasetError`, ``AnalysisError``, `PsychometricsError`.
    public init(
        _ dataset: Dataset, status: String, kept: [String], variables names: [String]? = nil,
        categories: [String] = [], persons: [String] = [], occasion: String? = nil, bound: Double = 0.3
    ) throws {
        let texts = try dataset.column(status).texts
        try Self.verify(texts, status, kept)
        var warnings: [String] = []
        var rows = Array(0..<dataset.rowCount)
        if !persons.isEmpty { rows = try Self.firstRows(dataset, persons, occasion) }
        let known = rows.filter { texts[$0] != nil }
        if known.count < rows.count {
            warnings.append("\(rows.count - known.count) of \(rows.count) cases left out, as they lack \(status)")
        }
        rows = known
        if let names, let twice = AnalysisError.repeated(names) { throw AnalysisError.namedTwice(twice) }
        for name in categories { _ = try dataset.column(name) }
        var leftOut: [String] = []
        let chosen =
            names
            ?? dataset.names.filter { name in
                guard name != status, !persons.contains(name), name != occasion, let column = dataset[name] else {
                    return false
                }
                guard !column.isNumeric else { return true }
                let values = column.texts
                let isCategory = Set(rows.compactMap { values[$0] }).count <= AttritionAnalysis.categoryLimit
                if !isCategory { leftOut.append(name) }
                return isCategory
            }
        if !leftOut.isEmpty {
            warnings.append("left out, as they hold too many different texts: \(leftOut.joined(separator: ", "))")
        }
        let variables = try chosen.map { name -> AttritionAnalysis.Variable in
            if name == status {
                throw AnalysisError.unsuitable("\(status) cannot be compared with itself; leave it out")
            }
            let column = try dataset.column(name)
            guard column.isNumeric, column.valueLabels.isEmpty, !categories.contains(name) else {
                return Self.categories(column, rows)
            }
            let numbers = column.numbers
            return AttritionAnalysis.Variable(name, .quantity(rows.map { numbers[$0] }))
        }
        self.status = status
        analysis = try AttritionAnalysis(
            variables, isKept: rows.map { kept.contains(texts[$0] ?? "") }, equivalenceBound: bound)
        self.warnings = warnings + analysis.warnings
    }

    /// A variable by the wording of its categories, in their order.
    private static func categories(_ column: Column, _ rows: [Int]) -> AttritionAnalysis.Variable {
        let texts = column.texts
        var words: [String: String] = [:], order: [String] = []
        for entry in column.valueLabels {
            // Two codes of one wording stay apart.
            let word = order.contains(entry.label) ? "\(entry.label) (\(entry.code))" : entry.label
            words[entry.code.description] = word
            order.append(word)
        }
        return AttritionAnalysis.Variable(
            column.name, .categories(rows.map { row in texts[row].map { words[$0] ?? $0 } }), order: order)
    }

    /// Verifies that some cases were kept and others lost.
    private static func verify(_ texts: [String?], _ status: String, _ kept: [String]) throws(AnalysisError) {
        let values = Set(texts.compactMap { $0 }).sorted()
        let list = values.prefix(5).joined(separator: ", ") + (values.count > 5 ? ", …" : "")
        if values.isEmpty { throw .unsuitable("\(status) has no value in any row; name the variable of those kept") }
        guard let stranger = kept.first(where: { !values.contains($0) }) else {
            if values.allSatisfy(kept.contains) {
                throw .unsuitable("\(status) is \(list) in all rows, which is kept: no case was lost to compare with")
            }
            return
        }
        let nearest = nearestNames(to: stranger, among: values).first.map { "; did you mean \"\($0)\"?" }
        throw .unsuitable(
            "\(status) has no value \"\(stranger.prefix(40))\" that would mean kept; its values are \(list)"
                + (nearest ?? "; name one of them"))
    }

    /// The first row of each person.
    private static func firstRows(
        _ dataset: Dataset, _ persons: [String], _ occasion: String?
    ) throws(DatasetError) -> [Int] {
        var columns: [[String?]] = []
        for name in persons { columns.append(try dataset.column(name).texts) }
        var order = Array(0..<dataset.rowCount)
        if let occasion {
            let times = try dataset.column(occasion)
            if times.isNumeric {
                let numbers = times.numbers
                order.sort { (numbers[$0], $0) < (numbers[$1], $1) }
            }
        }
        var seen: Set<[String?]> = []
        return order.filter { row in seen.insert(columns.map { $0[row] }).inserted }.sorted()
    }

    /// The document of the contract.
    public var contract: JSON {
        .contract(
            analysis: "attrition", warnings: warnings,
            [("status", .string(status))] + JSON.attrition(analysis))
    }

    /// The tables for a terminal.
    public var document: Document {
        Document(title: "Cases kept and lost", blocks: Document.Block.attrition(analysis)).numbered()
    }
}
