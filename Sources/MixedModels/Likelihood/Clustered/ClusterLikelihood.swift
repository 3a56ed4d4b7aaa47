import CClusterKernels
import LinearAlgebra
import Optimization
import Probability

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The likelihood of a model with one grouping factor, from per-group cross-products: an evaluation costs
/// J·q²·p operations, whatever the number of rows.
///
/// With V₁ = I + ZGZᵀ, M_j = ΛᵀA_jΛ + I = C_jC_jᵀ, E_j = C_j⁻¹Λᵀ and R_j = E_jB_j,
/// log|V₁| = Σ log|M_j| and [X y]ᵀV₁⁻¹[X y] = C − Σ R_jᵀR_j, whose Cholesky factor holds that of H = XᵀV₁⁻¹X, β̂ and
/// r² = yᵀP₁y. The derivatives by G are those of the profiled criterion, with W_j = Z_jᵀV₁⁻¹Z_j, U_j = Z_jᵀV₁⁻¹X,
/// s_j = Z_jᵀV₁⁻¹(y − Xβ̂), ν = n or n − p:
///
/// ∂D/∂G = Σ W_j − U_jH⁻¹U_jᵀ − (ν/r²)·s_js_jᵀ (the middle term with REML only),
///
/// and the second ones follow from ∂P₁/∂G_k = −P₁V_kP₁ (Searle, Casella & McCulloch 1992, section 6.6).
struct ClusterLikelihood: MixedLikelihood {
    private(set) var statistics: ClusterStatistics
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

    /// Replaces the response.
    mutating func draw(_ sampling: ClusterSampling, using stream: inout RandomStream) {
        sampling.draw(into: &statistics, using: &stream)
        point = []
    }

    /// The maximum, roughly, of the likelihood of the residuals of ordinary least squares: without fixed effects an
    /// evaluation costs next to nothing.
    var start: [Double] {
        guard statistics.fixedCount > 0, let residuals = statistics.ofResiduals else { return uninformedStart }
        var simple = ClusterLikelihood(residuals, .ml, template)
        var theta = uninformedStart
        var minimizer = NewtonMinimizer()
        minimizer.tolerance = 0.1
        minimizer.maximumIterations = 12
        var workspace = NewtonMinimizer.Workspace(count: parameterCount)
        let report = minimizer.minimize(&simple, from: &theta, workspace: &workspace)
        return report.hasConverged ? theta : uninformedStart
    }

    /// Uncorrelated coefficients of which each carries a fifth of the variance.
    private var uninformedStart: [Double] {
        template.entries.map { entry in
            guard entry.row == entry.column else { return 0 }
            let first = ClusterStatistics.packed(entry.row, entry.row) * statistics.stride
            let square =
                statistics.within[first..<(first + statistics.stride)].reduce(0, +) / Double(statistics.rowCount)
            return square > 0 ? (0.25 / square).squareRoot() : 1
        }
    }

    /// Where an evaluation keeps its parts; all but the last three have the groups innermost.
    private struct Places: Sendable {
        /// E_j (q × q).
        let whitening: Int
        /// R_j, then U_jL⁻ᵀ with H = LLᵀ and s_j, by columns (q × (p + 1), and room for three more).
        let reduced: Int
        /// W_j, packed (q̄).
        let precision: Int
        /// W_j − 2U_jH⁻¹U_jᵀ with REML, W_j with ML, and s_js_jᵀ, packed (q̄ each).
        let curvature: Int
        /// U_jH⁻¹U_jᵀ, packed (q̄).
        let leverage: Int
        /// The Cholesky factor of [X y]ᵀV₁⁻¹[X y] (p + 1 × p + 1).
        let normal: Int
        /// The lower triangle of the products of the columns of `reduced`, entry (c·q + a, d·q + b)
        /// (q·(p + 1) × q·(p + 1)).
        let products: Int
        /// For the kernels.
        let scratch: Int
        let count: Int

        init(_ s: ClusterStatistics) {
            let q = s.coefficientCount, m = s.fixedCount + 1, stride = s.stride
            let pairs = q * (q + 1) / 2
            var next = 0
            func take(_ size: Int) -> Int {
                defer { next += size }
                return next
            }
            whitening = take(q * q * stride)
            reduced = take(q * (m + 3) * stride)
            precision = take(pairs * stride)
            curvature = take(2 * pairs * stride)
            leverage = take(pairs * stride)
            normal = take(m * m)
            products = take(q * m * q * m)
            scratch = take(CLUSTER_LANES * (q * m + 5 * pairs + 2 * q * q + 4 * q) + m * (m + 3))
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

    /// E_j, R_j and the factor of the normal equations; returns Σ log|M_j|, nil where that is not defined.
    private mutating func reduced() -> Double? {
        isReduced = true
        return Self.reduce(statistics, statistics.total, factor, places, &memory)
    }

    private static func reduce(
        _ s: ClusterStatistics, _ total: UnsafePointer<Double>, _ factor: Matrix, _ places: Places,
        _ memory: UnsafeMutablePointer<Double>
    ) -> Double? {
        let q = s.coefficientCount, m = s.fixedCount + 1
        let reduced = memory + places.reduced, normal = memory + places.normal
        let logarithms = cluster_reduce(
            q, m, s.stride, s.within, s.cross, factor.storage, memory + places.whitening, reduced,
            memory + places.scratch)
        normal.update(from: total, count: m * m)
        let size = q * s.stride
        cluster_products(size, -1, reduced, m, size, reduced, m, size, 1, normal, m)
        return logarithms.isFinite && cluster_cholesky(m, normal, m) != 0 ? logarithms : nil
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

    func pooledDerivatives(_ curvature: Curvature) -> (first: Double, second: Double)? {
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
        let q = template.order, pairs = q * (q + 1) / 2
        var sums = [Double](repeating: 0, count: 3 * pairs)
        Self.differentiate(statistics, criterion == .reml ? 2 : 0, places, &memory, &sums)
        func matrix(_ element: (Int) -> Double) -> Matrix {
            Matrix(rows: q, columns: q) { element(ClusterStatistics.packed(max($0, $1), min($0, $1))) }
        }
        let ratio = degreesOfFreedom / residualSquare
        return Slopes(
            gradient: matrix {
                sums[$0] - (criterion == .reml ? sums[pairs + $0] : 0) - ratio * sums[2 * pairs + $0]
            },
            precision: matrix { sums[$0] }, leverage: matrix { sums[pairs + $0] },
            score: matrix { sums[2 * pairs + $0] })
    }

    private static func differentiate(
        _ s: ClusterStatistics, _ lambda: Double, _ places: Places, _ memory: UnsafeMutablePointer<Double>,
        _ sums: UnsafeMutablePointer<Double>
    ) {
        cluster_differentiate(
            s.coefficientCount, s.fixedCount + 1, s.stride, s.within, s.cross, memory + places.whitening,
            memory + places.normal, lambda, memory + places.precision, memory + places.reduced,
            memory + places.leverage, memory + places.curvature, sums, memory + places.scratch)
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
        let q = template.order, p = statistics.fixedCount, m = p + 1
        let entries = template.entries, order = entries.count, pairs = q * (q + 1) / 2
        // Σ_j W_ab·(W − 2UH⁻¹Uᵀ)_cd, then Σ_j W_ab·(ssᵀ)_cd, over packed pairs.
        var tensors = [Double](repeating: 0, count: 2 * pairs * pairs)
        // L⁻¹ΣU_jᵀE_kU_jL⁻ᵀ, and f_k = L⁻¹ΣU_jᵀE_ks_j, a column for each k, zeros below.
        let size = (p * p + 7) / 8 * 8, height = (p + 7) / 8 * 8
        var products = [Double](repeating: 0, count: withProducts ? size * order : 0)
        var vectors = [Double](repeating: 0, count: height * order)
        Self.sumOverGroups(statistics, places, withProducts: withProducts, &memory, &tensors)
        for (k, (a, b)) in entries.enumerated() {
            let last = places.products + p * q
            for c in 0..<p {
                var value = memory[last + b + (c * q + a) * q * m]
                if a != b { value += memory[last + a + (c * q + b) * q * m] }
                vectors[c + k * height] = value
            }
            guard withProducts else { continue }
            for c in 0..<p {
                for d in 0...c {
                    let (i, j) = c == d ? (max(a, b), min(a, b)) : (a, b)
                    var value = memory[places.products + c * q + i + (d * q + j) * q * m]
                    if a != b {
                        value = c == d ? 2 * value : value + memory[places.products + c * q + j + (d * q + i) * q * m]
                    }
                    products[c + d * p + k * size] = value
                    products[d + c * p + k * size] = value
                }
            }
        }
        var double = [Double](repeating: 0, count: order * order), single = double
        if criterion == .reml && withProducts {
            cluster_products(size, 1, products, order, size, products, order, size, 1, &double, order)
        }
        cluster_products(height, 1, vectors, order, height, vectors, order, height, 1, &single, order)
        var result = Curvatures(
            traces: Matrix(rows: order, columns: order), forms: Matrix(rows: order, columns: order),
            scores: entries.map { a, b in (a == b ? 1 : 2) * slopes.score[a, b] },
            products: withProducts
                ? (0..<order).map {
                    Matrix(rows: p, columns: p, columnMajor: Array(products[($0 * size)..<($0 * size + p * p)]))
                } : [])
        for l in 0..<order {
            for k in l..<order {
                // tr(E_kWE_lX) is not symmetric in k and l one group at a time, but their mean is what is meant.
                let trace =
                    0.5 * (contracted(tensors, 0, k, l) + contracted(tensors, 0, l, k)) + double[k + l * order]
                let form =
                    0.5 * (contracted(tensors, pairs, k, l) + contracted(tensors, pairs, l, k)) - single[k + l * order]
                result.traces[k, l] = trace
                result.traces[l, k] = trace
                result.forms[k, l] = form
                result.forms[l, k] = form
            }
        }
        return result
    }

    /// Σ_j of W_ab times each of the two parts of `curvature`, and the products of the columns of `reduced`: those with s
    /// alone, or all.
    private static func sumOverGroups(
        _ s: ClusterStatistics, _ places: Places, withProducts: Bool, _ memory: UnsafeMutablePointer<Double>,
        _ tensors: UnsafeMutablePointer<Double>
    ) {
        let q = s.coefficientCount, p = s.fixedCount, width = q * (p + 1), pairs = q * (q + 1) / 2
        let stride = s.stride, reduced = memory + places.reduced, products = memory + places.products
        cluster_products(
            stride, 1, memory + places.precision, pairs, stride, memory + places.curvature, 2 * pairs, stride, 0,
            tensors, pairs)
        products.update(repeating: 0, count: width * width)
        if withProducts {
            cluster_products(stride, 1, reduced, width, stride, reduced, width, stride, 1, products, width)
        } else {
            cluster_products(
                stride, 1, reduced + p * q * stride, q, stride, reduced, width, stride, 0, products + p * q, width)
        }
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
        let stride = statistics.stride
        var scores = [Double](repeating: 0, count: 2 * template.order * stride)
        Self.scores(statistics, coefficients, places, memory, &scores)
        return blocks.map { block in
            Matrix(rows: block.count, columns: statistics.groupCount) {
                scores[(template.order + block.lowerBound + $0) * stride + $1]
            }
        }
    }

    private static func scores(
        _ s: ClusterStatistics, _ coefficients: [Double], _ places: Places, _ memory: UnsafePointer<Double>,
        _ scores: UnsafeMutablePointer<Double>
    ) {
        cluster_scores(
            s.coefficientCount, s.fixedCount + 1, s.stride, s.within, s.cross, memory + places.whitening, coefficients,
            scores)
    }

    /// tr(V₁⁻¹V_kV₁⁻¹V_l), after ``differentiate(_:)``.
    var precisionTraces: Matrix {
        let stride = statistics.stride, pairs = template.order * (template.order + 1) / 2
        var tensor = [Double](repeating: 0, count: pairs * pairs)
        let precision = Array(memory[places.precision..<(places.precision + pairs * stride)])
        cluster_products(stride, 1, precision, pairs, stride, precision, pairs, stride, 0, &tensor, pairs)
        return Matrix(rows: parameterCount, columns: parameterCount) { contracted(tensor, 0, $0, $1) }
    }

    /// L⁻¹(XᵀV₁⁻¹V_kV₁⁻¹V_lV₁⁻¹X)L⁻ᵀ (parameters × parameters of p × p), after ``differentiate(_:)``.
    var weightedProducts: [[Matrix]] {
        let q = template.order, p = statistics.fixedCount, stride = statistics.stride, width = q * p
        let design = Array(memory[places.reduced..<(places.reduced + width * stride)])
        // Σ_j W_uv·(U_aᵀU_b), entry (c·q + a, d·q + b), for each pair (u, v).
        let sums: [[Double]] = (0..<(q * (q + 1) / 2)).map { pair in
            var weighted = design
            for column in 0..<width {
                for j in 0..<stride { weighted[column * stride + j] *= memory[places.precision + pair * stride + j] }
            }
            var sum = [Double](repeating: 0, count: width * width)
            cluster_products(stride, 1, design, width, stride, weighted, width, stride, 0, &sum, width)
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

    /// tr(E_kWE_lX) of a tensor Σ_j W_ab·X_cd over packed pairs, that of X from the column `first` on;
    /// E = e_re_cᵀ + e_ce_rᵀ, or e_re_rᵀ on the diagonal.
    private func contracted(_ tensor: [Double], _ first: Int, _ k: Int, _ l: Int) -> Double {
        let pairs = template.order * (template.order + 1) / 2
        let (a, b) = template.entries[k], (c, d) = template.entries[l]
        func at(_ w: (Int, Int), _ x: (Int, Int)) -> Double {
            tensor[
                ClusterStatistics.packed(max(w.0, w.1), min(w.0, w.1))
                    + (first + ClusterStatistics.packed(max(x.0, x.1), min(x.0, x.1))) * pairs]
        }
        let sum = at((b, c), (d, a)) + at((b, d), (c, a)) + at((a, c), (d, b)) + at((a, d), (c, b))
        return sum * (a == b ? 0.5 : 1) * (c == d ? 0.5 : 1)
    }
}
