import CBoostMath

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Student's t distribution (Boost.Math).
public struct StudentT: Sendable, Hashable {
    /// The degrees of freedom ν, above zero; infinity gives the standard normal distribution.
    public let degreesOfFreedom: Double

    /// Creates the distribution; every function of it is NaN unless `degreesOfFreedom` is above zero.
    public init(degreesOfFreedom: Double) {
        self.degreesOfFreedom = degreesOfFreedom > 0 ? degreesOfFreedom : .nan
    }

    /// The density at `x`.
    public func density(_ x: Double) -> Double {
        if degreesOfFreedom == .infinity { return Normal.standard.density(x) }
        if x.isInfinite, !degreesOfFreedom.isNaN { return 0 }
        return assay_t_pdf(x, degreesOfFreedom)
    }

    /// The probability of a value of at most `x`.
    public func cumulative(_ x: Double) -> Double { probability(x, upper: false) }

    /// The probability of a value above `x`, with full relative accuracy far out.
    public func upperTail(_ x: Double) -> Double { probability(x, upper: true) }

    /// The probability of a value at least as far from zero as `x`: the two-sided p-value.
    public func twoSided(_ x: Double) -> Double { 2 * upperTail(abs(x)) }

    /// The value below which a share `p` lies: ±∞ at 0 and 1, NaN outside [0, 1].
    public func quantile(_ p: Double) -> Double { quantile(p, upper: false) }

    /// The value above which a share `p` lies.
    public func upperQuantile(_ p: Double) -> Double { quantile(p, upper: true) }

    private func probability(_ x: Double, upper: Bool) -> Double {
        if x.isNaN || degreesOfFreedom.isNaN { return .nan }
        if x.isInfinite { return (x > 0) == upper ? 0 : 1 }
        if degreesOfFreedom == .infinity {
            return upper ? Normal.standard.upperTail(x) : Normal.standard.cumulative(x)
        }
        // Cauchy's distribution in closed form: Boost 1.74 loses five digits of it near zero.
        if degreesOfFreedom == 1 { return atan2(1, upper ? x : -x) / .pi }
        return assay_t_cdf(x, degreesOfFreedom, upper ? 1 : 0)
    }

    private func quantile(_ p: Double, upper: Bool) -> Double {
        guard p >= 0, p <= 1, !degreesOfFreedom.isNaN else { return .nan }
        if p == 0 || p == 1 { return (p == 0) == upper ? .infinity : -.infinity }
        if degreesOfFreedom == .infinity {
            return upper ? Normal.standard.upperQuantile(p) : Normal.standard.quantile(p)
        }
        return assay_t_quantile(p, degreesOfFreedom, upper ? 1 : 0)
    }
}
