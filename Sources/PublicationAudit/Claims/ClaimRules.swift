extension AuditRule {
    /// A sentence about all figures of a column.
    public static let claimOfAll = AuditRule(
        "claim-all", "What the text says of all figures of a column",
        basis: "each printed figure against the bound of the sentence")
    /// A sentence about the ends of a column.
    public static let claimOfRange = AuditRule(
        "claim-range", "What the text says of the range of a column",
        basis: "the smallest and the largest printed figure against the ends of the sentence")
    /// A figure of the text that follows from others.
    public static let claimOfArithmetic = AuditRule(
        "claim-arithmetic", "A figure of the text that follows from others",
        basis: "the formula that the text describes, rounded")
    /// A p value of the text.
    public static let claimOfProbability = AuditRule(
        "claim-p", "A p value of the text against its table",
        basis:
            "p of |b| / SE (or of r with N) under t(df) or the normal distribution, over all values that round to what is printed"
    )
    /// A figure of a table that the text repeats.
    public static let claimOfFigure = AuditRule(
        "claim-figure", "A figure of the text against its table", basis: "the two round to each other")

    /// The rules of this family.
    static let claimRules: [AuditRule] = [
        .claimOfAll, .claimOfRange, .claimOfArithmetic, .claimOfProbability, .claimOfFigure,
    ]
}
