/// Where the blocks of the sparse Cholesky factor of Λᵀ(ZᵀZ)Λ + I are: all that depends on the groups alone.
///
/// Random effects are numbered in the order of elimination, node by node (a node is a group of a factor): those of the
/// sparse nodes first, then those of the dense block. The columns of a sparse node make a panel (column-major): its q
/// own rows, then one row for each effect of the later nodes that it is connected to.
struct EliminationPattern: Sendable {
    let factors: [SharedGrouping]
    /// Of each node its factor and group, and its number of effects.
    let nodeFactor: [Int], nodeGroup: [Int], nodeSize: [Int]
    /// Where the Λ of each node's factor begins among those of all factors.
    let nodeLambda: [Int]
    /// The first effect of each node, and the number of all.
    let nodeStart: [Int]
    /// The number of sparse nodes, of their effects, and of the effects of the dense block.
    let sparseNodes: Int, sparseCount: Int, denseCount: Int
    /// The nodes below the diagonal block of the panel of node j: ``rowNodes``[rowNodeStart[j]..<rowNodeStart[j + 1]].
    let rowNodeStart: [Int], rowNodes: [Int]
    /// The effects below the diagonal block: ``rows``[rowStart[j]..<rowStart[j + 1]].
    let rowStart: [Int], rows: [Int]
    /// Where the panel of each sparse node begins, and the length of all.
    let panelStart: [Int], panelLength: Int
    /// For each entry of ``rowNodes`` that is sparse the places in that node's panel of its own first row and of all rows
    /// that follow in the panel at hand: ``targets`` from targetStart on.
    let targetStart: [Int], targets: [Int]
    /// The dense block factor by factor, whose nodes are together there.
    let denseSegments: [DenseSegment]
    /// The position of each group of each factor in the order of nodes.
    let nodeOfGroup: [[Int]]
    /// Whether every block is a single effect.
    let isScalar: Bool

    /// The nodes of one factor in the dense block.
    struct DenseSegment: Sendable {
        let factor: Int, blockSize: Int
        /// The first effect, counted within the dense block, and the number of nodes.
        let start: Int
        var count: Int
    }

    /// The number of random effects.
    var effectCount: Int { sparseCount + denseCount }
    var nodeCount: Int { nodeFactor.count }

    /// The connected component of each node: random effects of different components are independent given the data. The
    /// dense block is one component.
    var components: [Int] {
        var result = [Int](repeating: 0, count: nodeCount), count = 1
        for node in (0..<sparseNodes).reversed() {
            if rowNodeStart[node] < rowNodeStart[node + 1] {
                result[node] = result[rowNodes[rowNodeStart[node]]]
            } else {
                result[node] = count
                count += 1
            }
        }
        return result
    }

    /// Columns for the effects of each component, so that effects of different components share one: the first of each node,
    /// no node across a multiple of `block`, and the number of columns needed.
    func componentSlots(block: Int) -> (ofNode: [Int], needed: Int) {
        let components = components
        var next = [Int](repeating: 0, count: (components.max() ?? 0) + 1)
        let slots = (0..<nodeCount).map { node in
            let q = nodeSize[node], component = components[node]
            var slot = next[component]
            if slot % block + q > block { slot += block - slot % block }
            next[component] = slot + q
            return slot
        }
        return (slots, next.max() ?? 0)
    }

    /// The number of rows of the panel of a sparse node.
    func panelHeight(_ node: Int) -> Int { nodeSize[node] + rowStart[node + 1] - rowStart[node] }

    init(factors: [SharedGrouping], groups: [[Int]], rowCount: Int) {
        let order = EliminationOrder(factors: factors, groups: groups, rowCount: rowCount)
        self.factors = factors
        isScalar = factors.allSatisfy { $0.blockSize == 1 }
        nodeFactor = order.nodes.map(\.factor)
        nodeGroup = order.nodes.map(\.group)
        nodeSize = order.nodes.map { factors[$0.factor].blockSize }
        nodeLambda = order.nodes.map { factors[$0.factor].lambdaStart }
        var starts = [0], nodeOfGroup = factors.map { [Int](repeating: 0, count: $0.groupCount) }
        for (node, (factor, group)) in order.nodes.enumerated() {
            starts.append(starts[node] + factors[factor].blockSize)
            nodeOfGroup[factor][group] = node
        }
        self.nodeOfGroup = nodeOfGroup
        nodeStart = starts
        sparseNodes = order.sparseCount
        sparseCount = starts[order.sparseCount]
        denseCount = starts[order.nodes.count] - sparseCount
        var segments: [DenseSegment] = []
        for node in order.sparseCount..<order.nodes.count {
            if segments.last?.factor != nodeFactor[node] {
                segments.append(
                    DenseSegment(
                        factor: nodeFactor[node], blockSize: nodeSize[node], start: starts[node] - sparseCount, count: 0
                    ))
            }
            segments[segments.count - 1].count += 1
        }
        denseSegments = segments

        var rowNodeStart = [0], rowNodes: [Int] = [], rowStart = [0], rows: [Int] = [], panelStart: [Int] = []
        var length = 0
        for node in 0..<order.sparseCount {
            for other in order.neighbours[node] {
                rowNodes.append(other)
                for effect in starts[other]..<starts[other + 1] { rows.append(effect) }
            }
            rowNodeStart.append(rowNodes.count)
            panelStart.append(length)
            length += nodeSize[node] * (nodeSize[node] + rows.count - rowStart[node])
            rowStart.append(rows.count)
        }
        self.rowNodeStart = rowNodeStart
        self.rowNodes = rowNodes
        self.rowStart = rowStart
        self.rows = rows
        self.panelStart = panelStart
        panelLength = length

        // The neighbours of a node are all connected once it is gone, so that each is in the panels of those before it.
        var targetStart = [Int](repeating: 0, count: rowNodes.count), targets: [Int] = []
        for node in 0..<order.sparseCount {
            for entry in rowNodeStart[node]..<rowNodeStart[node + 1] where rowNodes[entry] < order.sparseCount {
                let panel = rowNodes[entry]
                targetStart[entry] = targets.count
                for own in 0..<nodeSize[panel] { targets.append(own) }
                var place = nodeSize[panel], candidate = rowNodeStart[panel]
                for later in (entry + 1)..<max(rowNodeStart[node + 1], entry + 1) {
                    while rowNodes[candidate] != rowNodes[later] {
                        place += nodeSize[rowNodes[candidate]]
                        candidate += 1
                    }
                    for own in 0..<nodeSize[rowNodes[later]] { targets.append(place + own) }
                }
            }
        }
        self.targetStart = targetStart
        self.targets = targets
    }
}
