/// The models of the positive rows within these rows and the easy counterfactuals of each pair of a complex and a
/// parsimonious model (Ragin 2008, ch. 9; as QCA 3.23 does it).
///
/// Pairs with the same counterfactuals share their models; a model that several pairs give is listed once.
struct IntermediateModels {
    /// The models, in the order of the pairs, with the pairs that each comes from.
    private(set) var models: [(terms: [Conjunction], origins: [String])] = []
    /// The prime implicants of all pairs, in listing order.
    private(set) var primes: [Conjunction] = []
    /// The prime implicants that every model has.
    private(set) var essential: [Conjunction] = []
    /// What is proven.
    let proof: Solution.Proof

    private static let originLimit = 1000

    init(
        _ complex: Solution, _ parsimonious: Solution, expectations: DirectionalExpectations,
        positives: [Conjunction], conditions: Conditions, options: StandardAnalysis.Options
    ) {
        let sets = CounterfactualSets(complex, parsimonious, expectations: expectations)
        var isComplete = sets.isComplete && complex.proof.isExhaustive && parsimonious.proof.isExhaustive
        var positions: [[Conjunction]: Int] = [:], seen = Set<Conjunction>(), shared: Set<Conjunction>?
        var lower = Int.max, countIsExact = true, minimumIsProven = true
        var limits = options.limits
        // Many sets share the effort; each gets enough for what studies meet.
        limits.effort = max(limits.effort / max(1, sets.sets.count / 4), min(limits.effort, 20_000_000))
        for set in sets.sets {
            limits.models = max(1, options.limits.models - models.count)
            let found = MinimalModels(
                covering: positives, within: positives + set.conjunctions, conditions: conditions,
                options: options.models, limits: limits)
            for prime in found.primes where seen.insert(prime).inserted { primes.append(prime) }
            let own = Set(found.essential.map { found.primes[$0] })
            shared = shared.map { $0.intersection(own) } ?? own
            lower = min(lower, found.proof.lowerBound)
            isComplete = isComplete && found.proof.isExhaustive
            countIsExact = countIsExact && found.proof.countIsExact
            minimumIsProven = minimumIsProven && found.proof.isMinimumProven
            for model in found.models {
                let terms = model.map { found.primes[$0] }
                if let position = positions[terms] {
                    let room = Self.originLimit - models[position].origins.count
                    models[position].origins += set.origins.prefix(max(0, room))
                } else if models.count < options.limits.models {
                    positions[terms] = models.count
                    models.append((terms, set.origins))
                } else {
                    isComplete = false
                }
            }
        }
        let order = ListingOrder.order(primes, conditionCount: conditions.count)
        let all = primes, common = shared ?? []
        let listed = order.map { all[$0] }
        proof = Solution.Proof(
            modelCount: models.count, countIsExact: isComplete && countIsExact, isExhaustive: isComplete,
            isMinimumProven: minimumIsProven, lowerBound: lower == Int.max ? 0 : lower)
        primes = listed
        essential = listed.filter(common.contains)
    }
}
