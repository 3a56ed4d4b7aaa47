/// Whether anchors that are said to be percentiles can belong to a reported mean and standard deviation.
///
/// A distribution with given percentiles has a quantile function between known bounds. Among those with the given mean
/// the one closest to it everywhere, Q(u) = t cut off at the bounds, has the smallest standard deviation (a convex
/// problem with one linear constraint, so that the Lagrange conditions suffice).
public struct AnchorPlausibility: Sendable, Hashable {
    /// The mean that is smallest and largest with these percentiles.
    public let meanRange: ClosedRange<Double>
    /// The smallest standard deviation (of the population) with these percentiles and the mean; nil if the mean is
    /// impossible.
    public let smallestDeviation: Double?

    /// Examines percentiles.
    ///
    /// - Parameters:
    ///   - percentiles: Percentages, 0 to 100, with the raw value of each, in rising order of both.
    ///   - mean: The reported mean.
    ///   - scale: The lowest and highest possible raw value.
    /// - Throws: ``SetTheoryError/invalidSetting(name:value:remedy:)`` if percentiles do not rise or lie outside the
    ///   scale.
    public init(
        percentiles: [(percentage: Double, value: Double)], mean: Double, scale: ClosedRange<Double>
    ) throws(SetTheoryError) {
        var pieces: [(width: Double, low: Double, high: Double)] = []
        var share = 0.0, low = scale.lowerBound
        for (percentage, value) in percentiles {
            guard percentage >= 100 * share, percentage <= 100, value >= low, value <= scale.upperBound else {
                throw .invalidSetting(
                    name: "percentile \(plainNumber(percentage))", value: plainNumber(value),
                    remedy: "percentages and raw values rise together, from \(plainNumber(scale.lowerBound)) to "
                        + "\(plainNumber(scale.upperBound))")
            }
            pieces.append((percentage / 100 - share, low, value))
            share = percentage / 100
            low = value
        }
        pieces.append((1 - share, low, scale.upperBound))
        func average(_ value: (Double, Double) -> Double) -> Double {
            pieces.reduce(0) { $0 + $1.width * value($1.low, $1.high) }
        }
        let lowest = average { low, _ in low }, highest = average { _, high in high }
        meanRange = min(lowest, highest)...max(lowest, highest)
        guard mean >= lowest - 1e-12, mean <= highest + 1e-12 else {
            smallestDeviation = nil
            return
        }
        var below = scale.lowerBound, above = scale.upperBound
        for _ in 0..<200 {
            let level = (below + above) / 2
            if average({ min(max(level, $0), $1) }) < mean { below = level } else { above = level }
        }
        let level = (below + above) / 2
        smallestDeviation = average { low, high in
            let distance = min(max(level, low), high) - mean
            return distance * distance
        }.squareRoot()
    }

    /// Whether a reported mean and standard deviation are possible, when both were rounded.
    ///
    /// - Parameters:
    ///   - deviation: The reported standard deviation.
    ///   - rounding: Half a unit of its last digit.
    public func allows(deviation: Double, rounding: Double = 0) -> Bool {
        smallestDeviation.map { deviation + rounding >= $0 } ?? false
    }
}
