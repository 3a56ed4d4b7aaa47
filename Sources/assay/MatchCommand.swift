import ArgumentParser
import Datasets
import Reporting
import Studies
import StudyDesign

struct MatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "match",
        abstract: "Which answers of a diary study belong to which planned occasion; compliance, latency, drop-out.",
        discussion: """
            Answers are on time, late, early, duplicates, or outside the plan; each that is not on time is listed with its data
            row. The file of --output has a row for each person and occasion, forms about the same period side by side.
            """)

    @Argument(help: ArgumentHelp("The data file, a row for each answer.", valueName: "data"))
    var data: String

    @Argument(help: ArgumentHelp("The schedule; see `assay schedule`.", valueName: "schedule"))
    var schedule: String

    @Option(help: ArgumentHelp("The variables that identify a person.", valueName: "a,b"))
    var person: NameList

    @Option(
        help: ArgumentHelp(
            "The variable with the time of the answer; FORM=VARIABLE, repeated, where a row holds several forms.",
            valueName: "variable"))
    var time: [String]

    @Option(help: ArgumentHelp("The variable with the form, where the schedule has several.", valueName: "variable"))
    var form: String?

    @Option(help: ArgumentHelp("The form of all answers, where no variable tells it.", valueName: "name"))
    var formName: String?

    @Option(help: ArgumentHelp("Variables that must all have a value for an answer to be complete.", valueName: "a,b"))
    var answers: NameList?

    @Option(
        help: ArgumentHelp(
            "How long after its window an answer counts as late (default: until the next occasion).",
            valueName: "minutes"))
    var late: Double?

    @Option(help: ArgumentHelp("How long before its time an answer counts as early.", valueName: "minutes"))
    var early: Double = 0

    @Flag(help: "Count late answers as missed.")
    var lateIsMissed = false

    @Option(
        help: ArgumentHelp(
            "A data file with the variables of --person, for those who take part and may never have answered.",
            valueName: "file"))
    var enrolled: String?

    @Option(
        help: ArgumentHelp("A variable that counts the occasions itself; it is verified.", valueName: "variable"))
    var occasion: String?

    @Flag(help: "End with an error if an answer is outside the plan or without a time.")
    var strict = false

    @OptionGroup var options: ScheduleOptions

    @Option(help: ArgumentHelp("What the names of new variables begin with.", valueName: "text"))
    var prefix = "plan."

    @Option(help: ArgumentHelp("The variables to write where forms stand side by side.", valueName: "a,b"))
    var variables: NameList?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Write the matched answers: a .csv or .sav file, or - for CSV.", valueName: "file"))
    var output: DataFileOption?

    @OptionGroup var outputs: OutputOptions

    func validate() throws {
        if time.isEmpty { throw ValidationError("name the variable with the time of the answer: --time VARIABLE") }
        if try !formTimes().isEmpty, form != nil || formName != nil {
            throw ValidationError("--time FORM=VARIABLE says the form already; leave out --form and --form-name")
        }
        for (name, value) in [("--late", late), ("--early", early)] {
            if let value, !(value >= 0 && value <= 1e7) {
                throw ValidationError("\(name) must be a number of minutes from 0 to 10000000, not \(value)")
            }
        }
        if form != nil, formName != nil { throw ValidationError("give --form or --form-name, not both") }
        try outputs.verify(output)
    }

    /// The forms with the variables of their times, where a row holds several forms.
    private func formTimes() throws -> [(form: String, variable: String)] {
        if time.count == 1, !time[0].contains("=") { return [] }
        let pairs = try time.map { text in
            guard let sign = text.lastIndex(of: "="), sign != text.startIndex, text.index(after: sign) != text.endIndex
            else { throw ValidationError("--time '\(text)' is not of the form FORM=VARIABLE") }
            return (form: String(text[..<sign]), variable: String(text[text.index(after: sign)...]))
        }
        for (index, pair) in pairs.enumerated() where pairs[..<index].contains(where: { $0.form == pair.form }) {
            throw ValidationError("--time names the form \(pair.form) twice")
        }
        return pairs
    }

    func run() throws {
        let result = try analysing {
            let imported = try Dataset.read(path: data)
            outputs.console.warn(imported.report.warnings)
            let dataset = imported.dataset
            let rules = MatchingRules(
                person: person.names, time: time[0], form: form, formName: formName,
                answers: try answers?.names.flatMap { try ItemRange($0).items(in: dataset) } ?? [],
                early: Int((60 * early).rounded()), late: late.map { Int((60 * $0).rounded()) },
                countsLate: !lateIsMissed, prefix: prefix)
            var persons: [String] = []
            if let enrolled {
                persons = try ScheduleResult.persons(in: try Dataset.read(path: enrolled).dataset, person.names)
            }
            let plan = try options.schedule(path: schedule), times = try formTimes(), seed = outputs.seed ?? 1
            let result =
                times.isEmpty
                ? try ScheduleResult(plan, matching: dataset, rules, enrolled: persons, seed: seed)
                : try ScheduleResult(
                    plan, matching: dataset, times: times.map { ($0.form, $0.variable, nil) }, rules, enrolled: persons,
                    seed: seed)
            guard let matched = result.answers else { return result }
            if strict, let fault = Self.fault(matched) { throw CommandFailure.analysis(fault) }
            if let occasion {
                try result.plan.verifyOccasions(of: dataset, occasion: occasion, form: formName)
                outputs.console.warn(try Self.contradictions(occasion, dataset, matched))
            }
            if let output {
                let aligned =
                    times.isEmpty
                    ? try matched.aligned(rules, plan: result.plan, variables: variables?.names) : matched.dataset
                try output.write(aligned, console: outputs.console)
            }
            return result
        }
        outputs.console.warn(result.warnings)
        if output?.isStandardOutput == true, outputs.json == nil { return }
        try outputs.write(result.contract, text: result.document)
    }

    /// What `--strict` does not let pass.
    private static func fault(_ answers: MatchedAnswers) -> String? {
        let found = answers.matches.filter { $0.status == .outside || $0.status == .untimed }
        guard let first = found.first else { return nil }
        return "data row \(first.row): the answer of \(first.person)"
            + (first.form.map { " to \($0)" } ?? "") + " is \(first.status.rawValue)"
            + "; "
            + (found.count > 1 ? "\(found.count - 1) more are outside the plan or without a time; " : "")
            + "correct the time, extend the schedule, or leave out --strict"
    }

    /// Rows whose own number of the occasion is not that of the planned one.
    private static func contradictions(
        _ occasion: String, _ dataset: Dataset, _ answers: MatchedAnswers
    ) throws -> [String] {
        let numbers = try dataset.column(occasion).convertedToNumeric().numbers
        let found = answers.matches.filter { match in
            match.occasion.map { Double($0) != numbers[match.row - 1] && numbers[match.row - 1].isFinite } ?? false
        }
        guard let first = found.first, let planned = first.occasion else { return [] }
        let rows = found.prefix(5).map { String($0.row) }.joined(separator: ", ") + (found.count > 5 ? ", …" : "")
        return [
            "\(occasion) is not the planned occasion in \(found.count) row\(found.count == 1 ? "" : "s"): data row \(rows) "
                + "(the first belongs to occasion \(planned) by its time)"
        ]
    }
}
