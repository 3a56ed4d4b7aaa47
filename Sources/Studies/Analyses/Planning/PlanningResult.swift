public import Reporting
import StudyDesign

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What planning a sample found, for the terminal, the report and scripts.
public struct PlanningResult: Sendable {
    /// The name under which the figures are written: `plan rules`, `plan test`.
    public let analysis: String
    /// The heading.
    public let title: RichText
    /// Text, tables and figures.
    public var blocks: [Document.Block]
    /// The figures of the contract.
    public var members: [(String, JSON)]
    /// What the reader should know.
    public var warnings: [String]
    /// What was done, in the sentences of a methods section.
    public let methods: [String]
    /// The sources that it names.
    public let references: [String]

    /// Makes a result.
    public init(
        analysis: String, title: RichText, blocks: [Document.Block], members: [(String, JSON)],
        warnings: [String] = [], methods: PlanningMethods
    ) {
        (self.methods, references) = (methods.sentences, methods.references.map(\.rawValue))
        (self.analysis, self.title, self.blocks) = (analysis, title, blocks)
        (self.members, self.warnings) = (members, warnings)
    }

    /// The document of the contract.
    public var contract: JSON { .contract(analysis: analysis, warnings: warnings, members) }

    /// The text and tables for a terminal.
    public var document: Document {
        Document(title: title, blocks: blocks.filter { if case .figure = $0 { false } else { true } }).numbered()
    }
}

/// What a plan is carried out with.
public struct PlanningContext: Sendable {
    /// The seed of simulations.
    public var seed: UInt64
    /// The number of threads of simulations; results do not depend on it.
    public var threads: Int
    /// Whether simulations that were asked for are left out, for a quick look at whether a plan holds together.
    public var skipsSimulation: Bool
    /// Called with what is being done.
    public var progress: @Sendable (String) -> Void

    /// Makes a context.
    ///
    /// - Parameter threads: nil for all cores.
    public init(
        seed: UInt64 = 1, threads: Int? = nil, skipsSimulation: Bool = false,
        progress: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.seed = seed
        self.threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
        self.skipsSimulation = skipsSimulation
        self.progress = progress
    }

    /// How replicates are run; `what` is shown with their number.
    func simulation(_ replicates: Int, _ what: String) -> SimulationOptions {
        let progress = self.progress
        return SimulationOptions(replicates: replicates, seed: seed, threads: threads) { done in
            progress("\(what): \(done) of \(replicates) samples")
        }
    }
}

/// A plan of a sample: what is known, from which the rest is computed.
public enum SampleSizePlan: Sendable {
    /// Rules of thumb.
    case rules(RulesOfThumbPlan)
    /// An estimate for a population.
    case population(PopulationPlan)
    /// A test.
    case test(TestPlan)
    /// An effect as estimated by another study.
    case estimate(EstimatePlan)
    /// The fit of a structural model.
    case modelFit(ModelFitPlan)
    /// The parameters of a structural model.
    case model(ModelPlan)
    /// Effects in clustered data.
    case multilevel(MultilevelPlan)

    /// Carries out the plan.
    ///
    /// - Throws: `PowerError`, and for structural models `ModelSyntaxError`, `SimulationError` and `StructuralModelError`.
    public func result(_ context: PlanningContext = PlanningContext()) throws -> PlanningResult {
        switch self {
        case .rules(let plan): try plan.result()
        case .population(let plan): try plan.result()
        case .test(let plan): try plan.result()
        case .estimate(let plan): try plan.result()
        case .modelFit(let plan): try plan.result()
        case .model(let plan): try plan.result(context)
        case .multilevel(let plan): try plan.result(context)
        }
    }

    /// The plan in words.
    public var title: String {
        switch self {
        case .rules: "rules of thumb"
        case .population: "population"
        case .test: "test"
        case .estimate: "estimate of another study"
        case .modelFit: "model fit"
        case .model: "structural model"
        case .multilevel: "multilevel design"
        }
    }
}

extension Figure {
    /// Power over sample size.
    ///
    /// - Parameters:
    ///   - series: the curves.
    ///   - target: the power that is wanted, a line across.
    ///   - marks: sample sizes at which a line stands.
    static func powerCurves(
        _ series: [LinePlot.Series], title: RichText, horizontalTitle: String, target: Double, marks: [Double] = [],
        note: RichText? = nil
    ) -> Figure {
        Figure(
            title: title,
            drawing: LinePlot(
                series: series, references: [0, target, 1], borders: marks, title: title.plainText,
                horizontalTitle: horizontalTitle, verticalTitle: "Power"
            ).drawing(), note: note)
    }
}

/// A share in words: `60 %` is "60%", 0.714 "71.4%".
func percentage(_ value: Double) -> String {
    NumberFormat.percent((value * 100).rounded() == value * 100 ? 0 : 1).string(value)
}
