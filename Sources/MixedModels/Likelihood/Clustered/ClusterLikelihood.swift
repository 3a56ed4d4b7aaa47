import LinearAlgebra
import Optimization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The likelihood of a model with one grouping factor, from per-group cross-products: an evaluation costs
/// J·q²·p operations, whatever the number of rows.
///
/// With V₁ = I + ZGZᵀ, M_j = ΛᵀA_jΛ + I = C_jC_jᵀ and R_j = C_j⁻¹ΛᵀB_j,
/// log|V₁| = Σ log|M_j| and [X y]ᵀV₁⁻¹[X y] = C − Σ R_jᵀR_j, whose Cholesky factor holds that of H = XᵀV₁⁻¹X, β̂ and
/// r² = yᵀP₁y. The derivatives by G are those of the profiled criterion, with W_j = Z_jᵀV₁⁻¹Z_j, U_j = Z_jᵀV₁⁻¹X,
/// s_j = Z_jᵀV₁⁻¹(y − Xβ̂), ν = n or n − p:
///
/// ∂D/∂G = Σ W_j − U_jH⁻¹U_jᵀ − (ν/r²)·s_js_jᵀ (the middle term with REML only),
///
/// and the second ones follow from ∂P₁/∂G_k = −P₁V_kP₁ (Searle, Casella & McCulloch 1992, section 6.6).
struct ClusterLikelihood: MixedLikelihood {
    let statistics: ClusterStatistics
    let criterion: MixedCriterion
    let template: FactorTemplate
    /// ν: the divisor of r² in σ̂².
    let degreesOfFreedom: Double
    private let places: Places
    /// What evaluations write, at the offsets in `places`.
    private var memory: [Double]
    /// The factor of the last evaluation.
    private var factor: Matrix
    private var logDeterminants = 0.0
    /// θ of the last evaluation; empty when there is none.
    private var point: [Double] = []
    /// Whether the parts of each group belong to `point`, or only the factor of the normal equations does.
    private var isReduced = false

    /// - Precondition: all terms of the design have the same grouping factor.
    init(design: MixedDesign, criterion: MixedCriterion) {
        self.init(
            ClusterStatistics(design: design), criterion,
            FactorTemplate(coefficientCounts: design.terms.map(\.coefficientCount)))
    }

    init(_ statistics: ClusterStatistics, _ criterion: MixedCriterion, _ template: FactorTemplate) {
        self.statistics = statistics
        self.criterion = criterion
        self.template = template
        degreesOfFreedom = Double(
            criterion == .reml ? statistics.rowCount - statistics.fixedCount : statistics.rowCount)
        places = Places(statistics)
        memory = [Double](repeating: 0, count: places.count)
        factor = Matrix(rows: template.order, columns: template.order)
    }

    var parameterCount: Int { template.entries.count }

    /// The maximum, roughly, of the likelihood of the residuals of ordinary least squares: without fixed effects an
    /// evaluation costs next to nothing.
    var start: [Double] {
        guard statistics.fixedCount > 0, let residuals = statistics.ofResiduals else { return uninformedStart }
        var simple = ClusterLikelihood(residuals, .ml, template)
        var theta = uninformedStart
        var minimizer = NewtonMinimizer()
        minimizer.tolerance = 1e-3
        minimizer.maximumIterations = 12
        var workspace = NewtonMinimizer.Workspace(count: parameterCount)
        let report = minimizer.minimize(&simple, from: &theta, workspace: &workspace)
        return report.hasConverged ? theta : uninformedStart
    }

    /// Uncorrelated coefficients of which each carries a fifth of the variance.
    private var uninformedStart: [Double] {
        template.entries.map { entry in
            guard entry.row == entry.column else { return 0 }
            let first = ClusterStatistics.packed(entry.row, entry.row) * statistics.groupCount
            let square =
                statistics.within[first..<(first + statistics.groupCount)].reduce(0, +) / Double(statistics.rowCount)
            return square > 0 ? (0.25 / square).squareRoot() : 1
        }
    }

    /// Where an evaluation keeps its parts; all but the last three have the groups innermost.
    private struct Places: Sendable {
        /// C_j, packed by rows (q̄), the diagonal inverted.
        let cholesky: Int
        /// A_jΛC_j⁻ᵀ (q × q).
        let gain: Int
        /// R_j, by columns (q × (p + 1)).
        let reduced: Int
        /// U_j, then U_jL⁻ᵀ with H = LLᵀ, by columns (q × p).
        let design: Int
        /// C_j⁻¹Λᵀ of the residuals, then s_j (q).
        let residual: Int
        /// W_j, packed (q̄).
        let precision: Int
        /// W_j − 2U_jH⁻¹U_jᵀ − (2ν/r²)·s_js_jᵀ, packed (q̄).
        let curvature: Int
        /// U_jH⁻¹U_jᵀ, packed (q̄).
        let leverage: Int
        /// The Cholesky factor of [X y]ᵀV₁⁻¹[X y], (p + 1 × p + 1), and a copy to invert.
        let normal: Int
        let inverse: Int
        /// The products of U_jL⁻ᵀ over the groups (q·p × q·p).
        let products: Int
        let count: Int

        init(_ s: ClusterStatistics) {
            let q = s.coefficientCount, p = s.fixedCount, m = p + 1, count = s.groupCount
            let pairs = q * (q + 1) / 2
            var next = 0
            func take(_ size: Int) -> Int {
                defer { next += size }
                return next
            }
            cholesky = take(pairs * count)
            gain = take(q * q * count)
            reduced = take(q * m * count)
            design = take(q * p * count)
            residual = take(q * count)
            precision = take(pairs * count)
            curvature = take(pairs * count)
            leverage = take(pairs * count)
            normal = take(m * m)
            inverse = take(m * m)
            products = take(q * p * q * p)
            self.count = next
        }
    }

    // MARK: Value

    mutating func value(at theta: [Double]) -> Double? {
        if theta == point { return deviance }
        point = []
        guard theta.allSatisfy({ abs($0) < 1e100 }) else { return nil }
        for (entry, value) in zip(template.entries, theta) { factor[entry.row, entry.column] = value }
        isReduced = false
        guard let determinants = pooled() ?? reduced() else { return nil }
        logDeterminants = determinants
        guard let deviance else { return nil }
        point = theta
        return deviance
    }

    /// r² = yᵀP₁y.
    var residualSquare: Double {
        let m = statistics.fixedCount + 1
        let last = memory[places.normal + m * m - 1]
        return last * last
    }

    private var deviance: Double? {
        let square = residualSquare
        guard square > 0 else { return nil }
        let p = statistics.fixedCount, nu = degreesOfFreedom
        var value = logDeterminants + nu * (1 + log(2 * .pi * square / nu))
        if criterion == .reml {
            for c in 0..<p { value += 2 * log(memory[places.normal + c * (p + 2)]) }
        }
        return value.isFinite ? value : nil
    }

    /// The factor of the normal equations from pooled groups; returns Σ log|M_j|, nil where groups are not pooled.
    private mutating func pooled() -> Double? {
        guard let classes = statistics.classes else { return nil }
        return Self.pooled(classes, factor[0, 0] * factor[0, 0], statistics.total, places, &memory)
    }

    private static func pooled(
        _ classes: GroupClasses, _ square: Double, _ total: UnsafePointer<Double>, _ places: Places,
        _ memory: UnsafeMutablePointer<Double>
    ) -> Double? {
        classes.reduce(square: square, total: total, normal: memory + places.normal)
    }

    /// C_j, the gains, R_j and the factor of the normal equations; returns Σ log|M_j|, nil where that is not defined.
    private mutating func reduced() -> Double? {
        isReduced = true
        return Self.reduce(statistics, statistics.within, statistics.cross, statistics.total, factor, places, &memory)
    }

    private static func reduce(
        _ statistics: ClusterStatistics, _ within: UnsafePointer<Double>, _ cross: UnsafePointer<Double>,
        _ total: UnsafePointer<Double>, _ factor: Matrix, _ places: Places, _ memory: UnsafeMutablePointer<Double>
    ) -> Double? {
        let q = statistics.coefficientCount, m = statistics.fixedCount + 1, count = statistics.groupCount
        let chol = memory + places.cholesky, gain = memory + places.gain
        let reduced = memory + places.reduced, normal = memory + places.normal
        func packed(_ a: Int, _ b: Int) -> Int { ClusterStatistics.packed(max(a, b), min(a, b)) * count }

        // AΛ, then M = ΛᵀAΛ + I and its factor.
        for a in 0..<q {
            for s in 0..<q {
                let target = gain + (a * q + s) * count
                scale(count, factor[s, s], within + packed(a, s), into: target)
                for t in (s + 1)..<max(q, s + 1) where factor[t, s] != 0 {
                    addScaled(count, factor[t, s], within + packed(a, t), target)
                }
            }
        }
        for r in 0..<q {
            for s in 0...r {
                let target = chol + packed(r, s)
                target.update(repeating: r == s ? 1 : 0, count: count)
                for t in r..<q where factor[t, r] != 0 {
                    addScaled(count, factor[t, r], gain + (t * q + s) * count, target)
                }
            }
        }
        var logarithms = 0.0
        for r in 0..<q {
            for s in 0..<r {
                let target = chol + packed(r, s)
                for t in 0..<s { subtractProduct(count, chol + packed(r, t), chol + packed(s, t), target) }
                multiply(count, target, chol + packed(s, s))
            }
            let pivot = chol + packed(r, r)
            for t in 0..<r { subtractProduct(count, chol + packed(r, t), chol + packed(r, t), pivot) }
            guard let sum = inverseRootsAndLogarithms(count, pivot) else { return nil }
            logarithms += sum
        }
        // AΛC⁻ᵀ, row by row of A: forward substitution over its columns.
        for a in 0..<q {
            for s in 0..<q {
                let target = gain + (a * q + s) * count
                for t in 0..<s {
                    subtractProduct(count, chol + packed(s, t), gain + (a * q + t) * count, target)
                }
                multiply(count, target, chol + packed(s, s))
            }
        }
        for c in 0..<m {
            for r in 0..<q {
                let target = reduced + (c * q + r) * count
                scale(count, factor[r, r], cross + (c * q + r) * count, into: target)
                for t in (r + 1)..<max(q, r + 1) where factor[t, r] != 0 {
                    addScaled(count, factor[t, r], cross + (c * q + t) * count, target)
                }
                for s in 0..<r {
                    subtractProduct(count, chol + packed(r, s), reduced + (c * q + s) * count, target)
                }
                multiply(count, target, chol + packed(r, r))
            }
        }
        normal.update(from: total, count: m * m)
        BLAS.syrkLower(transposesA: true, m, q * count, -1, reduced, q * count, 1, normal, m)
        guard BLAS.choleskyLower(m, normal) else { return nil }
        return 2 * logarithms
    }

    // MARK: Derivatives

    mutating func gradient(at theta: [Double], into gradient: inout [Double]) {
        if let slopes = pooledDerivatives(.expected) {
            gradient[0] = 2 * theta[0] * slopes.first
            return
        }
        let slopes = differentiate(criterion)
        write(gradient: slopes.gradient, into: &gradient)
    }

    mutating func derivatives(
        at theta: [Double], curvature: Curvature, gradient: inout [Double], hessian: inout [Double]
    ) {
        if let slopes = pooledDerivatives(curvature) {
            gradient[0] = 2 * theta[0] * slopes.first
            hessian[0] = 4 * theta[0] * theta[0] * slopes.second + (curvature == .exact ? 2 * slopes.first : 0)
            return
        }
        let slopes = differentiate(criterion)
        write(gradient: slopes.gradient, into: &gradient)
        let second = secondDerivatives(profiledCurvature: curvature, slopes)
        let jacobian = template.jacobian(factor)
        let curved = jacobian.transposedTimes(second * jacobian)
        let entries = template.entries, count = entries.count
        for l in 0..<count {
            for k in l..<count {
                var value = curved[k, l]
                if curvature == .exact, entries[k].column == entries[l].column {
                    value += 2 * slopes.gradient[entries[k].row, entries[l].row]
                }
                hessian[k + l * count] = value
            }
        }
    }

    private func pooledDerivatives(_ curvature: Curvature) -> (first: Double, second: Double)? {
        guard let classes = statistics.classes else { return nil }
        let m = statistics.fixedCount + 1
        return classes.derivatives(
            square: factor[0, 0] * factor[0, 0], normal: Array(memory[places.normal..<(places.normal + m * m)]),
            degreesOfFreedom: degreesOfFreedom, criterion: criterion, curvature: curvature)
    }

    /// dD/dΛ = 2·(dD/dG)·Λ at the free entries, of a block-diagonal Λ.
    private func write(gradient matrix: Matrix, into gradient: inout [Double]) {
        for (k, entry) in template.entries.enumerated() {
            var sum = 0.0
            for t in entry.column..<template.order {
                sum += matrix[entry.row, t] * factor[t, entry.column]
            }
            gradient[k] = 2 * sum
        }
    }

    /// The sums over the groups that derivatives consist of, all with V₁.
    struct Slopes {
        /// ∂D/∂G of the profiled criterion (q × q).
        var gradient: Matrix
        /// Σ W_j, Σ U_jH⁻¹U_jᵀ, Σ s_js_jᵀ (q × q).
        var precision: Matrix
        var leverage: Matrix
        var score: Matrix
    }

    /// Fills W_j, U_jL⁻ᵀ, s_j and returns their sums.
    mutating func differentiate(_ criterion: MixedCriterion) -> Slopes {
        if !isReduced { _ = reduced() }
        return Self.differentiate(
            statistics, statistics.within, statistics.cross, criterion, degreesOfFreedom / residualSquare, places,
            &memory)
    }

    private static func differentiate(
        _ statistics: ClusterStatistics, _ within: UnsafePointer<Double>, _ cross: UnsafePointer<Double>,
        _ criterion: MixedCriterion, _ ratio: Double, _ places: Places, _ memory: UnsafeMutablePointer<Double>
    ) -> Slopes {
        let q = statistics.coefficientCount, p = statistics.fixedCount, m = p + 1, count = statistics.groupCount
        let gain = memory + places.gain, reduced = memory + places.reduced
        let precision = memory + places.precision, design = memory + places.design
        let residual = memory + places.residual, normal = memory + places.normal
        let leverage = memory + places.leverage
        func packed(_ a: Int, _ b: Int) -> Int { ClusterStatistics.packed(a, b) * count }

        for a in 0..<q {
            for b in 0...a {
                let target = precision + packed(a, b)
                target.update(from: within + packed(a, b), count: count)
                for s in 0..<q {
                    subtractProduct(count, gain + (a * q + s) * count, gain + (b * q + s) * count, target)
                }
            }
        }
        // Z'V₁⁻¹[X y] = B − (AΛC⁻ᵀ)R.
        for c in 0..<m {
            for a in 0..<q {
                let target = c < p ? design + (c * q + a) * count : residual + a * count
                subtractProduct(
                    count, from: cross + (c * q + a) * count, gain + a * q * count, reduced + c * q * count,
                    into: target)
                for s in 1..<max(q, 1) {
                    subtractProduct(
                        count, gain + (a * q + s) * count, reduced + (c * q + s) * count, target)
                }
            }
        }
        // U ← U·L⁻ᵀ, and s = u_y − (U·L⁻ᵀ)·ℓ with ℓ = L⁻¹XᵀV₁⁻¹y, the last row of the factor.
        if p > 0 { BLAS.solveTriangularLowerFromRight(transposed: true, q * count, p, normal, m, design, q * count) }
        for c in 0..<p { addScaled(q * count, -normal[p + c * m], design + c * q * count, residual) }
        var slopes = Slopes(
            gradient: Matrix(rows: q, columns: q), precision: Matrix(rows: q, columns: q),
            leverage: Matrix(rows: q, columns: q), score: Matrix(rows: q, columns: q))
        for a in 0..<q {
            for b in 0...a {
                let target = leverage + packed(a, b)
                if p == 0 { target.update(repeating: 0, count: count) }
                for c in 0..<p {
                    let first = design + (c * q + a) * count, second = design + (c * q + b) * count
                    if c == 0 {
                        product(count, first, second, into: target)
                    } else {
                        addProduct(count, first, second, target)
                    }
                }
                let w = total(count, precision + packed(a, b)), h = total(count, target)
                let s = inner(count, residual + a * count, residual + b * count)
                let d = w - (criterion == .reml ? h : 0) - ratio * s
                slopes.precision[a, b] = w
                slopes.precision[b, a] = w
                slopes.leverage[a, b] = h
                slopes.leverage[b, a] = h
                slopes.score[a, b] = s
                slopes.score[b, a] = s
                slopes.gradient[a, b] = d
                slopes.gradient[b, a] = d
            }
        }
        return slopes
    }

    /// The pieces of second derivatives by the free entries of G, with V₁ in place of V (parameters × parameters).
    struct Curvatures {
        /// tr(P₁V_kP₁V_l), P₁ replaced by V₁⁻¹ with ML.
        var traces: Matrix
        /// yᵀP₁V_kP₁V_lP₁y.
        var forms: Matrix
        /// yᵀP₁V_kP₁y.
        var scores: [Double]
        /// L⁻¹(XᵀV₁⁻¹V_kV₁⁻¹X)L⁻ᵀ with XᵀV₁⁻¹X = LLᵀ (p × p each); empty when not needed.
        var products: [Matrix]
    }

    private mutating func secondDerivatives(profiledCurvature curvature: Curvature, _ slopes: Slopes) -> Matrix {
        let pieces = curvatures(slopes, withProducts: criterion == .reml && curvature == .exact)
        let nu = degreesOfFreedom, square = residualSquare
        return Matrix(rows: parameterCount, columns: parameterCount) { k, l in
            let form = nu * pieces.forms[k, l] / square
            let profiled = nu * pieces.scores[k] * pieces.scores[l] / (square * square)
            switch curvature {
            // Average information: half the sum of the observed and the expected (Gilmour, Thompson & Cullis 1995).
            case .expected: return form - profiled
            case .exact: return 2 * form - pieces.traces[k, l] - profiled
            }
        }
    }

    mutating func curvatures(_ slopes: Slopes, withProducts: Bool) -> Curvatures {
        let q = statistics.coefficientCount, p = statistics.fixedCount
        let pairs = q * (q + 1) / 2
        let isREML = criterion == .reml
        var fourth = [Double](repeating: 0, count: pairs * pairs)
        var fifth = fourth
        var loads = [Double](repeating: 0, count: q * p * q)
        Self.tensors(
            statistics, places, subtractsLeverage: isREML, withProducts: withProducts, &memory, &fourth, &fifth, &loads)
        let entries = template.entries
        // f_k = L⁻¹ Σ U_jᵀE_ks_j.
        let vectors: [[Double]] = entries.map { a, b in
            (0..<p).map { c in
                a == b
                    ? loads[c * q + a + b * q * p] : loads[c * q + a + b * q * p] + loads[c * q + b + a * q * p]
            }
        }
        let products: [Matrix] =
            withProducts
            ? entries.map { a, b in
                Matrix(rows: p, columns: p) { c, d in
                    let value = memory[places.products + c * q + a + (d * q + b) * q * p]
                    return a == b ? value : value + memory[places.products + c * q + b + (d * q + a) * q * p]
                }
            } : []
        let order = entries.count
        var result = Curvatures(
            traces: Matrix(rows: order, columns: order), forms: Matrix(rows: order, columns: order),
            scores: entries.map { a, b in (a == b ? 1 : 2) * slopes.score[a, b] }, products: products)
        for l in 0..<order {
            for k in l..<order {
                // tr(E_kWE_lX) is not symmetric in k and l one group at a time, but their mean is what is meant.
                var trace = 0.5 * (contracted(fourth, k, l) + contracted(fourth, l, k))
                if isREML && withProducts { trace += dot(products[k].storage, products[l].storage) }
                let form = 0.5 * (contracted(fifth, k, l) + contracted(fifth, l, k)) - dot(vectors[k], vectors[l])
                result.traces[k, l] = trace
                result.traces[l, k] = trace
                result.forms[k, l] = form
                result.forms[l, k] = form
            }
        }
        return result
    }

    /// Σ_j W_ab·(W − 2UH⁻¹Uᵀ)_cd, Σ_j W_ab·(ssᵀ)_cd over packed pairs, Σ_j L⁻¹U_jᵀs_j, and the products of U_jL⁻ᵀ.
    private static func tensors(
        _ statistics: ClusterStatistics, _ places: Places, subtractsLeverage: Bool, withProducts: Bool,
        _ memory: UnsafeMutablePointer<Double>, _ fourth: UnsafeMutablePointer<Double>,
        _ fifth: UnsafeMutablePointer<Double>, _ loads: UnsafeMutablePointer<Double>
    ) {
        let q = statistics.coefficientCount, p = statistics.fixedCount, count = statistics.groupCount
        let pairs = q * (q + 1) / 2
        let precision = memory + places.precision, other = memory + places.curvature
        let leverage = memory + places.leverage, residual = memory + places.residual
        let design = memory + places.design, products = memory + places.products
        // Σ_j W_ab·(W − 2UH⁻¹Uᵀ)_cd and Σ_j W_ab·(ssᵀ)_cd.
        let size = pairs * count
        for i in 0..<size { other[i] = precision[i] - (subtractsLeverage ? 2 * leverage[i] : 0) }
        BLAS.gemm(true, false, pairs, pairs, count, 1, precision, count, other, count, 0, fourth, pairs)
        for a in 0..<q {
            for b in 0...a {
                let target = other + ClusterStatistics.packed(a, b) * count
                target.update(repeating: 0, count: count)
                addProduct(count, residual + a * count, residual + b * count, target)
            }
        }
        BLAS.gemm(true, false, pairs, pairs, count, 1, precision, count, other, count, 0, fifth, pairs)
        // Σ_j of products of U_jL⁻ᵀ with itself, entry (c·q + a, d·q + b), and with s.
        if withProducts {
            BLAS.syrkLower(transposesA: true, q * p, count, 1, design, count, 0, products, q * p)
            for j in 0..<(q * p) {
                for i in 0..<j { products[i + j * q * p] = products[j + i * q * p] }
            }
        }
        BLAS.gemm(true, false, q * p, q, count, 1, design, count, residual, count, 0, loads, q * p)
    }

    // MARK: What inference reads after an evaluation

    var currentFactor: Matrix { factor }

    /// The Cholesky factor of [X y]ᵀV₁⁻¹[X y] (p + 1 × p + 1).
    var normalFactor: Matrix {
        let m = statistics.fixedCount + 1
        return Matrix(rows: m, columns: m) { $0 >= $1 ? memory[places.normal + $0 + $1 * m] : 0 }
    }

    /// L of XᵀV₁⁻¹X = LLᵀ (p × p).
    var fixedFactor: Matrix {
        let p = statistics.fixedCount
        return Matrix(rows: p, columns: p) { $0 >= $1 ? memory[places.normal + $0 + $1 * (p + 1)] : 0 }
    }

    /// The rows of Λ that each term has.
    var blocks: [Range<Int>] {
        let ends = template.offsets.dropFirst() + [template.order]
        return zip(template.offsets, ends).map { $0..<$1 }
    }

    /// Z_fᵀV₁⁻¹(y − Xβ̂) of each term (q_f × groups), given β̂ of the cleared columns.
    mutating func scores(_ coefficients: [Double]) -> [Matrix] {
        if !isReduced { _ = reduced() }
        let q = template.order, p = statistics.fixedCount, count = statistics.groupCount
        func residual(_ offset: Int, _ source: [Double]) -> [Double] {
            var sum = Array(source[(offset + p * q * count)..<(offset + (p + 1) * q * count)])
            for c in 0..<p {
                let first = offset + c * q * count
                for i in 0..<(q * count) { sum[i] -= coefficients[c] * source[first + i] }
            }
            return sum
        }
        var raw = residual(0, statistics.cross)
        let reduced = residual(places.reduced, memory)
        for a in 0..<q {
            for s in 0..<q {
                let gain = places.gain + (a * q + s) * count
                for j in 0..<count { raw[a * count + j] -= memory[gain + j] * reduced[s * count + j] }
            }
        }
        return blocks.map { block in
            Matrix(
                rows: count, columns: block.count,
                columnMajor: Array(raw[(block.lowerBound * count)..<(block.upperBound * count)])
            ).transpose
        }
    }

    /// tr(V₁⁻¹V_kV₁⁻¹V_l), after ``differentiate(_:)``.
    var precisionTraces: Matrix {
        let count = statistics.groupCount, pairs = template.order * (template.order + 1) / 2
        var tensor = [Double](repeating: 0, count: pairs * pairs)
        let precision = Array(memory[places.precision..<(places.precision + pairs * count)])
        BLAS.gemm(true, false, pairs, pairs, count, 1, precision, count, precision, count, 0, &tensor, pairs)
        return Matrix(rows: parameterCount, columns: parameterCount) { contracted(tensor, $0, $1) }
    }

    /// L⁻¹(XᵀV₁⁻¹V_kV₁⁻¹V_lV₁⁻¹X)L⁻ᵀ (parameters × parameters of p × p), after ``differentiate(_:)``.
    var weightedProducts: [[Matrix]] {
        let q = template.order, p = statistics.fixedCount, count = statistics.groupCount
        let pairs = q * (q + 1) / 2
        let design = Array(memory[places.design..<(places.design + q * p * count)])
        // Σ_j W_uv·(U_aᵀU_b), entry (c·q + a, d·q + b), for each pair (u, v).
        let sums: [[Double]] = (0..<pairs).map { pair in
            var weighted = [Double](repeating: 0, count: q * p * count)
            for column in 0..<(q * p) {
                for j in 0..<count {
                    weighted[column * count + j] =
                        memory[places.precision + pair * count + j] * design[column * count + j]
                }
            }
            var sum = [Double](repeating: 0, count: q * p * q * p)
            BLAS.gemm(true, false, q * p, q * p, count, 1, design, count, weighted, count, 0, &sum, q * p)
            return sum
        }
        // UᵀE_kWE_lU summed over the ways to take e_re_cᵀ from E_k and E_l.
        func directed(_ entry: (row: Int, column: Int)) -> [(Int, Int)] {
            entry.row == entry.column
                ? [(entry.row, entry.column)] : [(entry.row, entry.column), (entry.column, entry.row)]
        }
        return template.entries.map { k in
            template.entries.map { l in
                Matrix(rows: p, columns: p) { c, d in
                    var sum = 0.0
                    for (a, u) in directed(k) {
                        for (v, b) in directed(l) {
                            sum += sums[ClusterStatistics.packed(max(u, v), min(u, v))][c * q + a + (d * q + b) * q * p]
                        }
                    }
                    return sum
                }
            }
        }
    }

    /// tr(E_kWE_lX) of a tensor Σ_j W_ab·X_cd over packed pairs, E = e_re_cᵀ + e_ce_rᵀ or e_re_rᵀ on the diagonal.
    private func contracted(_ tensor: [Double], _ k: Int, _ l: Int) -> Double {
        let pairs = template.order * (template.order + 1) / 2
        let (a, b) = template.entries[k], (c, d) = template.entries[l]
        func at(_ w: (Int, Int), _ x: (Int, Int)) -> Double {
            tensor[
                ClusterStatistics.packed(max(w.0, w.1), min(w.0, w.1))
                    + ClusterStatistics.packed(max(x.0, x.1), min(x.0, x.1)) * pairs]
        }
        let sum = at((b, c), (d, a)) + at((b, d), (c, a)) + at((a, c), (d, b)) + at((a, d), (c, b))
        return sum * (a == b ? 0.5 : 1) * (c == d ? 0.5 : 1)
    }
}
