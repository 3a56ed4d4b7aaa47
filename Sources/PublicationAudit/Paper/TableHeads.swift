extension TextTable {
    /// The column with a head: first one that is written alike, then one that is alike without capitals, blanks and punctuation.
    func column(headed head: String) -> Int? {
        columns.firstIndex { $0 == head } ?? columns.firstIndex { $0.lowercased() == head.lowercased() }
            ?? columns.firstIndex { simplified($0) == simplified(head) }
    }
}

extension PastedTable {
    /// The texts of a column with what merged cells leave out filled in from above.
    func filledDown(_ column: Int?) -> [String] {
        var last = ""
        return text.rows.map { row in
            let cell = string(row, column)
            if !cell.isEmpty { last = cell }
            return last
        }
    }

    /// A place in this table.
    func place(_ row: String? = nil, _ column: Int? = nil) -> PaperPlace {
        PaperPlace(
            name, row: row, column: column.flatMap { text.columns.indices.contains($0) ? text.columns[$0] : nil })
    }

    /// The first column that no column of the kind has taken, for the names of the rows.
    func labelColumn(_ name: String, of kind: TableKind) throws(AuditFault) -> Int? {
        if let index = try column(name, of: kind) { return index }
        return try furtherColumns(of: kind).first { $0 == 0 }
    }

    /// The content of a cell that may hold words instead of figures; `nil` for words.
    func figure(_ row: TextTable.Row, _ column: Int?) -> PrintedCell? {
        guard let column, let cell = try? PrintedCell(string(row, column)), !cell.isEmpty else { return nil }
        return cell
    }
}
