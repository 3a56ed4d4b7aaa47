import LinearAlgebra

/// The large-sample covariance matrix of the estimated variance components.
///
/// The information is half the Hessian of the unprofiled criterion, taken in the factors T_f of the covariance matrices
/// (cov b_f = T_fT_fᵀ) and the residual components, and carried over to the variance components φ by the chain rule. A
/// factor at zero has no slope there, so that a variance on the boundary drops out of everything built on this matrix, as
/// it does in lmerTest (Kuznetsova, Brockhoff & Christensen 2017), whereas Hessian and inverse taken in φ itself would not
/// exist.
struct VarianceParameterCovariance: Sendable {
    /// cov φ̂ (r × r), φ as in ``VarianceSensitivity``.
    let covariance: Matrix

    init(_ fit: MixedModelFit, _ sensitivity: VarianceSensitivity) throws {
        let count = sensitivity.gradient.count
        let sigma = fit.residualVariance.squareRoot()
        // J = ∂φ/∂ψᵀ, ψ in the order of φ with T_ij in the place of cov_ij, and Σ_k(∂D/∂φ_k)∂²φ_k/∂ψ∂ψᵀ.
        var jacobian = Matrix.identity(count)
        var second = Matrix(rows: count, columns: count)
        var first = 0
        for relative in fit.factors {
            let factor = sigma * relative
            let entries = lowerTriangle(factor.rows)
            for (row, (a, b)) in entries.enumerated() {
                let slope = sensitivity.gradient[first + row]
                for (column, (i, j)) in entries.enumerated() {
                    jacobian[first + row, first + column] = (i == a ? factor[b, j] : 0) + (i == b ? factor[a, j] : 0)
                    // ∂²(TTᵀ)_ab/∂T_aj∂T_bj = 1, and 2 where a = b.
                    guard i == a, let partner = entries.firstIndex(where: { $0 == (b, j) }) else { continue }
                    second[first + column, first + partner] += slope
                    second[first + partner, first + column] += slope
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
