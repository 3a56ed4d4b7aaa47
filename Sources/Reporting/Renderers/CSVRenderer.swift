/// Writes each table of a document as a CSV file (RFC 4180, UTF-8).
public struct CSVRenderer: Sendable {
    /// Which figures are written.
    public enum Figures: Sendable {
        /// As the report shows them, rounded and with stars.
        case displayed
        /// At full precision and without stars, for further computation.
        case exact
    }

    /// Which figures are written.
    public var figures: Figures

    /// Makes a renderer.
    public init(figures: Figures = .displayed) { self.figures = figures }

    /// A file per table, named by its number and title.
    public func render(_ document: Document) -> [Attachment] {
        Attachment.withUniqueNames(
            document.tables.map { table in
                Attachment(
                    name: Attachment.name("table", table.number, table.title, suffix: ".csv"), content: render(table))
            })
    }

    /// The rows of a table. Row labels are repeated in each of their rows, heads under spanners get their names in front.
    public func render(_ table: Table) -> String {
        var text = ""
        write(table.fullHeaders.map { Self.field($0, isText: true) }, to: &text)
        var above = [Cell](repeating: .empty, count: table.columns.count)
        for (index, row) in table.rows.enumerated() {
            if row.role == .heading {
                write([Self.field(table.cell(row: index, column: 0).value(minus: .hyphen), isText: true)], to: &text)
                continue
            }
            for column in table.columns.indices where !table.isCovered(row: index, column: column) {
                above[column] = table.cell(row: index, column: column)
            }
            write(above.map(field), to: &text)
        }
        return text
    }

    private func write(_ fields: [String], to text: inout String) {
        text += fields.joined(separator: ",")
        text += "\r\n"
    }

    private func field(_ cell: Cell) -> String {
        if figures == .exact {
            switch cell.content {
            case .number(let value, _), .estimate(let value, _, _): return Self.exact(value)
            case .parenthesised(let value, _): return Self.exact(value)
            case .paired(let value, _, _, let other, _):
                return Self.exact(value) + (other == nil ? "" : " (\(Self.exact(other)))")
            case .interval(let lower, let upper, _): return Self.field("[\(Self.exact(lower)), \(Self.exact(upper))]")
            case .empty, .continued, .text: break
            }
        }
        return Self.field(cell.value(minus: .hyphen) + cell.stars, isText: !cell.isNumeric)
    }

    private static func exact(_ value: Double?) -> String {
        guard let value, value.isFinite else { return "" }
        return value.description
    }

    /// A field, quoted where needed. Words that a spreadsheet would take for a formula ("=~") get an apostrophe before them.
    static func field(_ text: String, isText: Bool = false) -> String {
        var text = text
        if isText, let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first), Double(text) == nil
        {
            text = "'" + text
        }
        let needsQuotes = text.utf8.contains {
            $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 0x0A || $0 == 0x0D
        }
        guard needsQuotes else { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" { quoted += "\"" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }
}

extension Table {
    /// The column heads with the spanners above them in front: "Model 1: b".
    var fullHeaders: [String] {
        columns.enumerated().map { index, column in
            let above = spanners.compactMap { level in
                level.first { $0.columns.contains(index) }?.title.plainText
            }
            return (above + [column.header.plainText]).filter { !$0.isEmpty }.joined(separator: ": ")
        }
    }
}
