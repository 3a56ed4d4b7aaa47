import LinearAlgebra

/// The moments of the observed variables that a covariance structure is fitted to.
public struct SampleMoments: Sendable, Hashable, Codable {
    /// The names of the observed variables, in the order of the rows of ``covariance``.
    public var names: [String]
    /// The covariance matrix S (p × p) with the divisor the likelihood asks for.
    public var covariance: Matrix
    /// The means x̄ (p), or nil when only a covariance matrix is at hand.
    public var means: [Double]?
    /// The number of cases N.
    public var caseCount: Int

    /// Creates moments from figures computed elsewhere.
    public init(names: [String], covariance: Matrix, means: [Double]?, caseCount: Int) {
        self.names = names
        self.covariance = covariance
        self.means = means
        self.caseCount = caseCount
    }

    /// The moments of complete data.
    ///
    /// - Parameters:
    ///   - data: cases × variables, without missing values.
    ///   - names: the names of the columns.
    ///   - divisor: N for the normal likelihood, N − 1 for the Wishart likelihood.
    public init(data: Matrix, names: [String], divisor: Divisor) {
        let n = Double(data.rows)
        var means = [Double](repeating: 0, count: data.columns)
        var centred = data
        for j in 0..<data.columns {
            var sum = 0.0
            for i in 0..<data.rows { sum += data[i, j] }
            means[j] = sum / n
            for i in 0..<data.rows { centred[i, j] -= means[j] }
        }
        let scale = 1 / (divisor == .caseCount ? n : n - 1)
        self.init(names: names, covariance: scale * centred.crossProduct, means: means, caseCount: data.rows)
    }

    /// What the sum of squares is divided by.
    public enum Divisor: String, Sendable, Hashable, Codable {
        /// N, as the normal likelihood has it.
        case caseCount
        /// N − 1, as the Wishart likelihood has it: the unbiased covariance matrix.
        case caseCountLessOne
    }
}
