import CBoostMath

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The beta distribution on [0, 1]; its distribution function is the regularised incomplete beta function
/// (Boost.Math).
public struct Beta: Sendable, Hashable {
    /// The first shape parameter, above zero.
    public let alpha: Double
    /// The second shape parameter, above zero.
    public let beta: Double

    /// Creates the distribution; every function of it is NaN unless both shapes are above zero and finite.
    public init(_ alpha: Double, _ beta: Double) {
        let isValid = alpha > 0 && beta > 0 && alpha < .infinity && beta < .infinity
        self.alpha = isValid ? alpha : .nan
        self.beta = isValid ? beta : .nan
    }

    /// The probability of a value of at most `x`.
    public func cumulative(_ x: Double) -> Double { probability(x, upper: false) }

    /// The probability of a value above `x`.
    public func upperTail(_ x: Double) -> Double { probability(x, upper: true) }

    private func probability(_ x: Double, upper: Bool) -> Double {
        guard !x.isNaN, !alpha.isNaN else { return .nan }
        let x = min(max(x, 0), 1)
        // The arcsine distribution in closed form: Boost 1.74 loses five digits of it near its ends.
        if alpha == 0.5, beta == 0.5 {
            let low = x.squareRoot(), high = (1 - x).squareRoot()
            return 2 / .pi * (upper ? atan2(high, low) : atan2(low, high))
        }
        return assay_beta_cdf(x, alpha, beta, upper ? 1 : 0)
    }

    /// The value below which a share `p` lies; NaN for `p` outside [0, 1].
    public func quantile(_ p: Double) -> Double {
        guard p >= 0, p <= 1, !alpha.isNaN else { return .nan }
        return assay_beta_quantile(p, alpha, beta, 0)
    }
}
