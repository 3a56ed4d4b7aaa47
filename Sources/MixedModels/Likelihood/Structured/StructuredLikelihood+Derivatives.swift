import LinearAlgebra
import Optimization

/// Sums over blocks that every derivative by the components is made of. V_k is the derivative of V₁ by component k: of the
/// lower triangle of each G_f by columns, then σ² (V_k = R), then ω. r = y − Xβ̂; P is V₁⁻¹ with the fixed effects
/// projected out; everything is relative to σ², and Q stands for X.
struct CovarianceMoments {
    /// ⟨K, V_k⟩ with K = V₁⁻¹ − c·V₁⁻¹rrᵀV₁⁻¹ summed over blocks, c = 1/σ̂², and P for V₁⁻¹ in restricted likelihood:
    /// the derivative of the criterion.
    var gradient: [Double]
    /// ⟨K, ∂²R/∂ω∂ωᵀ⟩, lower triangle.
    var second: Matrix
    /// ⟨K, ·⟩ of each term as the matrix M with d = tr(M·dG).
    var covarianceGradients: [Matrix]
    /// rᵀV₁⁻¹V_kV₁⁻¹r.
    var quadratic: [Double]
    /// rᵀV₁⁻¹V_kPV_lV₁⁻¹r.
    var average: Matrix
    /// tr(V₁⁻¹V_kV₁⁻¹V_l).
    var traces: Matrix
    /// tr(PV_kPV_l).
    var projectedTraces: Matrix
    /// QᵀV₁⁻¹V_kV₁⁻¹Q.
    var information: [Matrix]
    /// QᵀV₁⁻¹V_kV₁⁻¹V_lV₁⁻¹Q.
    var products: [[Matrix]]
}

extension StructuredLikelihood {
    /// How far ``CovarianceMoments`` are computed.
    enum Depth: Int {
        case gradient, average, exact, products
    }

    /// Above this many multiplications an exact Hessian is no longer worth its cost in a minimisation.
    private static let exactCost = 2e9

    mutating func gradient(at theta: [Double], into gradient: inout [Double]) {
        guard let state = state(at: theta) else { return }
        let moments = moments(state, .gradient)
        let chain = chain(state, moments)
        for k in gradient.indices { gradient[k] = chain.gradient[k] }
    }

    mutating func derivatives(
        at theta: [Double], curvature: Curvature, gradient: inout [Double], hessian: inout [Double]
    ) {
        guard let state = state(at: theta) else { return }
        let cost = patterns.reduce(0.0) { $0 + Double($1.order * $1.order * $1.order) } * Double(parameterCount)
        let isExact = curvature == .exact && cost < Self.exactCost
        let moments = moments(state, isExact ? .exact : .average)
        let chain = chain(state, moments)
        let variance = state.sumOfSquares / degreesOfFreedom
        // Everything but σ², which is profiled out.
        let kept = (0..<(parameterCount + 1)).filter { $0 != termParameterCount }
        let count = parameterCount
        var natural = Matrix(rows: count, columns: count) { row, column in
            let k = kept[row], l = kept[column]
            let profile = moments.quadratic[k] * moments.quadratic[l] / (variance * state.sumOfSquares)
            let average = moments.average[k, l] / variance
            return isExact ? 2 * average - moments.projectedTraces[k, l] - profile : average - profile
        }
        if isExact { addSecondDerivatives(moments, to: &natural, first: termParameterCount) }
        var result = chain.jacobian.transposedTimes(natural * chain.jacobian)
        if isExact { result = result + chain.curvature }
        for k in gradient.indices { gradient[k] = chain.gradient[k] }
        for j in 0..<count { for i in j..<count { hessian[i + j * count] = result[i, j] } }
    }

    private func addSecondDerivatives(_ moments: CovarianceMoments, to matrix: inout Matrix, first: Int) {
        for k in 0..<residual.parameterCount {
            for l in 0..<residual.parameterCount {
                matrix[first + k, first + l] += moments.second[max(k, l), min(k, l)]
            }
        }
    }

    /// The derivatives of the components by θ, and the gradient by θ; σ² left out.
    private func chain(
        _ state: State, _ moments: CovarianceMoments
    ) -> (gradient: [Double], jacobian: Matrix, curvature: Matrix) {
        let count = parameterCount, termCount = termParameterCount
        var natural = moments.gradient
        natural.remove(at: termCount)
        var jacobian = Matrix(rows: count, columns: count), curvature = jacobian
        func place(_ block: Matrix, _ bend: Matrix, at first: Int) {
            for j in 0..<block.columns {
                for i in 0..<block.rows {
                    jacobian[first + i, first + j] = block[i, j]
                    curvature[first + i, first + j] = bend[i, j]
                }
            }
        }
        var first = 0
        for term in design.terms {
            let last = first + term.parameterCount
            let factor = CovarianceFactor(theta: state.theta[first..<last], order: term.coefficientCount)
            place(factor.jacobian, factor.curvature(Array(natural[first..<last])), at: first)
            first = last
        }
        let tail = residual.chain(state.theta[termCount...], gradient: Array(natural[termCount...]))
        place(tail.jacobian, tail.curvature, at: termCount)
        let gradient = jacobian.transposedTimes(Matrix(rows: count, columns: 1, columnMajor: natural)).storage
        return (gradient, jacobian, curvature)
    }

    // MARK: - Sums over blocks

    func moments(_ state: State, _ depth: Depth) -> CovarianceMoments {
        let p = design.fixedCount, count = parameterCount + 1, c = degreesOfFreedom / state.sumOfSquares
        let width = p + 1
        var result = CovarianceMoments(
            gradient: [Double](repeating: 0, count: count),
            second: Matrix(rows: residual.parameterCount, columns: residual.parameterCount),
            covarianceGradients: design.terms.map {
                Matrix(rows: $0.coefficientCount, columns: $0.coefficientCount)
            },
            quadratic: [Double](repeating: 0, count: count), average: Matrix(rows: count, columns: count),
            traces: Matrix(rows: count, columns: count), projectedTraces: Matrix(rows: count, columns: count),
            information: [], products: [])
        var varianceGradient = 0.0
        var omegaGradient = [Double](repeating: 0, count: residual.parameterCount)
        // [QᵀV₁⁻¹V_kV₁⁻¹Q, QᵀV₁⁻¹V_kV₁⁻¹r; ·, rᵀV₁⁻¹V_kV₁⁻¹r]
        var firstOrder = [[Double]](repeating: [Double](repeating: 0, count: width * width), count: count)
        var crossed = [Double](repeating: 0, count: depth == .products ? (width * count) * (width * count) : 0)
        var fixedTraces = [Double](repeating: 0, count: count * count)
        var residualProducts = fixedTraces
        let fixedFactor = p > 0 ? (try? Cholesky(state.covariance).factor) ?? Matrix(rows: p, columns: p) : nil

        for (index, pattern) in patterns.enumerated() {
            let n = pattern.order, m = pattern.blockCount, size = n * m
            let factor = state.factors[index]
            // B = V₁⁻¹[Q, r]
            var weighted = state.whitened[index]
            BLAS.solveTriangularLower(transposed: true, n, factor, m * width, &weighted)
            var inverse = [Double](repeating: 0, count: n * n), k = inverse
            BLAS.inverseFromCholeskyLower(n, factor, into: &inverse, scratch: &k)
            for j in 0..<n { for i in 0..<j { inverse[i + j * n] = inverse[j + i * n] } }

            for entry in 0..<(n * n) { k[entry] = Double(m) * inverse[entry] }
            if criterion == .reml, p > 0 {
                var scaled = [Double](repeating: 0, count: size * p)
                BLAS.gemm(
                    false, false, size, p, p, 1, weighted, size, state.covariance.storage, p, 0, &scaled, size)
                BLAS.gemm(false, true, n, n, m * p, -1, scaled, n, weighted, n, 1, &k, n)
            }
            weighted.withUnsafeBufferPointer { b in
                guard let residuals = b.baseAddress.map({ $0 + p * size }) else { return }
                BLAS.gemm(false, true, n, n, m, -c, residuals, n, residuals, n, 1, &k, n)
            }
            for f in pattern.terms.indices {
                result.covarianceGradients[f] = result.covarianceGradients[f] + pattern.contract(term: f, k)
            }
            pattern.contractResidual(
                residual, state.tables, k, value: &varianceGradient, gradient: &omegaGradient, second: &result.second)
            guard depth.rawValue > Depth.gradient.rawValue else { continue }

            // N_k = V_kB, and T_k = L⁻¹N_k: all columns, or the residuals' alone for the average information.
            let isFull = depth.rawValue >= Depth.exact.rawValue
            let used = isFull ? width : 1, skipped = isFull ? 0 : p * size
            var derivative = [Double](repeating: 0, count: n * n)
            var images = [Double](repeating: 0, count: size * used * count)
            var ratios = [[Double]](repeating: isFull ? derivative : [], count: count)
            for component in 0..<count {
                writeDerivative(component, pattern, state.tables, into: &derivative)
                let first = size * used * component
                images.withUnsafeMutableBufferPointer { t in
                    guard let target = t.baseAddress.map({ $0 + first }) else { return }
                    weighted.withUnsafeBufferPointer { b in
                        guard let source = b.baseAddress else { return }
                        BLAS.gemm(false, false, n, m * used, n, 1, derivative, n, source + skipped, n, 0, target, n)
                        if isFull {
                            BLAS.gemm(
                                true, false, width, width, size, 1, source, size, target, size, 1,
                                &firstOrder[component], width)
                        } else {
                            // Only the last column.
                            firstOrder[component].withUnsafeMutableBufferPointer { last in
                                guard let last = last.baseAddress.map({ $0 + p * width }) else { return }
                                BLAS.gemm(
                                    true, false, width, 1, size, 1, source, size, target, size, 1, last, width)
                            }
                        }
                    }
                    BLAS.solveTriangularLower(transposed: false, n, factor, m * used, target)
                }
                if isFull {
                    BLAS.gemm(
                        false, false, n, n, n, 1, inverse, n, derivative, n, 0, &ratios[component], n)
                }
            }
            if depth == .products {
                BLAS.syrkLower(
                    transposesA: true, width * count, size, 1, images, size, 1, &crossed, width * count)
            }
            images.withUnsafeMutableBufferPointer { t in
                guard let start = t.baseAddress else { return }
                BLAS.syrkLower(
                    transposesA: true, count, size, 1, start + size * (used - 1), size * used, 1, &residualProducts,
                    count)
                guard isFull, criterion == .reml, let fixedFactor else { return }
                var scaled = [Double](repeating: 0, count: size * p * count)
                scaled.withUnsafeMutableBufferPointer { s in
                    guard let target = s.baseAddress else { return }
                    for component in 0..<count {
                        BLAS.gemm(
                            false, false, size, p, p, 1, start + size * width * component, size, fixedFactor.storage, p,
                            0, target + size * p * component, size)
                    }
                    BLAS.syrkLower(transposesA: true, count, size * p, 1, target, size * p, 1, &fixedTraces, count)
                }
            }
            guard isFull else { continue }
            for a in 0..<count {
                for b in 0...a {
                    var sum = 0.0
                    ratios[a].withUnsafeBufferPointer { x in
                        ratios[b].withUnsafeBufferPointer { y in
                            for j in 0..<n { for i in 0..<n { sum += x[i + j * n] * y[j + i * n] } }
                        }
                    }
                    result.traces[a, b] += Double(m) * sum
                }
            }
        }
        finish(
            &result, state, depth, varianceGradient, omegaGradient, firstOrder, residualProducts, fixedTraces, crossed)
        return result
    }

    /// Turns sums over blocks into the moments.
    private func finish(
        _ result: inout CovarianceMoments, _ state: State, _ depth: Depth, _ varianceGradient: Double,
        _ omegaGradient: [Double], _ firstOrder: [[Double]], _ residualProducts: [Double], _ fixedTraces: [Double],
        _ crossed: [Double]
    ) {
        let p = design.fixedCount, width = p + 1, count = parameterCount + 1
        result.gradient = result.covarianceGradients.flatMap { gradient in
            (0..<gradient.columns).flatMap { j in
                (j..<gradient.rows).map { $0 == j ? gradient[j, j] : 2 * gradient[$0, j] }
            }
        }
        result.gradient.append(varianceGradient)
        result.gradient += omegaGradient
        guard depth != .gradient else { return }
        result.quadratic = firstOrder.map { $0[p + p * width] }
        let mixed = firstOrder.map { sums in (0..<p).map { sums[$0 + p * width] } }
        let projected = mixed.map { state.covariance * $0 }
        for a in 0..<count {
            for b in 0...a {
                let value = residualProducts[a + b * count] - (p > 0 ? dot(mixed[a], projected[b]) : 0)
                result.average[a, b] = value
                result.average[b, a] = value
            }
        }
        guard depth.rawValue >= Depth.exact.rawValue else { return }
        result.information = firstOrder.map { sums in Matrix(rows: p, columns: p) { sums[$0 + $1 * width] } }
        let scaled = result.information.map { state.covariance * $0 }
        for a in 0..<count {
            for b in 0...a {
                result.traces[b, a] = result.traces[a, b]
                var value = result.traces[a, b]
                if criterion == .reml {
                    var trace = 0.0
                    for i in 0..<p { for j in 0..<p { trace += scaled[a][i, j] * scaled[b][j, i] } }
                    value += trace - 2 * fixedTraces[a + b * count]
                }
                result.projectedTraces[a, b] = value
                result.projectedTraces[b, a] = value
            }
        }
        guard depth == .products else { return }
        let stride = width * count
        result.products = (0..<count).map { a in
            (0..<count).map { b in
                Matrix(rows: p, columns: p) { i, j in
                    let row = a * width + i, column = b * width + j
                    return crossed[max(row, column) + min(row, column) * stride]
                }
            }
        }
    }

    /// Writes V_k of one component.
    private func writeDerivative(
        _ component: Int, _ pattern: BlockPattern, _ tables: ResidualModel.Tables, into derivative: inout [Double]
    ) {
        let termCount = termParameterCount
        guard component < termCount else {
            pattern.writeResidualDerivative(residual, tables, component - termCount - 1, into: &derivative)
            return
        }
        var rest = component
        for (f, term) in design.terms.enumerated() {
            if rest >= term.parameterCount {
                rest -= term.parameterCount
                continue
            }
            var column = 0
            while rest >= term.coefficientCount - column {
                rest -= term.coefficientCount - column
                column += 1
            }
            pattern.writeDerivative(term: f, column + rest, column, into: &derivative)
            return
        }
    }

    // MARK: - Identification

    /// Two covariance parameters with proportional derivatives of V, or several with dependent ones, have no estimates: the
    /// least eigenvalue of the cosines between the derivatives shows it, and its vector which they are.
    func requireIdentified() throws {
        let count = parameterCount + 1
        guard count > 1 else { return }
        // Columns that are orthonormal over the rows span the same matrices, without the illusion that a late year makes.
        var scaled = patterns
        for (f, term) in design.terms.enumerated() {
            let orthonormal = OrthonormalColumns(term.columns)
            if let dependent = orthonormal.dependentColumn {
                throw MixedModelError.notEstimable(
                    "in the random term \(term.name), \(term.coefficientNames[dependent]) is a combination of the "
                        + "coefficients before it")
            }
            let rows = Double(design.rowCount).squareRoot()
            for index in scaled.indices {
                scaled[index].terms[f].columns = rows * (scaled[index].terms[f].columns * orthonormal.inverse)
            }
        }
        // A point without accidental coincidences.
        let ratios = residual.strataNames.indices.map { 1 + 0.15 * Double($0) / Double($0 + 1) }
        let theta = residual.start(rho: 0.37, ratios: ratios.isEmpty ? [1] : ratios)
        let tables = residual.tables(residual.natural(theta[...]))
        var gram = Matrix(rows: count, columns: count)
        for pattern in scaled {
            let n = pattern.order
            var matrices = [[Double]](repeating: [Double](repeating: 0, count: n * n), count: count)
            for component in 0..<count {
                writeDerivative(component, pattern, tables, into: &matrices[component])
            }
            for a in 0..<count {
                for b in 0...a { gram[a, b] += Double(pattern.blockCount) * dot(matrices[a], matrices[b]) }
            }
        }
        let names = componentNames
        for component in 0..<count where !(gram[component, component] > 0) {
            throw MixedModelError.notEstimable(
                "the rows of the model say nothing about \(names[component]): no cluster has rows that it would relate. "
                    + "Choose a simpler residual structure or random part")
        }
        let cosines = Matrix(rows: count, columns: count) {
            gram[max($0, $1), min($0, $1)] / (gram[$0, $0] * gram[$1, $1]).squareRoot()
        }
        guard let eigen = try? SymmetricEigen(cosines), let least = eigen.values.last, least < 1e-10 else { return }
        let vector = eigen.vectors.column(count - 1)
        let involved = vector.indices.filter { abs(vector[$0]) > 1e-4 }.map { names[$0] }
        throw MixedModelError.notEstimable(
            "these data cannot tell apart \(involved.joined(separator: ", ")): different values of them give the same "
                + "covariances of the rows. Leave out a random term or choose a simpler residual structure than "
                + "\(structure)")
    }

    /// What each component is, in words.
    private var componentNames: [String] {
        let terms = design.terms.flatMap { term in
            (0..<term.coefficientCount).flatMap { column in
                (column..<term.coefficientCount).map { row in
                    row == column
                        ? "the variance of \(term.coefficientNames[row]) between \(term.name)"
                        : "the covariance of \(term.coefficientNames[row]) and \(term.coefficientNames[column]) between "
                            + "\(term.name)"
                }
            }
        }
        let omega: [String] =
            residual.isUnstructured
            ? residual.components(variance: 1, omega: [Double](repeating: 0, count: residual.parameterCount))
                .dropFirst()
                .map { "the residual \($0.name)" }
            : residual.parameterNames.map { "the residual \($0)" }
        return terms + ["the residual variance"] + omega
    }
}
