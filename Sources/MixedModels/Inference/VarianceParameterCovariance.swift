import LinearAlgebra

/// The large-sample covariance matrix of the estimated variance components.
///
/// The information is half the Hessian of the unprofiled criterion, taken in the parameters Λ_f, log σ² and those of the
/// residual structure, and carried over to the variance components φ by the chain rule. A factor at zero has no slope
/// there, so that a variance on the boundary drops out of everything built on this matrix, as it does in lmerTest
/// (Kuznetsova, Brockhoff & Christensen 2017), whereas Hessian and inverse taken in φ itself would not exist.
struct VarianceParameterCovariance: Sendable {
    /// cov φ̂ (r × r), φ as in ``VarianceSensitivity``.
    let covariance: Matrix

    init(_ fit: MixedModelFit, _ sensitivity: VarianceSensitivity) throws {
        let count = sensitivity.gradient.count
        let sizes = fit.design.terms.map(\.coefficientCount)
        let factorCount = fit.design.terms.reduce(0) { $0 + $1.parameterCount }
        let variance = fit.residualVariance
        // J = ∂φ/∂ψᵀ, ψ in the order of φ with Λ_ij in the place of cov_ij.
        var jacobian = Matrix(rows: count, columns: count)
        var second = Matrix(rows: count, columns: count)
        for k in factorCount..<count { jacobian[k, k] = 1 }
        jacobian[factorCount, factorCount] = variance
        second[factorCount, factorCount] = sensitivity.gradient[factorCount] * variance
        var first = 0
        for (term, q) in sizes.enumerated() {
            let entries = lowerTriangle(q)
            let factor = fit.factors[term], covariance = fit.covariances[term]
            for (row, (a, b)) in entries.enumerated() {
                let slope = sensitivity.gradient[first + row]
                jacobian[first + row, factorCount] = covariance[a, b]
                second[factorCount, factorCount] += slope * covariance[a, b]
                for (column, (i, j)) in entries.enumerated() {
                    var derivative = 0.0
                    if i == a { derivative += factor[b, j] }
                    if i == b { derivative += factor[a, j] }
                    guard derivative != 0 else { continue }
                    jacobian[first + row, first + column] = variance * derivative
                    second[first + column, factorCount] += slope * variance * derivative
                    second[factorCount, first + column] += slope * variance * derivative
                }
                // ∂²(ΛΛᵀ)_ab/∂Λ_aj∂Λ_bj = 1, and 2 where a = b.
                for (column, (i, j)) in entries.enumerated() where i == a {
                    guard let partner = entries.firstIndex(where: { $0 == (b, j) }) else { continue }
                    second[first + column, first + partner] += slope * variance
                    second[first + partner, first + column] += slope * variance
                }
            }
            first += entries.count
        }
        let hessian = (jacobian.transposedTimes(sensitivity.hessian * jacobian) + second).symmetrized
        let inverse = try scaledPseudoInverse(hessian)
        covariance = 2 * jacobian * (inverse * jacobian.transpose)
    }
}

/// The entries (row, column) of the lower triangle of a matrix of order `order`, column by column.
func lowerTriangle(_ order: Int) -> [(Int, Int)] {
    (0..<order).flatMap { column in (column..<order).map { ($0, column) } }
}

/// The inverse of a symmetric matrix over the eigenvectors whose eigenvalues, after scaling to a unit diagonal, are
/// positive: what lmerTest does with a Hessian.
func scaledPseudoInverse(_ matrix: Matrix, tolerance: Double = 1e-8) throws -> Matrix {
    let scale = matrix.diagonal.map { $0 > 0 ? 1 / $0.squareRoot() : 0 }
    let scaled = Matrix(rows: matrix.rows, columns: matrix.rows) { scale[$0] * matrix[$0, $1] * scale[$1] }
    let inverse = try symmetricPower(scaled, -1, tolerance: tolerance)
    return Matrix(rows: matrix.rows, columns: matrix.rows) { scale[$0] * inverse[$0, $1] * scale[$1] }
}
