import Datasets
public import Reporting
public import StudyDesign

extension Table {
    /// The rows that a list of occasions or answers shows; the figures have them all.
    static let listLimit = 200

    /// The planned occasions, of each person where signals are drawn.
    ///
    /// - Parameters:
    ///   - plan: The plan.
    ///   - limit: The most rows that are listed.
    public static func occasions(_ plan: OccasionPlan, limit: Int = 200) -> Table {
        var entries: [(person: String?, occasion: PlannedOccasion)] = []
        var total = 0
        if plan.ofPerson.isEmpty {
            total = plan.occasions.count
            entries = plan.occasions.prefix(limit).map { (nil, $0) }
        } else {
            for (person, own) in plan.ofPerson.sorted(by: { $0.key < $1.key }) {
                total += own.count
                entries += own.prefix(limit - entries.count).map { (person, $0) }
            }
        }
        let hasPersons = !plan.ofPerson.isEmpty
        var general: [RichText] = []
        if total > entries.count { general.append("The first \(entries.count) of \(total) occasions.") }
        return Table(
            title: "Planned Occasions",
            columns: (hasPersons ? [Column("Person")] : []) + [
                Column("Form"), Column("Occasion"), Column("About"), Column("Due"), Column("On time until"),
            ],
            rows: entries.map { person, occasion in
                Row(
                    (hasPersons ? [.text(RichText(person ?? ""))] : []) + [
                        .text(RichText(occasion.form)), .integer(occasion.number),
                        .text(RichText(occasion.period.description)), .text(RichText(occasion.local)),
                        .text(RichText(occasion.localWindowEnd ?? "–")),
                    ])
            }, notes: Notes(general: general))
    }

    /// The answers to each form by how they stand to the plan.
    public static func answersByForm(_ answers: MatchedAnswers) -> Table {
        let statuses = AnswerStatus.allCases.filter { answers.count($0) > 0 || $0 == .onTime || $0 == .late }
        return Table(
            title: "Answers and Planned Occasions",
            spanners: [[Spanner("Answers", columns: 4..<(4 + statuses.count))]],
            columns: [Column("Form"), Column("Planned"), Column("Filled"), Column("Share")]
                + statuses.map { Column(RichText($0.rawValue)) },
            rows: answers.forms.map { form in
                let overall = form.compliance.overall
                return Row(
                    [
                        .text(RichText(form.form)), .integer(overall.planned), .integer(overall.filled),
                        .number(overall.share, .percent(1)),
                    ] + statuses.map { .integer(form.counts[$0] ?? 0) })
            },
            notes: Notes(general: [
                "Filled: occasions with an answer. Of several answers to an occasion the first complete one is kept; the others are duplicates."
            ]))
    }

    /// The minutes from the planned time to the answers that are kept.
    public static func latencies(_ forms: [FormReport]) -> Table {
        Table(
            title: "Minutes from the Planned Time to the Answer",
            columns: [
                Column("Form"), Column("\(emphasis: "n")"), Column("\(emphasis: "M")"), Column("\(emphasis: "SD")"),
                Column("Least"), Column("\(emphasis: "Q")\(sub: "1")"), Column("\(emphasis: "Mdn")"),
                Column("\(emphasis: "Q")\(sub: "3")"), Column("Most"),
            ],
            rows: forms.map { form in
                let latency = form.latency
                return Row(
                    [.text(RichText(form.form)), .integer(latency.count)]
                        + [
                            latency.mean, latency.standardDeviation, latency.minimum, latency.lowerQuartile,
                            latency.median, latency.upperQuartile, latency.maximum,
                        ].map { .number($0, .fixed(1)) })
            }, notes: Notes(general: ["Of the answers that are kept, late ones among them."]))
    }

    /// The answers that are not on time, row by row; nil if all are.
    public static func answersOffPlan(_ answers: MatchedAnswers, limit: Int = 200) -> Table? {
        let found = answers.matches.filter { $0.status != .onTime }
        guard !found.isEmpty else { return nil }
        let shown = found.prefix(limit)
        func minutes(_ seconds: Int?) -> Cell {
            seconds.map { .number(Double($0) / 60, .fixed(1)) } ?? .empty
        }
        var general: [RichText] = ["Minutes: after the planned time and after the end of the window."]
        if found.count > shown.count { general.append("The first \(shown.count) of \(found.count) answers.") }
        return Table(
            title: "Answers That Are Not on Time", spanners: [[Spanner("Minutes", columns: 5..<7)]],
            columns: [
                Column("Data row"), Column("Person"), Column("Form"), Column("Status"), Column("Occasion"),
                Column("After plan"), Column("Late by"),
            ],
            rows: shown.map { match in
                Row([
                    .integer(match.row), .text(RichText(match.person)), .text(RichText(match.form ?? "–")),
                    .text(RichText(match.status.rawValue)), match.occasion.map { .integer($0) } ?? .empty,
                    minutes(match.latency), minutes(match.lateBy),
                ])
            }, notes: Notes(general: general))
    }

    /// What was planned and filled by occasion, and who still took part.
    ///
    /// - Parameters:
    ///   - compliance: The counts.
    ///   - form: The form that the title names; nil for none.
    public static func complianceByOccasion(_ compliance: Compliance, form: String? = nil) -> Table {
        let patterns = Compliance.Pattern.allCases.filter { compliance.count($0) > 0 }
            .map { "\(compliance.count($0)) \($0.words)" }.joined(separator: ", ")
        let shares = compliance.persons.compactMap(\.share)
        let low = NumberFormat.percent(0).string(shares.min()), high = NumberFormat.percent(0).string(shares.max())
        let range = low == high ? low : "\(low) to \(high)"
        return Table(
            title: RichText("Compliance and Drop-Out by Occasion" + (form.map { ": \($0)" } ?? "")),
            columns: [
                Column("Occasion"), Column("Planned"), Column("Filled"), Column("Share"), Column("Still taking part"),
                Column("Dropped out afterwards"),
            ],
            rows: zip(compliance.occasions, compliance.retention).map { line, retention in
                Row([
                    .text(RichText(line.unit)), .integer(line.planned), .integer(line.filled),
                    .number(line.share, .percent(1)), .integer(retention.retained),
                    .integer(retention.droppedAfterwards),
                ])
            },
            notes: Notes(general: [
                "\(compliance.persons.count) persons: \(patterns); each filled \(range) of what was planned.",
                "Still taking part: with an answer at this or a later occasion.",
            ]))
    }

    /// The occasions that were missed, person by person; nil if none was.
    public static func missedOccasions(_ compliance: Compliance, form: String? = nil, limit: Int = 200) -> Table? {
        guard !compliance.missed.isEmpty else { return nil }
        var order: [String] = [], occasions: [String: [String]] = [:]
        for missed in compliance.missed {
            if occasions[missed.person] == nil { order.append(missed.person) }
            occasions[missed.person, default: []].append(missed.occasion)
        }
        var lines: [String: Compliance.Line] = [:], patterns: [String: Compliance.Pattern] = [:]
        for (line, course) in zip(compliance.persons, compliance.courses) {
            lines[line.unit] = line
            patterns[line.unit] = course.pattern
        }
        let general: [RichText] =
            order.count > limit ? ["The first \(limit) of \(order.count) persons who missed an occasion."] : []
        return Table(
            title: RichText("Missed Occasions" + (form.map { ": \($0)" } ?? "")),
            columns: [
                Column("Person"), Column("Filled"), Column("Planned"), Column("Course"),
                Column("Missed", alignment: .leading),
            ],
            rows: order.prefix(limit).map { person in
                let missed = occasions[person] ?? []
                let text = missed.prefix(20).joined(separator: ", ") + (missed.count > 20 ? ", …" : "")
                return Row([
                    .text(RichText(person)), .integer(lines[person]?.filled ?? 0),
                    .integer(lines[person]?.planned ?? 0), .text(RichText(patterns[person]?.words ?? "")),
                    .text(RichText(text)),
                ])
            }, notes: Notes(general: general))
    }
}
