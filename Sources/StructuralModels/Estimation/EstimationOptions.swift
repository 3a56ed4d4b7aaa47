/// How a model is fitted.
public struct EstimationOptions: Sendable, Hashable, Codable {
    /// The likelihood that is maximised.
    public enum Likelihood: String, Sendable, Hashable, Codable, CaseIterable {
        /// That of normal data: S has divisor N, χ² = N·F. The default of lavaan and Mplus.
        case normal
        /// That of the unbiased covariance matrix: S has divisor N − 1, χ² = (N − 1)·F. That of LISREL, EQS and AMOS.
        case wishart

        /// The divisor of the sample covariance matrix.
        var divisor: SampleMoments.Divisor { self == .normal ? .caseCount : .caseCountLessOne }

        /// The factor of the discrepancy in χ² for `caseCount` cases.
        func weight(_ caseCount: Int) -> Double { Double(self == .normal ? caseCount : caseCount - 1) }
    }

    /// The likelihood.
    public var likelihood: Likelihood

    /// Creates options.
    public init(likelihood: Likelihood = .normal) { self.likelihood = likelihood }
}
