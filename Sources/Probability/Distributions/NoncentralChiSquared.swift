import CBoostMath

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The non-central χ² distribution (Boost.Math): intervals and power of RMSEA rest on it.
public struct NoncentralChiSquared: Sendable, Hashable {
    /// The degrees of freedom, above zero and finite.
    public let degreesOfFreedom: Double
    /// The non-centrality λ, from 0 to 10⁹: the mean is `degreesOfFreedom` + λ.
    public let noncentrality: Double

    /// Creates the distribution; every function of it is NaN unless `degreesOfFreedom` is above zero and finite and
    /// `noncentrality` not negative and at most 10⁹, beyond which the series takes too long.
    public init(degreesOfFreedom: Double, noncentrality: Double) {
        let isValid =
            degreesOfFreedom > 0 && degreesOfFreedom < .infinity && noncentrality >= 0 && noncentrality <= 1e9
        self.degreesOfFreedom = isValid ? degreesOfFreedom : .nan
        self.noncentrality = isValid ? noncentrality : .nan
    }

    private var central: ChiSquared? {
        noncentrality == 0 ? ChiSquared(degreesOfFreedom: degreesOfFreedom) : nil
    }

    /// The density at `x`.
    public func density(_ x: Double) -> Double {
        if let central { return central.density(x) }
        guard !x.isNaN, !noncentrality.isNaN else { return .nan }
        guard x >= 0, x < .infinity else { return 0 }
        if x == 0 {
            return degreesOfFreedom < 2 ? .infinity : degreesOfFreedom == 2 ? 0.5 * exp(-0.5 * noncentrality) : 0
        }
        return assay_nchisq_pdf(x, degreesOfFreedom, noncentrality)
    }

    /// The probability of a value of at most `x`.
    public func cumulative(_ x: Double) -> Double {
        if let central { return central.cumulative(x) }
        return probability(x, upper: false)
    }

    /// The probability of a value above `x`, with full relative accuracy far out.
    public func upperTail(_ x: Double) -> Double {
        if let central { return central.upperTail(x) }
        return probability(x, upper: true)
    }

    /// The value below which a share `p` lies: 0 and ∞ at 0 and 1, NaN outside [0, 1].
    public func quantile(_ p: Double) -> Double {
        if let central { return central.quantile(p) }
        return quantile(p, upper: false)
    }

    /// The value above which a share `p` lies.
    public func upperQuantile(_ p: Double) -> Double {
        if let central { return central.upperQuantile(p) }
        return quantile(p, upper: true)
    }

    private func probability(_ x: Double, upper: Bool) -> Double {
        guard !x.isNaN, !noncentrality.isNaN else { return .nan }
        if x <= 0 { return upper ? 1 : 0 }
        if x == .infinity { return upper ? 0 : 1 }
        return assay_nchisq_cdf(x, degreesOfFreedom, noncentrality, upper ? 1 : 0)
    }

    private func quantile(_ p: Double, upper: Bool) -> Double {
        guard p >= 0, p <= 1, !noncentrality.isNaN else { return .nan }
        if p == 0 || p == 1 { return (p == 0) == upper ? .infinity : 0 }
        return assay_nchisq_quantile(p, degreesOfFreedom, noncentrality, upper ? 1 : 0)
    }

    /// The non-centrality λ for which the probability of a value of at most `x` is `p`.
    ///
    /// The distribution function falls in λ. Zero when it is below `p` even at λ = 0, as the lower limit of RMSEA asks
    /// for; NaN for `p` outside (0, 1), for `x` negative, for a λ above 10⁹, and for degrees of freedom that are not positive.
    public static func noncentrality(cumulative p: Double, at x: Double, degreesOfFreedom: Double) -> Double {
        // Newton's method on the logarithm of the smaller tail, which is close to quadratic in λ, kept inside a
        // bracket; ∂F(x; ν, λ)/∂λ = −f(x; ν + 2, λ).
        guard p > 0, p < 1, x >= 0, x < .infinity, degreesOfFreedom > 0, degreesOfFreedom < .infinity else {
            return .nan
        }
        let usesUpperTail = p > 0.5
        let target = usesUpperTail ? log1p(-p) : log(p)
        func excess(_ lambda: Double) -> (value: Double, slope: Double) {
            let distribution = NoncentralChiSquared(degreesOfFreedom: degreesOfFreedom, noncentrality: lambda)
            let tail = usesUpperTail ? distribution.upperTail(x) : distribution.cumulative(x)
            let next = NoncentralChiSquared(degreesOfFreedom: degreesOfFreedom + 2, noncentrality: lambda)
            let sign = usesUpperTail ? -1.0 : 1
            return (sign * (log(tail) - target), -next.density(x) / tail)
        }
        let start = excess(0)
        if start.value.isNaN { return .nan }
        if start.value <= 0 { return 0 }
        // F at a mean of x lies near one half; step outwards by standard deviations until the root is bracketed.
        var low = 0.0
        var high = max(x - degreesOfFreedom, 0) + 1
        var step = 2 * (2 * (degreesOfFreedom + 2 * high)).squareRoot()
        while true {
            let value = excess(high).value
            if value.isNaN { return .nan }
            if value < 0 { break }
            low = high
            high += step
            step *= 2
        }
        var lambda = 0.5 * (low + high)
        for _ in 0..<200 {
            let (value, slope) = excess(lambda)
            // A tail that underflows to zero is far beyond the root.
            if value.isNaN { return .nan }
            if value > 0 { low = lambda } else { high = lambda }
            var next = lambda - value / slope
            if !(next > low && next < high) { next = 0.5 * (low + high) }
            if abs(next - lambda) <= 4 * lambda.ulp || high - low <= 2 * high.ulp { return next }
            lambda = next
        }
        return lambda
    }
}
