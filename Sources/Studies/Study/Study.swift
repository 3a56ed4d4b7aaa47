public import Datasets
public import Psychometrics
public import StructuralModels

/// What a study file says: where the data are, what they mean, what to analyse, what to test, what to write.
public struct Study: Sendable {
    /// The title of the report.
    public var title = "Study"
    /// The names under the title.
    public var authors: [String] = []
    /// What readers of the report should know before they read on; empty for nothing.
    public var note = ""
    /// The data file, as seen from the study file.
    public var data = Located("", at: .start)
    /// How the data file is read.
    public var reading = ReadingOptions()
    /// How the rows of the file become those of the analyses; nil where they are.
    public var reshaping: Reshaping?
    /// Files of higher levels.
    public var joins: [JoinedFile] = []
    /// The meaning of the variables.
    public var codebook = StudyCodebook()
    /// The levels of the data, and the variables that are made before the analyses.
    public var preparation = StudyPreparation()
    /// The analyses in the order of the report.
    public var analyses: [PlannedAnalysis] = []
    /// Whether the study has plans of its sample and nothing that needs data.
    public var isPlanOnly: Bool {
        data.value.isEmpty && !hasOwnAnalyses && !analyses.isEmpty && hypotheses.isEmpty
            && analyses.allSatisfy(\.kind.isSampleSize)
    }
    /// Whether the study file names its analyses; else the usual ones are added when the data are there.
    var hasOwnAnalyses = false
    /// The hypotheses.
    public var hypotheses: [Hypothesis] = []
    /// The level of significance of hypotheses that state none.
    public var alpha = 0.05
    /// The seed of random numbers.
    public var seed: UInt64 = 1
    /// What is written, and where.
    public var report = ReportPlan()
}

extension Study {
    /// A study of one analysis, for commands that need no study file.
    public init(_ analysis: PlannedAnalysis.Kind, codebook: Codebook, seed: UInt64) {
        self.init()
        self.codebook.codebook = codebook
        self.seed = seed
        analyses = [PlannedAnalysis(kind: analysis, place: .start)]
        hasOwnAnalyses = true
    }
}

/// A codebook with the places of its entries in the study file.
public struct StudyCodebook: Sendable {
    /// The codebook.
    public var codebook = Codebook()
    /// The wording of the codes of single variables.
    public var categories: [(variable: Located<String>, labels: [ValueLabel])] = []
    /// Where the codebook is.
    public var place = StudyPlace.start
    /// Where each scale is defined.
    var scalePlaces: [String: StudyPlace] = [:]
    /// The places of the items or dimensions of each scale, in their order.
    var memberPlaces: [String: [StudyPlace]] = [:]
    /// The places of the reversed items.
    var reversedPlaces: [StudyPlace] = []
    /// The places of variables with labels or missing codes of their own.
    var variablePlaces: [String: StudyPlace] = [:]

    /// The scales that no other scale has as a dimension: the constructs of the study.
    public var constructs: [Codebook.Scale] {
        var dimensions: Set<String> = []
        for scale in codebook.scales {
            if case .dimensions(let names) = scale.content { dimensions.formUnion(names) }
        }
        return codebook.scales.filter { !dimensions.contains($0.name) }
    }

    /// The scales that consist of items.
    public var firstOrderScales: [Codebook.Scale] {
        codebook.scales.filter { if case .items = $0.content { true } else { false } }
    }

    /// The dimensions of a scale; empty for a scale of items.
    public func dimensions(of name: String) -> [String] {
        if let scale = codebook[name], case .dimensions(let names) = scale.content { names } else { [] }
    }
}

/// All that there is, or the names given.
public enum Selection: Sendable {
    /// All.
    case all
    /// These.
    case names([Located<String>])
}

/// An analysis of the plan.
public struct PlannedAnalysis: Sendable {
    /// The kinds of analysis.
    public enum Kind: Sendable {
        /// Frequencies of the variables that describe the sample.
        case sample([Located<String>])
        /// Distributions and correlations of scales or variables.
        case describe(Selection)
        /// Item analysis of the scales.
        case reliability(Selection)
        /// An exploratory factor analysis.
        case factorAnalysis(FactorAnalysisPlan)
        /// Horn's parallel analysis of items.
        case parallelAnalysis(Selection)
        /// Convergent and discriminant validity of constructs.
        case validity(Selection)
        /// Signs of a common method.
        case methodBias(MethodBiasPlan)
        /// A structural equation model.
        case structural(StructuralPlan)
        /// Alternative models of the same data.
        case comparison(ComparisonPlan)
        /// Linear mixed models.
        case mixed(MixedPlan)
        /// Means, standard deviations and correlations at each level.
        case multilevelDescriptives(MultilevelDescriptivesPlan)
        /// Agreement within groups and reliability of group means.
        case agreement(AgreementPlan)
        /// The cases kept against those lost.
        case attrition(AttritionPlan)
        /// The answers that a diary study got of those it planned.
        case compliance(CompliancePlan)
        /// The schedule of a diary study.
        case schedule(SchedulePlan)
        /// A qualitative comparative analysis.
        case configurational(ConfigurationalPlan)
        /// Sample size and power, which need no data.
        case sampleSize(SampleSizePlan)
        /// A sample shared out to strata.
        case allocation(AllocationPlan)
        /// A sample drawn from the data.
        case sampling(SamplingPlan)
        /// The response to a survey.
        case response(ResponsePlan)
        /// A screening for careless responding.
        case screening(ScreeningPlan)
    }

    /// The analysis.
    public var kind: Kind
    /// Where the plan names it.
    public var place: StudyPlace
    /// What tells it from others of its kind, in its heading; models have names of their own.
    public var name: String?

    /// The analysis in words.
    var title: String { name.map { "\(kind.title): \($0)" } ?? kind.title }
}

extension PlannedAnalysis.Kind {
    /// Whether it is a plan of a sample, which needs no data.
    var isSampleSize: Bool {
        switch self {
        case .sampleSize: true
        case .allocation(let plan): plan.by.isEmpty
        default: false
        }
    }
}

/// The checks for common method bias of the plan.
public struct MethodBiasPlan: Sendable {
    /// The constructs.
    public var constructs = Selection.all
    /// A variable that theory says is unrelated to the constructs; nil to leave the marker technique out.
    public var marker: Located<String>?

    /// Creates a plan.
    ///
    /// - Parameters:
    ///   - constructs: The constructs.
    ///   - marker: The marker variable.
    public init(constructs: Selection = .all, marker: Located<String>? = nil) {
        self.constructs = constructs
        self.marker = marker
    }
}

/// An exploratory factor analysis of the plan.
public struct FactorAnalysisPlan: Sendable {
    /// The items: scales, variables or ranges.
    public var items = Selection.all
    /// The number of factors; nil for the number that parallel analysis suggests.
    public var factors: Int?
    /// How factors are extracted.
    public var method = ExtractionMethod.minimumResiduals
    /// How factors are rotated.
    public var rotation = FactorRotation.oblimin
}

/// A model with the place of its text.
public struct ModelText: Sendable {
    /// The model in lavaan's syntax.
    public var text: String
    /// Where the text begins; a block after `|` begins on the line after it.
    public var place: StudyPlace
    /// Whether the text is a block whose lines are those of the file.
    public var isBlock: Bool
    /// How far a block is indented.
    public var indentation: Int

    /// The place in the study file of a place in the text.
    public func place(line: Int, column: Int) -> StudyPlace {
        if isBlock { return StudyPlace(line: place.line + line, column: indentation + column) }
        return line == 1 ? StudyPlace(line: place.line, column: place.column + column - 1) : place
    }
}

/// A structural model of the plan.
public struct StructuralPlan: Sendable {
    /// The name by which hypotheses refer to it.
    public var name = Located("model", at: .start)
    /// The model.
    public var model: ModelText
    /// What is added to it.
    public var options = ModelOptions.sem
    /// How it is fitted.
    public var estimation = EstimationOptions()
    /// The bootstrap, when there is to be one; its seed is that of the study unless it has its own.
    public var bootstrap: BootstrapPlan?
    /// How many modification indices the report lists.
    public var modificationIndices = 0
}

/// A bootstrap of the plan.
public struct BootstrapPlan: Sendable {
    /// The number of draws.
    public var draws = 5000
    /// The kind of interval.
    public var interval = BootstrapInterval.accelerated
    /// The seed; nil for that of the study.
    public var seed: UInt64?
    /// Whether the model is tested by Bollen and Stine's bootstrap too.
    public var testsModel = false
}

/// A comparison of models of the plan.
public struct ComparisonPlan: Sendable {
    /// What is compared.
    public enum Subject: Sendable {
        /// Models given by their texts.
        case models([(name: Located<String>, model: ModelText)])
        /// Measurement models of these constructs: all apart, the two most alike merged, and so on down to one factor.
        case constructs(Selection)
    }

    /// The name of the comparison.
    public var name = "Alternative Models"
    /// What is compared.
    public var subject: Subject
}

/// A hypothesis and how it is tested.
public struct Hypothesis: Sendable {
    /// What a hypothesis is about.
    public enum Test: Sendable, Hashable {
        /// The path from a cause to an outcome: `KM ~ IL`, or `IL -> KM`.
        case path(cause: String, outcome: String)
        /// The effect along one chain: `IL -> KM -> EI`.
        case chain([String])
        /// All effects of a cause on an outcome: `IL => EI`.
        case total(cause: String, outcome: String)
        /// The covariance of two variables: `IL ~~ KM`.
        case covariance(String, String)
        /// A defined or labelled parameter.
        case parameter(String)
        /// A fixed effect of a mixed model by its name: `{M4: M:W}`.
        case effect(String)
    }

    /// What the claim says of the figure.
    public enum Expectation: String, Sendable, CaseIterable, Codable {
        /// It is above zero.
        case positive
        /// It is below zero.
        case negative
        /// It is not zero.
        case nonzero
    }

    /// The short name, such as H1.
    public var name: Located<String>
    /// The claim in words.
    public var claim: String?
    /// What is tested.
    public var test: Located<Test>
    /// What is expected.
    public var expectation = Expectation.positive
    /// The level of significance; nil for that of the study.
    public var alpha: Double?
    /// The model that is meant; nil for the first one that has the path.
    public var model: Located<String>?
}

/// What is written and where.
public struct ReportPlan: Sendable {
    /// The formats of a report.
    public enum Format: String, Sendable, CaseIterable {
        /// One HTML file with its figures.
        case html
        /// Markdown with figures beside it.
        case markdown = "md"
        /// All figures at full precision.
        case json
        /// A file per table.
        case csv
    }

    /// The formats.
    public var formats: [Format] = Format.allCases
    /// The directory, as seen from the study file.
    public var directory = "report"
}
