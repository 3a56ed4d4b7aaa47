/// Loadings of items on factors, with the reliability and validity of the factors.
public struct LoadingTable: AuditedTable {
    /// The columns and options that it may have.
    public static let kind = TableKind(
        "loadings", "loadings of items on factors, with CR and AVE of the factors somewhere in their rows",
        columns: [
            TableKind.Column(
                "item",
                heads: ["items", "indicator", "indicators", "observed variable", "measurement item", "question"],
                "the items (or first-order factors); without it one row holds all loadings of a factor"),
            TableKind.Column(
                "factor",
                heads: [
                    "dimensions", "dimension", "factors", "construct", "constructs", "latent variable",
                    "latent variables",
                    "variable", "variables", "latent",
                ], "the factor of each row; read from above where the cell is empty"),
            TableKind.Column(
                "standardized",
                heads: [
                    "std", "std.", "standardised", "loading", "loadings", "factor loading", "factor loadings", "λ",
                    "standardized loading", "standardized loadings", "std. estimate", "standardized estimate",
                    "std loading",
                    "standardized factor loading", "standardized factor loadings", "standard load", "std.all",
                    "outer loading",
                ], "the standardised loading, or all of a factor separated by commas or blanks"),
        ] + CoefficientRow.columns + [
            TableKind.Column(
                "CR",
                heads: [
                    "cr", "composite reliability", "composite reliability (cr)", "construct reliability",
                    "component reliability",
                ],
                "composite reliability, once for each factor"),
            TableKind.Column(
                "AVE", heads: ["ave", "average variance extracted", "average variance extracted (ave)"],
                "average variance extracted, once for each factor"),
            TableKind.Column(
                "alpha",
                heads: ["cronbach's α", "cronbach's alpha", "cronbach alpha", "cronbach α", "α", "cronbach's a"],
                "Cronbach's alpha, once for each factor"),
        ], options: CoefficientRow.options)

    /// A factor with its items.
    public struct Factor: Sendable, Hashable {
        /// What it is called.
        public let label: String
        /// Its items.
        public var items: [String] = []
        /// Their standardised loadings, as far as printed.
        public var loadings: [PrintedNumber] = []
        /// The printed composite reliability.
        public var compositeReliability: PrintedNumber?
        /// The printed average variance extracted.
        public var averageVariance: PrintedNumber?

        /// The printed Cronbach's alpha.
        public var alpha: PrintedNumber?

        /// The loadings, if those of all items are printed and there are two at least.
        public var complete: FactorLoadings? {
            loadings.count >= max(items.count, 2) ? FactorLoadings(loadings) : nil
        }
    }

    /// Its cells as they were typed.
    public let source: PastedTable
    /// The factors, in the order of the table.
    public let factors: [Factor]
    /// The rows with estimates.
    public let rows: [CoefficientRow]
    let columns: [String: Int], legend: StarLegend?, tails: Int?

    /// Reads the cells.
    ///
    /// - Throws: ``AuditFault`` with the line of what cannot be read.
    public init(_ table: PastedTable) throws(AuditFault) {
        source = table
        legend = try table.legendOption()
        tails = try table.tailsOption()
        columns = try Self.columns(of: table)
        let headings = columns["factor"] == columns["item"]
        let names = headings ? Self.headings(table, columns) : table.filledDown(columns["factor"])
        var factors: [Factor] = [], rows: [CoefficientRow] = []
        for (row, name) in zip(table.text.rows, names) {
            let label = table.string(row, columns["item"]), item = headings && label == name ? "" : label
            let loadings = try Self.loadings(table, row, columns["standardized"])
            let place: Int
            if let known = factors.firstIndex(where: { $0.label == name }) {
                place = known
            } else {
                factors.append(Factor(label: name))
                place = factors.count - 1
            }
            if !item.isEmpty || !loadings.isEmpty {
                factors[place].items.append(item)
                factors[place].loadings += loadings
            }
            if factors[place].compositeReliability == nil {
                factors[place].compositeReliability = try table.number(row, columns["CR"])
            }
            if factors[place].alpha == nil { factors[place].alpha = try table.number(row, columns["alpha"]) }
            if factors[place].averageVariance == nil {
                factors[place].averageVariance = try table.number(row, columns["AVE"])
            }
            rows.append(
                try CoefficientRow(table, row, label: item.isEmpty ? name : "\(item) ← \(name)", columns: columns))
        }
        self.factors = factors
        self.rows = rows
    }

    /// The places of the columns. `C.R.` and `CR` are told apart by their points, or if only one of them stands there by its figures: a
    /// reliability does not exceed 1.
    private static func columns(of table: PastedTable) throws(AuditFault) -> [String: Int] {
        var columns: [String: Int] = [:]
        for column in kind.columns {
            if let index = try table.column(column.name, of: kind) { columns[column.name] = index }
        }
        if columns["CR"] == columns["statistic"], let index = columns["CR"] {
            let isRatio = table.text.rows.contains { abs(table.figure($0, index)?.figure?.value ?? 0) > 1 }
            columns[isRatio ? "CR" : "statistic"] = nil
        }
        if columns["item"] == columns["factor"] { columns["item"] = nil }
        if columns["item"] == nil, columns["standardized"] != nil {
            columns["item"] = try table.furtherColumns(of: kind).first { $0 == 0 }
        }
        if columns["factor"] == nil {
            // Rows without a loading between rows with one are headings of factors; otherwise each row is a factor.
            let bare = table.text.rows.contains { table.string($0, columns["standardized"]).isEmpty }
            columns["factor"] = columns["item"]
            if !bare || columns["standardized"] == nil { columns["item"] = nil }
        }
        return columns
    }

    /// The names of the factors where they stand in rows of their own, above the rows of their items.
    private static func headings(_ table: PastedTable, _ columns: [String: Int]) -> [String] {
        var name = ""
        return table.text.rows.map { row in
            if table.string(row, columns["standardized"]).isEmpty { name = table.string(row, columns["item"]) }
            return name
        }
    }

    private static func loadings(
        _ table: PastedTable, _ row: TextTable.Row, _ column: Int?
    ) throws(AuditFault) -> [PrintedNumber] {
        let text = table.string(row, column)
        let parts = text.split { ",;，；、/ ".contains($0) }
        guard parts.count > 1 else { return try table.number(row, column).map { [$0] } ?? [] }
        let several = parts.compactMap { try? PrintedCell($0).figure }
        if several.count == parts.count { return several }
        return try table.number(row, column).map { [$0] } ?? []
    }
}
