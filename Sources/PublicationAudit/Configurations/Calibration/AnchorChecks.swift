import Probability
import SetTheoreticAnalysis

extension PublishedCalibration {
    func place(_ set: Anchors, _ column: String? = nil) -> PaperPlace {
        PaperPlace(name, row: set.name, column: column)
    }

    private func printed(_ set: Anchors) -> String { "\(set.full.text), \(set.crossover.text), \(set.out.text)" }

    func orderChecks(_ set: Anchors) -> [AuditCheck] {
        let rises =
            set.full.interval.upper > set.crossover.interval.lower
            && set.crossover.interval.upper > set.out.interval.lower
        let falls =
            set.full.interval.lower < set.crossover.interval.upper
            && set.crossover.interval.lower < set.out.interval.upper
        let isStrict =
            (set.full.value - set.crossover.value) * (set.crossover.value - set.out.value) > 0
        let words: String
        if isStrict {
            words = "The anchors lie in order."
        } else if rises || falls {
            words =
                "Two anchors are printed alike, so that no membership lies between them; print more decimals, or set them apart."
        } else {
            words =
                "The crossover does not lie between full membership and full non-membership; two of them may be exchanged."
        }
        return [
            AuditCheck(
                .anchorOrder, at: place(set), printed: printed(set),
                isStrict ? .consistent : rises || falls ? .unusual : .notAttainable, words)
        ]
    }

    func scaleChecks(_ set: Anchors) -> [AuditCheck] {
        guard scale.count == 2 else { return [] }
        let range = Interval(scale[0].value, scale[1].value)
        let isInside = [set.full, set.crossover, set.out].allSatisfy { $0.interval.overlaps(range) }
        return [
            AuditCheck(
                .anchorScale, at: place(set), printed: printed(set), isInside ? .consistent : .notAttainable,
                attainable: "\(scale[0].text) to \(scale[1].text)",
                isInside
                    ? "The anchors lie on the scale from \(scale[0].text) to \(scale[1].text)."
                    : "An anchor lies outside the scale from \(scale[0].text) to \(scale[1].text), so that no case reaches it."
            )
        ]
    }

    /// The smallest standard deviation of distributions with some percentiles, over all means that round to the printed one.
    private func smallestDeviation(
        _ percentiles: [(percentage: Double, value: Double)], mean: PrintedNumber, scale: ClosedRange<Double>
    ) -> Double? {
        func deviation(_ mean: Double) -> Double? {
            (try? AnchorPlausibility(percentiles: percentiles, mean: mean, scale: scale))?.smallestDeviation
        }
        guard let first = try? AnchorPlausibility(percentiles: percentiles, mean: mean.value, scale: scale) else {
            return nil
        }
        let means = mean.interval
        let low = max(means.lower, first.meanRange.lowerBound), high = min(means.upper, first.meanRange.upperBound)
        guard low <= high else { return .infinity }
        // The variance is convex in the mean, so that its least value lies inside or at an end.
        var (left, right) = (low, high)
        for _ in 0..<60 {
            let (a, b) = (left + (right - left) / 3, right - (right - left) / 3)
            guard let first = deviation(a), let second = deviation(b) else { return nil }
            if first <= second { right = b } else { left = a }
        }
        return [deviation(low), deviation(high), deviation((left + right) / 2)].compactMap { $0 }.min()
    }

    func distributionChecks(_ set: Anchors, _ paper: Paper) -> [AuditCheck] {
        guard percentiles != nil || isLabelledAsPercentiles else { return [] }
        let construct = paper.construct(set.name)
        guard let mean = set.mean ?? construct?.mean, let deviation = set.deviation ?? construct?.standardDeviation
        else {
            return [
                AuditCheck(
                    .anchorDistribution, at: place(set), printed: printed(set), .notCheckable,
                    "With mean and standard deviation of the raw values (columns `mean`, `SD`, or the construct) it could be checked "
                        + "whether the anchors can be percentiles.")
            ]
        }
        let anchors = [set.out, set.crossover, set.full].sorted { $0.value < $1.value }
        let shares = (percentiles ?? [95, 50, 5]).sorted()
        // Anchors were rounded too: the ones nearest to the mean leave the smallest deviation.
        let nearest = anchors.map { min(max(mean.value, $0.interval.lower), $0.interval.upper) }
        // Without a stated scale, values far beyond the anchors are allowed.
        let reach = 100 * (anchors[2].value - anchors[0].value) + abs(mean.value)
        let low = scale.first?.value ?? anchors[0].value - reach, high = scale.last?.value ?? anchors[2].value + reach
        let ends = min(low, nearest[0])...max(high, nearest[2])
        guard
            let least = smallestDeviation(
                zip(shares, nearest).map { (percentage: $0, value: $1) }, mean: mean, scale: ends)
        else { return [] }
        let holds = deviation.interval.upper >= least - 1e-9
        let figures = "mean \(mean.text), SD \(deviation.text)"
        let names = shares.reversed().map { $0 == $0.rounded() ? String(Int($0)) : $0.fixed(1) }.joined(separator: ", ")
        guard !holds else {
            return [
                AuditCheck(
                    .anchorDistribution, at: place(set), printed: printed(set), .consistent,
                    attainable: "SD of \(least.fixed(3)) or more",
                    "Percentiles \(names) at these values are possible with \(figures).")
            ]
        }
        let reason =
            least == .infinity
            ? "no distribution has this mean"
            : "every distribution has a standard deviation of \(least.fixed(3)) or more"
        return [
            AuditCheck(
                .anchorDistribution, at: place(set), printed: "\(printed(set)); \(figures)",
                percentiles == nil ? .unusual : .notAttainable,
                attainable: least == .infinity ? "another mean" : "SD of \(least.fixed(3)) or more",
                "With percentiles \(names) at \(printed(set)) and the printed mean, \(mean.text), \(reason); printed is \(deviation.text). "
                    + (percentiles == nil
                        ? "The anchors are labelled 0.95, 0.5 and 0.05 and seem to be something else, such as maximum, median and minimum; "
                            + "say how they were chosen."
                        : "The anchors may be maximum, median and minimum, or belong to another variable."))
        ]
    }

    /// Whether every anchor of full membership is a whole number and every one of non-membership the lowest value.
    func extremesCheck() -> [AuditCheck] {
        guard isLabelledAsPercentiles || percentiles != nil, sets.count >= 3, let first = sets.first else { return [] }
        func isWhole(_ number: PrintedNumber) -> Bool { number.value == number.value.rounded() }
        let lowest = scale.first?.value ?? first.out.value
        let looksExtreme =
            sets.allSatisfy {
                $0.out.value == lowest && isWhole($0.out) && isWhole($0.full) && $0.full.value > $0.out.value
            }
            && sets.contains { $0.full.decimals > 0 }
        return [
            AuditCheck(
                .anchorExtremes, at: PaperPlace(name), printed: "full non-membership \(first.out.text) for every set",
                looksExtreme ? .unusual : .consistent,
                looksExtreme
                    ? "All \(sets.count) sets have \(first.out.text) for full non-membership and a whole number for full membership. "
                        + "Anchors labelled as percentiles look here like minimum and maximum; say how they were chosen, as the memberships "
                        + "of most cases depend on it."
                    : "The anchors are not the same ends of the scale for every set.")
        ]
    }
}
