import Probability

/// The power that a study had to find an effect as large as the one it estimated, from the estimate and its standard error,
/// and the sample that another study needs.
///
/// The statistic is estimate/SE, normal with variance 1, and the standard error falls with √n. Of a study that is done, this
/// says no more than its p does (Hoenig & Heisey 2001): use it to plan the next one.
public struct EstimatePower: Sendable, Hashable {
    /// The estimate.
    public let estimate: Double
    /// Its standard error.
    public let standardError: Double
    /// The number of cases (of the level that counts: persons, not days, for an effect between persons) behind it.
    public let sampleSize: Double
    /// The level of significance.
    public let alpha: Double
    /// The sides of the test, 1 or 2.
    public let sides: Int

    /// - Throws: ``PowerError``.
    public init(estimate: Double, standardError: Double, sampleSize: Double, alpha: Double = 0.05, sides: Int = 2)
        throws(PowerError)
    {
        guard estimate != 0, estimate.isFinite else {
            throw .outOfRange(
                "the estimate", estimate, "an effect of zero cannot be found; give the smallest worth finding")
        }
        guard standardError > 0, standardError.isFinite else {
            throw .outOfRange("the standard error", standardError, "it must be positive")
        }
        try PowerError.verify(count: sampleSize, "the number of cases behind the estimate", from: 2)
        try PowerError.verify(probability: alpha, "alpha", example: 0.05)
        guard sides == 1 || sides == 2 else { throw .outOfRange("the number of sides", Double(sides), "give 1 or 2") }
        (self.estimate, self.standardError, self.sampleSize) = (estimate, standardError, sampleSize)
        (self.alpha, self.sides) = (alpha, sides)
    }

    /// z.
    public var z: Double { abs(estimate) / standardError }

    /// The power, were the true effect the estimate.
    public var power: Double { power(sampleSize: sampleSize) }

    /// The power in a sample of another size.
    public func power(sampleSize n: Double) -> Double {
        normalPower(z * (n / sampleSize).squareRoot(), alpha, sides)
    }

    /// The cases that give a power.
    ///
    /// - Throws: ``PowerError``.
    public func sampleSize(power: Double) throws(PowerError) -> Int {
        try PowerError.verify(probability: power, "the power", example: 0.8)
        guard power > alpha else {
            throw .unattainable("the power of \(power) is not above alpha (\(alpha)); ask for a power such as 0.8")
        }
        guard
            let n = MonotoneRoot.find(power, from: 1e-6, step: sampleSize, limit: 1e12, { self.power(sampleSize: $0) })
        else { throw .unattainable("no sample gives a power of \(power) for a z of \(z)") }
        return max(2, n.roundedUp)
    }
}
