/// The make-up of a sample: groups with counts and percentages, in blocks of one characteristic each.
public struct CountTable: AuditedTable {
    /// The columns and options that it may have.
    public static let kind = TableKind(
        "counts", "groups of a sample with counts and percentages, in blocks of one characteristic each",
        columns: [
            TableKind.Column(
                "characteristic",
                heads: [
                    "characteristics", "variable", "variables", "category", "attribute", "demographic variable",
                    "demographics", "item",
                    "items",
                ],
                "the characteristic; where a merged cell stands in the middle of its block, the block is found by its sum"
            ),
            TableKind.Column(
                "group",
                heads: [
                    "classify", "classification", "level", "option", "options", "category", "value", "label", "groups",
                ],
                "the groups"),
            TableKind.Column(
                "count",
                heads: [
                    "frequency", "frequencies", "freq", "n", "number", "counts", "people", "number of people",
                    "number of samples", "sample size", "f", "n (%)", "frequency (%)", "number (%)", "count (%)",
                    "no. (%)",
                ], isRequired: true, "how many; a percentage may stand behind it in parentheses"),
            TableKind.Column(
                "percentage",
                heads: [
                    "%", "percent", "percentage (%)", "percentages", "proportion", "proportion (%)", "ratio", "share",
                    "valid percent",
                ],
                "the share of the sample"),
        ],
        options: [
            TableKind.Option(
                "sample", "the name of the sample, or its size; the first sample of the paper if not said"),
            TableKind.Option("answers", "`one` group for each member of the sample (as if not said), or `several`"),
        ])

    /// A group.
    public struct Group: Sendable, Hashable {
        /// What it is called.
        public let label: String
        /// Whether the name of a characteristic stands in its row.
        public let names: String
        /// How many.
        public let count: Int
        /// The printed count.
        public let printed: PrintedNumber
        /// Its share.
        public let percentage: PrintedNumber?
    }

    /// Its cells as they were typed.
    public let source: PastedTable
    /// The groups, rows of totals left out.
    public let groups: [Group]
    /// The printed totals.
    public let totals: [Group]
    /// Whether a member may belong to several groups of a characteristic.
    public let allowsSeveral: Bool
    let countColumn: Int?, percentageColumn: Int?

    /// Reads the cells.
    ///
    /// - Throws: ``AuditFault`` with the line of what cannot be read.
    public init(_ table: PastedTable) throws(AuditFault) {
        source = table
        let kind = Self.kind
        countColumn = try table.column("count", of: kind)
        percentageColumn = try table.column("percentage", of: kind)
        var groupColumn = try table.column("characteristic", of: kind),
            labelColumn = try table.column("group", of: kind)
        if groupColumn == labelColumn { labelColumn = nil }
        if labelColumn == nil {
            labelColumn = try table.furtherColumns(of: kind).first ?? groupColumn
            if labelColumn == groupColumn { groupColumn = nil }
        }
        allowsSeveral = try table.word(option: "answers", of: ["one", "several"]) == "several"
        var read: [Group] = []
        for row in table.text.rows {
            guard let cell = try table.cell(row, countColumn), let figure = cell.figure else { continue }
            guard figure.isWhole, figure.value >= 0, figure.value < 1e12 else {
                throw .content(
                    table.name, line: row.line, "`\(figure.text)` is no count; write how many members the group has")
            }
            var share = try table.number(row, percentageColumn) ?? cell.inParentheses
            if let number = share, number.value < 0 { share = nil }
            read.append(
                Group(
                    label: table.string(row, labelColumn), names: table.string(row, groupColumn),
                    count: Int(figure.value), printed: figure, percentage: share))
        }
        let isPercent = read.contains { ($0.percentage?.value ?? 0) > 1 }
        let scaled = read.map { group in
            Group(
                label: group.label, names: group.names, count: group.count, printed: group.printed,
                percentage: isPercent ? group.percentage?.asPercentage : group.percentage)
        }
        totals = scaled.filter(Self.isTotal)
        groups = scaled.filter { !Self.isTotal($0) }
    }

    private static func isTotal(_ group: Group) -> Bool {
        let words: Set<String> = ["total", "totals", "sum", "all", "overall", "合计", "总计"]
        return words.contains(simplified(group.label)) || group.label.isEmpty && words.contains(simplified(group.names))
    }
}
