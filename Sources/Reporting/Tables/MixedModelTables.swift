public import MixedModels

extension Table {
    /// The fixed effects of one model.
    public static func fixedEffects(
        _ model: MixedModelSummary, labels: VariableLabels = .none, title: RichText = "Fixed Effects"
    ) -> Table {
        let table = model.fixedEffects
        let hasDegrees = table.rows.contains { $0.degreesOfFreedom != nil }
        let percent = NumberFormat.percent(0).string(table.options.confidenceLevel)
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
            if hasDegrees { cells.append(.number(row.degreesOfFreedom, .fixed(1))) }
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
        let rows = model.components.rows.map { row in
            let isResidual = row.term1 == nil
            var effect: RichText = isResidual ? "Residual, σ²" : MixedModelSummary.label(row.term1 ?? "", labels)
            if let other = row.term2 { effect = effect + " with " + MixedModelSummary.label(other, labels) }
            let name: Cell =
                isResidual ? "Within" : row.group == group ? .continued : .text(labels.text(row.group))
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
        var general: [RichText] = [
            "Variances, and covariances with the correlation \(emphasis: "r") beside them. \(emphasis: "SE") by the observed information; Wald's \(emphasis: "z") is a poor test of a variance, which cannot be negative."
        ]
        if let tests = model.varianceTests { general.append(hlmNote(tests)) }
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

    /// The size of one model's data, its deviance, information criteria, intraclass correlations and R².
    public static func mixedModelFit(
        _ model: MixedModelSummary, labels: VariableLabels = .none, title: RichText = "Fit and Explained Variance"
    ) -> Table {
        let criteria = model.criteria
        let isREML = model.fit.criterion == .reml
        var rows: [Row] = [Row(["Rows", .integer(model.fit.design.rowCount)])]
        for (factor, count) in model.groupings {
            rows.append(Row([.text("Groups: " + labels.text(factor)), .integer(count)]))
        }
        rows += [
            Row([
                isREML ? "Deviance (REML criterion)" : "Deviance (−2 log likelihood)",
                .number(criteria.deviance, .fixed(3)),
            ]),
            Row(["Parameters", .integer(criteria.parameterCount)]),
        ]
        if criteria.hlmParameterCount != criteria.parameterCount {
            rows.append(Row(["Parameters as HLM counts them", .integer(criteria.hlmParameterCount)]))
        }
        rows += [Row(["AIC", .number(criteria.aic, .fixed(2))]), Row(["BIC", .number(criteria.bic, .fixed(2))])]
        var general: [RichText] = []
        if let partition = model.partition {
            for level in partition.levels {
                rows.append(Row([.text("ICC: " + labels.text(level.group)), .number(level.share, .bounded(3))]))
                rows.append(
                    Row([.text("Design effect: " + labels.text(level.group)), .number(level.designEffect, .fixed(2))]))
            }
            general.append(
                model.isNull
                    ? "ICC: share of the variance between groups."
                    : "ICC: share between groups of the variance that the predictors leave.")
        }
        if let r2 = model.snijdersBosker {
            rows += [
                Row([.text("\(emphasis: "R")² level 1"), .number(r2.level1, .bounded(3))]),
                Row([.text("\(emphasis: "R")² level 2"), .number(r2.level2, .bounded(3))]),
                Row(["Reduction of the variance within groups", .number(r2.withinReduction, .bounded(3))]),
                Row(["Reduction of the variance between groups", .number(r2.betweenReduction, .bounded(3))]),
            ]
            general.append(snijdersBoskerNote([r2]))
            general.append("Reductions of the variances: Raudenbush and Bryk (2002).")
        }
        if let r2 = model.nakagawa {
            rows += [
                Row([.text("\(emphasis: "R")² marginal"), .number(r2.marginal, .bounded(3))]),
                Row([.text("\(emphasis: "R")² conditional"), .number(r2.conditional, .bounded(3))]),
            ]
            general.append(
                "Marginal and conditional \(emphasis: "R")²: Nakagawa and Schielzeth (2013), Johnson (2014).")
        }
        return Table(
            title: title, columns: [Column("Measure"), Column("Value")], rows: rows, notes: Notes(general: general))
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

    /// Likelihood-ratio tests between mixed models, each against the one above it.
    public static func comparison(
        _ comparison: MixedModels.ModelComparison, title: RichText = "Comparison of the Models"
    ) -> Table {
        let hasMixture = comparison.rows.contains { $0.mixturePValue != nil }
        var columns = [
            Column("Model"), Column("Parameters"), Column("Deviance"), Column("AIC"), Column("BIC"), Column("Δχ²"),
            Column("Δ\(emphasis: "df")"), Column("\(emphasis: "p")"),
        ]
        if hasMixture { columns.append(Column("\(emphasis: "p") (mixture)")) }
        let rows = comparison.rows.map { row in
            var cells: [Cell] = [
                .text(RichText(row.name)), .integer(row.criteria.parameterCount),
                .number(row.criteria.deviance, .fixed(2)), .number(row.criteria.aic, .fixed(2)),
                .number(row.criteria.bic, .fixed(2)),
            ]
            if row.chiSquared == nil {
                cells += [.empty, .empty, .empty]
            } else {
                cells += [
                    .number(row.chiSquared, .fixed(2)), .integer(row.degreesOfFreedom), .probability(row.pValue),
                ]
            }
            if hasMixture { cells.append(row.mixturePValue == nil ? .empty : .probability(row.mixturePValue)) }
            return Row(cells)
        }
        var general: [RichText] = [
            "Models in the order of their numbers of parameters, each tested against the one above; the test is meaningful where that one is nested in it."
        ]
        general.append(
            comparison.wasRefitted
                ? "Fitted by ML for the comparison, as REML criteria of models with different fixed effects cannot be compared."
                : comparison.criterion == .reml ? "REML criteria." : "Maximum likelihood.")
        if hasMixture {
            general.append(
                "Mixture: ½χ²(\(emphasis: "k") − 1) + ½χ²(\(emphasis: "k")), as a variance cannot be negative (Stram & Lee, 1994)."
            )
        }
        return Table(title: title, columns: columns, rows: rows, notes: Notes(general: general))
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
