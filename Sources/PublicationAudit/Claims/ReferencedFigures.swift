/// The figures of a table that a sentence speaks of.
struct ReferencedFigures {
    /// A figure with the name of its row.
    struct Figure {
        let label: String
        let number: PrintedNumber
        /// Its place among the rows of the table.
        let row: Int
        let cell: PrintedCell
    }

    let table: any AuditedTable
    let column: Int?
    let figures: [Figure]
    /// The rows that are named, or all.
    let rows: [Int]

    /// Finds them.
    ///
    /// - Throws: a sentence that says what is not there.
    init(_ reference: TextClaim.ColumnReference, in paper: Paper) throws(ClaimFault) {
        guard let table = paper.tables.first(where: { simplified($0.name) == simplified(reference.table) }) else {
            throw .noTable(reference.table, known: paper.tables.map(\.name))
        }
        var column: Int?
        if let name = reference.column {
            column = table.place(ofColumn: name)
            guard column != nil else { throw .noColumn(name, table: table.name, heads: table.source.text.columns) }
        }
        let found = column
        var rows = Array(table.source.text.rows.indices)
        if !reference.rows.isEmpty {
            rows = []
            for name in reference.rows {
                let matching = table.rows(named: name, figuresIn: found)
                guard !matching.isEmpty else { throw .noRow(name, table: table.name) }
                rows += matching.filter { !rows.contains($0) }
            }
        }
        self.table = table
        self.column = found
        self.rows = rows
        figures = rows.flatMap { row in
            let columns = found.map { [$0] } ?? Array(table.source.text.columns.indices)
            return columns.compactMap { column -> Figure? in
                guard let cell = table.source.figure(table.source.text.rows[row], column), let number = cell.figure
                else {
                    return nil
                }
                return Figure(label: table.label(ofRow: row, column: column), number: number, row: row, cell: cell)
            }
        }
    }
}

/// Why a sentence cannot be checked.
enum ClaimFault: Error, CustomStringConvertible {
    case noTable(String, known: [String])
    case noColumn(String, table: String, heads: [String])
    case noRow(String, table: String)
    case noFigures(String)

    var description: String {
        switch self {
        case .noTable(let name, let known):
            "The file has no table called `\(name)`; its tables are \(known.map { "`\($0)`" }.joined(separator: ", "))."
        case .noColumn(let name, let table, let heads):
            "\(table) has no column `\(name)`; its heads are \(heads.map { "`\($0)`" }.joined(separator: ", "))."
        case .noRow(let name, let table):
            "\(table) has no row `\(name)`; write what stands in the first cells of the row."
        case .noFigures(let table): "\(table) has no figures there."
        }
    }
}

extension AuditedTable {
    /// The place of a column: by its head as printed, by its name in the kind, or by another head of that column of the kind.
    func place(ofColumn name: String) -> Int? {
        let kind = Self.kind
        if let index = source.text.columns.firstIndex(of: name) { return index }
        let key = simplified(name)
        if let column = kind.columns.first(where: { $0.name.lowercased() == name.lowercased() }),
            let index = try? source.column(column.name, of: kind)
        {
            return index
        }
        if let index = source.text.column(headed: name) { return index }
        let column = kind.columns.first { ([$0.name] + $0.heads).map(simplified).contains(key) }
        return column.flatMap { try? source.column($0.name, of: kind) }
    }

    /// Columns that name the rows, those of the kind first.
    private func labelColumns(for column: Int?) -> [Int] {
        let kind = Self.kind
        let names = ["path", "item", "group", "variable", "factor", "scale", "characteristic"]
        var places = names.compactMap { name in
            kind.columns.contains { $0.name == name } ? try? source.column(name, of: kind) : nil
        }
        // CR and AVE belong to the factor of their row.
        if let factor = try? source.column("factor", of: kind), let column,
            ["CR", "AVE"].contains(where: { (try? source.column($0, of: kind)) == column })
        {
            places.insert(factor, at: 0)
        }
        let others = source.text.columns.indices.filter { $0 < 4 && !places.contains($0) && $0 != column }
        return places + others
    }

    /// The rows with a name in one of their first cells, merged cells filled in; of several columns the first with figures.
    func rows(named name: String, figuresIn column: Int?) -> [Int] {
        let key = simplified(name), path = StatedPath(name)
        for place in labelColumns(for: column) {
            let rows = source.filledDown(place).enumerated().filter { _, text in
                if simplified(text) == key { return true }
                guard let path, let other = StatedPath(text) else { return false }
                return simplified(path.outcome) == simplified(other.outcome)
                    && simplified(path.predictor) == simplified(other.predictor)
            }.map(\.offset)
            let figures = rows.contains { column == nil || source.figure(source.text.rows[$0], column) != nil }
            if !rows.isEmpty, figures { return rows }
        }
        return []
    }

    /// What a row is called.
    func label(ofRow row: Int, column: Int?) -> String {
        for place in labelColumns(for: column) {
            let text = source.filledDown(place)[row]
            if !text.isEmpty, (try? PrintedNumber(text)) == nil { return text }
        }
        return "row \(row + 1)"
    }
}
