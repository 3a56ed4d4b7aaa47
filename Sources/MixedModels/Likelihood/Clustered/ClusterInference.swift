import LinearAlgebra

extension ClusterLikelihood {
    mutating func solution(at theta: [Double]) -> GeneralizedLeastSquares? {
        guard let deviance = value(at: theta) else { return nil }
        let p = statistics.fixedCount, m = p + 1
        let slopes = differentiate(criterion)
        let square = residualSquare
        let variance = square / degreesOfFreedom
        var coefficients = (0..<p).map { normalFactor[p + $0 * m] }
        backSubstitute(&coefficients)
        let scores = scoresByTerm
        return GeneralizedLeastSquares(
            coefficients: unshifted(coefficients), covariance: unshifted(variance * inverseNormal),
            residualVariance: variance, deviance: deviance, scores: scores,
            covarianceGradients: blocks.map { block in
                slopes.gradient.submatrix(rows: Array(block), columns: Array(block))
            })
    }

    mutating func sensitivity(at theta: [Double], moments: SensitivityMoments) throws -> VarianceSensitivity {
        guard value(at: theta) != nil else {
            throw MixedModelError.notEstimable("the likelihood is not defined at the estimates")
        }
        let slopes = differentiate(criterion)
        let square = residualSquare, variance = square / degreesOfFreedom
        let pieces = curvatures(slopes, withProducts: true)
        let entries = template.entries
        let twice = entries.map { $0.row == $0.column ? 1.0 : 2.0 }
        func single(_ matrix: Matrix) -> [Double] {
            zip(entries, twice).map { $1 * matrix[$0.row, $0.column] / variance }
        }
        let isREML = criterion == .reml
        let covariance = variance * currentFactor.timesTransposed(currentFactor)
        let information = pieces.products.map { reshifted((1 / (variance * variance)) * outOfFactor($0)) }
        let random = RandomEffectMoments(
            components: entries.map { covariance[$0.row, $0.column] }, residualVariance: variance,
            traces: single(isREML ? slopes.precision - slopes.leverage : slopes.precision),
            degreesOfFreedom: degreesOfFreedom,
            forms: pieces.scores.map { $0 / (variance * variance) }, residualForm: square / variance,
            doubleTraces: (1 / (variance * variance)) * pieces.traces,
            doubleForms: (1 / (variance * variance * variance)) * pieces.forms,
            information: information,
            totalInformation: reshifted((1 / variance) * outOfFactor(.identity(statistics.fixedCount))),
            second: moments == .first
                ? nil
                : (
                    traces: (1 / (variance * variance)) * precisionTraces,
                    products: weightedProducts.map { row in
                        row.map { reshifted((1 / (variance * variance * variance)) * outOfFactor($0)) }
                    },
                    single: single(slopes.precision), rowCount: Double(statistics.rowCount)
                ))
        return random.sensitivity
    }

    /// The rows of Λ that each term has.
    var blocks: [Range<Int>] {
        let ends = template.offsets.dropFirst() + [template.order]
        return zip(template.offsets, ends).map { $0..<$1 }
    }

    /// Z_fᵀV₁⁻¹(y − Xβ̂) (q_f × groups), after ``differentiate(_:)``.
    private var scoresByTerm: [Matrix] {
        let count = statistics.groupCount
        return blocks.map { block in
            Matrix(rows: block.count, columns: count) { k, j in residuals[(block.lowerBound + k) * count + j] }
        }
    }

    // MARK: From the columns cleared of the intercept to those of the design

    private func unshifted(_ coefficients: [Double]) -> [Double] {
        guard let intercept = statistics.intercept else { return coefficients }
        var result = coefficients
        result[intercept] += statistics.shifts[statistics.fixedCount]
        for c in coefficients.indices where c != intercept {
            result[intercept] -= statistics.shifts[c] * coefficients[c]
        }
        return result
    }

    /// A covariance matrix of coefficients.
    private func unshifted(_ covariance: Matrix) -> Matrix {
        shift(covariance, sign: -1, rowsOfIntercept: true)
    }

    /// A matrix of the form XᵀMX.
    private func reshifted(_ form: Matrix) -> Matrix {
        shift(form, sign: 1, rowsOfIntercept: false)
    }

    /// T·M·Tᵀ with T = I + sign·e·shiftsᵀ when `rowsOfIntercept`, its transpose otherwise.
    private func shift(_ matrix: Matrix, sign: Double, rowsOfIntercept: Bool) -> Matrix {
        guard let intercept = statistics.intercept else { return matrix }
        var map = Matrix.identity(statistics.fixedCount)
        for c in 0..<statistics.fixedCount where c != intercept {
            let value = sign * statistics.shifts[c]
            if rowsOfIntercept { map[intercept, c] = value } else { map[c, intercept] = value }
        }
        return map * matrix.timesTransposed(map)
    }
}
