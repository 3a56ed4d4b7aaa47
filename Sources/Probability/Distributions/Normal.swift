#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The normal distribution.
public struct Normal: Sendable, Hashable {
    /// The mean.
    public let mean: Double
    /// The standard deviation, above zero.
    public let standardDeviation: Double

    /// The standard normal distribution.
    public static let standard = Normal()

    /// Creates the distribution; every function of it is NaN unless `standardDeviation` is positive and finite.
    public init(mean: Double = 0, standardDeviation: Double = 1) {
        self.mean = mean
        self.standardDeviation = standardDeviation > 0 && standardDeviation < .infinity ? standardDeviation : .nan
    }

    /// The density at `x`.
    public func density(_ x: Double) -> Double {
        let z = (x - mean) / standardDeviation
        // 1/√(2π)
        return 0.398_942_280_401_432_677_94 * exp(-0.5 * z * z) / standardDeviation
    }

    /// The probability of a value of at most `x`.
    public func cumulative(_ x: Double) -> Double {
        0.5 * erfc((mean - x) / standardDeviation * 0.5.squareRoot())
    }

    /// The probability of a value above `x`, with full relative accuracy far out.
    public func upperTail(_ x: Double) -> Double {
        0.5 * erfc((x - mean) / standardDeviation * 0.5.squareRoot())
    }

    /// The value below which a share `p` lies: ±∞ at 0 and 1, NaN outside [0, 1].
    ///
    /// Wichura (1988, Applied Statistics 37, 477–484), algorithm AS 241, PPND16: relative error about 1e-16.
    public func quantile(_ p: Double) -> Double { mean + standardDeviation * Self.standardQuantile(p) }

    /// The value above which a share `p` lies.
    public func upperQuantile(_ p: Double) -> Double { mean - standardDeviation * Self.standardQuantile(p) }

    static func standardQuantile(_ p: Double) -> Double {
        let q = p - 0.5
        if abs(q) <= 0.425 {
            let r = 0.180625 - q * q
            return q
                * horner(
                    r, 3.3871328727963666080, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
                    4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3)
                / horner(
                    r, 1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
                    2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3)
        }
        guard p > 0, p < 1 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
        let root = (-log(q < 0 ? p : 1 - p)).squareRoot()
        let magnitude: Double
        if root <= 5 {
            let r = root - 1.6
            magnitude =
                horner(
                    r, 1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
                    1.27045825245236838258, 2.41780725177450611770e-1, 2.27238449892691845833e-2,
                    7.74545014278341407640e-4)
                / horner(
                    r, 1, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1,
                    1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
                    1.05075007164441684324e-9)
        } else {
            let r = root - 5
            magnitude =
                horner(
                    r, 6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580,
                    2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                    2.71155556874348757815e-5, 2.01033439929228813265e-7)
                / horner(
                    r, 1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
                    7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
                    2.04426310338993978564e-15)
        }
        return q < 0 ? -magnitude : magnitude
    }

    /// The polynomial in `r` with the coefficients given, from the constant term up.
    @inline(__always)
    private static func horner(
        _ r: Double, _ a0: Double, _ a1: Double, _ a2: Double, _ a3: Double, _ a4: Double, _ a5: Double, _ a6: Double,
        _ a7: Double
    ) -> Double {
        let high = ((a7 * r + a6) * r + a5) * r + a4
        return (((high * r + a3) * r + a2) * r + a1) * r + a0
    }
}
