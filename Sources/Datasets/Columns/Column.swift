/// One variable: its values with the reasons of the missing ones, and what the source says about it.
///
/// A missing numeric cell is NaN and a missing text cell nil, whatever the reason, so a declared-missing code such
/// as 99 can never enter a statistic. The reasons other than ``MissingReason/system`` are kept beside the values.
public struct Column: Sendable {
    /// The name by which analyses refer to the variable.
    public var name: String
    /// The wording of the question, or nil.
    public var label: String?
    /// The level of measurement that the source states.
    public var measure: Measure
    /// The wording of the codes, in the order of the source.
    public var valueLabels: [ValueLabel]
    /// What the source or the codebook declares missing.
    public private(set) var declaredMissing: DeclaredMissing
    /// The response range by which the values were reverse coded, or nil if they are as collected.
    public private(set) var reverseCoding: ClosedRange<Double>?
    /// The values and the reasons of the missing ones.
    public private(set) var values: Values

    /// The cells of a column, by row; `reasons` holds the rows whose reason is not ``MissingReason/system``.
    public enum Values: Sendable {
        /// Numbers, NaN where missing.
        case numeric([Double], reasons: [Int: MissingReason])
        /// Texts, nil where missing.
        case text([String?], reasons: [Int: MissingReason])
    }

    /// Creates a numeric column. Cells that are not finite are missing; numbers declared missing become missing.
    public init(
        name: String, numbers: [Double], reasons: [Int: MissingReason] = [:], label: String? = nil,
        measure: Measure = .unknown, valueLabels: [ValueLabel] = [], declaredMissing: DeclaredMissing = .init()
    ) {
        self.name = name
        self.label = label
        self.measure = measure
        self.valueLabels = valueLabels
        self.declaredMissing = declaredMissing
        var numbers = numbers
        for i in numbers.indices where !numbers[i].isFinite { numbers[i] = .nan }
        let kept = reasons.filter { row, reason in
            numbers.indices.contains(row) && numbers[row].isNaN && reason != .system
        }
        values = .numeric(numbers, reasons: kept)
        if !declaredMissing.isEmpty { applyDeclaredMissing() }
    }

    /// Creates a text column; a nil or empty text is missing, and so is a text that is declared missing.
    public init(
        name: String, texts: [String?], reasons: [Int: MissingReason] = [:], label: String? = nil,
        measure: Measure = .nominal, valueLabels: [ValueLabel] = [], declaredMissing: DeclaredMissing = .init()
    ) {
        self.name = name
        self.label = label
        self.measure = measure
        self.valueLabels = valueLabels
        self.declaredMissing = declaredMissing
        var texts = texts
        for i in texts.indices where texts[i]?.isEmpty == true { texts[i] = nil }
        let kept = reasons.filter { row, reason in
            texts.indices.contains(row) && texts[row] == nil && reason != .system
        }
        values = .text(texts, reasons: kept)
        if !declaredMissing.isEmpty { applyDeclaredMissing() }
    }

    /// The number of rows.
    public var count: Int {
        switch values {
        case .numeric(let numbers, _): numbers.count
        case .text(let texts, _): texts.count
        }
    }

    /// Whether the values are numbers.
    public var isNumeric: Bool {
        if case .numeric = values { return true }
        return false
    }

    /// The values as numbers, NaN wherever a cell is missing for any reason; all NaN for a text column.
    public var numbers: [Double] {
        switch values {
        case .numeric(let numbers, _): numbers
        case .text(let texts, _): [Double](repeating: .nan, count: texts.count)
        }
    }

    /// The values as text, nil wherever a cell is missing; numbers as their shortest exact decimal.
    public var texts: [String?] {
        switch values {
        case .numeric(let numbers, _): numbers.map { $0.isNaN ? nil : shortest($0) }
        case .text(let texts, _): texts
        }
    }

    /// Whether the cell in `row` (from zero) is missing.
    public func isMissing(at row: Int) -> Bool {
        switch values {
        case .numeric(let numbers, _): numbers[row].isNaN
        case .text(let texts, _): texts[row] == nil
        }
    }

    /// Why the cell in `row` (from zero) is missing, or nil if it holds a value.
    public func missingReason(at row: Int) -> MissingReason? {
        isMissing(at: row) ? (reasons[row] ?? .system) : nil
    }

    /// The reasons other than ``MissingReason/system``, by row.
    public var reasons: [Int: MissingReason] {
        switch values {
        case .numeric(_, let reasons), .text(_, let reasons): reasons
        }
    }

    /// The number of missing cells.
    public var missingCount: Int {
        switch values {
        case .numeric(let numbers, _): numbers.reduce(0) { $0 + ($1.isNaN ? 1 : 0) }
        case .text(let texts, _): texts.reduce(0) { $0 + ($1 == nil ? 1 : 0) }
        }
    }

    /// The number of missing cells for each reason that occurs: empty cells first, then by wording.
    public var missingCounts: [MissingCount] {
        var counts: [MissingReason: Int] = [:]
        for reason in reasons.values { counts[reason, default: 0] += 1 }
        let system = missingCount - reasons.count
        let others = counts.sorted { $0.key.description < $1.key.description }
        return (system > 0 ? [MissingCount(reason: .system, count: system)] : [])
            + others.map { MissingCount(reason: $0.key, count: $0.value) }
    }

    /// The wording of `code`, or nil.
    public func label(of code: Code) -> String? {
        valueLabels.first { $0.code == code }?.label
    }

    /// The column with `declaration` added to what is declared missing; cells that hold such a code become missing
    /// and keep the code as their reason.
    public func declaringMissing(_ declaration: DeclaredMissing) -> Column {
        var result = self
        result.declaredMissing = declaredMissing.union(declaration)
        result.applyDeclaredMissing()
        return result
    }

    /// The column with every value v replaced by lower + upper − v, and the value labels moved with their values.
    ///
    /// Reversing a reversed column by the same range gives the original back.
    /// - Parameter range: the range of the response scale, for example 1…5 (not of the answers that occur).
    /// - Throws: ``DatasetError/textColumn(name:row:content:)`` for a text column,
    ///   ``DatasetError/outsideResponseRange(cells:total:)`` if a value lies outside `range`.
    public func reversed(range: ClosedRange<Double>) throws(DatasetError) -> Column {
        guard case .numeric(var numbers, let reasons) = values else { throw textError }
        let sum = range.lowerBound + range.upperBound
        let outside = CellsOutsideRange(of: self, range: range)
        if outside.total > 0 { throw .outsideResponseRange(cells: outside.cells, total: outside.total) }
        for i in numbers.indices { numbers[i] = sum - numbers[i] }
        var result = self
        result.values = .numeric(numbers, reasons: reasons)
        result.valueLabels = valueLabels.map { entry in
            guard case .number(let code) = entry.code, range.contains(code) else { return entry }
            return ValueLabel(code: .number(sum - code), label: entry.label)
        }
        result.reverseCoding = reverseCoding == nil ? range : nil
        return result
    }

    /// The column as numbers: texts that are numbers are read as such, and every other text becomes missing with the
    /// reason ``MissingReason/notNumeric(_:)``.
    public func convertedToNumeric() -> Column {
        guard case .text(let texts, var reasons) = values else { return self }
        var numbers = [Double](repeating: .nan, count: texts.count)
        for (row, text) in texts.enumerated() {
            guard let text else { continue }
            if let number = decimalNumber(text) {
                numbers[row] = number
            } else {
                reasons[row] = .notNumeric(text)
            }
        }
        let numericCodes = declaredMissing.codes.map { code -> Code in
            guard case .text(let text) = code, let number = decimalNumber(text) else { return code }
            return .number(number)
        }
        let labels = valueLabels.map { entry -> ValueLabel in
            guard case .text(let text) = entry.code, let number = decimalNumber(text) else { return entry }
            return ValueLabel(code: .number(number), label: entry.label)
        }
        return Column(
            name: name, numbers: numbers, reasons: reasons, label: label, measure: .unknown, valueLabels: labels,
            declaredMissing: DeclaredMissing(codes: numericCodes, ranges: declaredMissing.ranges))
    }

    /// The column with the given rows (from zero), in the order given.
    public func selectingRows(_ rows: [Int]) -> Column {
        var kept: [Int: MissingReason] = [:]
        if !reasons.isEmpty {
            for (new, old) in rows.enumerated() { if let reason = reasons[old] { kept[new] = reason } }
        }
        var result = self
        switch values {
        case .numeric(let numbers, _): result.values = .numeric(rows.map { numbers[$0] }, reasons: kept)
        case .text(let texts, _): result.values = .text(rows.map { texts[$0] }, reasons: kept)
        }
        return result
    }

    /// The cells of the given rows (from zero) in the order given, a missing cell for nil.
    func selectingRows(_ rows: [Int?]) -> Column {
        var kept: [Int: MissingReason] = [:]
        if !reasons.isEmpty {
            for (new, old) in rows.enumerated() {
                if let old, let reason = reasons[old] { kept[new] = reason }
            }
        }
        var result = self
        switch values {
        case .numeric(let numbers, _):
            result.values = .numeric(rows.map { $0.map { numbers[$0] } ?? .nan }, reasons: kept)
        case .text(let texts, _):
            result.values = .text(rows.map { $0.flatMap { texts[$0] } }, reasons: kept)
        }
        return result
    }

    /// The column with other cells of the same kind, and with what the source says about it left as it is.
    ///
    /// Codes that are declared missing must have been replaced by their reasons already.
    func replacingValues(_ values: Values, declaredMissing: DeclaredMissing) -> Column {
        var result = self
        result.values = values
        result.declaredMissing = declaredMissing
        return result
    }

    /// The cell in `row` (from zero) as it is printed in a message.
    func content(at row: Int) -> String {
        switch values {
        case .numeric(let numbers, _): numbers[row].isNaN ? "" : shortest(numbers[row])
        case .text(let texts, _): texts[row] ?? ""
        }
    }

    /// The error for a text column where numbers are needed, with its first cell that is not a number.
    var textError: DatasetError {
        guard case .text(let texts, _) = values else { return .textColumn(name: name, row: nil, content: "") }
        let row = texts.firstIndex { $0.map { decimalNumber($0) == nil } ?? false } ?? texts.firstIndex { $0 != nil }
        return .textColumn(name: name, row: row.map { $0 + 1 }, content: row.flatMap { texts[$0] } ?? "")
    }

    private mutating func applyDeclaredMissing() {
        switch values {
        case .numeric(var numbers, var reasons):
            for i in numbers.indices where !numbers[i].isNaN && declaredMissing.contains(numbers[i]) {
                reasons[i] = .declared(.number(numbers[i]))
                numbers[i] = .nan
            }
            values = .numeric(numbers, reasons: reasons)
        case .text(var texts, var reasons):
            for i in texts.indices {
                guard let text = texts[i], declaredMissing.contains(text) else { continue }
                reasons[i] = .declared(.text(text))
                texts[i] = nil
            }
            values = .text(texts, reasons: reasons)
        }
    }
}

extension Column: Equatable {}

extension Column.Values: Equatable {
    /// Whether the cells are the same; missing cells are equal if their reasons are.
    public static func == (a: Self, b: Self) -> Bool {
        switch (a, b) {
        case (.numeric(let x, let p), .numeric(let y, let q)):
            x.count == y.count && p == q && zip(x, y).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
        case (.text(let x, let p), .text(let y, let q)): x == y && p == q
        default: false
        }
    }
}

/// The cells of a column whose value lies outside a range: the first ones, and how many there are.
struct CellsOutsideRange {
    static let limit = 100
    var cells: [DataCell] = []
    var total = 0

    init(of column: Column, range: ClosedRange<Double>) {
        guard case .numeric(let numbers, _) = column.values else { return }
        for (row, value) in numbers.enumerated() where !value.isNaN && !range.contains(value) {
            total += 1
            if cells.count < Self.limit {
                cells.append(DataCell(row: row + 1, column: column.name, content: shortest(value)))
            }
        }
    }
}
