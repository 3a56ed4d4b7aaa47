import LinearAlgebra
import Probability

/// The random effects of a term as residuals of the higher level.
public struct Level2Residuals: Sendable, Hashable, Codable {
    /// The term, as ``RandomTerm/name``.
    public let term: String
    /// The names of the coefficients.
    public let coefficientNames: [String]
    /// The groups.
    public let levels: [String]
    /// The estimated random effects (groups × q).
    public let effects: Matrix
    /// Estimated effects over their own standard deviations, those of b̂, which shrinkage makes smaller than those of b
    /// (Goldstein 2011, section 2.15: "diagnostic" standard errors); NaN for a variance at zero.
    public let standardized: Matrix
    /// b̂ᵀ(cov b̂)⁻¹b̂ of each group, which HLM calls MDIST (Raudenbush & Bryk 2002, p. 274); χ² with as many degrees of
    /// freedom as cov b has rank when the model is right.
    public let mahalanobisDistances: [Double]
    /// The quantile of that χ² at the rank of each distance, (rank − ½)/J, which HLM calls CHIPCT.
    public let expectedDistances: [Double]
    /// The degrees of freedom of χ², the rank of cov b.
    public let degreesOfFreedom: Int

    /// The residuals of the terms of `fit`.
    /// - Throws: as ``EmpiricalBayes/terms(of:)``.
    public static func terms(of fit: MixedModelFit) throws -> [Level2Residuals] {
        let terms = try EmpiricalBayes.terms(of: fit)
        return try terms.indices.map { try Level2Residuals(terms[$0], covariance: fit.covariances[$0]) }
    }

    private init(_ bayes: EmpiricalBayes, covariance: Matrix) throws {
        let count = bayes.levels.count, q = bayes.coefficientNames.count
        var standardized = Matrix(rows: count, columns: q, repeating: .nan)
        var distances: [Double] = []
        let scale = covariance.diagonal.map { $0 > 0 ? 1 / $0.squareRoot() : 0 }
        var rank = 0
        for group in 0..<count {
            // Scaled to the standard deviations of b, so that the rank does not depend on units.
            let spread = Matrix(rows: q, columns: q) {
                scale[$0] * (covariance[$0, $1] - bayes.conditionalCovariances[group][$0, $1]) * scale[$1]
            }
            let effect = (0..<q).map { scale[$0] * bayes.effects[group, $0] }
            for k in 0..<q where spread[k, k] > 1e-10 {
                standardized[group, k] = effect[k] / spread[k, k].squareRoot()
            }
            distances.append(try symmetricPower(spread.symmetrized, -1, tolerance: 1e-9).quadraticForm(effect))
        }
        if let eigen = try? SymmetricEigen(
            Matrix(rows: q, columns: q) { scale[$0] * covariance[$0, $1] * scale[$1] })
        {
            rank = eigen.values.count { $0 > 1e-9 }
        }
        let order = distances.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }
        var expected = [Double](repeating: .nan, count: count)
        if rank > 0 {
            let chi = ChiSquared(degreesOfFreedom: Double(rank))
            for (position, group) in order.enumerated() {
                expected[group] = chi.quantile((Double(position) + 0.5) / Double(count))
            }
        }
        term = bayes.term
        coefficientNames = bayes.coefficientNames
        levels = bayes.levels
        effects = bayes.effects
        self.standardized = standardized
        mahalanobisDistances = distances
        expectedDistances = expected
        degreesOfFreedom = rank
    }

    /// The quantile-quantile plot of the standardised effects of a coefficient.
    public func normalQuantiles(coefficient: Int = 0) -> NormalQuantiles {
        NormalQuantiles((0..<standardized.columns).contains(coefficient) ? standardized.column(coefficient) : [])
    }
}
