extension CoincidenceAnalysis {
    /// A claim that rival models may share: that a value is a cause of another.
    public struct Claim: Sendable, Hashable {
        /// The cause.
        public let cause: FactorValue
        /// The effect.
        public let effect: FactorValue
        /// The number of complex formulas that make the claim.
        public let count: Int
    }

    /// What the complex formulas claim, each pair of a cause and an effect with the number of formulas that have it;
    /// the claims of most formulas first. Only what all of them claim is established by the data.
    public var claims: [Claim] {
        struct Pair: Hashable {
            let cause: FactorValue
            let effect: FactorValue
        }
        var counts: [Pair: Int] = [:], order: [Pair] = []
        for formula in complexFormulas {
            var seen = Set<Pair>()
            for edge in formula.graph.edges {
                let pair = Pair(cause: edge.cause, effect: edge.effect)
                guard seen.insert(pair).inserted else { continue }
                if let count = counts[pair] {
                    counts[pair] = count + 1
                } else {
                    counts[pair] = 1
                    order.append(pair)
                }
            }
        }
        let claims = order.map { Claim(cause: $0.cause, effect: $0.effect, count: counts[$0] ?? 0) }
        return claims.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
            .map(\.element)
    }
}
