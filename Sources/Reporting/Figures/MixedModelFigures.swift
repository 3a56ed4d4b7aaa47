import LinearAlgebra
public import MixedModels

extension Figure {
    /// The groups' effects of each coefficient of a term in ascending order with 95 % intervals.
    public static func caterpillars(_ bayes: EmpiricalBayes, labels: VariableLabels = .none) -> [Figure] {
        let group = labels.text(bayes.term).plainText
        return bayes.coefficientNames.indices.map { index in
            let name = MixedModelSummary.label(bayes.coefficientNames[index], labels).plainText
            let plot = CaterpillarPlot(
                groups: bayes.caterpillar(coefficient: index).map {
                    CaterpillarPlot.Group($0.level, estimate: $0.estimate, lower: $0.lower, upper: $0.upper)
                }, title: "\(name) by \(group)", horizontalTitle: "\(group), in ascending order",
                verticalTitle: "Effect: \(name)")
            return Figure(
                title: "Random effects of \(group): \(name)", drawing: plot.drawing(),
                note: "Empirical Bayes estimates with 95% intervals; in colour those whose interval leaves out zero.")
        }
    }

    /// The level-1 residuals against the fitted values, and against normal quantiles.
    public static func residuals(_ residuals: Level1Residuals) -> [Figure] {
        let quantiles = residuals.normalQuantiles
        let plot = ResidualPlot(fitted: residuals.fitted, residuals: residuals.standardized)
        var note: RichText = "The line joins mean residuals of stretches with as many rows each."
        if plot.shownCount < plot.fitted.count {
            note.append(
                " \(plot.shownCount) of \(plot.fitted.count) rows are drawn, evenly along the fitted values; the line rests on all."
            )
        }
        return [
            Figure(
                title: "Level-1 residuals by fitted values",
                drawing: plot.drawing(), note: note),
            Figure(
                title: "Level-1 residuals against normal quantiles",
                drawing: quantilePlot(quantiles, "Level-1 residuals", "Standardised residuals").drawing(),
                note: quantileNote(quantiles)),
        ]
    }

    /// The level-2 residuals of a term against normal quantiles, a figure for each coefficient that varies.
    public static func residuals(_ residuals: Level2Residuals, labels: VariableLabels = .none) -> [Figure] {
        let group = labels.text(residuals.term).plainText
        return residuals.coefficientNames.indices.compactMap { index in
            let quantiles = residuals.normalQuantiles(coefficient: index)
            guard quantiles.sample.contains(where: \.isFinite) else { return nil }
            let name = MixedModelSummary.label(residuals.coefficientNames[index], labels).plainText
            return Figure(
                title: "Random effects of \(group) against normal quantiles: \(name)",
                drawing: quantilePlot(quantiles, "\(name) by \(group)", "Standardised effects").drawing())
        }
    }

    /// A plot of at most some thousand points: of more, all at the ends and every so many-th between them.
    private static func quantilePlot(_ quantiles: NormalQuantiles, _ title: String, _ axis: String) -> QuantilePlot {
        let count = min(quantiles.sample.count, quantiles.theoretical.count)
        let shown = shownQuantiles(count)
        return QuantilePlot(
            theoretical: shown.map { quantiles.theoretical[$0] }, sample: shown.map { quantiles.sample[$0] },
            title: title, verticalTitle: axis)
    }

    private static func shownQuantiles(_ count: Int) -> [Int] {
        let tail = 100, step = max(1, count / 1000)
        return (0..<count).filter { $0 < tail || $0 >= count - tail || $0 % step == 0 }
    }

    /// What is left out of a plot of quantiles; nil where all are drawn.
    private static func quantileNote(_ quantiles: NormalQuantiles) -> RichText? {
        let count = min(quantiles.sample.count, quantiles.theoretical.count), shown = shownQuantiles(count).count
        return shown < count ? "\(shown) of \(count) residuals are drawn, among them all at the ends." : nil
    }

    /// The predicted lines of the groups over the first predictor whose slope varies between them; nil without one.
    ///
    /// Other predictors have their means over each group's rows, so that cross-level interactions show.
    public static func groupLines(_ fit: MixedModelFit, labels: VariableLabels = .none) -> Figure? {
        guard let lines = GroupLines(fit) else { return nil }
        let group = labels.text(lines.factor).plainText
        let predictor = MixedModelSummary.label(lines.predictor, labels).plainText
        let plot = GroupLinesPlot(
            groups: lines.groups, average: lines.average, title: "\(predictor) by \(group)",
            horizontalTitle: predictor, verticalTitle: labels.text(fit.design.responseName).plainText)
        return Figure(
            title: "Predicted lines of each \(group) over \(predictor)", drawing: plot.drawing(),
            note: "Thick: the average. Other predictors at the means of each \(group).")
    }
}

/// The lines that a model predicts for its groups.
private struct GroupLines {
    var factor: String
    var predictor: String
    var groups: [GroupLinesPlot.Line] = []
    var average: GroupLinesPlot.Line

    init?(_ fit: MixedModelFit) {
        let design = fit.design
        func slope(_ term: RandomTerm) -> Int? {
            term.coefficientNames.firstIndex { $0 != "(Intercept)" && design.fixedNames.contains($0) }
        }
        guard let index = design.terms.firstIndex(where: { slope($0) != nil }), let k = slope(design.terms[index])
        else { return nil }
        let term = design.terms[index], name = term.coefficientNames[k]
        let x = term.columns.column(k)
        guard let low = x.min(), let high = x.max(), low < high else { return nil }
        factor = term.factor
        predictor = name
        // The effects of all terms of the same factor.
        let own = design.terms.indices.filter { design.terms[$0].factor == term.factor }
        let columns = (0..<design.fixedCount).map { design.fixed.column($0) }
        var rows = [[Int]](repeating: [], count: term.levels.count)
        for (row, group) in term.groups.enumerated() { rows[group].append(row) }

        func line(_ rows: [Int], group: Int?) -> (intercept: Double, slope: Double) {
            func mean(_ column: [Double]) -> Double {
                rows.reduce(0) { $0 + column[$1] } / Double(max(rows.count, 1))
            }
            var intercept = 0.0, slope = 0.0
            for (j, fixedName) in design.fixedNames.enumerated() {
                let parts = fixedName.split(separator: ":").map(String.init)
                if parts.contains(name) {
                    var product = fit.coefficients[j]
                    for part in parts where part != name {
                        product *= design.fixedNames.firstIndex(of: part).map { mean(columns[$0]) } ?? 0
                    }
                    slope += product
                } else {
                    intercept += fit.coefficients[j] * mean(columns[j])
                }
            }
            if let group {
                for t in own where design.terms[t].levels.count == term.levels.count {
                    for (q, coefficient) in design.terms[t].coefficientNames.enumerated() {
                        if coefficient == "(Intercept)" { intercept += fit.randomEffects[t][group, q] }
                        if coefficient == name { slope += fit.randomEffects[t][group, q] }
                    }
                }
            }
            return (intercept, slope)
        }
        let all = line(Array(x.indices), group: nil)
        average = GroupLinesPlot.Line(x: low...high, intercept: all.intercept, slope: all.slope)
        for (group, rows) in rows.enumerated() where !rows.isEmpty {
            let values = rows.map { x[$0] }
            guard let low = values.min(), let high = values.max() else { continue }
            let own = line(rows, group: group)
            groups.append(GroupLinesPlot.Line(x: low...high, intercept: own.intercept, slope: own.slope))
        }
    }
}
