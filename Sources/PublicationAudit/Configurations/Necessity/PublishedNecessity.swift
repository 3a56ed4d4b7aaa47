/// An analysis of necessary conditions: consistency and coverage of each condition and its absence, for one outcome.
public struct PublishedNecessity: AuditedTable {
    /// What such a table holds.
    public static let kind = TableKind(
        "necessity", "necessity of single conditions for one outcome: consistency, coverage, relevance",
        columns: [
            .init(
                "condition", heads: ["conditions", "set", "variable", "variables"],
                "the condition, its absence marked `~`; else the first column"),
            .init("consistency", heads: ["incln", "cons.nec", "cons"], isRequired: true, "consistency of necessity"),
            .init("coverage", heads: ["covn", "cov.nec", "cov"], "coverage of necessity"),
            .init("RoN", heads: ["relevance", "relevance of necessity"], "relevance of necessity"),
        ],
        options: [
            .init("outcome", "the outcome, to compare with the solutions of the same outcome"),
            .init("data", "`crisp` or `fuzzy` sets"),
            .init("outcome cases", "of crisp sets, how many cases have the outcome"),
        ])

    /// The cells as they were typed.
    public let source: PastedTable
    /// The conditions.
    let conditions: [Condition]
    /// How many cases have the outcome, of crisp sets.
    let outcomeCases: PrintedNumber?

    /// What is printed of a condition.
    struct Condition: Hashable {
        let name: String
        let consistency: PrintedNumber
        let coverage: PrintedNumber?
        let relevance: PrintedNumber?

        /// The condition without the mark of absence.
        var base: String { simplified(name.filter { !Self.marks.contains($0) }) }
        /// Whether its absence is meant.
        var isAbsence: Bool {
            name.contains { Self.marks.contains($0) } || simplified(name).hasPrefix("not") && name.contains(" ")
        }
        private static let marks: Set<Character> = ["~", "∼", "～", "¬", "˜"]
    }

    /// Reads the cells.
    ///
    /// - Throws: ``AuditFault`` for a missing column, and figures that are none.
    public init(_ table: PastedTable) throws(AuditFault) {
        source = table
        let name = try table.column("condition", of: Self.kind) ?? 0
        let consistency = try table.column("consistency", of: Self.kind),
            coverage = try table.column("coverage", of: Self.kind)
        let relevance = try table.column("RoN", of: Self.kind)
        var conditions: [Condition] = []
        for row in table.text.rows {
            guard let figure = try table.number(row, consistency) else { continue }
            conditions.append(
                Condition(
                    name: table.string(row, name), consistency: figure, coverage: try table.number(row, coverage),
                    relevance: try table.number(row, relevance)))
        }
        self.conditions = conditions
        _ = try table.word(option: "data", of: ["crisp", "fuzzy"])
        outcomeCases = try table.number(option: "outcome cases")
    }
}
