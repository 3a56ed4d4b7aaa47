extension AuditRule {
    /// A printed z or t against its estimate.
    public static let criticalRatio = AuditRule(
        "critical-ratio", "Estimate over standard error", basis: "C.R. (z, t) = estimate / SE")
    /// A printed p against its test.
    public static let probability = AuditRule(
        "p-value", "p against estimate and standard error",
        basis: "p of |b| / SE under t(df) or the normal distribution, over all values that round to what is printed")
    /// A confidence interval against its estimate.
    public static let confidenceInterval = AuditRule(
        "interval", "Confidence interval against estimate and standard error",
        basis: "b ± z SE with z of 90, 95 or 99 %; a bootstrap interval need not be symmetric, but holds its estimate")

    /// The rules of this family.
    static let inferenceRules: [AuditRule] = [.stars, .criticalRatio, .probability, .confidenceInterval]
}
