/// A variable that was measured repeatedly, with its column for each occasion.
public struct RepeatedVariable: Sendable, Hashable, Codable {
    /// The name of the variable in the long data.
    public var name: String
    /// Its columns in the wide data, in the order of the occasions; nil where it was not measured.
    public var columns: [String?]

    /// Creates a repeated variable.
    public init(name: String, columns: [String?]) {
        self.name = name
        self.columns = columns
    }
}

/// A dataset in another shape, with remarks on what could not be kept.
public struct ReshapedDataset: Sendable, Equatable {
    /// The data.
    public var dataset: Dataset
    /// What was decided on the way.
    public var remarks: [String]
}

extension Dataset {
    /// The data with a row for each person and occasion, from columns named by variable and occasion such as `X1_1` to
    /// `X1_5`.
    ///
    /// - Parameters:
    ///   - stubs: the names of the repeated variables (`X1`); an occasion is what follows the separator. Occasions are
    ///     numbers; only if no suffix of any stub is a number are they taken as text.
    ///   - separator: what stands between variable and occasion; it may be empty.
    ///   - occasions: the occasions to expect; nil finds them in the names of the columns.
    ///   - occasion: the name of the new variable that holds the occasion.
    ///   - id: the variables that identify a row of the wide data, which is verified.
    ///   - allowsAbsentColumns: whether a variable may lack some occasions (its cells are then missing).
    ///   - dropsEmptyRows: whether rows without a value of any repeated variable are left out.
    /// - Returns: the identifiers and all other unrepeated variables, the occasion, and the repeated variables.
    /// - Throws: the errors of ``reshapedToLong(_:occasions:occasion:id:dropsEmptyRows:)``; ``DatasetError/structure(_:)`` if
    ///   a stub has no columns, or lacks an occasion.
    public func reshapedToLong(
        _ stubs: [String], separator: String = "_", occasions: [Code]? = nil, occasion: String = "occasion",
        id: [String],
        allowsAbsentColumns: Bool = false, dropsEmptyRows: Bool = false
    ) throws(DatasetError) -> ReshapedDataset {
        var suffixes: [[(text: String, column: String)]] = []
        for stub in stubs {
            let prefix = stub + separator
            let found = names.filter { $0.hasPrefix(prefix) && $0.count > prefix.count }
                .map { (text: String($0.dropFirst(prefix.count)), column: $0) }
            suffixes.append(found)
        }
        let isNumeric = suffixes.contains { $0.contains { decimalNumber($0.text) != nil } }
        var columns: [[Code: String]] = []
        var order: [Code] = []
        for (stub, found) in zip(stubs, suffixes) {
            var own: [Code: String] = [:]
            for (text, column) in found {
                let code: Code
                if isNumeric {
                    guard let number = decimalNumber(text) else { continue }
                    code = .number(number)
                } else {
                    code = .text(text)
                }
                if let other = own.updateValue(column, forKey: code) {
                    throw .structure(
                        .incompatibleColumns(
                            variable: stub, first: other, second: column, problem: "both name occasion \(code)"))
                }
                if !order.contains(code) { order.append(code) }
            }
            if own.isEmpty {
                throw .structure(
                    .noRepetitions(
                        variable: stub, pattern: "\(stub)\(separator)1, \(stub)\(separator)2, …",
                        nearest: nearestNames(to: stub, among: stems(before: separator))))
            }
            columns.append(own)
        }
        if isNumeric { order.sort { $0.order < $1.order } }
        let wanted = occasions ?? order
        var repeated: [RepeatedVariable] = []
        for (stub, own) in zip(stubs, columns) {
            for code in wanted where own[code] == nil && !allowsAbsentColumns {
                let name = "\(stub)\(separator)\(code)"
                throw .structure(
                    .missingRepetition(
                        variable: stub, occasion: code.description, column: name,
                        nearest: nearestNames(to: name, among: names.filter { !own.values.contains($0) })))
            }
            repeated.append(RepeatedVariable(name: stub, columns: wanted.map { own[$0] }))
        }
        return try reshapedToLong(
            repeated, occasions: wanted, occasion: occasion, id: id, dropsEmptyRows: dropsEmptyRows)
    }

    /// The data with a row for each person and occasion, from named columns.
    ///
    /// Labels, value labels and measures are those of the first column of a variable; where those of a later column
    /// contradict them, a remark says so.
    /// - Parameters:
    ///   - repeated: the repeated variables, each with a column (or nil) for each occasion.
    ///   - occasions: the occasions, all numbers or all texts.
    ///   - occasion: the name of the new variable that holds the occasion.
    ///   - id: the variables that identify a row of the wide data, which is verified.
    ///   - dropsEmptyRows: whether rows without a value of any repeated variable are left out.
    /// - Throws: ``DatasetError/noSuchColumn(name:source:nearest:)``; ``DatasetError/structure(_:)`` if two rows have the same
    ///   identifier, if the columns of a variable cannot be one (numbers and text, reversed and not), if lists differ in
    ///   length, or if a name is taken.
    public func reshapedToLong(
        _ repeated: [RepeatedVariable], occasions: [Code], occasion: String = "occasion", id: [String],
        dropsEmptyRows: Bool = false
    ) throws(DatasetError) -> ReshapedDataset {
        guard !repeated.isEmpty, !occasions.isEmpty else {
            throw .structure(
                .request(problem: "no repeated variable or no occasion is named; name at least one of each"))
        }
        if Set(occasions).count < occasions.count {
            throw .structure(.request(problem: "an occasion is named twice: \(occasions.map(\.description))"))
        }
        let units = try RowUnits(self, by: id)
        try units.requireIdentifiers()
        try units.requireUnique()
        var remarks: [String] = []
        var stacks: [Column] = []
        var used = Set<String>()
        for variable in repeated {
            guard variable.columns.count == occasions.count else {
                throw .structure(
                    .request(
                        problem:
                            "\(variable.name) lists \(variable.columns.count) columns for \(occasions.count) occasions"
                            + "; list one for each occasion"))
            }
            var columns: [Column?] = []
            for name in variable.columns {
                columns.append(try name.map { name throws(DatasetError) in try column(name) })
                if let name, !used.insert(name).inserted {
                    throw .structure(.request(problem: "column \"\(name)\" is named for two occasions or variables"))
                }
            }
            stacks.append(try Column(stacking: columns, as: variable.name, rows: rowCount, remarks: &remarks))
        }

        var rows: [(row: Int, occasion: Int)] = []
        rows.reserveCapacity(rowCount * occasions.count)
        for row in 0..<rowCount {
            for index in occasions.indices {
                let position = index * rowCount + row
                if !dropsEmptyRows || stacks.contains(where: { !$0.isMissing(at: position) }) {
                    rows.append((row, index))
                }
            }
        }
        let stackRows = rows.map { $0.occasion * rowCount + $0.row }
        let ownRows = rows.map(\.row)
        let kept = columns.filter { !used.contains($0.name) }
        var result = kept.map { $0.selectingRows(ownRows) }
        result.append(try Self.occasionColumn(named: occasion, occasions: rows.map { occasions[$0.occasion] }))
        result += stacks.map { $0.selectingRows(stackRows) }
        let names = result.map(\.name)
        if let twice = names.indices.first(where: { names[..<$0].contains(names[$0]) }) {
            throw .structure(.nameTaken(name: names[twice], purpose: "a variable of the long data"))
        }
        let dataset = try Dataset(columns: result, source: source, label: label, notes: notes, weightName: nil)
        return ReshapedDataset(dataset: dataset, remarks: remarks)
    }

    /// What stands before the last separator in the names of the columns, each once.
    private func stems(before separator: String) -> [String] {
        guard let mark = separator.last else { return names }
        var stems: [String] = []
        var known = Set<String>()
        for name in names {
            guard let end = name.lastIndex(of: mark) else { continue }
            let stem = String(name[..<end])
            if known.insert(stem).inserted { stems.append(stem) }
        }
        return stems
    }

    private static func occasionColumn(named name: String, occasions: [Code]) throws(DatasetError) -> Column {
        let numbers = occasions.compactMap { code -> Double? in
            if case .number(let value) = code { value } else { nil }
        }
        if numbers.count == occasions.count { return Column(name: name, numbers: numbers, measure: .scale) }
        guard numbers.isEmpty else {
            throw .structure(.request(problem: "some occasions are numbers and some are text; name them all alike"))
        }
        return Column(name: name, texts: occasions.map(\.description))
    }
}

extension Code {
    /// Numbers before everything else, by size.
    var order: Double {
        if case .number(let value) = self { value } else { .infinity }
    }
}

extension Column {
    /// The columns of a repeated variable below each other; nil stands for `rows` missing cells.
    init(stacking columns: [Column?], as name: String, rows: Int, remarks: inout [String]) throws(DatasetError) {
        guard let model = columns.compactMap({ $0 }).first else {
            throw .structure(.request(problem: "\(name) has no column at all; name at least one"))
        }
        var labels = model.valueLabels
        var declared = model.declaredMissing
        for column in columns.compactMap({ $0 }) {
            func incompatible(_ problem: String) -> DatasetError {
                .structure(
                    .incompatibleColumns(variable: name, first: model.name, second: column.name, problem: problem))
            }
            if column.isNumeric != model.isNumeric {
                throw incompatible(
                    model.isNumeric ? "the second holds text" : "the first holds text, the second numbers")
            }
            if column.reverseCoding != model.reverseCoding { throw incompatible("only one of them is reverse coded") }
            for entry in column.valueLabels {
                guard let known = labels.first(where: { $0.code == entry.code }) else {
                    labels.append(entry)
                    continue
                }
                if known.label != entry.label {
                    remarks.append(
                        "\(name): code \(entry.code) is \"\(known.label)\" in \(model.name) and \"\(entry.label)\" in "
                            + "\(column.name); the first is kept")
                }
            }
            if column.declaredMissing != declared, !declared.isEmpty {
                remarks.append(
                    "\(name): \(model.name) and \(column.name) declare different codes missing; cells keep their reasons"
                )
                declared = DeclaredMissing()
            }
        }
        if columns.contains(where: { $0.map { $0.declaredMissing != declared } ?? false }) {
            declared = DeclaredMissing()
        }
        var reasons: [Int: MissingReason] = [:]
        for (index, column) in columns.enumerated() {
            for (row, reason) in column?.reasons ?? [:] { reasons[index * rows + row] = reason }
        }
        let values: Values
        if model.isNumeric {
            let numbers = columns.flatMap { $0?.numbers ?? [Double](repeating: .nan, count: rows) }
            values = .numeric(numbers, reasons: reasons)
        } else {
            values = .text(columns.flatMap { $0?.texts ?? [String?](repeating: nil, count: rows) }, reasons: reasons)
        }
        self = model.replacingValues(values, declaredMissing: declared)
        self.name = name
        valueLabels = labels
    }
}
