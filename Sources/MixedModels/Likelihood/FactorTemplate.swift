import LinearAlgebra

/// Which entries of the relative covariance factor Λ (q × q, block-diagonal over the terms of one grouping factor, each
/// block lower triangular) are parameters.
struct FactorTemplate: Sendable, Equatable {
    /// q, over all terms.
    let order: Int
    /// Row and column of each parameter: term by term, the lower triangle of its block by columns.
    let entries: [(row: Int, column: Int)]
    /// The first row of each term's block.
    let offsets: [Int]

    /// The template of terms with that many coefficients.
    init(coefficientCounts: [Int]) {
        var offset = 0
        var offsets: [Int] = [], entries: [(row: Int, column: Int)] = []
        for count in coefficientCounts {
            offsets.append(offset)
            for column in 0..<count {
                for row in column..<count { entries.append((offset + row, offset + column)) }
            }
            offset += count
        }
        order = offset
        self.entries = entries
        self.offsets = offsets
    }

    static func == (a: FactorTemplate, b: FactorTemplate) -> Bool { a.order == b.order && a.offsets == b.offsets }

    /// Λ.
    func factor(_ theta: some RandomAccessCollection<Double>) -> Matrix {
        var factor = Matrix(rows: order, columns: order)
        for (entry, value) in zip(entries, theta) { factor[entry.row, entry.column] = value }
        return factor
    }

    /// The derivatives of the free entries of G = ΛΛᵀ by θ (parameters × parameters): row k, column l has ∂G_k/∂θ_l.
    func jacobian(_ factor: Matrix) -> Matrix {
        Matrix(rows: entries.count, columns: entries.count) { k, l in
            let g = entries[k], t = entries[l]
            return (g.row == t.row ? factor[g.column, t.column] : 0) + (g.column == t.row ? factor[g.row, t.column] : 0)
        }
    }
}
