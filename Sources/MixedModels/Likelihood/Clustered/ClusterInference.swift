import LinearAlgebra
import Optimization

extension ClusterLikelihood {
    mutating func solution(at theta: [Double]) -> GeneralizedLeastSquares? {
        guard let deviance = value(at: theta) else { return nil }
        let coefficients = clearedCoefficients
        return GeneralizedLeastSquares(
            coefficients: statistics.unshifted(coefficients),
            covariance: statistics.unshifted(residualVariance * fixedFactor.inverseOfProduct),
            residualVariance: residualVariance, deviance: deviance, scores: scores(coefficients))
    }

    /// β̂ of the columns of X.
    var coefficients: [Double] { statistics.unshifted(clearedCoefficients) }

    /// σ̂².
    var residualVariance: Double { residualSquare / degreesOfFreedom }

    private var clearedCoefficients: [Double] {
        let factor = normalFactor, p = statistics.fixedCount
        return fixedFactor.backSubstitution((0..<p).map { factor[p, $0] })
    }

    mutating func covarianceGradients(at theta: [Double]) -> [Matrix]? {
        guard value(at: theta) != nil else { return nil }
        if let pooled = pooledDerivatives(.expected) { return [Matrix(rows: 1, columns: 1, repeating: pooled.first)] }
        let gradient = differentiate(criterion).gradient
        return blocks.map { gradient.submatrix(rows: Array($0), columns: Array($0)) }
    }

    mutating func sensitivity(at theta: [Double], moments: SensitivityMoments) throws -> VarianceSensitivity {
        guard value(at: theta) != nil else {
            throw MixedModelError.notEstimable("the likelihood is not defined at the estimates")
        }
        let slopes = differentiate(criterion)
        let square = residualSquare, variance = square / degreesOfFreedom
        let pieces = curvatures(slopes, withProducts: true)
        let factor = fixedFactor, entries = template.entries
        let twice = entries.map { $0.row == $0.column ? 1.0 : 2.0 }
        func single(_ matrix: Matrix) -> [Double] {
            zip(entries, twice).map { $1 * matrix[$0.row, $0.column] / variance }
        }
        let isREML = criterion == .reml
        let covariance = variance * currentFactor.timesTransposed(currentFactor)
        let information = pieces.products.map {
            statistics.reshifted((1 / (variance * variance)) * factor.sandwich($0))
        }
        let random = RandomEffectMoments(
            components: entries.map { covariance[$0.row, $0.column] }, residualVariance: variance,
            traces: single(isREML ? slopes.precision - slopes.leverage : slopes.precision),
            degreesOfFreedom: degreesOfFreedom,
            forms: pieces.scores.map { $0 / (variance * variance) }, residualForm: square / variance,
            doubleTraces: (1 / (variance * variance)) * pieces.traces,
            doubleForms: (1 / (variance * variance * variance)) * pieces.forms,
            information: information,
            totalInformation: statistics.reshifted((1 / variance) * factor.timesTransposed(factor)),
            second: moments == .first
                ? nil
                : (
                    traces: (1 / (variance * variance)) * precisionTraces,
                    products: weightedProducts.map { row in
                        row.map { statistics.reshifted((1 / (variance * variance * variance)) * factor.sandwich($0)) }
                    },
                    single: single(slopes.precision), rowCount: Double(statistics.rowCount)
                ))
        return random.sensitivity
    }
}

extension Matrix {
    /// x with Lᵀx = b, of a lower triangular matrix.
    func backSubstitution(_ b: some Collection<Double>) -> [Double] {
        var x = Array(b)
        for c in x.indices.reversed() {
            for k in (c + 1)..<max(x.count, c + 1) { x[c] -= self[k, c] * x[k] }
            x[c] /= self[c, c]
        }
        return x
    }

    /// (L·Lᵀ)⁻¹ of a lower triangular matrix.
    var inverseOfProduct: Matrix {
        var inverse = storage
        guard rows > 0, BLAS.inverseFromCholeskyLower(rows, &inverse) else { return self }
        return Matrix(rows: rows, columns: rows) { inverse[max($0, $1) + min($0, $1) * rows] }
    }

    /// L·M·Lᵀ.
    func sandwich(_ matrix: Matrix) -> Matrix { self * matrix.timesTransposed(self) }
}
