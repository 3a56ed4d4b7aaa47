/// A cell of a dataset, for messages.
public struct DataCell: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The number of the data row, from 1.
    public var row: Int
    /// The line of the file on which the row starts, from 1, where the file has lines.
    public var line: Int?
    /// The name of the column.
    public var column: String
    /// What the cell holds.
    public var content: String

    /// Creates the description of a cell.
    public init(row: Int, line: Int? = nil, column: String, content: String) {
        self.row = row
        self.line = line
        self.column = column
        self.content = content
    }

    /// The cell in words.
    public var description: String {
        "row \(row)" + (line.map { " (line \($0))" } ?? "") + ", column \(column): \"\(excerpt(content))\""
    }
}

/// Where in a file a fault is; all numbers count from 1.
public struct FilePlace: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The line of the file.
    public var line: Int?
    /// The data row (the header is not counted).
    public var row: Int?
    /// The column's number.
    public var column: Int?
    /// The column's name.
    public var columnName: String?

    /// Creates a place.
    public init(line: Int? = nil, row: Int? = nil, column: Int? = nil, columnName: String? = nil) {
        self.line = line
        self.row = row
        self.column = column
        self.columnName = columnName
    }

    /// The place in words, for example `line 7 (data row 6), column 3 (IL3)`.
    public var description: String {
        var parts: [String] = []
        if let line { parts.append("line \(line)" + (row.map { " (data row \($0))" } ?? "")) }
        if line == nil, let row { parts.append("data row \(row)") }
        if let column { parts.append("column \(column)" + (columnName.map { " (\($0))" } ?? "")) }
        if column == nil, let columnName { parts.append("column \(columnName)") }
        return parts.joined(separator: ", ")
    }
}

/// Why data could not be read, written or used. The description says what is wrong, where, and what to do.
public enum DatasetError: Error, Sendable, Hashable {
    /// There is no such variable; the nearest names are given.
    case noSuchColumn(name: String, source: String, nearest: [String])
    /// A variable that must be numeric holds text; row (from 1) and content of its first cell that is not a number.
    case textColumn(name: String, row: Int?, content: String)
    /// Two variables have the same name.
    case duplicateColumn(name: String)
    /// A variable has another number of rows than the others.
    case unequalLengths(name: String, rows: Int, expected: Int)
    /// Answers outside the response range that are not declared missing: the first ones, and how many there are.
    case outsideResponseRange(cells: [DataCell], total: Int)
    /// A range of items, such as `IL1-IL5`, that cannot be expanded.
    case itemRange(text: String, problem: String, nearest: [String])
    /// A codebook that contradicts itself or the data.
    case codebook(subject: String, problem: String)
    /// The file could not be opened or read.
    case unreadable(file: String, problem: String)
    /// The file, or what it unpacks to, is larger than the limit (in bytes).
    case tooLarge(file: String, bytes: Int, limit: Int)
    /// The file has more cells than a dataset may hold.
    case tooManyCells(file: String, limit: Int)
    /// The file's extension names no format that can be read.
    case unknownFormat(file: String, fileExtension: String)
    /// The file's content is not of the format that its extension names.
    case formatMismatch(file: String, expected: FileFormat, found: String)
    /// The file does not keep to its format, at a place; `problem` and `remedy` are in words.
    case malformed(file: String, place: FilePlace, fault: FileFault, problem: String, remedy: String)
    /// The text of the file cannot be decoded.
    case undecodable(file: String, encoding: String, place: FilePlace)
    /// There is no such character encoding on this system.
    case unknownEncoding(name: String)
    /// There is no such sheet in the workbook.
    case noSuchSheet(file: String, name: String, sheets: [String])
    /// The file could not be written.
    case unwritable(file: String, problem: String)
    /// The rows are not arranged over persons, groups and occasions as was declared.
    case structure(StructureFault)
}

/// The kinds of fault in a data file.
public enum FileFault: String, Sendable, Hashable, Codable {
    /// The file holds nothing.
    case emptyFile
    /// The file has column names but no data rows.
    case noDataRows
    /// A row has more or fewer fields than there are column names.
    case raggedRow
    /// A quotation mark inside a field that does not start with one, or text after a closing one.
    case strayQuote
    /// A quoted field that never ends.
    case unterminatedQuote
    /// A NUL byte in a text file.
    case nulByte
    /// Two columns have the same name.
    case duplicateName
    /// A column with data has no name.
    case emptyName
    /// More columns than a dataset may have.
    case tooManyColumns
    /// Anything else: the file is damaged, or of a kind that is not supported.
    case damaged
}

extension DatasetError: CustomStringConvertible {
    /// What is wrong, where, and what to do, in one sentence or two.
    public var description: String {
        switch self {
        case .noSuchColumn(let name, let source, let nearest):
            "there is no variable \"\(name)\"" + (source.isEmpty ? " in the data" : " in \(source)")
                + (nearest.isEmpty ? "; check its spelling" : "; did you mean \(alternatives(nearest))?")
        case .textColumn(let name, let row, let content):
            "variable \(name) holds text, but numbers are needed"
                + (row.map { ": data row \($0) is \"\(excerpt(content))\"" } ?? "")
                + "; correct that cell or declare it missing"
        case .duplicateColumn(let name):
            "two variables are named \"\(name)\"; rename one of them"
        case .unequalLengths(let name, let rows, let expected):
            "variable \(name) has \(rows) rows, the others have \(expected)"
        case .outsideResponseRange(let cells, let total):
            "\(total) answer\(total == 1 ? "" : "s") outside the response range: "
                + cells.prefix(5).map { "data row \($0.row), \($0.column) = \($0.content)" }.joined(separator: "; ")
                + (total > 5 ? "; …" : "") + "; correct them, or declare these codes missing in the codebook"
        case .itemRange(let text, let problem, let nearest):
            "\"\(text)\": \(problem)" + (nearest.isEmpty ? "" : "; did you mean \(alternatives(nearest))?")
        case .codebook(let subject, let problem): "codebook, \(subject): \(problem)"
        case .unreadable(let file, let problem): "\(file) cannot be read: \(problem)"
        case .tooLarge(let file, let bytes, let limit):
            "\(file) holds \(megabytes(bytes)) or more, and the limit is \(megabytes(limit)); "
                + "keep only the variables of the study, or raise the limit (maximumBytes)"
        case .tooManyCells(let file, let limit):
            "\(file) has more than \(limit) cells (rows × columns); keep only the variables of the study"
        case .unknownFormat(let file, let fileExtension):
            (fileExtension.isEmpty
                ? "\(file) has no extension that tells its format"
                : "\(file): files of type .\(fileExtension) cannot be read")
                + "; use .csv, .tsv, .sav, .zsav, .por, .dta, .sas7bdat or .xlsx"
        case .formatMismatch(let file, let expected, let found):
            "\(file) is named as \(expected.title) but \(found)"
        case .malformed(let file, let place, _, let problem, let remedy):
            file + (place.description.isEmpty ? "" : ", " + place.description) + ": " + problem
                + (remedy.isEmpty ? "" : "; " + remedy)
        case .undecodable(let file, let encoding, let place):
            file + (place.description.isEmpty ? "" : ", " + place.description)
                + ": the text is not valid \(encoding); name the file's encoding (for example GB18030 or windows-1252)"
        case .unknownEncoding(let name):
            "the character encoding \"\(name)\" is not known; use UTF-8, GB18030, Big5, Shift_JIS, windows-1252 …"
        case .noSuchSheet(let file, let name, let sheets):
            "\(file) has no sheet \"\(name)\"; its sheets are \(alternatives(sheets, conjunction: "and"))"
        case .unwritable(let file, let problem): "\(file) cannot be written: \(problem)"
        case .structure(let fault): fault.description
        }
    }
}

/// The names quoted and joined, for a sentence.
func alternatives(_ names: [String], conjunction: String = "or") -> String {
    let quoted = names.map { "\"\($0)\"" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
    return quoted.dropLast().joined(separator: ", ") + " \(conjunction) " + last
}

private func megabytes(_ bytes: Int) -> String {
    bytes < 10_000_000 ? "\(bytes) bytes" : "\(bytes / 1_000_000) MB"
}
