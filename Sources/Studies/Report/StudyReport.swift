import Datasets
public import Psychometrics
public import Reporting
public import StructuralModels

/// The results of a study, from which every format of the report is made.
public struct StudyReport: Sendable {
    /// The study.
    public let study: Study
    /// The data.
    public let data: StudyData
    /// The results in the order of the plan.
    public let results: [AnalysisResult]
    /// The verdicts on the hypotheses.
    public let verdicts: [HypothesisVerdict]

    /// The result of an analysis of the plan.
    public enum AnalysisResult: Sendable {
        /// The description of the sample.
        case sample([SampleVariable])
        /// Distributions and correlations, with the alphas of those variables that are scales.
        case descriptives(DescriptiveAnalysis, alphas: [Double?])
        /// Item analysis, grouped by construct.
        case reliability(ReliabilityAnalysis, groups: [Table.ScaleGroup])
        /// A factor analysis with the parallel analysis that chose its number of factors.
        case factorAnalysis(FactorAnalysis, parallel: ParallelAnalysis?)
        /// Parallel analysis.
        case parallelAnalysis(ParallelAnalysis)
        /// Convergent and discriminant validity.
        case validity(ValidityAnalysis)
        /// Signs of a common method, with the warnings of the analysis.
        case methodBias(MethodBias, warnings: [String])
        /// A structural model.
        case structural(StructuralPlan, StructuralResult)
        /// A comparison of models.
        case comparison(ModelComparisonTable)
        /// An analysis that could not be carried out: its name, and why.
        case failed(analysis: String, reason: String)
    }

    /// Models of one comparison with their fit.
    public struct ModelComparisonTable: Sendable {
        /// The name of the comparison.
        public var name: String
        /// The models that could be estimated, with the test against the first.
        public var models: [Table.ComparedModel]
        /// The models that could not be estimated, and why.
        public var failures: [(name: String, reason: String)]
        /// Whether the models come from merging constructs step by step.
        public var isMerging: Bool
    }

    /// The analyses that could not be carried out.
    public var failures: [(analysis: String, reason: String)] {
        results.compactMap { if case .failed(let analysis, let reason) = $0 { (analysis, reason) } else { nil } }
    }

    /// What a reader should know before trusting the figures: analysis by analysis.
    public var diagnostics: [(subject: String, warnings: [String])] {
        var result: [(subject: String, warnings: [String])] = []
        var reading = data.report.warnings
        for name in data.replacedColumns {
            reading.append(
                "the data have a variable \(name) of their own; the mean of the scale's items takes its place")
        }
        result.append(("Data", reading))
        for note in data.notes {
            if case .unusedRange = note { result.append(("Codebook", [note.description])) }
            if case .sharedItem = note { result.append(("Codebook", [note.description])) }
        }
        for entry in results {
            switch entry {
            case .sample, .parallelAnalysis: break
            case .descriptives(let analysis, _): result.append(("Descriptive statistics", analysis.warnings))
            case .reliability(let analysis, _): result.append(("Reliability", analysis.warnings))
            case .factorAnalysis(let analysis, _): result.append(("Factor analysis", analysis.warnings))
            case .validity(let analysis): result.append(("Validity", analysis.warnings))
            case .methodBias(_, let warnings): result.append(("Method bias", warnings))
            case .structural(let plan, let analysis): result.append(("Model \(plan.name.value)", analysis.warnings))
            case .comparison(let table):
                result.append((table.name, table.failures.map { "\($0.name): \($0.reason)" }))
            case .failed(let analysis, let reason): result.append((analysis, ["not carried out: \(reason)"]))
            }
        }
        return result.filter { !$0.warnings.isEmpty }
    }
}
