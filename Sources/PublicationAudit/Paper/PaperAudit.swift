extension Paper {
    /// Checks every table by its own rules, then the tables against each other, then the text against the tables.
    public func audit() -> AuditReport {
        let checks =
            tables.flatMap { $0.checks(in: self) } + measurementChecks() + modelChecks() + configurationChecks()
            + claims.flatMap { claimChecks($0) } + runningText.flatMap { $0.checks() } + requirementChecks()
        return AuditReport(title: title, checks: checks)
    }
}
