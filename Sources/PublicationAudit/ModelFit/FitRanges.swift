extension AuditRule {
    static let fitRange = AuditRule(
        "fit-range", "Fit statistics within their ranges",
        basis: "χ², RMSEA and SRMR are not negative; CFI lies between 0 and 1")
}

extension PublishedFit {
    /// Figures that no model can have.
    func rangeChecks() -> [AuditCheck] {
        let ranges: [(column: String, name: String, least: Double, most: Double)] = [
            ("chi2", "χ²", 0, .infinity), ("cfi", "CFI", 0, 1), ("rmsea", "RMSEA", 0, .infinity),
            ("srmr", "SRMR", 0, .infinity),
        ]
        return models.flatMap { model in
            ranges.compactMap { range -> AuditCheck? in
                guard let printed = model[range.column] else { return nil }
                let allowed = Interval(range.least, range.most)
                guard !printed.interval.overlaps(allowed) else { return nil }
                let words = range.most.isFinite ? "0 to 1" : "0 or more"
                return AuditCheck(
                    .fitRange, at: place(model, range.name), printed: printed.text, .notAttainable, attainable: words,
                    "\(range.name) is \(words); a sign, the decimal point or the column may be wrong.")
            }
        }
    }
}
