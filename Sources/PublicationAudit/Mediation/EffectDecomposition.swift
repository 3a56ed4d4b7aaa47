import Probability

extension AuditRule {
    static let indirectProduct = AuditRule(
        "indirect-product", "Indirect effect as a product", basis: "indirect = a · b of linear models (MacKinnon, 2008)"
    )
    static let effectSum = AuditRule(
        "effect-sum", "Total as direct plus indirect effect",
        basis: "total = direct + indirect in linear models of the same rows (MacKinnon, 2008)")
}

extension PublishedEffects {
    /// a · b and direct + indirect.
    func decompositionChecks(_ path: Path) -> [AuditCheck] {
        var checks: [AuditCheck] = []
        let figures = path.figures
        if let a = figures["a"], let b = figures["b"], let indirect = figures["indirect"] {
            let product = a.estimate.interval * b.estimate.interval
            checks.append(
                comparison(
                    .indirectProduct, indirect, product, "\(a.estimate.text) × \(b.estimate.text)",
                    "With random slopes their covariance is added."))
        }
        if let direct = figures["direct"], let total = figures["total"],
            let indirect = figures["total indirect"] ?? figures["indirect"]
        {
            let sum = direct.estimate.interval + indirect.estimate.interval
            let rest = paths.filter { $0.label != path.label && $0.variables.first == path.variables.first }
                .compactMap { $0.figures["indirect"]?.estimate.interval }
            let shared = rest.isEmpty ? sum : sum + rest.sum()
            let isShared = !sum.overlaps(total.estimate.interval) && shared.overlaps(total.estimate.interval)
            checks.append(
                comparison(
                    .effectSum, total, isShared ? shared : sum,
                    "\(direct.estimate.text) + \(indirect.estimate.text)\(isShared ? " + the other indirect effects" : "")",
                    "The effects may come from models with other rows or predictors."))
        }
        return checks
    }

    private func comparison(
        _ rule: AuditRule, _ effect: PrintedEffect, _ span: Interval, _ formula: String, _ note: String
    ) -> AuditCheck {
        let agreement = FigureAgreement(effect.estimate, with: span)
        let digits = effect.estimate.decimals + 1
        return AuditCheck(
            rule, at: effect.place, printed: effect.estimate.text, agreement.verdict,
            attainable: spanText(span, decimals: digits),
            "\(formula) is \(spanText(span, decimals: digits)) within rounding."
                + (agreement.verdict == .consistent ? "" : agreement.slip + " " + note))
    }
}
