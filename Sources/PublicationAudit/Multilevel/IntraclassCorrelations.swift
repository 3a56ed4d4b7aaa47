import Probability

extension AuditRule {
    static let componentICC = AuditRule(
        "icc", "ICC against variance components",
        basis: "ICC = τ / (τ + σ²); of the null model if it is to describe the outcome (Raudenbush & Bryk, 2002)")
    static let totalVariance = AuditRule(
        "icc-outcome", "ICC of the outcome against the variance that models leave within groups",
        basis:
            "predictors do not raise the variance within groups: σ² of a model ≤ (1 − ICC) × total variance, which is SD² or, "
            + "standardised, 1")
}

extension PublishedMixedModels {
    /// Printed intraclass correlations against the variance components.
    func intraclassChecks(in paper: Paper) -> [AuditCheck] {
        models.compactMap(ownCheck) + outcomeChecks(in: paper)
    }

    /// τ / (τ + σ²).
    private func share(_ model: Model) -> Interval? {
        guard let tau = model.components[.between]?.interval, let sigma = model.components[.within]?.interval,
            tau.lower + sigma.lower > 0
        else { return nil }
        // Rises with τ and falls with σ².
        return Interval(
            max(0, tau.lower) / (max(0, tau.lower) + sigma.upper), tau.upper / (tau.upper + max(0, sigma.lower)))
    }

    private func ownCheck(_ model: Model) -> AuditCheck? {
        guard let printed = model.components[.icc], let share = share(model) else { return nil }
        let agreement = FigureAgreement(printed, with: share)
        let digits = printed.decimals + (printed.isPercentage ? 3 : 1)
        return AuditCheck(
            .componentICC, at: PaperPlace(name, row: "ICC", column: model.name), printed: printed.text,
            agreement.verdict,
            attainable: spanText(share, decimals: digits),
            "τ / (τ + σ²) = \(spanText(share, decimals: digits)).\(agreement.slip)")
    }

    private func outcomeChecks(in paper: Paper) -> [AuditCheck] {
        guard let outcome, let construct = paper.construct(outcome), let icc = construct.icc,
            let first = models.filter({ share($0) != nil }).min(by: { $0.terms.count < $1.terms.count }),
            let share = share(first),
            let within = models.compactMap({ $0.components[.within] }).max(by: { $0.value < $1.value })
        else { return [] }
        let at = PaperPlace(name, row: "ICC of \(construct.names[0])", column: first.name)
        let fewest = "\(first.name) leaves τ / (τ + σ²) = \(spanText(share, decimals: 3))"
        if first.terms.isEmpty {
            // An ICC by analysis of variance differs a little from one by (restricted) maximum likelihood.
            let agrees = Interval(share.lower - 0.02, share.upper + 0.02).overlaps(icc.interval)
            return [
                AuditCheck(
                    .totalVariance, at: at, printed: icc.text, agrees ? .consistent : .unusual,
                    attainable: spanText(share, decimals: 3),
                    "\(fewest) without predictors; elsewhere \(icc.text) is printed.")
            ]
        }
        guard let sd = construct.standardDeviation else { return [] }
        let raw = sd.interval.squared
        // A share within groups, if that is what is printed, would leave less.
        let needed = within.interval.lower / max(1e-9, 1 - min(icc.interval.lower, 1 - icc.interval.upper))
        let attains = needed <= 1.1 * max(1, raw.upper)
        return [
            AuditCheck(
                .totalVariance, at: at, printed: icc.text, attains ? .consistent : .unusual,
                attainable: "\((1 - within.value / max(1, raw.upper)).fixed(3)) or less",
                "An ICC of \(icc.text) and a variance within groups of \(within.text) take a total variance of "
                    + "\(needed.fixed(2)) or more; the outcome's is \(spanText(raw, decimals: 2)) by its SD of \(sd.text), and 1 if "
                    + "standardised. \(fewest)."
                    + (attains ? "" : " The printed ICC and these models are not of the same scores."))
        ]
    }
}
