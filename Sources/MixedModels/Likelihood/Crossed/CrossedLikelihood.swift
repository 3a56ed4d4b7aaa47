import LinearAlgebra
import Optimization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The likelihood of a mixed model with any number of grouping factors, nested or crossed, by a blocked sparse Cholesky
/// factorisation (Bates, Mächler, Bolker & Walker 2015, section 5.4; Bates 2018, MixedModels.jl).
///
/// With V₁ = V/σ² = I + ΣZ_fG_fZ_fᵀ, W = ZᵀV₁⁻¹Z, U = ZᵀV₁⁻¹X, H = XᵀV₁⁻¹X and s = ZᵀV₁⁻¹(y − Xβ̂) the derivatives of the
/// profiled criterion by G are ∂D/∂G = W − [REML]·U·H⁻¹Uᵀ − s·sᵀ/σ², of which only the diagonal blocks are needed. WΛ =
/// ZᵀZΛM⁻¹ with M = ΛᵀZᵀZΛ + I has no Λ⁻¹ and takes entries of M⁻¹ on the pattern of ZᵀZ only. The curvature is the average
/// information (Gilmour, Thompson & Cullis 1995) in G with what the bend of the way from θ to G adds.
struct CrossedLikelihood: MixedLikelihood {
    let design: MixedDesign
    let criterion: MixedCriterion
    let pattern: EliminationPattern
    let products: CrossProducts
    /// The entries of Λ that θ holds, in its order.
    let parameters: [FactorEntry]
    /// Below these magnitudes a diagonal entry of Λ is taken as them: the derivatives by G stay defined, and the criterion
    /// changes by rounding only.
    let smallest: [Double]
    let start: [Double]

    var cholesky: BlockCholesky
    var state = State()
    /// How often the curvature was asked for.
    var curvatureCount = 0
    /// The arithmetic operations that all of ZᵀV₁⁻¹Z takes.
    let secondTraceWork: Double

    /// One entry of θ: row and column in Λ of its grouping factor.
    struct FactorEntry: Sendable {
        let factor: Int, row: Int, column: Int
        /// The place in the Λ of all factors.
        let place: Int
        let term: Int
    }

    /// What is known at one θ.
    struct State: Sendable {
        var theta: [Double]?
        var isDefined = false
        var hasDerivatives = false
        /// Λ of all factors.
        var lambda: [Double] = []
        var deviance = 0.0
        var logDeterminant = 0.0
        /// The residual sum of squares r².
        var residual = 0.0
        /// The Cholesky factor of [X y]ᵀV₁⁻¹[X y] in the basis Q.
        var corner: [Double] = []
        /// L⁻¹ΛᵀZᵀ[Q y₀], then M⁻¹ΛᵀZᵀ[Q y₀]: (p + 1) × effects.
        var fixed: [Double] = []
        /// ZᵀV₁⁻¹[Q y₀] times the inverse of the corner's factor: H-orthonormal, and s/r in the last row.
        var scores: [Double] = []
        /// ∂D/∂G of the profiled criterion, q × q of each factor.
        var covarianceGradient: [Double] = []
        /// Diagonal blocks of ZᵀV₁⁻¹Z summed over groups, q × q of each factor.
        var weights: [Double] = []
        var gradient: [Double] = []
        /// Average information and the part of the Hessian that comes with ∂D/∂G.
        var information: [Double] = [], bend: [Double] = []
        var wide: [Double] = [], wideProduct: [Double] = []
        /// (∂G/∂θ_k)s, and its products with the scores.
        var directions: [Double] = [], cross: [Double] = []
    }

    /// How many columns of ZᵀV₁⁻¹Z are made at a time.
    static let columnBlock = 64

    var parameterCount: Int { parameters.count }

    /// The number of squares that the residual variance is divided by: n − p or n.
    var degrees: Double {
        Double(criterion == .reml ? design.rowCount - design.fixedCount : design.rowCount)
    }

    /// The likelihood of a design whose weights and offset have been applied.
    ///
    /// Throws ``MixedModelError`` when the fixed effects cannot be told apart or leave nothing to explain, or when the groups
    /// are too many to be crossed.
    init(design: MixedDesign, criterion: MixedCriterion) throws {
        let factors = SharedGrouping.factors(of: design.terms)
        let pattern = EliminationPattern(
            factors: factors, groups: factors.map { design.terms[$0.terms[0].index].groups },
            rowCount: design.rowCount)
        guard pattern.denseCount <= 16000 else {
            throw MixedModelError.notAvailable(
                "the random effects are crossed so densely that a matrix of order \(pattern.denseCount) would have to be "
                    + "kept in memory (\(pattern.denseCount * pattern.denseCount * 24 / 1_000_000_000) GB); "
                    + "leave out a random term or merge groups")
        }
        guard let products = CrossProducts(design: design, pattern: pattern) else {
            throw MixedModelError.notEstimable(
                "the columns of the fixed effects are linearly dependent to working precision; leave one out or rescale"
            )
        }
        let p = products.width - 1, squares = design.response.reduce(0) { $0 + $1 * $1 }
        guard squares.isFinite, products.fixed.allSatisfy(\.isFinite) else {
            throw MixedModelError.notEstimable("the response or a predictor holds a value that is not a finite number")
        }
        guard products.corner[p + p * products.width] > 1e-26 * squares else {
            throw MixedModelError.notEstimable(
                "the fixed effects explain \(design.responseName) without error: no variance is left to estimate")
        }
        self.design = design
        self.criterion = criterion
        self.pattern = pattern
        self.products = products
        var parameters: [FactorEntry] = []
        for (index, term) in design.terms.enumerated() {
            for (factor, grouping) in factors.enumerated() {
                for (_, offset) in grouping.terms.filter({ $0.index == index }) {
                    for column in 0..<term.coefficientCount {
                        for row in column..<term.coefficientCount {
                            let place =
                                grouping.lambdaStart + offset + row + (offset + column) * grouping.blockSize
                            parameters.append(
                                FactorEntry(
                                    factor: factor, row: offset + row, column: offset + column, place: place,
                                    term: index))
                        }
                    }
                }
            }
        }
        self.parameters = parameters
        // The mean square of each coefficient's column, times rows per group: how much an observed group knows.
        var start: [Double] = [], smallest: [Double] = []
        for term in design.terms {
            for column in 0..<term.coefficientCount {
                var sum = 0.0
                for row in 0..<design.rowCount { sum += term.columns[row, column] * term.columns[row, column] }
                let mean = max(sum / Double(max(design.rowCount, 1)), 1e-300).squareRoot()
                let total = max(sum / Double(max(term.levels.count, 1)), 1e-300).squareRoot()
                for row in column..<term.coefficientCount {
                    start.append(row == column ? 0.5 / mean : 0)
                    smallest.append(row == column ? 1e-8 / total : 0)
                }
            }
        }
        self.start = start
        self.smallest = smallest
        cholesky = BlockCholesky(pattern: pattern)
        let nonzeros = Double(pattern.panelLength + pattern.denseCount * pattern.denseCount)
        secondTraceWork = 4 * nonzeros * Double(pattern.componentSlots(block: Self.columnBlock).needed)
        state.lambda = [Double](repeating: 0, count: factors.reduce(0) { $0 + $1.blockSize * $1.blockSize })
        state.corner = products.corner
        state.fixed = products.fixed
        state.scores = products.fixed
        state.covarianceGradient = state.lambda
        state.weights = state.lambda
        state.gradient = start
        state.information = [Double](repeating: 0, count: start.count * start.count)
        state.bend = state.information
        let width = max(start.count, products.width)
        state.wide = [Double](repeating: 0, count: width * pattern.effectCount)
        state.wideProduct = state.wide
        state.directions = [Double](repeating: 0, count: start.count * pattern.effectCount)
        state.cross = [Double](repeating: 0, count: start.count * products.width)
    }

    mutating func value(at point: [Double]) -> Double? {
        guard evaluate(at: point) else { return nil }
        return state.deviance
    }

    mutating func settle(at point: [Double]) -> Bool { evaluate(at: point) }

    /// Brings the factorisation to `point`; false where the criterion is not defined.
    mutating func evaluate(at point: [Double]) -> Bool {
        if state.theta == point { return state.isDefined }
        guard point.count == parameters.count else { return false }
        state.theta = point
        state.isDefined = false
        state.hasDerivatives = false
        for (index, entry) in parameters.enumerated() {
            var value = point[index]
            guard value.isFinite else { return false }
            if abs(value) < smallest[index] { value = value < 0 ? -smallest[index] : smallest[index] }
            state.lambda[entry.place] = value
        }
        guard let logDeterminant = cholesky.factor(pattern, products, lambda: state.lambda) else { return false }
        let width = products.width, p = width - 1
        scaleTransposed(width, products.fixed, into: &state.fixed)
        cholesky.solveForward(pattern, width, &state.fixed)
        state.corner.withUnsafeMutableBufferPointer { corner in
            products.corner.withUnsafeBufferPointer { source in _ = corner.update(from: source) }
        }
        if pattern.effectCount > 0 {
            BLAS.syrkLower(
                transposesA: false, width, pattern.effectCount, -1, state.fixed, width, 1, &state.corner, width)
        }
        guard BLAS.choleskyLower(width, &state.corner) else { return false }
        let root = state.corner[p + p * width]
        state.residual = root * root
        state.logDeterminant = logDeterminant
        var value = logDeterminant
        if criterion == .reml {
            value += products.basisLogDeterminant
            for k in 0..<p { value += 2 * log(state.corner[k + k * width]) }
        }
        value += degrees * (1 + log(2 * Double.pi * state.residual / degrees))
        state.deviance = value
        state.isDefined = value.isFinite && degrees > 0
        return state.isDefined
    }

    /// Writes Λᵀv of `m` vectors (m × effects).
    func scaleTransposed(_ m: Int, _ input: [Double], into output: inout [Double]) {
        apply(m, input, into: &output, transposed: true)
    }

    /// Writes Λv or Λᵀv of `m` vectors (m × effects).
    func apply(_ m: Int, _ input: [Double], into output: inout [Double], transposed: Bool) {
        state.lambda.withUnsafeBufferPointer { lambda in
            input.withUnsafeBufferPointer { input in
                output.withUnsafeMutableBufferPointer { output in
                    for node in 0..<pattern.nodeCount {
                        let q = pattern.nodeSize[node], first = pattern.nodeStart[node] * m
                        let own = pattern.nodeLambda[node]
                        if q == 1 {
                            let value = lambda[own]
                            for k in first..<(first + m) { output[k] = value * input[k] }
                            continue
                        }
                        for c in 0..<q {
                            for k in 0..<m { output[first + c * m + k] = 0 }
                            for d in transposed ? c..<q : 0..<(c + 1) {
                                let value = lambda[own + (transposed ? d + c * q : c + d * q)]
                                for k in 0..<m { output[first + c * m + k] += value * input[first + d * m + k] }
                            }
                        }
                    }
                }
            }
        }
    }

    mutating func solution(at theta: [Double]) -> GeneralizedLeastSquares? {
        guard differentiate(at: theta) else { return nil }
        let width = products.width, p = width - 1, n = pattern
        let variance = state.residual / degrees, root = state.residual.squareRoot()
        var coefficients = [Double](repeating: 0, count: p)
        for r in (0..<p).reversed() {
            var sum = state.corner[p + r * width]
            for k in (r + 1)..<max(p, r + 1) { sum -= state.corner[k + r * width] * coefficients[k] }
            coefficients[r] = sum / state.corner[r + r * width]
        }
        for k in 0..<p { coefficients[k] += products.projection[k] }
        BLAS.solveTriangularLower(transposed: true, p, products.basis, 1, &coefficients)
        // (L_H⁻¹·L⁻¹) with XᵀV₁⁻¹X = L·H·Lᵀ.
        var inverse = Matrix.identity(p).storage, factor = [Double](repeating: 0, count: p * p)
        for c in 0..<p { for r in c..<p { factor[r + c * p] = state.corner[r + c * width] } }
        BLAS.solveTriangularLower(transposed: false, p, products.basis, p, &inverse)
        BLAS.solveTriangularLower(transposed: false, p, factor, p, &inverse)
        let half = Matrix(rows: p, columns: p, columnMajor: inverse)
        return GeneralizedLeastSquares(
            coefficients: coefficients, covariance: (variance * half.crossProduct).symmetrized,
            residualVariance: variance, deviance: state.deviance,
            scores: terms { grouping, offset, q, factor, count in
                Matrix(rows: q, columns: count) {
                    let effect = n.nodeStart[n.nodeOfGroup[factor][$1]] + offset + $0
                    return state.scores[p + effect * width] * root
                }
            })
    }

    mutating func covarianceGradients(at theta: [Double]) -> [Matrix]? {
        guard differentiate(at: theta) else { return nil }
        return terms { grouping, offset, q, _, _ in
            Matrix(rows: q, columns: q) {
                state.covarianceGradient[grouping.lambdaStart + offset + $0 + (offset + $1) * grouping.blockSize]
            }
        }
    }

    /// A matrix of each term, in their order, from its place: the partition it shares, its offset in the partition's
    /// blocks, its number of coefficients, the number of the partition, and that of its groups.
    private func terms(_ matrix: (SharedGrouping, Int, Int, Int, Int) -> Matrix) -> [Matrix] {
        var result = [Matrix](repeating: Matrix(rows: 0, columns: 0), count: design.terms.count)
        for (factor, grouping) in pattern.factors.enumerated() {
            for (index, offset) in grouping.terms {
                let term = design.terms[index]
                result[index] = matrix(grouping, offset, term.coefficientCount, factor, term.levels.count)
            }
        }
        return result
    }
}
