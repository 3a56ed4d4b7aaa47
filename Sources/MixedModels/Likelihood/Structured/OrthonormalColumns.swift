import LinearAlgebra

/// The factors X = Q·T of a matrix of full column rank: Q with orthonormal columns, T upper triangular, by Gram and
/// Schmidt's method applied twice, which is as accurate as Householder's (Giraud et al. 2005).
struct OrthonormalColumns: Sendable {
    /// Q (n × p).
    var basis: Matrix
    /// T⁻¹ (p × p).
    var inverse: Matrix
    /// T (p × p).
    var triangle: Matrix
    /// The first column that depends on those before it; nil where there is none.
    var dependentColumn: Int?

    init(_ matrix: Matrix) {
        let n = matrix.rows, p = matrix.columns
        basis = matrix
        triangle = Matrix(rows: p, columns: p)
        for j in 0..<p {
            var column = matrix.column(j)
            let length = dot(column, column).squareRoot()
            for _ in 0..<2 {
                for k in 0..<j {
                    var sum = 0.0
                    for i in 0..<n { sum += basis.storage[i + k * n] * column[i] }
                    for i in 0..<n { column[i] -= sum * basis.storage[i + k * n] }
                    triangle[k, j] += sum
                }
            }
            let remainder = dot(column, column).squareRoot()
            if !(remainder > 1e-10 * length), dependentColumn == nil { dependentColumn = j }
            triangle[j, j] = remainder
            let scale = remainder > 0 ? 1 / remainder : 0
            for i in 0..<n { basis.storage[i + j * n] = column[i] * scale }
        }
        inverse = Matrix.identity(p)
        for column in 0..<p {
            for i in stride(from: column, through: 0, by: -1) {
                var sum = inverse[i, column]
                for k in (i + 1)..<max(column + 1, i + 1) { sum -= triangle[i, k] * inverse[k, column] }
                inverse[i, column] = triangle[i, i] > 0 ? sum / triangle[i, i] : 0
            }
        }
    }

    /// 2·log |det T|, by which log |XᵀAX| exceeds log |QᵀAQ|.
    var logDeterminant: Double { 2 * triangle.diagonal.reduce(0) { $0 + $1.naturalLogarithm } }
}
