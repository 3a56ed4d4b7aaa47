import Datasets
public import Psychometrics
public import StudyDesign

/// A sample shared out to strata of the plan.
public struct AllocationPlan: Sendable {
    /// The size of the sample.
    public var size: Int
    /// How it is shared out.
    public var rule = AllocationRule.proportional
    /// The least number in each stratum.
    public var minimum = 1
    /// The strata as the study file gives them; empty for those of the data.
    public var strata: [SamplingStratum] = []
    /// The variables whose combinations are the strata of the data.
    public var by: [Located<String>] = []
    /// The variable whose mean is to be estimated.
    public var quantity: Located<String>?
    /// Where the analysis is named.
    public var place: StudyPlace

    func study(of dataset: Dataset) throws -> AllocationStudy {
        let own =
            by.isEmpty ? strata : try FrameStrata.frame(dataset, by: by.map(\.value), of: quantity?.value)
        return try AllocationStudy(size, to: own, by: rule, minimum: minimum)
    }
}

/// A sample drawn from the data of the plan.
public struct SamplingPlan: Sendable {
    /// The variable that identifies the rows; nil for none.
    public var identifier: Located<String>?
    /// The intraclass correlation at which precision is shown; nil for a few usual ones.
    public var correlation: Double?
    /// The stages.
    public var stages: [SamplingStage] = []
    /// Where the analysis is named.
    public var place: StudyPlace

    /// The variables that the stages name.
    var variables: [String] {
        stages.flatMap { stage in
            (stage.numberedBy == nil ? [stage.unit] : []).compactMap { $0 } + stage.strata + stage.order
                + [stage.measure, stage.deviation, stage.numberedBy].compactMap { $0 }
        }
    }

    func study(of dataset: Dataset, seed: UInt64) throws -> SampleDrawStudy {
        try SampleDrawStudy(
            dataset, identifier: identifier?.value, stages: stages, correlation: correlation, seed: seed)
    }
}

/// The response to a survey of the plan.
public struct ResponsePlan: Sendable {
    /// What is wanted.
    public var request: ResponseStudy.Plan
    /// The variables that it names, with their places.
    public var variables: [Located<String>] = []
    /// Where the analysis is named.
    public var place: StudyPlace
}

/// A screening for careless responding of the plan.
public struct ScreeningPlan: Sendable {
    /// The scales.
    public var scales = Selection.all
    /// The items in the order of the questionnaire; nil takes those of the scales.
    public var items: Selection?
    /// The variable that names the cases.
    public var identifier: Located<String>?
    /// The variable with the time of each case.
    public var time: Located<String>?
    /// The unit of the time.
    public var timeUnit = TimeUnit.seconds
    /// Attention checks and their instructed answers.
    public var checks: [(variable: Located<String>, answer: String)] = []
    /// Where indices are cut.
    public var settings = CarelessScreening.Settings()
    /// Where the analysis is named.
    public var place: StudyPlace
}

extension StudyRun {
    func screening(_ plan: ScreeningPlan) throws -> ScreeningStudy {
        let scales = try firstOrder(constructs(plan.scales)).map {
            ReliabilityAnalysis.Scale(name: $0, items: try codebook.items(of: $0, in: dataset))
        }
        var request = ScreeningStudy.Plan(scales: scales, items: try plan.items.map(items))
        request.identifier = plan.identifier?.value
        request.time = plan.time?.value
        request.secondsPerUnit = plan.timeUnit.seconds
        request.checks = plan.checks.map { ($0.variable.value, $0.answer) }
        request.settings = plan.settings
        return try ScreeningStudy(dataset, request)
    }
}

extension StudyCheck {
    mutating func check(_ plan: AllocationPlan) {
        let before = problems.count
        for name in plan.by + (plan.quantity.map { [$0] } ?? []) { checkVariable(name) }
        guard problems.count == before else { return }
        do { _ = try plan.study(of: prepared ?? dataset) } catch { note("\(error)", at: plan.place) }
    }

    mutating func check(_ plan: SamplingPlan) {
        let before = problems.count
        if let identifier = plan.identifier { checkVariable(identifier) }
        for name in plan.variables { checkVariable(Located(name, at: plan.place)) }
        guard problems.count == before else { return }
        // Which units are drawn does not matter for whether any can be.
        do { _ = try plan.study(of: prepared ?? dataset, seed: study.seed) } catch { note("\(error)", at: plan.place) }
    }

    mutating func check(_ plan: ResponsePlan) {
        for name in plan.variables { checkVariable(name) }
    }

    mutating func check(_ plan: ScreeningPlan) {
        if case .names = plan.scales { checkScales(plan.scales, at: plan.place) }
        if let items = plan.items {
            checkVariables(items)
        } else if codebook.scales.isEmpty {
            note("`screening` needs scales under `codebook: scales:`, or `items:`", at: plan.place)
        }
        for name in [plan.identifier, plan.time].compactMap({ $0 }) + plan.checks.map(\.variable) {
            checkVariable(name)
        }
    }
}
