import LinearAlgebra

/// The rows of a design sorted into blocks that are independent of each other: the clusters of the highest level where
/// the grouping factors are nested.
struct ClusterBlocks: Sendable {
    /// The rows of each block, ascending; blocks in the order of their first row.
    let rows: [[Int]]
    /// The groups of each term in each block, ascending.
    let groups: [[[Int]]]
    private let fit: MixedModelFit
    /// Where a group of a term stands in its block.
    private let positions: [[Int]]

    /// Sorts the rows of `fit`.
    /// - Throws: ``MixedModelError/notAvailable(_:)`` where the covariance of a block is not σ²(W⁻¹ + ZGZᵀ).
    init(_ fit: MixedModelFit, purpose: String) throws {
        let design = fit.design
        guard fit.residualStructure == .independent else {
            throw MixedModelError.notAvailable("\(purpose): not available for models with a residual structure")
        }
        guard !design.terms.isEmpty else {
            throw MixedModelError.notAvailable("\(purpose): the model has no grouping factor")
        }
        var offsets: [Int] = [], count = 0
        for term in design.terms {
            offsets.append(count)
            count += term.levels.count
        }
        var parent = Array(0..<count)
        func root(_ node: Int) -> Int {
            var node = node
            while parent[node] != node {
                parent[node] = parent[parent[node]]
                node = parent[node]
            }
            return node
        }
        for row in 0..<design.rowCount {
            let first = root(offsets[0] + design.terms[0].groups[row])
            for term in design.terms.indices.dropFirst() {
                let other = root(offsets[term] + design.terms[term].groups[row])
                let head = root(first)
                if other != head { parent[other] = head }
            }
        }
        var numbers = [Int](repeating: -1, count: count)
        var rows: [[Int]] = []
        for row in 0..<design.rowCount {
            let node = root(offsets[0] + design.terms[0].groups[row])
            if numbers[node] < 0 {
                numbers[node] = rows.count
                rows.append([])
            }
            rows[numbers[node]].append(row)
        }
        var groups = [[[Int]]](
            repeating: [[Int]](repeating: [], count: design.terms.count), count: rows.count)
        var positions: [[Int]] = []
        for (term, random) in design.terms.enumerated() {
            var place = [Int](repeating: -1, count: random.levels.count)
            for group in random.levels.indices {
                let block = numbers[root(offsets[term] + group)]
                // A level without rows belongs to no block.
                guard block >= 0 else { continue }
                place[group] = groups[block][term].count
                groups[block][term].append(group)
            }
            positions.append(place)
        }
        self.rows = rows
        self.groups = groups
        self.positions = positions
        self.fit = fit
        for (block, members) in rows.enumerated() {
            let width = columnCount(block)
            guard width <= 4000, Double(members.count) * Double(width) <= 6e7 else {
                throw MixedModelError.notAvailable(
                    "\(purpose): the crossed factors tie \(members.count) rows and \(width) random effects together, "
                        + "too many for this computation")
            }
        }
    }

    /// The number of blocks.
    var count: Int { rows.count }

    /// The number of random effects of a block.
    func columnCount(_ block: Int) -> Int {
        zip(groups[block], fit.design.terms).reduce(0) { $0 + $1.0.count * $1.1.coefficientCount }
    }

    /// X of a block (n_j × p).
    func fixed(_ block: Int) -> Matrix {
        let members = rows[block], x = fit.design.fixed
        return Matrix(rows: members.count, columns: x.columns) { x[members[$0], $1] }
    }

    /// ZΛ of a block (n_j × Q_j): term by term, group by group.
    func scaledRandom(_ block: Int) -> Matrix {
        random(block) { row, term in
            let q = fit.design.terms[term].coefficientCount, factor = fit.factors[term]
            let columns = fit.design.terms[term].columns
            return (0..<q).map { k in (k..<q).reduce(0) { $0 + columns[row, $1] * factor[$1, k] } }
        }
    }

    /// Z of a block (n_j × Q_j).
    func rawRandom(_ block: Int) -> Matrix {
        random(block) { row, term in fit.design.terms[term].columns.row(row) }
    }

    private func random(_ block: Int, _ entries: (_ row: Int, _ term: Int) -> [Double]) -> Matrix {
        var result = Matrix(rows: rows[block].count, columns: columnCount(block))
        for (i, row) in rows[block].enumerated() {
            var first = 0
            for (term, random) in fit.design.terms.enumerated() {
                let start = first + positions[term][random.groups[row]] * random.coefficientCount
                for (k, value) in entries(row, term).enumerated() { result[i, start + k] = value }
                first += groups[block][term].count * random.coefficientCount
            }
        }
        return result
    }

    /// What solves systems with V_j of a block.
    func solver(_ block: Int) throws -> BlockSolver {
        try BlockSolver(
            scaledRandom: scaledRandom(block), weights: fit.design.weights.map { all in rows[block].map { all[$0] } },
            residualVariance: fit.residualVariance)
    }
}

/// V_j = σ²(W⁻¹ + ZΛΛᵀZᵀ) of a block, and the solution of systems with it by Woodbury's identity.
struct BlockSolver: Sendable {
    /// ZΛ (n_j × Q_j).
    let scaledRandom: Matrix
    /// w, or nil for ones.
    let weights: [Double]?
    /// σ².
    let residualVariance: Double
    /// The Cholesky factor of ΛᵀZᵀWZΛ + I.
    let inner: Cholesky

    init(scaledRandom: Matrix, weights: [Double]?, residualVariance: Double) throws {
        self.scaledRandom = scaledRandom
        self.weights = weights
        self.residualVariance = residualVariance
        var cross = scaledRandom.transposedTimes(Self.weighted(scaledRandom, weights))
        for k in 0..<cross.rows { cross[k, k] += 1 }
        inner = try Cholesky(cross)
    }

    private static func weighted(_ matrix: Matrix, _ weights: [Double]?) -> Matrix {
        guard let weights else { return matrix }
        return Matrix(rows: matrix.rows, columns: matrix.columns) { weights[$0] * matrix[$0, $1] }
    }

    /// V⁻¹M.
    func solve(_ matrix: Matrix) -> Matrix {
        let weighted = Self.weighted(matrix, weights)
        let scores = inner.solve(scaledRandom.transposedTimes(weighted))
        let correction = Self.weighted(scaledRandom * scores, weights)
        return (1 / residualVariance) * (weighted - correction)
    }

    /// V⁻¹v.
    func solve(_ vector: [Double]) -> [Double] {
        solve(Matrix(rows: vector.count, columns: 1, columnMajor: vector)).storage
    }

    /// V itself (n_j × n_j).
    var covariance: Matrix {
        var result = scaledRandom.timesTransposed(scaledRandom)
        for i in 0..<result.rows { result[i, i] += 1 / (weights?[i] ?? 1) }
        return residualVariance * result
    }
}
