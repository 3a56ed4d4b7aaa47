import COpenBLAS

/// Orthonormal bases of the row space and of the null space of a matrix, by a pivoted Householder QR of its transpose.
public struct OrthogonalBasis: Sendable {
    /// The numerical rank.
    public let rank: Int
    /// An orthonormal basis of the row space, as columns: n × rank.
    public let rowSpace: Matrix
    /// An orthonormal basis of the null space, as columns: n × (n − rank).
    public let nullSpace: Matrix
    /// The indices of `rank` linearly independent rows.
    public let independentRows: [Int]

    /// Decomposes `matrix` (m × n); rows whose remainder is below `tolerance` times the largest count as dependent.
    public init(_ matrix: Matrix, tolerance: Double = 1e-10) {
        let n = matrix.columns, m = matrix.rows, k = min(m, n)
        guard m > 0, n > 0 else {
            rank = 0
            rowSpace = Matrix(rows: n, columns: 0)
            nullSpace = .identity(n)
            independentRows = []
            return
        }
        _ = BLAS.singleThreaded
        var a = matrix.transpose.storage
        var rows = Int32(n), columns = Int32(m), reflectors = Int32(k), info: Int32 = 0
        var pivots = [Int32](repeating: 0, count: m)
        var tau = [Double](repeating: 0, count: k)
        var workLength = Int32(64 * (m + n + 1))
        var work = [Double](repeating: 0, count: Int(workLength))
        dgeqp3_(&rows, &columns, &a, &rows, &pivots, &tau, &work, &workLength, &info)
        let largest = abs(a[0])
        var rank = 0
        while rank < k, abs(a[rank + rank * n]) > tolerance * largest, largest > 0 { rank += 1 }

        var q = Matrix.identity(n).storage
        var side = CChar(76), trans = BLAS.flag(false), order = Int32(n)
        dormqr_(
            &side, &trans, &order, &order, &reflectors, a, &rows, tau, &q, &order, &work, &workLength, &info, 1, 1)
        self.rank = rank
        rowSpace = Matrix(rows: n, columns: rank, columnMajor: Array(q[..<(n * rank)]))
        nullSpace = Matrix(rows: n, columns: n - rank, columnMajor: Array(q[(n * rank)...]))
        independentRows = pivots[..<rank].map { Int($0) - 1 }.sorted()
    }
}
