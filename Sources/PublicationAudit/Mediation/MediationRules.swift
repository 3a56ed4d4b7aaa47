extension AuditRule {
    /// The rules of this family.
    static let mediationRules: [AuditRule] = []
}
