public import Datasets
public import Reporting
public import StudyDesign

extension ScheduleResult {
    /// The occasions of a schedule.
    ///
    /// - Parameters:
    ///   - schedule: The schedule.
    ///   - persons: The persons for whom random signals are drawn.
    ///   - seed: The seed of random signals.
    /// - Throws: `ScheduleError`.
    public init(_ schedule: Schedule, persons: [String] = [], seed: UInt64 = 1) throws(ScheduleError) {
        self.init(plan: try schedule.plan(persons: persons, seed: seed), answers: nil)
    }

    /// The occasions of a schedule and the answers that belong to them. Random signals are drawn for the persons enrolled and
    /// those in the data.
    ///
    /// - Parameters:
    ///   - schedule: The schedule.
    ///   - dataset: The answers, a row for each.
    ///   - rules: Where the answers are, and which of them belong to an occasion.
    ///   - enrolled: The persons that take part, their identifiers joined by `/`; those in the data are added.
    ///   - seed: The seed of random signals.
    /// - Throws: `ScheduleError`.
    public init(
        _ schedule: Schedule, matching dataset: Dataset, _ rules: MatchingRules, enrolled: [String] = [],
        seed: UInt64 = 1
    ) throws(ScheduleError) {
        var persons: [String] = [], seen: Set<String> = []
        for person in try enrolled + Self.persons(in: dataset, rules.person) where seen.insert(person).inserted {
            persons.append(person)
        }
        let plan = try schedule.plan(persons: persons, seed: seed)
        var answers = try plan.matching(dataset, rules, zone: schedule.timeZone, enrolled: enrolled)
        // Of the other forms there are no answers here, so that nothing can be missed.
        if let name = rules.formName { answers.forms.removeAll { $0.form != name } }
        self.init(plan: plan, answers: answers)
    }

    /// The occasions of a schedule and the answers of data that have the forms of an occasion in one row, each with its time.
    ///
    /// The new variables are those of the forms, such as `plan.morning.occasion`; matches are listed form by form.
    ///
    /// - Parameters:
    ///   - schedule: The schedule.
    ///   - dataset: The answers, a row for each person and occasion.
    ///   - times: The forms, the variables with the time of their answers, and those that make an answer complete; nil for
    ///     those of `rules`.
    ///   - rules: Which answers belong to an occasion.
    ///   - enrolled: The persons that take part, their identifiers joined by `/`; those in the data are added.
    ///   - seed: The seed of random signals.
    /// - Throws: `ScheduleError`.
    public init(
        _ schedule: Schedule, matching dataset: Dataset, times: [(form: String, variable: String, answers: [String]?)],
        _ rules: MatchingRules, enrolled: [String] = [], seed: UInt64 = 1
    ) throws(ScheduleError) {
        var result: ScheduleResult?
        for (form, variable, answers) in times {
            var own = rules
            own.time = variable
            own.form = nil
            own.formName = form
            own.answers = answers ?? rules.answers
            own.prefix = rules.prefix + form + "."
            let next = try ScheduleResult(
                schedule, matching: result?.answers?.dataset ?? dataset, own, enrolled: enrolled, seed: seed)
            guard var all = result?.answers, let added = next.answers else {
                result = next
                continue
            }
            all.dataset = added.dataset
            all.matches += added.matches
            all.forms += added.forms
            all.remarks += added.remarks
            result = ScheduleResult(plan: next.plan, answers: all)
        }
        guard let result else {
            throw .data(.structure(.request(problem: "no form is named with the variable of its time; name one")))
        }
        self = result
    }

    /// The persons of a dataset in the order in which they first appear, their identifiers joined by `/`.
    ///
    /// - Throws: `ScheduleError.data(_:)` for a variable that is not there.
    public static func persons(in dataset: Dataset, _ variables: [String]) throws(ScheduleError) -> [String] {
        var columns: [[String?]] = []
        do throws(DatasetError) {
            for name in variables { columns.append(try dataset.column(name).texts) }
        } catch { throw .data(error) }
        guard !columns.isEmpty else { return [] }
        var persons: [String] = [], seen: Set<String> = []
        for row in 0..<dataset.rowCount {
            let parts = columns.compactMap { $0[row] }
            guard parts.count == columns.count else { continue }
            let person = parts.joined(separator: "/")
            if seen.insert(person).inserted { persons.append(person) }
        }
        return persons
    }

    /// What the reader should know.
    public var warnings: [String] { plan.remarks + (answers?.remarks ?? []) }

    /// The document of the contract: that of `assay match` with answers, else that of `assay schedule`.
    public var contract: JSON {
        guard let answers else {
            return .contract(analysis: "schedule", warnings: warnings, JSON.occasions(plan))
        }
        return .contract(analysis: "match", warnings: warnings, JSON.occasions(plan) + JSON.answers(answers))
    }

    /// The tables for a terminal.
    public var document: Document {
        guard let answers else {
            return Document(title: "Schedule", blocks: [.table(.occasions(plan))]).numbered()
        }
        var blocks: [Document.Block] = [.table(.answersByForm(answers)), .table(.latencies(answers.forms))]
        if let table = Table.answersOffPlan(answers) { blocks.append(.table(table)) }
        for form in answers.forms {
            let name = answers.forms.count > 1 ? form.form : nil
            blocks.append(.table(.complianceByOccasion(form.compliance, form: name)))
            if let table = Table.missedOccasions(form.compliance, form: name) { blocks.append(.table(table)) }
        }
        return Document(title: "Answers and planned occasions", blocks: blocks).numbered()
    }
}

extension MatchedAnswers {
    /// The answers that are kept, ready for the analysis: a row for each person and occasion, with the forms side by side
    /// where those of the same number are about the same period; else a row for each person, form and occasion.
    ///
    /// - Parameters:
    ///   - rules: The rules of the matching.
    ///   - plan: The plan.
    ///   - variables: The variables to take, where forms are put side by side; nil takes all that are not the person's, the
    ///     time's or the form's.
    /// - Throws: `ScheduleError.data(_:)` if a variable has two values at an occasion.
    public func aligned(
        _ rules: MatchingRules, plan: OccasionPlan, variables: [String]? = nil
    ) throws(ScheduleError) -> Dataset {
        var forms: Set<String> = [], periods: [Int: Period] = [:], agree = true
        for occasion in ([plan.occasions] + plan.ofPerson.values).joined() {
            forms.insert(occasion.form)
            if let known = periods[occasion.number] { agree = agree && known == occasion.period }
            periods[occasion.number] = occasion.period
        }
        guard forms.count > 1, rules.form != nil, agree else { return kept }
        let own = ["occasion", "period", "planned", "latency", "late_by", "status"].map { rules.prefix + $0 }
        let taken = Set(rules.person + [rules.time] + own + (rules.form.map { [$0] } ?? []))
        let names = variables ?? dataset.names.filter { !taken.contains($0) }
        return try byOccasion([rules.prefix + "period"] + names, rules)
    }
}
