import SetTheoreticAnalysis

/// A qualitative comparative analysis of the plan.
public struct ConfigurationalPlan: Sendable {
    /// A variable and the calibration that makes it a set.
    public struct Calibrated: Sendable {
        /// The variable, whose name is that of the set.
        public var variable: Located<String>
        /// The calibration as text: `e1,c2,i5`.
        public var text: Located<String>
    }

    /// The outcome: a set, its negation, a level, or an expression.
    public var outcome: Located<String>
    /// The conditions, in order.
    public var conditions: [Located<String>]
    /// How variables become sets; those without a calibration hold memberships or levels.
    public var calibrations: [Calibrated] = []
    /// The variables that name the cases; empty for the units and occasions of `levels`, or numbers.
    public var caseNames: [Located<String>] = []
    /// What theory expects of the conditions; nil for no intermediate solution.
    public var expectations: Located<String>?
    /// What theory expects for the negation of the outcome; nil for the opposite of ``expectations``.
    public var negationExpectations: Located<String>?
    /// What may not be used to simplify, each an expression or the number of a row.
    public var excluded: [Located<String>] = []
    /// The variable of the clusters of a panel, such as the month; nil for no diagnostics of clusters.
    public var cluster: Located<String>?
    /// The variable of the units that a panel observes again and again; nil where each case is one.
    public var unit: Located<String>?
    /// A theory that the solution is held against; nil for none.
    public var theory: Located<String>?
    /// What is asked for beyond truth table and solutions.
    public var supplements = SupplementarySettings()
    /// Cut-offs, limits and conventions.
    public var conventions: ConfigurationalSettings
    /// Where the analysis is named.
    public var place: StudyPlace

    /// Creates a plan.
    public init(outcome: Located<String>, conditions: [Located<String>], place: StudyPlace) {
        self.outcome = outcome
        self.conditions = conditions
        self.place = place
        conventions = ConfigurationalSettings(outcome: outcome.value, conditions: conditions.map(\.value))
    }

    /// What is asked for.
    public var settings: ConfigurationalSettings {
        var settings = conventions
        settings.calibrations = calibrations.map { "\($0.variable.value)=\($0.text.value)" }
        settings.expectations = expectations?.value
        settings.negationExpectations = negationExpectations?.value
        settings.excluded = excluded.map(\.value)
        return settings
    }
}
