import Probability

extension AuditRule {
    static let componentTest = AuditRule(
        "hlm-chi2", "χ² of the intercept variance against the variances",
        basis:
            "χ² = df (1 + n τ/σ²) with n rows per group and df = groups − 1 − predictors of level 2 under REML, groups instead of df "
            + "under ML (from the statistic of Raudenbush & Bryk, 2002, eq. 3.103, in a balanced design); 1 % is allowed for "
            + "predictors of level 1, 10 % for groups of unequal size")
}

extension PublishedMixedModels {
    /// How a model's χ² would follow from its variances.
    private struct Reading {
        let groups: Sample
        let isML: Bool
        /// By model: groups − 1 − predictors of level 2, of which there may be more where the paper does not say the level of a predictor.
        let degreesOfFreedom: Interval
        let value: Interval
        /// The share allowed for what the identity leaves out.
        let tolerance: Double

        /// Whether a printed χ² agrees.
        func fits(_ chi2: PrintedNumber) -> Bool {
            Interval(value.lower * (1 - tolerance), value.upper * (1 + tolerance)).overlaps(chi2.interval)
        }
    }

    /// χ² of the variance between groups in every model that prints it.
    func componentTestChecks(in paper: Paper) -> [AuditCheck] {
        let tested = models.filter { $0.components[.chiSquare] != nil && !$0.hasRandomSlope }
        guard !tested.isEmpty else { return [] }
        guard let levels = levels(in: paper), !levels.groups.isEmpty else {
            return [
                AuditCheck(
                    .componentTest, at: PaperPlace(name, row: "χ²"), printed: "χ²", .notCheckable,
                    "It follows from the variances once the numbers of rows and of groups are known; write them under `samples:`."
                )
            ]
        }
        let kinds = levels.groups.flatMap { [($0, false), ($0, true)] }
        /// How many predictors are of level 2: those that must be, to those that may be.
        func upperTerms(_ model: Model) -> Interval {
            let levelOne = model.coefficients.filter { model.terms.contains($0.key) }.map {
                isLevelOne($0.term, rows: levels.rows, in: paper)
            }
            return Interval(Double(levelOne.count { $0 == false }), Double(levelOne.count { $0 != true }))
        }
        func reading(_ model: Model, _ kind: (Sample, Bool)) -> Reading? {
            guard let tau = model.components[.between], let sigma = model.components[.within], sigma.interval.lower > 0
            else { return nil }
            let groups = kind.0.size.value
            let df = Interval(groups - 1) - upperTerms(model)
            guard df.lower > 0 else { return nil }
            let ratio = Interval(max(0, tau.interval.lower), tau.interval.upper) / sigma.interval
            let value = (kind.1 ? Interval(groups) : df) * (Interval(1) + Interval(levels.rows / groups) * ratio)
            let isBalanced = levels.rows.truncatingRemainder(dividingBy: groups) == 0
            return Reading(
                groups: kind.0, isML: kind.1, degreesOfFreedom: df, value: value, tolerance: isBalanced ? 0.01 : 0.1)
        }
        func fitting(_ kind: (Sample, Bool)) -> Int {
            tested.count { model in
                guard let chi2 = model.components[.chiSquare] else { return false }
                return reading(model, kind)?.fits(chi2) ?? false
            }
        }
        guard let best = kinds.max(by: { fitting($0) < fitting($1) }) else { return [] }
        return tested.compactMap { model in
            guard let chi2 = model.components[.chiSquare], let reading = reading(model, best) else { return nil }
            return check(model, chi2, reading, rows: levels.rows)
        }
    }

    private func check(_ model: Model, _ chi2: PrintedNumber, _ reading: Reading, rows: Double) -> AuditCheck {
        let digits = min(chi2.decimals, 1)
        let (tau, sigma) = (model.components[.between]?.text ?? "", model.components[.within]?.text ?? "")
        let groups = reading.groups.size
        let method = reading.isML ? "ML" : "REML"
        let multiplier = reading.isML ? Interval(groups.value) : reading.degreesOfFreedom
        var sentence =
            "\(spanText(multiplier, decimals: 0)) × (1 + \((rows / groups.value).fixed(1)) × \(tau) / \(sigma)) = "
            + "\(spanText(reading.value, decimals: digits)), with the \(groups.text) \(reading.groups.name) as groups, "
            + "\(spanText(reading.degreesOfFreedom, decimals: 0)) degrees of freedom and \(method)"
        let fits = reading.fits(chi2)
        sentence += fits ? ", as printed." : "."
        if !fits {
            sentence +=
                " The likeliest slip is in one of the variances, or the model has a random slope or other groups."
        }
        return AuditCheck(
            .componentTest, at: PaperPlace(name, row: "χ²", column: model.name), printed: chi2.text,
            fits ? .consistent : .unusual, attainable: spanText(reading.value, decimals: digits), sentence)
    }
}
