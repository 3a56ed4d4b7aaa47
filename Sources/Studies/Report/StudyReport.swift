public import Datasets
public import Psychometrics
public import Reporting
public import StructuralModels
import StudyDesign

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
        /// Mixed models side by side.
        case mixed(MixedPlan, MixedModelSequence)
        /// Means, standard deviations and correlations at each level.
        case multilevelDescriptives(MultilevelDescriptivesPlan, MultilevelAnalysis)
        /// Agreement within the groups of a variable, and the intraclass correlations of the scale means.
        case agreement(AgreementAnalysis)
        /// The cases kept against those lost.
        case attrition(AttritionStudy)
        /// The answers that a diary study got of those it planned.
        case compliance(Compliance)
        /// The occasions of a diary study, and the answers that belong to them.
        case schedule(ScheduleResult)
        /// A qualitative comparative analysis.
        case configurational(ConfigurationalPlan, ConfigurationalStudy)
        /// Sample size and power.
        case sampleSize(PlanningResult)
        /// A sample shared out to strata.
        case allocation(AllocationStudy)
        /// A sample drawn from the data.
        case sampling(SampleDrawStudy)
        /// The response to a survey.
        case response(ResponseStudy)
        /// A screening for careless responding.
        case screening(ScreeningStudy)
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

    /// What tells a result from others of its kind; nil where the plan gives no name.
    func name(ofResult index: Int) -> String? {
        study.analyses.indices.contains(index) ? study.analyses[index].name : nil
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
        if let screening = data.screening { reading += screening.remarks }
        result.append(("Data", reading))
        for note in data.notes {
            if case .unusedRange = note { result.append(("Codebook", [note.description])) }
            if case .sharedItem = note { result.append(("Codebook", [note.description])) }
        }
        for (index, entry) in results.enumerated() {
            let suffix = name(ofResult: index).map { ": \($0)" } ?? ""
            switch entry {
            case .sample, .parallelAnalysis: break
            case .descriptives(let analysis, _): result.append(("Descriptive statistics", analysis.warnings))
            case .reliability(let analysis, _): result.append(("Reliability", analysis.warnings))
            case .factorAnalysis(let analysis, _): result.append(("Factor analysis" + suffix, analysis.warnings))
            case .validity(let analysis): result.append(("Validity", analysis.warnings))
            case .methodBias(_, let warnings): result.append(("Method bias" + suffix, warnings))
            case .structural(let plan, let analysis): result.append(("Model \(plan.name.value)", analysis.warnings))
            case .comparison(let table):
                result.append((table.name, table.failures.map { "\($0.name): \($0.reason)" }))
            case .mixed(let plan, let sequence): result.append((plan.title, sequence.warnings))
            case .multilevelDescriptives(_, let analysis):
                result.append(("Descriptive statistics at each level" + suffix, analysis.warnings))
            case .attrition(let analysis): result.append(("Cases kept and lost" + suffix, analysis.warnings))
            case .schedule(let schedule):
                result.append(("Schedule" + suffix, schedule.warnings))
            case .agreement(let analysis): result.append(("Agreement within groups" + suffix, analysis.warnings))
            case .compliance: break
            case .sampleSize(let plan): result.append((plan.title.plainText + suffix, plan.warnings))
            case .configurational(_, let study):
                result.append(("Qualitative comparative analysis" + suffix, study.warnings))
            case .allocation(let study): result.append(("Allocation of the sample" + suffix, study.warnings))
            case .sampling(let study): result.append(("Sample" + suffix, study.warnings))
            case .response(let study): result.append(("Response" + suffix, study.warnings))
            case .screening(let study): result.append(("Screening" + suffix, study.warnings))
            case .failed(let analysis, let reason): result.append((analysis, ["not carried out: \(reason)"]))
            }
        }
        return result.filter { !$0.warnings.isEmpty }
    }
}

extension Screening {
    /// What should be looked at before any figure is believed.
    var remarks: [String] {
        func rows(_ rows: [Int]) -> String {
            rows.prefix(10).map(String.init).joined(separator: ", ") + (rows.count > 10 ? ", …" : "")
        }
        var remarks: [String] = []
        if !empty.isEmpty { remarks.append("no answer at all: \(empty.joined(separator: ", "))") }
        if !constant.isEmpty { remarks.append("the same answer in all cases: \(constant.joined(separator: ", "))") }
        for group in duplicateVariables {
            remarks.append(
                "the same values throughout, perhaps a column copied by mistake: \(group.joined(separator: ", "))")
        }
        // With few items, the same answer to all of them is nothing unusual.
        if variables.count >= 10, !straightLiningRows.isEmpty {
            let count = straightLiningRows.count
            remarks.append(
                "\(count) case\(count == 1 ? " gives" : "s give") the same answer to all items (data rows "
                    + "\(rows(straightLiningRows))): careless answers?")
        }
        if variables.count >= 10, !duplicateRows.isEmpty {
            let shown = duplicateRows.prefix(5).map { "\($0.map(String.init).joined(separator: " = "))" }
            remarks.append(
                "cases with the same answers to all items, perhaps entered twice (data rows): "
                    + shown.joined(separator: "; ") + (duplicateRows.count > 5 ? "; …" : ""))
        }
        return remarks
    }

    /// How much is missing in the items, in a sentence; nil when nothing is.
    var missingSentence: String? {
        let missing = missingness.reduce(0) { $0 + $1.missing }
        guard missing > 0, let first = missingness.first, first.rows > 0 else { return nil }
        let share = Double(missing) / Double(first.rows * missingness.count)
        let complete = missingPatterns.first { $0.missing.isEmpty }?.rows ?? 0
        var text =
            "\(NumberFormat.percent(1).string(share)) of the answers to the items are missing; \(complete) of \(first.rows) "
            + "cases answered all items"
        if let most = missingness.max(by: { $0.missing < $1.missing }) {
            text += "; most are missing in \(most.variable) (\(most.missing))"
        }
        return text + "."
    }
}
