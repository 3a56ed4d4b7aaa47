extension AuditRule {
    /// The counts of the groups of a sample.
    public static let countSum = AuditRule(
        "count-sum", "Groups against the size of the sample",
        basis: "the groups of each characteristic hold every member of the sample once: the counts sum to N")
    /// A percentage against its count.
    public static let percentage = AuditRule(
        "percentage", "Percentage against count",
        basis: "count / N, over the values that round to the printed percentage")
    /// The percentages of a characteristic.
    public static let percentageSum = AuditRule(
        "percentage-sum", "Sum of percentages",
        basis: "the percentages of one characteristic sum to 100, each rounded on its own")

    /// The rules of this family.
    static let countRules: [AuditRule] = [.countSum, .percentage, .percentageSum]
}
