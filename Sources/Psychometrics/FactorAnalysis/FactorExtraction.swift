import LinearAlgebra

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The ways to extract factors.
public enum ExtractionMethod: String, Sendable, Codable, CaseIterable {
    /// Maximum likelihood.
    case maximumLikelihood = "ml"
    /// Iterated principal axes.
    case principalAxis = "pa"
    /// Minimum residuals, which are unweighted least squares.
    case minimumResiduals = "minres"
    /// Principal components: no factor model.
    case principalComponents = "pc"
}

/// Unrotated loadings of a correlation matrix.
struct FactorExtraction {
    /// Uniquenesses are kept at or above this bound, as in psych and factanal; one that ends there is a Heywood case.
    static let smallestUniqueness = 0.005

    let loadings: Matrix
    let iterations: Int
    let converged: Bool
    /// The items whose uniqueness ended at its bound, or whose communality exceeds one.
    let heywood: [Int]

    init(_ r: Matrix, factors k: Int, method: ExtractionMethod, items: [String]) throws {
        switch method {
        case .principalComponents:
            loadings = Self.axes(try SymmetricEigen(r), k) { $0 }
            (iterations, converged, heywood) = (1, true, [])
        case .principalAxis:
            let result = try Self.principalAxis(r, k, items)
            (loadings, iterations, converged) = (result.loadings, result.iterations, result.converged)
            heywood = r.diagonal.indices.filter { i in dot(result.loadings.row(i), result.loadings.row(i)) >= 1 }
        case .maximumLikelihood:
            // The first guess of Jöreskog (1967) for the uniquenesses, and their upper bounds 1/rⁱⁱ: with several Heywood
            // cases there are several minima, and the lower is kept.
            let inverse = try inverse(ofCorrelations: r, names: items).inverse
            let bound = log(Self.smallestUniqueness)
            let minimum = try BoundedNewton.lowestMinimum(
                from: [1 - 0.5 * Double(k) / Double(r.rows), 1].map { guess in
                    inverse.diagonal.map { log(max(guess / $0, 2 * Self.smallestUniqueness)) }
                }, lowerBound: bound
            ) { try Self.discrepancyML(r, $0, k) }
            guard minimum.converged else {
                throw PsychometricsError.noConvergence(
                    analysis: "the maximum likelihood factor analysis", iterations: minimum.iterations)
            }
            loadings = try Self.loadingsML(r, minimum.point, k)
            (iterations, converged) = (minimum.iterations, true)
            heywood = minimum.point.indices.filter { minimum.point[$0] <= bound }
        case .minimumResiduals:
            let multiple = Self.squaredMultipleCorrelations(r)
            let minimum = try BoundedNewton.lowestMinimum(
                from: [1, 1 - 0.5 * Double(k) / Double(r.rows)].map { guess in
                    multiple.map { max(guess * (1 - $0), 2 * Self.smallestUniqueness) }
                }, lowerBound: Self.smallestUniqueness
            ) { try Self.discrepancyULS(r, $0, k) }
            guard minimum.converged else {
                throw PsychometricsError.noConvergence(
                    analysis: "the minimum residual factor analysis", iterations: minimum.iterations)
            }
            loadings = Self.axes(try SymmetricEigen(r - .diagonal(minimum.point)), k) { $0 }
            (iterations, converged) = (minimum.iterations, true)
            heywood = minimum.point.indices.filter { minimum.point[$0] <= Self.smallestUniqueness }
        }
    }

    /// The first k eigenvectors, scaled by the root of `weight` of their eigenvalue (zero when that is negative).
    static func axes(_ eigen: SymmetricEigen, _ k: Int, weight: (Double) -> Double) -> Matrix {
        Matrix(rows: eigen.vectors.rows, columns: k) { i, m in
            eigen.vectors[i, m] * max(weight(eigen.values[m]), 0).squareRoot()
        }
    }

    /// The squared multiple correlation of each variable with all others, 1 − 1/rⁱⁱ; one where it does not exist.
    static func squaredMultipleCorrelations(_ r: Matrix) -> [Double] {
        guard let factorization = try? Cholesky(r) else { return [Double](repeating: 1, count: r.rows) }
        return factorization.inverse.diagonal.map { min(max(1 - 1 / $0, 0), 1) }
    }

    /// Iterated principal axes with the stopping rule of `fa(fm = "pa")` of psych: squared multiple correlations to
    /// start with, until the sum of communalities changes by no more than 0.001, at most 50 times.
    private static func principalAxis(
        _ r: Matrix, _ k: Int, _ items: [String]
    ) throws -> (loadings: Matrix, iterations: Int, converged: Bool) {
        let limit = 50, smallestChange = 0.001
        var reduced = r
        let start = squaredMultipleCorrelations(r)
        for i in start.indices { reduced[i, i] = start[i] }
        var total = start.reduce(0, +)
        var loadings = Matrix(rows: r.rows, columns: k)
        for iteration in 1...limit {
            loadings = axes(try SymmetricEigen(reduced), k) { $0 }
            var sum = 0.0
            for i in 0..<r.rows {
                let row = loadings.row(i)
                reduced[i, i] = dot(row, row)
                sum += reduced[i, i]
            }
            if abs(sum - total) <= smallestChange { return (loadings, iteration, true) }
            total = sum
        }
        return (loadings, limit, false)
    }

    // MARK: Maximum likelihood (Jöreskog 1967; Lawley & Maxwell 1971, ch. 4)

    /// The loadings that minimise the discrepancy given the logarithms of the uniquenesses: Ψ^½ Ω (Γ − I)^½.
    static func loadingsML(_ r: Matrix, _ logUniquenesses: [Double], _ k: Int) throws -> Matrix {
        let scales = logUniquenesses.map { exp(0.5 * $0) }
        let scaled = Matrix(rows: r.rows, columns: r.rows) { r[$0, $1] / (scales[$0] * scales[$1]) }
        let axes = axes(try SymmetricEigen(scaled), k) { $0 - 1 }
        return Matrix(rows: r.rows, columns: k) { scales[$0] * axes[$0, $1] }
    }

    /// The discrepancy Σ(γₘ − log γₘ − 1) over the p − k smallest eigenvalues of Ψ^−½ R Ψ^−½, as a function of xᵢ = log ψᵢ,
    /// with its exact gradient Σ(1 − γₘ)ωᵢₘ² and Hessian.
    static func discrepancyML(_ r: Matrix, _ x: [Double], _ k: Int) throws -> BoundedNewton.Value {
        let p = r.rows
        let scales = x.map { exp(-0.5 * $0) }
        let eigen = try SymmetricEigen(Matrix(rows: p, columns: p) { r[$0, $1] * scales[$0] * scales[$1] })
        let gamma = eigen.values
        let value = gamma[k...].reduce(0) { $0 + $1 - log($1) - 1 }
        let (gradient, hessian) = derivatives(
            eigen.vectors, k, slope: { 1 - gamma[$0] }, own: { gamma[$0] },
            cross: { m, l in (gamma[m] - 1) * (gamma[m] + gamma[l]) / (gamma[m] - gamma[l]) })
        return BoundedNewton.Value(value: value, gradient: gradient, hessian: hessian)
    }

    // MARK: Unweighted least squares (Harman & Jones 1966; Jöreskog 1977)

    /// The discrepancy ½Σγₘ² over the p − k smallest eigenvalues of R − Ψ, as a function of the uniquenesses.
    static func discrepancyULS(_ r: Matrix, _ x: [Double], _ k: Int) throws -> BoundedNewton.Value {
        let eigen = try SymmetricEigen(r - .diagonal(x))
        let gamma = eigen.values
        let value = gamma[k...].reduce(0) { $0 + 0.5 * $1 * $1 }
        let (gradient, hessian) = derivatives(
            eigen.vectors, k, slope: { -gamma[$0] }, own: { _ in 1 },
            cross: { m, l in 2 * gamma[m] / (gamma[m] - gamma[l]) })
        return BoundedNewton.Value(value: value, gradient: gradient, hessian: hessian)
    }

    /// Gradient Σₘ slopeₘ ωᵢₘ² and Hessian (Σₘ ownₘ ωᵢₘωⱼₘ)(Σₘ ωᵢₘωⱼₘ) + Σₘ ωᵢₘωⱼₘ Σₗ crossₘₗ ωᵢₗωⱼₗ, with m over the
    /// discarded and l over the retained eigenvectors.
    ///
    /// Both discrepancies have this form; the terms between two discarded vectors have no singularity left.
    private static func derivatives(
        _ vectors: Matrix, _ k: Int, slope: (Int) -> Double, own: (Int) -> Double, cross: (Int, Int) -> Double
    ) -> ([Double], Matrix) {
        let p = vectors.rows
        var gradient = [Double](repeating: 0, count: p)
        for m in k..<p {
            let s = slope(m)
            for i in 0..<p { gradient[i] += s * vectors[i, m] * vectors[i, m] }
        }
        let discarded = vectors.submatrix(rows: Array(0..<p), columns: Array(k..<p))
        let weighted = Matrix(rows: p, columns: p - k) { own($1 + k) * discarded[$0, $1] }
        let first = weighted.timesTransposed(discarded), second = discarded.timesTransposed(discarded)
        var hessian = Matrix(rows: p, columns: p) { first[$0, $1] * second[$0, $1] }
        for l in 0..<k {
            let scaled = Matrix(rows: p, columns: p - k) { cross($1 + k, l) * discarded[$0, $1] }
            let inner = scaled.timesTransposed(discarded)
            for j in 0..<p {
                for i in 0..<p { hessian[i, j] += inner[i, j] * vectors[i, l] * vectors[j, l] }
            }
        }
        return (gradient, hessian)
    }
}
