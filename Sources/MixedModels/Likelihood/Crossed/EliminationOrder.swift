/// The order in which the groups of all factors are eliminated, and the groups that each one is then connected to.
///
/// The factor with most random effects goes first: its groups share no rows, so they are eliminated without fill among
/// themselves (Bates et al. 2015, section 5.4). The others follow by minimum degree (Tinney & Walker 1967), so that nested
/// factors stay sparse; what is left when its graph becomes dense is one dense block.
struct EliminationOrder {
    /// The groups in the order of elimination, sparse ones first: factor and group.
    private(set) var nodes: [(factor: Int, group: Int)] = []
    /// The number of nodes that are eliminated one by one.
    private(set) var sparseCount = 0
    /// Of each sparse node the nodes connected to it that come later, ascending positions in ``nodes``.
    private(set) var neighbours: [[Int]] = []

    /// The order for factors whose groups are given row by row.
    init(factors: [SharedGrouping], groups: [[Int]], rowCount: Int) {
        let sizes = factors.map { $0.blockSize * $0.groupCount }
        guard let first = sizes.indices.max(by: { (sizes[$0], $1) < (sizes[$1], $0) }) else { return }
        // The groups of the other factors have consecutive numbers.
        let others = factors.indices.filter { $0 != first }
        var base = [Int](repeating: 0, count: factors.count), owner: [(factor: Int, group: Int)] = []
        for factor in others {
            base[factor] = owner.count
            for group in 0..<factors[factor].groupCount { owner.append((factor, group)) }
        }
        let cliques = Self.cliques(
            of: groups[first], count: factors[first].groupCount, others: others.map { (groups[$0], base[$0]) },
            nodeCount: owner.count)
        var graph = EliminationGraph(cliques: cliques, nodeCount: owner.count)
        let eliminated = graph.eliminate()

        for group in 0..<factors[first].groupCount { nodes.append((first, group)) }
        for node in eliminated { nodes.append(owner[node.node]) }
        sparseCount = nodes.count
        var position = [Int](repeating: -1, count: owner.count)
        for (k, node) in eliminated.enumerated() { position[node.node] = factors[first].groupCount + k }
        for node in owner.indices where position[node] < 0 {
            position[node] = nodes.count
            nodes.append(owner[node])
        }
        neighbours.reserveCapacity(sparseCount)
        for clique in cliques { neighbours.append(clique.map { position[$0] }.sorted()) }
        for node in eliminated { neighbours.append(node.neighbours.map { position[$0] }.sorted()) }
    }

    /// Of each group of one factor the groups of the others that it shares rows with.
    private static func cliques(
        of groups: [Int], count: Int, others: [(groups: [Int], base: Int)], nodeCount: Int
    ) -> [[Int]] {
        let rows = RowsByGroup(groups, count: count)
        var seen = [Int](repeating: -1, count: nodeCount)
        var result: [[Int]] = []
        result.reserveCapacity(count)
        for group in 0..<count {
            var clique: [Int] = []
            for row in rows[group] {
                for other in others {
                    let node = other.base + other.groups[row]
                    if seen[node] != group {
                        seen[node] = group
                        clique.append(node)
                    }
                }
            }
            result.append(clique)
        }
        return result
    }
}

/// The rows of each group, by counting sort.
struct RowsByGroup {
    private let starts: [Int]
    private let rows: [Int]

    /// Sorts the rows by their group, an index below `count`.
    init(_ groups: [Int], count: Int) {
        var starts = [Int](repeating: 0, count: count + 1)
        for group in groups { starts[group + 1] += 1 }
        for group in 0..<count { starts[group + 1] += starts[group] }
        var next = starts, rows = [Int](repeating: 0, count: groups.count)
        for (row, group) in groups.enumerated() {
            rows[next[group]] = row
            next[group] += 1
        }
        self.starts = starts
        self.rows = rows
    }

    /// The rows of a group, ascending.
    subscript(group: Int) -> ArraySlice<Int> { rows[starts[group]..<starts[group + 1]] }
}
