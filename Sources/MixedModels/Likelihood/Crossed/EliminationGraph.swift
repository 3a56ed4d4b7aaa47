/// The graph of the nodes that remain after the first factor: two are connected when they belong to one clique.
struct EliminationGraph {
    private var adjacency: [[Int]] = []
    private let isDense: Bool

    /// Makes the graph, unless it is seen to be dense before that is done.
    init(cliques: [[Int]], nodeCount: Int) {
        var memberships = [[Int]](repeating: [], count: nodeCount)
        for (index, clique) in cliques.enumerated() { for node in clique { memberships[node].append(index) } }
        var seen = [Int](repeating: -1, count: nodeCount), edges = 0, work = 0
        for node in 0..<nodeCount {
            var neighbours: [Int] = []
            seen[node] = node
            for clique in memberships[node] where neighbours.count < nodeCount - 1 {
                work += cliques[clique].count
                for other in cliques[clique] where seen[other] != node {
                    seen[other] = node
                    neighbours.append(other)
                }
            }
            neighbours.sort()
            edges += neighbours.count
            adjacency.append(neighbours)
            if nodeCount > 8, edges > nodeCount * nodeCount / 3 || work > 300_000_000 {
                isDense = true
                return
            }
        }
        isDense = false
    }

    /// Eliminates nodes of least degree while the graph is sparse; gives them in order, with their neighbours then.
    mutating func eliminate() -> [(node: Int, neighbours: [Int])] {
        guard !isDense else { return [] }
        var result: [(node: Int, neighbours: [Int])] = []
        var alive = Array(adjacency.indices)
        while let least = alive.lazy.map({ [adjacency] in adjacency[$0].count }).min(),
            least <= max(1, alive.count / 8)
        {
            var rest: [Int] = []
            for node in alive {
                let neighbours = adjacency[node]
                guard neighbours.count <= least else {
                    rest.append(node)
                    continue
                }
                result.append((node, neighbours))
                for other in neighbours {
                    adjacency[other] = Self.union(adjacency[other], neighbours, without: node, other)
                }
                adjacency[node] = []
            }
            alive = rest
        }
        return result
    }

    /// The union of two ascending lists, two members left out.
    private static func union(_ a: [Int], _ b: [Int], without first: Int, _ second: Int) -> [Int] {
        var result: [Int] = [], i = 0, j = 0
        result.reserveCapacity(a.count + b.count)
        while i < a.count || j < b.count {
            let next: Int
            if j == b.count || (i < a.count && a[i] <= b[j]) {
                next = a[i]
                if j < b.count, b[j] == next { j += 1 }
                i += 1
            } else {
                next = b[j]
                j += 1
            }
            if next != first, next != second { result.append(next) }
        }
        return result
    }
}
