import LinearAlgebra

/// The decomposition of the variance of a two-level model's response by Rights & Sterba (2019), Psychological Methods 24,
/// 309-338, from which their R² measures follow as shares.
///
/// Predictions Xβ̂ and the columns of random coefficients are split into group means and deviations from them, so that
/// predictors need not be centred within groups; where they are, ``slopesBetween`` is zero and the parts are those of the
/// article, f₁, f₂, v, m and σ².
public struct RightsSterbaR2: Sendable, Hashable, Codable {
    /// f₁: level-1 predictors by fixed effects, the variance of xᵀβ̂ within groups.
    public let fixedWithin: Double
    /// f₂: level-2 predictors by fixed effects, the variance of the group means of xᵀβ̂.
    public let fixedBetween: Double
    /// v: level-1 predictors by slopes that vary, tr(TΣ) over deviations within groups.
    public let slopesWithin: Double
    /// Slopes that vary times differences between group means of their predictors; zero for predictors centred within
    /// groups.
    public let slopesBetween: Double
    /// m: group means by intercepts that vary, z̄ᵀTz̄ at the mean of the predictors with random slopes.
    public let intercepts: Double
    /// σ².
    public let residual: Double

    /// The total variance.
    public var total: Double { within + between }
    /// The variance within groups.
    public var within: Double { fixedWithin + slopesWithin + residual }
    /// The variance between groups.
    public var between: Double { fixedBetween + slopesBetween + intercepts }

    /// The share of all fixed effects in the total variance, R²_t(f).
    public var totalFixed: Double { (fixedWithin + fixedBetween) / total }
    /// The share of fixed effects and slope variation, R²_t(fv).
    public var totalFixedAndSlopes: Double { (fixedWithin + fixedBetween + slopesWithin + slopesBetween) / total }
    /// The share of everything but residuals, R²_t(fvm).
    public var totalAll: Double { 1 - residual / total }
    /// The share of fixed effects in the variance within groups, R²_w(f₁).
    public var withinFixed: Double { fixedWithin / within }
    /// The share of fixed effects and slope variation in the variance within groups, R²_w(f₁v).
    public var withinFixedAndSlopes: Double { (fixedWithin + slopesWithin) / within }
    /// The share of fixed effects in the variance between groups, R²_b(f₂); NaN without variance between groups.
    public var betweenFixed: Double { fixedBetween / between }
    /// The share of intercept variation in the variance between groups, R²_b(m); NaN without variance between groups.
    public var betweenIntercepts: Double { intercepts / between }

    /// The decomposition for `fit`; variances over rows have divisor n − 1.
    /// - Throws: ``MixedModelError/notAvailable(_:)`` unless there is one grouping factor and one residual
    ///   variance.
    public init(_ fit: MixedModelFit) throws {
        let design = fit.design
        guard let first = design.terms.first, design.terms.allSatisfy({ $0.groups == first.groups }) else {
            throw MixedModelError.notAvailable(
                "the decomposition of Rights and Sterba: defined for one grouping factor")
        }
        guard fit.hasEqualResidualVariances, design.weights == nil else {
            throw MixedModelError.notAvailable(
                "the decomposition of Rights and Sterba: not defined where the residual variance differs between rows, by "
                    + "case weights or a residual structure")
        }
        let n = Double(design.rowCount)
        let split = first.groupMeansAndDeviations(
            Matrix(rows: design.rowCount, columns: 1, columnMajor: design.fixed * fit.coefficients))
        fixedBetween = split.means.storage.sampleVariance
        fixedWithin = dot(split.deviations.storage, split.deviations.storage) / (n - 1)
        var slopesWithin = 0.0, slopesBetween = 0.0, intercepts = 0.0
        for (term, covariance) in zip(design.terms, fit.covariances) {
            var (means, deviations) = term.groupMeansAndDeviations(term.columns)
            let centre = (0..<means.columns).map { means.column($0).reduce(0, +) / n }
            slopesWithin += traceOfProduct(deviations.crossProduct, covariance) / (n - 1)
            for k in 0..<means.columns { for i in 0..<means.rows { means[i, k] -= centre[k] } }
            slopesBetween += traceOfProduct(means.crossProduct, covariance) / (n - 1)
            intercepts += covariance.quadraticForm(centre)
        }
        self.slopesWithin = slopesWithin
        self.slopesBetween = slopesBetween
        self.intercepts = intercepts
        residual = fit.residualVariance
    }
}

extension RandomTerm {
    /// The columns' group means, repeated over the rows, and what is left.
    func groupMeansAndDeviations(_ columns: Matrix) -> (means: Matrix, deviations: Matrix) {
        var sizes = [Double](repeating: 0, count: levels.count)
        for group in groups { sizes[group] += 1 }
        var means = columns
        for k in 0..<columns.columns {
            var sums = [Double](repeating: 0, count: levels.count)
            for (row, group) in groups.enumerated() { sums[group] += columns[row, k] }
            for (row, group) in groups.enumerated() { means[row, k] = sums[group] / sizes[group] }
        }
        return (means, columns - means)
    }
}
