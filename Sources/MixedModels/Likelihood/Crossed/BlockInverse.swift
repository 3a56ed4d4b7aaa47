import LinearAlgebra

/// M⁻¹ on the pattern (Takahashi, Fagan & Chen 1973): what the gradient needs of it.
extension BlockCholesky {
    /// Adds to `sums` (q × q of each factor) the sum over its groups of the diagonal blocks of ZᵀZΛM⁻¹, which is ZᵀV₁⁻¹ZΛ.
    mutating func addWeightedInverse(
        _ pattern: EliminationPattern, _ products: CrossProducts, lambda: [Double], to sums: inout [Double]
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
        _ pattern: EliminationPattern, _ l: UnsafePointer<Double>, _ inverse: UnsafeMutablePointer<Double>,
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
        _ pattern: EliminationPattern, _ products: CrossProducts, _ lambda: UnsafePointer<Double>,
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
