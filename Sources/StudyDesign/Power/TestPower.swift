import Probability

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A test whose power is known in closed form (Cohen 1988), as R's `pwr` has them.
public enum TestKind: Sendable, Hashable {
    /// The mean of one sample against a value: t test, effect d.
    case oneMean
    /// Two measurements of the same cases: t test of the differences, effect d of the differences.
    case pairedMeans
    /// The means of two groups: t test, effect d; the second group is `ratio` times the first.
    case twoMeans(ratio: Double = 1)
    /// A correlation: effect r, by Fisher's z with its bias.
    case correlation
    /// The means of several groups of one size: F test, effect f.
    case analysisOfVariance(groups: Int)
    /// `tested` predictors of a regression beside `others`: F test of the rise in R², effect f² = ΔR²/(1 − R²).
    case regression(tested: Int, others: Int = 0)
    /// A proportion against a value: effect h, the difference of 2·arcsin √p.
    case oneProportion
    /// The proportions of two groups: effect h; the second group is `ratio` times the first.
    case twoProportions(ratio: Double = 1)
    /// A χ² test of a table: effect w.
    case chiSquared(degreesOfFreedom: Int)
}

extension TestKind {
    /// The letter of the effect size.
    public var effectSymbol: String {
        switch self {
        case .oneMean, .pairedMeans, .twoMeans: "d"
        case .correlation: "r"
        case .analysisOfVariance: "f"
        case .regression: "f²"
        case .oneProportion, .twoProportions: "h"
        case .chiSquared: "w"
        }
    }

    /// The test in words.
    public var title: String {
        switch self {
        case .oneMean: "t test of one mean"
        case .pairedMeans: "t test of paired means"
        case .twoMeans: "t test of two means"
        case .correlation: "Test of a correlation"
        case .analysisOfVariance(let groups): "Analysis of variance of \(groups) groups"
        case .regression(let tested, let others):
            "F test of \(tested) predictor\(tested == 1 ? "" : "s")" + (others > 0 ? " beside \(others)" : "")
        case .oneProportion: "Test of one proportion"
        case .twoProportions: "Test of two proportions"
        case .chiSquared(let df): "χ² test with \(df) degree\(df == 1 ? "" : "s") of freedom"
        }
    }

    /// What the sample size counts: all cases, or those of one group.
    public var sampleSizeMeaning: String {
        switch self {
        case .oneMean, .correlation, .regression, .oneProportion, .chiSquared: "cases"
        case .pairedMeans: "pairs"
        case .twoMeans(let ratio), .twoProportions(let ratio):
            ratio == 1 ? "cases per group" : "cases in the first group"
        case .analysisOfVariance: "cases per group"
        }
    }

    /// Small, medium and large effects by Cohen's (1988) conventions.
    public var conventions: (small: Double, medium: Double, large: Double) {
        switch self {
        case .oneMean, .pairedMeans, .twoMeans, .oneProportion, .twoProportions: (0.2, 0.5, 0.8)
        case .correlation, .chiSquared: (0.1, 0.3, 0.5)
        case .analysisOfVariance: (0.1, 0.25, 0.4)
        case .regression: (0.02, 0.15, 0.35)
        }
    }

    /// Whether the test has one and two sides; F and χ² tests have none.
    public var hasSides: Bool {
        switch self {
        case .analysisOfVariance, .regression, .chiSquared: false
        default: true
        }
    }

    /// All cases behind a sample size, whole groups each rounded up.
    public func totalCases(_ n: Double) -> Int {
        switch self {
        case .twoMeans(let ratio), .twoProportions(let ratio): n.roundedUp + (ratio * n).roundedUp
        case .analysisOfVariance(let groups): groups * n.roundedUp
        default: n.roundedUp
        }
    }

    /// The fewest cases (in units of ``sampleSizeMeaning``) that leave a degree of freedom.
    var leastSampleSize: Double {
        switch self {
        case .oneMean, .pairedMeans, .analysisOfVariance: 2
        case .twoMeans(let ratio): max(2, 2 / ratio)
        case .twoProportions(let ratio): max(1, 1 / ratio)
        case .correlation: 4
        case .regression(let tested, let others): Double(tested + others + 2)
        case .oneProportion, .chiSquared: 1
        }
    }

    /// The largest effect there is.
    var largestEffect: Double {
        switch self {
        case .correlation: 1 - 1e-12
        case .oneProportion, .twoProportions: .pi
        default: 1000
        }
    }

    /// Refuses parameters that no test has.
    func verify() throws(PowerError) {
        switch self {
        case .twoMeans(let ratio), .twoProportions(let ratio):
            guard ratio >= 0.001, ratio <= 1000 else {
                throw .outOfRange(
                    "the ratio of the group sizes", ratio, "it must lie between 0.001 and 1000, for example 1 or 2")
            }
        case .analysisOfVariance(let groups):
            guard (2...10_000).contains(groups) else {
                throw .outOfRange("the number of groups", Double(groups), "an analysis of variance has at least 2")
            }
        case .regression(let tested, let others):
            guard (1...10_000).contains(tested) else {
                throw .outOfRange("the number of tested predictors", Double(tested), "it must be at least 1")
            }
            guard (0...10_000).contains(others) else {
                throw .outOfRange("the number of other predictors", Double(others), "it must not be negative")
            }
        case .chiSquared(let df):
            guard (1...100_000).contains(df) else {
                throw .outOfRange(
                    "the degrees of freedom", Double(df),
                    "they must be at least 1, (rows − 1)(columns − 1) for a table of counts")
            }
        default: break
        }
    }

    /// The probability of a significant result.
    ///
    /// - Parameters:
    ///   - n: the sample size in units of ``sampleSizeMeaning``; it need not be whole.
    ///   - effect: the size of the effect; its sign does not matter.
    ///   - alpha: the level of significance.
    ///   - sides: 1 or 2; F and χ² tests have no sides.
    public func power(n: Double, effect: Double, alpha: Double, sides: Int = 2) -> Double {
        let effect = abs(effect)
        switch self {
        case .oneMean, .pairedMeans: return tPower(n.squareRoot() * effect, df: n - 1, alpha, sides)
        case .twoMeans(let ratio):
            let harmonic = (n * ratio / (1 + ratio)).squareRoot()
            return tPower(harmonic * effect, df: n * (1 + ratio) - 2, alpha, sides)
        case .correlation: return correlationPower(n, effect, alpha, sides)
        case .analysisOfVariance(let groups):
            let k = Double(groups)
            return fPower(k - 1, (n - 1) * k, k * n * effect * effect, alpha)
        case .regression(let tested, let others):
            // λ = f²(u + v + 1) (Cohen 1988, eq. 9.3.1).
            let u = Double(tested), v = n - Double(tested + others) - 1
            return fPower(u, v, effect * (u + v + 1), alpha)
        case .oneProportion: return normalPower(effect * n.squareRoot(), alpha, sides)
        case .twoProportions(let ratio):
            return normalPower(effect * (n * ratio / (1 + ratio)).squareRoot(), alpha, sides)
        case .chiSquared(let df):
            let critical = ChiSquared(degreesOfFreedom: Double(df)).upperQuantile(alpha)
            return NoncentralChiSquared(degreesOfFreedom: Double(df), noncentrality: n * effect * effect)
                .upperTail(critical)
        }
    }
}

private func tPower(_ noncentrality: Double, df: Double, _ alpha: Double, _ sides: Int) -> Double {
    // Beyond these bounds the normal distribution gives the same power, and the series of the non-central t is slow.
    if df > 1e7 || noncentrality > 1e3 { return normalPower(noncentrality, alpha, sides) }
    let critical = StudentT(degreesOfFreedom: df).upperQuantile(alpha / Double(sides))
    let distribution = NoncentralT(degreesOfFreedom: df, noncentrality: noncentrality)
    return distribution.upperTail(critical) + (sides == 2 ? distribution.cumulative(-critical) : 0)
}

/// The power of a test whose statistic is normal with variance 1 and mean `noncentrality`.
func normalPower(_ noncentrality: Double, _ alpha: Double, _ sides: Int) -> Double {
    let critical = Normal.standard.upperQuantile(alpha / Double(sides))
    return Normal.standard.upperTail(critical - noncentrality)
        + (sides == 2 ? Normal.standard.cumulative(-critical - noncentrality) : 0)
}

private func fPower(_ u: Double, _ v: Double, _ noncentrality: Double, _ alpha: Double) -> Double {
    let critical = FisherF(u, v).upperQuantile(alpha)
    if noncentrality > 1e5 {
        // The series is slow there and the power 1 unless the critical value is as far out.
        let distribution = NoncentralChiSquared(degreesOfFreedom: u, noncentrality: noncentrality)
        return distribution.upperTail(critical * u)
    }
    return NoncentralF(numerator: u, denominator: v, noncentrality: noncentrality).upperTail(critical)
}

/// Fisher's z of r with its bias r/2(n − 1), against that of the critical r (Cohen 1988, p. 546; `pwr.r.test`).
private func correlationPower(_ n: Double, _ r: Double, _ alpha: Double, _ sides: Int) -> Double {
    let t = StudentT(degreesOfFreedom: n - 2).upperQuantile(alpha / Double(sides))
    let criticalZ = atanh((t * t / (t * t + n - 2)).squareRoot())
    let z = atanh(r) + r / (2 * (n - 1)), root = (n - 3).squareRoot()
    return Normal.standard.cumulative((z - criticalZ) * root)
        + (sides == 2 ? Normal.standard.cumulative((-z - criticalZ) * root) : 0)
}
