/// The smallest disjunctions of prime implicants that cover every positive row, with what is proven about them.
public struct MinimalModels: Sendable, Hashable {
    /// The prime implicants that cover some positive row, in listing order.
    public let primes: [Conjunction]
    /// The models that are listed, each as positions in the prime implicants, in lexicographic order.
    public let models: [[Int]]
    /// The prime implicants that every model has; if not all models are listed, those that alone cover some row.
    public let essential: [Int]
    /// What is proven.
    public let proof: Solution.Proof

    /// The models of positive rows when everything but the negative rows may be used to simplify.
    ///
    /// - Parameters:
    ///   - positives: The rows to cover.
    ///   - negatives: Conjunctions that no term may intersect.
    ///   - conditions: The conditions.
    ///   - options: Which covers count as models.
    ///   - limits: How much to list and how long to search.
    public init(
        covering positives: [Conjunction], avoiding negatives: [Conjunction], conditions: Conditions,
        options: ModelOptions = .init(), limits: MinimizationLimits = .init()
    ) {
        self.init(
            PrimeImplicants(covering: positives, avoiding: negatives, conditionCount: conditions.count),
            rowCount: positives.count, options: options, limits: limits)
    }

    /// The models of positive rows when only a union of conjunctions may be used to simplify.
    ///
    /// - Parameters:
    ///   - positives: The rows to cover, each inside the union.
    ///   - union: The conjunctions.
    ///   - conditions: The conditions.
    ///   - options: Which covers count as models.
    ///   - limits: How much to list and how long to search.
    public init(
        covering positives: [Conjunction], within union: [Conjunction], conditions: Conditions,
        options: ModelOptions = .init(), limits: MinimizationLimits = .init()
    ) {
        self.init(
            PrimeImplicants(covering: positives, within: union, conditions: conditions, effort: limits.effort),
            rowCount: positives.count, options: options, limits: limits)
    }

    init(_ implicants: PrimeImplicants, rowCount: Int, options: ModelOptions, limits: MinimizationLimits) {
        let chart = options.rowDominance ? implicants.withoutDominated() : implicants
        primes = chart.terms
        let sole = Self.sole(chart, rowCount: rowCount)
        if options.allIrredundant {
            let covers = IrredundantCovers(chart, rowCount: rowCount, limits: limits)
            models = covers.models
            proof = covers.proof.holding(implicants.isComplete)
            essential = sole
            return
        }
        let problem = CoveringProblem(chart.coverage, rowCount: rowCount)
        let minimum = MinimumCover(problem, effort: limits.effort)
        guard minimum.isProven, options.countsAll else {
            let first = minimum.groups.map { Int(problem.members[$0][0]) }.sorted()
            models = [first]
            essential = sole
            proof = Solution.Proof(
                modelCount: 1, countIsExact: false, isExhaustive: false, isMinimumProven: minimum.isProven,
                lowerBound: minimum.lowerBound
            ).holding(implicants.isComplete)
            return
        }
        let covers = MinimumCovers(
            problem, size: minimum.groups.count, multipliers: minimum.multipliers, limits: limits)
        var listed = covers.list.ordered().map { $0.map(Int.init) }
        // An interrupted search may have met none of the models although one is known.
        if listed.isEmpty { listed = [minimum.groups.map { Int(problem.members[$0][0]) }.sorted()] }
        models = listed
        let isExact = covers.isComplete && covers.list.isCountExact
        proof = Solution.Proof(
            modelCount: max(covers.list.count, listed.count), countIsExact: isExact,
            isExhaustive: isExact && covers.list.count == listed.count, isMinimumProven: true,
            lowerBound: minimum.lowerBound
        ).holding(implicants.isComplete)
        essential = proof.isExhaustive ? Self.shared(listed) : sole
    }

    /// The positions that all lists have, each list in ascending order.
    private static func shared(_ lists: [[Int]]) -> [Int] {
        guard let first = lists.first else { return [] }
        return lists.dropFirst().reduce(Set(first)) { $0.intersection($1) }.sorted()
    }

    /// The prime implicants that alone cover some row: irredundant models, too, all have them.
    private static func sole(_ chart: PrimeImplicants, rowCount: Int) -> [Int] {
        var count = [Int](repeating: 0, count: rowCount), only = [Int](repeating: 0, count: rowCount)
        for position in chart.terms.indices {
            for row in chart.coverage.elements(of: position) {
                count[row] += 1
                only[row] = position
            }
        }
        return Set((0..<rowCount).filter { count[$0] == 1 }.map { only[$0] }).sorted()
    }
}

/// Which covers of the positive rows count as models.
public struct ModelOptions: Sendable, Hashable {
    /// Leaves out prime implicants whose rows are a part of another's (QCA's `row.dom`).
    public var rowDominance: Bool
    /// Lists every irredundant model, also those with more terms than the smallest (QCA's `all.sol`).
    public var allIrredundant: Bool
    /// Looks for all models; otherwise one of the smallest is enough.
    public var countsAll: Bool

    /// Options; the defaults are those of QCA.
    public init(rowDominance: Bool = false, allIrredundant: Bool = false, countsAll: Bool = true) {
        self.rowDominance = rowDominance
        self.allIrredundant = allIrredundant
        self.countsAll = countsAll
    }
}

extension Solution.Proof {
    /// What is proven if some prime implicants may be missing: that there are these models, and no more.
    fileprivate func holding(_ primesAreComplete: Bool) -> Solution.Proof {
        primesAreComplete
            ? self
            : Solution.Proof(
                modelCount: modelCount, countIsExact: false, isExhaustive: false, isMinimumProven: false, lowerBound: 1)
    }
}
