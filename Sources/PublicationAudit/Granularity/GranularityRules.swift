extension AuditRule {
    /// A mean of whole numbers.
    public static let grim = AuditRule(
        "grim", "Mean of whole numbers (GRIM)",
        basis: "a mean of k items answered by n members is a whole number of (n k)ths (Brown & Heathers, 2017)")
    /// A standard deviation of whole numbers.
    public static let grimmer = AuditRule(
        "grimmer", "Standard deviation of whole numbers (GRIMMER)",
        basis:
            "the sum of squares is a whole number, odd if the sum is odd (Anaya, 2016; Allard, 2018), of person sums over k items"
    )
    /// Mean and standard deviation of a variable with two values.
    public static let debit = AuditRule(
        "debit", "Mean and SD of a binary variable (DEBIT)",
        basis: "s = √(n p (1 − p) / (n − 1)), over all whole counts n p (Heathers & Brown, 2019)")
    /// A mean within its scale.
    public static let meanRange = AuditRule(
        "mean-range", "Mean within its scale", basis: "the mean lies between the lowest and the highest answer")
    /// A standard deviation within its bounds.
    public static let deviationRange = AuditRule(
        "sd-range", "SD within the bounds of its scale",
        basis: "s² ≤ n / (n − 1) (M − a)(b − M) for answers from a to b (Bhatia & Davis, 2000)")

    /// The rules of this family.
    static let granularityRules: [AuditRule] = [.grim, .grimmer, .debit, .meanRange, .deviationRange]
}
