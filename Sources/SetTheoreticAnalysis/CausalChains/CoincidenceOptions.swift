/// What counts as a condition and as a model in a coincidence analysis.
public struct CoincidenceOptions: Sendable, Hashable {
    /// The values that are to be explained: `Y`, `~Y`, `Y[2]`. Empty for all that can be: the presence of every crisp
    /// and fuzzy factor, or, where some factor has more than two levels, every level of every factor.
    public var outcomes: [SetExpression]
    /// Which factors may cause which.
    public var ordering: CausalOrdering?
    /// Values that theory rules out as causes of an outcome.
    public var exclusions: [CausalExclusion]
    /// The threshold of the sufficiency measure for models.
    public var consistency: Double
    /// The threshold of the sufficiency measure for minimally sufficient conditions; nil for ``consistency``.
    public var conditionConsistency: Double?
    /// The threshold of the necessity measure for models.
    public var coverage: Double
    /// The measure of sufficiency.
    public var sufficiency: CoincidenceMeasure
    /// The measure of necessity.
    public var necessity: CoincidenceMeasure
    /// Whether formulas with redundancies that are there whatever the data (not INUS) leave.
    public var onlyINUS: Bool
    /// Whether complex formulas in which a factor causes itself leave.
    public var onlyAcyclic: Bool
    /// What makes a cycle.
    public var cycles: ComplexFormula.CycleType
    /// How large formulas may be and how long to search.
    public var limits: CoincidenceLimits

    /// Options; the defaults are those of cna 4.
    public init(
        outcomes: [SetExpression] = [], ordering: CausalOrdering? = nil, exclusions: [CausalExclusion] = [],
        consistency: Double = 1,
        coverage: Double = 1, conditionConsistency: Double? = nil, sufficiency: CoincidenceMeasure = .consistency,
        necessity: CoincidenceMeasure = .coverage, onlyINUS: Bool = true, onlyAcyclic: Bool = false,
        cycles: ComplexFormula.CycleType = .factor, limits: CoincidenceLimits = .init()
    ) {
        self.outcomes = outcomes
        self.ordering = ordering
        self.exclusions = exclusions
        self.consistency = consistency
        self.coverage = coverage
        self.conditionConsistency = conditionConsistency
        self.sufficiency = sufficiency
        self.necessity = necessity
        self.onlyINUS = onlyINUS
        self.onlyAcyclic = onlyAcyclic
        self.cycles = cycles
        self.limits = limits
    }

    func verify() throws(SetTheoryError) {
        for (name, value) in [
            ("the consistency threshold", consistency), ("the coverage threshold", coverage),
            ("the consistency threshold of conditions", conditionConsistency ?? consistency),
        ] where !(value >= 0 && value <= 1) {
            throw .invalidSetting(name: name, value: "\(value)", remedy: "give a number from 0 to 1")
        }
        for (name, value) in [
            ("the number of conjuncts", limits.conjuncts), ("the number of disjuncts", limits.disjuncts),
            ("the complexity", limits.complexity), ("the number of complex formulas", limits.complexFormulas),
            ("the number of formulas", limits.formulas), ("the effort", limits.effort),
        ] where value < 1 {
            throw .invalidSetting(name: name, value: "\(value)", remedy: "give a whole number from 1")
        }
        if limits.complexFormulas > CoincidenceLimits.complexFormulaBound {
            throw .invalidSetting(
                name: "the number of complex formulas", value: "\(limits.complexFormulas)",
                remedy: "\(CoincidenceLimits.complexFormulaBound) are more than anyone can compare; name an ordering")
        }
    }
}

/// How large the formulas of a coincidence analysis may be, how many are listed, and how long a search may go on.
///
/// The first three are the `maxstep` of cna: formulas beyond them are not looked for. The others guard against endless
/// searches; an analysis says when it reached one of them.
public struct CoincidenceLimits: Sendable, Hashable {
    /// The number of values in a conjunction.
    public var conjuncts: Int
    /// The number of conjunctions in a disjunction.
    public var disjuncts: Int
    /// The number of values in an atomic formula, the outcome not counted.
    public var complexity: Int
    /// The number of conditions, and of atomic formulas, that are kept for an outcome.
    public var formulas: Int
    /// The number of combinations of atomic formulas, the simplest first, that are made into complex formulas.
    public var complexFormulas: Int
    /// The number of conjunctions and of disjunctions that are tried for an outcome.
    public var effort: Int

    /// The highest number of combinations.
    static let complexFormulaBound = 100_000

    /// Limits; the defaults of the first three are those of cna 4, `maxstep = c(3, 4, 10)`.
    public init(
        conjuncts: Int = 3, disjuncts: Int = 4, complexity: Int = 10, formulas: Int = 100_000,
        complexFormulas: Int = 1000, effort: Int = 100_000_000
    ) {
        self.conjuncts = conjuncts
        self.disjuncts = disjuncts
        self.complexity = complexity
        self.formulas = formulas
        self.complexFormulas = complexFormulas
        self.effort = effort
    }

    /// A search that ended before everything was tried.
    public enum Reached: Sendable, Hashable {
        /// The search for minimally sufficient conditions of an outcome.
        case sufficientConditions(outcome: String, count: Int)
        /// The search for atomic formulas of an outcome.
        case atomicFormulas(outcome: String, count: Int)
        /// The combination of atomic formulas.
        case complexFormulas(tried: Int, possible: Double)
        /// Formulas over too many factors for their configurations to be listed.
        case configurations(formulas: Int)
    }
}

extension CoincidenceLimits.Reached: CustomStringConvertible {
    /// What is known nevertheless, and what to do.
    public var description: String {
        switch self {
        case .sufficientConditions(let outcome, let count):
            "the search for conditions of \(outcome) ended early: the \(count) conditions listed are sufficient and "
                + "minimal, but there may be more, and so for the formulas; lower the number of conjuncts, name an "
                + "ordering, or raise the limit"
        case .atomicFormulas(let outcome, let count):
            "the search for formulas of \(outcome) ended early: the \(count) formulas listed meet the thresholds "
                + "and are minimal, but there may be more; lower the number of disjuncts or the complexity, or raise "
                + "the limit"
        case .complexFormulas(let tried, let possible):
            "of \(possible < 1e15 ? "\(Int(possible))" : "\(possible)") combinations of atomic formulas the "
                + "\(tried) simplest were made into complex formulas; name an ordering or the outcomes, raise the "
                + "thresholds, or raise the limit"
        case .configurations(let count):
            "\(count) formulas name so many factors that redundancies within them were not looked for, nor their "
                + "exhaustiveness and faithfulness"
        }
    }
}
