extension Paper {
    /// Correlations, fit, mixed models and effects across tables.
    func modelChecks() -> [AuditCheck] { [] }
}
