import Probability

/// The sample that estimates a proportion or a mean of a population within a margin.
public struct PopulationSampleSize: Sendable, Hashable {
    /// What is estimated.
    public enum Target: Sendable, Hashable {
        /// A proportion; one half is the hardest.
        case proportion(Double = 0.5)
        /// A mean of a variable with this standard deviation; the margin is in its units.
        case mean(standardDeviation: Double)
    }

    /// The size of the population; nil for one so large that it does not matter.
    public let population: Int?
    /// What is estimated.
    public let target: Target
    /// The margin of error e: half the width of the confidence interval.
    public let margin: Double
    /// The confidence.
    public let confidence: Double
    /// The design effect of clusters or weights; 1 for a simple random sample.
    public let designEffect: Double

    /// - Throws: ``PowerError``.
    public init(
        population: Int? = nil, target: Target = .proportion(), margin: Double = 0.05, confidence: Double = 0.95,
        designEffect: Double = 1
    ) throws(PowerError) {
        if let population { try PowerError.verify(count: Double(population), "the population", from: 2, through: 1e12) }
        try PowerError.verify(probability: confidence, "the confidence", example: 0.95)
        switch target {
        case .proportion(let proportion):
            try PowerError.verify(probability: proportion, "the proportion", example: 0.5)
            try PowerError.verify(probability: margin, "the margin of error", example: 0.05)
        case .mean(let deviation):
            guard deviation > 0, deviation.isFinite else {
                throw .outOfRange("the standard deviation", deviation, "it must be positive")
            }
            guard margin > 0, margin.isFinite else {
                throw .outOfRange("the margin of error", margin, "it must be positive, in units of the variable")
            }
        }
        guard designEffect >= 0.1, designEffect <= 1000 else {
            throw .outOfRange(
                "the design effect", designEffect,
                "it is 1 for a simple random sample and 1 + (m − 1)·ICC for clusters of m")
        }
        (self.population, self.target, self.margin) = (population, target, margin)
        (self.confidence, self.designEffect) = (confidence, designEffect)
        guard simpleRandom * designEffect <= 1e12 else {
            throw .outOfRange(
                "the margin of error", margin, "that small it needs more than 10¹² cases; take a wider one")
        }
    }

    private var z: Double { Normal.standard.upperQuantile((1 - confidence) / 2) }

    /// The variance of one observation: p(1 − p), or σ².
    private var variance: Double {
        switch target {
        case .proportion(let p): p * (1 - p)
        case .mean(let deviation): deviation * deviation
        }
    }

    /// n₀ = z²·variance/e² (Cochran 1977, eqs. 4.2 and 4.6), for a population without end, not rounded.
    public var unlimited: Double { z * z * variance / (margin * margin) }

    /// n for the population, before the design effect, not rounded: n₀/(1 + (n₀ − 1)/N) for a proportion (Cochran 1977, eq.
    /// 4.1), n₀/(1 + n₀/N) for a mean (eq. 4.7).
    public var simpleRandom: Double {
        guard let population else { return unlimited }
        let size = Double(population)
        return switch target {
        case .proportion: unlimited / (1 + (unlimited - 1) / size)
        case .mean: unlimited / (1 + unlimited / size)
        }
    }

    /// The cases needed: those of a simple random sample times the design effect, rounded up, and not more than there are.
    public var cases: Int {
        min(max(1, (simpleRandom * designEffect).roundedUp), population ?? Int.max)
    }

    /// N/(1 + Ne²) (Yamane 1967, p. 886), rounded up: Cochran's figure with z taken as 2 and a proportion of one half; nil
    /// without a population or for a mean.
    public var yamane: Int? {
        guard let population, case .proportion = target else { return nil }
        return (Double(population) / (1 + Double(population) * margin * margin)).roundedUp
    }

    /// χ²NP(1 − P)/(d²(N − 1) + χ²P(1 − P)), rounded to the nearest as in the table of Krejcie and Morgan (1970); nil
    /// without a population or for a mean.
    public var krejcieMorgan: Int? {
        guard let population, case .proportion(let p) = target else { return nil }
        // The article has the χ² of its tables, 3.841.
        let chiSquare = confidence == 0.95 ? 3.841 : z * z
        let size = Double(population), product = chiSquare * p * (1 - p)
        return Int((product * size / (margin * margin * (size - 1) + product)).rounded())
    }

    /// The margin of error that n cases have in this design.
    ///
    /// - Throws: ``PowerError`` for more cases than the population has, or fewer than one.
    public func margin(ofCases n: Int) throws(PowerError) -> Double {
        try PowerError.verify(count: Double(n), "the sample", from: 1)
        var correction = 1.0
        if let population {
            guard n <= population else {
                throw .request(
                    "the sample (\(n)) is larger than the population (\(population)); survey all of it, or correct the one "
                        + "that is wrong")
            }
            correction = Double(population - n) / Double(population - 1)
        }
        return z * (variance / Double(n) * designEffect * correction).squareRoot()
    }
}
