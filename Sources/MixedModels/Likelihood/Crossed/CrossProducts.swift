import LinearAlgebra

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The cross-products of a mixed model: ZᵀZ in the blocks of a ``EliminationPattern``, Zᵀ[Q y₀] and [Q y₀]ᵀ[Q y₀].
///
/// The columns of X are replaced by an orthonormal basis Q of them, and y by its least-squares residual y₀, so that large
/// means and correlated predictors cost no digits.
struct CrossProducts: Sendable {
    /// p + 1.
    let width: Int
    /// ZᵀZ: panels of the sparse nodes, whole diagonal blocks, zeros at fill.
    private(set) var panels: [Double]
    /// ZᵀZ of the dense block, both triangles.
    private(set) var dense: [Double]
    /// [Q y₀]ᵀZ ((p + 1) × effects).
    private(set) var fixed: [Double]
    /// [Q y₀]ᵀ[Q y₀] ((p + 1) × (p + 1)), lower triangle.
    private(set) var corner: [Double]
    /// X = Q·Lᵀ: the lower triangular L (p × p), and log|L|².
    let basis: [Double], basisLogDeterminant: Double
    /// Qᵀy: y = Q·this + y₀.
    let projection: [Double]

    /// Nil when the columns of X are linearly dependent.
    init?(design: MixedDesign, pattern: EliminationPattern) {
        let n = design.rowCount, p = design.fixedCount
        width = p + 1
        var columns = design.fixed.storage
        columns += design.response
        var factor = [Double](repeating: 0, count: p * p)
        // Scaled Cholesky QR, twice (Yamamoto, Nakatsukasa, Yanagisawa & Fukaya 2015).
        if p > 0 {
            for j in 0..<p {
                var sum = 0.0
                for i in (j * n)..<((j + 1) * n) { sum += columns[i] * columns[i] }
                let length = sum.squareRoot()
                guard length > 0, length.isFinite else { return nil }
                for i in (j * n)..<((j + 1) * n) { columns[i] /= length }
                factor[j + j * p] = length
            }
            for _ in 0..<2 {
                var gram = [Double](repeating: 0, count: p * p)
                BLAS.syrkLower(transposesA: true, p, n, 1, columns, n, 0, &gram, p)
                guard BLAS.choleskyLower(p, &gram), (0..<p).allSatisfy({ gram[$0 + $0 * p] > 1e-9 }) else { return nil }
                for j in 1..<max(p, 1) { for i in 0..<j { gram[i + j * p] = 0 } }
                BLAS.solveTriangularLowerFromRight(transposed: true, n, p, gram, p, &columns, n)
                let previous = factor
                BLAS.gemm(false, false, p, p, p, 1, previous, p, gram, p, 0, &factor, p)
            }
        }
        basis = factor
        basisLogDeterminant = 2 * (0..<p).reduce(0) { $0 + log(factor[$1 + $1 * p]) }
        var projection = [Double](repeating: 0, count: p)
        if p > 0 {
            var step = projection
            for _ in 0..<2 {
                columns.withUnsafeMutableBufferPointer { c in
                    guard let q = c.baseAddress else { return }
                    BLAS.gemm(true, false, p, 1, n, 1, q, n, q + n * p, n, 0, &step, p)
                    BLAS.gemm(false, false, n, 1, p, -1, q, n, step, p, 1, q + n * p, n)
                }
                for k in 0..<p { projection[k] += step[k] }
            }
        }
        self.projection = projection
        corner = [Double](repeating: 0, count: width * width)
        BLAS.syrkLower(transposesA: true, width, n, 1, columns, n, 0, &corner, width)
        panels = [Double](repeating: 0, count: pattern.panelLength)
        dense = [Double](repeating: 0, count: pattern.denseCount * pattern.denseCount)
        fixed = [Double](repeating: 0, count: width * pattern.effectCount)
        accumulate(design: design, pattern: pattern, columns: columns)
    }

    private mutating func accumulate(design: MixedDesign, pattern: EliminationPattern, columns: [Double]) {
        let n = design.rowCount, width = width
        var rowMajor = [Double](repeating: 0, count: n * width)
        for k in 0..<width { for i in 0..<n { rowMajor[k + i * width] = columns[i + k * n] } }
        // The raw columns of each factor, row by row, and the node of each row.
        let factors = pattern.factors
        var z: [[Double]] = [], nodes: [[Int]] = []
        for (index, factor) in factors.enumerated() {
            let q = factor.blockSize
            var values = [Double](repeating: 0, count: n * q)
            for (term, offset) in factor.terms {
                let matrix = design.terms[term].columns
                let raw = matrix.storage
                for k in 0..<matrix.columns { for i in 0..<n { values[offset + k + i * q] = raw[i + k * n] } }
            }
            z.append(values)
            let nodeOfGroup = pattern.nodeOfGroup[index]
            nodes.append(design.terms[factor.terms[0].index].groups.map { nodeOfGroup[$0] })
        }
        for (index, factor) in factors.enumerated() {
            Self.addRows(n, width, factor.blockSize, nodes[index], pattern.nodeStart, z[index], rowMajor, &fixed)
        }
        let sizes = factors.map(\.blockSize)
        // Sparse panels: the places of a node's neighbours are marked while its rows pass by.
        var place = [Int](repeating: 0, count: pattern.nodeCount)
        for (index, factor) in factors.enumerated() {
            let rows = RowsByGroup(design.terms[factor.terms[0].index].groups, count: factor.groupCount)
            let q = factor.blockSize
            for group in 0..<factor.groupCount {
                let node = pattern.nodeOfGroup[index][group]
                guard node < pattern.sparseNodes else { continue }
                let start = pattern.panelStart[node]
                let height = q + pattern.rowStart[node + 1] - pattern.rowStart[node]
                var next = q
                place[node] = 0
                for entry in pattern.rowNodeStart[node]..<pattern.rowNodeStart[node + 1] {
                    place[pattern.rowNodes[entry]] = next
                    next += pattern.nodeSize[pattern.rowNodes[entry]]
                }
                let members = rows[group]
                for other in sizes.indices {
                    Self.addPairs(
                        members, node, q, z[index], sizes[other], z[other], nodes[other], place, height,
                        start, &panels)
                }
            }
        }
        guard pattern.denseCount > 0 else { return }
        let order = pattern.denseCount, first = pattern.sparseCount
        for (a, qa) in sizes.enumerated() {
            for (b, qb) in sizes.enumerated() {
                let aNodes = nodes[a], bNodes = nodes[b], aValues = z[a], bValues = z[b]
                for row in 0..<n {
                    let aNode = aNodes[row], bNode = bNodes[row]
                    guard aNode >= pattern.sparseNodes, bNode >= pattern.sparseNodes else { continue }
                    let aStart = pattern.nodeStart[aNode] - first, bStart = pattern.nodeStart[bNode] - first
                    for c in 0..<qb {
                        let value = bValues[c + row * qb]
                        for r in 0..<qa { dense[aStart + r + (bStart + c) * order] += value * aValues[r + row * qa] }
                    }
                }
            }
        }
    }

    /// Adds the rows of [Q y₀] (width × n), times each coefficient's raw column (q × n), to the effects of their nodes.
    private static func addRows(
        _ n: Int, _ width: Int, _ q: Int, _ nodes: UnsafePointer<Int>, _ starts: UnsafePointer<Int>,
        _ z: UnsafePointer<Double>, _ rows: UnsafePointer<Double>, _ out: UnsafeMutablePointer<Double>
    ) {
        for i in 0..<n {
            let source = rows + i * width
            for k in 0..<q {
                let value = z[k + i * q], target = out + (starts[nodes[i]] + k) * width
                for c in 0..<width { target[c] += value * source[c] }
            }
        }
    }

    /// Adds to the panel of a node the products of its rows' raw columns with those of another factor.
    private static func addPairs(
        _ rows: ArraySlice<Int>, _ node: Int, _ q: Int, _ z: UnsafePointer<Double>, _ otherSize: Int,
        _ otherZ: UnsafePointer<Double>, _ nodes: UnsafePointer<Int>, _ place: UnsafePointer<Int>, _ height: Int,
        _ start: Int, _ panels: UnsafeMutablePointer<Double>
    ) {
        for row in rows where nodes[row] >= node {
            let target = panels + start + place[nodes[row]]
            for c in 0..<q {
                let value = z[c + row * q]
                for r in 0..<otherSize { target[r + c * height] += value * otherZ[r + row * otherSize] }
            }
        }
    }

    /// Writes ZᵀZ·v of `m` vectors, one per row (m × effects).
    func multiply(_ pattern: EliminationPattern, _ m: Int, _ input: [Double], into output: inout [Double]) {
        output.withUnsafeMutableBufferPointer { output in
            input.withUnsafeBufferPointer { input in
                guard let out = output.baseAddress, let vectors = input.baseAddress else { return }
                multiply(pattern, m, vectors, out)
                let order = pattern.denseCount
                guard order > 0 else { return }
                let at = m * pattern.sparseCount
                BLAS.gemm(false, false, m, order, order, 1, vectors + at, m, dense, order, 1, out + at, m)
            }
        }
    }

    /// The part of the sparse panels; the rows of the dense block begin with what they get from there.
    private func multiply(
        _ pattern: EliminationPattern, _ m: Int, _ vectors: UnsafePointer<Double>,
        _ out: UnsafeMutablePointer<Double>
    ) {
        out.update(repeating: 0, count: m * pattern.effectCount)
        panels.withUnsafeBufferPointer { a in
            pattern.rows.withUnsafeBufferPointer { rows in
                for node in 0..<pattern.sparseNodes {
                    let q = pattern.nodeSize[node], first = pattern.nodeStart[node], start = pattern.panelStart[node]
                    let below = pattern.rowStart[node]..<pattern.rowStart[node + 1]
                    let height = q + below.count
                    for c in 0..<q {
                        let ownIn = vectors + m * (first + c), ownOut = out + m * (first + c)
                        let column = start + c * height
                        for r in 0..<q {
                            let value = a[column + r], other = vectors + m * (first + r)
                            for k in 0..<m { ownOut[k] += value * other[k] }
                        }
                        var at = column + q
                        for row in below {
                            let value = a[at], otherIn = vectors + m * rows[row], otherOut = out + m * rows[row]
                            at += 1
                            for k in 0..<m { ownOut[k] += value * otherIn[k] }
                            for k in 0..<m { otherOut[k] += value * ownIn[k] }
                        }
                    }
                }
            }
        }
    }
}
