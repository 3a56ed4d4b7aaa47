/// A table of configurations as qualitative comparative analyses print them: conditions and figures in rows and configurations in
/// columns, or a row for each configuration.
public struct PublishedSolutionTable: AuditedTable {
    /// What such a table holds.
    public static let kind = TableKind(
        "solutions",
        "configurations of a QCA with their consistency and coverage: conditions and figures in rows, configurations in columns; "
            + "or one row for each configuration",
        columns: [
            .init(
                "configuration",
                heads: ["configurations", "solution", "solutions", "term", "terms", "path", "paths", "expression"],
                "the names of rows: conditions and figures, or configurations"),
            .init("consistency", heads: ["incls", "incl", "cons"], "consistency of each configuration"),
            .init("raw coverage", heads: ["covs", "original coverage", "coverage"], "raw coverage"),
            .init("unique coverage", heads: ["covu", "net coverage"], "unique coverage"),
            .init("PRI", heads: ["pri consistency"], "proportional reduction in inconsistency"),
            .init("cases", heads: ["n", "number of cases"], "how many cases are members of each configuration"),
            .init(
                "solution consistency", heads: ["overall consistency", "overall scheme consistency"],
                "a row (or `solution consistency:` as an option)"),
            .init(
                "solution coverage", heads: ["overall coverage", "overall program coverage"],
                "a row (or `solution coverage:` as an option)"),
            .init("solution PRI", heads: ["overall PRI"], "a row (or an option)"),
        ],
        options: [
            .init("solutions", "which configurations form a solution, if the table has several: `H1, H2; L1, L2, L3`"),
            .init("solution", "`complex`, `intermediate` or `parsimonious`, to compare tables of the same outcome"),
            .init("outcome", "the outcome, to compare tables of the same outcome"),
            .init(
                "consistency cut",
                "the cut-off of consistency that the text states; if it states several, all of them: `0.8; 0.75`"),
            .init("PRI cut", "the cut-off of PRI that the text states"),
            .init("n cut", "the cut-off of cases per row that the text states"),
            .init("cases", "the sample: a name under `samples`, or a number"),
            .init("data", "`crisp` or `fuzzy` sets"),
            .init("outcome cases", "of crisp sets, how many cases have the outcome"),
            .init("core", "the symbols of core conditions: `● ⊗`"),
            .init("auxiliary", "the symbols of auxiliary (peripheral) conditions: `• ◎`"),
            .init("stated coverage", "the coverage of the solution in the text"),
            .init("stated consistency", "the consistency of the solution in the text"),
        ])

    /// The cells as they were typed.
    public let source: PastedTable
    /// The solutions of the table.
    let solutions: [SolutionFigures]
    /// What the table prints for each figure.
    let labels: [SolutionMeasure: String]
    /// Whether the configurations stand in columns.
    let configurationsAreColumns: Bool
    /// The symbols in the cells of the conditions, by configuration.
    let symbols: [String: [String]]

    /// Reads the cells.
    ///
    /// - Throws: ``AuditFault`` for a figure that is no number, a table in which no figure is recognised, and solutions that cannot be
    ///   told apart.
    public init(_ table: PastedTable) throws(AuditFault) {
        source = table
        let reader = SolutionReader(table)
        configurationsAreColumns = reader.configurationsAreColumns
        (labels, symbols) = (reader.labels, reader.symbols)
        guard !reader.labels.isEmpty else {
            throw .content(
                table.name, line: table.line,
                "no row or column is recognised as consistency or coverage; its rows begin with "
                    + "\(table.text.rows.prefix(12).map { "`\($0.cells.first ?? "")`" }.joined(separator: ", ")); "
                    + "say which is which with `columns: {consistency: NAME, raw coverage: NAME, unique coverage: NAME}`"
            )
        }
        solutions = try reader.solutions()
        for option in ["consistency cut", "PRI cut"] { _ = try table.numbers(option: option) }
        for option in ["n cut", "outcome cases", "stated coverage", "stated consistency"] {
            _ = try table.number(option: option)
        }
        _ = try table.word(option: "data", of: ["crisp", "fuzzy"])
        _ = try table.word(option: "solution", of: ["complex", "intermediate", "parsimonious"])
    }
}
