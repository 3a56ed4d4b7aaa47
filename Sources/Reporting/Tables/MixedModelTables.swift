public import MixedModels
import Probability

extension Table {
    /// The fixed effects of one model.
    public static func fixedEffects(
        _ model: MixedModelSummary, labels: VariableLabels = .none, title: RichText = "Fixed Effects"
    ) -> Table {
        let table = model.fixedEffects
        let hasDegrees = table.rows.contains { $0.degreesOfFreedom != nil }
        let percent = NumberFormat.percent(0).string(table.options.confidenceLevel)
        // HLM's degrees of freedom are whole numbers.
        let isWhole = table.rows.allSatisfy { $0.degreesOfFreedom.map { $0 == $0.rounded() } ?? true }
        let degrees: NumberFormat = isWhole ? .integer : .fixed(1)
        var columns = [Column("Predictor"), Column("Estimate"), Column("\(emphasis: "SE")")]
        if hasDegrees { columns.append(Column("\(emphasis: "df")")) }
        columns += [
            Column("\(emphasis: hasDegrees ? "t" : "z")"), Column("\(emphasis: "p")"), Column("\(percent) CI"),
        ]
        if let intervals = model.intervals { columns.append(Column(RichText(intervals.title))) }
        let rows = table.rows.enumerated().map { index, row in
            var cells: [Cell] = [
                .text(model.label(fixed: index, labels)), .estimate(row.estimate, .fixed(3), p: row.pValue),
                .number(row.standardError, .fixed(3)),
            ]
            if hasDegrees { cells.append(.number(row.degreesOfFreedom, degrees)) }
            cells += [
                .number(row.statistic, .fixed(2)), .probability(row.pValue),
                .interval(row.lower, row.upper, .fixed(3)),
            ]
            if let intervals = model.intervals {
                let limits = intervals.limits[row.term]
                cells.append(.interval(limits?.lower, limits?.upper, .fixed(3)))
            }
            return Row(cells)
        }
        var general = [model.methodNote]
        if let intervals = model.intervals { general.append(RichText(intervals.note)) }
        return Table(
            title: title, columns: columns, rows: rows,
            notes: Notes(general: general, probability: SignificanceStars.standard.note))
    }

    /// The variances and covariances of one model with Wald's and HLM's tests and the reliability of each coefficient.
    public static func varianceComponents(
        _ model: MixedModelSummary, labels: VariableLabels = .none, title: RichText = "Variance Components"
    ) -> Table {
        let hasTests = model.varianceTests != nil
        var columns = [
            Column("Group"), Column("Effect"), Column("Variance"), Column("\(emphasis: "SD") or \(emphasis: "r")"),
            Column("\(emphasis: "SE")"), Column("\(emphasis: "z")"),
        ]
        if hasTests {
            columns += [
                Column("χ²"), Column("\(emphasis: "df")"), Column("\(emphasis: "p")"), Column("Reliability"),
            ]
        }
        var group = ""
        var rows = model.components.rows.map { row in
            let isResidual = row.term1 == nil
            var effect: RichText = isResidual ? "Residual, σ²" : MixedModelSummary.label(row.term1 ?? "", labels)
            if let other = row.term2 { effect = effect + " with " + MixedModelSummary.label(other, labels) }
            let name: Cell =
                isResidual ? "Within" : row.group == group ? .continued : .text(model.label(group: row.group, labels))
            group = row.group
            var cells: [Cell] = [
                name, .text(effect), .number(row.estimate, .fixed(3)),
                .number(row.standardDeviationOrCorrelation, row.term2 == nil ? .fixed(3) : .bounded(2)),
                row.standardError == nil ? .empty : .number(row.standardError, .fixed(3)),
                row.z == nil ? .empty : .number(row.z, .fixed(2)),
            ]
            if hasTests {
                if let test = model.varianceTest(row) {
                    cells += [
                        .number(test.chiSquared, .fixed(2)), .integer(test.degreesOfFreedom),
                        .probability(test.pValue), .number(test.reliability, .bounded(3)),
                    ]
                } else {
                    cells += [.empty, .empty, .empty, .empty]
                }
            }
            return Row(cells)
        }
        for parameter in model.fit.residualParameters {
            rows.append(
                Row([
                    .continued, .text(RichText(MixedModelSummary.residualName(parameter.name))), .empty,
                    .number(parameter.value, .fixed(3)),
                ]))
        }
        var general: [RichText] = [
            "Variances, and covariances with the correlation \(emphasis: "r") beside them. \(emphasis: "SE") by the observed information; Wald's \(emphasis: "z") is a poor test of a variance, which cannot be negative."
        ]
        if let tests = model.varianceTests { general.append(hlmNote(tests)) }
        if model.fit.residualStructure != .independent {
            general.append(
                "Residuals: \(model.fit.residualStructure.description); their correlations, and standard deviations relative to the first."
            )
        }
        return Table(title: title, columns: columns, rows: rows, notes: Notes(general: general))
    }

    private static func hlmNote(_ tests: HLMVarianceTests) -> RichText {
        let units: RichText =
            tests.groupsUsed == tests.groupCount
            ? "all \(tests.groupCount) units"
            : "\(tests.groupsUsed) of \(tests.groupCount) units, those with sufficient data for estimates of their own"
        return
            "χ²: HLM's test that a variance is zero, and the reliability of the units' coefficients (Raudenbush & Bryk, 2002), based on \(units)."
    }

    /// The size of the data, the deviance, information criteria, intraclass correlations and R² of one model or several.
    public static func mixedModelFit(
        _ models: [MixedModelSummary], labels: VariableLabels = .none, title: RichText = "Fit and Explained Variance"
    ) -> Table {
        var rows: [Row] = []
        func add(_ name: RichText, _ format: NumberFormat, _ value: (MixedModelSummary) -> Double?) {
            let values = models.map(value)
            guard values.contains(where: { $0 != nil }) else { return }
            rows.append(Row([.text(name)] + values.map { $0 == nil ? .empty : .number($0, format) }))
        }
        add("\(emphasis: "N") rows", .integer) { Double($0.fit.design.rowCount) }
        var groups: [String] = [], words: [String: RichText] = [:]
        for model in models {
            for (factor, _) in model.groupings where words[factor] == nil {
                groups.append(factor)
                words[factor] = model.label(group: factor, labels)
            }
        }
        for group in groups {
            add("\(emphasis: "N") " + (words[group] ?? ""), .integer) { model in
                model.groupings.first { $0.factor == group }.map { Double($0.count) }
            }
        }
        let isREML = models.contains { $0.fit.criterion == .reml }
        add(isREML ? "Deviance (REML criterion)" : "Deviance (−2 log likelihood)", .fixed(2)) { $0.criteria.deviance }
        add("Parameters", .integer) { Double($0.criteria.parameterCount) }
        if models.contains(where: { $0.criteria.hlmParameterCount != $0.criteria.parameterCount }) {
            add("Parameters as HLM counts them", .integer) { Double($0.criteria.hlmParameterCount) }
        }
        add("AIC", .fixed(2)) { $0.criteria.aic }
        add("BIC", .fixed(2)) { $0.criteria.bic }
        for group in groups {
            func level(_ model: MixedModelSummary) -> VariancePartition.Level? {
                model.partition?.levels.first { $0.group == group }
            }
            add("ICC, " + (words[group] ?? ""), .bounded(3)) { level($0)?.share }
            add("Design effect, " + (words[group] ?? ""), .fixed(2)) { level($0)?.designEffect }
        }
        let explaining = models.filter { !$0.isNull }
        func explained(_ name: RichText, _ value: (SnijdersBoskerR2) -> Double) {
            add(name, .bounded(3)) { $0.isNull ? nil : $0.snijdersBosker.map(value) }
        }
        explained("\(emphasis: "R")² level 1") { $0.level1 }
        explained("\(emphasis: "R")² level 2") { $0.level2 }
        explained("Reduction of σ²") { $0.withinReduction }
        explained("Reduction of τ²") { $0.betweenReduction }
        add("\(emphasis: "R")² marginal", .bounded(3)) { $0.isNull ? nil : $0.nakagawa?.marginal }
        add("\(emphasis: "R")² conditional", .bounded(3)) { $0.isNull ? nil : $0.nakagawa?.conditional }

        var general: [RichText] = []
        if models.contains(where: { $0.partition != nil }) {
            general.append(
                explaining.isEmpty
                    ? "ICC: share of the variance between groups."
                    : "ICC: share between groups of the variance that the predictors leave.")
        }
        let figures = explaining.compactMap(\.snijdersBosker)
        if !figures.isEmpty {
            general.append(snijdersBoskerNote(figures))
            general.append("Reductions of the variances: Raudenbush and Bryk (2002).")
        }
        if explaining.contains(where: { $0.nakagawa != nil }) {
            general.append(
                "Marginal and conditional \(emphasis: "R")²: Nakagawa and Schielzeth (2013), Johnson (2014).")
        }
        let heads = models.count == 1 ? [Column("Value")] : models.map { Column(RichText($0.name)) }
        return Table(
            title: title, columns: [Column("Measure")] + heads, rows: rows, notes: Notes(general: general))
    }

    /// The parts of a response's variance within and between groups and their shares (Rights & Sterba 2019).
    public static func varianceDecomposition(
        _ parts: RightsSterbaR2, title: RichText = "Decomposition of the Variance"
    ) -> Table {
        func row(_ name: RichText, _ value: Double, within: Bool) -> Row? {
            guard value > 0 else { return nil }
            let whole = within ? parts.within : parts.between
            return Row([
                .text(name), .number(value, .fixed(3)), .number(value / parts.total, .percent(1)),
                within ? .number(value / whole, .percent(1)) : .empty,
                within ? .empty : .number(value / whole, .percent(1)),
            ])
        }
        let rows = [
            row("Level-1 predictors, fixed effects", parts.fixedWithin, within: true),
            row("Level-1 predictors, slopes that vary", parts.slopesWithin, within: true),
            row("Residuals", parts.residual, within: true),
            row("Level-2 predictors, fixed effects", parts.fixedBetween, within: false),
            row("Level-2 predictors, slopes that vary", parts.slopesBetween, within: false),
            row("Intercepts that vary", parts.intercepts, within: false),
        ].compactMap(\.self)
        return Table(
            title: title, spanners: [[Spanner("Share of the variance", columns: 2..<5)]],
            columns: [
                Column("Source"), Column("Variance"), Column("Total"), Column("Within"), Column("Between"),
            ], rows: rows,
            notes: Notes(general: [
                "Rights and Sterba (2019). Predictors are split into deviations from group means (level 1) and group means (level 2)."
            ]))
    }

    static func snijdersBoskerNote(_ figures: [SnijdersBoskerR2]) -> RichText {
        var text: RichText =
            "\(emphasis: "R")² at levels 1 and 2: proportional reduction of the error of predicting a row and a group mean against the random-intercept model without predictors of the same rows (Snijders & Bosker, 2012)"
        if let size = figures.first?.groupSize {
            text.append(", harmonic mean of the group sizes \(NumberFormat.fixed(2).string(size))")
        }
        if figures.contains(where: \.wasRefitted) {
            text.append("; models with random slopes were refitted without them for it")
        }
        text.append(".")
        return text
    }

    /// A model of a sequence with its likelihood-ratio test against an earlier one that it contains.
    public struct ModelStep: Sendable {
        /// The model's name.
        public var name: String
        /// Its likelihood and criteria.
        public var criteria: InformationCriteria
        /// The name of the earlier model; nil where the sequence has none.
        public var against: String?
        /// The decrease of the deviance.
        public var chiSquared: Double?
        /// The number of parameters more.
        public var degreesOfFreedom: Int?
        /// The p-value by χ².
        public var pValue: Double?
        /// The p-value by the mixture of χ² where a variance is tested (Stram & Lee 1994).
        public var mixturePValue: Double?

        /// Makes a step without a test.
        public init(name: String, criteria: InformationCriteria) {
            self.name = name
            self.criteria = criteria
        }
    }

    /// Likelihood-ratio tests between mixed models, each against an earlier one that it contains.
    ///
    /// - Parameters:
    ///   - steps: The models in their order.
    ///   - criterion: The criterion of the deviances.
    ///   - wasRefitted: Whether REML fits were refitted by ML for it.
    ///   - title: The caption.
    public static func comparison(
        _ steps: [ModelStep], criterion: MixedCriterion, wasRefitted: Bool,
        title: RichText = "Comparison of the Models"
    ) -> Table {
        let hasMixture = steps.contains { $0.mixturePValue != nil }
        var columns = [
            Column("Model"), Column("Parameters"), Column("Deviance"), Column("AIC"), Column("BIC"),
            Column("Against", alignment: .center), Column("Δχ²"), Column("Δ\(emphasis: "df")"),
            Column("\(emphasis: "p")"),
        ]
        if hasMixture { columns.append(Column("\(emphasis: "p") (mixture)")) }
        let rows = steps.map { step in
            var cells: [Cell] = [
                .text(RichText(step.name)), .integer(step.criteria.parameterCount),
                .number(step.criteria.deviance, .fixed(2)), .number(step.criteria.aic, .fixed(2)),
                .number(step.criteria.bic, .fixed(2)), .text(RichText(step.against ?? "")),
            ]
            cells +=
                step.chiSquared == nil
                ? [.empty, .empty, .empty]
                : [.number(step.chiSquared, .fixed(2)), .integer(step.degreesOfFreedom), .probability(step.pValue)]
            if hasMixture { cells.append(step.mixturePValue == nil ? .empty : .probability(step.mixturePValue)) }
            return Row(cells)
        }
        var general: [RichText] = [
            "Each model is tested against the largest earlier one that it contains.",
            wasRefitted
                ? "Fitted by ML for the comparison, as REML criteria of models with different fixed effects cannot be compared."
                : criterion == .reml ? "REML criteria." : "Maximum likelihood.",
        ]
        if hasMixture {
            general.append(
                "Mixture: ½χ²(\(emphasis: "k") − 1) + ½χ²(\(emphasis: "k")), as a variance cannot be negative (Stram & Lee, 1994)."
            )
        }
        return Table(title: title, columns: columns, rows: rows, notes: Notes(general: general))
    }

    /// Type III tests of the terms of the fixed part.
    public static func termTests(
        _ tests: [FixedEffectsTest], labels: VariableLabels = .none, title: RichText = "Tests of the Terms"
    ) -> Table {
        Table(
            title: title,
            columns: [
                Column("Term"), Column("\(emphasis: "F")"), Column("\(emphasis: "df")₁"), Column("\(emphasis: "df")₂"),
                Column("\(emphasis: "p")"),
            ],
            rows: tests.map { test in
                Row([
                    .text(MixedModelSummary.label(test.term, labels)), .number(test.statistic, .fixed(2)),
                    .integer(test.numeratorDegreesOfFreedom),
                    test.denominatorDegreesOfFreedom.map { .number($0, .fixed(1)) } ?? .empty,
                    .probability(test.pValue),
                ])
            },
            notes: Notes(general: [
                "Type III: each term averaged over the categories of the others, whatever the coding of the model."
            ]))
    }

    /// Likelihood-ratio tests of the random effects of a model.
    public static func varianceTests(
        _ tests: [VarianceComponentTest], labels: VariableLabels = .none,
        title: RichText = "Likelihood-Ratio Tests of the Random Effects"
    ) -> Table {
        Table(
            title: title,
            columns: [
                Column("Group"), Column("Effect left out"), Column("Deviance"), Column("Δχ²"),
                Column("Δ\(emphasis: "df")"), Column("\(emphasis: "p")"), Column("\(emphasis: "p") (mixture)"),
            ],
            rows: tests.map { test in
                Row([
                    .text(labels.text(test.term)), .text(MixedModelSummary.label(test.coefficient, labels)),
                    .number(test.deviance, .fixed(2)), .number(test.chiSquared, .fixed(2)),
                    .integer(test.degreesOfFreedom), .probability(test.pValue), .probability(test.mixturePValue),
                ])
            },
            notes: Notes(general: [
                "Each effect with its covariances left out in turn. A variance cannot be negative, so the \(emphasis: "p") by χ² is too large; the mixture ½χ²(\(emphasis: "k") − 1) + ½χ²(\(emphasis: "k")) is right for one effect (Stram & Lee, 1994)."
            ]))
    }
}

extension MixedModelSummary {
    /// How the model was fitted and its fixed effects tested, in a sentence.
    public var methodNote: RichText {
        "\(emphasis: "N") = \(fit.design.rowCount) rows, \(groupings.map { "\($0.count) groups of \($0.factor)" }.joined(separator: ", ")). \(Self.method(fit.criterion, fixedEffects.options))"
    }

    /// Estimator, standard errors and degrees of freedom in a sentence.
    static func method(_ criterion: MixedCriterion, _ options: FixedEffectsOptions) -> RichText {
        let estimator = criterion == .reml ? "Restricted maximum likelihood" : "Maximum likelihood"
        let errors =
            switch options.standardErrors {
            case .model: "model-based standard errors"
            case .robust: "cluster-robust standard errors (CR0, as HLM)"
            case .cr1: "cluster-robust standard errors (CR1)"
            case .cr2: "cluster-robust standard errors (CR2)"
            }
        let tests: RichText =
            switch options.degreesOfFreedom {
            case .satterthwaite: "\(emphasis: "t") tests with Satterthwaite's degrees of freedom"
            case .kenwardRoger: "\(emphasis: "t") tests after Kenward and Roger (1997)"
            case .hlm: "\(emphasis: "t") tests with HLM's degrees of freedom"
            case .normal: "\(emphasis: "z") tests"
            }
        return "\(estimator); \(errors); \(tests)."
    }
}
