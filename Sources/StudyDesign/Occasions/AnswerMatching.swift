public import Datasets

/// How an answer stands to the plan.
public enum AnswerStatus: String, Sendable, Hashable, Codable, CodingKeyRepresentable, CaseIterable {
    /// Within the window of its occasion.
    case onTime = "on time"
    /// After the window.
    case late
    /// Before the planned time.
    case early
    /// A further answer to an occasion of which another answer is kept.
    case duplicate
    /// To no occasion of the plan.
    case outside = "outside the plan"
    /// Without a time, so that it cannot be matched.
    case untimed = "without a time"
}

/// Where answers are, and which of them belong to an occasion.
public struct MatchingRules: Sendable, Hashable {
    /// The variables that identify a person.
    public var person: [String]
    /// The variable with the time of the answer: text such as `2020-03-02T09:04`, on the clock of the study unless it has
    /// an offset, or a number of seconds since 1970-01-01T00:00:00Z.
    public var time: String
    /// The variable with the form; nil if the plan has one form only, or for answers of ``formName``.
    public var form: String?
    /// The form of all answers, where no variable tells it.
    public var formName: String?
    /// The variables that must all have a value for an answer to be complete; with none, every answer is.
    public var answers: [String]
    /// The seconds before the planned time from which an answer counts as an early one.
    public var early: Int
    /// The seconds after the window up to which an answer counts as a late one; nil is up to the next occasion, and after
    /// the last one as long as the longest time between two.
    public var late: Int?
    /// Whether late answers count as filled in the table of compliance.
    public var countsLate: Bool
    /// What the names of the new variables begin with.
    public var prefix: String

    /// Creates rules; by default nothing is early, and an answer is late until the next occasion is due.
    public init(
        person: [String], time: String, form: String? = nil, formName: String? = nil, answers: [String] = [],
        early: Int = 0, late: Int? = nil, countsLate: Bool = true, prefix: String = ""
    ) {
        self.person = person
        self.time = time
        self.form = form
        self.formName = formName
        self.answers = answers
        self.early = early
        self.late = late
        self.countsLate = countsLate
        self.prefix = prefix
    }
}

/// An answer and its occasion.
public struct AnswerMatch: Sendable, Hashable, Codable {
    /// The data row, from 1.
    public var row: Int
    /// The person.
    public var person: String
    /// The form; nil if there is none in the row.
    public var form: String?
    /// How it stands to the plan.
    public var status: AnswerStatus
    /// The number of the occasion, or nil.
    public var occasion: Int?
    /// The period of the occasion, or nil.
    public var period: Period?
    /// Seconds from the planned time to the answer, negative if early; nil without an occasion.
    public var latency: Int?
    /// Seconds from the end of the window to the answer; nil unless it is late.
    public var lateBy: Int?
}

/// What became of the answers to one form.
public struct FormReport: Sendable, Hashable, Codable {
    /// The form.
    public var form: String
    /// The number of answers of each status.
    public var counts: [AnswerStatus: Int]
    /// Planned and filled questionnaires.
    public var compliance: Compliance
    /// The minutes from the planned time to the answers that are kept.
    public var latency: LatencySummary
}

/// Answers with their occasions.
public struct MatchedAnswers: Sendable {
    /// The data with the new variables `occasion`, `period`, `planned`, `latency` (minutes), `late_by` (minutes), `status`.
    public var dataset: Dataset
    /// A match for each row.
    public var matches: [AnswerMatch]
    /// A report on each form.
    public var forms: [FormReport]
    /// Remarks on answers outside the plan and local times that occur twice or not at all.
    public var remarks: [String]

    /// The number of answers of a status.
    public func count(_ status: AnswerStatus) -> Int { matches.reduce(0) { $0 + ($1.status == status ? 1 : 0) } }

    /// The answers that are kept: those on time, late or early.
    public var kept: Dataset {
        dataset.selectingRows(
            matches.indices.filter { [.onTime, .late, .early].contains(matches[$0].status) })
    }

    /// The answers that are kept, the forms of an occasion side by side: a row for each person and occasion, for the
    /// analysis.
    ///
    /// - Parameters:
    ///   - variables: the variables to take; each has one value at an occasion, whichever form holds it.
    ///   - rules: the rules of the matching.
    /// - Throws: ``ScheduleError/data(_:)`` if a variable is not there, or has two values at an occasion.
    public func byOccasion(_ variables: [String], _ rules: MatchingRules) throws(ScheduleError) -> Dataset {
        do {
            return try kept.aggregated([], by: rules.person + [rules.prefix + "occasion"], carrying: variables)
        } catch {
            throw .data(error)
        }
    }
}

extension OccasionPlan {
    /// Finds the planned occasion of each answer.
    ///
    /// An answer belongs to the last occasion of its form that is due by then. Within the window it is on time, after it
    /// late, as far as ``MatchingRules/late`` reaches; an answer that comes up to ``MatchingRules/early`` before the next
    /// occasion, and is not on time for the one before, is early. Of several answers to an occasion the first complete one is
    /// kept, or the first if none is complete, and the others are duplicates.
    /// - Parameters:
    ///   - dataset: the answers, a row for each.
    ///   - rules: which variables hold what.
    ///   - zone: the clock of times that are written without an offset.
    ///   - enrolled: the persons that take part; those who never answer are missed otherwise. Persons in the data are added.
    /// - Throws: ``ScheduleError/data(_:)`` for variables that are not there and names that are taken;
    ///   ``ScheduleError/answer(row:problem:nearest:)`` for a row without a person, with a time that cannot be read, or with a
    ///   form that the plan does not have.
    public func matching(
        _ dataset: Dataset, _ rules: MatchingRules, zone: CivilTimeZone, enrolled: [String] = []
    ) throws(ScheduleError) -> MatchedAnswers {
        let answers = try AnswerTable(dataset, rules, plan: self, zone: zone)
        if !ofPerson.isEmpty, let stranger = enrolled.first(where: { ofPerson[$0] == nil }) {
            throw .data(
                .structure(.request(problem: "\(stranger) is enrolled, but signals were not drawn for this person")))
        }
        var matches: [AnswerMatch] = []
        var occasionOfRow: [PlannedOccasion?] = []
        var timelines: [String: [String: [PlannedOccasion]]] = [:]
        for row in 0..<dataset.rowCount {
            let person = answers.persons[row]
            var match = AnswerMatch(
                row: row + 1, person: person, form: answers.forms[row], status: .untimed, occasion: nil, period: nil,
                latency: nil, lateBy: nil)
            var found: PlannedOccasion?
            if let time = answers.times[row], let form = answers.forms[row] {
                // Persons without occasions of their own share a timeline.
                let key = ofPerson[person] == nil ? "" : person
                if timelines[key] == nil {
                    timelines[key] = Dictionary(grouping: occasions(of: person), by: \.form)
                        .mapValues { $0.sorted { $0.planned < $1.planned } }
                }
                (found, match.status) = Self.occasion(of: time, in: timelines[key]?[form] ?? [], rules)
                if let found {
                    match.occasion = found.number
                    match.period = found.period
                    match.latency = time.secondsSince1970 - found.planned.secondsSince1970
                    if match.status == .late, let end = found.windowEnd {
                        match.lateBy = time.secondsSince1970 - end.secondsSince1970
                    }
                }
            }
            matches.append(match)
            occasionOfRow.append(found)
        }
        Self.markDuplicates(&matches, answers)

        var remarks = answers.remarks
        for status in [AnswerStatus.outside, .untimed] {
            let rows = matches.filter { $0.status == status }.map(\.row)
            if let first = rows.first {
                remarks.append(
                    "\(rows.count) answer\(rows.count == 1 ? " is" : "s are") \(status.rawValue): data row "
                        + rows.prefix(5).map(String.init).joined(separator: ", ") + (rows.count > 5 ? ", …" : "")
                        + (status == .outside
                            ? Self.when(answers.times[first - 1], answers.forms[first - 1], zone) : ""))
            }
        }
        let new = try columns(matches, occasionOfRow, rules)
        let result: Dataset
        do throws(DatasetError) {
            for column in new where dataset.contains(column.name) {
                throw .structure(.nameTaken(name: column.name, purpose: "a variable of the matching"))
            }
            result = try dataset.setting(new)
        } catch {
            throw .data(error)
        }
        return MatchedAnswers(
            dataset: result, matches: matches, forms: reports(matches, rules, enrolled: enrolled), remarks: remarks)
    }

    /// Verifies that the occasions of data that count them themselves are in the plan.
    ///
    /// - Parameters:
    ///   - dataset: the data.
    ///   - occasion: the numeric variable with the number of the occasion.
    ///   - form: the form; nil takes the numbers of all forms.
    /// - Throws: ``ScheduleError/answer(row:problem:nearest:)`` with the first row outside the plan; ``ScheduleError/data(_:)``.
    public func verifyOccasions(
        of dataset: Dataset, occasion: String, form: String? = nil
    ) throws(ScheduleError) {
        let column: Column
        do { column = try dataset.column(occasion) } catch { throw .data(error) }
        let all = [occasions] + ofPerson.values
        let numbers = Set(all.joined().filter { form == nil || $0.form == form }.map(\.number))
        let known = Set(numbers.map { Double($0) })
        let values = column.convertedToNumeric().numbers
        let texts = column.texts
        for (row, text) in texts.enumerated() {
            guard let text, !known.contains(values[row]) else { continue }
            let range = numbers.min().flatMap { low in numbers.max().map { "\(low) to \($0)" } } ?? "none"
            throw .answer(
                row: row + 1,
                problem: "\(occasion) \(text.prefix(40)) is outside the plan, whose occasions"
                    + (form.map { " of \($0)" } ?? "") + " are \(range); correct it, or extend the schedule",
                nearest: [])
        }
    }

    private static func when(_ time: Timestamp?, _ form: String?, _ zone: CivilTimeZone) -> String {
        guard let time, let form else { return "" }
        return " (the first is of \(form), \(time.text(in: zone)))"
    }

    private static func occasion(
        of time: Timestamp, in timeline: [PlannedOccasion], _ rules: MatchingRules
    ) -> (PlannedOccasion?, AnswerStatus) {
        var low = 0
        var high = timeline.count
        while low < high {
            let middle = (low + high) / 2
            if timeline[middle].planned <= time { low = middle + 1 } else { high = middle }
        }
        var due = low > 0 ? timeline[low - 1] : nil
        // After the last occasion no next one ends its time: the longest time between two stands for it.
        if let last = due, low == timeline.count, timeline.count > 1, rules.late == nil {
            let intervals = zip(timeline.dropFirst(), timeline).map {
                $0.planned.secondsSince1970 - $1.planned.secondsSince1970
            }
            let elapsed = time.secondsSince1970 - last.planned.secondsSince1970
            if elapsed > intervals.max() ?? 0, last.windowEnd.map({ time > $0 }) ?? true { due = nil }
        }
        if let due {
            guard let end = due.windowEnd else { return (due, .onTime) }
            if time <= end { return (due, .onTime) }
        }
        if low < timeline.count, timeline[low].planned.secondsSince1970 - time.secondsSince1970 <= rules.early {
            return (timeline[low], .early)
        }
        if let due, let end = due.windowEnd {
            let lateBy = time.secondsSince1970 - end.secondsSince1970
            if rules.late.map({ lateBy <= $0 }) ?? true { return (due, .late) }
        }
        return (nil, .outside)
    }

    private struct Cell: Hashable {
        var person: String
        var form: String
        var occasion: Int
    }

    private static func markDuplicates(_ matches: inout [AnswerMatch], _ answers: AnswerTable) {
        var cells: [Cell: [Int]] = [:]
        for (index, match) in matches.enumerated() {
            guard let occasion = match.occasion, let form = match.form else { continue }
            cells[Cell(person: match.person, form: form, occasion: occasion), default: []].append(index)
        }
        for rows in cells.values where rows.count > 1 {
            func key(_ row: Int) -> (Int, Int, Int) {
                (answers.isComplete[row] ? 0 : 1, answers.times[row]?.secondsSince1970 ?? 0, row)
            }
            let kept = rows.min { key($0) < key($1) }
            for row in rows where row != kept { matches[row].status = .duplicate }
        }
    }

    private func columns(
        _ matches: [AnswerMatch], _ occasions: [PlannedOccasion?], _ rules: MatchingRules
    ) throws(ScheduleError) -> [Column] {
        func numbers(_ value: (AnswerMatch) -> Double?) -> [Double] { matches.map { value($0) ?? .nan } }
        func minutes(_ seconds: Int?) -> Double? { seconds.map { Double($0) / 60 } }
        return [
            Column(
                name: rules.prefix + "occasion", numbers: numbers { $0.occasion.map { Double($0) } },
                label: "Number of the planned occasion", measure: .ordinal),
            Column(
                name: rules.prefix + "period", texts: matches.map { $0.period?.description },
                label: "Period that the questions are about"),
            Column(name: rules.prefix + "planned", texts: occasions.map { $0?.local }, label: "Planned time"),
            Column(
                name: rules.prefix + "latency", numbers: numbers { minutes($0.latency) },
                label: "Minutes from the planned time to the answer", measure: .scale),
            Column(
                name: rules.prefix + "late_by", numbers: numbers { minutes($0.lateBy) },
                label: "Minutes from the end of the window to the answer", measure: .scale),
            Column(
                name: rules.prefix + "status", texts: matches.map(\.status.rawValue),
                label: "How the answer stands to the plan"),
        ]
    }

    private func reports(_ matches: [AnswerMatch], _ rules: MatchingRules, enrolled: [String]) -> [FormReport] {
        var persons: [String] = []
        var positions: [String: Int] = [:]
        for person in enrolled + matches.map(\.person) where positions[person] == nil {
            positions[person] = persons.count
            persons.append(person)
        }
        var names: [String] = []
        for occasion in ([occasions] + ofPerson.sorted { $0.key < $1.key }.map(\.value)).joined()
        where !names.contains(occasion.form) { names.append(occasion.form) }
        var matchesOfForm: [String: [AnswerMatch]] = [:]
        for match in matches { if let form = match.form { matchesOfForm[form, default: []].append(match) } }
        return names.map { form in
            let own = matchesOfForm[form] ?? []
            let planned = persons.map { person in Set(occasions(of: person).filter { $0.form == form }.map(\.number)) }
            let numbers = planned.reduce(into: Set<Int>()) { $0.formUnion($1) }.sorted()
            var place: [Int: Int] = [:]
            for (index, number) in numbers.enumerated() { place[number] = index }
            var filled = planned.map { planned in numbers.map { planned.contains($0) ? false : nil as Bool? } }
            var latencies: [Double] = []
            for match in own {
                guard match.status != .duplicate, let number = match.occasion, let index = place[number],
                    let person = positions[match.person]
                else { continue }
                if match.status == .late, !rules.countsLate { continue }
                filled[person][index] = true
                if let latency = match.latency { latencies.append(Double(latency) / 60) }
            }
            var counts: [AnswerStatus: Int] = [:]
            for match in own { counts[match.status, default: 0] += 1 }
            return FormReport(
                form: form, counts: counts,
                compliance: Compliance(persons: persons, occasions: numbers.map(String.init), filled: filled),
                latency: LatencySummary(latencies))
        }
    }
}

/// The persons, times and forms of answers, by row.
private struct AnswerTable {
    var persons: [String] = []
    var times: [Timestamp?] = []
    var forms: [String?] = []
    var isComplete: [Bool] = []
    var remarks: [String] = []

    init(
        _ dataset: Dataset, _ rules: MatchingRules, plan: OccasionPlan, zone: CivilTimeZone
    ) throws(ScheduleError) {
        var identifiers: [Column] = []
        var answers: [Column] = []
        let timeColumn: Column
        let formColumn: Column?
        do {
            for name in rules.person { identifiers.append(try dataset.column(name)) }
            for name in rules.answers { answers.append(try dataset.column(name)) }
            timeColumn = try dataset.column(rules.time)
            formColumn = try rules.form.map { name throws(DatasetError) in try dataset.column(name) }
        } catch {
            throw .data(error)
        }
        guard !identifiers.isEmpty else {
            throw .data(.structure(.request(problem: "no variable is named that identifies the persons; name one")))
        }
        let names = Set(([plan.occasions] + plan.ofPerson.values).joined().map(\.form)).sorted()
        if formColumn == nil, let name = rules.formName, !names.contains(name) {
            throw .data(
                .structure(
                    .request(
                        problem: "the plan has no form \"\(name)\"; its forms are \(names.joined(separator: ", "))")))
        }
        let only = rules.formName ?? (names.count == 1 ? names[0] : nil)
        guard formColumn != nil || only != nil else {
            throw .data(
                .structure(
                    .request(
                        problem:
                            "the plan has the forms \(names.joined(separator: ", ")); name the variable that tells the "
                            + "form of an answer, or the form of all")))
        }
        let identifierTexts = identifiers.map(\.texts)
        let formTexts = formColumn?.texts
        let timeTexts = timeColumn.isNumeric ? [] : timeColumn.texts
        let timeNumbers = timeColumn.isNumeric ? timeColumn.numbers : []
        var changed: [ClockChange: [Int]] = [:]
        for row in 0..<dataset.rowCount {
            let parts = identifierTexts.compactMap { $0[row] }
            guard parts.count == identifiers.count else {
                throw .answer(row: row + 1, problem: "\(rules.person.joined(separator: ", ")) is missing", nearest: [])
            }
            let person = parts.joined(separator: "/")
            if !plan.ofPerson.isEmpty, plan.ofPerson[person] == nil {
                throw .answer(
                    row: row + 1,
                    problem: "no signals were drawn for \(rules.person.joined(separator: ", ")) \(person.prefix(40))",
                    nearest: nearestNames(to: person, among: plan.ofPerson.keys.sorted()))
            }
            persons.append(person)
            isComplete.append(answers.allSatisfy { !$0.isMissing(at: row) })
            let form = formTexts.map { $0[row] } ?? only
            if let form, !names.contains(form) {
                throw .answer(
                    row: row + 1,
                    problem:
                        "the plan has no form \"\(form.prefix(40))\"; its forms are \(names.joined(separator: ", "))",
                    nearest: Array(nearestNames(to: form, among: names).prefix(1)))
            }
            forms.append(form)
            if timeColumn.isNumeric {
                let seconds = timeNumbers[row]
                if seconds.isNaN {
                    times.append(nil)
                } else if abs(seconds) < 1e11 {
                    times.append(Timestamp(secondsSince1970: Int(seconds.rounded(.down))))
                } else {
                    throw .answer(
                        row: row + 1,
                        problem:
                            "\(rules.time) \(seconds) is not a number of seconds since 1970; are these milliseconds?",
                        nearest: [])
                }
            } else if let text = timeTexts[row] {
                guard let (time, change) = Timestamp.reading(text, in: zone) else {
                    throw .answer(
                        row: row + 1,
                        problem: "\(rules.time) \"\(text.prefix(40))\" is not a time; write 2020-03-02T09:04:00",
                        nearest: [])
                }
                if change != .none { changed[change, default: []].append(row + 1) }
                times.append(time)
            } else {
                times.append(nil)
            }
        }
        for change in [ClockChange.movedForward, .firstOfTwo] {
            guard let rows = changed[change] else { continue }
            remarks.append(
                "\(rows.count) time\(rows.count == 1 ? "" : "s") of \(rules.time) fall\(rows.count == 1 ? "s" : "") into an hour "
                    + (change == .movedForward
                        ? "that the clock skips, and is moved forward"
                        : "that the clock repeats, and the first is taken")
                    + ": data row \(rows.prefix(5).map(String.init).joined(separator: ", "))\(rows.count > 5 ? ", …" : "")"
            )
        }
    }
}
