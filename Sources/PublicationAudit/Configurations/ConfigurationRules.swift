extension AuditRule {
    /// The rules of this family.
    static let configurationRules: [AuditRule] =
        calibrationRules + necessityRules + truthTableRules + solutionRules + [.configurationNecessity]
}
