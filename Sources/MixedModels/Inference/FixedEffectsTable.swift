import Probability

/// An estimate with its test against a value and its confidence interval.
public struct FixedEffect: Sendable, Hashable, Codable {
    /// The name of the coefficient or contrast.
    public let term: String
    /// The estimate.
    public let estimate: Double
    /// Its standard error.
    public let standardError: Double
    /// The degrees of freedom of t; nil when the statistic is a z.
    public let degreesOfFreedom: Double?
    /// (estimate − value)/standard error: t, or z without degrees of freedom.
    public let statistic: Double
    /// The two-sided p-value.
    public let pValue: Double
    /// The lower limit of the confidence interval.
    public let lower: Double
    /// The upper limit of the confidence interval.
    public let upper: Double

    init(
        term: String, estimate: Double, standardError: Double, degreesOfFreedom: Double?, level: Double,
        value: Double = 0
    ) {
        self.term = term
        self.estimate = estimate
        self.standardError = standardError
        statistic = (estimate - value) / standardError
        let tail = (1 - level) / 2
        let quantile: Double
        if let df = degreesOfFreedom, df.isFinite, df > 0 {
            let distribution = StudentT(degreesOfFreedom: df)
            self.degreesOfFreedom = df
            pValue = statistic.isFinite ? distribution.twoSided(statistic) : .nan
            quantile = distribution.upperQuantile(tail)
        } else {
            self.degreesOfFreedom = nil
            pValue = statistic.isFinite ? 2 * Normal.standard.upperTail(abs(statistic)) : .nan
            quantile = Normal.standard.upperQuantile(tail)
        }
        lower = estimate - quantile * standardError
        upper = estimate + quantile * standardError
    }
}

/// The fixed effects of a mixed model with their tests.
public struct FixedEffectsTable: Sendable, Hashable, Codable {
    /// A row for each fixed effect, in the order of the columns of X.
    public let rows: [FixedEffect]
    /// How they were tested.
    public let options: FixedEffectsOptions

    /// Tests the fixed effects of `fit`.
    /// - Throws: ``MixedModelError`` as ``FixedEffectsInference/init(_:options:)`` does.
    public init(_ fit: MixedModelFit, options: FixedEffectsOptions = FixedEffectsOptions()) throws {
        self = try FixedEffectsInference(fit, options: options).table
    }

    init(rows: [FixedEffect], options: FixedEffectsOptions) {
        self.rows = rows
        self.options = options
    }

    /// The row of that name.
    public subscript(term: String) -> FixedEffect? { rows.first { $0.term == term } }
}

/// A joint test of several linear combinations of fixed effects.
public struct FixedEffectsTest: Sendable, Hashable, Codable {
    /// What is tested.
    public let term: String
    /// F, or χ²/df where there are no denominator degrees of freedom.
    public let statistic: Double
    /// The number of linearly independent combinations.
    public let numeratorDegreesOfFreedom: Int
    /// The denominator degrees of freedom; nil when the statistic times the numerator's is a χ².
    public let denominatorDegreesOfFreedom: Double?
    /// The p-value.
    public let pValue: Double

    init(term: String, statistic: Double, numerator: Int, denominator: Double?) {
        self.term = term
        self.statistic = statistic
        numeratorDegreesOfFreedom = numerator
        if let denominator, denominator.isFinite, denominator > 0 {
            denominatorDegreesOfFreedom = denominator
            pValue = FisherF(Double(numerator), denominator).upperTail(statistic)
        } else {
            denominatorDegreesOfFreedom = nil
            pValue = ChiSquared(degreesOfFreedom: Double(numerator)).upperTail(statistic * Double(numerator))
        }
    }
}
