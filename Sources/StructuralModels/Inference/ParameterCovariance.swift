import LinearAlgebra

/// The sampling covariance matrix of the estimates, from the expected information and the Jacobian of the constraints
/// that hold as equations.
///
/// Under constraints the inverse is taken in the null space of their Jacobian (Aitchison & Silvey 1958).
struct ParameterCovariance {
    /// The information matrix of the whole sample (q × q).
    let information: Matrix
    /// The covariance matrix of the estimates (q × q), or nil where the information is singular.
    let matrix: Matrix?
    /// Directions in which the likelihood does not change, as unit vectors over the parameters in units of their own
    /// curvature: empty where the structure is locally identified.
    let flatDirections: [[Double]]

    /// - Parameters:
    ///   - information: N/2 times the expected Hessian of the discrepancy.
    ///   - jacobian: the rows ∂h/∂θ of the constraints that hold as equations.
    init(information: Matrix, constraintJacobian jacobian: [[Double]]) {
        self.information = information
        let q = information.rows
        guard q > 0 else {
            matrix = information
            flatDirections = []
            return
        }
        // Scaled to a unit diagonal, so that the judgement of singularity does not depend on the variables' units.
        let scale = information.diagonal.map { $0 > 0 ? 1 / $0.squareRoot() : 1 }
        let scaled = Matrix(rows: q, columns: q) { information[$0, $1] * scale[$0] * scale[$1] }
        let rows = jacobian.map { row in zip(row, scale).map { $0 * $1 } }
        let basis = rows.isEmpty ? Matrix.identity(q) : OrthogonalBasis(Matrix(rows)).nullSpace
        let reduced = rows.isEmpty ? scaled : basis.transposedTimes(scaled * basis)
        guard reduced.rows > 0 else {
            matrix = Matrix(rows: q, columns: q)
            flatDirections = []
            return
        }
        // A matrix of unit diagonal that is singular to working precision shows it in its smallest pivot, so that the
        // eigenvalues are needed only to say which parameters are concerned.
        let factor = try? Cholesky(reduced)
        let pivot = factor?.factor.diagonal.min() ?? 0
        flatDirections = pivot * pivot > 1e-6 ? [] : Self.flatDirections(of: reduced).map { basis * $0 }
        guard flatDirections.isEmpty, let inverse = factor?.inverse else {
            matrix = nil
            return
        }
        // A parameter that the constraints leave no freedom has no row in the null space but rounding.
        let fixed = (0..<q).map { i in !rows.isEmpty && basis.row(i).allSatisfy { abs($0) < 1e-10 } }
        var full = rows.isEmpty ? inverse : (basis * inverse).timesTransposed(basis)
        for j in 0..<q { for i in 0..<q where fixed[i] || fixed[j] { full[i, j] = 0 } }
        matrix = Matrix(rows: q, columns: q) { full[$0, $1] * scale[$0] * scale[$1] }
    }

    /// The eigenvectors of eigenvalues that are zero to working precision.
    private static func flatDirections(of matrix: Matrix) -> [[Double]] {
        guard let eigen = try? SymmetricEigen(matrix) else { return [] }
        let threshold = 1e-9 * max(eigen.values.first ?? 0, 1e-300)
        return eigen.values.indices.filter { eigen.values[$0] < threshold }.map { eigen.vectors.column($0) }
    }
}
