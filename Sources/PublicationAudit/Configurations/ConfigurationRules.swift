extension AuditRule {
    /// The rules of this family.
    static let configurationRules: [AuditRule] = solutionRules
}
