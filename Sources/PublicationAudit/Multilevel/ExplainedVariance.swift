import Probability

extension AuditRule {
    static let pseudoRSquared = AuditRule(
        "pseudo-r2", "Pseudo-R² against one null model",
        basis:
            "Snijders & Bosker (2012): R²₁ = 1 − (τ + σ²)/(τ₀ + σ₀²), R²₂ = 1 − (τ + σ²/n)/(τ₀ + σ₀²/n); Raudenbush & Bryk (2002): "
            + "R² = 1 − σ²/σ₀² or 1 − τ/τ₀; the null model in the denominator is the same for all models of an outcome")
    static let conditionalRSquared = AuditRule(
        "nakagawa-r2", "Marginal and conditional R²",
        basis: "R²c = 1 − (1 − R²m) σ² / (τ + σ²) with one random intercept (Nakagawa & Schielzeth, 2013)")
}

extension PublishedMixedModels {
    /// A definition of R²: the variance that it takes in proportion to that of the null model.
    private struct Definition {
        let name: String
        let variance: (Model) -> Interval?
    }

    private func definitions(_ row: MixedModelRow, in paper: Paper) -> [Definition] {
        func combination(_ weight: Double) -> (Model) -> Interval? {
            { model in
                guard let tau = model.components[.between], let sigma = model.components[.within] else { return nil }
                return tau.interval + Interval(weight) * sigma.interval
            }
        }
        let within = Definition(name: "σ²") { $0.components[.within]?.interval }
        let total = Definition(name: "τ + σ²", variance: combination(1))
        guard row == .rSquaredLevel2 else { return [total, within] }
        let levels = levels(in: paper)
        // Of groups of unequal size n may be their harmonic mean or another representative size below the mean.
        let sizes = (levels?.groups ?? []).flatMap { groups in
            let n = (levels?.rows ?? groups.size.value) / groups.size.value
            return (0...50).map { n * (1 - Double($0) / 100) }.filter { $0 >= 2 }
        }
        let means = sizes.map { Definition(name: "τ + σ²/\($0.fixed(1))", variance: combination(1 / $0)) }
        return means + [Definition(name: "τ") { $0.components[.between]?.interval }]
    }

    /// Pseudo-R² of both levels, and conditional against marginal R².
    func explainedVarianceChecks(in paper: Paper) -> [AuditCheck] {
        let rows: [MixedModelRow] = [.rSquaredLevel1, .rSquaredLevel2]
        return rows.compactMap { nullCheck($0, definitions($0, in: paper)) }
            + models.filter { !$0.hasRandomSlope }.compactMap(conditionalCheck)
    }

    private func nullCheck(_ row: MixedModelRow, _ definitions: [Definition]) -> AuditCheck? {
        let printed = models.filter {
            $0.components[row] != nil && $0.components[.within] != nil && !$0.hasRandomSlope
        }
        guard let first = printed.first else { return nil }
        let at = PaperPlace(name, row: row == .rSquaredLevel1 ? "Pseudo-R² level 1" : "Pseudo-R² level 2")
        let values = printed.compactMap { $0.components[row]?.text }.joined(separator: ", ")
        let null = models.first { $0.terms.isEmpty && $0.components[.within] != nil && $0.components[row] == nil }
        guard printed.count > 1 || null != nil else {
            return AuditCheck(
                .pseudoRSquared, at: at, printed: values, .notCheckable,
                "It can be checked against the variances of the null model, which the table does not print.")
        }
        for definition in definitions {
            let nulls =
                printed.compactMap { implied($0, row, definition) }
                + [null.flatMap(definition.variance)].compactMap { $0 }
            if nulls.count >= printed.count, let common = commonValues(nulls), common.members.allSatisfy({ $0 }) {
                return AuditCheck(
                    .pseudoRSquared, at: at, printed: values, .consistent,
                    "All follow from one null model with \(definition.name) = \(spanText(common.values, decimals: 3)).")
            }
            if isStepwise(row, definition) {
                return AuditCheck(
                    .pseudoRSquared, at: at, printed: values, .consistent,
                    "Each is the proportion by which \(definition.name) falls from the column before.")
            }
        }
        guard let definition = definitions.first, implied(first, row, definition) != nil else { return nil }
        let words = printed.compactMap { model in
            implied(model, row, definition).map { "\(model.name) \(spanText($0, decimals: 3))" }
        }.joined(separator: ", ")
        let known = null.flatMap(definition.variance).map { "; printed is \(spanText($0, decimals: 3))" } ?? ""
        return AuditCheck(
            .pseudoRSquared, at: at, printed: values, .notAttainable,
            "The null model's \(definition.name), which is the same for all models of the outcome, would be \(words)\(known) by "
                + "(\(definition.name)) / (1 − R²). The reductions of σ² or τ alone, or from column to column, do not share one "
                + "either. The null model may have been fitted to other rows, or R² computed from other components.")
    }

    /// The variance of the null model that a printed R² implies.
    private func implied(_ model: Model, _ row: MixedModelRow, _ definition: Definition) -> Interval? {
        guard let r = model.components[row], let variance = definition.variance(model), r.interval.upper < 1 else {
            return nil
        }
        return variance / (Interval(1) - r.interval)
    }

    /// Whether each R² compares a model with the one in the column before.
    private func isStepwise(_ row: MixedModelRow, _ definition: Definition) -> Bool {
        let pairs = zip(models, models.dropFirst()).filter { $0.1.components[row] != nil }
        guard pairs.count > 1 else { return false }
        return pairs.allSatisfy { before, model in
            guard let r = model.components[row], let start = definition.variance(before),
                let end = definition.variance(model)
            else { return false }
            return (Interval(1) - end / start).overlaps(r.interval)
        }
    }

    private func conditionalCheck(_ model: Model) -> AuditCheck? {
        guard let marginal = model.components[.marginal], let conditional = model.components[.conditional],
            let tau = model.components[.between]?.interval, let sigma = model.components[.within]?.interval,
            sigma.lower > 0, tau.lower >= 0
        else { return nil }
        let share = Interval(1 / (1 + tau.upper / sigma.lower), 1 / (1 + tau.lower / sigma.upper))
        let span = Interval(1) - (Interval(1) - marginal.interval) * share
        let agreement = FigureAgreement(conditional, with: span)
        let digits = conditional.decimals + 1
        return AuditCheck(
            .conditionalRSquared, at: PaperPlace(name, row: "Conditional R²", column: model.name),
            printed: conditional.text,
            agreement.verdict == .consistent ? .consistent : .unusual, attainable: spanText(span, decimals: digits),
            "1 − (1 − \(marginal.text)) σ² / (τ + σ²) = \(spanText(span, decimals: digits)), if the intercept is the only random "
                + "effect.\(agreement.slip)")
    }
}
