/// A coincidence analysis (CNA): which factors are, in which combinations, causes of which others (Baumgartner 2009;
/// Baumgartner & Ambühl 2020, "Causal modeling with multi-value and fuzzy-set Coincidence Analysis", Political Science
/// Research and Methods 8).
///
/// For every value that may be an effect the analysis finds the *minimally sufficient conditions* (msc): conjunctions of
/// values that meet the threshold of consistency and no part of which does. It then finds the *atomic solution
/// formulas* (asf): disjunctions of such conditions that meet the thresholds of consistency and coverage and no part of
/// which does. Where several values can be explained, atomic formulas are combined to *complex solution formulas*
/// (csf), which describe common causes and causal chains, freed of atomic formulas that follow from the others and of
/// values that are superfluous given the whole. Other than in a truth table analysis no remainder is assumed to be
/// sufficient or not: redundancy is established by the configurations that cases show, and by logic.
///
/// ## When a formula may be read causally
///
/// A formula says that, in these data, values make a difference to an outcome. That is evidence of causation in the
/// sense of the regularity theory (Mackie 1974: INUS conditions) under assumptions that the data cannot test:
///
/// - The background is homogeneous: no cause that is missing from the factors varies together with those that are there.
///   One confounder is enough to make a formula that is not causal.
/// - The factors differ in what they mean: none is a part, a definition or an indicator of another. A logical relation
///   looks like a perfect cause.
/// - The direction comes from outside. Coincidences alone show only that A and B depend on each other; a factor with
///   two alternative sufficient conditions can, without noise, be told from its causes, but one with a single
///   condition cannot. Give a ``CausalOrdering`` wherever time or theory has one.
/// - Without an ordering there are often several complex formulas that fit equally well. They are rival models of the
///   same data: what holds in all of them may be claimed, what differs may not. Report their number.
/// - The absence of a factor from a formula is no evidence that it is irrelevant: with limited diversity (low
///   ``ComplexFormula/exhaustiveness``) the cases in which it would make a difference may be missing.
/// - Thresholds below 1 admit noise, and the lower they are the more formulas fit it; models should be stable when the
///   thresholds are moved. Cyclic formulas need a theory of feedback.
public struct CoincidenceAnalysis: Sendable, Hashable {
    /// What was found for one outcome.
    public struct Outcome: Sendable, Hashable {
        /// The value that is to be explained.
        public let value: FactorValue
        /// The factors that the ordering allows as causes.
        public let causes: [String]
        /// The minimally sufficient conditions: the simplest first, then those with the highest product of the measures.
        public let sufficientConditions: [SufficientCondition]
        /// The atomic formulas, in the same order.
        public let formulas: [AtomicFormula]
        /// Whether, within the limits on the size of formulas, all conditions and formulas are listed.
        public let isExhaustive: Bool
    }

    /// The factors.
    public let factors: [String]
    /// The options.
    public let options: CoincidenceOptions
    /// The number of cases.
    public let caseCount: Int
    /// The number of distinct configurations that cases show.
    public let configurationCount: Int
    /// The outcomes, in the order of the factors and levels.
    public let outcomes: [Outcome]
    /// The complex formulas: the simplest first, then those with the highest product of the measures. With one outcome
    /// they are the atomic formulas.
    public let complexFormulas: [ComplexFormula]
    /// Whether ``complexFormulas`` combine the outcomes; false if no combination is free of redundancy, so that the
    /// atomic formulas stand for themselves.
    public let areCombined: Bool
    /// Searches that ended before everything was tried.
    public let limitsReached: [CoincidenceLimits.Reached]
    /// Factors that never change, which can be neither cause nor effect.
    public let constantFactors: [String]

    /// Analyzes cases.
    ///
    /// - Parameters:
    ///   - data: The cases, with crisp, multi-value or fuzzy sets.
    ///   - factors: The sets to analyze; nil for all.
    ///   - options: What counts as a condition and as a model.
    /// - Throws: ``SetTheoryError`` if a set does not exist or does not apply to all cases, an outcome or the ordering
    ///   names what is not there, an outcome has no possible cause, or an option is out of range.
    public init(
        _ data: CalibratedData, factors names: [String]? = nil, options: CoincidenceOptions = .init()
    ) throws(SetTheoryError) {
        try options.verify()
        let table = try CoincidenceTable(data, factors: names ?? data.sets.map(\.name))
        let tiers = try (options.ordering ?? CausalOrdering(tiers: [])).tierNumbers(of: table.factors.map(\.name))
        let isStrict = options.ordering?.isStrict ?? false
        var wanted: [Int] = []
        for outcome in options.outcomes {
            let value = try table.value(outcome)
            if !wanted.contains(value) { wanted.append(value) }
        }
        if options.outcomes.isEmpty {
            wanted = table.values.indices.filter {
                table.isMultiValue && table.isLevel($0) || table.values[$0].level == 1
            }
        }
        wanted.sort()
        var excluded: [Int: Set<Int>] = [:]
        for exclusion in options.exclusions {
            let outcome = try table.value(exclusion.outcome)
            for cause in exclusion.causes { excluded[outcome, default: []].insert(try table.value(cause)) }
        }
        var outcomes: [Outcome] = [], candidates: [[AtomicCandidate]] = [], reached: [CoincidenceLimits.Reached] = []
        var unchecked = 0
        for value in wanted {
            let own = table.factorOf[value]
            let causes = table.factors.indices.filter { factor in
                factor != own && (isStrict ? tiers[factor] < tiers[own] : tiers[factor] <= tiers[own])
            }
            if causes.isEmpty {
                if options.outcomes.isEmpty { continue }
                throw .notApplicable(
                    "the ordering leaves no possible cause of \(table.values[value]): put some factor before it, or "
                        + "take it out of the outcomes")
            }
            let search = OutcomeSearch(
                table: table, outcome: value, causes: causes, excluded: excluded[value] ?? [], options: options)
            outcomes.append(
                Outcome(
                    value: table.values[value], causes: causes.map { table.factors[$0].name },
                    sufficientConditions: search.conditions, formulas: search.candidates.map(\.formula),
                    isExhaustive: search.reached.isEmpty))
            candidates.append(search.candidates)
            reached += search.reached
            unchecked += search.unchecked
        }
        let combined = ComplexFormulaSearch(candidates, table: table, options: options)
        if unchecked > 0 { reached.append(.configurations(formulas: unchecked)) }
        reached += combined.reached
        factors = table.factors.map(\.name)
        self.options = options
        caseCount = table.caseCount
        configurationCount = table.rowCount
        self.outcomes = outcomes
        areCombined = !combined.formulas.isEmpty || candidates.allSatisfy(\.isEmpty)
        complexFormulas =
            areCombined
            ? combined.formulas
            : candidates.flatMap { $0 }.flatMap { candidate in
                ComplexFormulaSearch([[candidate]], table: table, options: options).formulas
            }.sorted(by: ComplexFormulaSearch.precedes)
        limitsReached = reached
        constantFactors = table.constants
    }

    /// Whether, within the limits on the size of formulas, everything was found.
    public var isExhaustive: Bool { limitsReached.isEmpty }

    /// What was found for a value; nil if it was not an outcome.
    public subscript(outcome: FactorValue) -> Outcome? { outcomes.first { $0.value == outcome } }
}

extension CoincidenceTable {
    /// Whether a value is a level of a crisp or multi-value factor.
    func isLevel(_ value: Int) -> Bool { !factors[factorOf[value]].isFuzzy }
}
