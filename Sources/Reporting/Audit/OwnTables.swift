public import PublicationAudit

extension Document {
    /// What the document states, as an audit would have it typed: those of its tables that there are checks for.
    ///
    /// - Parameters:
    ///   - samples: The sizes of its samples; the first is that of the study.
    ///   - decimals: How many decimals figures get; `nil` for those of the document.
    public func paper(samples: [Sample], decimals: Int? = nil) -> Paper {
        var paper = Paper(title: title.plainText, samples: samples, legend: .usual, tails: 2)
        for (index, table) in tables.enumerated() {
            guard let kind = AuditedContents(table) else { continue }
            let source = PastedTable(
                name: "Table \(table.number ?? index + 1)", text: kind.text(of: table.printed(decimals: decimals)),
                columnHeads: kind.heads, options: kind.options)
            if let audited = try? kind.type.init(source) { paper.tables.append(audited) }
        }
        return paper
    }
}

/// How a table of a report is read by the checks: its kind, and what the heads do not say.
struct AuditedContents {
    let type: any AuditedTable.Type
    var heads: [String: String] = [:]
    var options: [String: PastedTable.OptionText] = [:]

    /// `nil` for a table that there are no checks for.
    init?(_ table: Table) {
        let heads = Set(table.fullHeaders)
        func has(_ names: String...) -> Bool { heads.isSuperset(of: names) }
        let kind: String
        if has("Category", "Frequency", "Percent") {
            kind = "counts"
            self.heads = ["group": "Variable", "label": "Category"]
        } else if has("Item", "CITC") {
            kind = "reliability"
            self.heads = ["scale": has("Dimension") ? "Dimension" : "Scale"]
        } else if has("Indicator", "Construct", "Std.") {
            kind = "loadings"
        } else if has("To", "From", "C.R.") {
            kind = "paths"
        } else if has("Model", "CFI", "RMSEA") {
            kind = "fit"
            if table.title.plainText == "Fit of the Measurement Models" { options["models"] = .init("separate") }
        } else if has("Variable", "M", "SD", "1"), !table.rows.contains(where: { $0.role == .heading }) {
            kind = "correlations"
        } else if has("Variable", "n", "M", "SD") {
            kind = "means"
        } else if has("Term", "Consistency", "Coverage: Raw", "Coverage: Unique") {
            kind = "solutions"
        } else {
            return nil
        }
        guard let type = Paper.kinds.first(where: { $0.kind.name == kind }) else { return nil }
        self.type = type
        if type.kind.options.contains(where: { $0.name == "sample" }), let size = Self.size(in: table.notes) {
            options["sample"] = .init(size)
        }
    }

    /// The sample of a table that its notes name: "N = 2436."
    private static func size(in notes: Table.Notes) -> String? {
        for note in notes.general.map(\.plainText) where note.hasPrefix("N = ") {
            return String(note.dropFirst(4).prefix { $0.isNumber })
        }
        return nil
    }

    /// The rows that hold figures.
    func text(of table: TextTable) -> TextTable { table }
}
