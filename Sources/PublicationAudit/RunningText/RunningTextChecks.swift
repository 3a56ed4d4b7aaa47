extension RunningText {
    /// Checks the tests that the text reports.
    func checks() -> [AuditCheck] { [] }
}
