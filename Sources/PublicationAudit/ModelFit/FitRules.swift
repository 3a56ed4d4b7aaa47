extension AuditRule {
    /// The rules of this family.
    static let fitRules: [AuditRule] = [
        .fitRange, .fitProbability, .fitRatio, .rmsea, .rmseaInterval, .fitSample, .cfiBaseline, .tliBaseline,
        .fitDegrees,
        .factorSteps, .nestedFit, .chiSquareDifference, .informationSteps,
    ]
}
