/// Why an audit file cannot be read: what is wrong, on which line, and what to do.
public enum AuditFault: Error, Sendable, Hashable {
    /// A table has no row, or no head.
    case emptyTable(String, line: Int)
    /// A row has more or fewer cells than the table has columns.
    case raggedRow(String, line: Int, expected: Int, found: Int, begins: String)
    /// A field of a CSV line opens a quotation mark and does not close it.
    case openQuotation(String, line: Int)
    /// A cell holds no number where one is expected.
    case number(String, line: Int, column: String, PrintedNumberFault)
    /// A column that a table of this kind needs is not there.
    case missingColumn(String, line: Int, column: String, heads: [String])
    /// A value of an option is not one that it can have.
    case option(String, line: Int, option: String, String)
    /// Something about the content of a table, said in full.
    case content(String, line: Int, String)
    /// A legend of stars.
    case legend(String)

    /// The line of the file, if one is known.
    public var line: Int? {
        switch self {
        case .emptyTable(_, let line), .raggedRow(_, let line, _, _, _), .openQuotation(_, let line),
            .number(_, let line, _, _), .missingColumn(_, let line, _, _), .option(_, let line, _, _),
            .content(_, let line, _):
            line
        case .legend: nil
        }
    }
}

extension AuditFault: CustomStringConvertible {
    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .emptyTable(let table, _):
            "\(table) has no rows; write the column heads on the first line and a row of the table on each of the next"
        case .raggedRow(let table, _, let expected, let found, let begins):
            "\(table): the row that begins with `\(begins)` has \(found) cell\(found == 1 ? "" : "s"), and the table has "
                + "\(expected) columns; mark empty cells with their separators, and put cells that contain a comma in quotation marks"
        case .openQuotation(let table, _): "\(table): a quotation mark is opened and not closed on this line"
        case .number(let table, _, let column, let fault): "\(table), column `\(column)`: \(fault)"
        case .missingColumn(let table, _, let column, let heads):
            "\(table) has no column for `\(column)`; its heads are \(heads.map { "`\($0)`" }.joined(separator: ", ")); "
                + "say which one it is with `columns: {\(column): HEAD}`"
        case .option(let table, _, let option, let message): "\(table), `\(option)`: \(message)"
        case .content(let table, _, let message): "\(table): \(message)"
        case .legend(let message): message
        }
    }
}
