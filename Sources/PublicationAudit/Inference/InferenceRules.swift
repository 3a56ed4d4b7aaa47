extension AuditRule {
    /// The rules of this family.
    static let inferenceRules: [AuditRule] = [.stars]
}
