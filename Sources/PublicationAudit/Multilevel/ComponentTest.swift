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
        /// Groups − 1 − predictors of level 2.
        let degreesOfFreedom: Double
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
        /// How many predictors may be of level 2, the most first: those whose level the paper does not say may be of either.
        func upperTerms(_ model: Model) -> [Int] {
            let levelOne = model.coefficients.filter { model.terms.contains($0.key) }.map {
                isLevelOne($0.term, rows: levels.rows, in: paper)
            }
            return (levelOne.count { $0 == false }...levelOne.count { $0 != true }).reversed()
        }
        /// The readings of a model, as one of which its χ² may agree.
        func readings(_ model: Model, _ kind: (Sample, Bool)) -> [Reading] {
            guard let tau = model.components[.between], let sigma = model.components[.within], sigma.interval.lower > 0
            else { return [] }
            let groups = kind.0.size.value
            let ratio = Interval(max(0, tau.interval.lower), tau.interval.upper) / sigma.interval
            let isBalanced = levels.rows.truncatingRemainder(dividingBy: groups) == 0
            return upperTerms(model).compactMap { terms in
                let df = groups - 1 - Double(terms)
                guard df > 0 else { return nil }
                let value = Interval(kind.1 ? groups : df) * (Interval(1) + Interval(levels.rows / groups) * ratio)
                return Reading(
                    groups: kind.0, isML: kind.1, degreesOfFreedom: df, value: value,
                    tolerance: isBalanced ? 0.01 : 0.1)
            }
        }
        func fitting(_ kind: (Sample, Bool)) -> Int {
            tested.count { model in
                guard let chi2 = model.components[.chiSquare] else { return false }
                return readings(model, kind).contains { $0.fits(chi2) }
            }
        }
        guard let best = kinds.max(by: { fitting($0) < fitting($1) }) else { return [] }
        return tested.compactMap { model in
            let readings = readings(model, best)
            guard let chi2 = model.components[.chiSquare],
                let reading = readings.first(where: { $0.fits(chi2) }) ?? readings.first
            else { return nil }
            return check(model, chi2, reading, rows: levels.rows)
        }
    }

    private func check(_ model: Model, _ chi2: PrintedNumber, _ reading: Reading, rows: Double) -> AuditCheck {
        let digits = min(chi2.decimals, 1)
        let (tau, sigma) = (model.components[.between]?.text ?? "", model.components[.within]?.text ?? "")
        let groups = reading.groups.size
        let method = reading.isML ? "ML" : "REML"
        let multiplier = reading.isML ? groups.value : reading.degreesOfFreedom
        var sentence =
            "\(multiplier.fixed(0)) × (1 + \((rows / groups.value).fixed(1)) × \(tau) / \(sigma)) = "
            + "\(spanText(reading.value, decimals: digits)), with the \(groups.text) \(reading.groups.name) as groups, "
            + "\(reading.degreesOfFreedom.fixed(0)) degrees of freedom and \(method)"
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
