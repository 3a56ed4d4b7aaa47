extension AuditRule {
    /// The order of anchors.
    public static let anchorOrder = AuditRule(
        "anchor-order", "Order of the anchors",
        basis:
            "full membership, crossover and full non-membership rise or fall strictly (direct method; Ragin, 2008, ch. 5)"
    )

    /// Anchors on the scale.
    public static let anchorScale = AuditRule(
        "anchor-scale", "Anchors on the scale",
        basis: "anchors lie between the lowest and the highest possible raw value")

    /// Anchors as percentiles.
    public static let anchorDistribution = AuditRule(
        "anchor-distribution", "Anchors against mean and standard deviation",
        basis:
            "among all distributions with the percentiles and the mean, the one closest to the mean everywhere has the smallest "
            + "standard deviation (a convex problem with one linear constraint)")

    /// Anchors that look like maximum and minimum.
    public static let anchorExtremes = AuditRule(
        "anchor-extremes", "Anchors that look like maximum and minimum",
        basis:
            "percentiles of means of several items are seldom whole numbers, and seldom the ends of the scale for every set"
    )

    static let calibrationRules: [AuditRule] = [.anchorOrder, .anchorScale, .anchorDistribution, .anchorExtremes]
}
