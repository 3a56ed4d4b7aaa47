public import Datasets
public import SetTheoreticAnalysis

/// Cuts and anchors suggested for raw variables from gaps in the data.
public struct CutSuggestions: Sendable, Hashable {
    /// The suggestions for one variable.
    public struct Variable: Sendable, Hashable {
        /// The name.
        public let name: String
        /// One for each method.
        public let suggestions: [SuggestedCuts]
    }

    /// The number of groups.
    public let groups: Int
    /// The variables.
    public let variables: [Variable]
    /// What the reader should know.
    public let warnings: [String]

    /// Suggests cuts.
    ///
    /// - Parameters:
    ///   - dataset: The data.
    ///   - settings: The analysis whose outcome and conditions are looked at.
    ///   - groups: The number of groups: 2 for a crisp set, 4 for three anchors.
    /// - Throws: `DatasetError`, `SetTheoryError` if an outcome cannot be read or no variable has that many values.
    public init(_ dataset: Dataset, settings: ConfigurationalSettings, groups: Int) throws {
        let expression = try SetExpression(parsing: settings.outcome, known: dataset.names)
        var variables: [Variable] = [], warnings: [String] = [], problem: (any Error)?
        for name in settings.conditions + expression.setNames {
            let values = try CalibratedCases.values(of: dataset.column(name))
            do {
                variables.append(
                    Variable(
                        name: name,
                        suggestions: try SuggestedCuts.Method.allCases.map {
                            try SuggestedCuts(for: values, groups: groups, method: $0, name: name)
                        }))
            } catch let error as SetTheoryError {
                problem = problem ?? error
                warnings.append(error.description)
            }
        }
        if variables.isEmpty, let problem { throw problem }
        self.groups = groups
        self.variables = variables
        self.warnings = warnings
    }
}
