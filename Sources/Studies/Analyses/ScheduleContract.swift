public import Datasets
public import Reporting
public import StudyDesign

extension JSON {
    /// The planned occasions, and those of each person where signals are drawn.
    public static func occasions(_ plan: OccasionPlan) -> [(String, JSON)] {
        func row(_ occasion: PlannedOccasion) -> JSON {
            [
                "form": .string(occasion.form), "occasion": .integer(occasion.number),
                "period": .string(occasion.period.description), "signal": .integer(occasion.signal),
                "planned": .string(occasion.local), "window.end": JSON(occasion.localWindowEnd),
                "planned.utc": .integer(occasion.planned.secondsSince1970),
            ]
        }
        return [
            ("occasions", .array(plan.occasions.map(row))),
            (
                "persons",
                .array(
                    plan.ofPerson.sorted { $0.key < $1.key }.map { person, own in
                        ["person": .string(person), "occasions": .array(own.map(row))]
                    })
            ),
        ]
    }

    /// What became of the answers: row by row, and by form with compliance, latency, drop-out and missed occasions.
    public static func answers(_ answers: MatchedAnswers) -> [(String, JSON)] {
        [
            (
                "counts",
                .object(AnswerStatus.allCases.map { ($0.rawValue, .integer(answers.count($0))) })
            ),
            (
                "answers",
                .array(
                    answers.matches.map { match in
                        [
                            "row": .integer(match.row), "person": .string(match.person), "form": JSON(match.form),
                            "status": .string(match.status.rawValue), "occasion": JSON(match.occasion),
                            "period": JSON(match.period?.description), "latency": JSON(match.latency),
                            "late.by": JSON(match.lateBy),
                        ]
                    })
            ),
            (
                "forms",
                .array(
                    answers.forms.map { form in
                        .object(
                            [
                                ("form", .string(form.form)),
                                (
                                    "counts",
                                    .object(
                                        AnswerStatus.allCases.map { ($0.rawValue, .integer(form.counts[$0] ?? 0)) })
                                ), ("latency", latency(form.latency)),
                            ] + compliance(form.compliance))
                    })
            ),
        ]
    }

    /// The distribution of latencies, in the unit of the summary.
    public static func latency(_ summary: LatencySummary) -> JSON {
        [
            "n": .integer(summary.count), "mean": JSON(summary.mean), "sd": JSON(summary.standardDeviation),
            "min": JSON(summary.minimum), "q1": JSON(summary.lowerQuartile), "median": JSON(summary.median),
            "q3": JSON(summary.upperQuartile), "max": JSON(summary.maximum),
        ]
    }

    /// Planned and filled questionnaires overall, by occasion and by person, with courses and missed occasions.
    public static func compliance(_ compliance: Compliance) -> [(String, JSON)] {
        func members(_ line: Compliance.Line) -> [(String, JSON)] {
            [
                ("unit", .string(line.unit)), ("planned", .integer(line.planned)), ("filled", .integer(line.filled)),
                ("share", JSON(line.share)),
            ]
        }
        return [
            ("overall", .object(members(compliance.overall))),
            (
                "occasions",
                .array(
                    zip(compliance.occasions, compliance.retention).map { line, retention in
                        .object(
                            members(line) + [
                                ("retained", .integer(retention.retained)),
                                ("dropped.afterwards", .integer(retention.droppedAfterwards)),
                            ])
                    })
            ),
            (
                "units",
                .array(
                    zip(compliance.persons, compliance.courses).map { line, course in
                        .object(
                            members(line) + [
                                ("pattern", .string(course.pattern.rawValue)), ("last.filled", JSON(course.lastFilled)),
                            ])
                    })
            ),
            ("patterns", .object(Compliance.Pattern.allCases.map { ($0.rawValue, .integer(compliance.count($0))) })),
            (
                "missed",
                .array(
                    compliance.missed.map { ["unit": .string($0.person), "occasion": .string($0.occasion)] })
            ),
        ]
    }
}
