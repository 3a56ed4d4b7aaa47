import Datasets
import MixedModels
import Psychometrics
import Reporting
import StudyDesign

extension MixedPlan {
    /// The heading of the section.
    var title: String {
        let kind = models.count > 1 ? "Mixed models" : "Mixed model"
        return name.value == "mixed model" ? kind : "\(kind): \(name.value)"
    }

    /// Whether a model of a sequence gets figures.
    func draws(_ name: String, isLast: Bool) -> Bool {
        switch figures {
        case .all: true
        case .last: isLast
        case .none: false
        case .models(let names): names.contains(name)
        }
    }
}

extension StudyReport {
    /// The words for a variable, or for a product of variables.
    static func productLabel(_ name: String, _ labels: VariableLabels) -> String {
        name.split(separator: ":").map { labels[String($0)] ?? String($0) }.joined(separator: " × ")
    }

    func section(_ plan: MixedPlan, _ sequence: MixedModelSequence, _ labels: VariableLabels) -> Document.Section {
        let summaries = sequence.models.map(\.summary)
        var blocks: [Document.Block] = []
        for failure in sequence.failures {
            blocks.append(.callout(.init(.warning, "\(failure.name) could not be fitted: \(failure.reason)")))
        }
        guard let last = sequence.models.last else { return Document.Section(RichText(plan.title), blocks: blocks) }
        let lines = summaries.map { summaries.count > 1 ? "\($0.name): \($0.formula)" : $0.formula }
        blocks.append(.preformatted(lines.joined(separator: "\n")))
        if summaries.count > 1 {
            let outcomes = Set(sequence.models.map(\.analysis.fit.design.responseName))
            blocks.append(
                .table(
                    .modelSequence(
                        summaries, labels: labels,
                        outcome: outcomes.count == 1 ? outcomes.first.map { labels.text($0) } : nil)))
            blocks.append(.table(.mixedModelFit(summaries, labels: labels)))
            if !sequence.steps.isEmpty {
                blocks.append(
                    .table(
                        .comparison(
                            sequence.steps, criterion: sequence.stepCriterion,
                            wasRefitted: sequence.stepCriterion != plan.criterion)))
            }
        }
        let shared = Set(sequence.failures.map { "\($0.name): \($0.reason)" })
        for warning in sequence.warnings where !shared.contains(warning) {
            blocks.append(.callout(.init(.note, RichText(warning + (warning.hasSuffix(".") ? "" : ".")))))
        }
        var section = Document.Section(RichText(plan.title), blocks: blocks)
        for model in sequence.models {
            var own = tables(model, labels, isOnly: summaries.count == 1)
            if model.name == last.name {
                if let parts = model.summary.rightsSterba { own.append(.table(.varianceDecomposition(parts))) }
                if !sequence.varianceTests.isEmpty {
                    own.append(.table(.varianceTests(sequence.varianceTests, labels: labels)))
                }
                if let test = sequence.homogeneity { own.append(.paragraph(Self.sentence(test))) }
            }
            if plan.draws(model.name, isLast: model.name == last.name) { own += figures(model, labels) }
            if summaries.count == 1 {
                section.blocks += own
            } else {
                section.sections.append(Document.Section("Model \(model.name)", blocks: own))
            }
        }
        return section
    }

    /// The tables of one model; those of a sequence are named by the model.
    private func tables(
        _ model: MixedModelSequence.Model, _ labels: VariableLabels, isOnly: Bool
    ) -> [Document.Block] {
        let summary = model.summary
        func title(_ text: RichText) -> RichText { isOnly ? text : text + " of \(model.name)" }
        var blocks: [Document.Block] = [
            .table(.fixedEffects(summary, labels: labels, title: title("Fixed Effects"))),
            .table(.varianceComponents(summary, labels: labels, title: title("Variance Components"))),
        ]
        if isOnly { blocks.append(.table(.mixedModelFit([summary], labels: labels))) }
        return blocks
    }

    static func sentence(_ test: ResidualVarianceHomogeneity) -> RichText {
        "Homogeneity of the level-1 variances (Raudenbush & Bryk, 2002): χ²(\(test.degreesOfFreedom)) = \(test.chiSquared, .fixed(2)), \(p: test.pValue), on \(test.groupsUsed) of \(test.groupCount) units. The test supposes normal residuals and ten rows or more in a unit."
    }

    private func figures(_ model: MixedModelSequence.Model, _ labels: VariableLabels) -> [Document.Block] {
        let fit = model.analysis.fit
        var figures: [Figure] = []
        for bayes in (try? EmpiricalBayes.terms(of: fit)) ?? [] {
            // With thousands of groups nothing could be told apart.
            if bayes.levels.count <= 2000 { figures += Figure.caterpillars(bayes, labels: labels) }
        }
        if let lines = Figure.groupLines(fit, labels: labels) { figures.append(lines) }
        figures += Figure.residuals(Level1Residuals(fit))
        for residuals in (try? Level2Residuals.terms(of: fit)) ?? [] {
            figures += Figure.residuals(residuals, labels: labels)
        }
        return figures.map { .figure($0) }
    }

    // MARK: Description

    func section(
        _ plan: MultilevelDescriptivesPlan, _ table: MultilevelDescriptives, _ labels: VariableLabels
    ) -> Document.Section {
        let group = plan.group?.value ?? study.preparation.levels?.groups.last?.value
        let occasion = study.preparation.levels?.occasion?.value
        func words(_ name: String?, _ fallback: String) -> String {
            name.map { "\(labels.text($0).plainText) level" } ?? fallback
        }
        return Document.Section(
            "Descriptive statistics at each level",
            blocks: [
                .table(
                    .multilevelDescriptives(
                        table, labels: labels, levelTwoTitle: words(group, "Level 2"),
                        levelOneTitle: words(occasion, "Level 1"),
                        diagonal: plan.diagonal == .ave ? "average variance extracted" : "Cronbach's α",
                        levelOneCorrelations: plan.correlations == .pooled ? .pooled : .withinAndBetween))
            ])
    }

    func section(
        _ agreement: [WithinGroupAgreement], _ reliability: [IntraclassCorrelation], _ group: String,
        _ labels: VariableLabels
    ) -> Document.Section {
        Document.Section(
            "Agreement within groups",
            blocks: [
                .table(.aggregation(agreement, reliability: reliability, labels: labels)),
                .table(.clustering(reliability, group: group, labels: labels)),
            ])
    }

    /// The levels with their units, and which variables vary at which level.
    func levelsTable(_ structure: LevelStructure, _ labels: VariableLabels) -> Table {
        let identifiers = Set(structure.groups + (structure.occasion.map { [$0] } ?? []))
        let names = data.dataset.names.filter { !identifiers.contains($0) }
        let levels = (try? structure.levels(of: names, in: data.dataset)) ?? []
        let rows = structure.levels.reversed().map { level in
            let own = levels.filter { $0.level == level.number }.map(\.variable)
            let shown = own.prefix(20).joined(separator: ", ") + (own.count > 20 ? " and \(own.count - 20) more" : "")
            var size: Cell = .empty
            if let smallest = level.smallest, let largest = level.largest {
                size = .text(RichText(smallest == largest ? "\(smallest)" : "\(smallest)–\(largest)"))
            }
            return Table.Row([
                .integer(level.number), .text(labels.text(level.variable ?? "rows")), .integer(level.units),
                level.meanSize == nil ? .empty : .number(level.meanSize, .fixed(2)), size, .text(RichText(shown)),
            ])
        }
        return Table(
            title: "Levels of the Data",
            columns: [
                Table.Column("Level"), Table.Column("Units of"), Table.Column("\(emphasis: "N")"),
                Table.Column("Mean size"), Table.Column("Size"), Table.Column("Variables", alignment: .leading),
            ], rows: rows,
            notes: Table.Notes(general: [
                "Size: units of the level below in a unit. Variables stand at the highest level within whose units they do not change."
            ]))
    }

    func section(_ compliance: Compliance, _ labels: VariableLabels) -> Document.Section {
        let overall = compliance.overall
        var text: RichText =
            "\(overall.filled) of \(overall.planned) planned answers were given (\(overall.share, .percent(1))) by \(compliance.persons.count) units:"
        let patterns = Compliance.Pattern.allCases.filter { compliance.count($0) > 0 }
        text.append(" " + patterns.map { "\(compliance.count($0)) \($0.words)" }.joined(separator: ", ") + ".")
        let rows = zip(compliance.occasions, compliance.retention).map { line, retention in
            Table.Row([
                .text(RichText(line.unit)), .integer(line.planned), .integer(line.filled),
                .number(line.share, .percent(1)), .integer(retention.retained), .integer(retention.droppedAfterwards),
            ])
        }
        var shares: [(title: String, count: Int)] = []
        for (low, high, title) in [
            (1.0, 2.0, "all"), (0.8, 1.0, "80% to under 100%"), (0.5, 0.8, "50% to under 80%"), (0, 0.5, "under 50%"),
        ] {
            let count = compliance.persons.filter { ($0.share ?? 0) >= low && ($0.share ?? 0) < high }.count
            shares.append((title, count))
        }
        return Document.Section(
            "Compliance",
            blocks: [
                .paragraph(text),
                .table(
                    Table(
                        title: "Answers by Occasion",
                        columns: [
                            Table.Column(labels.text(study.preparation.levels?.occasion?.value ?? "Occasion")),
                            Table.Column("Planned"), Table.Column("Answered"), Table.Column("Share"),
                            Table.Column("Still taking part"), Table.Column("Dropped out afterwards"),
                        ], rows: rows,
                        notes: Table.Notes(general: [
                            "Still taking part: with an answer at this or a later occasion."
                        ]))),
                .table(
                    Table(
                        title: "Answers by Unit", columns: [Table.Column("Share answered"), Table.Column("Units")],
                        rows: shares.map { Table.Row([.text(RichText($0.title)), .integer($0.count)]) })),
            ])
    }

    // MARK: Schedule

    /// The occasions that a table lists.
    private static let listedOccasions = 60

    func section(_ result: ScheduleResult, _ labels: VariableLabels) -> Document.Section {
        let occasions = result.plan.occasions
        let rows = occasions.prefix(Self.listedOccasions).map { occasion in
            Table.Row([
                .text(RichText(occasion.form)), .integer(occasion.number), .text(RichText(occasion.period.description)),
                .text(RichText(occasion.local)), .text(RichText(occasion.localWindowEnd ?? "–")),
            ])
        }
        var general: [RichText] = []
        if occasions.count > rows.count { general.append("The first \(rows.count) of \(occasions.count) occasions.") }
        var blocks: [Document.Block] = [
            .table(
                Table(
                    title: "Planned Occasions",
                    columns: [
                        Table.Column("Form"), Table.Column("Occasion"), Table.Column("About"), Table.Column("Due"),
                        Table.Column("On time until"),
                    ], rows: rows, notes: Table.Notes(general: general)))
        ]
        if !result.answers.isEmpty { blocks.append(.table(Self.answersTable(result))) }
        return Document.Section("Schedule", blocks: blocks)
    }

    private static func answersTable(_ answers: ScheduleResult) -> Table {
        let statuses = AnswerStatus.allCases.filter { status in
            answers.answers.contains { $0.count(status) > 0 } || status == .onTime || status == .late
        }
        return Table(
            title: "Answers and Planned Occasions",
            spanners: [[Table.Spanner("Answers", columns: 4..<(4 + statuses.count))]],
            columns: [
                Table.Column("Form"), Table.Column("Planned"), Table.Column("Filled"), Table.Column("Share"),
            ] + statuses.map { Table.Column(RichText($0.rawValue)) } + [
                Table.Column("\(emphasis: "Mdn") minutes"), Table.Column("Longest"),
            ],
            rows: answers.forms.map { form in
                let overall = form.compliance.overall
                return Table.Row(
                    [
                        .text(RichText(form.form)), .integer(overall.planned), .integer(overall.filled),
                        .number(overall.share, .percent(1)),
                    ] + statuses.map { .integer(form.counts[$0] ?? 0) } + [
                        .number(form.latency.median, .fixed(1)), .number(form.latency.maximum, .fixed(1)),
                    ])
            },
            notes: Table.Notes(general: ["Minutes: from the planned time to the answers that are kept."]))
    }

    static func members(_ result: ScheduleResult) -> [(String, JSON)] {
        [
            (
                "occasions",
                .array(
                    result.plan.occasions.map { occasion in
                        [
                            "form": .string(occasion.form), "occasion": .integer(occasion.number),
                            "period": .string(occasion.period.description), "planned": .string(occasion.local),
                            "window.end": JSON(occasion.localWindowEnd),
                        ]
                    })
            ),
            (
                "answers",
                .array(
                    result.matches.map { match in
                        [
                            "row": .integer(match.row), "person": .string(match.person), "form": JSON(match.form),
                            "status": .string(match.status.rawValue), "occasion": JSON(match.occasion),
                            "latency": JSON(match.latency),
                        ]
                    })
            ),
        ]
    }

    // MARK: Figures at full precision

    static func members(_ compliance: Compliance) -> [(String, JSON)] {
        func line(_ line: Compliance.Line) -> JSON {
            [
                "unit": .string(line.unit), "planned": .integer(line.planned), "filled": .integer(line.filled),
                "share": JSON(line.share),
            ]
        }
        return [
            ("overall", line(compliance.overall)), ("occasions", .array(compliance.occasions.map(line))),
            ("units", .array(compliance.persons.map(line))),
            (
                "patterns",
                .object(Compliance.Pattern.allCases.map { ($0.rawValue, .integer(compliance.count($0))) })
            ),
            (
                "missed",
                .array(
                    compliance.missed.map {
                        ["unit": .string($0.person), "occasion": .string($0.occasion)]
                    })
            ),
        ]
    }

    // MARK: Methods

    /// How mixed models were estimated and tested, with the sources.
    func mixedMethods(_ plan: MixedPlan, _ sequence: MixedModelSequence) -> [(String, [Reference])] {
        let isREML = plan.criterion == .reml
        var result: [(String, [Reference])] = [
            (
                "Linear mixed models were estimated by \(isREML ? "restricted maximum likelihood" : "maximum likelihood") (Bates et al., 2015).",
                [.bates]
            )
        ]
        if plan.models.count > 1 {
            result.append(("Models of a sequence rest on the rows complete in the variables of all of them.", []))
        }
        switch plan.inference.degreesOfFreedom {
        case .satterthwaite:
            let robust = plan.inference.standardErrors != .model
            result.append(
                robust
                    ? (
                        "Fixed effects were tested with the degrees of freedom of Bell and McCaffrey (2002).",
                        [.bellMcCaffrey]
                    )
                    : (
                        "Fixed effects were tested by t with Satterthwaite's degrees of freedom (Giesbrecht & Burns, 1985).",
                        [.satterthwaite]
                    ))
        case .kenwardRoger:
            result.append(
                ("Fixed effects were tested after Kenward and Roger (1997).", [.kenwardRoger]))
        case .hlm:
            result.append(
                (
                    "Fixed effects were tested by t with the degrees of freedom of HLM (Raudenbush & Bryk, 2002).",
                    [.raudenbushBryk]
                ))
        case .normal: result.append(("Fixed effects were tested by z.", []))
        }
        switch plan.inference.standardErrors {
        case .model: break
        case .robust: result.append(("Their standard errors are robust to clustering (CR0, as in HLM).", []))
        case .cr1: result.append(("Their standard errors are robust to clustering (CR1).", []))
        case .cr2:
            result.append(
                ("Their standard errors are robust to clustering (CR2; Bell & McCaffrey, 2002).", [.bellMcCaffrey]))
        }
        if let residuals = plan.residuals {
            result.append(("Level-1 residuals had the structure \(residuals.value).", []))
        }
        switch plan.intervals {
        case .profile: result.append(("Profile-likelihood intervals were computed.", []))
        case .bootstrap(let draws, let scheme):
            result.append(
                (
                    "Percentile intervals come from \(draws) draws of a \(scheme.rawValue) bootstrap (seed \(study.seed)).",
                    []
                ))
        case nil: break
        }
        if sequence.models.contains(where: { $0.analysis.varianceTests != nil }) {
            result.append(
                ("Variances between groups were tested by HLM's χ² (Raudenbush & Bryk, 2002).", [.raudenbushBryk]))
        }
        if sequence.models.contains(where: { $0.summary.snijdersBosker != nil }) {
            result.append(
                (
                    "Explained variance at levels 1 and 2 is that of Snijders and Bosker (2012), marginal and conditional R² those of Nakagawa and Schielzeth (2013).",
                    [.snijdersBosker, .nakagawa]
                ))
        }
        if let sentence = centringSentence { result.append((sentence, [.endersTofighi])) }
        return result
    }

    /// Which variables were centred, and how; nil where none was.
    private var centringSentence: String? {
        var parts: [String] = []
        for step in study.preparation.steps {
            let name = step.variable.value
            switch step.kind {
            case .center(.grand), .center(.rows): parts.append("\(name) on its grand mean")
            case .center(.within(let group)): parts.append("\(name) on the mean of each \(group)")
            case .center(.value(let value)): parts.append("\(name) at \(value.short)")
            case .withinAndBetween(let groups):
                let lowest = groups.last ?? study.preparation.levels?.groups.last?.value ?? "group"
                parts.append("\(name) on the mean of each \(lowest), with this mean as a predictor of its own")
            case .standardize, .lag: break
            }
        }
        return parts.isEmpty
            ? nil : "Predictors were centred (Enders & Tofighi, 2007): \(parts.joined(separator: "; "))."
    }
}

extension Compliance.Pattern {
    /// The pattern in words.
    var words: String {
        switch self {
        case .complete: "complete"
        case .droppedOut: "dropped out"
        case .intermittent: "with gaps"
        case .none: "without any answer"
        }
    }
}
