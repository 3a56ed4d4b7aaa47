import Probability

/// A p value that is printed as a number (`.023`, `< .001`, `0.000`), with its estimate.
public struct PrintedProbability: Sendable, Hashable {
    /// The estimate with its standard error.
    public let test: StarredEstimate
    /// The printed p.
    public let probability: PrintedNumber

    /// A p value.
    public init(_ test: StarredEstimate, _ probability: PrintedNumber) {
        self.test = test
        self.probability = probability
    }

    /// Whether a test with one or two tails gives the printed p: a rounded figure within rounding, `< .05` for anything below.
    public func fits(tails: Int) -> Bool { probability.interval.overlaps(test.probabilities(tails: tails)) }
}

/// Checks the printed p values of one table. Where the paper does not state the tails, tests with one tail are accepted if they explain
/// all p values of the table and tests with two do not.
public func probabilityChecks(_ cells: [PrintedProbability], tails: Int?) -> [AuditCheck] {
    let readings = tails.map { [$0] } ?? [2, 1]
    let reading = readings.first { tails in cells.allSatisfy { $0.fits(tails: tails) } } ?? readings[0]
    return cells.map { cell in
        let p = cell.test.probabilities(tails: reading)
        let name = cell.test.degreesOfFreedom == nil ? "z" : "t"
        let ratio = spanText(cell.test.ratio, decimals: max(2, cell.test.statistic?.decimals ?? 2))
        let arithmetic =
            "|\(name)| = \(ratio), \(reading == 1 ? "one-tailed " : "")p \(equalsText(p))."
        func check(_ verdict: Verdict, _ words: String) -> AuditCheck {
            AuditCheck(
                .probability, at: cell.test.place, printed: cell.probability.text, verdict,
                attainable: probabilityText(p), words)
        }
        if cell.fits(tails: reading) {
            return check(
                .consistent,
                reading == 1 && tails == nil ? arithmetic + " The table fits tests with one tail only." : arithmetic)
        }
        if cell.probability.cutOff.overlaps(p) {
            return check(
                .unusual,
                "\(arithmetic) Printed is \(cell.probability.text), which follows if digits are cut off instead of rounded."
            )
        }
        if tails == nil, cell.fits(tails: 1) {
            return check(
                .unusual,
                "\(arithmetic) Printed is \(cell.probability.text), which a test with one tail would give, but not the other p values of the table."
            )
        }
        // A t test with few degrees of freedom has a larger p than z; the paper does not say its degrees of freedom.
        if cell.test.degreesOfFreedom == nil,
            tailProbabilities(of: cell.test.ratio, Interval(10, .infinity), tails: reading).overlaps(
                cell.probability.interval)
        {
            return check(
                .unusual,
                "\(arithmetic) Printed is \(cell.probability.text), which a t test with few degrees of freedom would give."
            )
        }
        let slip = likelySlip(cell.probability, allowed: p).map { " \($0)" } ?? ""
        return check(
            .notAttainable,
            "\(arithmetic) Printed is \(cell.probability.text). The likeliest slip is in p; one in the estimate or its standard error would do as well.\(slip)"
        )
    }
}
