import Probability

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A t test.
public struct TTest: Sendable, Codable, Equatable {
    /// The t ratio.
    public let t: Double
    /// Its degrees of freedom.
    public let degreesOfFreedom: Double
    /// The two-sided p-value.
    public let pValue: Double

    init(t: Double, degreesOfFreedom: Double) {
        self.t = t
        self.degreesOfFreedom = degreesOfFreedom
        pValue = StudentT(degreesOfFreedom: degreesOfFreedom).twoSided(t)
    }
}

/// The difference of two means: t tests, standardised differences, and a test of equivalence.
///
/// Figures are nil unless both samples have two values and at least one of them varies.
public struct TwoSampleTest: Sendable, Codable, Equatable {
    /// Number, mean and standard deviation of a sample.
    public struct Sample: Sendable, Codable, Equatable {
        /// The number of values.
        public let n: Int
        /// The mean; nil for no value.
        public let mean: Double?
        /// The standard deviation (divisor n − 1); nil for fewer than two values.
        public let standardDeviation: Double?

        /// Describes the finite ones of `values`.
        public init(_ values: [Double]) {
            let described = VariableDescriptives(variable: "", values: values)
            n = described.n
            mean = described.mean
            standardDeviation = described.standardDeviation
        }
    }

    /// The first sample.
    public let first: Sample
    /// The second sample.
    public let second: Sample
    /// The first mean minus the second.
    public let difference: Double?
    /// Welch's test, which does not suppose equal variances, with Satterthwaite's degrees of freedom.
    public let welch: TTest?
    /// Student's test with the pooled variance.
    public let pooled: TTest?
    /// Cohen's d: the difference in pooled standard deviations.
    public let cohenD: Double?
    /// Hedges' g: d·(1 − 3/(4·df − 1)), nearly unbiased (Hedges 1981).
    public let hedgesG: Double?
    /// The limits of the confidence interval of the population's standardised difference: the non-centralities at which
    /// the pooled t is at the outer percentiles, times √(1/n₁ + 1/n₂) (Cumming & Finch 2001).
    public let cohenDInterval: [Double]?
    /// The test that the means differ by less than a bound.
    public let equivalence: EquivalenceTest?
    /// The confidence level of ``cohenDInterval``.
    public let level: Double

    /// Compares two samples; values that are not finite are missing.
    ///
    /// - Parameters:
    ///   - first: The first sample.
    ///   - second: The second sample.
    ///   - bound: The standardised difference that counts as negligible, above zero.
    ///   - level: The confidence level, between 0 and 1.
    public init(_ first: [Double], _ second: [Double], bound: Double = 0.3, level: Double = 0.95) {
        let a = Sample(first), b = Sample(second)
        self.first = a
        self.second = b
        self.level = level
        let difference = a.mean.flatMap { x in b.mean.map { x - $0 } }
        self.difference = difference
        guard let difference, let sa = a.standardDeviation, let sb = b.standardDeviation, sa > 0 || sb > 0 else {
            (welch, pooled, cohenD, hedgesG, cohenDInterval, equivalence) = (nil, nil, nil, nil, nil, nil)
            return
        }
        let na = Double(a.n), nb = Double(b.n), df = na + nb - 2
        let va = sa * sa / na, vb = sb * sb / nb, standardError = (va + vb).squareRoot()
        welch = TTest(
            t: difference / standardError,
            degreesOfFreedom: (va + vb) * (va + vb) / (va * va / (na - 1) + vb * vb / (nb - 1)))
        let deviation = (((na - 1) * sa * sa + (nb - 1) * sb * sb) / df).squareRoot()
        let scale = (1 / na + 1 / nb).squareRoot()
        let student = TTest(t: difference / (deviation * scale), degreesOfFreedom: df)
        pooled = student
        let d = difference / deviation
        cohenD = d
        hedgesG = d * (1 - 3 / (4 * df - 1))
        cohenDInterval = Self.noncentralities(student, level: level).map { $0.map { $0 * scale } }
        equivalence = EquivalenceTest(
            difference: difference, deviations: (sa, sb), sizes: (a.n, b.n), bound: bound, level: level)
    }

    /// The non-centralities at which the observed t lies at the percentiles (1 ± level)/2.
    private static func noncentralities(_ test: TTest, level: Double) -> [Double]? {
        let limits = [(1 + level) / 2, (1 - level) / 2].compactMap { target -> Double? in
            func excess(_ noncentrality: Double) -> Double {
                NoncentralT(degreesOfFreedom: test.degreesOfFreedom, noncentrality: noncentrality).cumulative(test.t)
                    - target
            }
            // The distribution function falls from 1 to 0 as the non-centrality rises.
            var reach = 4 + abs(test.t)
            while reach < 1e4, !(excess(test.t - reach) > 0 && excess(test.t + reach) < 0) { reach *= 2 }
            var low = test.t - reach, high = test.t + reach
            guard excess(low) > 0, excess(high) < 0 else { return nil }
            for _ in 0..<200 where high - low > 1e-14 * max(1, abs(low) + abs(high)) {
                let middle = 0.5 * (low + high), value = excess(middle)
                guard !value.isNaN else { return nil }
                if value > 0 { low = middle } else { high = middle }
            }
            return 0.5 * (low + high)
        }
        return limits.count == 2 ? limits : nil
    }

    /// The power of Student's two-sided test to find a standardised difference `d` in samples of `first` and `second` cases
    /// (Cohen 1988, 2.3); nil for fewer than two cases in a sample.
    public static func power(d: Double, first: Int, second: Int, significance: Double = 0.05) -> Double? {
        guard first > 1, second > 1, d.isFinite, significance > 0, significance < 1 else { return nil }
        let n = Double(first), m = Double(second), df = n + m - 2
        let distribution = NoncentralT(degreesOfFreedom: df, noncentrality: d / (1 / n + 1 / m).squareRoot())
        let critical = StudentT(degreesOfFreedom: df).upperQuantile(significance / 2)
        let power = distribution.upperTail(critical) + distribution.cumulative(-critical)
        return power.isFinite ? min(max(power, 0), 1) : nil
    }
}

/// Two one-sided tests that two means differ by less than a bound (Schuirmann 1987), by Welch's t (Lakens 2017).
///
/// The bound is a number of average standard deviations, √((s₁² + s₂²)/2).
public struct EquivalenceTest: Sendable, Codable, Equatable {
    /// The bound in average standard deviations.
    public let bound: Double
    /// The bound in the variable's units.
    public let rawBound: Double
    /// The test that the difference is above −bound.
    public let lowerT: Double
    /// Its one-sided p-value.
    public let lowerPValue: Double
    /// The test that the difference is below the bound.
    public let upperT: Double
    /// Its one-sided p-value.
    public let upperPValue: Double
    /// The degrees of freedom of both.
    public let degreesOfFreedom: Double
    /// The confidence interval of the difference at level 1 − 2α, which lies within the bounds exactly when the test holds.
    public let interval: [Double]
    /// The level of the test, α.
    public let significance: Double

    /// The larger of the two p-values.
    public var pValue: Double { max(lowerPValue, upperPValue) }
    /// Whether the means are shown to differ by less than the bound.
    public var isEquivalent: Bool { pValue < significance }

    init?(
        difference: Double, deviations: (Double, Double), sizes: (Int, Int), bound: Double, level: Double
    ) {
        guard bound > 0, bound.isFinite, level > 0, level < 1 else { return nil }
        let (sa, sb) = deviations, na = Double(sizes.0), nb = Double(sizes.1)
        let va = sa * sa / na, vb = sb * sb / nb, standardError = (va + vb).squareRoot()
        let df = (va + vb) * (va + vb) / (va * va / (na - 1) + vb * vb / (nb - 1))
        let raw = bound * (0.5 * (sa * sa + sb * sb)).squareRoot()
        let distribution = StudentT(degreesOfFreedom: df)
        self.bound = bound
        rawBound = raw
        degreesOfFreedom = df
        significance = 1 - level
        lowerT = (difference + raw) / standardError
        upperT = (difference - raw) / standardError
        lowerPValue = distribution.upperTail(lowerT)
        upperPValue = distribution.cumulative(upperT)
        let margin = distribution.upperQuantile(1 - level) * standardError
        interval = [difference - margin, difference + margin]
    }
}
