import LinearAlgebra

/// R² of Nakagawa & Schielzeth (2013, equations 29 and 30), with the extension of Johnson (2014) to random slopes.
public struct NakagawaSchielzethR2: Sendable, Hashable, Codable {
    /// The share of the fixed effects, σ_f²/(σ_f² + σ_r² + σ²).
    public let marginal: Double
    /// The share of fixed and random effects, (σ_f² + σ_r²)/(σ_f² + σ_r² + σ²).
    public let conditional: Double
    /// σ_f²: the variance of Xβ̂ over the rows, divisor n − 1.
    public let fixedVariance: Double
    /// σ_r²: the mean over rows of Σ_f zᵀ(cov b_f)z.
    public let randomVariance: Double
    /// σ², or with case weights the mean of σ²/w over the rows. NaN, and with it both R², where the variance of residuals
    /// differs between rows by a residual structure.
    public let residualVariance: Double

    /// R² of `fit`.
    public init(_ fit: MixedModelFit) {
        let fixed = (fit.design.fixed * fit.coefficients).sampleVariance
        var random = 0.0
        for (term, covariance) in zip(fit.design.terms, fit.covariances) {
            let moments = term.columns.crossProduct
            random += traceOfProduct(moments, covariance) / Double(fit.design.rowCount)
        }
        fixedVariance = fixed
        randomVariance = random
        var residual = fit.hasEqualResidualVariances ? fit.residualVariance : .nan
        if let weights = fit.design.weights {
            residual *= weights.reduce(0) { $0 + 1 / $1 } / Double(weights.count)
        }
        residualVariance = residual
        let total = fixed + random + residual
        marginal = fixed / total
        conditional = (fixed + random) / total
    }
}

extension [Double] {
    /// The variance with divisor n − 1; zero below two values.
    var sampleVariance: Double {
        guard count > 1 else { return 0 }
        let mean = reduce(0, +) / Double(count)
        return reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)
    }
}

extension MixedModelFit {
    /// Whether the residual structure gives all rows one variance, case weights apart.
    var hasEqualResidualVariances: Bool {
        if case .unstructured = residualStructure.correlation { return false }
        return residualStructure.variancesBy == nil
    }
}
