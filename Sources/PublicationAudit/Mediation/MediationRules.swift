extension AuditRule {
    /// The rules of this family.
    static let mediationRules: [AuditRule] = [
        .indirectProduct, .effectSum, .intervalEstimate, .intervalStars, .effectsAgainstModels, .singleLevelErrors,
        .conditionalSlopes, .conditionalIndirect, .conditionalDifference,
    ]
}
