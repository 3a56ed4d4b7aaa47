import COpenBLAS

/// A linear-algebra operation that has no answer for the matrix at hand.
public enum LinearAlgebraError: Error, Equatable, CustomStringConvertible {
    /// The matrix is not positive definite.
    case notPositiveDefinite
    /// The matrix is singular to working precision.
    case singular
    /// The iteration for eigenvalues or singular values did not converge (non-finite elements do this too).
    case noConvergence

    /// A sentence for the reader of an error message.
    public var description: String {
        switch self {
        case .notPositiveDefinite: "the matrix is not positive definite"
        case .singular: "the matrix is singular"
        case .noConvergence: "the eigenvalue iteration did not converge"
        }
    }
}

/// The Cholesky factorisation A = L·Lᵀ of a symmetric positive definite matrix.
public struct Cholesky: Sendable {
    /// The lower triangular factor L, with zeros above the diagonal.
    public let factor: Matrix

    /// Factors `matrix`, of which only the lower triangle is read.
    /// - Throws: ``LinearAlgebraError/notPositiveDefinite``.
    public init(_ matrix: Matrix) throws {
        precondition(matrix.isSquare, "a Cholesky factorisation needs a square matrix")
        var work = matrix
        guard matrix.storage.allSatisfy(\.isFinite), BLAS.choleskyLower(matrix.rows, &work.storage) else {
            throw LinearAlgebraError.notPositiveDefinite
        }
        for j in 0..<work.columns { for i in 0..<j { work[i, j] = 0 } }
        factor = work
    }

    /// log |A|.
    public var logDeterminant: Double { 2 * factor.diagonal.reduce(0) { $0 + $1.logarithm } }

    /// A⁻¹.
    public var inverse: Matrix {
        var result = factor
        _ = BLAS.inverseFromCholeskyLower(result.rows, &result.storage)
        for j in 0..<result.columns { for i in 0..<j { result[i, j] = result[j, i] } }
        return result
    }

    /// The solution X of A·X = B.
    public func solve(_ b: Matrix) -> Matrix {
        var result = b
        BLAS.solveCholeskyLower(factor.rows, factor.storage, b.columns, &result.storage)
        return result
    }

    /// The solution x of A·x = b.
    public func solve(_ b: [Double]) -> [Double] {
        solve(Matrix(rows: b.count, columns: 1, columnMajor: b)).storage
    }

    /// The solution X of L·X = B (or of Lᵀ·X = B).
    public func solveFactor(_ b: Matrix, transposed: Bool = false) -> Matrix {
        var result = b
        BLAS.solveTriangularLower(transposed: transposed, factor.rows, factor.storage, b.columns, &result.storage)
        return result
    }
}

/// The eigenvalues, in descending order, and orthonormal eigenvectors of a symmetric matrix.
public struct SymmetricEigen: Sendable {
    /// The eigenvalues, largest first.
    public let values: [Double]
    /// The eigenvectors as columns, in the order of ``values``.
    public let vectors: Matrix

    /// Decomposes `matrix`, of which only the lower triangle is read.
    /// - Throws: ``LinearAlgebraError/noConvergence``.
    public init(_ matrix: Matrix) throws {
        precondition(matrix.isSquare, "an eigenvalue decomposition needs a square matrix")
        guard matrix.storage.allSatisfy(\.isFinite) else { throw LinearAlgebraError.noConvergence }
        let n = matrix.rows
        guard n > 0 else {
            values = []
            vectors = matrix
            return
        }
        _ = BLAS.singleThreaded
        var a = matrix.storage
        var order = Int32(n), jobz = CChar(86), range = CChar(65), uplo = BLAS.lower
        var bound = 0.0, index: Int32 = 0, tolerance = 0.0, found: Int32 = 0, info: Int32 = 0
        var w = [Double](repeating: 0, count: n)
        var z = [Double](repeating: 0, count: n * n)
        var support = [Int32](repeating: 0, count: 2 * n)
        var workLength = Int32(26 * n + n * 64), integerLength = Int32(10 * n)
        var work = [Double](repeating: 0, count: Int(workLength))
        var integers = [Int32](repeating: 0, count: Int(integerLength))
        dsyevr_(
            &jobz, &range, &uplo, &order, &a, &order, &bound, &bound, &index, &index, &tolerance, &found, &w, &z,
            &order, &support, &work, &workLength, &integers, &integerLength, &info, 1, 1, 1)
        guard info == 0 else { throw LinearAlgebraError.noConvergence }
        values = w.reversed()
        vectors = Matrix(rows: n, columns: n) { z[$0 + (n - 1 - $1) * n] }
    }
}

/// The singular value decomposition A = U·diag(σ)·Vᵀ with min(m, n) singular values.
public struct SingularValues: Sendable {
    /// The singular values, largest first.
    public let values: [Double]
    /// The left singular vectors, m × min(m, n).
    public let left: Matrix
    /// The transposed right singular vectors, min(m, n) × n.
    public let rightTransposed: Matrix

    /// Decomposes `matrix`.
    /// - Throws: ``LinearAlgebraError/noConvergence``.
    public init(_ matrix: Matrix) throws {
        guard matrix.storage.allSatisfy(\.isFinite) else { throw LinearAlgebraError.noConvergence }
        _ = BLAS.singleThreaded
        let m = matrix.rows, n = matrix.columns, k = min(m, n)
        guard k > 0 else {
            values = []
            left = Matrix(rows: m, columns: 0)
            rightTransposed = Matrix(rows: 0, columns: n)
            return
        }
        var a = matrix.storage, job = CChar(83), rows = Int32(m), columns = Int32(n), small = Int32(k)
        var s = [Double](repeating: 0, count: k)
        var u = [Double](repeating: 0, count: m * k)
        var vt = [Double](repeating: 0, count: k * n)
        var workLength = Int32(4 * k * k + 7 * k + max(m, n) * 64 + k * 64), info: Int32 = 0
        var work = [Double](repeating: 0, count: Int(workLength))
        var integers = [Int32](repeating: 0, count: 8 * k)
        dgesdd_(
            &job, &rows, &columns, &a, &rows, &s, &u, &rows, &vt, &small, &work, &workLength, &integers, &info, 1)
        guard info == 0 else { throw LinearAlgebraError.noConvergence }
        values = s
        left = Matrix(rows: m, columns: k, columnMajor: u)
        rightTransposed = Matrix(rows: k, columns: n, columnMajor: vt)
    }
}

/// The LU factorisation, with row interchanges, of a square matrix.
public struct LU: Sendable {
    private let factors: Matrix
    private let pivots: [Int32]

    /// Factors `matrix`.
    /// - Throws: ``LinearAlgebraError/singular``.
    public init(_ matrix: Matrix) throws {
        precondition(matrix.isSquare, "an LU factorisation needs a square matrix")
        _ = BLAS.singleThreaded
        var work = matrix, order = Int32(matrix.rows), lda = Int32(max(matrix.rows, 1)), info: Int32 = 0
        var pivots = [Int32](repeating: 0, count: matrix.rows)
        dgetrf_(&order, &order, &work.storage, &lda, &pivots, &info)
        guard info == 0, work.storage.allSatisfy(\.isFinite) else { throw LinearAlgebraError.singular }
        factors = work
        self.pivots = pivots
    }

    /// The solution X of A·X = B.
    public func solve(_ b: Matrix) -> Matrix {
        var result = b, order = Int32(factors.rows), lda = Int32(max(factors.rows, 1)), count = Int32(b.columns)
        var trans = BLAS.flag(false), info: Int32 = 0
        dgetrs_(&trans, &order, &count, factors.storage, &lda, pivots, &result.storage, &lda, &info, 1)
        return result
    }

    /// A⁻¹.
    public var inverse: Matrix { solve(.identity(factors.rows)) }
}

/// The symmetric square root of a symmetric positive semidefinite matrix, or another power of it.
///
/// Eigenvalues at or below `tolerance` times the largest are taken as zero, and their power as zero.
public func symmetricPower(_ matrix: Matrix, _ exponent: Double, tolerance: Double = 1e-12) throws -> Matrix {
    let eigen = try SymmetricEigen(matrix)
    let threshold = tolerance * max(eigen.values.first ?? 0, 0)
    let powers = eigen.values.map { $0 > threshold ? $0.raised(to: exponent) : 0 }
    let scaled = Matrix(rows: matrix.rows, columns: matrix.rows) { eigen.vectors[$0, $1] * powers[$1] }
    return scaled.timesTransposed(eigen.vectors)
}
