import CBoostMath

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Fisher's F distribution (Boost.Math).
public struct FisherF: Sendable, Hashable {
    /// The degrees of freedom of the numerator, above zero and finite.
    public let numeratorDegreesOfFreedom: Double
    /// The degrees of freedom of the denominator, above zero; infinity gives χ² over its degrees of freedom.
    public let denominatorDegreesOfFreedom: Double

    /// Creates the distribution from the degrees of freedom of numerator and denominator; every function of it is
    /// NaN unless both are above zero and the first finite.
    public init(_ numerator: Double, _ denominator: Double) {
        let isValid = numerator > 0 && numerator < .infinity && denominator > 0
        numeratorDegreesOfFreedom = isValid ? numerator : .nan
        denominatorDegreesOfFreedom = isValid ? denominator : .nan
    }

    /// The density at `x`: zero below zero, and infinite at zero with fewer than two numerator degrees of freedom.
    public func density(_ x: Double) -> Double {
        let m = numeratorDegreesOfFreedom, n = denominatorDegreesOfFreedom
        guard !x.isNaN, !m.isNaN else { return .nan }
        guard x >= 0, x < .infinity else { return 0 }
        if x == 0 { return m < 2 ? .infinity : m == 2 ? 1 : 0 }
        if n == .infinity { return m * ChiSquared(degreesOfFreedom: m).density(m * x) }
        return assay_f_pdf(x, m, n)
    }

    /// The probability of a value of at most `x`.
    public func cumulative(_ x: Double) -> Double { probability(x, upper: false) }

    /// The probability of a value above `x`, with full relative accuracy far out: the p-value of an F test.
    public func upperTail(_ x: Double) -> Double { probability(x, upper: true) }

    /// The value below which a share `p` lies: 0 and ∞ at 0 and 1, NaN outside [0, 1].
    public func quantile(_ p: Double) -> Double { quantile(p, upper: false) }

    /// The value above which a share `p` lies.
    public func upperQuantile(_ p: Double) -> Double { quantile(p, upper: true) }

    private func probability(_ x: Double, upper: Bool) -> Double {
        let m = numeratorDegreesOfFreedom, n = denominatorDegreesOfFreedom
        guard !x.isNaN, !m.isNaN else { return .nan }
        if x <= 0 { return upper ? 1 : 0 }
        if x == .infinity { return upper ? 0 : 1 }
        if n == .infinity {
            let limit = ChiSquared(degreesOfFreedom: m)
            return upper ? limit.upperTail(m * x) : limit.cumulative(m * x)
        }
        // The square of a Cauchy variable in closed form: Boost 1.74 loses five digits of it near zero.
        if m == 1, n == 1 { return 2 / .pi * (upper ? atan2(1, x.squareRoot()) : atan2(x.squareRoot(), 1)) }
        return assay_f_cdf(x, m, n, upper ? 1 : 0)
    }

    private func quantile(_ p: Double, upper: Bool) -> Double {
        let m = numeratorDegreesOfFreedom, n = denominatorDegreesOfFreedom
        guard p >= 0, p <= 1, !m.isNaN else { return .nan }
        if p == 0 || p == 1 { return (p == 0) == upper ? .infinity : 0 }
        if n == .infinity {
            let limit = ChiSquared(degreesOfFreedom: m)
            return (upper ? limit.upperQuantile(p) : limit.quantile(p)) / m
        }
        return assay_f_quantile(p, m, n, upper ? 1 : 0)
    }
}
