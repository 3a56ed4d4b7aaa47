import LinearAlgebra

/// Estimates of each case's values of the latent variables.
public struct FactorScores: Sendable, Hashable, Codable {
    /// The way the scores are computed.
    public enum Method: String, Sendable, Hashable, Codable, CaseIterable {
        /// The regression on the observed variables (Thurstone 1935; Thomson 1939): smallest mean squared error.
        case regression
        /// Weighted least squares (Bartlett 1937): unbiased for the case's own values.
        case bartlett
    }

    /// The latent variables, in the order of the columns.
    public var latentVariables: [String]
    /// Cases × latent variables.
    public var scores: Matrix
    /// The correlation of each score with its latent variable in the model (Grice 2001); nil where undefined.
    public var determinacy: [Double?]
}

extension FittedModel {
    /// The factor scores of the cases that the model was fitted to.
    ///
    /// With E the covariances of all variables, regression scores are E[η,y]Σ⁻¹(y − μ) + E(η). Bartlett's are
    /// (ΛᵀΘ⁻¹Λ)⁻¹ΛᵀΘ⁻¹(y − μ) + E(η) with Λ the loadings of the observed on the latent variables and Θ the residual covariances.
    /// - Throws: ``StructuralModelError/needsRawData(_:)``; for Bartlett's scores, ``StructuralModelError/notAvailable(_:)``
    ///   when a residual variance is not positive or a latent variable has no observed indicator.
    public func factorScores(_ method: FactorScores.Method = .regression) throws(StructuralModelError) -> FactorScores {
        guard let data else { throw .needsRawData("the computation of factor scores") }
        let p = model.plan.observedCount, t = model.plan.variables.count
        let observed = Array(0..<p), latent = Array(p..<t)
        let mu = impliedMeans.map { Array($0[..<p]) } ?? moments.means ?? []
        let deviations = Matrix(rows: p, columns: data.rows) { data[$1, $0] - mu[$0] }
        let cross = impliedCovariance.submatrix(rows: latent, columns: observed)
        let weights: Matrix
        switch method {
        case .regression:
            guard let sigma = try? Cholesky(impliedObservedCovariance) else {
                throw .notAvailable("factor scores need an implied covariance matrix that is positive definite")
            }
            weights = sigma.solve(cross.transpose).transpose
        case .bartlett: weights = try bartlettWeights(observed, latent)
        }
        var scores = (weights * deviations).transpose
        if let means = impliedMeans {
            for (column, variable) in latent.enumerated() {
                for row in 0..<scores.rows { scores[row, column] += means[variable] }
            }
        }
        let determinacy = latent.indices.map { k -> Double? in
            let row = weights.row(k)
            let variance = impliedObservedCovariance.quadraticForm(row), own = impliedCovariance[latent[k], latent[k]]
            let r = dot(row, cross.row(k)) / (variance * own).squareRoot()
            return r.isFinite ? r : nil
        }
        return FactorScores(
            latentVariables: latent.map { model.plan.variables[$0] }, scores: scores, determinacy: determinacy)
    }

    private func bartlettWeights(_ observed: [Int], _ latent: [Int]) throws(StructuralModelError) -> Matrix {
        let kernel = evaluatedKernel(), paths = kernel.directedPaths(), s = kernel.disturbanceCovariances()
        let lambda = paths.submatrix(rows: observed, columns: latent)
        guard let theta = try? Cholesky(s.submatrix(rows: observed, columns: observed)) else {
            throw .notAvailable(
                "Bartlett's factor scores need positive residual variances; use regression scores instead")
        }
        let weighted = theta.solve(lambda)
        guard let normal = try? Cholesky(lambda.transposedTimes(weighted)) else {
            throw .notAvailable(
                "Bartlett's factor scores need observed indicators of every latent variable; use regression scores "
                    + "instead")
        }
        return normal.solve(weighted.transpose)
    }
}
