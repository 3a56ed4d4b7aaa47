import LinearAlgebra

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The Cholesky factor L of M = Λᵀ(ZᵀZ)Λ + I in the blocks of a ``EliminationPattern``, with its solves and the entries of M⁻¹
/// on the pattern (Takahashi, Fagan & Chen 1973; Erisman & Tinney 1975).
///
/// A set of m vectors is stored as m × effects: the m values of an effect are together.
struct BlockCholesky: Sendable {
    /// L: panels, and the lower triangle of the dense block.
    var panels: [Double], dense: [Double]
    /// M⁻¹ on the pattern: panels (diagonal blocks whole), and the lower triangle of the dense block.
    var inversePanels: [Double] = [], inverseDense: [Double] = []
    var scratch: [Double]

    /// Makes room.
    init(pattern: EliminationPattern) {
        panels = [Double](repeating: 0, count: pattern.panelLength)
        dense = [Double](repeating: 0, count: pattern.denseCount * pattern.denseCount)
        var longest = 1
        for node in 0..<pattern.sparseNodes {
            let q = pattern.nodeSize[node]
            longest = max(longest, q * (q + pattern.rowStart[node + 1] - pattern.rowStart[node]))
        }
        let largest = pattern.factors.map(\.blockSize).max() ?? 1
        longest += 2 * largest * largest
        if pattern.denseCount <= Self.smallOrder { longest = max(longest, dense.count) }
        scratch = [Double](repeating: 0, count: longest)
    }

    /// Up to this order a triangular inverse by substitution is faster than LAPACK's.
    static let smallOrder = 100

    /// Factors M for the relative covariance factors in `lambda`; gives log|M|, or nil when that is not finite.
    mutating func factor(_ pattern: EliminationPattern, _ products: CrossProducts, lambda: [Double]) -> Double? {
        Self.scale(pattern, products, lambda, &panels, &dense, &scratch)
        guard let sparse = Self.eliminate(pattern, &panels, &dense) else { return nil }
        var logDeterminant = sparse
        let order = pattern.denseCount
        if order > 0 {
            guard BLAS.choleskyLower(order, &dense) else { return nil }
            for k in 0..<order { logDeterminant += log(dense[k + k * order]) }
        }
        return logDeterminant.isFinite ? 2 * logDeterminant : nil
    }

    /// Writes ΛᵀZᵀZΛ + I where L will be.
    private static func scale(
        _ pattern: EliminationPattern, _ products: CrossProducts, _ lambda: UnsafePointer<Double>,
        _ l: UnsafeMutablePointer<Double>, _ d: UnsafeMutablePointer<Double>, _ scratch: UnsafeMutablePointer<Double>
    ) {
        products.panels.withUnsafeBufferPointer { source in
            guard let a = source.baseAddress else { return }
            for node in 0..<pattern.sparseNodes {
                let q = pattern.nodeSize[node], below = pattern.rowNodeStart[node]..<pattern.rowNodeStart[node + 1]
                let own = lambda + pattern.nodeLambda[node]
                var at = pattern.panelStart[node]
                if pattern.isScalar {
                    let value = own.pointee
                    l[at] = value * value * a[at] + 1
                    for entry in below {
                        at += 1
                        let other = pattern.nodeLambda[pattern.rowNodes[entry]]
                        l[at] = value * lambda[other] * a[at]
                    }
                    continue
                }
                let height = q + pattern.rowStart[node + 1] - pattern.rowStart[node]
                Self.sandwich(own, q, own, q, a + at, l + at, height, scratch)
                for k in 0..<q { l[at + k + k * height] += 1 }
                at += q
                for entry in below {
                    let row = pattern.rowNodes[entry], size = pattern.nodeSize[row]
                    let other = lambda + pattern.nodeLambda[row]
                    Self.sandwich(other, size, own, q, a + at, l + at, height, scratch)
                    at += size
                }
            }
        }
        let order = pattern.denseCount
        products.dense.withUnsafeBufferPointer { source in
            guard let a = source.baseAddress else { return }
            Self.forDenseBlocks(pattern) { rows, columns, row, column, count in
                let i = rows.start + row * rows.blockSize, j = columns.start + column * columns.blockSize
                let other = lambda + pattern.factors[rows.factor].lambdaStart
                let own = lambda + pattern.factors[columns.factor].lambdaStart
                if rows.blockSize == 1, columns.blockSize == 1 {
                    let value = own.pointee * other.pointee
                    for at in (i + j * order)..<(i + count + j * order) { d[at] = value * a[at] }
                } else {
                    for block in 0..<count {
                        let at = i + block * rows.blockSize + j * order
                        Self.sandwich(
                            other, rows.blockSize, own, columns.blockSize, a + at, d + at, order, scratch)
                    }
                }
            }
        }
        for k in 0..<order { d[k + k * order] += 1 }
    }

    /// The column of blocks below and on the diagonal of each dense node, one factor of the rows at a time: the segments
    /// of rows and of columns, the first row node and the column node within them, the number of row nodes.
    static func forDenseBlocks(
        _ pattern: EliminationPattern,
        _ body: (EliminationPattern.DenseSegment, EliminationPattern.DenseSegment, Int, Int, Int) -> Void
    ) {
        for (index, columns) in pattern.denseSegments.enumerated() {
            for column in 0..<columns.count {
                body(columns, columns, column, column, columns.count - column)
                for rows in pattern.denseSegments[(index + 1)...] { body(rows, columns, 0, column, rows.count) }
            }
        }
    }

    /// out ← LᵀAR of small blocks, with L and R lower triangular.
    @inline(__always)
    private static func sandwich(
        _ left: UnsafePointer<Double>, _ rows: Int, _ right: UnsafePointer<Double>, _ columns: Int,
        _ a: UnsafePointer<Double>, _ out: UnsafeMutablePointer<Double>, _ stride: Int,
        _ scratch: UnsafeMutablePointer<Double>
    ) {
        for c in 0..<columns {
            for r in 0..<rows {
                var sum = 0.0
                for k in c..<columns { sum += a[r + k * stride] * right[k + c * columns] }
                scratch[r] = sum
            }
            for r in 0..<rows {
                var sum = 0.0
                for k in r..<rows { sum += left[k + r * rows] * scratch[k] }
                out[r + c * stride] = sum
            }
        }
    }

    /// Eliminates the sparse nodes; the dense block becomes its Schur complement. Gives log|L| of their part.
    private static func eliminate(
        _ pattern: EliminationPattern, _ l: UnsafeMutablePointer<Double>, _ d: UnsafeMutablePointer<Double>
    ) -> Double? {
        let order = pattern.denseCount, first = pattern.sparseCount
        var product = 1.0, logDeterminant = 0.0
        for node in 0..<pattern.sparseNodes {
            let q = pattern.nodeSize[node], below = pattern.rowStart[node]..<pattern.rowStart[node + 1]
            let height = q + below.count, panel = l + pattern.panelStart[node]
            for c in 0..<q {
                let pivot = panel[c + c * height]
                guard pivot > 0, pivot.isFinite else { return nil }
                let root = pivot.squareRoot(), column = panel + c * height
                column[c] = root
                product *= root
                for r in (c + 1)..<max(height, c + 1) { column[r] /= root }
                for other in (c + 1)..<max(q, c + 1) {
                    let value = column[other], target = panel + other * height
                    for r in other..<height { target[r] -= value * column[r] }
                }
            }
            if product > 1e100 {
                logDeterminant += log(product)
                product = 1
            }
            if below.isEmpty { continue }
            pattern.rows.withUnsafeBufferPointer { allRows in
                pattern.targets.withUnsafeBufferPointer { targets in
                    guard let rows = allRows.baseAddress.map({ $0 + below.lowerBound }) else { return }
                    var offset = 0
                    for entry in pattern.rowNodeStart[node]..<pattern.rowNodeStart[node + 1] {
                        let other = pattern.rowNodes[entry], size = pattern.nodeSize[other]
                        for c in 0..<size {
                            let from = offset + c
                            if other < pattern.sparseNodes, let places = targets.baseAddress {
                                let place = places + (pattern.targetStart[entry] - offset)
                                let target = l + pattern.panelStart[other] + c * pattern.panelHeight(other)
                                for k in 0..<q {
                                    let column = panel + (q + k * height), value = column[from]
                                    for r in from..<below.count { target[place[r]] -= value * column[r] }
                                }
                            } else {
                                let target = d + (rows[from] - first) * order - first
                                for k in 0..<q {
                                    let column = panel + (q + k * height), value = column[from]
                                    for r in from..<below.count { target[rows[r]] -= value * column[r] }
                                }
                            }
                        }
                        offset += size
                    }
                }
            }
        }
        return logDeterminant + log(product)
    }

    /// Replaces m vectors v (m × effects) by L⁻¹v.
    func solveForward(_ pattern: EliminationPattern, _ m: Int, _ vectors: UnsafeMutablePointer<Double>) {
        panels.withUnsafeBufferPointer { l in
            pattern.rows.withUnsafeBufferPointer { rows in
                for node in 0..<pattern.sparseNodes {
                    let q = pattern.nodeSize[node], first = pattern.nodeStart[node]
                    let below = pattern.rowStart[node]..<pattern.rowStart[node + 1]
                    let height = q + below.count
                    for c in 0..<q {
                        let column = pattern.panelStart[node] + c * height
                        let own = vectors + m * (first + c), scale = 1 / l[column + c]
                        for k in 0..<m { own[k] *= scale }
                        for r in (c + 1)..<max(q, c + 1) {
                            let other = vectors + m * (first + r), value = l[column + r]
                            for k in 0..<m { other[k] -= value * own[k] }
                        }
                        var at = column + q
                        for row in below {
                            let other = vectors + m * rows[row], value = l[at]
                            at += 1
                            for k in 0..<m { other[k] -= value * own[k] }
                        }
                    }
                }
            }
        }
        guard pattern.denseCount > 0 else { return }
        BLAS.solveTriangularLowerFromRight(
            transposed: true, m, pattern.denseCount, dense, pattern.denseCount, vectors + m * pattern.sparseCount, m)
    }

    /// Replaces m vectors v (m × effects) by L⁻ᵀv.
    func solveBackward(_ pattern: EliminationPattern, _ m: Int, _ vectors: UnsafeMutablePointer<Double>) {
        if pattern.denseCount > 0 {
            BLAS.solveTriangularLowerFromRight(
                transposed: false, m, pattern.denseCount, dense, pattern.denseCount,
                vectors + m * pattern.sparseCount, m)
        }
        panels.withUnsafeBufferPointer { l in
            pattern.rows.withUnsafeBufferPointer { rows in
                for node in (0..<pattern.sparseNodes).reversed() {
                    let q = pattern.nodeSize[node], first = pattern.nodeStart[node]
                    let below = pattern.rowStart[node]..<pattern.rowStart[node + 1]
                    let height = q + below.count
                    for c in (0..<q).reversed() {
                        let column = pattern.panelStart[node] + c * height
                        let own = vectors + m * (first + c)
                        for r in (c + 1)..<max(q, c + 1) {
                            let other = vectors + m * (first + r), value = l[column + r]
                            for k in 0..<m { own[k] -= value * other[k] }
                        }
                        var at = column + q
                        for row in below {
                            let other = vectors + m * rows[row], value = l[at]
                            at += 1
                            for k in 0..<m { own[k] -= value * other[k] }
                        }
                        let scale = 1 / l[column + c]
                        for k in 0..<m { own[k] *= scale }
                    }
                }
            }
        }
    }
}
