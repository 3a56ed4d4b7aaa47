import LinearAlgebra
import Optimization

/// A fitted linear mixed model: what the estimates are and what inference starts from.
public struct MixedModelFit: Sendable {
    /// The data and matrices.
    public let design: MixedDesign
    /// REML or ML.
    public let criterion: MixedCriterion
    /// The relative covariance parameters: term by term the lower triangle of Λ_f by columns, then those of the residual
    /// structure.
    public let theta: [Double]
    /// Λ_f of each term (q_f × q_f, lower triangular, diagonal not negative): cov b_f = σ²Λ_fΛ_fᵀ.
    public let factors: [Matrix]
    /// cov b_f of each term, in the units of the response.
    public let covariances: [Matrix]
    /// σ².
    public let residualVariance: Double
    /// β̂ (p).
    public let coefficients: [Double]
    /// The model-based covariance matrix of β̂ (p × p).
    public let coefficientCovariance: Matrix
    /// −2 log L, or the REML criterion.
    public let deviance: Double
    /// The estimated random effects of each term (groups × q_f): empirical Bayes estimates, or BLUPs.
    public let randomEffects: [Matrix]
    /// How the minimisation ended.
    public let convergence: ConvergenceReport
    /// What a reader must know: variances at zero, correlations at ±1, in words.
    public let warnings: [String]
    /// The number of entries of θ that belong to the random terms; the rest are parameters of the residual structure.
    let covarianceParameterCount: Int
    /// The likelihood at the estimates, for inference.
    let likelihood: any MixedLikelihood

    /// Xβ̂ + offset (n): the fitted values without random effects.
    public var marginalFit: [Double] {
        let fit = design.fixed * coefficients
        guard let offset = design.offset else { return fit }
        return zip(fit, offset).map { $0 + $1 }
    }

    /// Xβ̂ + offset + Σ Z_f b̂_f (n).
    public var conditionalFit: [Double] {
        var fit = marginalFit
        for (term, effects) in zip(design.terms, randomEffects) {
            for row in fit.indices {
                for k in 0..<term.coefficientCount { fit[row] += term.columns[row, k] * effects[term.groups[row], k] }
            }
        }
        return fit
    }

    /// y − conditional fit (n): level-1 residuals.
    public var residuals: [Double] { zip(design.response, conditionalFit).map { $0 - $1 } }

    /// The number of estimated parameters, as lme4 counts them: fixed effects, covariance parameters and σ².
    public var parameterCount: Int { design.fixedCount + theta.count + 1 }

    /// How level-1 residuals vary and correlate.
    public var residualStructure: ResidualStructure { (likelihood as? StructuredLikelihood)?.structure ?? .independent }

    /// The parameters of the residual structure besides σ²: correlations, and ratios of standard deviations.
    public var residualParameters: [(name: String, value: Double)] {
        (likelihood as? StructuredLikelihood)?.residualParameters(at: theta) ?? []
    }

    /// The derivatives that inference on the fixed effects needs.
    func sensitivity(_ moments: SensitivityMoments) throws -> VarianceSensitivity {
        var likelihood = likelihood
        return try likelihood.sensitivity(at: theta, moments: moments)
    }
}
