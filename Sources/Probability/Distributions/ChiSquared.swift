import CBoostMath

/// The χ² distribution (Boost.Math).
public struct ChiSquared: Sendable, Hashable {
    /// The degrees of freedom, above zero and finite; they need not be whole.
    public let degreesOfFreedom: Double

    /// Creates the distribution; every function of it is NaN unless `degreesOfFreedom` is above zero and finite.
    public init(degreesOfFreedom: Double) {
        self.degreesOfFreedom = degreesOfFreedom > 0 && degreesOfFreedom < .infinity ? degreesOfFreedom : .nan
    }

    /// The density at `x`: zero below zero, and infinite at zero with fewer than two degrees of freedom.
    public func density(_ x: Double) -> Double {
        guard !x.isNaN, !degreesOfFreedom.isNaN else { return .nan }
        guard x >= 0, x < .infinity else { return 0 }
        if x == 0 { return degreesOfFreedom < 2 ? .infinity : degreesOfFreedom == 2 ? 0.5 : 0 }
        return assay_chisq_pdf(x, degreesOfFreedom)
    }

    /// The probability of a value of at most `x`.
    public func cumulative(_ x: Double) -> Double { probability(x, upper: false) }

    /// The probability of a value above `x`, with full relative accuracy far out: the p-value of a χ² test.
    public func upperTail(_ x: Double) -> Double { probability(x, upper: true) }

    /// The value below which a share `p` lies: 0 and ∞ at 0 and 1, NaN outside [0, 1].
    public func quantile(_ p: Double) -> Double { quantile(p, upper: false) }

    /// The value above which a share `p` lies.
    public func upperQuantile(_ p: Double) -> Double { quantile(p, upper: true) }

    private func probability(_ x: Double, upper: Bool) -> Double {
        guard !x.isNaN, !degreesOfFreedom.isNaN else { return .nan }
        if x <= 0 { return upper ? 1 : 0 }
        if x == .infinity { return upper ? 0 : 1 }
        return assay_chisq_cdf(x, degreesOfFreedom, upper ? 1 : 0)
    }

    private func quantile(_ p: Double, upper: Bool) -> Double {
        guard p >= 0, p <= 1, !degreesOfFreedom.isNaN else { return .nan }
        if p == 0 || p == 1 { return (p == 0) == upper ? .infinity : 0 }
        return assay_chisq_quantile(p, degreesOfFreedom, upper ? 1 : 0)
    }
}
