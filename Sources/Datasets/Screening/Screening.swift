/// What to look at in the data before any analysis.
public struct Screening: Sendable, Hashable, Codable {
    /// A pattern of missingness: which of the screened variables are missing together, and in how many rows.
    public struct MissingPattern: Sendable, Hashable, Codable {
        /// The variables that are missing; empty for complete rows.
        public var missing: [String]
        /// The number of rows with this pattern.
        public var rows: Int
    }

    /// The missing cells of a variable.
    public struct VariableMissingness: Sendable, Hashable, Codable {
        /// The variable.
        public var variable: String
        /// The number of missing cells.
        public var missing: Int
        /// The number of rows.
        public var rows: Int
        /// The number of missing cells for each reason.
        public var reasons: [MissingCount]
    }

    /// The variables screened.
    public var variables: [String]
    /// The variables without any value.
    public var empty: [String]
    /// The variables whose values are all the same.
    public var constant: [String]
    /// Groups of variables with identical cells.
    public var duplicateVariables: [[String]]
    /// The rows (from 1) that give the same answer to all screened numeric variables, of which they answer at least
    /// three.
    public var straightLiningRows: [Int]
    /// Groups of rows (from 1) with identical cells in all screened variables; rows without any value are left out.
    public var duplicateRows: [[Int]]
    /// Missing cells by variable.
    public var missingness: [VariableMissingness]
    /// Patterns of missingness, the most frequent first, ties in the order of appearance.
    public var missingPatterns: [MissingPattern]

    /// Screens variables of a dataset.
    ///
    /// - Parameters:
    ///   - dataset: the data.
    ///   - names: the variables; nil takes all. Straight-lining is only meaningful for the items of a questionnaire.
    /// - Throws: ``DatasetError/noSuchColumn(name:source:nearest:)``.
    public init(_ dataset: Dataset, variables names: [String]? = nil) throws(DatasetError) {
        var columns: [Column] = []
        for name in names ?? dataset.names { columns.append(try dataset.column(name)) }
        let rowCount = dataset.rowCount
        variables = columns.map(\.name)
        empty = columns.filter { $0.missingCount == rowCount }.map(\.name)
        constant = columns.filter(Self.isConstant).map(\.name)
        duplicateVariables = Self.groups(of: columns.map(ColumnContent.init)).map { $0.map { columns[$0].name } }
        missingness = columns.map {
            VariableMissingness(
                variable: $0.name, missing: $0.missingCount, rows: rowCount, reasons: $0.missingCounts)
        }

        var codes = [[UInt64]](repeating: [], count: rowCount)
        for row in 0..<rowCount { codes[row].reserveCapacity(columns.count) }
        for column in columns {
            switch column.values {
            case .numeric(let numbers, _):
                for row in 0..<rowCount {
                    // Adding zero makes −0 and 0 the same; missing cells are all ones.
                    codes[row].append(numbers[row].isNaN ? .max : (numbers[row] + 0).bitPattern)
                }
            case .text(let texts, _):
                var numbers: [String: UInt64] = [:]
                for row in 0..<rowCount {
                    guard let text = texts[row] else {
                        codes[row].append(.max)
                        continue
                    }
                    let next = UInt64(numbers.count)
                    codes[row].append(numbers[text, default: next])
                    if numbers[text] == nil { numbers[text] = next }
                }
            }
        }
        duplicateRows = Self.groups(of: codes).filter { group in
            group.first.map { codes[$0].contains { $0 != .max } } ?? false
        }.map { $0.map { $0 + 1 } }

        let numeric = columns.indices.filter { columns[$0].isNumeric }
        straightLiningRows = codes.indices.filter { row in
            let answers = numeric.map { codes[row][$0] }.filter { $0 != .max }
            return answers.count >= 3 && answers.allSatisfy { $0 == answers[0] }
        }.map { $0 + 1 }

        var counts: [[Int]: Int] = [:]
        var order: [[Int]] = []
        for row in codes {
            let pattern = row.indices.filter { row[$0] == .max }
            if counts.updateValue(counts[pattern, default: 0] + 1, forKey: pattern) == nil { order.append(pattern) }
        }
        let sorted = order.enumerated().sorted { a, b in
            let (m, n) = (counts[a.element] ?? 0, counts[b.element] ?? 0)
            return m != n ? m > n : a.offset < b.offset
        }
        missingPatterns = sorted.map { entry in
            MissingPattern(missing: entry.element.map { columns[$0].name }, rows: counts[entry.element] ?? 0)
        }
    }

    private static func isConstant(_ column: Column) -> Bool {
        switch column.values {
        case .numeric(let numbers, _):
            guard let first = numbers.first(where: { !$0.isNaN }) else { return false }
            return numbers.allSatisfy { $0.isNaN || $0 == first }
        case .text(let texts, _):
            guard let first = texts.first(where: { $0 != nil }) else { return false }
            return texts.allSatisfy { $0 == nil || $0 == first }
        }
    }

    /// The indices of equal elements, in groups of two and more, in order of appearance.
    private static func groups<Element: Hashable>(of elements: [Element]) -> [[Int]] {
        var positions: [Element: Int] = [:]
        var groups: [[Int]] = []
        for (index, element) in elements.enumerated() {
            if let position = positions[element] {
                groups[position].append(index)
            } else {
                positions[element] = groups.count
                groups.append([index])
            }
        }
        return groups.filter { $0.count > 1 }
    }
}

/// The cells of a column as a key: missing cells are equal whatever their reason.
private enum ColumnContent: Hashable {
    case numeric([UInt64])
    case text([String?])

    init(_ column: Column) {
        switch column.values {
        case .numeric(let numbers, _): self = .numeric(numbers.map { $0.isNaN ? .max : ($0 + 0).bitPattern })
        case .text(let texts, _): self = .text(texts)
        }
    }
}
