import CBoostMath

/// The non-central t distribution (Boost.Math): the power of t tests and exact intervals of standardised mean
/// differences rest on it.
public struct NoncentralT: Sendable, Hashable {
    /// The degrees of freedom ν, above zero and finite.
    public let degreesOfFreedom: Double
    /// The non-centrality δ: the distribution is that of (Z + δ)/√(χ²/ν).
    public let noncentrality: Double

    /// Creates the distribution; every function of it is NaN unless `degreesOfFreedom` is above zero and finite and
    /// `noncentrality` between −10⁴ and 10⁴, beyond which the series takes too long.
    public init(degreesOfFreedom: Double, noncentrality: Double) {
        let isValid = degreesOfFreedom > 0 && degreesOfFreedom < .infinity && abs(noncentrality) <= 1e4
        self.degreesOfFreedom = isValid ? degreesOfFreedom : .nan
        self.noncentrality = isValid ? noncentrality : .nan
    }

    /// The probability of a value of at most `x`.
    public func cumulative(_ x: Double) -> Double { probability(x, upper: false) }

    /// The probability of a value above `x`.
    public func upperTail(_ x: Double) -> Double { probability(x, upper: true) }

    private func probability(_ x: Double, upper: Bool) -> Double {
        if noncentrality == 0 {
            let central = StudentT(degreesOfFreedom: degreesOfFreedom)
            return upper ? central.upperTail(x) : central.cumulative(x)
        }
        guard !x.isNaN, !degreesOfFreedom.isNaN else { return .nan }
        if x.isInfinite { return (x > 0) == upper ? 0 : 1 }
        return assay_nt_cdf(x, degreesOfFreedom, noncentrality, upper ? 1 : 0)
    }
}
