extension Paper {
    /// Checks a sentence of the text.
    func claimChecks(_ claim: TextClaim) -> [AuditCheck] { [] }
}
