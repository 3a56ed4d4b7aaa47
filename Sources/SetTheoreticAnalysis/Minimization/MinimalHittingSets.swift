/// All minimal sets of conditions that meet every edge, an edge being a set of conditions.
///
/// The algorithm MMCS of Murakami and Uno (2014, "Efficient algorithms for dualizing large-scale hypergraphs",
/// Discrete Applied Mathematics 170, fig. 2): depth first, each chosen condition keeps the edges that only it meets
/// (its critical edges), and a branch ends as soon as a chosen condition has none left, so that only minimal sets
/// are ever completed and none comes twice.
struct MinimalHittingSets: ~Copyable {
    private let words: Int
    private let edges: UnsafeMutablePointer<UInt32>
    private let incidence: UnsafeMutablePointer<UInt64>
    /// For every depth: the edges not yet met, then the critical edges of each chosen condition.
    private let stack: UnsafeMutablePointer<UInt64>
    private let edgeCapacity: Int
    private var edgeCount = 0
    private static let depths = 33

    /// Room for a number of edges.
    init(edgeCapacity: Int) {
        self.edgeCapacity = max(1, edgeCapacity)
        words = (self.edgeCapacity + 63) / 64
        edges = .allocate(capacity: self.edgeCapacity)
        incidence = .allocate(capacity: 32 * words)
        stack = .allocate(capacity: Self.depths * (Self.depths + 1) * words)
    }

    deinit {
        edges.deallocate()
        incidence.deallocate()
        stack.deallocate()
    }

    /// Visits every minimal set that meets all of the given edges; an empty edge leaves none.
    mutating func visit(_ given: [UInt32], _ body: (UInt32) -> Void) {
        keepMinimal(given)
        if edgeCount > 0, edges[0] == 0 { return }
        let width = (edgeCount + 63) / 64
        for word in 0..<32 * width { incidence[word] = 0 }
        var all: UInt32 = 0
        for edge in 0..<edgeCount {
            var bits = edges[edge]
            all |= bits
            while bits != 0 {
                let condition = bits.trailingZeroBitCount
                incidence[condition * width + edge >> 6] |= 1 << UInt64(edge & 63)
                bits &= bits - 1
            }
        }
        for word in 0..<width {
            let left = edgeCount - word * 64
            stack[word] = left >= 64 ? ~0 : (1 << UInt64(left)) - 1
        }
        descend(depth: 0, chosen: 0, candidates: all, width: width, body)
    }

    /// Keeps the edges that contain no other, smallest first.
    private mutating func keepMinimal(_ given: [UInt32]) {
        edgeCount = 0
        for edge in given.sorted(by: { ($0.nonzeroBitCount, $0) < ($1.nonzeroBitCount, $1) }) {
            var isMinimal = true
            for kept in 0..<edgeCount where edges[kept] & ~edge == 0 {
                isMinimal = false
                break
            }
            if isMinimal {
                edges[edgeCount] = edge
                edgeCount += 1
            }
        }
    }

    private func descend(
        depth: Int, chosen: UInt32, candidates: UInt32, width: Int, _ body: (UInt32) -> Void
    ) {
        let level = stack + depth * (Self.depths + 1) * words
        // The open edge with the fewest candidates; edges come smallest first.
        var best: UInt32 = 0, fewest = Int.max
        search: for word in 0..<width {
            var open = level[word]
            while open != 0 {
                let edge = word << 6 + open.trailingZeroBitCount
                open &= open - 1
                let hits = edges[edge] & candidates
                let count = hits.nonzeroBitCount
                if count < fewest {
                    if count == 0 { return }
                    fewest = count
                    best = hits
                    if count == 1 { break search }
                }
            }
        }
        if fewest == Int.max {
            body(chosen)
            return
        }
        var remaining = candidates & ~best, branch = best
        let next = level + (Self.depths + 1) * words
        while branch != 0 {
            let condition = branch.trailingZeroBitCount
            branch &= branch - 1
            let hit = incidence + condition * width
            var isMinimal = true
            check: for slot in 1..<depth + 1 {
                let critical = level + slot * words, kept = next + slot * words
                var some: UInt64 = 0
                for word in 0..<width {
                    kept[word] = critical[word] & ~hit[word]
                    some |= kept[word]
                }
                if some == 0 {
                    isMinimal = false
                    break check
                }
            }
            if isMinimal {
                let own = next + (depth + 1) * words
                for word in 0..<width {
                    own[word] = level[word] & hit[word]
                    next[word] = level[word] & ~hit[word]
                }
                descend(
                    depth: depth + 1, chosen: chosen | 1 << UInt32(condition), candidates: remaining, width: width, body
                )
                // A condition that leaves another without a critical edge does so further down as well.
                remaining |= 1 << UInt32(condition)
            }
        }
    }
}
