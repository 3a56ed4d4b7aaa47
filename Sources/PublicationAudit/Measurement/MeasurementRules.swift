extension AuditRule {
    /// Average variance extracted from loadings.
    public static let averageVariance = AuditRule(
        "ave", "AVE from loadings", basis: "AVE = Σ λ² / k of the standardised loadings (Fornell & Larcker, 1981)")
    /// Composite reliability from loadings.
    public static let compositeReliability = AuditRule(
        "cr", "CR from loadings",
        basis: "CR = (Σ λ)² / ((Σ λ)² + Σ (1 − λ²)) of the standardised loadings (Fornell & Larcker, 1981)")
    /// A standardised loading.
    public static let loadingRange = AuditRule(
        "loading-range", "Standardised loading",
        basis: "a standardised loading beyond ±1 goes with a negative residual variance (Heywood case)")
    /// Standardised and unstandardised estimates.
    public static let standardizedSign = AuditRule(
        "standardized-sign", "Standardised against unstandardised estimate",
        basis: "β = b s(x) / s(y) has the sign of b")
    /// Standardised against unstandardised paths on several routes.
    public static let pathCoherence = AuditRule(
        "path-coherence", "Standardised against unstandardised paths",
        basis:
            "b / β = s(y) / s(x), so along every route from one variable to another the product of b / β is the same ratio of standard deviations"
    )
    /// The explained variance that paths imply.
    public static let impliedVariance = AuditRule(
        "implied-r2", "Explained variance that the paths imply",
        basis: "R² = Σ βⱼ r(xⱼ, y) ≤ 1, with the correlations that the standardised paths imply (Wright, 1934)")

    /// The rules of this family.
    static let measurementRules: [AuditRule] = [
        .averageVariance, .compositeReliability, .loadingRange, .standardizedSign, .pathCoherence, .impliedVariance,
    ]
}
