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
    /// σ².
    public let residualVariance: Double

    /// R² of `fit`.
    /// - Throws: ``MixedModelError/notAvailable(_:)`` where the residual variance differs between rows.
    public init(_ fit: MixedModelFit) throws {
        try fit.requireEqualResidualVariances("R² of Nakagawa and Schielzeth")
        let fixed = (fit.design.fixed * fit.coefficients).sampleVariance
        var random = 0.0
        for (term, covariance) in zip(fit.design.terms, fit.covariances) {
            let moments = term.columns.crossProduct
            random += traceOfProduct(moments, covariance) / Double(fit.design.rowCount)
        }
        fixedVariance = fixed
        randomVariance = random
        residualVariance = fit.residualVariance
        let total = fixed + random + fit.residualVariance
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
    /// Throws unless σ² is the residual variance of every row.
    func requireEqualResidualVariances(_ purpose: String) throws {
        let structure = residualStructure
        var isUnstructured = false
        if case .unstructured = structure.correlation { isUnstructured = true }
        guard structure.variancesBy == nil, !isUnstructured, design.weights == nil else {
            throw MixedModelError.notAvailable(
                "\(purpose): not defined where the residual variance differs between rows, by case weights or a residual "
                    + "structure")
        }
    }
}
