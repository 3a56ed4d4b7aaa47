import Probability

extension AuditRule {
    static let conditionalSlopes = AuditRule(
        "conditional-slopes", "Conditional effects against the coefficients of the models",
        basis: "slope at w and z: b + b_W w + b_Z z + b_WZ w z (Aiken & West, 1991; Dawson & Richter, 2006)")
    static let conditionalIndirect = AuditRule(
        "conditional-indirect", "Conditional effects labelled indirect",
        basis: "indirect effect = a × slope with one a for all values of the moderators (Edwards & Lambert, 2007)")
    static let conditionalDifference = AuditRule(
        "conditional-difference", "Difference of two conditional effects",
        basis: "z = difference / √(SE₁² + SE₂²) from the widths of the intervals, their covariance unknown")
}

extension PublishedConditionalEffects {
    /// The coefficients that make up a slope: that of the variable itself and those of its products with the moderators.
    private struct Slopes {
        let model: String
        /// By the set of moderators that the variable is multiplied with.
        let coefficients: [Set<Int>: PrintedNumber]

        func slope(at values: [Double]) -> Interval {
            coefficients.map { moderators, b in
                b.interval * Interval(moderators.reduce(1) { $0 * (values.indices.contains($1) ? values[$1] : 0) })
            }.sum()
        }
    }

    private func slopes(for predictor: String, in paper: Paper) -> [Slopes] {
        let tables = paper.tables(PublishedMixedModels.self)
        let named = source.options["models"]?.text
        let table = named.map { name in tables.first { simplified($0.name) == simplified(name) } } ?? tables.first
        guard let table, let variable = slopeOf ?? (predictor.isEmpty ? nil : predictor), !moderators.isEmpty else {
            return []
        }
        return table.models.compactMap { model in
            var found: [Set<Int>: PrintedNumber] = [:]
            for coefficient in model.coefficients {
                var parts = PublicationAudit.factors(of: coefficient.term)
                guard let own = parts.firstIndex(where: { paper.areSame($0, variable) }) else { continue }
                parts.remove(at: own)
                let places = parts.map { part in moderators.firstIndex { paper.areSame($0, part) } }
                if places.allSatisfy({ $0 != nil }) { found[Set(places.compactMap { $0 })] = coefficient.estimate }
            }
            let hasPredictor =
                slopeOf == nil || predictor.isEmpty
                || model.coefficients.contains { paper.areSame($0.term, predictor) }
            // All products up to the one with every moderator.
            guard hasPredictor, found.count == 1 << moderators.count else { return nil }
            return Slopes(model: model.name, coefficients: found)
        }
    }

    /// The standard deviations that ±1 SD may stand for in the units of the coefficients: standardized, or as printed.
    private func scalings(in paper: Paper) -> [(name: String, units: [Double])] {
        let deviations = moderators.map { paper.construct($0)?.standardDeviation?.value }
        let standardized = (name: "standardized moderators", units: moderators.map { _ in 1.0 })
        guard deviations.allSatisfy({ $0 != nil }) else { return [standardized] }
        return [standardized, (name: "the printed SD of the moderators", units: deviations.compactMap { $0 })]
    }

    /// The conditional effects of a predictor as slopes of a model, and, if so labelled, as products with a path a.
    func slopeChecks(_ own: [Condition], predictor: String, in paper: Paper) -> [AuditCheck] {
        let models = slopes(for: predictor, in: paper)
        guard !models.isEmpty, own.allSatisfy({ $0.values.count == moderators.count }), !own.isEmpty else { return [] }
        let readings = models.flatMap { model in
            scalings(in: paper).map { scaling in
                (
                    name: "\(model.model), \(scaling.name)",
                    slopes: own.map { model.slope(at: zip($0.values, scaling.units).map { $0.0 * $0.1 }) }
                )
            }
        }
        let place = PaperPlace(name, row: predictor.isEmpty ? nil : predictor)
        let printed = own.map(\.effect.estimate.text).joined(separator: ", ")
        var checks: [AuditCheck] = []
        if isIndirect { checks.append(indirectCheck(own, readings, place, printed, predictor: predictor, in: paper)) }
        guard let first = readings.first else { return checks }
        let match = readings.first { reading in
            zip(own, reading.slopes).allSatisfy { $0.effect.estimate.interval.overlaps($1) }
        }
        guard !isIndirect || checks.last?.verdict != .consistent else { return checks }
        let words = readings.map { reading in
            "\(reading.slopes.map { spanText($0, decimals: 3) }.joined(separator: ", ")) (\(reading.name))"
        }.joined(separator: "; ")
        checks.append(
            AuditCheck(
                .conditionalSlopes, at: place, printed: printed, match == nil ? .unusual : .consistent,
                attainable: first.slopes.map { spanText($0, decimals: 3) }.joined(separator: ", "),
                match.map { "They are the slopes of \($0.name)." }
                    ?? "The slopes of \(slopeOf ?? predictor) by the printed coefficients are \(words).\(contrasts(own)) They differ, so "
                    + "that the effects are not from these models."))
        return checks
    }

    /// The coefficients that four corners at ±1 imply.
    private func contrasts(_ own: [Condition]) -> String {
        let corners = own.filter { $0.values.count == 2 && $0.values.allSatisfy { abs($0) == 1 } }
        guard corners.count == 4, Set(corners.map(\.values)).count == 4 else { return "" }
        func contrast(_ weight: (Condition) -> Double) -> String {
            let sum = corners.map { $0.effect.estimate.interval * Interval(weight($0) / 4) }.sum()
            return spanText(Interval(sum.middle), decimals: 3)
        }
        return
            " The four printed effects imply a slope of \(contrast { _ in 1 }) at the means, \(contrast { $0.values[0] }) for "
            + "\(moderators[0]), \(contrast { $0.values[1] }) for \(moderators[1]) and "
            + "\(contrast { $0.values[0] * $0.values[1] }) for their product."
    }

    private func indirectCheck(
        _ own: [Condition], _ readings: [(name: String, slopes: [Interval])], _ place: PaperPlace, _ printed: String,
        predictor: String, in paper: Paper
    ) -> AuditCheck {
        let paths = readings.map { reading in
            (name: reading.name, a: zip(own, reading.slopes).map { $0.effect.estimate.interval / $1 })
        }
        let match = paths.first { path in commonValues(path.a)?.members.allSatisfy { $0 } ?? false }
        if let match, let common = commonValues(match.a) {
            return AuditCheck(
                .conditionalIndirect, at: place, printed: printed, .consistent,
                "They are a × slope of \(match.name), with a = \(spanText(common.values, decimals: 2)).")
        }
        let words = paths.map { path in
            "\(path.a.map { spanText(Interval($0.middle), decimals: 2) }.joined(separator: ", ")) (\(path.name))"
        }.joined(separator: "; ")
        var sentence =
            "As indirect effects they would be a × slope with one a; the printed coefficients take an a of \(words)."
        if let r = mediatorCorrelation(predictor, in: paper),
            paths.allSatisfy({ $0.a.allSatisfy { r.value < 0 ? $0.lower > 0 : $0.upper < 0 } })
        {
            sentence +=
                " \(predictor) and \(slopeOf ?? "the mediator") correlate \(r.text), so that a has the other sign in every row."
        }
        return AuditCheck(
            .conditionalIndirect, at: place, printed: printed, .notAttainable,
            sentence + " They can only be slopes of \(slopeOf ?? "the mediator"), and the label is the likeliest slip.")
    }

    private func mediatorCorrelation(_ predictor: String, in paper: Paper) -> PrintedNumber? {
        guard let mediator = slopeOf else { return nil }
        for block in paper.tables(PublishedCorrelations.self).flatMap(\.blocks) {
            if let i = block.variables.firstIndex(where: { paper.areSame($0.name, predictor) }),
                let j = block.variables.firstIndex(where: { paper.areSame($0.name, mediator) }),
                let entry = block.entry(i, j)
            {
                return entry.r
            }
        }
        return nil
    }

    /// Whether two conditions that the text tells apart differ.
    func differenceChecks(_ own: [Condition]) -> [AuditCheck] {
        guard differing.count == 2, let first = own.first(where: { $0.values == differing[0] }),
            let second = own.first(where: { $0.values == differing[1] }),
            let error1 = first.effect.errorFromInterval(level: level) ?? first.effect.standardError?.interval,
            let error2 = second.effect.errorFromInterval(level: level) ?? second.effect.standardError?.interval,
            let error = (error1.squared + error2.squared).squareRoot, error.lower > 0
        else { return [] }
        let difference = first.effect.estimate.interval - second.effect.estimate.interval
        let z = difference.magnitude / error
        let p = tailProbabilities(of: z)
        return [
            AuditCheck(
                .conditionalDifference, at: first.effect.place,
                printed: "\(first.effect.estimate.text) and \(second.effect.estimate.text)",
                p.lower > 0.05 ? .unusual : .consistent, attainable: probabilityText(p),
                "They differ by \(spanText(Interval(difference.middle), decimals: 3)), z = \(spanText(z, decimals: 2)), "
                    + "p \(equalsText(p)), if the two estimates are independent"
                    + (p.lower > 0.05 ? ": no evidence that the two conditions differ." : "."))
        ]
    }
}
