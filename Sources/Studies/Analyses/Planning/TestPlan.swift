import Reporting
public import StudyDesign

/// Sample size, effect, power or alpha of a test, whichever is not given.
public struct TestPlan: Sendable {
    /// The test.
    public var test: TestKind
    /// The sample size in units of `TestKind.sampleSizeMeaning`.
    public var sampleSize: Double?
    /// The effect.
    public var effect: Double?
    /// The power; nil and not to be computed means .80.
    public var power: Double?
    /// The level of significance; nil to compute it.
    public var alpha: Double? = 0.05
    /// The sides of the test.
    public var sides = 2
    /// From needed to invited.
    public var losses = LossesPlan()

    /// The tests by the names that users give them.
    public enum Kind: String, Sendable, CaseIterable {
        /// Two means.
        case t
        /// Paired means.
        case paired
        /// One mean.
        case oneMean = "one-mean"
        /// A correlation.
        case correlation
        /// Several means.
        case anova
        /// Predictors of a regression.
        case regression
        /// One proportion.
        case proportion
        /// Two proportions.
        case proportions
        /// A table of counts.
        case chiSquare = "chi-square"

        /// What a test needs to be told besides effect and sample.
        public struct Details: Sendable {
            var ratio: Double?, groups: Int?, predictors: Int?, others: Int?, degreesOfFreedom: Int?

            /// Names what is known.
            public init(
                ratio: Double? = nil, groups: Int? = nil, predictors: Int? = nil, others: Int? = nil,
                degreesOfFreedom: Int? = nil
            ) {
                (self.ratio, self.groups, self.predictors) = (ratio, groups, predictors)
                (self.others, self.degreesOfFreedom) = (others, degreesOfFreedom)
            }
        }

        /// The test.
        ///
        /// - Throws: `PowerError` where a detail is missing, or belongs to another test.
        public func test(_ details: Details) throws(PowerError) -> TestKind {
            let given: [(String, Bool, [Kind])] = [
                ("the ratio of the groups", details.ratio != nil, [.t, .proportions]),
                ("the number of groups", details.groups != nil, [.anova]),
                ("the number of tested predictors", details.predictors != nil, [.regression]),
                ("the number of other predictors", details.others != nil, [.regression]),
                ("the degrees of freedom", details.degreesOfFreedom != nil, [.chiSquare]),
            ]
            for (what, isGiven, kinds) in given where isGiven && !kinds.contains(self) {
                throw .request(
                    "\(what) does not belong to the test `\(rawValue)` but to "
                        + kinds.map { "`\($0.rawValue)`" }.joined(separator: " and ") + "; leave it out")
            }
            switch self {
            case .t: return .twoMeans(ratio: details.ratio ?? 1)
            case .paired: return .pairedMeans
            case .oneMean: return .oneMean
            case .correlation: return .correlation
            case .proportion: return .oneProportion
            case .proportions: return .twoProportions(ratio: details.ratio ?? 1)
            case .anova:
                guard let groups = details.groups else {
                    throw .request("an analysis of variance needs the number of groups")
                }
                return .analysisOfVariance(groups: groups)
            case .regression:
                guard let predictors = details.predictors else {
                    throw .request(
                        "a regression needs the number of predictors that are tested (and of others, if any)")
                }
                return .regression(tested: predictors, others: details.others ?? 0)
            case .chiSquare:
                guard let df = details.degreesOfFreedom else {
                    throw .request(
                        "a χ² test needs its degrees of freedom (df), (rows − 1)(columns − 1) for a table")
                }
                return .chiSquared(degreesOfFreedom: df)
            }
        }
    }

    /// Makes a plan.
    public init(test: TestKind) { self.test = test }

    /// - Throws: `PowerError`.
    public func result() throws(PowerError) -> PlanningResult {
        var power = power
        if power == nil, alpha == nil || sampleSize == nil || effect == nil { power = 0.8 }
        let analysis = try PowerAnalysis(
            test, sampleSize: sampleSize, effect: effect, power: power, alpha: alpha, sides: sides)
        let symbol = test.effectSymbol
        let answer: String
        switch analysis.solved {
        case .sampleSize:
            let total = analysis.totalCases
            let each = analysis.wholeSampleSize
            answer =
                "\(each) \(test.sampleSizeMeaning)" + (total == each ? "" : ", \(total) in all,")
                + " find \(symbol) = \(shown(analysis.effect)) with a power of \(shown(analysis.power))."
        case .power: answer = "The power is \(shown(analysis.power))."
        case .effect:
            answer =
                "The least effect found with a power of \(shown(analysis.power)) is \(symbol) = \(shown(analysis.effect))."
        case .alpha: answer = "Alpha has to be \(NumberFormat.fixed(4).string(analysis.alpha))."
        }
        let summary = Table(
            title: RichText("Power Analysis: \(test.title)"),
            columns: [
                .init("Effect \(emphasis: symbol)"), .init(RichText(capitalized(test.sampleSizeMeaning))),
                .init("In all"), .init("Power"), .init("α"),
            ],
            rows: [
                .init([
                    .number(analysis.effect, .fixed(3)), .number(analysis.sampleSize, .fixed(2)),
                    .integer(analysis.totalCases), .number(analysis.power, .bounded(3)),
                    .number(analysis.alpha, .bounded(3)),
                ])
            ], notes: .init(general: [RichText(answer), note]))
        var blocks: [Document.Block] = [.table(summary)]
        if let table = comparison(analysis) { blocks.append(.table(table)) }
        let curve = analysis.curve
        blocks.append(
            .figure(
                .powerCurves(
                    [.init("", x: curve.map(\.sampleSize), y: curve.map(\.power))],
                    title: RichText("Power by Sample Size: \(symbol) = \(shown(analysis.effect))"),
                    horizontalTitle: capitalized(test.sampleSizeMeaning), target: analysis.power,
                    marks: [analysis.sampleSize])))
        var result = PlanningResult(
            analysis: "plan test", title: RichText("Power of a test: \(test.title)"), blocks: blocks,
            members: [
                ("test", .string(test.title)), ("solved", .string(analysis.solved.rawValue)),
                ("n", .number(analysis.sampleSize)), ("n.total", .integer(analysis.totalCases)),
                ("effect", .number(analysis.effect)), ("effect.size", .string(symbol)),
                ("power", .number(analysis.power)), ("alpha", .number(analysis.alpha)), ("sides", .integer(sides)),
                (
                    "curve",
                    .array(curve.map { ["n": .number($0.sampleSize), "power": .number($0.power)] })
                ),
            ], methods: .test)
        try losses.extend(&result, needed: [(test.title, analysis.totalCases)])
        return result
    }

    /// The cases that small, medium, large effects and the one asked for need.
    private func comparison(_ analysis: PowerAnalysis) -> Table? {
        let (small, medium, large) = test.conventions
        var effects = [("small", small), ("medium", medium), ("large", large)]
        if !effects.contains(where: { abs($0.1 - abs(analysis.effect)) < 1e-9 }) {
            effects.append(("this one", abs(analysis.effect)))
        }
        let powers = [0.8, 0.9, 0.95].filter { $0 > analysis.alpha }
        guard !powers.isEmpty else { return nil }
        let rows = effects.map { name, effect in
            Table.Row(
                [.text(RichText(name)), .number(effect, .fixed(3))]
                    + powers.map { power in
                        .integer(
                            (try? PowerAnalysis(
                                test, effect: effect, power: power, alpha: analysis.alpha, sides: sides))?.totalCases)
                    })
        }
        return Table(
            title: "Cases in All by Effect and Power",
            spanners: [[.init("Power", columns: 2..<(2 + powers.count))]],
            columns: [.init("Effect"), .init("\(emphasis: test.effectSymbol)")]
                + powers.map { .init(RichText(NumberFormat.bounded(2).string($0))) },
            rows: rows, notes: .init(general: ["Small, medium and large by Cohen's (1988) conventions."]))
    }

    private var note: RichText {
        var text = test.hasSides ? "\(sides == 2 ? "Two" : "One")-sided test. " : ""
        switch test {
        case .correlation: text += "Fisher's z with its bias (Cohen, 1988, p. 546)."
        case .regression: text += "λ = f²(u + v + 1), f² = ΔR²/(1 − R²) (Cohen, 1988, chapter 9)."
        case .analysisOfVariance:
            text += "f is the standard deviation of the means over that within groups (Cohen, 1988, chapter 8)."
        case .oneProportion, .twoProportions: text += "h = 2·arcsin √p₁ − 2·arcsin √p₂ (Cohen, 1988, chapter 6)."
        case .chiSquared: text += "w = √Σ(p₁ − p₀)²/p₀ (Cohen, 1988, chapter 7)."
        case .pairedMeans: text += "d is the mean of the differences over their standard deviation."
        case .oneMean, .twoMeans:
            text += "d is the difference of means over the standard deviation (Cohen, 1988, chapter 2)."
        }
        return RichText(text)
    }

    private func shown(_ value: Double) -> String { NumberFormat.fixed(3).string(value) }
    private func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
