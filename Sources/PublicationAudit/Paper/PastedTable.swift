/// The text of a table with what the audit file says about it, from which the tables of each kind read their cells.
public struct PastedTable: Sendable, Hashable {
    /// What the paper calls it: `Table 3`.
    public let name: String
    /// Its cells.
    public let text: TextTable
    /// Which head stands for which column of the kind, where the audit file says so: name of the column → head.
    public let columnHeads: [String: String]
    /// The options, with the lines they stand on.
    public let options: [String: OptionText]
    /// The line of the audit file that the table begins on.
    public let line: Int

    /// The text of an option.
    public struct OptionText: Sendable, Hashable {
        /// The text.
        public let text: String
        /// The line that it stands on.
        public let line: Int

        /// A text.
        public init(_ text: String, line: Int = 0) {
            self.text = text
            self.line = line
        }
    }

    /// A table.
    public init(
        name: String, text: TextTable, columnHeads: [String: String] = [:], options: [String: OptionText] = [:],
        line: Int = 1
    ) {
        self.name = name
        self.text = text
        self.columnHeads = columnHeads
        self.options = options
        self.line = line
    }

    /// Where the column of a kind stands; `nil` if the table has none.
    ///
    /// - Throws: ``AuditFault`` if the file names a head that the table does not have, or a required column is missing.
    public func column(_ name: String, of kind: TableKind) throws(AuditFault) -> Int? {
        guard let column = kind.columns.first(where: { $0.name == name }) else { return nil }
        if let head = columnHeads[name] {
            guard let index = text.column(headed: head) else {
                throw .missingColumn(self.name, line: line, column: head, heads: text.columns)
            }
            return index
        }
        let taken = Set(columnHeads.values.map(simplified))
        // `C.R.` and `CR` differ in their points only, so what is written alike goes before what is alike without punctuation.
        for name in [column.name] + column.heads {
            if let index = text.columns.firstIndex(where: {
                $0.lowercased() == name.lowercased() && !taken.contains(simplified($0))
            }
            ) {
                return index
            }
        }
        let heads = text.columns.map(simplified)
        for name in ([column.name] + column.heads).map(simplified) {
            if let index = heads.firstIndex(where: { $0 == name && !taken.contains($0) }) { return index }
        }
        guard !column.isRequired else {
            throw .missingColumn(self.name, line: line, column: name, heads: text.columns)
        }
        return nil
    }

    /// The places of the columns that belong to no column of a kind: those that the paper names, such as models.
    public func furtherColumns(of kind: TableKind) throws(AuditFault) -> [Int] {
        var known: Set<Int> = []
        for column in kind.columns {
            if let index = try self.column(column.name, of: kind) { known.insert(index) }
        }
        return text.columns.indices.filter { !known.contains($0) }
    }

    /// The text of a cell; empty for no column.
    public func string(_ row: TextTable.Row, _ column: Int?) -> String {
        column.flatMap { row.cells.indices.contains($0) ? row.cells[$0] : nil } ?? ""
    }

    /// The content of a cell.
    ///
    /// - Throws: ``AuditFault`` with the line and the column.
    public func cell(_ row: TextTable.Row, _ column: Int?) throws(AuditFault) -> PrintedCell? {
        guard let column else { return nil }
        do throws(PrintedNumberFault) {
            let cell = try PrintedCell(string(row, column))
            return cell.isEmpty ? nil : cell
        } catch {
            throw .number(name, line: row.line, column: text.columns[column], error)
        }
    }

    /// The figure of a cell; `nil` if nothing is printed there.
    ///
    /// - Throws: ``AuditFault`` with the line and the column.
    public func number(_ row: TextTable.Row, _ column: Int?) throws(AuditFault) -> PrintedNumber? {
        try cell(row, column)?.figure
    }

    /// The figure of an option; `nil` if it is not given.
    ///
    /// - Throws: ``AuditFault`` with the line.
    public func number(option: String) throws(AuditFault) -> PrintedNumber? {
        guard let text = options[option] else { return nil }
        do throws(PrintedNumberFault) {
            return try PrintedNumber(text.text)
        } catch {
            throw .option(name, line: text.line, option: option, error.description)
        }
    }

    /// The text of an option that is one of a few words; `nil` if it is not given.
    ///
    /// - Throws: ``AuditFault`` with the line, for another word.
    public func word(option: String, of words: [String]) throws(AuditFault) -> String? {
        guard let text = options[option] else { return nil }
        guard let word = words.first(where: { simplified($0) == simplified(text.text) }) else {
            throw .option(
                name, line: text.line, option: option,
                "`\(text.text)` is not known; write \(words.map { "`\($0)`" }.joined(separator: ", "))")
        }
        return word
    }
}

/// A head or name without capitals, blanks and punctuation.
func simplified(_ text: some StringProtocol) -> String {
    text.lowercased().filter { !$0.isWhitespace && !"._-–—:,;*'’\"`()[]{}/\\".contains($0) }
}
