public import SetTheoreticAnalysis

/// What is found for one outcome beyond truth table and solutions.
public struct OutcomeSupplement: Sendable, Hashable {
    /// The model that is examined.
    public struct ExaminedModel: Sendable, Hashable {
        /// The solution it belongs to.
        public let kind: Solution.Kind
        /// Its number, from 1.
        public let number: Int
        /// The number of models of the solution.
        public let count: Int
        /// The terms.
        public let terms: [Conjunction]
        /// The terms as text.
        public let expression: String
    }

    /// An alternative specification with its solution.
    public struct Alternative: Sendable, Hashable {
        /// The alternative as it was written.
        public let text: String
        /// The model that is closest to the examined one.
        public let expression: String
        /// The number of models of the alternative.
        public let modelCount: Int
        /// The fit of the model.
        public let fit: SufficiencyFit
    }

    /// The outcome.
    public let outcome: SetExpression
    /// The truth table.
    public let table: TruthTable
    /// The model that is examined; nil if there is no solution.
    public let model: ExaminedModel?
    /// The necessary expressions.
    public let supersets: SupersetSearch?
    /// The sufficient conjunctions.
    public let subsets: SubsetSearch?
    /// Inclusion cuts suggested from gaps.
    public let inclusionCuts: SuggestedInclusionCuts?
    /// The simplifying assumptions of each solution that uses remainders.
    public let counterfactuals: [SimplifyingAssumptions]
    /// The cases worth a closer look.
    public let cases: CaseSelection?
    /// The model held against a theory of the outcome.
    public let theory: TheoryEvaluation?
    /// The sufficiency of each term and of the model, pooled, between clusters and within units.
    public let sufficiencyInClusters: [ClusterDiagnostics]
    /// The necessity of single conditions likewise.
    public let necessityInClusters: [ClusterDiagnostics]
    /// Necessary condition analysis of each condition.
    public internal(set) var ceilings: [NecessaryConditionAnalysis] = []
    /// Bottlenecks, a table for each ceiling.
    public internal(set) var bottlenecks: [BottleneckTable] = []
    /// How far cuts can move before the solution changes.
    public internal(set) var cutSensitivity: CutSensitivity?
    /// How far anchors can move before the solution changes.
    public internal(set) var anchorSensitivity: AnchorSensitivity?
    /// What happens when cases leave or are drawn anew.
    public internal(set) var stability: SolutionStability?
    /// The model against those of alternative specifications.
    public internal(set) var robustness: TestSetRobustness?
    /// The alternative specifications.
    public internal(set) var alternatives: [Alternative] = []
    /// What the reader should know.
    public internal(set) var warnings: [String] = []

    init(
        _ found: ConfigurationalAnalysis.Outcome, of analysis: ConfigurationalAnalysis,
        settings: SupplementarySettings, panel: PanelLabels?, isNegation: Bool, progress: (String) -> Void
    ) throws {
        let data = analysis.cases.data, table = found.table, conditions = analysis.settings.conditions
        outcome = found.outcome
        self.table = table
        model = try Self.examined(found, settings: settings, isNegation: isNegation)
        if settings.necessitySearch != nil || settings.sufficiencySearch != nil { progress("searching expressions") }
        supersets = try settings.necessitySearch.map {
            try SupersetSearch(data, outcome: found.outcome, conditions: conditions, options: $0)
        }
        subsets = try settings.sufficiencySearch.map {
            try SubsetSearch(data, outcome: found.outcome, conditions: conditions, options: $0)
        }
        inclusionCuts = settings.suggestsInclusionCuts ? SuggestedInclusionCuts(table) : nil
        counterfactuals =
            settings.listsCounterfactuals
            ? Solution.Kind.allCases.compactMap { kind in
                guard kind != .complex, let solutions = found.solutions, solutions.options.kinds.contains(kind) else {
                    return nil
                }
                return SimplifyingAssumptions(solutions, kind: kind)
            } : []
        cases = settings.selectsCases ? try model.map { try CaseSelection($0.terms, in: table) } : nil
        if let text = settings.theory, let model, !isNegation {
            let theory = try SetExpression(parsing: text, known: data.sets.map(\.name))
            self.theory = try TheoryEvaluation(theory, against: model.terms, in: table)
        } else {
            theory = nil
        }
        if let panel {
            // Cases with a membership of one half may have been dropped.
            let kept = analysis.casesOfTables
            let clusters = kept.map { panel.clusters[$0] }, units = panel.units.map { units in kept.map { units[$0] } }
            sufficiencyInClusters =
                try model.map {
                    try ClusterDiagnostics.sufficiency(of: $0.terms, in: table, clusters: clusters, units: units)
                } ?? []
            necessityInClusters = try ClusterDiagnostics.necessityOfConditions(
                in: table, clusters: clusters, units: units)
        } else {
            sufficiencyInClusters = []
            necessityInClusters = []
        }
        if let model, model.count > 1, settings.examinesModel {
            warnings.append(
                "\(model.count) models of the \(model.kind.rawValue) solution for `\(found.outcome)` fit equally well; "
                    + "model \(model.number) is examined: look at the others too")
        }
        if !isNegation, let repeated = sufficiencyInClusters.first?.repetitions, let first = repeated.first {
            warnings.append(
                "unit `\(first.unit)` has \(first.count) cases in cluster `\(first.cluster)`"
                    + (repeated.count > 1 ? ", and so have \(repeated.count - 1) other pairs" : "")
                    + ": in a panel a unit is once in each cluster")
        }
    }

    /// The model that the settings choose.
    private static func examined(
        _ found: ConfigurationalAnalysis.Outcome, settings: SupplementarySettings, isNegation: Bool
    ) throws -> ExaminedModel? {
        guard let solutions = found.solutions else { return nil }
        let kinds = settings.kind.map { [$0] } ?? [.intermediate, .parsimonious, .complex]
        let available = kinds.filter { solutions.options.kinds.contains($0) && solutions[$0] != nil }
        guard let kind = available.first, let solution = solutions[kind] else {
            if let kind = settings.kind, !isNegation {
                throw AnalysisError.unsuitable(
                    "there is no \(kind.rawValue) solution to examine: "
                        + (kind == .intermediate && solutions.options.expectations == nil
                            ? "state what theory expects of the conditions" : "ask for it among the solutions"))
            }
            return nil
        }
        // The number of a model of the outcome says nothing about those of the negation.
        let number = isNegation ? 1 : settings.model
        guard solution.models.indices.contains(number - 1) else {
            if isNegation { return nil }
            throw AnalysisError.unsuitable(
                "there is no model \(number) of the \(kind.rawValue) solution, which has \(solution.models.count)")
        }
        let terms = solution.models[number - 1].terms
        return ExaminedModel(
            kind: kind, number: number, count: solution.proof.modelCount, terms: terms,
            expression: found.table.conditions.expression(terms))
    }
}

extension SupplementarySettings {
    /// Whether something is asked about a single model.
    var examinesModel: Bool {
        selectsCases || stabilityDraws != nil || !alternatives.isEmpty || theory != nil || cluster != nil
    }
}

extension ConfigurationalAnalysis {
    /// The positions of the cases that the truth tables are made of.
    var casesOfTables: [Int] {
        let data = cases.data
        guard settings.table.halfMembership == .drop else { return Array(data.cases.indices) }
        let fuzzy = settings.conditions.compactMap { data[$0] }.filter { $0.kind == .fuzzy }
        return data.cases.indices.filter { row in
            !fuzzy.contains { abs($0.values[row] - 0.5) < TruthTableOptions.tolerance }
        }
    }
}
