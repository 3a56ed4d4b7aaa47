/// The variables that a formula may name: columns of equal length, numeric or categorical.
public struct ModelFrame: Sendable {
    /// A variable.
    public enum Column: Sendable {
        /// Numbers; NaN where a value is missing.
        case numeric([Double])
        /// Categories; nil where a value is missing.
        case categorical([String?])

        /// The number of rows.
        public var count: Int {
            switch self {
            case .numeric(let values): values.count
            case .categorical(let values): values.count
            }
        }
    }

    /// The names, in the order of the file.
    public let names: [String]
    /// The number of rows.
    public let rowCount: Int
    private let columns: [String: Column]

    /// Columns by name; all must have `rowCount` rows, and of two columns with one name the first counts.
    public init(_ columns: [(name: String, column: Column)], rowCount: Int) {
        precondition(columns.allSatisfy { $0.column.count == rowCount }, "all columns have \(rowCount) rows")
        names = columns.map(\.name)
        self.rowCount = rowCount
        self.columns = Dictionary(columns.map { ($0.name, $0.column) }, uniquingKeysWith: { first, _ in first })
    }

    /// The variable of that name.
    public subscript(name: String) -> Column? { columns[name] }
}
