import LinearAlgebra

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The Cholesky factor L of M = Λᵀ(ZᵀZ)Λ + I in the blocks of a ``BlockPattern``, with its solves and the entries of M⁻¹
/// on the pattern (Takahashi, Fagan & Chen 1973; Erisman & Tinney 1975).
///
/// A set of m vectors is stored as m × effects: the m values of an effect are together.
struct BlockCholesky: Sendable {
    /// L: panels, and the lower triangle of the dense block.
    private var panels: [Double], dense: [Double]
    /// M⁻¹ on the pattern: panels (diagonal blocks whole), and the lower triangle of the dense block.
    private var inversePanels: [Double] = [], inverseDense: [Double] = []
    private var scratch: [Double]

    /// Makes room.
    init(pattern: BlockPattern) {
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
    private static let smallOrder = 100

    // MARK: Factor

    /// Factors M for the relative covariance factors in `lambda`; gives log|M|, or nil when that is not finite.
    mutating func factor(_ pattern: BlockPattern, _ products: CrossProducts, lambda: [Double]) -> Double? {
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
        _ pattern: BlockPattern, _ products: CrossProducts, _ lambda: UnsafePointer<Double>,
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
    private static func forDenseBlocks(
        _ pattern: BlockPattern,
        _ body: (BlockPattern.DenseSegment, BlockPattern.DenseSegment, Int, Int, Int) -> Void
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
        _ pattern: BlockPattern, _ l: UnsafeMutablePointer<Double>, _ d: UnsafeMutablePointer<Double>
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

    // MARK: Solve

    /// Replaces m vectors v (m × effects) by L⁻¹v.
    func solveForward(_ pattern: BlockPattern, _ m: Int, _ vectors: UnsafeMutablePointer<Double>) {
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
        BLAS.solveTriangularLowerRight(
            transposed: true, m, pattern.denseCount, dense, vectors + m * pattern.sparseCount)
    }

    /// Replaces m vectors v (m × effects) by L⁻ᵀv.
    func solveBackward(_ pattern: BlockPattern, _ m: Int, _ vectors: UnsafeMutablePointer<Double>) {
        if pattern.denseCount > 0 {
            BLAS.solveTriangularLowerRight(
                transposed: false, m, pattern.denseCount, dense, vectors + m * pattern.sparseCount)
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

    // MARK: Inverse

    /// Adds to `sums` (q × q of each factor) the sum over its groups of the diagonal blocks of ZᵀZΛM⁻¹, which is ZᵀV₁⁻¹ZΛ.
    mutating func addWeightedInverse(
        _ pattern: BlockPattern, _ products: CrossProducts, lambda: [Double], to sums: inout [Double]
    ) -> Bool {
        if inversePanels.isEmpty { inversePanels = panels }
        let order = pattern.denseCount
        if order > 0 {
            if inverseDense.isEmpty { inverseDense = [Double](repeating: 0, count: order * order) }
            if order <= Self.smallOrder {
                BLAS.inverseFromCholeskyLower(order, dense, into: &inverseDense, scratch: &scratch)
            } else {
                inverseDense.withUnsafeMutableBufferPointer { target in
                    dense.withUnsafeBufferPointer { source in _ = target.update(from: source) }
                }
                guard BLAS.inverseFromCholeskyLower(order, &inverseDense) else { return false }
            }
        }
        Self.invert(pattern, panels, &inversePanels, inverseDense, &scratch)
        Self.addWeightedInverse(pattern, products, lambda, inversePanels, inverseDense, &sums)
        return true
    }

    private static func invert(
        _ pattern: BlockPattern, _ l: UnsafePointer<Double>, _ inverse: UnsafeMutablePointer<Double>,
        _ denseInverse: UnsafePointer<Double>, _ scratch: UnsafeMutablePointer<Double>
    ) {
        let order = pattern.denseCount, first = pattern.sparseCount
        for node in (0..<pattern.sparseNodes).reversed() {
            let q = pattern.nodeSize[node], below = pattern.rowStart[node]..<pattern.rowStart[node + 1]
            let m = below.count, height = q + m
            let panel = l + pattern.panelStart[node], out = inverse + pattern.panelStart[node]
            // scratch: L₂₁L₁₁⁻¹ (m × q); out: L₁₁⁻¹ in the diagonal block.
            for c in (0..<q).reversed() {
                let column = panel + c * height, scale = 1 / column[c]
                for r in 0..<m {
                    var sum = column[q + r]
                    for k in (c + 1)..<max(q, c + 1) { sum -= scratch[r + k * m] * column[k] }
                    scratch[r + c * m] = sum * scale
                }
            }
            for c in 0..<q { for r in 0..<m { out[q + r + c * height] = 0 } }
            if m > 0 {
                pattern.rows.withUnsafeBufferPointer { allRows in
                    pattern.targets.withUnsafeBufferPointer { targets in
                        guard let rows = allRows.baseAddress.map({ $0 + below.lowerBound }) else { return }
                        var offset = 0
                        for entry in pattern.rowNodeStart[node]..<pattern.rowNodeStart[node + 1] {
                            let other = pattern.rowNodes[entry], size = pattern.nodeSize[other]
                            for c in 0..<size {
                                let from = offset + c
                                var place = rows, source = denseInverse
                                if other < pattern.sparseNodes, let places = targets.baseAddress {
                                    place = places + (pattern.targetStart[entry] - offset)
                                    source =
                                        UnsafePointer(inverse) + pattern.panelStart[other]
                                        + c * pattern.panelHeight(other)
                                } else {
                                    source += (rows[from] - first) * order - first
                                }
                                for k in 0..<q {
                                    let column = scratch + k * m, result = out + (q + k * height)
                                    let value = column[from]
                                    var sum = source[place[from]] * value
                                    for r in (from + 1)..<max(m, from + 1) {
                                        let entry = source[place[r]]
                                        result[r] -= entry * value
                                        sum += entry * column[r]
                                    }
                                    result[from] -= sum
                                }
                            }
                            offset += size
                        }
                    }
                }
            }
            // L₁₁⁻¹ in the lower triangle, then L₁₁⁻ᵀL₁₁⁻¹ − (L₂₁L₁₁⁻¹)ᵀ·(what is below).
            let small = scratch + q * m
            for c in 0..<q {
                for r in 0..<q {
                    guard r >= c else {
                        small[r + c * q] = 0
                        continue
                    }
                    var sum = r == c ? 1.0 : 0.0
                    for k in c..<r { sum -= panel[r + k * height] * small[k + c * q] }
                    small[r + c * q] = sum / panel[r + r * height]
                }
            }
            for c in 0..<q {
                for r in c..<q {
                    var sum = 0.0
                    for k in r..<q { sum += small[k + r * q] * small[k + c * q] }
                    for k in 0..<m { sum -= scratch[k + r * m] * out[q + k + c * height] }
                    out[r + c * height] = sum
                    out[c + r * height] = sum
                }
            }
        }
    }

    private static func addWeightedInverse(
        _ pattern: BlockPattern, _ products: CrossProducts, _ lambda: UnsafePointer<Double>,
        _ inverse: UnsafePointer<Double>, _ denseInverse: UnsafePointer<Double>, _ sums: UnsafeMutablePointer<Double>
    ) {
        products.panels.withUnsafeBufferPointer { source in
            guard let a = source.baseAddress else { return }
            for node in 0..<pattern.sparseNodes {
                let q = pattern.nodeSize[node], below = pattern.rowNodeStart[node]..<pattern.rowNodeStart[node + 1]
                let own = pattern.nodeLambda[node]
                var at = pattern.panelStart[node]
                if pattern.isScalar {
                    let value = lambda[own]
                    var sum = a[at] * value * inverse[at]
                    for entry in below {
                        at += 1
                        let other = pattern.nodeLambda[pattern.rowNodes[entry]]
                        let product = a[at] * inverse[at]
                        sum += product * lambda[other]
                        sums[other] += product * value
                    }
                    sums[own] += sum
                    continue
                }
                let height = q + pattern.rowStart[node + 1] - pattern.rowStart[node]
                Self.addProduct(a + at, 1, height, lambda + own, q, inverse + at, 1, height, sums + own, q)
                at += q
                for entry in below {
                    let row = pattern.rowNodes[entry], size = pattern.nodeSize[row]
                    let other = pattern.nodeLambda[row]
                    Self.addProduct(a + at, height, 1, lambda + other, size, inverse + at, 1, height, sums + own, q)
                    Self.addProduct(a + at, 1, height, lambda + own, q, inverse + at, height, 1, sums + other, size)
                    at += size
                }
            }
        }
        let order = pattern.denseCount
        products.dense.withUnsafeBufferPointer { source in
            guard let a = source.baseAddress else { return }
            Self.forDenseBlocks(pattern) { rows, columns, row, column, count in
                let i = rows.start + row * rows.blockSize, j = columns.start + column * columns.blockSize
                let other = pattern.factors[rows.factor].lambdaStart
                let own = pattern.factors[columns.factor].lambdaStart
                let isDiagonal = rows.factor == columns.factor
                if rows.blockSize == 1, columns.blockSize == 1 {
                    // Groups of one factor share no rows: only the diagonal is not zero.
                    let end = isDiagonal ? 1 : count, at = i + j * order
                    var sum = 0.0
                    for r in 0..<end { sum += a[at + r] * denseInverse[at + r] }
                    sums[own] += sum * lambda[other]
                    if !isDiagonal { sums[other] += sum * lambda[own] }
                } else if isDiagonal {
                    let q = columns.blockSize, at = i + j * order
                    // Only the lower triangle of the inverse is there.
                    for c in 0..<q {
                        for r in 0..<q {
                            var sum = 0.0
                            for k in 0..<q {
                                for s in 0...k {
                                    let entry = max(s, c) + min(s, c) * order
                                    sum += a[at + r + k * order] * lambda[own + k + s * q] * denseInverse[at + entry]
                                }
                            }
                            sums[own + r + c * q] += sum
                        }
                    }
                } else {
                    let q = columns.blockSize, size = rows.blockSize
                    for block in 0..<count {
                        let at = i + block * size + j * order
                        Self.addProduct(
                            a + at, order, 1, lambda + other, size, denseInverse + at, 1, order, sums + own, q)
                        Self.addProduct(
                            a + at, 1, order, lambda + own, q, denseInverse + at, order, 1, sums + other, size)
                    }
                }
            }
        }
    }

    /// sums (n × n) += A·Λ·K with A n × m, Λ lower triangular m × m and K m × n; strides of rows, then of columns.
    @inline(__always)
    private static func addProduct(
        _ a: UnsafePointer<Double>, _ aRow: Int, _ aColumn: Int, _ lambda: UnsafePointer<Double>, _ m: Int,
        _ k: UnsafePointer<Double>, _ kRow: Int, _ kColumn: Int, _ sums: UnsafeMutablePointer<Double>, _ n: Int
    ) {
        for c in 0..<n {
            for i in 0..<m {
                var value = 0.0
                for s in 0...i { value += lambda[i + s * m] * k[s * kRow + c * kColumn] }
                for r in 0..<n { sums[r + c * n] += a[r * aRow + i * aColumn] * value }
            }
        }
    }
}
