import LinearAlgebra

/// Derivatives by the variance components.
///
/// With X̃ the fixed effects and ỹ the residual in the basis where [X̃ ỹ]ᵀV₁⁻¹[X̃ ỹ] = I, everything about β and y follows
/// from I_k = [X̃ ỹ]ᵀV₁⁻¹V_kV₁⁻¹[X̃ ỹ] and Q_kl = [X̃ ỹ]ᵀV₁⁻¹V_kV₁⁻¹V_lV₁⁻¹[X̃ ỹ] by forward solves; what is with σ² follows from
/// V₁ = I + Σγ_kV_k. Only tr(V₁⁻¹V_kV₁⁻¹V_l) needs the whole of W = ZᵀV₁⁻¹Z.
extension CrossedLikelihood {
    mutating func sensitivity(at theta: [Double], moments: SensitivityMoments) throws -> VarianceSensitivity {
        guard differentiate(at: theta) else { throw Self.undefined }
        let width = products.width, p = width - 1, count = parameters.count, all = count + 1
        let variance = state.residual / degrees, n = Double(design.rowCount)
        let gamma = relativeCovariances
        let first = traces()
        let (information, second) = forms()
        guard let mixed = parameters.isEmpty ? Matrix(rows: 0, columns: 0) : secondTraces() else {
            throw Self.undefined
        }

        // σ² as the last component: V₁ = I + Σγ_kV_k.
        var trace = Matrix(rows: all, columns: all), gradientTrace = first + [n - dot(gamma, first)]
        for k in 0..<count { for l in 0..<count { trace[k, l] = mixed[k, l] } }
        for k in 0..<count {
            trace[k, count] = first[k] - (0..<count).reduce(0) { $0 + gamma[$1] * mixed[k, $1] }
            trace[count, k] = trace[k, count]
        }
        trace[count, count] =
            gradientTrace[count] - (0..<count).reduce(0) { $0 + gamma[$1] * trace[$1, count] }
        var forms = information, products = second
        forms.append(Self.complement(.identity(width), forms, gamma))
        for k in 0..<count {
            products[k].append(Self.complement(forms[k], products[k], gamma))
        }
        products.append((0..<count).map { products[$0][count].transpose })
        products[count].append(Self.complement(forms[count], products[count], gamma))

        var gradient = [Double](repeating: 0, count: all), hessian = Matrix(rows: all, columns: all)
        for k in 0..<all {
            if criterion == .reml { for a in 0..<p { gradientTrace[k] -= forms[k][a, a] } }
            gradient[k] = (gradientTrace[k] - degrees * forms[k][p, p]) / variance
            for l in 0...k {
                var sum = -trace[k, l], residual = products[k][l][p, p]
                for a in 0..<p { residual -= forms[k][a, p] * forms[l][a, p] }
                if criterion == .reml {
                    for a in 0..<p {
                        sum += 2 * products[k][l][a, a]
                        for b in 0..<p { sum -= forms[k][a, b] * forms[l][a, b] }
                    }
                }
                hessian[k, l] = (sum + 2 * degrees * residual) / (variance * variance)
                hessian[l, k] = hessian[k, l]
            }
        }

        // X = X̃·Bᵀ.
        var back = Matrix(rows: p, columns: p)
        for c in 0..<p { for r in c..<p { back[r, c] = state.corner[r + c * width] } }
        back = Matrix(rows: p, columns: p, columnMajor: self.products.basis) * back
        func fixed(_ form: Matrix, power: Int) -> Matrix {
            let part = Matrix(rows: p, columns: p) { form[$0, $1] }
            let scale = (0..<power).reduce(1.0) { product, _ in product / variance }
            return scale * (back * part).timesTransposed(back)
        }
        var result = VarianceSensitivity(
            gradient: gradient, hessian: hessian, information: forms.map { fixed($0, power: 2).symmetrized })
        if moments == .second {
            result.second = VarianceSensitivity.Second(
                products: products.map { $0.map { fixed($0, power: 3) } },
                traces: (1 / (variance * variance)) * trace)
        }
        return result
    }

    private static let undefined = MixedModelError.notEstimable(
        "the likelihood is not defined at these variance components: the fixed and random effects fit the data exactly, or a "
            + "predictor is not finite")

    private static func complement(_ whole: Matrix, _ parts: [Matrix], _ gamma: [Double]) -> Matrix {
        zip(parts, gamma).reduce(whole) { $0 - $1.1 * $1.0 }
    }

    /// The entries of G = ΛΛᵀ in the order of θ.
    private var relativeCovariances: [Double] {
        parameters.map { entry in
            let q = pattern.factors[entry.factor].blockSize, own = pattern.factors[entry.factor].lambdaStart
            return (0..<q).reduce(0) {
                $0 + state.lambda[own + entry.row + $1 * q] * state.lambda[own + entry.column + $1 * q]
            }
        }
    }

    /// tr(V₁⁻¹V_k).
    private func traces() -> [Double] {
        parameters.map { entry in
            let factor = pattern.factors[entry.factor]
            let value = state.weights[factor.lambdaStart + entry.row + entry.column * factor.blockSize]
            return entry.row == entry.column ? value : 2 * value
        }
    }

    /// I_k and Q_kl ((p + 1) × (p + 1) each) of the covariance parameters.
    private func forms() -> (information: [Matrix], products: [[Matrix]]) {
        let width = products.width, count = parameters.count, effects = pattern.effectCount, m = width * count
        guard m > 0, effects > 0 else { return ([], []) }
        // E_k·Ŝᵀ: the scores of an entry's row go to its column and the other way round.
        var g = [Double](repeating: 0, count: m * effects)
        for node in 0..<pattern.nodeCount {
            for (k, entry) in parameters.enumerated() where entry.factor == pattern.nodeFactor[node] {
                let row = pattern.nodeStart[node] + entry.row, column = pattern.nodeStart[node] + entry.column
                for a in 0..<width {
                    g[a + k * width + row * m] = state.scores[a + column * width]
                    g[a + k * width + column * m] = state.scores[a + row * width]
                }
            }
        }
        var products = g, solved = g
        self.products.multiply(pattern, m, g, into: &products)
        apply(m, products, into: &solved, transposed: true)
        cholesky.solveForward(pattern, m, &solved)
        var gram = [Double](repeating: 0, count: m * m), cross = [Double](repeating: 0, count: m * width)
        BLAS.gemm(false, true, m, m, effects, 1, g, m, products, m, 0, &gram, m)
        BLAS.gemm(false, true, m, m, effects, -1, solved, m, solved, m, 1, &gram, m)
        BLAS.gemm(false, true, m, width, effects, 1, g, m, state.scores, width, 0, &cross, m)
        return (
            (0..<count).map { k in Matrix(rows: width, columns: width) { cross[$0 + k * width + $1 * m] } },
            (0..<count).map { k in
                (0..<count).map { l in
                    Matrix(rows: width, columns: width) { gram[$0 + k * width + ($1 + l * width) * m] }
                }
            }
        )
    }

    /// tr(P₁V_kP₁V_l) of the covariance parameters for REML, tr(V₁⁻¹V_kV₁⁻¹V_l) for ML.
    mutating func restrictedTraces() -> Matrix? {
        guard var result = secondTraces() else { return nil }
        guard criterion == .reml else { return result }
        let (information, products) = forms()
        for k in parameters.indices {
            for l in parameters.indices {
                for a in 0..<design.fixedCount {
                    result[k, l] -= 2 * products[k][l][a, a]
                    for b in 0..<design.fixedCount { result[k, l] += information[k][a, b] * information[l][a, b] }
                }
            }
        }
        return result
    }

    /// tr(V₁⁻¹V_kV₁⁻¹V_l).
    mutating func secondTraces() -> Matrix? {
        let block = Self.columnBlock
        guard secondTraceWork < 1e10, pattern.factors.allSatisfy({ $0.blockSize <= block }) else {
            return secondTracesByDifferences()
        }
        let (slots, needed) = pattern.componentSlots(block: block)
        return secondTraces(
            components: pattern.components, slotOfNode: slots, block: min(block, needed), needed: needed)
    }

    /// By way of all columns of W, `block` at a time.
    func secondTraces(components: [Int], slotOfNode: [Int], block: Int, needed: Int) -> Matrix {
        let count = parameters.count, m = block, effects = pattern.effectCount
        // The entries of the covariance matrices factor by factor.
        let rows = parameters.map(\.row), others = parameters.map(\.column)
        var entries: [Int] = [], starts = [0]
        for factor in pattern.factors.indices {
            entries += parameters.indices.filter { parameters[$0].factor == factor }
            starts.append(entries.count)
        }
        var sums = Matrix(rows: count, columns: count)
        var members = [[Int]](repeating: [], count: components.max().map { $0 + 1 } ?? 0)
        for node in 0..<pattern.nodeCount { members[components[node]].append(node) }
        var unit = [Double](repeating: 0, count: m * effects)
        var columns = unit, scaled = unit, back = unit
        for from in stride(from: 0, to: needed, by: m) {
            for k in unit.indices { unit[k] = 0 }
            for node in 0..<pattern.nodeCount where slotOfNode[node] >= from && slotOfNode[node] < from + m {
                for c in 0..<pattern.nodeSize[node] {
                    unit[slotOfNode[node] - from + c + (pattern.nodeStart[node] + c) * m] = 1
                }
            }
            products.multiply(pattern, m, unit, into: &columns)
            apply(m, columns, into: &scaled, transposed: true)
            cholesky.solveForward(pattern, m, &scaled)
            cholesky.solveBackward(pattern, m, &scaled)
            apply(m, scaled, into: &back, transposed: false)
            products.multiply(pattern, m, back, into: &scaled)
            for k in columns.indices { columns[k] -= scaled[k] }
            for nodes in members {
                for column in nodes where slotOfNode[column] >= from && slotOfNode[column] < from + m {
                    let slot = slotOfNode[column] - from
                    let inner = starts[pattern.nodeFactor[column]]..<starts[pattern.nodeFactor[column] + 1]
                    for row in nodes {
                        let outer = starts[pattern.nodeFactor[row]]..<starts[pattern.nodeFactor[row] + 1]
                        let corner = slot + pattern.nodeStart[row] * m
                        Self.addSquares(columns, corner, m, entries, rows, others, outer, inner, &sums.storage, count)
                    }
                }
            }
        }
        // tr(E_k·w·E_l·wᵀ): a diagonal entry of a covariance matrix stands there once.
        return Matrix(rows: count, columns: count) { k, l in
            let weight = [k, l].reduce(2.0) { parameters[$1].row == parameters[$1].column ? $0 / 2 : $0 }
            return weight * 0.5 * (sums[k, l] + sums[l, k])
        }
    }

    /// Adds w_acw_bd + w_adw_bc of one block w, for the entries (a, b) of its rows' factor and (c, d) of its columns'.
    private static func addSquares(
        _ w: UnsafePointer<Double>, _ corner: Int, _ m: Int, _ entries: UnsafePointer<Int>, _ rows: UnsafePointer<Int>,
        _ columns: UnsafePointer<Int>, _ outer: Range<Int>, _ inner: Range<Int>, _ sums: UnsafeMutablePointer<Double>,
        _ count: Int
    ) {
        for outerIndex in outer {
            let k = entries[outerIndex], a = w + corner + rows[k] * m, b = w + corner + columns[k] * m
            for innerIndex in inner {
                let l = entries[innerIndex], c = rows[l], d = columns[l]
                sums[k + l * count] += a[c] * b[d] + a[d] * b[c]
            }
        }
    }

    /// As −∂tr(V₁⁻¹V_l)/∂γ_k, by differences in directions that stay positive semidefinite, extrapolated to step 0
    /// (Richardson 1911).
    mutating func secondTracesByDifferences() -> Matrix? {
        let count = parameters.count, original = state.lambda
        // A little away from the boundary Λ⁻¹ costs no digits.
        for (index, factor) in pattern.factors.enumerated() {
            let q = factor.blockSize, own = factor.lambdaStart
            let lambda = Matrix(rows: q, columns: q, columnMajor: Array(original[own..<(own + q * q)]))
            var g = lambda.timesTransposed(lambda)
            for k in 0..<q { g[k, k] += 1e-9 * (g[k, k] + 1 / meanWeight(index, k)) }
            let lower = semidefiniteFactor(g, of: index)
            for k in 0..<(q * q) { state.lambda[own + k] = lower.storage[k] }
        }
        let center = state.lambda
        guard cholesky.factor(pattern, products, lambda: center) != nil, weigh() else {
            return nil
        }
        let base = traces()
        var derivatives: [[Double]] = [], scales: [(row: Double, column: Double)] = []
        // Along E_rr, and along (e_r + e_c)(e_r + e_c)ᵀ off the diagonal, in units of how far G is from a change.
        for entry in parameters {
            let factor = pattern.factors[entry.factor], q = factor.blockSize, own = factor.lambdaStart
            let lambda = Matrix(rows: q, columns: q, columnMajor: Array(center[own..<(own + q * q)]))
            let g = lambda.timesTransposed(lambda)
            func scale(_ index: Int) -> Double { (g[index, index] + 1 / meanWeight(entry.factor, index)).squareRoot() }
            var direction = [Double](repeating: 0, count: q)
            direction[entry.row] = scale(entry.row)
            direction[entry.column] = scale(entry.column)
            scales.append((direction[entry.row], direction[entry.column]))
            var table: [[Double]] = []
            for level in 0..<6 {
                let step = 0.1 / Double(1 << level)
                let moved = Matrix(rows: q, columns: q) { g[$0, $1] + step * direction[$0] * direction[$1] }
                let lower = semidefiniteFactor(moved, of: entry.factor)
                for k in 0..<(q * q) { state.lambda[own + k] = lower.storage[k] }
                guard cholesky.factor(pattern, products, lambda: state.lambda) != nil, weigh() else { continue }
                table.append(zip(traces(), base).map { ($0 - $1) / step })
            }
            for k in center.indices { state.lambda[k] = center[k] }
            for order in 1..<max(table.count, 1) {
                let power = Double(1 << order)
                for level in stride(from: table.count - 1, through: order, by: -1) {
                    for l in 0..<count { table[level][l] += (table[level][l] - table[level - 1][l]) / (power - 1) }
                }
            }
            derivatives.append(table.last ?? base)
        }
        // The factorisation is no longer that of θ.
        state.lambda = original
        state.theta = nil
        var result = Matrix(rows: count, columns: count)
        for (k, entry) in parameters.enumerated() {
            let diagonal = [entry.row, entry.column].map { index in
                parameters.firstIndex { $0.factor == entry.factor && $0.row == index && $0.column == index } ?? k
            }
            let (row, column) = scales[k]
            for l in 0..<count {
                result[k, l] =
                    entry.row == entry.column
                    ? -derivatives[k][l] / (row * row)
                    : -(derivatives[k][l] - derivatives[diagonal[0]][l] - derivatives[diagonal[1]][l]) / (row * column)
            }
        }
        return result.symmetrized
    }

    /// The mean over the groups of zᵀz of one coefficient.
    private func meanWeight(_ factor: Int, _ index: Int) -> Double {
        let least = parameters.indices.first {
            parameters[$0].factor == factor && parameters[$0].row == index && parameters[$0].column == index
        }
        return least.map { 1e-16 / (smallest[$0] * smallest[$0]) } ?? 1
    }

    /// The Cholesky factor of a positive semidefinite G, its diagonal not below ``smallest``.
    private func semidefiniteFactor(_ g: Matrix, of factor: Int) -> Matrix {
        var lower = Matrix(rows: g.rows, columns: g.rows)
        for c in 0..<g.rows {
            let pivot = (0..<c).reduce(g[c, c]) { $0 - lower[c, $1] * lower[c, $1] }
            let least = 1e-8 / meanWeight(factor, c).squareRoot()
            lower[c, c] = max(pivot, least * least).squareRoot()
            guard pivot > 1e-14 * g[c, c] else { continue }
            for r in (c + 1)..<max(g.rows, c + 1) {
                lower[r, c] = (0..<c).reduce(g[r, c]) { $0 - lower[r, $1] * lower[c, $1] } / lower[c, c]
            }
        }
        return lower
    }
}
