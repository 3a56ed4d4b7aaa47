public import PublicationAudit

extension Document {
    /// What the document states, as an audit would have it typed: those of its tables that there are checks for.
    ///
    /// - Parameters:
    ///   - samples: The sizes of its samples; the first is that of the study.
    ///   - decimals: How many decimals figures get; `nil` for those of the document.
    /// - Throws: `AuditFault` for a table that the checks cannot read, which no document of Assay has.
    public func paper(samples: [Sample], decimals: Int? = nil) throws(AuditFault) -> Paper {
        var paper = Paper(title: title.plainText, samples: samples, legend: .usual, tails: 2)
        for (index, table) in tables.enumerated() {
            guard let contents = AuditedContents(table) else { continue }
            let name = "Table \(table.number ?? index + 1)"
            for part in contents.parts(of: table, decimals: decimals) {
                let source = PastedTable(
                    name: part.title.isEmpty ? name : "\(name), \(part.title)", text: part.text,
                    columnHeads: contents.heads, options: part.options)
                paper.tables.append(try contents.type.init(source))
            }
        }
        return paper
    }
}

/// How a table of a report is read by the checks: its kind, and what its heads do not say.
struct AuditedContents {
    let type: any AuditedTable.Type
    private(set) var heads: [String: String] = [:]
    private var options: [String: PastedTable.OptionText] = [:]
    /// Whether the rows between two headings are a table of their own.
    private var isDivided = false
    /// The heads of columns that no check reads.
    private var uncheckedColumns: Set<String> = []

    /// `nil` for a table that there are no checks for.
    init?(_ table: Table) {
        let known = Set(table.fullHeaders)
        func has(_ names: String...) -> Bool { known.isSuperset(of: names) }
        let kind: String
        if has("Category", "Frequency", "Percent") {
            kind = "counts"
            heads = ["characteristic": "Variable", "group": "Category"]
        } else if has("Item", "CITC") {
            kind = "reliability"
            heads = ["scale": has("Dimension") ? "Dimension" : "Scale"]
        } else if has("Indicator", "Construct", "Std.") {
            kind = "loadings"
        } else if has("To", "From", "C.R.") {
            kind = "paths"
        } else if has("Model", "CFI", "RMSEA") {
            kind = "fit"
            if table.title.plainText == "Fit of the Measurement Models" { options["models"] = .init("separate") }
        } else if has("Variable", "M", "SD", "1") {
            kind = "correlations"
            isDivided = true
            // Shares and VIF of a level are not those of the correlations beside them.
            uncheckedColumns = ["Within", "VIF"]
        } else if has("Variable", "n", "M", "SD") {
            kind = "means"
        } else if has("Term", "Consistency", "Coverage: Raw", "Coverage: Unique") {
            kind = "solutions"
            isDivided = true
        } else if has("Effect", "Estimate", "SE"), table.rows.first?.role == .heading {
            kind = "effects"
            isDivided = true
            options["correlations"] = .init("no")
        } else if has("Row", "OUT", "n", "Consistency", "PRI") {
            kind = "truth table"
            heads = ["cases": "n", "row": "Row"]
            uncheckedColumns = ["Cases"]
        } else if has("Set", "Anchors: Full exclusion", "Anchors: Crossover", "Anchors: Full inclusion") {
            kind = "calibration"
            heads = [
                "set": "Set", "full membership": "Anchors: Full inclusion", "crossover": "Anchors: Crossover",
                "full non-membership": "Anchors: Full exclusion",
            ]
        } else if table.fullHeaders.first == "Condition", table.fullHeaders.count > 3,
            let consistency = table.fullHeaders.dropFirst().first, consistency.hasSuffix(": Consistency")
        {
            kind = "necessity"
            heads = ["consistency": consistency, "RoN": table.fullHeaders[2], "coverage": table.fullHeaders[3]]
        } else if table.fullHeaders.first == "", table.rows.first?.cells.first?.value(minus: .hyphen) == "Fixed effects"
        {
            kind = "mixed models"
            options["between"] = .init("Between-group variance, τ²")
            options["within"] = .init("Within-group variance, σ²")
            options["chi2"] = .init("χ², Intercept")
        } else {
            return nil
        }
        guard let type = Paper.kinds.first(where: { $0.kind.name == kind }) else { return nil }
        self.type = type
        if let size = number(after: "N = ", in: table.notes), type.kind.options.contains(where: { $0.name == "sample" })
        {
            options["sample"] = .init(String(size))
        }
    }

    /// The table, or the tables between its headings.
    func parts(
        of table: Table, decimals: Int?
    ) -> [(title: String, text: TextTable, options: [String: PastedTable.OptionText])] {
        let text = table.printed(decimals: decimals).without(uncheckedColumns)
        let headings = table.rows.indices.filter { table.rows[$0].role == .heading }
        guard isDivided, let first = headings.first else { return [("", text, options)] }
        let starts = first > 0 ? [-1] + headings : headings
        let ends = starts.dropFirst() + [table.rows.count]
        return zip(starts, ends).map { start, end in
            let title = start < 0 ? "" : table.cell(row: start, column: 0).value(minus: .hyphen)
            let rows = text.rows[(start + 1)..<end].map(named)
            return (title, TextTable(columns: text.columns, rows: rows), levelOptions(title: title, table))
        }
    }

    /// A path through mediators is an indirect effect, which its label does not say.
    private func named(_ row: TextTable.Row) -> TextTable.Row {
        guard type.kind.name == "effects", let label = row.cells.first, label.contains("→") else { return row }
        return TextTable.Row(["Indirect effect \(label)"] + row.cells.dropFirst(), line: row.line)
    }

    /// The sample of the correlations at a level. Those within units have J − 1 fewer degrees of freedom than rows, and stand below those of
    /// the unit means.
    private func levelOptions(title: String, _ table: Table) -> [String: PastedTable.OptionText] {
        guard type.kind.name == "correlations", let size = number(after: "N = ", in: title) else { return options }
        var own = options
        own["sample"] = .init(String(size))
        if let units = number(after: "J = ", in: table.notes), size > units {
            own["sample"] = .init(String(size - units + 1))
            own["upper"] = .init("other")
        }
        return own
    }

    private func number(after symbol: String, in notes: Table.Notes) -> Int? {
        notes.general.lazy.compactMap { number(after: symbol, in: $0.plainText) }.first
    }

    private func number(after symbol: String, in text: String) -> Int? {
        guard let start = text.firstRange(of: symbol) else { return nil }
        return Int(text[start.upperBound...].prefix { $0.isNumber })
    }
}

extension TextTable {
    /// The table without some of its columns.
    fileprivate func without(_ heads: Set<String>) -> TextTable {
        let kept = columns.indices.filter { !heads.contains(columns[$0]) }
        return TextTable(
            columns: kept.map { columns[$0] },
            rows: rows.map { row in Row(kept.map { row.cells[$0] }, line: row.line) })
    }
}
