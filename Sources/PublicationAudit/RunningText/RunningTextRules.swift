extension AuditRule {
    /// p of a reported test.
    public static let textTest = AuditRule(
        "text-test", "Tests in the text: p from the statistic",
        basis:
            "p of t, F, χ², r, z, Q, G² or H with its degrees of freedom, over all values that round to the printed statistic (as "
            + "Nuijten et al., 2016); `decision` where the result is significant at .05 one way and not the other")

    /// A coefficient against its standard error.
    public static let textRatio = AuditRule(
        "text-ratio", "Coefficients in the text: t or z from estimate and standard error", basis: "t or z = b / SE")

    /// p of a coefficient.
    public static let textCoefficient = AuditRule(
        "text-coefficient", "Coefficients in the text: p from estimate and standard error",
        basis: "p of |b| / SE, from the normal distribution to t with 10 degrees of freedom")

    /// A coefficient against its interval.
    public static let textInterval = AuditRule(
        "text-interval", "Coefficients in the text: the interval",
        basis: "an interval holds its estimate; one of 95 % excludes zero if p < .05")

    /// A p value alone.
    public static let textProbability = AuditRule(
        "text-p", "p values in the text that stand alone",
        basis: "a p value can be checked against a statistic beside it")

    /// The rules of this family.
    static let runningTextRules: [AuditRule] = [
        .textTest, .textRatio, .textCoefficient, .textInterval, .textProbability,
    ]
}
