import Probability

extension MeanTable {
    /// Means and standard deviations within their scales, and as far as answers are whole numbers on their grid.
    public func checks(in paper: Paper) -> [AuditCheck] {
        variables.flatMap { variable in
            let members = variable.members ?? paper.sampleSize(source.options["sample"]?.text)
            let construct = paper.construct(variable.label)
            let context = Context(
                members: members.flatMap { $0.isWhole && $0.value > 0 && $0.value < 1e9 ? Int($0.value) : nil },
                items: (variable.items ?? items ?? construct?.items).flatMap {
                    $0.isWhole && $0.value > 0 && $0.value < 1e4 ? Int($0.value) : nil
                })
            return rangeChecks(variable, context) + gridChecks(variable, context)
        }
    }

    struct Context {
        let members: Int?
        let items: Int?
    }

    private func bounds(_ variable: Variable) -> (lower: PrintedNumber, upper: PrintedNumber)? {
        if let scale { return (scale.lower, scale.upper) }
        guard let low = variable.minimum, let high = variable.maximum, low.value <= high.value else { return nil }
        return (low, high)
    }

    private func rangeChecks(_ variable: Variable, _ context: Context) -> [AuditCheck] {
        if let deviation = variable.standardDeviation, deviation.interval.upper < 0 {
            return [
                AuditCheck(
                    .deviationRange, at: source.place(variable.label, deviationColumn ?? meanColumn),
                    printed: deviation.text, .notAttainable, attainable: "0 or more",
                    "A standard deviation is never negative; a sign or a column is exchanged.")
            ]
        }
        guard let bounds = bounds(variable) else { return [] }
        // A scale of the file is exact, found extremes are rounded.
        let low = scale == nil ? bounds.lower.interval.lower : bounds.lower.value
        let high = scale == nil ? bounds.upper.interval.upper : bounds.upper.value
        var checks = [
            AuditCheck.comparing(
                .meanRange, at: source.place(variable.label, meanColumn), variable.mean, with: Interval(low, high),
                because: "The answers lie between \(bounds.lower.text) and \(bounds.upper.text).")
        ]
        guard let deviation = variable.standardDeviation else { return checks }
        let place = source.place(variable.label, deviationColumn ?? meanColumn)
        guard let members = context.members, members > 1 else {
            return checks + [
                AuditCheck(
                    .deviationRange, at: place, printed: deviation.text, .notCheckable,
                    "How many members answered is not said; give it with a column `n`, the option `sample` or `samples:`."
                )
            ]
        }
        let factor = Double(members) / Double(members - 1)
        let nearest = min(max((low + high) / 2, variable.mean.interval.lower), variable.mean.interval.upper)
        let greatest = (factor * max((nearest - low) * (high - nearest), 0)).squareRoot()
        checks.append(
            AuditCheck.comparing(
                .deviationRange, at: place, deviation, with: Interval(0, greatest),
                because:
                    "With the mean \(variable.mean.text) of \(members) answers from \(bounds.lower.text) to \(bounds.upper.text) no standard deviation exceeds \(greatest.fixed(max(deviation.decimals, 2)))."
            ))
        return checks
    }

    private func gridChecks(_ variable: Variable, _ context: Context) -> [AuditCheck] {
        let place = source.place(variable.label, meanColumn)
        guard let members = context.members, let items = context.items else {
            let need =
                context.members == nil ? "the number of members" : "the number of items (`items: 1` for single answers)"
            return [
                AuditCheck(
                    .grim, at: place, printed: variable.mean.text, .notCheckable,
                    "Whether whole answers can have this mean depends on \(need), which is not said.")
            ]
        }
        var whole: ClosedRange<Int>?
        if let scale, scale.lower.isWhole, scale.upper.isWhole, scale.upper.value < 1e6, scale.lower.value > -1e6 {
            whole = Int(scale.lower.value)...Int(scale.upper.value)
        } else if scale != nil {
            return [
                AuditCheck(
                    .grim, at: place, printed: variable.mean.text, .notCheckable,
                    "The ends of the scale are no whole numbers, so the answers need not be.")
            ]
        }
        guard
            let mean = WholeNumberMean(
                mean: variable.mean, standardDeviation: variable.standardDeviation, members: members, items: items,
                scale: whole)
        else {
            return [
                AuditCheck(
                    .grim, at: place, printed: variable.mean.text, .notCheckable,
                    "\(members) members with \(items) items are too few or too many for a grid of means.")
            ]
        }
        if whole == 0...1, items == 1, let deviation = variable.standardDeviation {
            return [meanCheck(mean, place), binaryCheck(mean, deviation, variable.label)]
        }
        return [meanCheck(mean, place)] + deviationChecks(mean, variable.label)
    }

    private func meanCheck(_ mean: WholeNumberMean, _ place: PaperPlace) -> AuditCheck {
        let answers = mean.members * mean.items
        guard mean.meanHasPower || !mean.meanIsAttainable else {
            return AuditCheck(
                .grim, at: place, printed: mean.mean.text, .notCheckable,
                "\(mean.members) × \(mean.items) = \(answers) answers give every mean with \(mean.mean.decimals) decimals; fewer answers or more decimals would be needed."
            )
        }
        let nearest = (mean.mean.value * Double(answers)).rounded()
        let below = (nearest > mean.mean.value * Double(answers) ? nearest - 1 : nearest) / Double(answers)
        let neighbours = [below, below + 1 / Double(answers)].map { $0.fixed(mean.mean.decimals) }
        if mean.meanIsAttainable {
            return AuditCheck(
                .grim, at: place, printed: mean.mean.text, .consistent,
                "\(mean.sums.lowerBound) / \(answers) = \((Double(mean.sums.lowerBound) / Double(answers)).fixed(mean.mean.decimals))."
            )
        }
        return AuditCheck(
            .grim, at: place, printed: mean.mean.text, .notAttainable, attainable: neighbours.joined(separator: " or "),
            "No sum of \(answers) whole answers gives \(mean.mean.text): the nearest means are \(neighbours[0]) and \(neighbours[1]). A missing answer (a smaller n), a digit, or answers that are no whole numbers would explain it."
        )
    }

    private func deviationChecks(_ mean: WholeNumberMean, _ label: String) -> [AuditCheck] {
        guard let deviation = mean.standardDeviation, mean.meanIsAttainable else { return [] }
        let place = source.place(label, deviationColumn ?? meanColumn)
        if mean.deviationIsAttainable() {
            guard mean.deviationHasPower else {
                return [
                    AuditCheck(
                        .grimmer, at: place, printed: deviation.text, .notCheckable,
                        "With \(mean.members) members every standard deviation with \(deviation.decimals) decimals has a whole sum of squares; fewer members or more decimals would be needed."
                    )
                ]
            }
            return [
                AuditCheck(
                    .grimmer, at: place, printed: deviation.text, .consistent,
                    "Whole answers with the mean \(mean.mean.text) can have it.")
            ]
        }
        if mean.deviationIsAttainable(divisor: mean.members) {
            return [
                AuditCheck(
                    .grimmer, at: place, printed: deviation.text, .unusual,
                    "Whole answers with the mean \(mean.mean.text) can have it only if the squares are divided by n instead of n − 1."
                )
            ]
        }
        return [
            AuditCheck(
                .grimmer, at: place, printed: deviation.text, .notAttainable,
                "No \(mean.members) whole answers with the mean \(mean.mean.text) have this standard deviation: no whole sum of squares of the right parity rounds to it. The likeliest slip is in a digit of one of the two, or in n."
            )
        ]
    }

    private func binaryCheck(_ mean: WholeNumberMean, _ deviation: PrintedNumber, _ label: String) -> AuditCheck {
        let place = source.place(label, deviationColumn ?? meanColumn)
        let binary = BinaryMean(mean: mean.mean, standardDeviation: deviation, members: mean.members)
        guard let attainable = binary.attainable else {
            return AuditCheck(
                .debit, at: place, printed: deviation.text, .notCheckable,
                "No count of \(mean.members) members gives the mean, so nothing follows for its standard deviation.")
        }
        return .comparing(
            .debit, at: place, deviation, with: attainable,
            because:
                "A share of \(mean.mean.text) of \(mean.members) has the standard deviation √(n p (1 − p) / (n − 1)) = \(spanText(attainable, decimals: deviation.decimals))."
        )
    }
}
