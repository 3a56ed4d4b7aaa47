import LinearAlgebra

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension StructuredLikelihood {
    mutating func solution(at theta: [Double]) -> GeneralizedLeastSquares? {
        guard let state = state(at: theta) else { return nil }
        let variance = state.sumOfSquares / degreesOfFreedom
        let p = design.fixedCount
        let total = zip(offsetCoefficients, state.coefficients).map { $0 + $1 }
        let back = columns.inverse
        var scores = design.terms.map { Matrix(rows: $0.coefficientCount, columns: $0.levels.count) }
        for (index, pattern) in patterns.enumerated() {
            let n = pattern.order, m = pattern.blockCount
            var residuals = Array(state.whitened[index][(p * n * m)...])
            BLAS.solveTriangularLower(transposed: true, n, state.factors[index], m, &residuals)
            for (f, term) in pattern.terms.enumerated() {
                for block in 0..<m {
                    for (position, group) in term.groups.enumerated() {
                        let level = term.levels[block * term.groups.count + position]
                        for k in 0..<term.columns.columns {
                            var sum = 0.0
                            for row in group { sum += term.columns[row, k] * residuals[block * n + row] }
                            scores[f][k, level] += sum
                        }
                    }
                }
            }
        }
        return GeneralizedLeastSquares(
            coefficients: p > 0 ? back * total : [],
            covariance: variance * (back * state.covariance).timesTransposed(back), residualVariance: variance,
            deviance: state.deviance, scores: scores)
    }

    mutating func covarianceGradients(at theta: [Double]) -> [Matrix]? {
        state(at: theta).map { moments($0, .gradient).covarianceGradients }
    }

    /// The derivatives by φ: the covariances of the random effects, then ``residualComponents(at:variance:)``.
    /// - Throws: ``MixedModelError/notAvailable(_:)`` for the second moments of a structure in which V is not linear.
    mutating func sensitivity(at theta: [Double], moments depth: SensitivityMoments) throws -> VarianceSensitivity {
        let isSecond = depth == .second
        if isSecond, !residual.hasLinearForm {
            throw MixedModelError.notAvailable(
                "Kenward and Roger’s method needs covariances that are linear in their parameters, and those of "
                    + "\(structure) are not: use Satterthwaite’s")
        }
        guard let state = state(at: theta) else {
            throw MixedModelError.notEstimable("the likelihood is not defined at these covariance parameters")
        }
        let moments = moments(state, isSecond ? .products : .exact)
        let variance = state.sumOfSquares / degreesOfFreedom
        let count = parameterCount + 1, first = termParameterCount + 1
        // Derivatives of V itself: those by ω are σ² times those of V₁.
        let scale = (0..<count).map { $0 < first ? 1 : variance }
        var gradient = (0..<count).map { scale[$0] * moments.gradient[$0] / variance }
        var hessian = Matrix(rows: count, columns: count) {
            scale[$0] * scale[$1] / (variance * variance)
                * (2 * moments.average[$0, $1] / variance - moments.projectedTraces[$0, $1])
        }
        let power = variance * variance
        var information = (0..<count).map { (scale[$0] / power) * moments.information[$0] }
        var traces = Matrix(rows: count, columns: count) { scale[$0] * scale[$1] / power * moments.traces[$0, $1] }
        var products = moments.products
        for a in products.indices {
            for b in products.indices { products[a][b] = (scale[a] * scale[b] / (power * variance)) * products[a][b] }
        }
        if residual.hasLinearForm {
            // V has no second derivatives by its linear components: first derivatives are all there is to transform.
            let tail = residual.linearJacobian(variance: variance, omega: state.omega)
            let jacobian = Matrix(rows: count, columns: count) { row, column in
                let k = row - first + 1, l = column - first + 1
                return k >= 0 && l >= 0 ? tail[k, l] : row == column ? 1 : 0
            }
            gradient = jacobian.transposedTimes(Matrix(rows: count, columns: 1, columnMajor: gradient)).storage
            hessian = jacobian.transposedTimes(hessian * jacobian)
            traces = jacobian.transposedTimes(traces * jacobian)
            information = Self.combined(information, jacobian)
            if isSecond {
                let rows = products.map { Self.combined($0, jacobian) }
                let columns = (0..<count).map { column in Self.combined(rows.map { $0[column] }, jacobian) }
                products = (0..<count).map { a in (0..<count).map { b in columns[b][a] } }
            }
        } else {
            for k in 0..<residual.parameterCount {
                let mixed = moments.gradient[first + k] / variance
                hessian[first + k, first - 1] += mixed
                hessian[first - 1, first + k] += mixed
                for l in 0..<residual.parameterCount {
                    hessian[first + k, first + l] += moments.second[max(k, l), min(k, l)]
                }
            }
        }
        let triangle = columns.triangle
        func restored(_ matrix: Matrix) -> Matrix { triangle.transposedTimes(matrix * triangle) }
        return VarianceSensitivity(
            gradient: gradient, hessian: hessian, information: information.map(restored),
            second: isSecond ? .init(products: products.map { $0.map(restored) }, traces: traces) : nil)
    }

    /// Σ_m J_mk·A_m for each k.
    private static func combined(_ matrices: [Matrix], _ jacobian: Matrix) -> [Matrix] {
        (0..<jacobian.columns).map { column in
            var sum = Matrix(rows: matrices[0].rows, columns: matrices[0].columns)
            for (row, matrix) in matrices.enumerated() where jacobian[row, column] != 0 {
                sum = sum + jacobian[row, column] * matrix
            }
            return sum
        }
    }
}

extension StructuredLikelihood {
    /// What a reader must know of the residual structure: variances of strata at zero, and correlations at their limits.
    func residualWarnings(at theta: [Double]) -> [String] {
        let omega = residual.natural(theta[termParameterCount...])
        var warnings: [String] = []
        let ratios: [Double]
        if case .unstructured(let order) = residual.correlation {
            let covariance = CovarianceFactor(theta: [1] + theta[termParameterCount...], order: order).product
            ratios = covariance.diagonal.map { $0.squareRoot() }
            if let eigen = try? SymmetricEigen(covariance), eigen.values[order - 1] < 1e-8 * eigen.values[0] {
                warnings.append(
                    "The covariance matrix of the residuals, \(structure), is singular: there are too few clusters for "
                        + "so many occasions.")
            }
        } else {
            ratios = residual.strataNames.isEmpty ? [] : [1] + omega.suffix(residual.strataNames.count - 1)
        }
        let largest = ratios.max() ?? 1
        for (name, ratio) in zip(residual.strataNames, ratios) where ratio < 1e-4 * largest {
            warnings.append(
                "The residual variance at \(name) is estimated as zero, which leaves the figures without meaning: choose "
                    + "a simpler residual structure than \(structure).")
        }
        if residual.hasCorrelation {
            let rho = omega[0]
            let shortest: Double
            if case .power(let distances) = residual.correlation {
                shortest = distances.filter { $0 > 0 }.min() ?? 1
            } else {
                shortest = 1
            }
            let nearest = copysign(pow(abs(rho), shortest), rho)
            if nearest > 0.9999 {
                warnings.append(
                    "The residual correlation of \(structure) is estimated as 1: the residuals of a cluster hardly differ, "
                        + "which a random intercept without this structure says as well.")
            } else if residual.lowerBound < 0, rho < residual.lowerBound + 1e-4 {
                warnings.append(
                    "The residual correlation of \(structure) is estimated at its lower limit: choose a simpler model.")
            }
        }
        return warnings
    }
}
