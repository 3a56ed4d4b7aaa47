extension AuditRule {
    /// The rules of this family.
    static let reliabilityRules: [AuditRule] = []
}
