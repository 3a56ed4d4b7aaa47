extension Paper {
    /// Samples, scales and measurement models across tables.
    func measurementChecks() -> [AuditCheck] { [] }
}
