import LinearAlgebra

/// The columns of a matrix that are linear combinations of columns to their left, as R's `lm` finds them: a column is one
/// when orthogonalising it leaves less than 10⁻⁷ of its length.
enum LinearDependence {
    /// A dependent column and the coefficients of the independent columns before it.
    struct Column {
        var index: Int
        var combination: [(column: Int, coefficient: Double)]
    }

    /// The dependent columns from left to right.
    static func columns(of matrix: Matrix) -> [Column] {
        isClearlyIndependent(matrix) ? [] : orthogonalized(matrix)
    }

    /// Whether the Cholesky factor of the scaled cross-products shows that no column is near to a combination of others.
    private static func isClearlyIndependent(_ matrix: Matrix) -> Bool {
        let p = matrix.columns
        var gram = matrix.transposedTimes(matrix)
        let lengths = gram.diagonal.map { $0.squareRoot() }
        guard lengths.allSatisfy({ $0 > 1e-100 && $0 < 1e100 }) else { return false }
        for j in 0..<p { for i in 0..<p { gram[i, j] /= lengths[i] * lengths[j] } }
        guard
            gram.storage.withUnsafeMutableBufferPointer({ storage in
                storage.baseAddress.map { BLAS.choleskyLower(p, $0) } ?? true
            })
        else { return false }
        // Below this the squares have lost too many digits to decide.
        return gram.diagonal.allSatisfy { $0 > 1e-4 }
    }

    /// Gram–Schmidt with reorthogonalisation (Björck 1967), column by column.
    private static func orthogonalized(_ matrix: Matrix) -> [Column] {
        let n = matrix.rows
        var basis: [[Double]] = []
        var independent: [Int] = []
        var triangle: [[Double]] = []
        var lengths: [Double] = []
        var result: [Column] = []
        for index in 0..<matrix.columns {
            var column = matrix.column(index)
            let largest = column.reduce(0) { max($0, $1.magnitude) }
            guard largest > 0 else {
                result.append(Column(index: index, combination: []))
                continue
            }
            for row in 0..<n { column[row] /= largest }
            let norm = dot(column, column).squareRoot()
            for row in 0..<n { column[row] /= norm }
            let length = largest * norm
            var parts = [Double](repeating: 0, count: basis.count)
            for _ in 0..<2 {
                for (k, direction) in basis.enumerated() {
                    let part = dot(direction, column)
                    parts[k] += part
                    for row in 0..<n { column[row] -= part * direction[row] }
                }
            }
            let rest = dot(column, column).squareRoot()
            guard rest < 1e-7 else {
                for row in 0..<n { column[row] /= rest }
                basis.append(column)
                triangle.append(parts + [rest])
                independent.append(index)
                lengths.append(length)
                continue
            }
            var coefficients = parts
            for k in stride(from: basis.count - 1, through: 0, by: -1) {
                for later in (k + 1)..<max(basis.count, k + 1) {
                    coefficients[k] -= triangle[later][k] * coefficients[later]
                }
                coefficients[k] /= triangle[k][k]
            }
            let largestCoefficient = coefficients.reduce(0) { max($0, $1.magnitude) }
            let combination = coefficients.indices.filter {
                coefficients[$0].magnitude > 1e-6 * max(1e-3, largestCoefficient)
            }.map { (column: independent[$0], coefficient: simple(coefficients[$0] * length / lengths[$0])) }
            result.append(Column(index: index, combination: combination))
        }
        return result
    }

    /// The nearest whole number, where rounding errors alone are between.
    private static func simple(_ value: Double) -> Double {
        let whole = value.rounded()
        return (value - whole).magnitude < 1e-8 * max(1, value.magnitude) ? whole : value
    }
}
