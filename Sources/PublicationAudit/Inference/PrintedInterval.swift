import Probability

/// A printed confidence interval.
public struct PrintedInterval: Sendable, Hashable {
    /// Its ends.
    public let lower: PrintedNumber, upper: PrintedNumber

    /// An interval.
    public init(_ lower: PrintedNumber, _ upper: PrintedNumber) {
        self.lower = lower
        self.upper = upper
    }

    /// Confidence levels in use, in percent.
    static let levels = [95, 90, 99]

    /// The check of an interval around an estimate: whether it holds the estimate, and if it is symmetric whether some usual level gives
    /// it from the standard error.
    public func check(_ estimate: PrintedNumber, standardError: PrintedNumber?, at place: PaperPlace) -> AuditCheck {
        let printed = "\(estimate.text) [\(lower.text), \(upper.text)]"
        func check(_ verdict: Verdict, attainable: String? = nil, _ words: String) -> AuditCheck {
            AuditCheck(.confidenceInterval, at: place, printed: printed, verdict, attainable: attainable, words)
        }
        guard lower.interval.lower <= upper.interval.upper else {
            return check(.notAttainable, "The lower end is above the upper end; the two are likely exchanged.")
        }
        guard estimate.interval.overlaps(Interval(lower.interval.lower, upper.interval.upper)) else {
            return check(
                .notAttainable, attainable: "\(lower.text) to \(upper.text)",
                "The interval does not hold its estimate. The likeliest slip is a sign or a digit, or ends of another row."
            )
        }
        guard let error = standardError, error.interval.upper > 0 else {
            return check(.consistent, "The interval holds its estimate.")
        }
        let halfWidth = (upper.interval - lower.interval) * 0.5
        let span = Interval(max(error.interval.lower, 0), error.interval.upper)
        for level in Self.levels {
            let z = Normal.standard.upperQuantile((1 - Double(level) / 100) / 2)
            let ends = (estimate.interval - span * Interval(z), estimate.interval + span * Interval(z))
            if lower.interval.overlaps(ends.0), upper.interval.overlaps(ends.1) {
                return check(
                    .consistent, "\(estimate.text) ± \(z.fixed(3)) × \(error.text) is the interval of \(level) %.")
            }
        }
        let middle = (lower.interval + upper.interval) * 0.5
        if middle.overlaps(estimate.interval), span.lower > 0 {
            let factor = halfWidth / span
            // t with three degrees of freedom at 99 % is 5.84; below 1.2 no usual level lies.
            if factor.upper < 1.2 || factor.lower > 6 {
                return check(
                    .notAttainable, attainable: nil,
                    "The interval reaches \(spanText(factor, decimals: 2)) standard errors to each side, and those of 90, 95 and 99 % reach 1.64, 1.96 and 2.58. The likeliest slip is in the standard error or in both ends."
                )
            }
            return check(
                .notCheckable,
                "The interval reaches \(spanText(factor, decimals: 2)) standard errors to each side: its level, degrees of freedom or bootstrap would have to be said."
            )
        }
        return check(
            .notCheckable,
            "The interval is not symmetric around its estimate, as those of a bootstrap are; its draws would be needed."
        )
    }
}
