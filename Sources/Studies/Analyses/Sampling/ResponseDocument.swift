import Datasets
import Psychometrics
public import Reporting
import StudyDesign

extension ResponseStudy {
    /// The figures under the names of the contract.
    var members: [(String, JSON)] {
        func counts(_ counts: ResponseCounts) -> [(String, JSON)] {
            [
                ("invited", .integer(counts.invited)), ("reached", .integer(counts.reached)),
                ("answered", .integer(counts.answered)), ("valid", .integer(counts.valid)),
                ("dispositions", .object(Disposition.allCases.map { ($0.rawValue, .integer(counts[$0])) })),
                (
                    "rates",
                    .object(
                        (1...6).map { ("RR\($0)", JSON(counts.responseRate($0, eligibleShare: plan.eligibleShare))) }
                            + [
                                ("COOP1", JSON(counts.cooperationRate(countingPartial: false))),
                                ("COOP2", JSON(counts.cooperationRate(countingPartial: true))),
                                ("CON1", JSON(counts.contactRate)), ("REF1", JSON(counts.refusalRate)),
                                ("completion", JSON(counts.completionRate)), ("loss", JSON(counts.lossRate)),
                                ("e", JSON(plan.eligibleShare ?? counts.eligibleShare)),
                            ])
                ),
            ]
        }
        func comparison(_ study: AttritionStudy?, _ names: (String, String)) -> JSON {
            guard let study else { return .null }
            return .object(
                [("kept.means", .string(names.0)), ("lost.means", .string(names.1))] + JSON.attrition(study.analysis))
        }
        return [
            ("total", .object(counts(total))),
            (
                "parts",
                .array(
                    parts.map {
                        .object([("variable", .string($0.variable)), ("value", .string($0.value))] + counts($0.counts))
                    }
                )
            ),
            (
                "timeline",
                timeline.map { timeline in
                    .array(
                        timeline.steps.map {
                            [
                                "step": .string($0.label), "answers": .integer($0.answers),
                                "cumulative": .integer($0.cumulative), "share": JSON($0.share),
                            ]
                        })
                } ?? .null
            ), ("nonresponse", comparison(bias, ("responded", "did not respond"))),
            ("early.late", comparison(waves, waveNames)),
            (
                "weights",
                weights.map { weights in
                    [
                        "respondents": .integer(weights.respondents), "sum": JSON(weights.sum),
                        "deff.base": JSON(weights.baseEffect), "deff": JSON(weights.effect),
                        "n.effective": JSON(weights.effectiveSize),
                        "classes": .array(
                            weights.classes.map {
                                [
                                    "class": .string($0.name), "units": .integer($0.units),
                                    "respondents": .integer($0.respondents), "rate": JSON($0.responseRate),
                                    "factor": JSON($0.factor),
                                ]
                            }),
                        "raking": weights.raking.map {
                            [
                                "iterations": .integer($0.iterations), "converged": .bool($0.hasConverged),
                                "max.deviation": JSON($0.largestDeviation),
                            ]
                        } ?? .null,
                        "trimming": weights.trimming.map {
                            [
                                "bound": JSON($0.bound), "trimmed": .integer($0.trimmed),
                                "max.deviation": JSON(weights.deviationAfterTrimming),
                            ]
                        } ?? .null,
                        "units": .array(
                            zip(weightedRows, weights.weights).compactMap { row, weight in
                                weight.map { ["row": .integer(row + 1), "weight": JSON($0)] }
                            }),
                    ]
                } ?? .null
            ),
        ]
    }

    /// The document of the contract.
    public var contract: JSON { .contract(analysis: "response", warnings: warnings, members) }

    /// What is shown: counts and rates, the course of the answers, the tests of bias, and the weights.
    public func blocks(labels: VariableLabels = .none) -> [Document.Block] {
        let eligible = total.invited - total[.ineligible]
        var blocks: [Document.Block] = [
            .paragraph(
                "\(total.valid) of \(eligible) eligible units gave an answer that can be used, a response rate of \(total.responseRate(2), .percent(1)) (RR2); \(total[.complete]) of them are complete (RR1 = \(total.responseRate(1), .percent(1)))."
            ), .table(.responseStages(self)), .table(.responseRates(total, eligibleShare: plan.eligibleShare)),
        ]
        if let timeline {
            blocks += Self.course(timeline, name: plan.wave ?? plan.date ?? "Wave", isDate: plan.date != nil)
        }
        if let bias {
            blocks += comparison(
                bias.analysis, labels, title: "Respondents and Non-Respondents", ("Answered", "Silent"),
                "Those that responded and those that did not")
        }
        if let waves {
            blocks += comparison(
                waves.analysis, labels, title: "Early and Late Respondents",
                ("Early", "Late"),
                "Early (\(waveNames.early)) and late (\(waveNames.late)) respondents, of whom the late ones are taken to be like those who did not respond (Armstrong & Overton, 1977),"
            )
        }
        if let weights {
            if weights.classes.count > 1 { blocks.append(.table(.weightingClasses(weights))) }
            blocks.append(.table(.weightSummary(weights)))
        }
        return blocks + warnings.map { .callout(.init(.note, RichText(sentence: $0))) }
    }

    /// The tables for a terminal.
    public var document: Document {
        Document(title: "Response", blocks: blocks().withoutFigures).numbered()
    }

    private static func course(_ timeline: ResponseTimeline, name: String, isDate: Bool) -> [Document.Block] {
        let plot = LinePlot(
            series: [.init(x: timeline.steps.map(\.position), y: timeline.steps.map { 100 * $0.share })],
            references: [0],
            title: "Cumulative response", horizontalTitle: isDate ? "Days since the first answer" : name,
            verticalTitle: "Answers in % of those invited")
        var blocks: [Document.Block] = [.table(.responseTimeline(timeline, name: name))]
        if timeline.steps.count > 1 {
            blocks.append(.figure(Figure(title: "Cumulative Response", drawing: plot.drawing())))
        }
        return blocks
    }

    /// Two groups side by side: what differs, what is shown to be alike, and the tables.
    private func comparison(
        _ analysis: AttritionAnalysis, _ labels: VariableLabels, title: RichText,
        _ groups: (first: String, second: String),
        _ subject: String
    ) -> [Document.Block] {
        func names(_ variables: [String]) -> String { variables.map { labels[$0] ?? $0 }.joined(separator: ", ") }
        let differing = analysis.differing, equivalent = analysis.equivalent
        var text: RichText =
            "\(subject) \(differing.isEmpty ? "do not differ significantly in any variable tested" : "differ significantly in \(names(differing))")."
        if analysis.means.contains(where: { $0.test.equivalence != nil }) {
            text.append(
                equivalent.isEmpty
                    ? " No mean is shown to differ by less than \(analysis.equivalenceBound, .fixed(2)) standard deviations."
                    : " Means are shown to differ by less than \(analysis.equivalenceBound, .fixed(2)) standard deviations in \(names(equivalent))."
            )
        }
        if let regression = analysis.regression {
            text.append(
                " All variables together: χ²(\(regression.degreesOfFreedom)) = \(regression.chiSquared, .fixed(2)), \(p: regression.pValue)."
            )
        }
        var blocks: [Document.Block] = [.paragraph(text)]
        if !analysis.means.isEmpty {
            blocks.append(
                .table(.attritionMeans(analysis, labels: labels, title: title + ": Means", groups: groups)))
        }
        if !analysis.categories.isEmpty {
            blocks.append(
                .table(.attritionCategories(analysis, labels: labels, title: title + ": Categories", groups: groups)))
        }
        return blocks
    }
}
