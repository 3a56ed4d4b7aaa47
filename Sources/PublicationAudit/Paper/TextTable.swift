/// A table of texts as it was typed or pasted: Markdown, tab-separated, CSV (comma or semicolon), with its heads in the first row.
public struct TextTable: Sendable, Hashable {
    /// A row with the line of the file that it stands on.
    public struct Row: Sendable, Hashable {
        /// The texts, one per column.
        public let cells: [String]
        /// The line, counted from one.
        public let line: Int

        /// Makes a row.
        public init(_ cells: [String], line: Int) {
            self.cells = cells
            self.line = line
        }
    }

    /// The column heads.
    public let columns: [String]
    /// The rows below the heads.
    public let rows: [Row]

    /// Makes a table.
    public init(columns: [String], rows: [Row]) {
        self.columns = columns
        self.rows = rows
    }

    /// Whether stars stand in any of its cells: a table without them says nothing by leaving one out.
    var hasStars: Bool { rows.contains { $0.cells.contains { $0.contains("*") || $0.contains("†") } } }

    /// Reads a pasted table. Empty lines and the line of dashes under Markdown heads are left out.
    ///
    /// - Parameter firstLine: the line of the file that the text begins on.
    /// - Throws: ``AuditFault`` for a table without rows, a row with more or fewer cells than there are heads, or an open quotation mark.
    public init(_ text: String, table: String, firstLine: Int = 1) throws(AuditFault) {
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        let layout = Layout(lines)
        var rows: [Row] = []
        for (offset, line) in lines.enumerated() where line.contains(where: { !$0.isWhitespace }) {
            let number = firstLine + offset
            var cells = try layout.cells(of: line, table: table, at: number)
            // In a table without frame the last bar stands before an empty cell.
            if layout == .markdown, let head = rows.first, cells.count == head.cells.count - 1,
                line.last(where: { !$0.isWhitespace }) == "|"
            {
                cells.append("")
            }
            if layout == .markdown, cells.allSatisfy(Self.isRule) { continue }
            rows.append(Row(cells, line: number))
        }
        guard let head = rows.first, rows.count > 1 else { throw .emptyTable(table, line: firstLine) }
        for row in rows.dropFirst() where row.cells.count != head.cells.count {
            throw .raggedRow(
                table, line: row.line, expected: head.cells.count, found: row.cells.count, begins: row.cells.first ?? ""
            )
        }
        columns = head.cells
        self.rows = Array(rows.dropFirst())
    }

    /// The dashes and colons between the head and the body of a Markdown table.
    private static func isRule(_ cell: String) -> Bool { cell.contains("-") && cell.allSatisfy { "-: ".contains($0) } }

    private enum Layout: Hashable {
        case markdown, tabs, commas, semicolons

        init(_ lines: [Substring]) {
            let first = lines.first { $0.contains { !$0.isWhitespace } } ?? ""
            if first.contains("|") {
                self = .markdown
            } else if first.contains("\t") {
                self = .tabs
            } else {
                self = first.contains(";") ? .semicolons : .commas
            }
        }

        func cells(of line: Substring, table: String, at number: Int) throws(AuditFault) -> [String] {
            switch self {
            case .tabs: return line.split(separator: "\t", omittingEmptySubsequences: false).map { trimmed($0) }
            case .markdown:
                var content = Substring(trimmed(line))
                if content.first == "|" { content = content.dropFirst() }
                if content.last == "|" { content = content.dropLast() }
                return content.split(separator: "|", omittingEmptySubsequences: false).map { trimmed($0) }
            case .commas: return try Self.quoted(line, separator: ",", table: table, at: number)
            case .semicolons: return try Self.quoted(line, separator: ";", table: table, at: number)
            }
        }

        /// The fields of a line of CSV (RFC 4180, without breaks inside fields).
        private static func quoted(
            _ line: Substring, separator: Character, table: String, at number: Int
        ) throws(AuditFault) -> [String] {
            var cells: [String] = [], cell = "", isOpen = false, wasQuoted = false
            var place = line.startIndex
            while place < line.endIndex {
                let character = line[place]
                let next = line.index(after: place)
                if isOpen, character == "\"", next < line.endIndex, line[next] == "\"" {
                    cell.append("\"")
                    place = line.index(after: next)
                    continue
                }
                if character == "\"", isOpen || trimmed(cell).isEmpty {
                    isOpen.toggle()
                    wasQuoted = true
                    if isOpen { cell = "" }
                } else if character == separator, !isOpen {
                    cells.append(wasQuoted ? cell : trimmed(cell))
                    (cell, wasQuoted) = ("", false)
                } else if !(wasQuoted && !isOpen) {
                    cell.append(character)
                }
                place = next
            }
            guard !isOpen else { throw .openQuotation(table, line: number) }
            return cells + [wasQuoted ? cell : trimmed(cell)]
        }
    }
}
