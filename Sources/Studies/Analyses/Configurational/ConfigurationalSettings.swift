public import SetTheoreticAnalysis

/// What a qualitative comparative analysis is asked to do, in the words of its user.
public struct ConfigurationalSettings: Sendable, Hashable {
    /// The outcome: `Y`, `~Y`, `Y[1]`, or an expression.
    public var outcome: String
    /// The names of the conditions, in order.
    public var conditions: [String]
    /// The variable that names the cases; nil numbers them.
    public var caseColumn: String?
    /// How variables are calibrated: `A=e1,c2,i5`.
    public var calibrations: [String] = []
    /// The scale of the direct method where a calibration does not say it.
    public var scale = Calibration.Scale.logOdds3
    /// The cut-offs of the truth table.
    public var table = TruthTableOptions()
    /// What theory expects of the conditions: `1,0,-` or `A,~B`; nil for no intermediate solution.
    public var expectations: String?
    /// What theory expects for the negation of the outcome; nil for the opposite of ``expectations``.
    public var negationExpectations: String?
    /// What may not be used to simplify: the remainders in an expression over the conditions, or rows by number, which
    /// become negative even if cases show them.
    public var excluded: [String] = []
    /// Whether remainders that would be assumed both for the outcome and for its negation are excluded.
    public var excludesContradictoryAssumptions = false
    /// Whether contradictory rows may be used to simplify.
    public var includesContradictions = false
    /// The solutions that are wanted.
    public var kinds = Set(Solution.Kind.allCases)
    /// Which covers count as models.
    public var models = ModelOptions()
    /// How much to list and how long to search.
    public var limits = MinimizationLimits()
    /// Whether the negation of the outcome is analysed too.
    public var analysesNegation = true
    /// From which figures a condition is called necessary, or trivial.
    public var necessityCuts = NecessityTable.Cuts()
    /// Whether cases without a value in some set are left out; otherwise they are refused.
    public var dropsIncompleteCases = false

    /// An analysis of an outcome.
    public init(outcome: String, conditions: [String]) {
        self.outcome = outcome
        self.conditions = conditions
    }
}
