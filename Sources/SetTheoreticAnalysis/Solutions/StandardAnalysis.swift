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
    /// - Parameters:
    ///   - table: The truth table.
    ///   - options: What to minimize, and with what.
    ///   - progress: Told what is being minimized.
    /// - Throws: ``SetTheoryError`` if no row is positive, or, where remainders may be used, none is negative.
    public init(
        _ table: TruthTable, options: Options = .init(), progress: (String) -> Void = { _ in }
    ) throws(SetTheoryError) {
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
        func model(_ terms: [Conjunction], _ origins: [String] = []) -> Solution.Model {
            let fit = SolutionFit(terms.map { memberships.membership($0) }, outcome: table.outcomeMembership)
            return Solution.Model(terms: terms, fit: fit, origins: origins)
        }
        func solution(_ kind: Solution.Kind, _ found: MinimalModels) -> Solution {
            Solution(
                kind: kind, primes: found.primes, essential: found.essential.map { found.primes[$0] },
                models: found.models.map { positions in model(positions.map { found.primes[$0] }) },
                proof: found.proof)
        }
        let wantsIntermediate = options.kinds.contains(.intermediate) && options.expectations != nil
        let union = positives + (options.includesContradictions ? table.rows(.contradiction).map(\.configuration) : [])
        if options.kinds.contains(.complex) || wantsIntermediate {
            progress("complex solution for \(table.outcome)")
            let found = MinimalModels(
                covering: positives, within: union, conditions: conditions, options: options.models,
                limits: options.limits)
            complex = solution(.complex, found)
        } else {
            complex = nil
        }
        if usesRemainders {
            progress("parsimonious solution for \(table.outcome)")
            let found = MinimalModels(
                covering: positives, avoiding: avoided, conditions: conditions, options: options.models,
                limits: options.limits)
            parsimonious = solution(.parsimonious, found)
        } else {
            parsimonious = nil
        }
        if wantsIntermediate, let expectations = options.expectations, let complex, let parsimonious {
            progress("intermediate solution for \(table.outcome)")
            let found = IntermediateModels(
                complex, parsimonious, expectations: expectations, positives: positives, conditions: conditions,
                options: options)
            intermediate = Solution(
                kind: .intermediate, primes: found.primes, essential: found.essential,
                models: found.models.map { model($0.terms, $0.origins) }, proof: found.proof)
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
