/// What causes what in a complex formula: the hypergraph of which a figure is drawn.
public struct CausalGraph: Sendable, Hashable {
    /// An arrow from a cause to an effect.
    public struct Edge: Sendable, Hashable {
        /// The value that is a cause.
        public let cause: FactorValue
        /// The value that is its effect.
        public let effect: FactorValue
        /// The position of the disjunct of the effect that the cause belongs to: causes of one disjunct act together,
        /// disjuncts are alternatives.
        public let disjunct: Int
        /// The number of causes in the disjunct: 1 for a cause that acts alone.
        public let size: Int
    }

    /// The factors, in order of first appearance.
    public let factors: [String]
    /// The factors that no formula explains.
    public let exogenous: [String]
    /// The arrows, formula by formula.
    public let edges: [Edge]
    /// For every factor the length of the longest path of arrows that leads to it: 0 for exogenous factors; nil if
    /// there is a cycle.
    public let ranks: [Int]?

    /// The graph of atomic formulas.
    public init(_ formulas: [AtomicFormula]) {
        var edges: [Edge] = [], factors: [String] = [], seen = Set<String>()
        for formula in formulas {
            for (position, disjunct) in formula.disjuncts.enumerated() {
                for cause in disjunct {
                    if seen.insert(cause.factor).inserted { factors.append(cause.factor) }
                    edges.append(
                        Edge(cause: cause, effect: formula.outcome, disjunct: position, size: disjunct.count))
                }
            }
            if seen.insert(formula.outcome.factor).inserted { factors.append(formula.outcome.factor) }
        }
        let endogenous = Set(formulas.map(\.outcome.factor))
        self.edges = edges
        self.factors = factors
        exogenous = factors.filter { !endogenous.contains($0) }
        let order = Self.order(edges.map { ($0.cause.factor, $0.effect.factor) }, nodes: factors)
        ranks = order.map { order in
            var rank = [String: Int]()
            for node in order {
                rank[node] =
                    (edges.filter { $0.effect.factor == node }.map { (rank[$0.cause.factor] ?? 0) + 1 }.max() ?? 0)
            }
            return factors.map { rank[$0] ?? 0 }
        }
    }

    /// Whether a node is a cause of itself.
    public func isCyclic(_ type: ComplexFormula.CycleType) -> Bool {
        switch type {
        case .factor: ranks == nil
        case .value:
            Self.order(edges.map { ($0.cause, $0.effect) }, nodes: Array(Set(edges.flatMap { [$0.cause, $0.effect] })))
                == nil
        }
    }

    /// An order in which every cause comes before its effects (Kahn 1962); nil if there is a cycle.
    private static func order<Node: Hashable>(_ arrows: [(Node, Node)], nodes: [Node]) -> [Node]? {
        var open: [Node: Int] = [:], effects: [Node: [Node]] = [:]
        for (cause, effect) in arrows {
            open[effect, default: 0] += 1
            effects[cause, default: []].append(effect)
        }
        var result = nodes.filter { open[$0] == nil }, position = 0
        while position < result.count {
            for effect in effects[result[position]] ?? [] {
                open[effect, default: 0] -= 1
                if open[effect] == 0 { result.append(effect) }
            }
            position += 1
        }
        return result.count == nodes.count ? result : nil
    }
}
