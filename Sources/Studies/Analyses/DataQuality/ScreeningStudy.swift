public import Datasets
import LinearAlgebra
public import Psychometrics

/// A screening of the answers to a questionnaire for careless responding, from its data.
public struct ScreeningStudy: Sendable {
    /// What is screened.
    public struct Plan: Sendable {
        /// The scales and their items, reversed items reversed in the data.
        public var scales: [ReliabilityAnalysis.Scale]
        /// The items in the order of the questionnaire; nil takes those of the scales in the order of the data.
        public var items: [String]?
        /// The variable that names the cases; nil for data rows.
        public var identifier: String?
        /// The variable with the time that each case took; nil for none.
        public var time: String?
        /// How many seconds a unit of that time has.
        public var secondsPerUnit = 1.0
        /// Items with an instructed answer, and that answer.
        public var checks: [(variable: String, answer: String)] = []
        /// Where indices are cut.
        public var settings = CarelessScreening.Settings()

        /// Makes a plan.
        public init(scales: [ReliabilityAnalysis.Scale] = [], items: [String]? = nil) {
            self.scales = scales
            self.items = items
        }
    }

    /// The screening.
    public let screening: CarelessScreening
    /// The names of the cases.
    public let cases: [String]
    /// The variable that names them; nil for data rows.
    public let identifier: String?
    /// What the reader should know.
    public let warnings: [String]

    /// Screens the cases of a dataset.
    ///
    /// Answers are screened as they were given: reversed items are turned back, as reversing would hide who gave the same
    /// answer throughout. Even–odd consistency, means and alphas are of the answers as keyed.
    /// - Throws: `DatasetError`, ``AnalysisError``, `PsychometricsError`.
    public init(_ dataset: Dataset, _ plan: Plan) throws {
        let own = plan.scales.flatMap(\.items)
        var items = plan.items ?? dataset.names.filter(Set(own).contains)
        if let items = plan.items, let twice = AnalysisError.repeated(items) { throw AnalysisError.namedTwice(twice) }
        for item in own where !items.contains(item) { items.append(item) }
        guard items.count > 1 else {
            throw AnalysisError.unsuitable(
                items.isEmpty
                    ? "there are no items to screen; name scales, or items"
                    : "a screening compares the answers to several items, but there is only \(items[0]); name more of them"
            )
        }
        let keyed = try dataset.numericMatrix(items, missing: .keep).matrix
        var given: [Column] = []
        for item in items {
            let column = try dataset.column(item)
            given.append(try column.reverseCoding.map { try column.reversed(range: $0) } ?? column)
        }
        var warnings: [String] = []
        if let check = plan.checks.first(where: { items.contains($0.variable) }) {
            throw AnalysisError.unsuitable(
                "\(check.variable) is an attention check and an item of the questionnaire; name it in one place")
        }
        let positions = Dictionary(uniqueKeysWithValues: items.enumerated().map { ($1, $0) })
        let answers = CarelessScreening.Answers(
            items: items,
            given: Matrix(rows: keyed.rows, columns: items.count, columnMajor: given.flatMap(\.numbers)), keyed: keyed,
            scales: plan.scales.map { ($0.name, $0.items.compactMap { positions[$0] }) },
            seconds: try plan.time.map { try Self.seconds($0, of: dataset, plan.secondsPerUnit) },
            checks: try plan.checks.map { ($0.variable, try Self.passed($0.variable, $0.answer, of: dataset)) })
        let constant = items.filter { name in
            let values = dataset[name]?.numbers.filter(\.isFinite) ?? []
            return !values.isEmpty && values.allSatisfy { $0 == values[0] }
        }
        if !constant.isEmpty {
            warnings.append(
                "the same answer in all cases, so that consistency rests on the others: \(constant.joined(separator: ", "))"
            )
        }
        screening = try CarelessScreening(answers, settings: plan.settings)
        identifier = plan.identifier
        if let identifier = plan.identifier {
            let names = try dataset.column(identifier).texts
            cases = names.enumerated().map { $1 ?? "data row \($0 + 1)" }
            var seen: [String: Int] = [:]
            for name in names.compactMap({ $0 }) { seen[name, default: 0] += 1 }
            let repeated = seen.filter { $0.value > 1 }.keys.sorted()
            if !repeated.isEmpty {
                warnings.append(
                    "\(identifier) is not unique: " + repeated.prefix(5).joined(separator: ", ")
                        + (repeated.count > 5 ? ", …" : "") + " stand for several cases; perhaps they answered twice")
            }
        } else {
            cases = (0..<dataset.rowCount).map { String($0 + 1) }
        }
        self.warnings = warnings + screening.remarks
    }

    private static func seconds(_ name: String, of dataset: Dataset, _ factor: Double) throws -> [Double] {
        guard factor > 0, factor.isFinite else {
            throw AnalysisError.unsuitable(
                "a unit of time has \(factor) seconds; give seconds, minutes or milliseconds")
        }
        return try dataset.numericMatrix([name], missing: .keep).matrix.column(0).map { factor * $0 }
    }

    /// Whether each case gave the instructed answer: the code, or its wording.
    private static func passed(_ name: String, _ answer: String, of dataset: Dataset) throws -> [Bool?] {
        let column = try dataset.column(name), texts = column.texts
        let codes = column.valueLabels.filter { $0.label == answer }.map(\.code.description)
        let number = Double(answer)
        let isPassed = texts.enumerated().map { row, text -> Bool? in
            text.map { $0 == answer || codes.contains($0) || (number != nil && column.numbers[row] == number) }
        }
        guard isPassed.contains(true) else {
            throw AnalysisError.unsuitable(
                "no case gave the answer \"\(answer.prefix(40))\" to the attention check \(name); its answers are "
                    + Set(texts.compactMap { $0 }).sorted().prefix(5).joined(separator: ", ")
                    + "; correct the expected answer")
        }
        return isPassed
    }

    /// The data as they were read with what the screening says of each case: the value of each index, the number of indices
    /// that flag it, and whether any does.
    ///
    /// - Throws: `DatasetError` when the data have other cases.
    public func marking(_ dataset: Dataset) throws(DatasetError) -> Dataset {
        var columns = screening.results.map { result in
            Column(
                name: "screen.\(result.index.columnName)", numbers: result.values.map { $0 ?? .nan },
                label: result.index.title)
        }
        columns.append(
            Column(
                name: "screen.flags", numbers: screening.flagCounts.map(Double.init),
                label: "Number of indices that flag the case"))
        columns.append(
            Column(
                name: "screen.flagged", numbers: screening.flagCounts.map { $0 > 0 ? 1 : 0 },
                label: "Whether an index flags the case"))
        return try dataset.setting(columns)
    }
}

extension CarelessIndex {
    /// The name of the index in data and JSON.
    var columnName: String { rawValue.split { $0 == " " || $0 == "-" }.joined(separator: ".") }
}

/// The unit of a time that was taken of each case.
public enum TimeUnit: String, Sendable, CaseIterable {
    /// Seconds.
    case seconds
    /// Minutes.
    case minutes
    /// Thousandths of a second.
    case milliseconds

    /// How many seconds a unit has.
    public var seconds: Double {
        switch self {
        case .seconds: 1
        case .minutes: 60
        case .milliseconds: 0.001
        }
    }
}
