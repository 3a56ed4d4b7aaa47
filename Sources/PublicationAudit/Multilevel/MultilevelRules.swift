extension AuditRule {
    /// The rules of this family.
    static let multilevelRules: [AuditRule] = [
        .componentTest, .componentICC, .totalVariance, .pseudoRSquared, .conditionalRSquared, .standardErrors,
        .nestedDeviance,
    ]
}
