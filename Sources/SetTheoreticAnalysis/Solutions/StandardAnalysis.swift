/// The complex, parsimonious and intermediate solutions of a truth table (Ragin 2008, ch. 8 and 9).
public struct StandardAnalysis: Sendable, Hashable {
    /// What to minimize, and with what.
    public struct Options: Sendable, Hashable {
        /// The solutions that are wanted.
        public var kinds: Set<Solution.Kind>
        /// What theory expects; without it there is no intermediate solution.
        public var expectations: DirectionalExpectations?
        /// Remainders that may not be used to simplify: untenable assumptions (enhanced standard analysis, Schneider
        /// & Wagemann 2013).
        public var excluded: [Conjunction]
        /// Whether contradictory rows may be used to simplify, as remainders may; otherwise they count as negative.
        public var includesContradictions: Bool
        /// Which covers count as models.
        public var models: ModelOptions
        /// How much to list and how long to search.
        public var limits: MinimizationLimits

        /// Options.
        public init(
            kinds: Set<Solution.Kind> = Set(Solution.Kind.allCases), expectations: DirectionalExpectations? = nil,
            excluded: [Conjunction] = [], includesContradictions: Bool = false, models: ModelOptions = .init(),
            limits: MinimizationLimits = .init()
        ) {
            self.kinds = kinds
            self.expectations = expectations
            self.excluded = excluded
            self.includesContradictions = includesContradictions
            self.models = models
            self.limits = limits
        }
    }

    /// The truth table.
    public let table: TruthTable
    /// What was minimized.
    public let options: Options
    /// The solution without remainders.
    public let complex: Solution?
    /// The solution with all remainders that help.
    public let parsimonious: Solution?
    /// The solution with easy counterfactuals only.
    public let intermediate: Solution?

    /// Minimizes a truth table.
    ///
    /// - Throws: ``SetTheoryError`` if no row is positive, or, where remainders may be used, none is negative.
    public init(_ table: TruthTable, options: Options = .init()) throws(SetTheoryError) {
        let positives = table.rows(.positive).map(\.configuration)
        if positives.isEmpty {
            throw .noPositiveRow(
                outcome: table.outcome.description, inclusionCut: table.options.inclusionCut,
                highest: table.rows.filter { $0.output != .remainder }.compactMap(\.inclusion).max())
        }
        let usesRemainders = options.kinds.contains(.parsimonious) || options.kinds.contains(.intermediate)
        let avoided = usesRemainders ? try table.avoided(options) : []
        if usesRemainders, avoided.isEmpty { throw .noNegativeRow(outcome: table.outcome.description) }
        let conditions = table.conditions
        var memberships = TermMemberships(table)
        func solution(_ kind: Solution.Kind, _ models: MinimalModels) -> Solution {
            Solution(
                kind: kind, primes: models.primes, essential: models.essential.map { models.primes[$0] },
                models: models.models.map { model in
                    let terms = model.map { models.primes[$0] }
                    let fit = SolutionFit(
                        terms.map { memberships.membership($0) }, outcome: table.outcomeMembership)
                    return Solution.Model(terms: terms, fit: fit)
                }, proof: models.proof)
        }
        let wantsIntermediate = options.kinds.contains(.intermediate) && options.expectations != nil
        let union = positives + (options.includesContradictions ? table.rows(.contradiction).map(\.configuration) : [])
        complex =
            options.kinds.contains(.complex) || wantsIntermediate
            ? solution(
                .complex,
                MinimalModels(
                    covering: positives, within: union, conditions: conditions, options: options.models,
                    limits: options.limits)) : nil
        parsimonious =
            usesRemainders
            ? solution(
                .parsimonious,
                MinimalModels(
                    covering: positives, avoiding: avoided, conditions: conditions, options: options.models,
                    limits: options.limits)) : nil
        if wantsIntermediate, let expectations = options.expectations, let complex, let parsimonious {
            intermediate = Self.intermediate(
                complex, parsimonious, expectations: expectations, positives: positives, table: table,
                options: options, solution: solution)
        } else {
            intermediate = nil
        }
        self.table = table
        self.options = options
    }

    /// The solution of a kind.
    public subscript(kind: Solution.Kind) -> Solution? {
        switch kind {
        case .complex: complex
        case .parsimonious: parsimonious
        case .intermediate: intermediate
        }
    }

    /// How many pairs of a complex and a parsimonious model are combined.
    static let pairLimit = 1_000_000
    /// How many different sets of easy counterfactuals are minimized.
    static let counterfactualSetLimit = 1000

    /// For every pair of a complex and a parsimonious model, the models of the positive rows within these and the
    /// pair's easy counterfactuals. Pairs with the same counterfactuals share their models; equal models of several
    /// pairs are listed once.
    private static func intermediate(
        _ complex: Solution, _ parsimonious: Solution, expectations: DirectionalExpectations,
        positives: [Conjunction], table: TruthTable, options: Options,
        solution: (Solution.Kind, MinimalModels) -> Solution
    ) -> Solution {
        var known: [Set<Conjunction>: Int] = [:], parts: [(union: Set<Conjunction>, origins: [String])] = []
        var isComplete = complex.proof.isExhaustive && parsimonious.proof.isExhaustive
        var pairs = 0
        search: for (i, first) in complex.models.enumerated() {
            for (j, second) in parsimonious.models.enumerated() {
                pairs += 1
                if pairs > pairLimit {
                    isComplete = false
                    break search
                }
                var union = Set<Conjunction>()
                for term in first.terms {
                    for prime in second.terms where prime.covers(term) {
                        union.formUnion(expectations.easy(from: term, to: prime))
                    }
                }
                if let position = known[union] {
                    if parts[position].origins.count < 1000 { parts[position].origins.append("C\(i + 1)P\(j + 1)") }
                } else if parts.count < counterfactualSetLimit {
                    known[union] = parts.count
                    parts.append((union, ["C\(i + 1)P\(j + 1)"]))
                } else {
                    isComplete = false
                }
            }
        }
        var models: [Solution.Model] = [], positions: [[Conjunction]: Int] = [:]
        var primes: [Conjunction] = [], seen = Set<Conjunction>()
        var essential: Set<Conjunction>?
        var lower = Int.max, countIsExact = true, minimumIsProven = true
        for part in parts {
            let order = part.union.sorted { $0.code < $1.code }
            let found = solution(
                .intermediate,
                MinimalModels(
                    covering: positives, within: positives + order, conditions: table.conditions,
                    options: options.models, limits: options.limits))
            for prime in found.primes where seen.insert(prime).inserted { primes.append(prime) }
            essential = essential.map { $0.intersection(found.essential) } ?? Set(found.essential)
            lower = min(lower, found.proof.lowerBound)
            isComplete = isComplete && found.proof.isExhaustive
            countIsExact = countIsExact && found.proof.countIsExact
            minimumIsProven = minimumIsProven && found.proof.isMinimumProven
            for model in found.models {
                if let position = positions[model.terms] {
                    let old = models[position]
                    models[position] = Solution.Model(
                        terms: old.terms, fit: old.fit, origins: old.origins + part.origins)
                } else {
                    positions[model.terms] = models.count
                    models.append(Solution.Model(terms: model.terms, fit: model.fit, origins: part.origins))
                }
            }
        }
        let order = ListingOrder.order(primes, conditionCount: table.conditions.count)
        let shared = essential ?? []
        return Solution(
            kind: .intermediate, primes: order.map { primes[$0] },
            essential: order.map { primes[$0] }.filter(shared.contains), models: models,
            proof: Solution.Proof(
                modelCount: models.count, countIsExact: isComplete && countIsExact, isExhaustive: isComplete,
                isMinimumProven: minimumIsProven, lowerBound: lower == Int.max ? 0 : lower))
    }
}

extension TruthTable {
    /// What no term may intersect when remainders are used: the negative rows and the excluded remainders.
    func avoided(_ options: StandardAnalysis.Options) throws(SetTheoryError) -> [Conjunction] {
        let observed = rows.filter { $0.output != .remainder }
        let negatives = observed.filter {
            $0.output == .negative || $0.output == .contradiction && !options.includesContradictions
        }.map { excludingLiterals(where: $0.configuration) }
        let kept = observed.filter { $0.output != .negative }.map(\.configuration)
        return negatives + options.excluded.flatMap { $0.subtracting(kept, levelCounts: conditions.levelCounts) }
    }
}

extension TruthTable {
    /// A row with a level of its own for each temporal condition that does not apply to it: every literal of such a
    /// condition keeps the row out, as a case has no membership in either.
    private func excludingLiterals(where row: Conjunction) -> Conjunction {
        var row = row
        for condition in conditions.levelCounts.indices where row[condition] == nil {
            row[condition] = conditions.levelCounts[condition]
        }
        return row
    }
}

extension Conjunction {
    /// Conjunctions, none intersecting another, that make up what lies in this one and in none of some others (the
    /// disjoint sharp operation).
    func subtracting(_ others: [Conjunction], levelCounts: [Int]) -> [Conjunction] {
        guard let other = others.first(where: intersects) else { return [self] }
        var parts: [Conjunction] = [], rest = self
        for condition in levelCounts.indices {
            guard rest[condition] == nil, let level = other[condition] else { continue }
            for another in 0..<levelCounts[condition] where another != level {
                var part = rest
                part[condition] = another
                parts.append(part)
            }
            rest[condition] = level
        }
        return parts.flatMap { $0.subtracting(others, levelCounts: levelCounts) }
    }
}
