extension AuditRule {
    /// Cases of the rows.
    public static let truthTableCases = AuditRule(
        "truth-table-cases", "Cases of a truth table",
        basis:
            "a case belongs to one row, so that the rows together have at most N cases; rows below the cut-off are remainders"
    )

    /// Consistency of the rows.
    public static let truthTableConsistency = AuditRule(
        "truth-table-consistency", "Consistency and outcome of a row",
        basis:
            "PRI ≤ consistency ≤ 1; a row leads to the outcome if consistency (and PRI) reach the cut-off (Ragin, 2008, ch. 7)"
    )

    /// Rows that stand twice.
    public static let truthTableRows = AuditRule(
        "truth-table-rows", "Rows of a truth table", basis: "each configuration stands once")

    static let truthTableRules: [AuditRule] = [.truthTableCases, .truthTableConsistency, .truthTableRows]
}
