extension AuditRule {
    /// The rules of this family.
    static let multilevelRules: [AuditRule] = []
}
