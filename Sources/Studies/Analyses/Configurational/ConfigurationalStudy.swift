public import Datasets
import SetTheoreticAnalysis

/// A qualitative comparative analysis of a study, with what was asked for beyond truth table and solutions.
public struct ConfigurationalStudy: Sendable {
    /// The analysis.
    public let analysis: ConfigurationalAnalysis
    /// Searches, ceilings, robustness, selected cases, clusters; nil where nothing of it was asked for.
    public let supplements: SupplementaryAnalyses?

    /// Carries the analysis out.
    ///
    /// - Parameters:
    ///   - dataset: The data, a row for each case.
    ///   - plan: What is asked for.
    ///   - levels: The levels of the data, which name the cases where the plan does not.
    ///   - seed: The seed of permutations and resampling.
    ///   - threads: The number of threads; results do not depend on it.
    ///   - progress: Called with what is being done.
    /// - Throws: `DatasetError`, `SetTheoryError`, `NecessaryConditionError`, ``AnalysisError``.
    public init(
        _ dataset: Dataset, plan: ConfigurationalPlan, levels: StudyLevels?, seed: UInt64 = 1, threads: Int = 1,
        progress: @escaping @Sendable (String) -> Void = { _ in }
    ) throws {
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
        analysis = try ConfigurationalAnalysis(dataset, settings: settings, progress: progress)
        var wanted = plan.supplements
        wanted.seed = seed
        wanted.threads = threads
        supplements =
            wanted.isEmpty
            ? nil : try SupplementaryAnalyses(dataset, analysis, settings: wanted, progress: progress)
    }

    /// What the reader should know.
    public var warnings: [String] { analysis.warnings + (supplements?.warnings ?? []) }
}
