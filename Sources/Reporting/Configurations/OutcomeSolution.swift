public import SetTheoreticAnalysis

/// The solution of an outcome, or of its negation, with the parsimonious solution that tells core conditions from
/// peripheral ones.
public struct OutcomeSolution: Sendable, Hashable {
    /// The outcome: `SURV`, `~SURV`.
    public var outcome: String
    /// The solution that is reported: intermediate or complex.
    public var solution: Solution
    /// The parsimonious solution of the same truth table.
    public var parsimonious: Solution?

    /// Puts the solutions of an outcome together.
    public init(outcome: String, solution: Solution, parsimonious: Solution?) {
        self.outcome = outcome
        self.solution = solution
        self.parsimonious = parsimonious
    }

    /// Takes a solution of an analysis; nil if it has none of that kind.
    ///
    /// - Parameters:
    ///   - analysis: The solutions of a truth table.
    ///   - kind: Which solution is reported; when nil, the intermediate one, or the complex one where there is none.
    public init?(_ analysis: StandardAnalysis, kind: Solution.Kind? = nil) {
        let solution =
            kind.map { analysis[$0] } ?? analysis.intermediate ?? analysis.complex ?? analysis.parsimonious
        guard let solution else { return nil }
        self.init(
            outcome: analysis.table.outcome.description, solution: solution, parsimonious: analysis.parsimonious)
    }

    /// The first models with their configurations.
    ///
    /// - Parameter limit: How many; all that are listed when nil.
    public func models(limit: Int? = nil) -> [ConfigurationModel] {
        solution.models.prefix(limit ?? solution.models.count).map {
            ConfigurationModel($0, parsimonious: parsimonious)
        }
    }

    /// The outcome in the words of the labels.
    func title(_ labels: VariableLabels) -> RichText { Self.title(outcome, labels) }

    /// An outcome in the words of the labels; the sign of a negation stays.
    static func title(_ outcome: String, _ labels: VariableLabels) -> RichText {
        if labels[outcome] == nil, outcome.hasPrefix("~") { return "~\(labels.text(String(outcome.dropFirst())))" }
        return labels.text(outcome)
    }
}
