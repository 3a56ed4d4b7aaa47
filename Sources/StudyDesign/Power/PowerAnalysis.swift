/// Sample size, effect, power and level of significance of a test, one of them computed from the other three.
public struct PowerAnalysis: Sendable, Hashable {
    /// What was computed.
    public enum Quantity: String, Sendable, Hashable, CaseIterable {
        /// The sample size.
        case sampleSize = "n"
        /// The least effect that is found with the power.
        case effect
        /// The power.
        case power
        /// The level of significance.
        case alpha
    }

    /// The test.
    public let test: TestKind
    /// The sides of the test, 1 or 2.
    public let sides: Int
    /// The sample size in units of ``TestKind/sampleSizeMeaning``, not rounded.
    public let sampleSize: Double
    /// The effect.
    public let effect: Double
    /// The power.
    public let power: Double
    /// The level of significance.
    public let alpha: Double
    /// What was computed from the rest.
    public let solved: Quantity

    /// The sample size rounded up.
    public var wholeSampleSize: Int { sampleSize.roundedUp }

    /// All cases, whole groups rounded up.
    public var totalCases: Int { test.totalCases(sampleSize) }

    /// Computes what is not given.
    ///
    /// - Parameters:
    ///   - test: the test.
    ///   - sampleSize: the sample size in units of ``TestKind/sampleSizeMeaning``.
    ///   - effect: the effect, positive.
    ///   - power: the power.
    ///   - alpha: the level of significance; nil to compute it.
    ///   - sides: 1 or 2.
    /// - Throws: ``PowerError`` unless just one of the four is nil and the others are possible.
    public init(
        _ test: TestKind, sampleSize: Double? = nil, effect: Double? = nil, power: Double? = nil,
        alpha: Double? = 0.05, sides: Int = 2
    ) throws(PowerError) {
        try test.verify()
        guard sides == 1 || sides == 2 else { throw .outOfRange("the number of sides", Double(sides), "give 1 or 2") }
        let missing = [sampleSize, effect, power, alpha].count { $0 == nil }
        guard missing == 1 else {
            throw .request(
                missing == 0
                    ? "sample size, effect, power and alpha are all given; leave out the one to be computed"
                    : "of sample size, effect, power and alpha, three are needed to compute the fourth; \(missing) are missing"
            )
        }
        if let alpha { try PowerError.verify(probability: alpha, "alpha", example: 0.05) }
        if let power { try PowerError.verify(probability: power, "the power", example: 0.8) }
        if let sampleSize {
            try PowerError.verify(
                count: sampleSize, "the number of \(test.sampleSizeMeaning)", from: test.leastSampleSize)
        }
        if let effect {
            guard effect != 0, abs(effect) <= test.largestEffect else {
                throw .outOfRange(
                    "the effect \(test.effectSymbol)", effect,
                    effect == 0
                        ? "an effect of zero cannot be found; give the smallest one worth finding"
                        : "it can be at most \(PowerError.text(test.largestEffect))")
            }
        }
        if let power, let alpha, power <= alpha {
            throw .unattainable(
                "the power of \(power) is not above alpha (\(alpha)): any test reaches it without an effect; ask for a power "
                    + "such as 0.8")
        }
        let symbol = test.effectSymbol
        if let sampleSize, let effect, let alpha {
            self.init(test, sides, sampleSize, effect, nil, alpha, .power)
        } else if let effect, let power, let alpha {
            guard
                let n = MonotoneRoot.find(
                    power, from: test.leastSampleSize, step: 1, limit: 1e9,
                    { test.power(n: $0, effect: effect, alpha: alpha, sides: sides) })
            else {
                throw .unattainable(
                    "no sample of up to a thousand million cases finds \(symbol) = \(effect) with a power of \(power)")
            }
            self.init(test, sides, n, effect, power, alpha, .sampleSize)
        } else if let sampleSize, let power, let alpha {
            guard
                let effect = MonotoneRoot.find(
                    power, from: 0, step: test.largestEffect / 1024, limit: test.largestEffect,
                    { test.power(n: sampleSize, effect: $0, alpha: alpha, sides: sides) })
            else {
                throw .unattainable(
                    "with \(PowerError.text(sampleSize)) \(test.sampleSizeMeaning) no effect is found with a power of "
                        + "\(power); take more")
            }
            self.init(test, sides, sampleSize, effect, power, alpha, .effect)
        } else if let sampleSize, let effect, let power {
            guard
                let alpha = MonotoneRoot.find(
                    power, from: 1e-10, step: 1e-6, limit: 1 - 1e-10,
                    { test.power(n: sampleSize, effect: effect, alpha: $0, sides: sides) })
            else { throw .unattainable("no level of significance gives a power of \(power)") }
            self.init(test, sides, sampleSize, effect, power, alpha, .alpha)
        } else {
            throw .request("of sample size, effect, power and alpha, three are needed to compute the fourth")
        }
    }

    private init(
        _ test: TestKind, _ sides: Int, _ n: Double, _ effect: Double, _ power: Double?, _ alpha: Double,
        _ solved: Quantity
    ) {
        (self.test, self.sides, sampleSize, self.effect, self.alpha, self.solved) = (
            test, sides, n, effect, alpha, solved
        )
        self.power = power ?? test.power(n: n, effect: effect, alpha: alpha, sides: sides)
    }

    /// The power at other sample sizes, all else the same.
    public func power(at sampleSize: Double) -> Double {
        guard sampleSize >= test.leastSampleSize else { return .nan }
        return test.power(n: sampleSize, effect: effect, alpha: alpha, sides: sides)
    }

    /// Sample sizes for a power curve: forty from the least sensible to where the power is near 1.
    public var curve: [(sampleSize: Double, power: Double)] {
        let top =
            MonotoneRoot.find(
                0.99, from: test.leastSampleSize, step: 1, limit: 1e9,
                { test.power(n: $0, effect: effect, alpha: alpha, sides: sides) }) ?? 4 * sampleSize
        let end = max(top, 1.2 * sampleSize), start = test.leastSampleSize
        return (0...40).map { step in
            let n = start + (end - start) * Double(step) / 40
            return (n, power(at: n))
        }
    }
}
