import Probability

extension AuditRule {
    static let standardErrors = AuditRule(
        "se-models", "Standard errors of a coefficient in nested models",
        basis:
            "adding predictors lowers Var(b) = [(X′V⁻¹X)⁻¹]ⱼⱼ no further than V falls: SE of the larger model ≥ √c × SE of the smaller, "
            + "c the smaller of the ratios of σ² and of σ² + nτ; a quarter is allowed for robust errors and other rows")
    static let nestedDeviance = AuditRule(
        "deviance", "Deviance of nested models",
        basis: "under maximum likelihood a model with further terms has no larger deviance")
}

extension PublishedMixedModels {
    /// Pairs of models of which the second has all terms of the first and more.
    private var nestedPairs: [(smaller: Model, larger: Model)] {
        models.flatMap { smaller in
            models.filter { smaller.terms.isStrictSubset(of: $0.terms) && !smaller.terms.isEmpty }.map { (smaller, $0) }
        }
    }

    /// A standard error that a larger model undercuts by far is reported once, with the models that disagree with it.
    func standardErrorChecks(in paper: Paper) -> [AuditCheck] {
        let levels = levels(in: paper)
        let n = levels.flatMap { level in level.groups.first.map { level.rows / $0.size.value } } ?? 1
        let pairs = nestedPairs
        return models.flatMap { model in
            model.coefficients.compactMap { coefficient -> AuditCheck? in
                guard let error = coefficient.standardError else { return nil }
                let larger = pairs.filter { $0.smaller.name == model.name }.compactMap { pair in
                    Self.error(of: coefficient.key, in: pair.larger).map { (pair.larger, $0) }
                }
                guard !larger.isEmpty else { return nil }
                let undercutting = larger.filter { other, error2 in
                    let shrink = Self.shrinkage(from: model, to: other, n: n).squareRoot()
                    return error2.interval.upper * 1.25 < shrink * error.interval.lower
                }
                let words = undercutting.map { "\($0.1.text) in \($0.0.name)" }.joined(separator: ", ")
                let isOut = !undercutting.isEmpty
                return AuditCheck(
                    .standardErrors, at: PaperPlace(name, row: coefficient.term, column: model.name),
                    printed: "(\(error.text))",
                    isOut ? .unusual : .consistent,
                    isOut
                        ? "The standard error is \(error.text) here and \(words), which has all terms of \(model.name) and more, and "
                            + "hardly less residual variance. One of them may have a digit misread."
                        : "No model with further terms has a much smaller one.")
            }
        }
    }

    private static func error(of key: String, in model: Model) -> PrintedNumber? {
        model.coefficients.first { $0.key == key }?.standardError
    }

    /// How far the residual variance falls from one model to another at the level where it falls most; 1 if that is not printed.
    private static func shrinkage(from smaller: Model, to larger: Model, n: Double) -> Double {
        func spans(_ model: Model) -> (Interval, Interval)? {
            guard let tau = model.components[.between], let sigma = model.components[.within] else { return nil }
            return (sigma.interval, sigma.interval + Interval(n) * tau.interval)
        }
        guard let before = spans(smaller), let after = spans(larger), before.0.lower > 0, before.1.lower > 0 else {
            return 1
        }
        return max(0, min(after.0.lower / before.0.upper, after.1.lower / before.1.upper, 1))
    }

    /// Deviances under maximum likelihood.
    func devianceChecks() -> [AuditCheck] {
        guard method != "REML" else { return [] }
        return nestedPairs.compactMap { smaller, larger in
            guard let before = smaller.components[.deviance], let after = larger.components[.deviance] else {
                return nil
            }
            let rises = after.interval.lower > before.interval.upper
            let at = PaperPlace(name, row: "Deviance", column: larger.name)
            let sentence = "\(larger.name) has all terms of \(smaller.name), whose deviance is \(before.text)."
            guard rises else {
                return AuditCheck(.nestedDeviance, at: at, printed: after.text, .consistent, sentence)
            }
            return AuditCheck(
                .nestedDeviance, at: at, printed: after.text, method == "ML" ? .notAttainable : .notCheckable,
                attainable: "\(before.text) or less",
                sentence
                    + (method == "ML"
                        ? " The columns may have been exchanged, or the models fitted to other rows."
                        : " Under REML deviances of models with other predictors cannot be compared; under ML it cannot rise.")
            )
        }
    }
}
