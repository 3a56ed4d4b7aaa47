/// Means and standard deviations of variables.
public struct MeanTable: AuditedTable {
    /// The columns and options that it may have.
    public static let kind = TableKind(
        "means", "means and standard deviations of variables",
        columns: [
            TableKind.Column(
                "variable",
                heads: ["variables", "construct", "item", "items of the scale", "measure", "scale", "dimension"],
                "the variables"),
            TableKind.Column(
                "mean", heads: ["m", "means", "average", "mean value", "x̄", "均值"], isRequired: true, "the mean"),
            TableKind.Column(
                "sd", heads: ["s.d.", "std. deviation", "standard deviation", "std. dev.", "stdev", "s", "标准差"],
                "the standard deviation"),
            TableKind.Column("n", heads: ["sample size", "valid n"], "how many members"),
            TableKind.Column(
                "items", heads: ["number of items", "no. of items", "k"], "how many items the variable averages"),
            TableKind.Column("minimum", heads: ["min", "min.", "lowest"], "the lowest value found"),
            TableKind.Column("maximum", heads: ["max", "max.", "highest"], "the highest value found"),
        ],
        options: [
            TableKind.Option(
                "sample", "the name of the sample, or its size; the first sample of the paper if not said"),
            TableKind.Option(
                "items",
                "how many items each variable averages, if it is the same for all and the answers are whole numbers"),
            TableKind.Option("scale", "the lowest and the highest answer: `1 to 5`; `0 to 1` for binary variables"),
        ])

    /// A variable.
    public struct Variable: Sendable, Hashable {
        /// What it is called.
        public let label: String
        /// Its mean.
        public let mean: PrintedNumber
        /// Its standard deviation.
        public let standardDeviation: PrintedNumber?
        /// How many members, if the row says so.
        public let members: PrintedNumber?
        /// How many items, if the row says so.
        public let items: PrintedNumber?
        /// The lowest value found.
        public let minimum: PrintedNumber?
        /// The highest value found.
        public let maximum: PrintedNumber?
    }

    /// Its cells as they were typed.
    public let source: PastedTable
    /// The variables.
    public let variables: [Variable]
    /// How many items, for all variables.
    public let items: PrintedNumber?
    /// The lowest and highest answer.
    public let scale: PrintedRange?
    let meanColumn: Int?, deviationColumn: Int?

    /// Reads the cells.
    ///
    /// - Throws: ``AuditFault`` with the line of what cannot be read.
    public init(_ table: PastedTable) throws(AuditFault) {
        source = table
        let kind = Self.kind
        let label = try table.labelColumn("variable", of: kind)
        let mean = try table.column("mean", of: kind), deviation = try table.column("sd", of: kind)
        let n = try table.column("n", of: kind), itemColumn = try table.column("items", of: kind)
        let lowest = try table.column("minimum", of: kind), highest = try table.column("maximum", of: kind)
        (meanColumn, deviationColumn) = (mean, deviation)
        var variables: [Variable] = []
        for row in table.text.rows {
            guard let cell = try table.cell(row, mean), let figure = cell.figure else { continue }
            variables.append(
                Variable(
                    label: table.string(row, label), mean: figure,
                    standardDeviation: try table.number(row, deviation) ?? cell.inParentheses,
                    members: try table.number(row, n), items: try table.number(row, itemColumn),
                    minimum: try table.number(row, lowest), maximum: try table.number(row, highest)))
        }
        self.variables = variables
        items = try table.number(option: "items")
        scale = try Self.scale(table)
    }

    private static func scale(_ table: PastedTable) throws(AuditFault) -> PrintedRange? {
        guard let option = table.options["scale"] else { return nil }
        if let ends = PrintedRange.ends(option.text) ?? Self.dashed(option.text),
            let range = try? PrintedRange(ends.0, ends.1), range.lower.value < range.upper.value
        {
            return range
        }
        throw .option(
            table.name, line: option.line, option: "scale",
            "`\(option.text)` is no scale; write its lowest and highest answer, such as `1 to 5`")
    }

    private static func dashed(_ text: String) -> (Substring, Substring)? {
        for separator in ["–", "—", "-"] {
            let parts = text.components(around: separator)
            if parts.count == 2 { return (parts[0], parts[1]) }
        }
        return nil
    }
}
