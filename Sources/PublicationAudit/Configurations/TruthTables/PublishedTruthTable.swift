/// A truth table of a QCA: a row for each configuration with its cases, consistency and outcome.
public struct PublishedTruthTable: AuditedTable {
    /// What such a table holds.
    public static let kind = TableKind(
        "truth table", "a truth table: conditions as 0 and 1, number of cases, consistency, PRI, outcome",
        columns: [
            .init("outcome", heads: ["out", "output", "result", "y"], "the outcome of the row: 1, 0, C or ?"),
            .init(
                "cases", heads: ["n", "number", "number of cases", "freq", "frequency", "freq."],
                "how many cases the row has"),
            .init(
                "consistency", heads: ["incl", "raw consist", "raw consistency", "cons", "raw consist."],
                "consistency of the row"),
            .init("PRI", heads: ["pri consist.", "pri consistency"], "proportional reduction in inconsistency"),
            .init("SYM", heads: ["sym consist.", "sym consistency"], "symmetric consistency (not checked)"),
            .init(
                "row", heads: ["no", "no.", "row number", "id", "cases in row", "case", "members"],
                "a number or the names of the cases (not checked)"),
        ],
        options: [
            .init("sample", "the sample: a name under `samples`, or a number"),
            .init("n cut", "the cut-off of cases per row"), .init("consistency cut", "the cut-off of consistency"),
            .init("PRI cut", "the cut-off of PRI"), .init("data", "`crisp` or `fuzzy` sets"),
        ])

    /// The cells as they were typed.
    public let source: PastedTable
    /// The rows.
    let rows: [Row]

    /// What is printed of a row.
    struct Row: Hashable {
        let configuration: [String]
        let output: String
        let cases: PrintedNumber?
        let consistency: PrintedNumber?
        let pri: PrintedNumber?

        /// Its values of the conditions: `1 0 1`.
        var name: String { configuration.joined(separator: " ") }
        /// Whether it leads to the outcome, if the cell says so.
        var isPositive: Bool? { output == "1" ? true : output == "0" ? false : nil }
        /// Whether it is a remainder.
        var isRemainder: Bool { output == "?" || output.isEmpty }
    }

    /// Reads the cells.
    ///
    /// - Throws: ``AuditFault`` if no column is a condition, and for figures that are none.
    public init(_ table: PastedTable) throws(AuditFault) {
        source = table
        let kind = Self.kind
        let output = try table.column("outcome", of: kind), cases = try table.column("cases", of: kind)
        let consistency = try table.column("consistency", of: kind), pri = try table.column("PRI", of: kind)
        let conditions = try table.furtherColumns(of: kind).filter { column in
            table.text.rows.allSatisfy { ConditionSymbol($0.cells[column]) != nil || Int($0.cells[column]) != nil }
        }
        guard !conditions.isEmpty else {
            throw .content(
                table.name, line: table.line,
                "no column holds the values of a condition, such as 0 and 1; its heads are "
                    + table.text.columns.map { "`\($0)`" }.joined(separator: ", "))
        }
        var rows: [Row] = []
        for row in table.text.rows {
            rows.append(
                Row(
                    configuration: conditions.map { row.cells[$0] }, output: trimmed(table.string(row, output)),
                    cases: try table.number(row, cases), consistency: try table.number(row, consistency),
                    pri: try table.number(row, pri)))
        }
        self.rows = rows
        for option in ["n cut", "consistency cut", "PRI cut"] { _ = try table.number(option: option) }
        _ = try table.word(option: "data", of: ["crisp", "fuzzy"])
    }
}
