public import Datasets
public import MixedModels
public import Psychometrics
public import StudyDesign

/// A mixed model, or a sequence of them, of the plan.
public struct MixedPlan: Sendable {
    /// A model of the sequence.
    public struct Model: Sendable {
        /// Its name, by which hypotheses refer to it.
        public var name: Located<String>
        /// Its formula.
        public var formula: Located<String>
    }

    /// How intervals of fixed effects are computed besides those of the tests.
    public enum Intervals: Sendable {
        /// From the profile of the likelihood.
        case profile
        /// From the percentiles of a bootstrap.
        case bootstrap(draws: Int, scheme: MixedBootstrapOptions.Scheme)
    }

    /// Which models get figures.
    public enum Figures: Sendable, Equatable {
        /// All.
        case all
        /// The last one.
        case last
        /// None.
        case none
        /// Those with these names.
        case models([String])
    }

    /// The name of the sequence.
    public var name = Located("mixed model", at: .start)
    /// The models in their order.
    public var models: [Model]
    /// REML or ML.
    public var criterion = MixedCriterion.reml
    /// How fixed effects are tested.
    public var inference = FixedEffectsOptions()
    /// Intervals besides those of the tests; nil for none.
    public var intervals: Intervals?
    /// How level-1 residuals vary and correlate, as text; nil for independent ones.
    public var residuals: Located<String>?
    /// The variable of case weights.
    public var weights: Located<String>?
    /// How categories are coded.
    public var contrast = FactorContrast.treatment
    /// Which models get figures.
    public var figures = Figures.last

    /// Creates a plan.
    public init(models: [Model]) { self.models = models }
}

/// Table 1 of a multilevel study of the plan.
public struct MultilevelDescriptivesPlan: Sendable {
    /// What stands on the diagonal of the correlations of scales.
    public enum Diagonal: String, Sendable, CaseIterable {
        /// Cronbach's alpha.
        case alpha
        /// The average variance extracted.
        case ave
        /// Nothing.
        case none
    }

    /// Which correlations are shown.
    public enum Correlations: String, Sendable, CaseIterable {
        /// Those within and between groups.
        case withinAndBetween = "within and between"
        /// Those of all rows.
        case pooled
    }

    /// The variables and scales.
    public var variables: [Located<String>]
    /// The variable of the groups; nil for that of level 2.
    public var group: Located<String>?
    /// What stands on the diagonal.
    public var diagonal = Diagonal.alpha
    /// Which correlations are shown.
    public var correlations = Correlations.withinAndBetween
    /// Where the analysis is named.
    public var place: StudyPlace
}

/// The agreement within groups of the plan.
public struct AgreementPlan: Sendable {
    /// The scales.
    public var scales = Selection.all
    /// The variable of the groups; nil for that of level 2.
    public var group: Located<String>?
    /// The number of response options; nil for those of the response range.
    public var options: Int?
    /// How answers without agreement are distributed.
    public var nullDistribution = NullDistribution.uniform
    /// Where the analysis is named.
    public var place: StudyPlace
}

/// The comparison of cases kept and lost of the plan.
public struct AttritionPlan: Sendable {
    /// The variable that says which cases were kept.
    public var status: Located<String>
    /// Its values that mean kept.
    public var kept: [String]
    /// What is compared.
    public var variables: [Located<String>]
    /// The standardised difference that counts as negligible.
    public var bound = 0.3
}

/// The compliance with the plan of a diary study.
public struct CompliancePlan: Sendable {
    /// The variables that make a row an answer; empty where the row itself does.
    public var answers: [Located<String>] = []
    /// Whether all of them are needed.
    public var rule = Compliance.FilledRule.anyAnswer
    /// The occasions of the plan; nil for those that occur.
    public var occasions: [Code]?
    /// The number of persons that take part; nil for those that answered.
    public var enrolled: Int?
    /// Where the analysis is named.
    public var place: StudyPlace
}

/// The schedule of a diary study of the plan, and the answers that are matched with it.
public struct SchedulePlan: Sendable {
    /// Where the answers are in the data.
    public struct Answers: Sendable {
        /// A variable with times of answers.
        public struct Time: Sendable {
            /// The form of the answers; nil where another variable tells it, or there is one form only.
            public var form: Located<String>?
            /// The variable with the time of the answer.
            public var variable: Located<String>
            /// The variables that must have a value for an answer to be complete; nil for those of all forms.
            public var complete: [Located<String>]?
        }

        /// The variables with the times of the answers: one, or one for each form.
        public var times: [Time]
        /// The variable with the form; nil where there is one form only.
        public var form: Located<String>?
        /// The form of all answers, where no variable tells it.
        public var formName: String?
        /// The variables that identify a person; empty for those of level 2.
        public var person: [Located<String>] = []
        /// The variables that must have a value for an answer to be complete.
        public var complete: [Located<String>] = []
    }

    /// The rules, as text.
    public var rules: ModelText
    /// The file with the holidays, as seen from the study file.
    public var holidays: Located<String>?
    /// The calendar, with the holidays once they are read.
    public var calendar = WorkdayCalendar()
    /// The answers; nil for the plan alone.
    public var answers: Answers?
    /// Where the analysis is named.
    public var place: StudyPlace
}

/// The occasions of a diary study, and the answers that belong to them.
public struct ScheduleResult: Sendable {
    /// The plan.
    public let plan: OccasionPlan
    /// The answers with their occasions; nil for the plan alone.
    public let answers: MatchedAnswers?
}

extension Study {
    /// Reads the holidays of its schedules.
    ///
    /// - Parameter directory: The directory of the study file.
    /// - Throws: ``StudyProblems``.
    mutating func readHolidays(in directory: String) throws(StudyProblems) {
        for index in analyses.indices {
            guard case .schedule(var plan) = analyses[index].kind, let file = plan.holidays else { continue }
            do {
                let path = FilePath.resolve(file.value, in: directory)
                let bytes = try FileAccess.bytes(at: path, limit: 10_000_000)
                plan.calendar = try WorkdayCalendar(csv: bytes, file: FilePath.name(of: path))
            } catch { throw StudyProblems([StudyProblem("\(error)", at: file.place)]) }
            analyses[index].kind = .schedule(plan)
        }
    }
}
