import LinearAlgebra
import Optimization

/// The gradient and the average information of the profiled criterion.
extension CrossedLikelihood {
    mutating func gradient(at point: [Double], into gradient: inout [Double]) {
        guard differentiate(at: point) else { return }
        for k in gradient.indices { gradient[k] = state.gradient[k] }
    }

    mutating func derivatives(
        at point: [Double], curvature: Curvature, gradient: inout [Double], hessian: inout [Double]
    ) {
        guard differentiate(at: point) else { return }
        for k in gradient.indices { gradient[k] = state.gradient[k] }
        for k in hessian.indices { hessian[k] = state.information[k] }
        switch curvature {
        case .exact:
            curvatureCount += 1
            // The average information converges linearly: mostly fast, but where it does not the Hessian pays.
            if curvatureCount > 10, secondTraceWork < 3e7, let exact = exactHessian() {
                for k in hessian.indices { hessian[k] = exact[k] }
            } else {
                for k in hessian.indices { hessian[k] += state.bend[k] }
            }
        case .expected: addPositiveBend(to: &hessian)
        }
    }

    /// The Hessian of the profiled criterion at the current θ (q × q): twice the average information has the part of the
    /// residuals, y_ky_l/r² once too often subtracted; the part of the determinants are traces.
    mutating func exactHessian() -> [Double]? {
        let count = parameters.count, width = products.width, p = width - 1
        guard count > 0, let traces = restrictedTraces() else { return nil }
        let variance = state.residual / degrees
        // ∂(ΛΛᵀ)/∂θ.
        var jacobian = Matrix(rows: count, columns: count)
        for (k, entry) in parameters.enumerated() {
            let q = pattern.factors[entry.factor].blockSize, own = pattern.factors[entry.factor].lambdaStart
            for (l, other) in parameters.enumerated() where other.term == entry.term {
                if other.row == entry.row { jacobian[k, l] += state.lambda[own + other.column + entry.column * q] }
                if other.column == entry.row { jacobian[k, l] += state.lambda[own + other.row + entry.column * q] }
            }
        }
        let determinants = (jacobian * traces).timesTransposed(jacobian)
        var result = state.bend
        for k in 0..<count {
            for l in 0..<count {
                let residual = state.cross[p + k * width] * state.cross[p + l * width] / variance
                result[k + l * count] += 2 * state.information[k + l * count] + residual - determinants[k, l]
            }
        }
        return result
    }

    /// Adds the bend with the negative eigenvalues of ∂D/∂G turned round: at a saddle, where a variance near zero wants to
    /// grow, the step then leads away from it (Dauphin et al. 2014) and is no longer than the bend allows. With a quarter of
    /// them the step of a single variance is about that of Newton's method in G.
    private func addPositiveBend(to hessian: inout [Double]) {
        for (term, random) in design.terms.enumerated() {
            let members = parameters.indices.filter { parameters[$0].term == term }
            guard let first = members.first, let grouping = members.first.map({ parameters[$0].factor }) else {
                continue
            }
            let factor = pattern.factors[grouping], q = random.coefficientCount, offset = parameters[first].row
            let scale = members.filter { parameters[$0].row == parameters[$0].column }.map { 1e8 * smallest[$0] }
            let scaled = Matrix(rows: q, columns: q) {
                let place = factor.lambdaStart + offset + $0 + (offset + $1) * factor.blockSize
                return state.covarianceGradient[place] * scale[$0] * scale[$1]
            }
            guard let eigen = try? SymmetricEigen(scaled) else { continue }
            let weighted = Matrix(rows: q, columns: q) {
                eigen.vectors[$0, $1] * max(eigen.values[$1], -0.25 * eigen.values[$1])
            }
            let positive = weighted.timesTransposed(eigen.vectors)
            for k in members {
                for l in members where parameters[l].column == parameters[k].column {
                    let row = parameters[k].row - offset, other = parameters[l].row - offset
                    hessian[k + l * parameters.count] += 2 * positive[row, other] / (scale[row] * scale[other])
                }
            }
        }
    }

    /// Brings all derivatives to `point`.
    mutating func differentiate(at point: [Double]) -> Bool {
        guard evaluate(at: point) else { return false }
        if state.hasDerivatives { return true }
        guard differentiateCovariances() else { return false }
        differentiateFactors()
        averageInformation()
        state.hasDerivatives = true
        return true
    }

    /// The scores ZᵀV₁⁻¹[Q y₀], in the basis of the corner.
    private mutating func score() {
        let width = products.width, effects = pattern.effectCount
        cholesky.solveBackward(pattern, width, &state.fixed)
        // They are Λ⁻ᵀM⁻¹ΛᵀZᵀ[Q y₀]; near the boundary, Zᵀ[Q y₀] − ZᵀZΛM⁻¹ΛᵀZᵀ[Q y₀].
        let isInside = parameters.enumerated().allSatisfy {
            $1.row != $1.column || abs(state.lambda[$1.place]) > 1e6 * smallest[$0]
        }
        if isInside {
            Self.solveTransposed(pattern, width, state.lambda, state.fixed, &state.scores)
        } else {
            apply(width, state.fixed, into: &state.wide, transposed: false)
            products.multiply(pattern, width, state.wide, into: &state.wideProduct)
            for k in 0..<(width * effects) { state.scores[k] = products.fixed[k] - state.wideProduct[k] }
        }
        BLAS.solveTriangularLower(transposed: false, width, state.corner, effects, &state.scores)
    }

    /// Writes Λ⁻ᵀv of `m` vectors (m × effects).
    private static func solveTransposed(
        _ pattern: EliminationPattern, _ m: Int, _ lambda: UnsafePointer<Double>, _ input: UnsafePointer<Double>,
        _ output: UnsafeMutablePointer<Double>
    ) {
        for node in 0..<pattern.nodeCount {
            let q = pattern.nodeSize[node], own = lambda + pattern.nodeLambda[node]
            let source = input + pattern.nodeStart[node] * m, target = output + pattern.nodeStart[node] * m
            for c in (0..<q).reversed() {
                let scale = 1 / own[c + c * q]
                for k in 0..<m { target[k + c * m] = scale * source[k + c * m] }
                for d in (c + 1)..<max(q, c + 1) {
                    let value = scale * own[d + c * q]
                    for k in 0..<m { target[k + c * m] -= value * target[k + d * m] }
                }
            }
        }
    }

    /// The diagonal blocks of W = ZᵀV₁⁻¹Z summed over the groups of each factor: WΛ from M⁻¹, times Λ⁻¹.
    mutating func weigh() -> Bool {
        for k in state.weights.indices { state.weights[k] = 0 }
        guard cholesky.addWeightedInverse(pattern, products, lambda: state.lambda, to: &state.weights) else {
            return false
        }
        for factor in pattern.factors {
            let q = factor.blockSize, own = factor.lambdaStart
            for (term, offset) in factor.terms {
                let end = offset + design.terms[term].coefficientCount
                for c in (offset..<end).reversed() {
                    let column = own + c * q
                    for r in offset..<end {
                        var sum = state.weights[column + r]
                        for d in (c + 1)..<max(end, c + 1) {
                            sum -= state.weights[own + r + d * q] * state.lambda[column + d]
                        }
                        state.weights[column + r] = sum / state.lambda[column + c]
                    }
                }
                for c in offset..<end {
                    for r in c..<end {
                        let mean = 0.5 * (state.weights[own + r + c * q] + state.weights[own + c + r * q])
                        state.weights[own + r + c * q] = mean
                        state.weights[own + c + r * q] = mean
                    }
                }
            }
        }
        return true
    }

    /// ∂D/∂G of each factor.
    private mutating func differentiateCovariances() -> Bool {
        guard pattern.effectCount > 0 else { return true }
        score()
        guard weigh() else { return false }
        let width = products.width, p = width - 1
        for k in state.covarianceGradient.indices { state.covarianceGradient[k] = state.weights[k] }
        let from = criterion == .reml ? 0 : p
        let degrees = degrees
        state.scores.withUnsafeBufferPointer { scores in
            state.covarianceGradient.withUnsafeMutableBufferPointer { result in
                for node in 0..<pattern.nodeCount {
                    let q = pattern.nodeSize[node], first = pattern.nodeStart[node] * width
                    let own = pattern.nodeLambda[node]
                    for c in 0..<q {
                        for r in c..<q {
                            let a = first + c * width, b = first + r * width
                            var sum = degrees * scores[a + p] * scores[b + p]
                            for k in from..<p { sum += scores[a + k] * scores[b + k] }
                            result[own + r + c * q] -= sum
                        }
                    }
                }
            }
        }
        for factor in pattern.factors {
            let q = factor.blockSize, own = factor.lambdaStart
            for c in 0..<q {
                for r in (c + 1)..<max(q, c + 1) {
                    state.covarianceGradient[own + c + r * q] = state.covarianceGradient[own + r + c * q]
                }
            }
        }
        return true
    }

    /// ∂D/∂Λ = 2·∂D/∂G·Λ, and the second derivatives of G times ∂D/∂G.
    private mutating func differentiateFactors() {
        for (index, entry) in parameters.enumerated() {
            let q = pattern.factors[entry.factor].blockSize, own = pattern.factors[entry.factor].lambdaStart
            var sum = 0.0
            for (second, other) in parameters.enumerated() {
                let isSameColumn = other.term == entry.term && other.column == entry.column
                let derivative = isSameColumn ? 2 * state.covarianceGradient[own + entry.row + other.row * q] : 0
                sum += derivative * state.lambda[other.place]
                state.bend[index + second * parameters.count] = derivative
            }
            state.gradient[index] = sum
        }
    }

    /// (v_kᵀP₁v_l − y_ky_l/r²)/σ² with v_k = (∂V₁/∂θ_k)P₁y and y_k = yᵀP₁v_k.
    private mutating func averageInformation() {
        let m = parameters.count, width = products.width, p = width - 1, effects = pattern.effectCount
        guard m > 0, effects > 0 else { return }
        let root = state.residual.squareRoot(), variance = state.residual / degrees
        // g_k = (dΛ·Λᵀ + Λ·dΛᵀ)s in each group.
        for k in state.directions.indices { state.directions[k] = 0 }
        for node in 0..<pattern.nodeCount {
            let factor = pattern.nodeFactor[node], own = pattern.nodeLambda[node]
            let q = pattern.nodeSize[node], first = pattern.nodeStart[node]
            for (k, entry) in parameters.enumerated() where entry.factor == factor {
                var product = 0.0
                for r in 0..<q {
                    product += state.lambda[own + r + entry.column * q] * state.scores[p + (first + r) * width]
                }
                state.directions[k + (first + entry.row) * m] += product * root
                let score = state.scores[p + (first + entry.row) * width] * root
                for r in 0..<q {
                    state.directions[k + (first + r) * m] += state.lambda[own + r + entry.column * q] * score
                }
            }
        }
        products.multiply(pattern, m, state.directions, into: &state.wideProduct)
        apply(m, state.wideProduct, into: &state.wide, transposed: true)
        cholesky.solveForward(pattern, m, &state.wide)
        BLAS.gemm(false, true, m, m, effects, 1, state.directions, m, state.wideProduct, m, 0, &state.information, m)
        BLAS.gemm(false, true, m, m, effects, -1, state.wide, m, state.wide, m, 1, &state.information, m)
        BLAS.gemm(false, true, width, m, effects, 1, state.scores, width, state.directions, m, 0, &state.cross, width)
        BLAS.gemm(true, false, m, m, width, -1, state.cross, width, state.cross, width, 1, &state.information, m)
        for k in state.information.indices { state.information[k] /= variance }
    }
}
