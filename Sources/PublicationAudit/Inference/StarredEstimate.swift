import Probability

/// A printed estimate with its standard error and the marks behind it, to be checked together with the others of its table.
public struct StarredEstimate: Sendable, Hashable {
    /// Where it stands.
    public let place: PaperPlace
    /// The estimate.
    public let estimate: PrintedNumber
    /// Its standard error.
    public let standardError: PrintedNumber
    /// The marks behind it; empty for none.
    public let marks: String
    /// Degrees of freedom of its t test; `nil` for a z test (or for a t test with so many that it is one).
    public let degreesOfFreedom: Interval?
    /// The printed t or z, if one, which has more digits than the quotient of the two.
    public let statistic: PrintedNumber?

    /// An estimate.
    public init(
        at place: PaperPlace, estimate: PrintedNumber, standardError: PrintedNumber, marks: String,
        degreesOfFreedom: Interval? = nil, statistic: PrintedNumber? = nil
    ) {
        self.place = place
        self.estimate = estimate
        self.standardError = standardError
        self.marks = marks
        self.degreesOfFreedom = degreesOfFreedom
        self.statistic = statistic
    }

    /// A printed t or z without estimate and standard error.
    public init(
        at place: PaperPlace, statistic: PrintedNumber, marks: String, degreesOfFreedom: Interval? = nil
    ) {
        self.init(
            at: place, estimate: statistic, standardError: Self.unit, marks: marks, degreesOfFreedom: degreesOfFreedom,
            statistic: statistic)
    }

    private static let unit = PrintedNumber(1, decimals: 12)

    /// What is printed: estimate, marks and standard error, or the t or z alone.
    var printed: String {
        standardError == Self.unit ? "\(estimate.text)\(marks)" : "\(estimate.text)\(marks) (\(standardError.text))"
    }

    /// `0.188 / 0.069 = `; empty for a t or z alone.
    var quotientWords: String {
        standardError == Self.unit ? "" : "\(estimate.text) / \(standardError.text) = "
    }

    /// The values of t or z that the printed figures allow: |estimate| / SE, and of these the ones that round to the printed t or z if
    /// there are any.
    public var ratio: Interval {
        guard let statistic else { return quotient }
        return quotient.intersection(statistic.interval.magnitude) ?? quotient
    }

    /// |estimate| / SE.
    public var quotient: Interval {
        let error = Interval(max(standardError.interval.lower, 0), standardError.interval.upper)
        guard error.lower > 0 else { return Interval(estimate.interval.magnitude.lower / error.upper, .infinity) }
        return estimate.interval.magnitude / error
    }

    /// The p values that they allow, for a test with one or two tails.
    public func probabilities(tails: Int) -> Interval { tailProbabilities(of: ratio, degreesOfFreedom, tails: tails) }
}

/// The p values of the values of |t| or |z| in an interval: 1 − F(t) once or twice, with the degrees of freedom in an interval, or the
/// normal distribution.
public func tailProbabilities(of ratio: Interval, _ degreesOfFreedom: Interval? = nil, tails: Int = 2) -> Interval {
    func upperTail(_ value: Double, _ df: Double) -> Double {
        StudentT(degreesOfFreedom: max(df, 1e-3)).upperTail(value)
    }
    // The tail grows as t falls and as the degrees of freedom fall.
    let df = degreesOfFreedom ?? Interval(.infinity)
    return Interval(
        Double(tails) * upperTail(max(ratio.upper, 0), df.upper),
        Double(tails) * upperTail(max(ratio.lower, 0), df.lower))
}
