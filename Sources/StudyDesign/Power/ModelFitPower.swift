import Probability

/// The power of the tests of a model's fit by RMSEA (MacCallum, Browne & Sugawara 1996).
///
/// The test statistic is non-central χ² with λ = (N − 1)·df·ε². The null hypothesis is rejected in the upper tail where the
/// alternative is worse than it (close and exact fit), in the lower tail where it is better (not-close fit).
public struct ModelFitPower: Sendable, Hashable {
    /// RMSEA under the null hypothesis, ε₀.
    public let nullRMSEA: Double
    /// RMSEA under the alternative, εₐ.
    public let alternativeRMSEA: Double
    /// The degrees of freedom of the model.
    public let degreesOfFreedom: Int
    /// The level of significance.
    public let alpha: Double

    /// - Throws: ``PowerError``.
    public init(nullRMSEA: Double, alternativeRMSEA: Double, degreesOfFreedom: Int, alpha: Double = 0.05)
        throws(PowerError)
    {
        for (value, what) in [
            (nullRMSEA, "the RMSEA of the null hypothesis"), (alternativeRMSEA, "the RMSEA to be found"),
        ]
        where !(value >= 0 && value <= 1) {
            throw .outOfRange(what, value, "it must lie between 0 and 1, for example 0.05 or 0.08")
        }
        guard nullRMSEA != alternativeRMSEA else {
            throw .request(
                "both RMSEA are \(nullRMSEA): there is no difference to find; take 0.05 and 0.08 for close fit, 0.05 and 0.01 "
                    + "for not-close fit, 0 and 0.05 for exact fit")
        }
        guard (1...1_000_000).contains(degreesOfFreedom) else {
            throw .outOfRange(
                "the degrees of freedom", Double(degreesOfFreedom),
                "RMSEA needs a model with at least 1; a model without them fits any data")
        }
        try PowerError.verify(probability: alpha, "alpha", example: 0.05)
        (self.nullRMSEA, self.alternativeRMSEA) = (nullRMSEA, alternativeRMSEA)
        (self.degreesOfFreedom, self.alpha) = (degreesOfFreedom, alpha)
    }

    /// The usual tests, with the hypotheses of MacCallum, Browne and Sugawara (1996).
    public enum Usual: String, Sendable, Hashable, CaseIterable {
        /// H₀: ε ≤ .05 against .08.
        case close
        /// H₀: ε ≥ .05 against .01.
        case notClose = "not-close"
        /// H₀: ε = 0 against .05.
        case exact

        /// ε₀ and εₐ.
        public var hypotheses: (null: Double, alternative: Double) {
            switch self {
            case .close: (0.05, 0.08)
            case .notClose: (0.05, 0.01)
            case .exact: (0, 0.05)
            }
        }

        /// The test in words.
        public var title: String {
            switch self {
            case .close: "Close fit"
            case .notClose: "Not-close fit"
            case .exact: "Exact fit"
            }
        }
    }

    /// One of the usual tests.
    ///
    /// - Throws: ``PowerError``.
    public init(_ test: Usual, degreesOfFreedom: Int, alpha: Double = 0.05) throws(PowerError) {
        let (null, alternative) = test.hypotheses
        try self.init(
            nullRMSEA: null, alternativeRMSEA: alternative, degreesOfFreedom: degreesOfFreedom, alpha: alpha)
    }

    /// The power with N cases; NaN below 2.
    public func power(sampleSize: Int) -> Double {
        guard sampleSize >= 2 else { return .nan }
        func distribution(_ rmsea: Double) -> NoncentralChiSquared {
            let d = Double(degreesOfFreedom)
            return NoncentralChiSquared(
                degreesOfFreedom: d, noncentrality: Double(sampleSize - 1) * d * rmsea * rmsea)
        }
        let null = distribution(nullRMSEA), alternative = distribution(alternativeRMSEA)
        return alternativeRMSEA > nullRMSEA
            ? alternative.upperTail(null.upperQuantile(alpha)) : alternative.cumulative(null.quantile(alpha))
    }

    /// The least N that gives a power.
    ///
    /// - Throws: ``PowerError``.
    public func minimumSampleSize(power: Double) throws(PowerError) -> Int {
        try PowerError.verify(probability: power, "the power", example: 0.8)
        guard let n = MonotoneRoot.findInteger(power, from: 2, limit: 10_000_000, { self.power(sampleSize: $0) }) else {
            throw .unattainable(
                "no sample of up to ten million cases gives a power of \(power) to tell an RMSEA of \(alternativeRMSEA) from "
                    + "\(nullRMSEA) with \(degreesOfFreedom) degrees of freedom")
        }
        return n
    }
}
