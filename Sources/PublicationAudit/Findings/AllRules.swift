extension AuditRule {
    /// Every rule, in the order in which papers print their tables.
    public static let all: [AuditRule] =
        countRules + granularityRules + reliabilityRules + measurementRules + correlationRules + fitRules
        + inferenceRules + mediationRules + multilevelRules + configurationRules + runningTextRules + claimRules
        + requirementRules
}
