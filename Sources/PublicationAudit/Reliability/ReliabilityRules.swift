extension AuditRule {
    /// Alpha against the alphas without each item.
    public static let alphaFromDeleted = AuditRule(
        "alpha-deleted", "Alpha against the alphas if an item is deleted",
        basis:
            "with D = 1 − α(k − 1)/k and eᵢ = 1 − α₋ᵢ(k − 2)/(k − 1), (k − 1) D / (k − 2 + D) is a mean of the eᵢ weighted with the variances of the scale without each item, so it lies between the smallest and the largest; with equal weights it is their mean (from the definition of α, Cronbach, 1951)"
    )
    /// A corrected item-total correlation.
    public static let itemTotal = AuditRule(
        "item-total", "Item-total correlation against alpha and alpha if deleted",
        basis:
            "r ≥ √((1 − D)(e − D)) / D with D = 1 − α(k − 1)/k and e = 1 − α₋ᵢ(k − 2)/(k − 1), whatever the variance of the item (from the definition of α, Cronbach, 1951)"
    )
    /// How many items a scale has.
    public static let itemCount = AuditRule(
        "item-count", "Number of items", basis: "the rows of a scale are as many as it is said to have items")
    /// Alpha against the average variance extracted.
    public static let alphaVariance = AuditRule(
        "alpha-ave", "Alpha against AVE and number of items",
        basis:
            "of standardised items with one factor α ≤ k AVE / (1 + (k − 1) AVE), with equality for equal loadings (Fornell & Larcker, 1981; Spearman-Brown); real items miss it by a little"
    )
    /// Alpha against the composite reliability.
    public static let alphaComposite = AuditRule(
        "alpha-cr", "Alpha against composite reliability",
        basis: "of standardised items with one factor α ≤ CR, and close to it for similar loadings (Raykov, 1997)")
    /// Alpha against the mean correlation of the items.
    public static let alphaCorrelation = AuditRule(
        "alpha-r", "Alpha against the mean inter-item correlation",
        basis: "α = k r̄ / (1 + (k − 1) r̄) of standardised items (Spearman-Brown)")

    /// The rules of this family.
    static let reliabilityRules: [AuditRule] = [
        .alphaFromDeleted, .itemTotal, .itemCount, .alphaVariance, .alphaComposite, .alphaCorrelation,
    ]
}
