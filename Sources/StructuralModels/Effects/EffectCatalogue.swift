/// The effects among the variables of a model's regressions, as sums of products of places in its plan.
///
/// In a recursive model a total effect is the sum over all chains of the products of their paths (Wright 1934; Bollen
/// 1987). Where the regressions form a cycle there are infinitely many chains; the totals are then (I − B)⁻¹ − I, and no
/// single chain is listed.
struct EffectCatalogue: Sendable {
    struct Entry: Sendable {
        let kind: Effect.Kind
        /// The variables' numbers from cause to effect.
        let chain: [Int]
        /// The chains whose products add up to the effect, each as elements of the plan; empty for a model with cycles.
        let products: [[Int]]
    }

    let entries: [Entry]
    /// Whether the regressions form a cycle.
    let isCyclic: Bool
    /// Whether there were too many chains to list them all.
    let isTruncated: Bool
    /// The regressions: element of the plan, cause and effect among ``variables``.
    let paths: [(element: Int, cause: Int, effect: Int)]
    /// The variables that regressions join.
    let variables: [Int]

    /// The most chains that are listed.
    static let chainLimit = 5000

    init(_ model: StructuralModel) {
        var paths: [(element: Int, cause: Int, effect: Int)] = []
        for (index, parameter) in model.table.parameters.enumerated() where parameter.op == .regression {
            if case .directed(let to, let from) = model.plan.elements[index].path {
                paths.append((index, from, to))
            }
        }
        self.paths = paths
        var variables: [Int] = []
        for path in paths {
            for end in [path.cause, path.effect] where !variables.contains(end) { variables.append(end) }
        }
        self.variables = variables

        var outgoing: [Int: [(element: Int, effect: Int)]] = [:]
        for path in paths { outgoing[path.cause, default: []].append((path.element, path.effect)) }
        let order = Self.topologicalOrder(variables, outgoing)
        isCyclic = order == nil
        var entries: [Entry] = []
        var truncated = false
        for cause in order ?? variables {
            guard let direct = outgoing[cause] else { continue }
            if order == nil {
                entries += Self.cyclicEntries(from: cause, direct, variables)
                continue
            }
            var chains: [Int: [(chain: [Int], elements: [Int])]] = [:]
            var open: [(chain: [Int], elements: [Int])] = [([cause], [])]
            var count = 0
            while let (chain, elements) = open.popLast() {
                for (element, effect) in (outgoing[chain[chain.count - 1]] ?? []).reversed() {
                    count += 1
                    guard count <= Self.chainLimit else {
                        truncated = true
                        break
                    }
                    let next = (chain + [effect], elements + [element])
                    chains[effect, default: []].append(next)
                    open.append(next)
                }
            }
            for outcome in variables {
                guard let found = chains[outcome] else { continue }
                entries += Self.entries(from: cause, to: outcome, found.sorted { Self.precedes($0.chain, $1.chain) })
            }
        }
        self.entries = entries
        isTruncated = truncated
    }

    private static func precedes(_ a: [Int], _ b: [Int]) -> Bool {
        a.count != b.count ? a.count < b.count : a.lexicographicallyPrecedes(b)
    }

    /// The effects of one variable on another, given all chains between them, the shortest first.
    private static func entries(
        from cause: Int, to outcome: Int, _ chains: [(chain: [Int], elements: [Int])]
    ) -> [Entry] {
        let direct = chains.filter { $0.elements.count == 1 }, indirect = chains.filter { $0.elements.count > 1 }
        var result: [Entry] = []
        if !direct.isEmpty {
            result.append(Entry(kind: .direct, chain: [cause, outcome], products: direct.map(\.elements)))
        }
        for chain in indirect {
            result.append(Entry(kind: .specificIndirect, chain: chain.chain, products: [chain.elements]))
        }
        if indirect.count > 1 {
            result.append(Entry(kind: .totalIndirect, chain: [cause, outcome], products: indirect.map(\.elements)))
        }
        result.append(Entry(kind: .total, chain: [cause, outcome], products: chains.map(\.elements)))
        return result
    }

    private static func cyclicEntries(
        from cause: Int, _ direct: [(element: Int, effect: Int)], _ variables: [Int]
    ) -> [Entry] {
        direct.map { Entry(kind: .direct, chain: [cause, $0.effect], products: [[$0.element]]) }
            + variables.map { Entry(kind: .total, chain: [cause, $0], products: []) }
    }

    private static func topologicalOrder(
        _ variables: [Int], _ outgoing: [Int: [(element: Int, effect: Int)]]
    ) -> [Int]? {
        var waiting: [Int: Int] = [:]
        for variable in variables { for (_, effect) in outgoing[variable] ?? [] { waiting[effect, default: 0] += 1 } }
        var order: [Int] = []
        var ready = variables.filter { waiting[$0] == nil }
        while !ready.isEmpty {
            let next = ready.removeFirst()
            order.append(next)
            for (_, effect) in outgoing[next] ?? [] {
                waiting[effect, default: 0] -= 1
                if waiting[effect] == 0 { ready.append(effect) }
            }
        }
        return order.count == variables.count ? order : nil
    }
}
