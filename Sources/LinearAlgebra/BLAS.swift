import COpenBLAS

/// Swift spellings of the BLAS and LAPACK routines, for kernels that work in memory of their own.
///
/// Matrices are column-major. The library runs on one thread: Assay spreads replicates over cores instead, where
/// the gain is, and results then do not depend on the number of threads.
public enum BLAS {
    /// Set once, before the first call: more than one thread never helps below order 200 and costs start-up.
    @usableFromInline static let singleThreaded: Void = openblas_set_num_threads(1)

    /// C ← α·op(A)·op(B) + β·C, with op(A) m × k and op(B) k × n.
    @inline(__always)
    public static func gemm(
        _ transposesA: Bool, _ transposesB: Bool, _ m: Int, _ n: Int, _ k: Int, _ alpha: Double,
        _ a: UnsafePointer<Double>, _ lda: Int, _ b: UnsafePointer<Double>, _ ldb: Int, _ beta: Double,
        _ c: UnsafeMutablePointer<Double>, _ ldc: Int
    ) {
        _ = singleThreaded
        var ta = flag(transposesA), tb = flag(transposesB)
        var m = Int32(m), n = Int32(n), k = Int32(k), alpha = alpha, beta = beta
        var lda = Int32(max(lda, 1)), ldb = Int32(max(ldb, 1)), ldc = Int32(max(ldc, 1))
        dgemm_(&ta, &tb, &m, &n, &k, &alpha, a, &lda, b, &ldb, &beta, c, &ldc, 1, 1)
    }

    /// y ← α·A·x + β·y, with A m × n.
    public static func gemv(
        _ m: Int, _ n: Int, _ alpha: Double, _ a: UnsafePointer<Double>, _ x: UnsafePointer<Double>, _ beta: Double,
        _ y: UnsafeMutablePointer<Double>
    ) {
        _ = singleThreaded
        var trans = flag(false), rows = Int32(m), columns = Int32(n), alpha = alpha, beta = beta
        var lda = Int32(max(m, 1)), one: Int32 = 1
        dgemv_(&trans, &rows, &columns, &alpha, a, &lda, x, &one, &beta, y, &one, 1)
    }

    /// The lower triangle of C ← α·op(A)·op(A)ᵀ + β·C, with op(A) n × k.
    public static func syrkLower(
        transposesA: Bool, _ n: Int, _ k: Int, _ alpha: Double, _ a: UnsafePointer<Double>, _ lda: Int,
        _ beta: Double, _ c: UnsafeMutablePointer<Double>, _ ldc: Int
    ) {
        _ = singleThreaded
        var uplo = lower, trans = flag(transposesA), n = Int32(n), k = Int32(k), alpha = alpha, beta = beta
        var lda = Int32(lda), ldc = Int32(ldc)
        dsyrk_(&uplo, &trans, &n, &k, &alpha, a, &lda, &beta, c, &ldc, 1, 1)
    }

    /// The Cholesky factor L in the lower triangle of `a`; false when the matrix is not positive definite.
    public static func choleskyLower(_ n: Int, _ a: UnsafeMutablePointer<Double>) -> Bool {
        _ = singleThreaded
        var uplo = lower, order = Int32(n), lda = Int32(max(n, 1)), info: Int32 = 0
        dpotrf_(&uplo, &order, a, &lda, &info, 1)
        return info == 0
    }

    /// Replaces the lower Cholesky factor in `a` by the lower triangle of the inverse of the factored matrix.
    public static func inverseFromCholeskyLower(_ n: Int, _ a: UnsafeMutablePointer<Double>) -> Bool {
        var uplo = lower, order = Int32(n), lda = Int32(max(n, 1)), info: Int32 = 0
        dpotri_(&uplo, &order, a, &lda, &info, 1)
        return info == 0
    }

    /// The lower triangle of A⁻¹ in `inverse`, given the lower Cholesky factor L of A: L⁻¹ by substitution, then L⁻ᵀL⁻¹.
    ///
    /// Below order 100 this is three times as fast as `dpotri`, whose triangular inverse is not blocked there.
    public static func inverseFromCholeskyLower(
        _ n: Int, _ factor: UnsafePointer<Double>, into inverse: UnsafeMutablePointer<Double>,
        scratch: UnsafeMutablePointer<Double>
    ) {
        scratch.update(repeating: 0, count: n * n)
        for i in 0..<n { scratch[i + i * n] = 1 }
        solveTriangularLower(transposed: false, n, factor, n, scratch)
        syrkLower(transposesA: true, n, n, 1, scratch, n, 0, inverse, n)
    }

    /// Solves A·X = B in place of `b`, given the lower Cholesky factor of A.
    public static func solveCholeskyLower(
        _ n: Int, _ factor: UnsafePointer<Double>, _ columns: Int, _ b: UnsafeMutablePointer<Double>
    ) {
        var uplo = lower, order = Int32(n), count = Int32(columns), lda = Int32(max(n, 1)), info: Int32 = 0
        dpotrs_(&uplo, &order, &count, factor, &lda, b, &lda, &info, 1)
    }

    /// Solves L·X = B, or Lᵀ·X = B, in place of `b` (n × columns), with L lower triangular.
    public static func solveTriangularLower(
        transposed: Bool, _ n: Int, _ factor: UnsafePointer<Double>, _ columns: Int, _ b: UnsafeMutablePointer<Double>
    ) {
        var side = CChar(76), uplo = lower, trans = flag(transposed), diag = CChar(78)
        var m = Int32(n), count = Int32(columns), one = 1.0, lda = Int32(max(n, 1))
        dtrsm_(&side, &uplo, &trans, &diag, &m, &count, &one, factor, &lda, b, &lda, 1, 1, 1, 1)
    }

    /// Solves X·L = B, or X·Lᵀ = B, in place of `b` (rows × n, leading dimension `ldb`), with L lower triangular (n × n).
    public static func solveTriangularLowerFromRight(
        transposed: Bool, _ rows: Int, _ n: Int, _ factor: UnsafePointer<Double>, _ lda: Int,
        _ b: UnsafeMutablePointer<Double>, _ ldb: Int
    ) {
        _ = singleThreaded
        var side = CChar(82), uplo = lower, trans = flag(transposed), diag = CChar(78)
        var m = Int32(rows), count = Int32(n), one = 1.0, lda = Int32(max(lda, 1)), ldb = Int32(max(ldb, 1))
        dtrsm_(&side, &uplo, &trans, &diag, &m, &count, &one, factor, &lda, b, &ldb, 1, 1, 1, 1)
    }

    static let lower = CChar(76)

    @usableFromInline static func flag(_ transposed: Bool) -> CChar { transposed ? 84 : 78 }
}
