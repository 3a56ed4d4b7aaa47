import LinearAlgebra

/// A lower triangular factor Λ from its entries by columns, and how the lower triangle of ΛΛᵀ depends on them.
struct CovarianceFactor {
    var matrix: Matrix

    init(theta: some Collection<Double>, order: Int) {
        matrix = Matrix(rows: order, columns: order)
        var next = theta.makeIterator()
        for j in 0..<order { for i in j..<order { matrix[i, j] = next.next() ?? 0 } }
    }

    /// ΛΛᵀ.
    var product: Matrix { matrix.timesTransposed(matrix) }

    static func lowerTriangle(_ matrix: Matrix) -> [Double] {
        (0..<matrix.columns).flatMap { j in (j..<matrix.rows).map { matrix[$0, j] } }
    }

    /// The derivatives of the lower triangle of ΛΛᵀ by that of Λ.
    var jacobian: Matrix {
        let q = matrix.rows, count = q * (q + 1) / 2
        var result = Matrix(rows: count, columns: count)
        for b in 0..<q {
            for a in b..<q {
                let column = ResidualModel.packed(a, b, q)
                // d(ΛΛᵀ) = E_abΛᵀ + ΛE_abᵀ: row a and column a change.
                for c in b..<q {
                    let row = ResidualModel.packed(max(a, c), min(a, c), q)
                    result[row, column] += (a == c ? 2 : 1) * matrix[c, b]
                }
            }
        }
        return result
    }

    /// Σ g·d²(ΛΛᵀ) for the gradient g by the lower triangle of ΛΛᵀ.
    func curvature(_ gradient: [Double]) -> Matrix {
        let q = matrix.rows, count = q * (q + 1) / 2
        var result = Matrix(rows: count, columns: count)
        for b in 0..<q {
            for a in b..<q {
                for c in b..<q {
                    result[ResidualModel.packed(a, b, q), ResidualModel.packed(c, b, q)] =
                        (a == c ? 2 : 1) * gradient[ResidualModel.packed(max(a, c), min(a, c), q)]
                }
            }
        }
        return result
    }
}
