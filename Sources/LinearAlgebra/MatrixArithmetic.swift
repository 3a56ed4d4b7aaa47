import COpenBLAS

extension Matrix {
    /// The matrix product; `lhs.columns` must equal `rhs.rows`.
    public static func * (lhs: Matrix, rhs: Matrix) -> Matrix { product(lhs, false, rhs, false) }

    /// The product of a matrix and a column vector; `lhs.columns` must equal `rhs.count`.
    public static func * (lhs: Matrix, rhs: [Double]) -> [Double] {
        product(lhs, false, Matrix(rows: rhs.count, columns: 1, columnMajor: rhs), false).storage
    }

    /// The product AᵀB of this matrix A and `other`.
    public func transposedTimes(_ other: Matrix) -> Matrix { Matrix.product(self, true, other, false) }

    /// The product ABᵀ of this matrix A and `other`.
    public func timesTransposed(_ other: Matrix) -> Matrix { Matrix.product(self, false, other, true) }

    /// The cross-product XᵀX.
    public var crossProduct: Matrix { transposedTimes(self) }

    /// The quadratic form xᵀAx; zeros in `x` cost nothing.
    public func quadraticForm(_ x: [Double]) -> Double {
        precondition(isSquare && rows == x.count, "a quadratic form needs a square matrix of the vector's length")
        let support = x.indices.filter { x[$0] != 0 }
        var sum = 0.0
        for j in support { for i in support { sum += x[i] * self[i, j] * x[j] } }
        return sum
    }

    private static func product(_ a: Matrix, _ transposesA: Bool, _ b: Matrix, _ transposesB: Bool) -> Matrix {
        let m = transposesA ? a.columns : a.rows
        let inner = transposesA ? a.rows : a.columns
        let n = transposesB ? b.rows : b.columns
        precondition(inner == (transposesB ? b.columns : b.rows), "inner dimensions of a matrix product must agree")
        var result = Matrix(rows: m, columns: n)
        guard m > 0, n > 0, inner > 0 else { return result }
        BLAS.gemm(
            transposesA, transposesB, m, n, inner, 1, a.storage, a.rows, b.storage, b.rows, 0, &result.storage, m)
        return result
    }

    /// The elementwise sum of two matrices of the same shape.
    public static func + (lhs: Matrix, rhs: Matrix) -> Matrix { lhs.combined(with: rhs, +) }

    /// The elementwise difference of two matrices of the same shape.
    public static func - (lhs: Matrix, rhs: Matrix) -> Matrix { lhs.combined(with: rhs, -) }

    /// The matrix with every element multiplied by `scale`.
    public static func * (scale: Double, matrix: Matrix) -> Matrix { matrix.map { scale * $0 } }

    private func combined(with other: Matrix, _ operation: (Double, Double) -> Double) -> Matrix {
        precondition(rows == other.rows && columns == other.columns, "the matrices must have the same shape")
        return Matrix(rows: rows, columns: columns, columnMajor: zip(storage, other.storage).map(operation))
    }
}

/// The inner product of two vectors of the same length.
public func dot(_ x: [Double], _ y: [Double]) -> Double {
    precondition(x.count == y.count, "the vectors must have the same length")
    var sum = 0.0
    for i in x.indices { sum += x[i] * y[i] }
    return sum
}
