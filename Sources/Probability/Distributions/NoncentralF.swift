import CBoostMath

/// The non-central F distribution (Boost.Math): the power of analyses of variance and of regressions rests on it.
public struct NoncentralF: Sendable, Hashable {
    /// The degrees of freedom ν₁ of the numerator, above zero and finite.
    public let numerator: Double
    /// The degrees of freedom ν₂ of the denominator, above zero and finite.
    public let denominator: Double
    /// The non-centrality λ: the sum of squared means of the normal variables behind the numerator.
    public let noncentrality: Double

    /// Creates the distribution; every function of it is NaN unless the degrees of freedom are above zero and finite and
    /// `noncentrality` between 0 and 10⁸, beyond which the series takes too long.
    public init(numerator: Double, denominator: Double, noncentrality: Double) {
        let isValid =
            numerator > 0 && numerator < .infinity && denominator > 0 && denominator < .infinity
            && noncentrality >= 0 && noncentrality <= 1e8
        self.numerator = isValid ? numerator : .nan
        self.denominator = isValid ? denominator : .nan
        self.noncentrality = isValid ? noncentrality : .nan
    }

    /// The probability of a value of at most `x`.
    public func cumulative(_ x: Double) -> Double { probability(x, upper: false) }

    /// The probability of a value above `x`.
    public func upperTail(_ x: Double) -> Double { probability(x, upper: true) }

    private func probability(_ x: Double, upper: Bool) -> Double {
        guard !x.isNaN, !noncentrality.isNaN else { return .nan }
        if x <= 0 { return upper ? 1 : 0 }
        if x == .infinity { return upper ? 0 : 1 }
        if noncentrality == 0 {
            let central = FisherF(numerator, denominator)
            return upper ? central.upperTail(x) : central.cumulative(x)
        }
        return assay_nf_cdf(x, numerator, denominator, noncentrality, upper ? 1 : 0)
    }
}
