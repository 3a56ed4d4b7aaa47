import Probability

extension AuditRule {
    static let effectsAgainstModels = AuditRule(
        "effects-models", "Effects against the coefficients of the models",
        basis: "the direct effect is the coefficient beside the mediator, the total effect the coefficient without it")
    static let singleLevelErrors = AuditRule(
        "single-level-se", "Standard errors that ignore nesting",
        basis:
            "SE = width of the interval / (2 z), compared with √((1 − R²)/((1 − r²)(n − k − 1))) of ordinary least squares from the "
            + "printed correlations with all rows as independent, and with the standard errors of the multilevel models"
    )
}

/// A coefficient of a mixed model that an effect can be compared with.
private struct ModelCoefficient {
    let model: String
    let coefficient: PublishedMixedModels.Coefficient
}

extension PublishedEffects {
    private func mixedModels(in paper: Paper) -> PublishedMixedModels? {
        let tables = paper.tables(PublishedMixedModels.self)
        guard let name = source.options["models"]?.text else { return tables.first }
        return tables.first { simplified($0.name) == simplified(name) }
    }

    /// The coefficients of a predictor in the models with the mediator (direct) or without it (total), none of them with products.
    private func coefficients(
        of predictor: String, mediator: String, isDirect: Bool, in paper: Paper
    ) -> [ModelCoefficient] {
        guard let table = mixedModels(in: paper) else { return [] }
        return table.models.compactMap { model in
            guard !model.coefficients.contains(where: { factors(of: $0.term).count > 1 }),
                model.coefficients.contains(where: { paper.areSame($0.term, mediator) }) == isDirect,
                let coefficient = model.coefficients.first(where: { paper.areSame($0.term, predictor) })
            else { return nil }
            return ModelCoefficient(model: model.name, coefficient: coefficient)
        }
    }

    /// Paths of three variables with their direct and total effects.
    private var simplePaths: [(path: Path, x: String, m: String, y: String, effect: PrintedEffect, isDirect: Bool)] {
        paths.flatMap { path in
            let variables = path.variables
            guard variables.count == 3 else { return [(Path, String, String, String, PrintedEffect, Bool)]() }
            return [("direct", true), ("total", false)].compactMap { name, isDirect in
                path.figures[name].map { (path, variables[0], variables[1], variables[2], $0, isDirect) }
            }
        }
    }

    /// Direct and total effects against the coefficients of the mixed models.
    func modelComparisonChecks(in paper: Paper) -> [AuditCheck] {
        simplePaths.compactMap { _, x, m, _, effect, isDirect in
            let found = coefficients(of: x, mediator: m, isDirect: isDirect, in: paper)
            guard !found.isEmpty, let table = mixedModels(in: paper) else { return nil }
            let agrees = found.contains { $0.coefficient.estimate.interval.overlaps(effect.estimate.interval) }
            let words = found.map { "\($0.coefficient.estimate.text) (\($0.model))" }.joined(separator: ", ")
            return AuditCheck(
                .effectsAgainstModels, at: effect.place, printed: effect.estimate.text, agrees ? .consistent : .unusual,
                attainable: found.map(\.coefficient.estimate.text).joined(separator: " or "),
                agrees
                    ? "\(table.name) has \(words)."
                    : "\(table.name) has \(words) and here \(effect.estimate.text) is printed; they differ, so that the effects are "
                        + "not from the same model.")
        }
    }

    /// The correlation of two variables in the sample of the rows.
    private func correlation(_ first: String, _ second: String, n: Double, in paper: Paper) -> PrintedNumber? {
        for table in paper.tables(PublishedCorrelations.self) {
            for block in table.blocks where block.sampleSize(in: paper)?.value == n {
                guard let i = block.variables.firstIndex(where: { paper.areSame($0.name, first) }),
                    let j = block.variables.firstIndex(where: { paper.areSame($0.name, second) }),
                    let entry = block.entry(i, j)
                else { continue }
                return entry.r
            }
        }
        return nil
    }

    /// The standard error by ordinary least squares of standardized scores that printed correlations give, over their rounding box.
    private func leastSquaresError(_ x: String, _ m: String, _ y: String, isDirect: Bool, n: Double, in paper: Paper)
        -> Interval?
    {
        guard let xy = correlation(x, y, n: n, in: paper)?.interval else { return nil }
        guard isDirect else { return ((Interval(1) - xy.squared) / Interval(n - 2)).squareRoot }
        guard let xm = correlation(x, m, n: n, in: paper)?.interval,
            let my = correlation(m, y, n: n, in: paper)?.interval
        else { return nil }
        func error(_ xy: Double, _ xm: Double, _ my: Double) -> Double {
            let rest = 1 - xm * xm
            let explained = (xy * xy + my * my - 2 * xy * xm * my) / rest
            return (max(0, 1 - explained) / (rest * (n - 3))).squareRoot()
        }
        let corners = [xy.lower, xy.upper].flatMap { a in
            [xm.lower, xm.upper].flatMap { b in [my.lower, my.upper].map { error(a, b, $0) } }
        }
        return corners.dropFirst().reduce(corners.first.map { Interval($0) }) { $0?.union(Interval($1)) }
    }

    /// Whether the intervals have the width of least squares on all rows, and not that of the multilevel models.
    func singleLevelChecks(in paper: Paper) -> [AuditCheck] {
        guard source.options["correlations"].map({ simplified($0.text) }) != "no" else { return [] }
        let rows =
            source.options["sample"].flatMap { paper.sampleSize($0.text)?.value }
            ?? paper.samples.map(\.size.value).max()
        guard let n = rows, n > 4 else { return [] }
        return simplePaths.compactMap { _, x, m, y, effect, isDirect in
            guard effect.isSymmetric, let printed = effect.errorFromInterval(level: level),
                let single = leastSquaresError(x, m, y, isDirect: isDirect, n: n, in: paper)
            else { return nil }
            let nested = coefficients(of: x, mediator: m, isDirect: isDirect, in: paper).compactMap(
                \.coefficient.standardError)
            guard let error = nested.min(by: { $0.value < $1.value }) else { return nil }
            let isSingle = Interval(single.lower * 0.99, single.upper * 1.01).overlaps(printed)
            let isSmaller = printed.upper < error.interval.lower * 0.95
            let shortfall = Interval(1) - printed / error.interval
            let sentence =
                "The interval stands for a standard error of \(spanText(printed, decimals: 4)); ordinary least squares on "
                + "\(n.fixed(0)) independent rows with the printed correlations has \(spanText(single, decimals: 4)), the multilevel "
                + "model \(error.text)."
            let found = isSingle && isSmaller
            return AuditCheck(
                .singleLevelErrors, at: effect.place, printed: effect.printed, found ? .unusual : .consistent,
                attainable: found ? error.text : nil,
                found
                    ? sentence
                        + " It is \(spanText(shortfall * 100, decimals: 0)) % smaller than that of the multilevel model: the "
                        + "effects look estimated from all rows as if independent, which makes intervals too narrow."
                    : sentence)
        }
    }
}
