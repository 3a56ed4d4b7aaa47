import LinearAlgebra

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The covariance matrix R of the residuals relative to σ² as a function of natural parameters ω, and ω as a function of
/// unbounded ones.
///
/// ω is (ρ), then the ratios r_s = σ_s/σ_1 of the strata s ≥ 2, so that R_ij = r_s(i)·r_s(j)·C_ij(ρ); for an unstructured
/// matrix, ω is the lower triangle by columns of the covariances relative to that of the first occasion.
struct ResidualModel: Sendable {
    enum Correlation: Sendable {
        case none
        /// ρ^d with the distance of each class of pairs of rows.
        case power(distances: [Double])
        case exchangeable
        case unstructured(order: Int)
    }

    var correlation: Correlation
    /// ρ lies between this and 1.
    var lowerBound: Double
    /// The names of the strata whose variances differ, or of the occasions of an unstructured matrix; else empty.
    var strataNames: [String]

    /// Whether ω begins with ρ.
    var hasCorrelation: Bool {
        switch correlation {
        case .power, .exchangeable: true
        case .none, .unstructured: false
        }
    }

    var isUnstructured: Bool {
        if case .unstructured = correlation { true } else { false }
    }

    private var ratioCount: Int { isUnstructured ? 0 : max(strataNames.count - 1, 0) }

    /// The number of natural parameters, and of unbounded ones.
    var parameterCount: Int {
        if case .unstructured(let order) = correlation { return order * (order + 1) / 2 - 1 }
        return (hasCorrelation ? 1 : 0) + ratioCount
    }

    /// Whether V is linear in σ², σ²ω where variances stand for ratios: Kenward and Roger's method then applies.
    var hasLinearForm: Bool {
        switch correlation {
        case .none, .unstructured: true
        case .exchangeable: strataNames.isEmpty
        case .power: false
        }
    }

    /// The names of ω, `rho` and `ratio[level]`; of an unstructured matrix the ratios come first.
    var parameterNames: [String] {
        let ratios = strataNames.dropFirst().map { "ratio[\($0)]" }
        guard isUnstructured else { return (hasCorrelation ? ["rho"] : []) + ratios }
        return ratios + pairs.map { "rho[\(strataNames[$0.row]),\(strataNames[$0.column])]" }
    }

    /// The parameters as they are reported, in the order of ``parameterNames``.
    func reported(_ omega: [Double]) -> [Double] {
        guard case .unstructured(let order) = correlation else { return omega }
        let covariances = [1] + omega
        func covariance(_ i: Int, _ j: Int) -> Double { covariances[Self.packed(i, j, order)] }
        return (1..<order).map { covariance($0, $0).squareRoot() }
            + pairs.map {
                covariance($0.row, $0.column)
                    / (covariance($0.row, $0.row) * covariance($0.column, $0.column)).squareRoot()
            }
    }

    private var pairs: [(row: Int, column: Int)] {
        let order = strataNames.count
        return (0..<order).flatMap { column in (column..<order).dropFirst().map { (row: $0, column: column) } }
    }

    /// The index of (row, column), row ≥ column, in the lower triangle by columns.
    static func packed(_ row: Int, _ column: Int, _ order: Int) -> Int {
        column * order - column * (column - 1) / 2 + row - column
    }

    // MARK: - Unbounded parameters

    /// ω at the unbounded parameters: ρ by a scaled hyperbolic tangent, ratios by their logarithms, an unstructured
    /// matrix by its Cholesky factor with 1 in the corner.
    func natural(_ theta: ArraySlice<Double>) -> [Double] {
        let theta = Array(theta)
        if case .unstructured(let order) = correlation {
            let product = CovarianceFactor(theta: [1] + theta, order: order).product
            return Array(CovarianceFactor.lowerTriangle(product).dropFirst())
        }
        return theta.enumerated().map { index, value in
            if index == 0, hasCorrelation { return lowerBound + (1 - lowerBound) / (1 + exp(-2 * value)) }
            return exp(value)
        }
    }

    /// The unbounded parameters at ω with correlation `rho` and the given ratios (1 for the first stratum included).
    func start(rho: Double, ratios: [Double]) -> [Double] {
        if case .unstructured(let order) = correlation {
            let covariance = Matrix(rows: order, columns: order) {
                ratios[$0] * ratios[$1] / (ratios[0] * ratios[0]) * ($0 == $1 ? 1 : rho)
            }
            guard let factor = try? Cholesky(covariance).factor else { return [] }
            return Array(CovarianceFactor.lowerTriangle(factor).dropFirst())
        }
        let share = (rho - lowerBound) / (1 - lowerBound)
        return (hasCorrelation ? [0.5 * log(share / (1 - share))] : [])
            + ratios.prefix(ratioCount + 1).dropFirst().map { log($0 / ratios[0]) }
    }

    /// dω/dθ (w × w, row-major), and Σ_k g_k·d²ω_k/dθdθᵀ for the gradient g by ω.
    func chain(_ theta: ArraySlice<Double>, gradient: [Double]) -> (jacobian: Matrix, curvature: Matrix) {
        let theta = Array(theta), count = theta.count
        if case .unstructured(let order) = correlation {
            let factor = CovarianceFactor(theta: [1] + theta, order: order)
            let inner = Array(1..<(count + 1))
            return (
                factor.jacobian.submatrix(rows: inner, columns: inner),
                factor.curvature([0] + gradient).submatrix(rows: inner, columns: inner)
            )
        }
        var jacobian = Matrix(rows: count, columns: count), curvature = jacobian
        for (index, value) in theta.enumerated() {
            if index == 0, hasCorrelation {
                let share = 1 / (1 + exp(-2 * value)), slope = 2 * share / (1 + exp(2 * value))
                jacobian[0, 0] = (1 - lowerBound) * slope
                curvature[0, 0] = gradient[0] * (1 - lowerBound) * 2 * slope * (1 - 2 * share)
            } else {
                jacobian[index, index] = exp(value)
                curvature[index, index] = gradient[index] * exp(value)
            }
        }
        return (jacobian, curvature)
    }

    // MARK: - The linear form

    /// d(σ², ω)/dc for the variances and covariances c in which V is linear, in the order (σ₁², others): for strata their
    /// variances, else the covariances that ω is relative to.
    func linearJacobian(variance: Double, omega: [Double]) -> Matrix {
        var jacobian = Matrix(rows: omega.count + 1, columns: omega.count + 1)
        jacobian[0, 0] = 1
        for (index, value) in omega.enumerated() {
            if case .none = correlation {
                jacobian[index + 1, 0] = -value / (2 * variance)
                jacobian[index + 1, index + 1] = 1 / (2 * value * variance)
            } else {
                jacobian[index + 1, 0] = -value / variance
                jacobian[index + 1, index + 1] = 1 / variance
            }
        }
        return jacobian
    }

    /// The names and values of the residual parameters that ``VarianceSensitivity`` is taken by, σ² included.
    func components(variance: Double, omega: [Double]) -> [(name: String, value: Double)] {
        switch correlation {
        case .none:
            guard !strataNames.isEmpty else { return [("variance", variance)] }
            return zip(strataNames, [1] + omega).map { ("variance[\($0)]", variance * $1 * $1) }
        case .exchangeable where strataNames.isEmpty:
            return [("variance", variance), ("covariance", variance * omega[0])]
        case .power, .exchangeable:
            return [("variance", variance)] + zip(parameterNames, omega).map { ($0, $1) }
        case .unstructured(let order):
            return (0..<order).flatMap { column in (column..<order).map { (row: $0, column: column) } }.enumerated().map
            {
                let (row, column) = ($1.row, $1.column)
                let name =
                    row == column
                    ? "variance[\(strataNames[row])]" : "covariance[\(strataNames[row]),\(strataNames[column])]"
                return (name, variance * ($0 == 0 ? 1 : omega[$0 - 1]))
            }
        }
    }

    // MARK: - Values by class of pairs

    /// Correlations and their derivatives by ρ for each class of pairs of rows, and the ratios of the strata.
    struct Tables: Sendable {
        var correlation: [Double]
        var first: [Double]
        var second: [Double]
        var ratios: [Double]
    }

    func tables(_ omega: [Double]) -> Tables {
        let ratios = isUnstructured ? [1] : [1] + omega.suffix(ratioCount)
        switch correlation {
        case .none: return Tables(correlation: [1], first: [0], second: [0], ratios: ratios)
        case .exchangeable:
            return Tables(correlation: [1, omega[0]], first: [0, 1], second: [0, 0], ratios: ratios)
        case .power(let distances):
            let rho = omega[0]
            return Tables(
                correlation: distances.map { pow(rho, $0) },
                first: distances.map { $0 == 0 ? 0 : $0 * pow(rho, $0 - 1) },
                second: distances.map { $0 == 0 || $0 == 1 ? 0 : $0 * ($0 - 1) * pow(rho, $0 - 2) }, ratios: ratios)
        case .unstructured:
            return Tables(correlation: [1] + omega, first: [], second: [], ratios: ratios)
        }
    }
}

extension ResidualModel {
    /// The model of a structure for rows that stand as `layout` says, and the class of pairs of rows within clusters.
    init(_ structure: ResidualStructure, layout: ResidualLayout, distances: [Double]) {
        strataNames = layout.strataNames
        lowerBound = 0
        switch structure.correlation {
        case .none: correlation = .none
        case .compoundSymmetric:
            correlation = .exchangeable
            lowerBound = -1 / Double(max(layout.largestCluster, 2) - 1)
        case .unstructured: correlation = .unstructured(order: layout.strataNames.count)
        case .autoregressive:
            correlation = .power(distances: distances)
            // With distances that are all even the sign of ρ leaves no trace; with fractions a negative ρ has no powers.
            let areWhole = distances.allSatisfy { $0 == $0.rounded() }
            let areEven = distances.allSatisfy { ($0 / 2) == ($0 / 2).rounded() }
            if areWhole, !areEven { lowerBound = -1 }
        }
    }
}
