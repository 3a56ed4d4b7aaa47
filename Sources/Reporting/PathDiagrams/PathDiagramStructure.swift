/// What belongs to what in a path diagram: indicators to factors, errors to their variables, and the rank of each
/// structural variable in the order of causes.
struct PathDiagramStructure {
    /// A path by the positions of its ends.
    struct Edge {
        let path: Int
        let from: Int
        let to: Int
    }

    /// The paths that are loadings.
    private(set) var loadings: [Edge] = []
    /// The paths that are regressions.
    private(set) var regressions: [Edge] = []
    /// For each node, its errors.
    private(set) var errors: [[Int]]
    /// For each error, the node that it belongs to.
    private(set) var errorTarget: [Int?]
    /// For each node, the factor beside which it is drawn.
    private(set) var parent: [Int?]
    /// For each factor, what is drawn beside it.
    private(set) var children: [[Int]]
    /// Whether a node is an observed indicator without children of its own.
    private(set) var isIndicator: [Bool]
    /// Whether arrows other than that of its error point to a node.
    private(set) var isEndogenous: [Bool]
    /// Factors all of whose indicators are drawn beside other factors: the general factor of a bifactor model.
    private(set) var generals: [Int] = []
    /// The structural variables, each with its indicators a block of the drawing.
    private(set) var roots: [Int] = []
    /// For each node the structural variable to whose block it belongs.
    private(set) var root: [Int]
    /// For each structural variable, its rank; the variables of the lowest rank are causes only.
    private(set) var rank: [Int]
    /// The highest rank.
    private(set) var lastRank = 0

    init(_ diagram: PathDiagram) {
        let count = diagram.nodes.count
        errors = Array(repeating: [], count: count)
        errorTarget = Array(repeating: nil, count: count)
        parent = Array(repeating: nil, count: count)
        children = Array(repeating: [], count: count)
        isIndicator = Array(repeating: false, count: count)
        isEndogenous = Array(repeating: false, count: count)
        root = Array(0..<count)
        rank = Array(repeating: 0, count: count)

        let edges = Self.edges(of: diagram)
        sort(edges, diagram)
        assignParents(diagram)
        for node in 0..<count {
            var top = node
            while let next = parent[top] { top = next }
            root[node] = top
        }
        for edge in loadings + regressions { isEndogenous[edge.to] = true }
        for node in 0..<count where diagram.nodes[node].kind != .error {
            isIndicator[node] = diagram.nodes[node].kind == .observed && parent[node] != nil && children[node].isEmpty
        }
        let structural = Set(regressions.flatMap { [$0.from, $0.to] })
        for node in 0..<count where parent[node] == nil && errorTarget[node] == nil {
            let isGeneral =
                children[node].isEmpty && !structural.contains(node) && loadings.contains { $0.from == node }
            if isGeneral { generals.append(node) } else { roots.append(node) }
        }
        assignRanks()
        for error in 0..<count {
            if let target = errorTarget[error] { root[error] = root[target] }
        }
    }

    /// The shapes between which a covariance is drawn: the errors of the two variables when both have one.
    func bearers(_ first: Int, _ second: Int) -> (Int, Int) {
        guard let one = errors[first].first, let two = errors[second].first else { return (first, second) }
        return (one, two)
    }

    private static func edges(of diagram: PathDiagram) -> [Edge] {
        var position: [String: Int] = [:]
        for (index, node) in diagram.nodes.enumerated() { position[node.id] = index }
        return diagram.paths.enumerated().compactMap { index, path in
            guard let from = position[path.from], let to = position[path.to] else { return nil }
            return Edge(path: index, from: from, to: to)
        }
    }

    /// Tells the arrows of errors, loadings and regressions apart.
    private mutating func sort(_ edges: [Edge], _ diagram: PathDiagram) {
        var substantive: [Edge] = []
        for edge in edges {
            if diagram.nodes[edge.from].kind == .error, errorTarget[edge.from] == nil,
                diagram.nodes[edge.to].kind != .error
            {
                errorTarget[edge.from] = edge.to
                errors[edge.to].append(edge.from)
            } else {
                substantive.append(edge)
            }
        }
        var pointsElsewhere = Set<Int>()
        var hasObservedCause = Set<Int>()
        for edge in substantive {
            pointsElsewhere.insert(edge.from)
            if diagram.nodes[edge.from].kind != .latent { hasObservedCause.insert(edge.to) }
        }
        for edge in substantive {
            let inferred: PathDiagram.Path.Kind =
                diagram.nodes[edge.from].kind == .latent && diagram.nodes[edge.to].kind == .observed
                    && !pointsElsewhere.contains(edge.to) && !hasObservedCause.contains(edge.to)
                ? .loading : .regression
            if (diagram.paths[edge.path].kind ?? inferred) == .loading {
                loadings.append(edge)
            } else {
                regressions.append(edge)
            }
        }
    }

    /// Gives each indicator the factor beside which it is drawn: of several, the one with the fewest indicators.
    private mutating func assignParents(_ diagram: PathDiagram) {
        var loadingCount = Array(repeating: 0, count: diagram.nodes.count)
        for edge in loadings { loadingCount[edge.from] += 1 }
        var candidates = Array(repeating: [Int](), count: diagram.nodes.count)
        for edge in loadings { candidates[edge.to].append(edge.from) }
        for edge in loadings where parent[edge.to] == nil {
            let ordered = candidates[edge.to].enumerated().sorted {
                (loadingCount[$0.element], $0.offset) < (loadingCount[$1.element], $1.offset)
            }.map(\.element)
            // Factors that measure each other in a circle must not hang on each other.
            guard let factor = ordered.first(where: { !isAncestor(edge.to, of: $0) }) else { continue }
            parent[edge.to] = factor
            children[factor].append(edge.to)
        }
    }

    private func isAncestor(_ node: Int, of other: Int) -> Bool {
        var current: Int? = other
        while let here = current {
            if here == node { return true }
            current = parent[here]
        }
        return false
    }

    /// Longest distance from a cause, after taking out the arrows that close a circle.
    private mutating func assignRanks() {
        var targets: [Int: [Int]] = [:]
        for edge in regressions where root[edge.from] != root[edge.to] {
            targets[root[edge.from], default: []].append(root[edge.to])
        }
        let hasCause = Set(targets.values.joined())
        var state = Array(repeating: 0, count: rank.count)
        var order: [Int] = []
        var forward: [Int: [Int]] = [:]
        // Causes are visited first, so that a circle is cut where it is entered last.
        for start in roots.filter({ !hasCause.contains($0) }) + roots where state[start] == 0 {
            var stack = [(node: start, next: 0)]
            state[start] = 1
            while let (node, next) = stack.last {
                let outgoing = targets[node] ?? []
                if next < outgoing.count {
                    stack[stack.count - 1].next += 1
                    let target = outgoing[next]
                    if state[target] != 1 { forward[node, default: []].append(target) }
                    if state[target] == 0 {
                        state[target] = 1
                        stack.append((target, 0))
                    }
                } else {
                    state[node] = 2
                    order.append(node)
                    stack.removeLast()
                }
            }
        }
        for node in order.reversed() {
            for target in forward[node] ?? [] { rank[target] = max(rank[target], rank[node] + 1) }
        }
        lastRank = roots.map { rank[$0] }.max() ?? 0
        // Outcomes that cause nothing stand last, whatever the length of the way to them.
        for node in roots where hasCause.contains(node) && (targets[node] ?? []).isEmpty { rank[node] = lastRank }
    }
}
