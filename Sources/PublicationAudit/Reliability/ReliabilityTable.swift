/// Reliabilities of scales, with their items or without.
public struct ReliabilityTable: AuditedTable {
    /// The columns and options that it may have.
    public static let kind = TableKind(
        "reliability", "Cronbach's alpha of scales, with alpha if deleted and item-total correlations of their items",
        columns: [
            TableKind.Column(
                "scale",
                heads: [
                    "observational variable", "dimension", "dimensions", "construct", "constructs", "factor", "factors",
                    "latent variable", "latent variables", "variable", "variables",
                ],
                "the scale; read from above where the cell is empty, so the name must stand in the row of its first item"
            ),
            TableKind.Column(
                "item",
                heads: ["measurement item", "items", "question", "observed variable", "measured item", "indicator"],
                "the items, one to a row; without it each row is a scale"),
            TableKind.Column(
                "citc",
                heads: [
                    "corrected item-total correlation", "item-total correlation", "corrected item total correlation",
                    "corrected item-total correlation (citc)", "citc value",
                ], "corrected item-total correlation"),
            TableKind.Column(
                "deleted",
                heads: [
                    "item deleted cronbach's α", "cronbach's alpha if item deleted", "cronbach's α if item deleted",
                    "alpha if item deleted", "α if item deleted", "cronbach's alpha if deleted", "alpha if deleted",
                    "cronbach alpha if item deleted", "item deleted cronbach's alpha",
                ], "alpha without the item"),
            TableKind.Column(
                "alpha",
                heads: [
                    "cronbach's α", "cronbach's alpha", "cronbach alpha", "cronbach α", "α", "cronbach's a",
                    "reliability",
                    "cronbach's alpha coefficient", "coefficient alpha",
                ], "Cronbach's alpha of the scale"),
            TableKind.Column(
                "count", heads: ["number of items", "no. of items", "items number", "n of items", "k", "item number"],
                "how many items the scale has"),
            TableKind.Column(
                "correlation",
                heads: ["mean inter-item correlation", "average inter-item correlation", "inter-item correlation"],
                "mean correlation of its items"),
            TableKind.Column("ave", heads: ["average variance extracted", "average variance extracted (ave)"], "AVE"),
            TableKind.Column(
                "cr",
                heads: ["composite reliability", "composite reliability (cr)", "construct reliability", "omega", "ω"],
                "composite reliability"),
        ])

    /// An item.
    public struct Item: Sendable, Hashable {
        /// What it is called.
        public let label: String
        /// Its correlation with the sum of the others.
        public let correlation: PrintedNumber?
        /// Alpha without it.
        public let deleted: PrintedNumber?
    }

    /// A scale.
    public struct Scale: Sendable, Hashable {
        /// What it is called.
        public let label: String
        /// Its items.
        public var items: [Item] = []
        /// Cronbach's alpha.
        public var alpha: PrintedNumber?
        /// How many items it is said to have.
        public var count: PrintedNumber?
        /// The mean correlation of its items.
        public var correlation: PrintedNumber?
        /// Average variance extracted.
        public var ave: PrintedNumber?
        /// Composite reliability.
        public var compositeReliability: PrintedNumber?
    }

    /// Its cells as they were typed.
    public let source: PastedTable
    /// The scales, in the order of the table.
    public let scales: [Scale]
    let columns: [String: Int]

    /// Reads the cells.
    ///
    /// - Throws: ``AuditFault`` with the line of what cannot be read.
    public init(_ table: PastedTable) throws(AuditFault) {
        source = table
        var columns: [String: Int] = [:]
        for column in Self.kind.columns {
            if let index = try table.column(column.name, of: Self.kind) { columns[column.name] = index }
        }
        if columns["scale"] == nil || columns["scale"] == columns["item"] {
            columns["scale"] = try table.furtherColumns(of: Self.kind).first { $0 == 0 }
        }
        if columns["scale"] == nil, let index = columns["item"], columns["deleted"] == nil, columns["citc"] == nil {
            (columns["scale"], columns["item"]) = (index, nil)
        }
        self.columns = columns
        let names = table.filledDown(columns["scale"])
        var scales: [Scale] = []
        for (row, name) in zip(table.text.rows, names) {
            let item = table.string(row, columns["item"])
            let begins = scales.last?.label != name || columns["item"] == nil
            let correlation = try table.number(row, columns["citc"]),
                deleted = try table.number(row, columns["deleted"])
            var scale = begins ? Scale(label: name) : scales.removeLast()
            if correlation != nil || deleted != nil || columns["item"] != nil && !item.isEmpty {
                scale.items.append(Item(label: item.isEmpty ? name : item, correlation: correlation, deleted: deleted))
            }
            if scale.alpha == nil { scale.alpha = try table.number(row, columns["alpha"]) }
            if scale.count == nil { scale.count = try table.number(row, columns["count"]) }
            if scale.correlation == nil { scale.correlation = try table.number(row, columns["correlation"]) }
            if scale.ave == nil { scale.ave = try table.number(row, columns["ave"]) }
            if scale.compositeReliability == nil { scale.compositeReliability = try table.number(row, columns["cr"]) }
            scales.append(scale)
        }
        self.scales = scales
    }
}
