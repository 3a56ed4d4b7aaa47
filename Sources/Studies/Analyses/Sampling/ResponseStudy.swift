public import Datasets
public import StudyDesign

/// The response to a survey from the list of all units drawn: dispositions and rates, the course of the answers, tests of
/// non-response bias, and weights.
public struct ResponseStudy: Sendable {
    /// What is known of the list, and what is wanted.
    public struct Plan: Sendable {
        /// The variable with the disposition of each unit.
        public var disposition: String
        /// Its values for each disposition.
        public var codes: [Disposition: [String]]
        /// Whether partial questionnaires count as responses in comparisons and weights.
        public var countsPartial = true
        /// The share of units of unknown eligibility that are eligible; nil for that among the known.
        public var eligibleShare: Double?
        /// The variables by which responses are counted.
        public var by: [String] = []
        /// The variable with the wave of each answer; nil for none.
        public var wave: String?
        /// The variable with the date of each answer; nil for none.
        public var date: String?
        /// What is known of all units, and is compared between those that responded and those that did not.
        public var compare: [String] = []
        /// What is compared between early and late respondents.
        public var compareWaves: [String] = []
        /// The standardised difference that counts as negligible.
        public var bound = 0.3
        /// The weights; nil for none.
        public var weights: Weights?

        /// Makes a plan.
        public init(disposition: String, codes: [Disposition: [String]]) {
            self.disposition = disposition
            self.codes = codes
        }
    }

    /// Which weights are wanted.
    public struct Weights: Sendable {
        /// The variable with the design weights; nil where all are one.
        public var base: String?
        /// The variables that form the weighting classes; empty for none.
        public var classes: [String] = []
        /// The variables that are raked to the distribution of all units drawn.
        public var rake: [String] = []
        /// The variables that are raked to known totals or shares.
        public var margins: [(variable: String, totals: [String: Double])] = []
        /// The largest weight in multiples of the mean; nil for no trimming.
        public var trim: Double?

        /// Makes the wish for weights.
        public init() {}
    }

    /// The responses of a part of the list.
    public struct Part: Sendable {
        /// The variable; empty for the whole list.
        public let variable: String
        /// Its value.
        public let value: String
        /// The counts.
        public let counts: ResponseCounts
    }

    /// The plan.
    public let plan: Plan
    /// The responses of the whole list.
    public let total: ResponseCounts
    /// The responses of its parts.
    public let parts: [Part]
    /// The course of the answers; nil without wave or date.
    public let timeline: ResponseTimeline?
    /// Those that responded against those that did not; nil where nothing is compared.
    public let bias: AttritionStudy?
    /// Early against late respondents; nil where nothing is compared.
    public let waves: AttritionStudy?
    /// What early and late mean.
    public let waveNames: (early: String, late: String)
    /// The weights by row of the list, nil for those that did not respond; nil where none are wanted.
    public let weights: NonresponseWeights?
    /// The rows of the list that the weights belong to, counted from zero.
    public let weightedRows: [Int]
    /// The disposition of each unit.
    public let dispositions: [Disposition]
    /// What the reader should know.
    public let warnings: [String]

    /// Works out the response.
    ///
    /// - Throws: `DatasetError`, `SamplingError`, ``AnalysisError``, `PsychometricsError`.
    public init(_ list: Dataset, _ plan: Plan) throws {
        guard list.rowCount > 0 else { throw SamplingError.noUnits }
        if let share = plan.eligibleShare, !(0...1).contains(share) {
            throw AnalysisError.unsuitable("the eligible share is \(share), but must lie between 0 and 1")
        }
        guard plan.wave == nil || plan.date == nil else {
            throw AnalysisError.unsuitable("answers are counted by wave or by date; name one of them")
        }
        var warnings: [String] = []
        let dispositions = try Self.dispositions(list, plan, &warnings)
        total = ResponseCounts(dispositions)
        guard total.invited > total[.ineligible] else {
            throw AnalysisError.unsuitable(
                "all \(total.invited) units are ineligible, so that there is no response to count; correct `ineligible`"
            )
        }
        parts = try plan.by.flatMap { name in
            let values = try Self.wording(list, name).map { $0 ?? "not known" }
            return Set(values).sorted().map { value in
                Part(
                    variable: name, value: value,
                    counts: ResponseCounts(zip(dispositions, values).filter { $0.1 == value }.map(\.0)))
            }
        }
        let answered = dispositions.indices.filter { [.complete, .partial, .invalid].contains(dispositions[$0]) }
        timeline = try Self.timeline(list, plan, answered, invited: total.invited - total[.ineligible])
        if let undated = timeline?.undated, undated > 0 {
            warnings.append(
                "\(undated) answers have no \(plan.wave ?? plan.date ?? "date") and are not in the course of answers")
        }
        let isResponse: (Disposition) -> Bool = { $0 == .complete || (plan.countsPartial && $0 == .partial) }
        let eligible = dispositions.indices.filter { dispositions[$0] != .ineligible }
        let responded = eligible.map { isResponse(dispositions[$0]) }
        if plan.compare.isEmpty {
            bias = nil
        } else {
            bias = try Self.comparison(
                list, rows: eligible, isFirst: responded, plan.compare, bound: plan.bound, "response", "nonresponse")
        }
        let respondents = eligible.filter { isResponse(dispositions[$0]) }
        (waves, waveNames) = try Self.waves(list, plan, respondents, &warnings)
        if let wanted = plan.weights {
            let weights = try Self.weights(list, wanted, eligible, responded)
            if let raking = weights.raking, !raking.hasConverged {
                warnings.append(
                    "raking did not meet all margins in \(raking.iterations) passes; check that the totals can be met together, or "
                        + "merge categories")
            }
            let small = weights.classes.filter { $0.respondents < 20 }.map(\.name)
            if !small.isEmpty, !wanted.classes.isEmpty {
                warnings.append(
                    "fewer than 20 respondents, so that their weights are unstable: "
                        + small.prefix(5).joined(separator: ", ")
                        + (small.count > 5 ? ", …" : ""))
            }
            self.weights = weights
            weightedRows = eligible
        } else {
            weights = nil
            weightedRows = []
        }
        self.plan = plan
        self.dispositions = dispositions
        self.warnings = warnings + (bias?.warnings ?? []) + (waves?.warnings ?? []).map { "early and late: \($0)" }
    }

    /// The list with the weight of each respondent.
    ///
    /// - Throws: `DatasetError`.
    public func weighting(_ list: Dataset) throws(DatasetError) -> Dataset {
        var columns = [Column(name: "response.disposition", texts: dispositions.map(\.rawValue))]
        if let weights {
            var own = [Double](repeating: .nan, count: list.rowCount)
            for (row, weight) in zip(weightedRows, weights.weights) { own[row] = weight ?? .nan }
            columns.append(Column(name: "response.weight", numbers: own, label: "Weight for non-response"))
        }
        return try list.setting(columns)
    }
}
