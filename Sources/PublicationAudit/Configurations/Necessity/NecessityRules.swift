extension AuditRule {
    /// Shares.
    public static let necessityBounds = AuditRule(
        "necessity-bounds", "Necessity: shares",
        basis: "consistency, coverage and relevance lie between 0 and 1 (Ragin, 2006)")

    /// A condition and its absence.
    public static let necessityPair = AuditRule(
        "necessity-pair", "Necessity of a condition and of its absence",
        basis: "min(x, y) + min(1 − x, y) ≥ y, so that the two consistencies sum to at least 1; in crisp sets to 1")

    /// The size of conditions.
    public static let necessitySize = AuditRule(
        "necessity-size", "Necessity: the number of cases behind consistency and coverage",
        basis:
            "consistency / coverage = Σ x / Σ y, which sums over a condition and its absence to N / Σ y: the same for every condition"
    )

    /// Relevance of necessity.
    public static let necessityRelevance = AuditRule(
        "necessity-relevance", "Relevance of necessity",
        basis: "Σ (1 − x) / Σ (1 − min(x, y)), with Σ x, Σ min(x, y) and N in units of Σ y from the other figures "
            + "(Schneider & Wagemann, 2012, p. 236)")

    static let necessityRules: [AuditRule] = [.necessityBounds, .necessityPair, .necessitySize, .necessityRelevance]
}
