/// A printed mean and standard deviation of a variable that is 0 or 1 (DEBIT; Heathers & Brown, 2019).
public struct BinaryMean: Sendable, Hashable {
    /// The mean: the share of ones.
    public let mean: PrintedNumber
    /// The standard deviation, with divisor n − 1.
    public let standardDeviation: PrintedNumber
    /// How many members.
    public let members: Int

    /// A mean and a standard deviation.
    public init(mean: PrintedNumber, standardDeviation: PrintedNumber, members: Int) {
        self.mean = mean
        self.standardDeviation = standardDeviation
        self.members = members
    }

    /// The standard deviations that the mean allows: those of the whole counts of ones that give it, s = √(n p (1 − p) / (n − 1)),
    /// which rises to p = ½ and falls from there; `nil` if no count gives the mean.
    public var attainable: Interval? {
        guard members > 1, members <= 1_000_000_000 else { return nil }
        let n = Double(members), span = mean.interval * Interval(n)
        let low = max((span.lower - 1e-9 * n.squareRoot() - 1e-11).rounded(.up), 0)
        let high = min((span.upper + 1e-9 * n.squareRoot() + 1e-11).rounded(.down), n)
        guard low <= high else { return nil }
        func deviation(_ count: Double) -> Double { (count / n * (1 - count / n) * n / (n - 1)).squareRoot() }
        let ends = Interval(deviation(low), deviation(high))
        let half = (n / 2).rounded(.down)
        return low <= half && half <= high ? ends.union(Interval(deviation(half))) : ends
    }

    /// Whether a whole count of ones gives both.
    public var isAttainable: Bool { attainable.map(standardDeviation.interval.overlaps) ?? false }
}
