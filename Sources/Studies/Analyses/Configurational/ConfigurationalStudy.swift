public import Datasets
import Reporting
public import SetTheoreticAnalysis

/// A qualitative comparative analysis of a study, with the diagnostics of its clusters.
public struct ConfigurationalStudy: Sendable {
    /// The analysis.
    public let analysis: ConfigurationalAnalysis
    /// The diagnostics of the outcome and, where it was asked for, of its negation; empty without clusters.
    public let panels: [Panel]

    /// Whether the relations of one outcome hold in every cluster and unit.
    public struct Panel: Sendable, Hashable {
        /// The outcome.
        public let outcome: SetExpression
        /// Sufficiency of the terms of the first model of the reported solution, and of the model as the last.
        public let sufficiency: [ClusterDiagnostics]
        /// Necessity of the conditions and their absence.
        public let necessity: [ClusterDiagnostics]
    }

    /// Carries the analysis out.
    ///
    /// - Parameters:
    ///   - dataset: The data, a row for each case.
    ///   - plan: What is asked for.
    ///   - levels: The levels of the data, which name the cases where the plan does not.
    /// - Throws: `DatasetError`, `SetTheoryError`, ``AnalysisError``.
    public init(_ dataset: Dataset, plan: ConfigurationalPlan, levels: StudyLevels?) throws {
        var settings = plan.settings, dataset = dataset
        var names = plan.caseNames.map(\.value)
        if names.isEmpty, let levels { names = levels.units + (levels.occasion.map { [$0.value] } ?? []) }
        if names.count > 1 {
            var name = names.joined(separator: "/")
            while dataset.contains(name) { name += "'" }
            let parts = try names.map { try dataset.column($0).texts }
            let texts = (0..<dataset.rowCount).map { row in
                parts.map { $0[row] ?? "?" }.joined(separator: "/")
            }
            dataset = try dataset.setting(Column(name: name, texts: texts))
            settings.caseColumn = name
        } else {
            settings.caseColumn = names.first
        }
        analysis = try ConfigurationalAnalysis(dataset, settings: settings)
        guard let cluster = plan.cluster else {
            panels = []
            return
        }
        let rows = analysis.rowsOfTable
        func labels(_ name: String) throws -> [String] {
            let texts = try dataset.column(name).texts
            return rows.map { texts[$0] ?? "?" }
        }
        let clusters = try labels(cluster.value), units = try plan.unit.map { try labels($0.value) }
        panels = try ([analysis.outcome] + (analysis.negation.map { [$0] } ?? [])).map { outcome in
            let terms = outcome.solutions.flatMap { OutcomeSolution($0)?.solution.models.first?.terms } ?? []
            return Panel(
                outcome: outcome.outcome,
                sufficiency: terms.isEmpty
                    ? []
                    : try ClusterDiagnostics.sufficiency(
                        of: terms, in: outcome.table, clusters: clusters, units: units),
                necessity: try ClusterDiagnostics.necessityOfConditions(
                    in: outcome.table, clusters: clusters, units: units))
        }
    }

    /// What the reader should know.
    public var warnings: [String] {
        var warnings = analysis.warnings
        if let repetition = panels.first?.necessity.first?.repetitions.first {
            warnings.append(
                "unit `\(repetition.unit)` is \(repetition.count) times in cluster `\(repetition.cluster)`; a panel has "
                    + "each unit once in a cluster")
        }
        return warnings
    }
}

extension ConfigurationalAnalysis {
    /// The rows of the data behind the cases of the truth table.
    var rowsOfTable: [Int] {
        guard settings.table.halfMembership == .drop else { return cases.rows }
        let sets = cases.data.sets.filter { settings.conditions.contains($0.name) && $0.kind == .fuzzy }
        return cases.rows.indices.filter { position in
            !sets.contains { abs($0.values[position] - 0.5) < TruthTableOptions.tolerance }
        }.map { cases.rows[$0] }
    }
}
