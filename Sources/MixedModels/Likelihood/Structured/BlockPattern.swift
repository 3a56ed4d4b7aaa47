import LinearAlgebra

/// Blocks of rows whose covariance matrices are the same function of the parameters: their random-effect columns, groups,
/// clusters and occasions have one pattern, so that one factorisation serves them all.
///
/// Balanced data have one pattern. `data` holds the rows of block after block in each column, so that it is both an
/// n × (blocks·columns) matrix, for products with the n × n matrices of the pattern, and an (n·blocks) × columns one, for
/// cross-products.
struct BlockPattern: Sendable {
    /// What one random term contributes.
    struct Term: Sendable {
        /// The columns of the term (n × q).
        var columns: Matrix
        /// The rows of each group within a block.
        var groups: [[Int]]
        /// The index in the design of each group of each block, block after block.
        var levels: [Int]
    }

    /// The rows of a block.
    let order: Int
    /// The number of blocks.
    var blockCount = 0
    /// The row of the design of each row of each block, block after block.
    var rows: [Int] = []
    var terms: [Term]
    /// Pairs of rows of one residual cluster, row ≥ column, and the class of each in ``ResidualModel/Tables``.
    var pairRows: [Int32] = []
    var pairColumns: [Int32] = []
    var pairClasses: [Int32] = []
    /// The stratum of each row.
    let strata: [Int]
    /// 1/√w of each row.
    let spreads: [Double]
    /// The columns of the fixed part and the response of all blocks.
    var data: [Double] = []
}

/// The largest number of rows that may depend on each other: their covariance matrix is factored as a dense one.
private let largestOrder = 3000

/// The independent blocks of a design under a residual structure, by pattern.
struct BlockPartition: Sendable {
    var patterns: [BlockPattern] = []
    /// The distances of the classes of pairs of an autoregressive structure.
    var distances: [Double] = [0]

    /// Connects the rows that share a group of any term or a residual cluster.
    /// - Throws: ``MixedModelError/notAvailable(_:)`` where a block is too large.
    init(_ design: MixedDesign, layout: ResidualLayout, structure: ResidualStructure) throws {
        let blocks = Self.blocks(design, layout)
        let largest = blocks.map(\.count).max() ?? 0
        guard largest <= largestOrder else {
            throw MixedModelError.notAvailable(
                "the residual structure \(structure) with these random terms ties \(largest) rows together, whose joint "
                    + "covariance matrix would have to be factored at every step; \(largestOrder) are possible. Give the "
                    + "structure smaller clusters, or leave out the random terms that cross")
        }
        var classes: [Double: Int32] = [0: 0]
        var known: [[UInt64]: Int] = [:]
        for block in blocks {
            let rows = Self.sorted(block, design, layout)
            let locals = Self.localIndices(rows, design, layout)
            let key = Self.key(rows, locals, design, layout)
            let index: Int
            if let found = known[key] {
                index = found
            } else {
                index = patterns.count
                known[key] = index
                patterns.append(
                    pattern(rows, locals, design, layout, structure, &classes))
            }
            patterns[index].blockCount += 1
            patterns[index].rows += rows
            for (f, term) in design.terms.enumerated() {
                let groups = patterns[index].terms[f].groups
                patterns[index].terms[f].levels += groups.map { term.groups[rows[$0[0]]] }
            }
        }
    }

    private mutating func pattern(
        _ rows: [Int], _ locals: Locals, _ design: MixedDesign, _ layout: ResidualLayout,
        _ structure: ResidualStructure, _ classes: inout [Double: Int32]
    ) -> BlockPattern {
        let n = rows.count
        let terms = design.terms.enumerated().map { f, term in
            BlockPattern.Term(
                columns: Matrix(rows: n, columns: term.coefficientCount) { term.columns[rows[$0], $1] },
                groups: Self.members(locals.groups[f]), levels: [])
        }
        var pattern = BlockPattern(
            order: n, terms: terms, strata: rows.map { layout.strata.isEmpty ? 0 : layout.strata[$0] },
            spreads: rows.map { row in design.weights.map { 1 / $0[row].squareRoot() } ?? 1 })
        let order = layout.strataNames.count
        for members in Self.members(locals.clusters) {
            for (position, j) in members.enumerated() {
                for i in members[position...] {
                    let pairClass: Int32
                    switch structure.correlation {
                    case .none: pairClass = 0
                    case .compoundSymmetric: pairClass = i == j ? 0 : 1
                    case .autoregressive:
                        let distance = abs(layout.occasions[rows[i]] - layout.occasions[rows[j]])
                        if let found = classes[distance] {
                            pairClass = found
                        } else {
                            pairClass = Int32(distances.count)
                            classes[distance] = pairClass
                            distances.append(distance)
                        }
                    case .unstructured:
                        let s = layout.strata[rows[i]], t = layout.strata[rows[j]]
                        pairClass = Int32(ResidualModel.packed(max(s, t), min(s, t), order))
                    }
                    pattern.pairRows.append(Int32(i))
                    pattern.pairColumns.append(Int32(j))
                    pattern.pairClasses.append(pairClass)
                }
            }
        }
        return pattern
    }

    // MARK: - Blocks

    private static func blocks(_ design: MixedDesign, _ layout: ResidualLayout) -> [[Int]] {
        var parents = Array(0..<design.rowCount)
        func root(_ row: Int) -> Int {
            var row = row
            while parents[row] != row {
                parents[row] = parents[parents[row]]
                row = parents[row]
            }
            return row
        }
        for grouping in design.terms.map(\.groups) + [layout.clusters] {
            var first = [Int](repeating: -1, count: (grouping.max() ?? -1) + 1)
            for (row, group) in grouping.enumerated() {
                if first[group] < 0 {
                    first[group] = row
                } else {
                    let (a, b) = (root(first[group]), root(row))
                    // The smaller row leads, so that blocks come in the order of their first rows.
                    parents[max(a, b)] = min(a, b)
                }
            }
        }
        var blocks: [[Int]] = []
        var index = [Int](repeating: -1, count: design.rowCount)
        for row in 0..<design.rowCount {
            let leader = root(row)
            if index[leader] < 0 {
                index[leader] = blocks.count
                blocks.append([])
            }
            blocks[index[leader]].append(row)
        }
        return blocks
    }

    /// The rows of a block in an order that does not depend on that of the data, by group, cluster and occasion.
    private static func sorted(_ block: [Int], _ design: MixedDesign, _ layout: ResidualLayout) -> [Int] {
        guard block.count > 1 else { return block }
        let groupings = design.terms.reversed().map(\.groups) + [layout.clusters]
        return block.sorted { a, b in
            for grouping in groupings where grouping[a] != grouping[b] { return grouping[a] < grouping[b] }
            if !layout.occasions.isEmpty, layout.occasions[a] != layout.occasions[b] {
                return layout.occasions[a] < layout.occasions[b]
            }
            if !layout.strata.isEmpty, layout.strata[a] != layout.strata[b] {
                return layout.strata[a] < layout.strata[b]
            }
            for term in design.terms {
                for k in 0..<term.coefficientCount where term.columns[a, k] != term.columns[b, k] {
                    return term.columns[a, k] < term.columns[b, k]
                }
            }
            return a < b
        }
    }

    /// Groups and clusters numbered within a block, in the order of its rows.
    private struct Locals {
        var groups: [[Int]]
        var clusters: [Int]
    }

    private static func localIndices(_ rows: [Int], _ design: MixedDesign, _ layout: ResidualLayout) -> Locals {
        func local(_ grouping: [Int]) -> [Int] {
            var index: [Int: Int] = [:]
            return rows.map { row in
                if let found = index[grouping[row]] { return found }
                index[grouping[row]] = index.count
                return index.count - 1
            }
        }
        return Locals(groups: design.terms.map { local($0.groups) }, clusters: local(layout.clusters))
    }

    private static func members(_ indices: [Int]) -> [[Int]] {
        var members = [[Int]](repeating: [], count: (indices.max() ?? -1) + 1)
        for (row, index) in indices.enumerated() { members[index].append(row) }
        return members
    }

    /// Everything the covariance matrix of a block depends on besides the parameters.
    private static func key(
        _ rows: [Int], _ locals: Locals, _ design: MixedDesign, _ layout: ResidualLayout
    ) -> [UInt64] {
        var key: [UInt64] = [UInt64(rows.count)]
        var firstOccasion = [Double](repeating: .nan, count: rows.count)
        for (position, row) in rows.enumerated() {
            for (f, term) in design.terms.enumerated() {
                key.append(UInt64(locals.groups[f][position]))
                // Adding zero makes -0 the same as 0.
                for k in 0..<term.coefficientCount { key.append((term.columns[row, k] + 0).bitPattern) }
            }
            let cluster = locals.clusters[position]
            key.append(UInt64(cluster))
            if !layout.occasions.isEmpty {
                if firstOccasion[cluster].isNaN { firstOccasion[cluster] = layout.occasions[row] }
                key.append((layout.occasions[row] - firstOccasion[cluster] + 0).bitPattern)
            }
            if !layout.strata.isEmpty { key.append(UInt64(layout.strata[row])) }
            if let weights = design.weights { key.append(weights[row].bitPattern) }
        }
        return key
    }
}
