import Psychometrics
public import Reporting
public import StudyDesign

extension Table {
    /// How many units of each part of the list were reached and answered.
    public static func responseStages(_ study: ResponseStudy) -> Table {
        func cells(_ name: RichText, _ counts: ResponseCounts) -> [Cell] {
            [
                .text(name), .integer(counts.invited), .integer(counts[.ineligible]), .integer(counts.reached),
                .integer(counts.answered), .integer(counts.valid), .integer(counts[.complete]),
                .number(counts.responseRate(2), .percent(1)), .number(counts.completionRate, .percent(1)),
                .number(counts.lossRate, .percent(1)),
            ]
        }
        var rows: [Row] = [], last = ""
        for part in study.parts {
            if part.variable != last { rows.append(.heading(RichText(part.variable))) }
            last = part.variable
            rows.append(Row(cells(RichText(part.value), part.counts), indentation: 1))
        }
        rows.append(Row(cells("All", study.total), role: rows.isEmpty ? .body : .total))
        return Table(
            title: "Response",
            columns: [
                Column("Units"), Column("Invited"), Column("Not eligible"), Column("Reached"), Column("Answered"),
                Column("Valid"), Column("Complete"), Column("RR2"), Column("Completion"), Column("Loss"),
            ], rows: rows,
            notes: Notes(general: [
                "Reached: answered, refused, or could not answer. Valid: complete or partial. RR2: response rate 2 of AAPOR (2016). Completion: complete of those answered. Loss: answers that cannot be used of those answered."
            ]))
    }

    /// The response rates of the American Association for Public Opinion Research.
    public static func responseRates(_ counts: ResponseCounts, eligibleShare: Double?) -> Table {
        let e = eligibleShare ?? counts.eligibleShare
        let words: [RichText] = [
            "complete of all that may be eligible", "complete and partial of all that may be eligible",
            "complete, with the eligible share of unknown units",
            "complete and partial, with the eligible share of unknown units",
            "complete of those known to be eligible", "complete and partial of those known to be eligible",
        ]
        var rows = (1...6).map { number in
            Row([
                .text("RR\(number)"), .text(words[number - 1]),
                .number(counts.responseRate(number, eligibleShare: eligibleShare), .percent(1)),
            ])
        }
        rows += [
            Row([
                .text("COOP1"), .text("complete of those reached"),
                .number(counts.cooperationRate(countingPartial: false), .percent(1)),
            ]),
            Row([.text("CON1"), .text("reached of all that may be eligible"), .number(counts.contactRate, .percent(1))]
            ),
            Row([
                .text("REF1"), .text("refusals of all that may be eligible"), .number(counts.refusalRate, .percent(1)),
            ]),
        ]
        let list = Disposition.allCases.filter { counts[$0] > 0 }.map { "\($0.rawValue) \(counts[$0])" }
        return Table(
            title: "Response Rates", columns: [Column("Rate"), Column("What it is"), Column("Value")], rows: rows,
            notes: Notes(general: [
                "Standard definitions of AAPOR (2016). Dispositions: \(list.joined(separator: ", ")).\(counts[.unknown] > 0 ? " Eligible share of unknown units: \(NumberFormat.bounded(3).string(e))\(eligibleShare == nil ? ", that of the known ones" : ", as given")." : "")"
            ]))
    }

    /// The course of the answers.
    public static func responseTimeline(_ timeline: ResponseTimeline, name: String) -> Table {
        Table(
            title: "Course of the Answers",
            columns: [Column(RichText(name)), Column("Answers"), Column("Cumulative"), Column("% of those invited")],
            rows: timeline.steps.map {
                Row([
                    .text(RichText($0.label)), .integer($0.answers), .integer($0.cumulative),
                    .number($0.share, .percent(1)),
                ])
            })
    }

    /// The weighting classes.
    public static func weightingClasses(_ weights: NonresponseWeights) -> Table {
        Table(
            title: "Weighting Classes",
            columns: [
                Column("Class"), Column("Units"), Column("Respondents"), Column("Response rate"), Column("Factor"),
            ],
            rows: weights.classes.map {
                Row([
                    .text(RichText($0.name)), .integer($0.units), .integer($0.respondents),
                    .number($0.responseRate, .percent(1)), .number($0.factor, .fixed(3)),
                ])
            },
            notes: Notes(general: [
                "Response rates are weighted by the design weights; the factor is one over the rate."
            ]))
    }

    /// What weighting does to precision.
    public static func weightSummary(_ weights: NonresponseWeights) -> Table {
        let values = weights.weights.compactMap { $0 }
        let own = VariableDescriptives(variable: "", values: values)
        var rows = [
            Row([.text("Respondents"), .integer(weights.respondents)]),
            Row([.text("Sum of the weights"), .number(weights.sum, .fixed(1))]),
            Row([.text("Smallest weight"), .number(own.minimum, .fixed(3))]),
            Row([.text("Mean weight"), .number(own.mean, .fixed(3))]),
            Row([.text("Largest weight"), .number(own.maximum, .fixed(3))]),
            Row([.text("1 + cv² of the design weights"), .number(weights.baseEffect, .fixed(3))]),
            Row([.text("1 + cv² of the final weights"), .number(weights.effect, .fixed(3))]),
            Row([.text("Effective number of respondents"), .number(weights.effectiveSize, .fixed(1))]),
        ]
        if let raking = weights.raking {
            rows.append(Row([.text("Passes of the raking"), .integer(raking.iterations)]))
        }
        if let trimming = weights.trimming {
            rows.append(Row([.text("Weights trimmed at \(trimming.bound, .fixed(3))"), .integer(trimming.trimmed)]))
        }
        if let deviation = weights.deviationAfterTrimming {
            rows.append(
                Row([.text("Largest deviation from a margin after trimming"), .number(deviation, .percent(1))]))
        }
        return Table(
            title: "Weights for Non-Response", columns: [Column("Figure"), Column("Value")], rows: rows,
            notes: Notes(general: [
                "1 + cv²: the loss of precision by unequal weights (Kish, 1965). Trimming shares what is cut off out equally to the other respondents."
            ]))
    }
}
