import LinearAlgebra

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

    /// How far the moments are computed.
    enum Depth: Int, Comparable {
        case gradient, average, exact, products
        static func < (a: Depth, b: Depth) -> Bool { a.rawValue < b.rawValue }
    }
}

extension StructuredLikelihood {
    /// The moments at an evaluated point.
    func moments(_ state: State, _ depth: CovarianceMoments.Depth) -> CovarianceMoments {
        var sums = MomentSums(self, state, depth)
        for index in patterns.indices { sums.add(self, state, index) }
        return sums.moments(self, state)
    }
}

/// The sums over patterns that ``CovarianceMoments`` are made of, and memory that patterns of one size share.
private struct MomentSums {
    let depth: CovarianceMoments.Depth
    let isRestricted: Bool
    /// p, p + 1, and the number of components.
    let p: Int
    let width: Int
    let count: Int
    /// 1/σ̂².
    let precision: Double
    /// The Cholesky factor of (QᵀV₁⁻¹Q)⁻¹.
    let fixedFactor: [Double]

    var termGradients: [Matrix]
    var varianceGradient = 0.0
    var omegaGradient: [Double]
    var second: Matrix
    /// [QᵀV₁⁻¹V_kV₁⁻¹Q, QᵀV₁⁻¹V_kV₁⁻¹r; rᵀV₁⁻¹V_kV₁⁻¹Q, rᵀV₁⁻¹V_kV₁⁻¹r] of each component.
    var firstOrder: [[Double]]
    /// rᵀV₁⁻¹V_kV₁⁻¹V_lV₁⁻¹r, tr(V₁⁻¹V_kV₁⁻¹V_l), and tr((QᵀV₁⁻¹Q)⁻¹QᵀV₁⁻¹V_kV₁⁻¹V_lV₁⁻¹Q): lower triangles.
    var residualProducts: [Double]
    var traces: [Double]
    var fixedTraces: [Double]
    /// All [Q, r]ᵀV₁⁻¹V_kV₁⁻¹V_lV₁⁻¹[Q, r], lower triangle.
    var crossed: [Double]

    // Memory.
    var inverse: [Double] = []
    var kernel: [Double] = []
    var derivative: [Double] = []
    var images: [Double] = []
    var scaled: [Double] = []
    var ratios: [[Double]]

    init(_ likelihood: StructuredLikelihood, _ state: StructuredLikelihood.State, _ depth: CovarianceMoments.Depth) {
        self.depth = depth
        isRestricted = likelihood.criterion == .reml
        p = likelihood.design.fixedCount
        width = p + 1
        count = likelihood.parameterCount + 1
        precision = likelihood.degreesOfFreedom / state.sumOfSquares
        fixedFactor = (try? Cholesky(state.covariance).factor.storage) ?? state.covariance.storage
        termGradients = likelihood.design.terms.map {
            Matrix(rows: $0.coefficientCount, columns: $0.coefficientCount)
        }
        omegaGradient = [Double](repeating: 0, count: likelihood.residual.parameterCount)
        second = Matrix(rows: omegaGradient.count, columns: omegaGradient.count)
        firstOrder = [[Double]](repeating: [Double](repeating: 0, count: width * width), count: count)
        residualProducts = [Double](repeating: 0, count: count * count)
        traces = residualProducts
        fixedTraces = residualProducts
        crossed = [Double](repeating: 0, count: depth == .products ? (width * count) * (width * count) : 0)
        ratios = [[Double]](repeating: [], count: count)
    }

    mutating func add(_ likelihood: StructuredLikelihood, _ state: StructuredLikelihood.State, _ index: Int) {
        let pattern = likelihood.patterns[index], factor = state.factors[index]
        let n = pattern.order, m = pattern.blockCount, size = n * m
        // B = V₁⁻¹[Q, r]
        var weighted = state.whitened[index]
        BLAS.solveTriangularLower(transposed: true, n, factor, m * width, &weighted)
        writeInverse(n, factor)
        writeKernel(state, n, m, weighted)
        for f in pattern.terms.indices { termGradients[f] = termGradients[f] + pattern.contract(term: f, kernel) }
        pattern.contractResidual(
            likelihood.residual, state.tables, kernel, value: &varianceGradient, gradient: &omegaGradient,
            second: &second)
        guard depth > .gradient else { return }

        let isFull = depth >= .exact
        let used = isFull ? width : 1
        Self.resize(&derivative, n * n)
        Self.resize(&images, size * used * count)
        for component in 0..<count {
            likelihood.writeDerivative(component, pattern, state.tables, into: &derivative)
            addImage(component, n, m, used, weighted, factor)
            if isFull {
                Self.resize(&ratios[component], n * n)
                BLAS.gemm(false, false, n, n, n, 1, inverse, n, derivative, n, 0, &ratios[component], n)
            }
        }
        addProducts(size, used)
        if isFull { addTraces(n, Double(m)) }
    }

    private static func resize(_ memory: inout [Double], _ count: Int) {
        if memory.count != count { memory = [Double](repeating: 0, count: count) }
    }

    private mutating func writeInverse(_ n: Int, _ factor: [Double]) {
        Self.resize(&kernel, n * n)
        if n > 100 {
            inverse = factor
            _ = BLAS.inverseFromCholeskyLower(n, &inverse)
        } else {
            Self.resize(&inverse, n * n)
            BLAS.inverseFromCholeskyLower(n, factor, into: &inverse, scratch: &kernel)
        }
        inverse.withUnsafeMutableBufferPointer { w in
            for j in 0..<n { for i in 0..<j { w[i + j * n] = w[j + i * n] } }
        }
    }

    /// K of ``CovarianceMoments/gradient``.
    private mutating func writeKernel(
        _ state: StructuredLikelihood.State, _ n: Int, _ m: Int, _ weighted: [Double]
    ) {
        let size = n * m
        for entry in 0..<(n * n) { kernel[entry] = Double(m) * inverse[entry] }
        if isRestricted, p > 0 {
            Self.resize(&scaled, size * p)
            BLAS.gemm(false, false, size, p, p, 1, weighted, size, state.covariance.storage, p, 0, &scaled, size)
            BLAS.gemm(false, true, n, n, m * p, -1, scaled, n, weighted, n, 1, &kernel, n)
        }
        weighted.withUnsafeBufferPointer { b in
            guard let residuals = b.baseAddress.map({ $0 + p * size }) else { return }
            BLAS.gemm(false, true, n, n, m, -precision, residuals, n, residuals, n, 1, &kernel, n)
        }
    }

    /// L⁻¹V_kB of one component, of all columns or, for the average information, of the residuals alone.
    private mutating func addImage(
        _ component: Int, _ n: Int, _ m: Int, _ used: Int, _ weighted: [Double], _ factor: [Double]
    ) {
        let size = n * m, firstColumn = width - used, (width, derivative) = (width, derivative)
        images.withUnsafeMutableBufferPointer { t in
            weighted.withUnsafeBufferPointer { b in
                firstOrder[component].withUnsafeMutableBufferPointer { sums in
                    guard let target = t.baseAddress.map({ $0 + size * used * component }), let source = b.baseAddress,
                        let sums = sums.baseAddress
                    else { return }
                    BLAS.gemm(
                        false, false, n, m * used, n, 1, derivative, n, source + firstColumn * size, n, 0, target, n)
                    BLAS.gemm(
                        true, false, width, used, size, 1, source, size, target, size, 1, sums + firstColumn * width,
                        width)
                    BLAS.solveTriangularLower(transposed: false, n, factor, m * used, target)
                }
            }
        }
    }

    private mutating func addProducts(_ size: Int, _ used: Int) {
        if depth == .products {
            BLAS.syrkLower(transposesA: true, width * count, size, 1, images, size, 1, &crossed, width * count)
        }
        let needsFixed = depth >= .exact && isRestricted && p > 0
        if needsFixed { Self.resize(&scaled, size * p * count) }
        let (p, count) = (p, count)
        images.withUnsafeBufferPointer { t in
            guard let start = t.baseAddress else { return }
            BLAS.syrkLower(
                transposesA: true, count, size, 1, start + size * (used - 1), size * used, 1, &residualProducts, count)
            guard needsFixed else { return }
            scaled.withUnsafeMutableBufferPointer { s in
                guard let target = s.baseAddress else { return }
                for component in 0..<count {
                    BLAS.gemm(
                        false, false, size, p, p, 1, start + size * used * component, size, fixedFactor, p, 0,
                        target + size * p * component, size)
                }
                BLAS.syrkLower(transposesA: true, count, size * p, 1, target, size * p, 1, &fixedTraces, count)
            }
        }
    }

    private mutating func addTraces(_ n: Int, _ blocks: Double) {
        for a in 0..<count {
            for b in 0...a {
                let sum = ratios[a].withUnsafeBufferPointer { x in
                    ratios[b].withUnsafeBufferPointer { y in
                        var sum = 0.0
                        for j in 0..<n { for i in 0..<n { sum += x[i + j * n] * y[j + i * n] } }
                        return sum
                    }
                }
                traces[a + b * count] += blocks * sum
            }
        }
    }

    // MARK: - From sums to moments

    func moments(_ likelihood: StructuredLikelihood, _ state: StructuredLikelihood.State) -> CovarianceMoments {
        let terms = termGradients.flatMap { gradient in
            (0..<gradient.columns).flatMap { j in
                (j..<gradient.rows).map { $0 == j ? gradient[j, j] : 2 * gradient[$0, j] }
            }
        }
        let empty = Matrix(rows: count, columns: count)
        var result = CovarianceMoments(
            gradient: terms + [varianceGradient] + omegaGradient, second: second, covarianceGradients: termGradients,
            quadratic: firstOrder.map { $0[p + p * width] }, average: empty, traces: empty, projectedTraces: empty,
            information: [], products: [])
        guard depth > .gradient else { return result }
        let mixed = firstOrder.map { sums in (0..<p).map { sums[$0 + p * width] } }
        let projected = mixed.map { p > 0 ? state.covariance * $0 : [] }
        result.average = Matrix(rows: count, columns: count) {
            residualProducts[max($0, $1) + min($0, $1) * count] - dot(mixed[max($0, $1)], projected[min($0, $1)])
        }
        guard depth >= .exact else { return result }
        result.information = firstOrder.map { sums in Matrix(rows: p, columns: p) { sums[$0 + $1 * width] } }
        let relative = result.information.map { state.covariance * $0 }
        result.traces = Matrix(rows: count, columns: count) { traces[max($0, $1) + min($0, $1) * count] }
        result.projectedTraces = result.traces
        if isRestricted {
            for a in 0..<count {
                for b in 0...a {
                    var trace = 0.0
                    for i in 0..<p { for j in 0..<p { trace += relative[a][i, j] * relative[b][j, i] } }
                    let value = traces[a + b * count] + trace - 2 * fixedTraces[a + b * count]
                    result.projectedTraces[a, b] = value
                    result.projectedTraces[b, a] = value
                }
            }
        }
        guard depth == .products else { return result }
        result.products = (0..<count).map { a in
            (0..<count).map { b in
                Matrix(rows: p, columns: p) { i, j in
                    let row = a * width + i, column = b * width + j
                    return crossed[max(row, column) + min(row, column) * width * count]
                }
            }
        }
        return result
    }
}
