extension Paper {
    /// What the designs of the paper ask for and the paper does not report.
    func requirementChecks() -> [AuditCheck] { [] }
}
