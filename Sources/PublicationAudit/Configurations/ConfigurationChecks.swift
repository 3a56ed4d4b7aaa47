extension Paper {
    /// Calibration and solutions across tables.
    func configurationChecks() -> [AuditCheck] { [] }
}
