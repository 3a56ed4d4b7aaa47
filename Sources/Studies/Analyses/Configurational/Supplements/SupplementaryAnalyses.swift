public import Datasets
public import SetTheoreticAnalysis

/// What a qualitative comparative analysis offers beyond truth table and solutions: searches for necessary and sufficient
/// expressions, ceilings, robustness, selected cases, counterfactuals, clusters, and causal chains.
public struct SupplementaryAnalyses: Sendable, Hashable {
    /// What was wanted.
    public let settings: SupplementarySettings
    /// What was found for the outcome.
    public let outcome: OutcomeSupplement
    /// What was found for its negation, as far as it is looked at: searches, cases, counterfactuals, clusters.
    public let negation: OutcomeSupplement?
    /// For each solution, the assumptions that models of the outcome and of its negation both make; none for a solution
    /// with assumptions that are too many to list.
    public let contradictoryAssumptions: [Solution.Kind: [SimplifyingAssumptions.Assumption]]
    /// The remainders that might not be assumed because the analysis was asked so.
    public let untenable: [Conjunction]
    /// The remainders that would have been assumed for both the outcome and its negation, and were excluded.
    public let excludedAsContradictory: [Conjunction]
    /// The rows that are positive for the outcome and for its negation.
    public let simultaneousSubsets: [Int]
    /// The coincidence analysis of all sets.
    public let coincidence: CoincidenceAnalysis?
    /// Every set in turn as the outcome of the others, by truth tables.
    public let chain: CausalChain?
    /// What the reader should know.
    public let warnings: [String]

    /// Carries out what is wanted.
    ///
    /// - Parameters:
    ///   - dataset: The data of the analysis.
    ///   - analysis: The analysis.
    ///   - settings: What is wanted.
    ///   - progress: Called with what is being done.
    /// - Throws: `DatasetError`, `SetTheoryError`, `NecessaryConditionError`, ``AnalysisError``.
    public init(
        _ dataset: Dataset, _ analysis: ConfigurationalAnalysis, settings: SupplementarySettings,
        progress: @escaping @Sendable (String) -> Void = { _ in }
    ) throws {
        let panel = try settings.cluster.map {
            try PanelLabels(dataset, analysis.cases, cluster: $0, unit: settings.unit)
        }
        var outcome = try OutcomeSupplement(
            analysis.outcome, of: analysis, settings: settings, panel: panel, isNegation: false, progress: progress)
        if let options = settings.ceilings {
            progress("ceilings")
            try outcome.addCeilings(options, of: analysis, seed: settings.seed, threads: settings.threads)
        }
        try outcome.addRobustness(dataset, analysis, settings: settings, progress: progress)
        let negation = try analysis.negation.map {
            try OutcomeSupplement(
                $0, of: analysis, settings: settings, panel: panel, isNegation: true, progress: progress)
        }
        var contradictory: [Solution.Kind: [SimplifyingAssumptions.Assumption]] = [:]
        for first in outcome.counterfactuals {
            if let second = negation?.counterfactuals.first(where: { $0.kind == first.kind }), first.isComplete,
                second.isComplete
            {
                contradictory[first.kind] = first.contradictory(with: second)
            }
        }
        let positive = Set(analysis.outcome.table.rows(.positive).map(\.number))
        simultaneousSubsets = (analysis.negation?.table.rows(.positive) ?? []).map(\.number).filter(positive.contains)
        if let chain = settings.chain {
            progress("causal chains")
            let ordering = try chain.ordering.map { try CausalOrdering(parsing: $0, isStrict: chain.isStrict) }
            coincidence = try CoincidenceAnalysis(
                analysis.cases.data,
                options: CoincidenceOptions(
                    ordering: ordering, consistency: chain.consistency ?? 1, coverage: chain.coverage ?? 1))
            self.chain = try CausalChain(
                analysis.cases.data,
                options: CausalChain.Options(
                    ordering: ordering, consistency: chain.consistency ?? 0, coverage: chain.coverage ?? 1,
                    table: analysis.settings.table, limits: analysis.settings.limits))
        } else {
            coincidence = nil
            self.chain = nil
        }
        progress("")
        var warnings = outcome.warnings
        if let negation { warnings += negation.warnings }
        if let coincidence {
            warnings += coincidence.limitsReached.map { "causal chains: \($0)" }
            warnings += coincidence.constantFactors.map {
                "causal chains: `\($0)` is the same in all cases, and so neither cause nor effect"
            }
        }
        self.settings = settings
        excludedAsContradictory = analysis.contradictoryAssumptions
        untenable = (analysis.outcome.solutions?.options.excluded ?? []).filter {
            !analysis.contradictoryAssumptions.contains($0)
        }
        self.outcome = outcome
        self.negation = negation
        contradictoryAssumptions = contradictory
        self.warnings = warnings
    }
}

/// The cluster and the unit of each case.
struct PanelLabels: Sendable {
    let clusters: [String]
    let units: [String]?

    init(_ dataset: Dataset, _ cases: CalibratedCases, cluster: String, unit: String?) throws {
        func labels(_ name: String) throws -> [String] {
            let all = try CalibratedCases.labels(dataset, column: name)
            return try cases.rows.enumerated().map { position, row in
                if all[row].isEmpty {
                    throw AnalysisError.unsuitable(
                        "`\(name)` has no value for case `\(cases.data.cases[position])`: clusters and units need one")
                }
                return all[row]
            }
        }
        clusters = try labels(cluster)
        units = try unit.map(labels)
    }
}
