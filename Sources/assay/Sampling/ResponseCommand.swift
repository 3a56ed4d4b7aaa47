import ArgumentParser
import Datasets
import Reporting
import Studies
import StudyDesign

struct ResponseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "response",
        abstract: "The response to a survey: rates, its course, tests of non-response bias, weights.",
        discussion: """
            The data are the list of all units drawn, with what became of each:

              assay plan response list.csv --disposition status --complete 1 --refusal 2 --noncontact 3 --ineligible 8 \\
                  --by district --wave wave --compare size,age --classes district --trim 3 --output weighted.csv

            Units without a disposition have not answered. Rates are those of AAPOR (2016).
            """)

    @Argument(help: ArgumentHelp("The list of all units drawn.", valueName: "data"))
    var data: String

    @Option(help: ArgumentHelp("The variable with the disposition of each unit.", valueName: "variable"))
    var disposition: String

    @Option(help: ArgumentHelp("Its values for a complete questionnaire.", valueName: "value,value"))
    var complete: NameList

    @Option(help: ArgumentHelp("For a partial one that can be used.", valueName: "value,value"))
    var partial: NameList?

    @Option(help: ArgumentHelp("For one that came back and cannot be used.", valueName: "value,value"))
    var invalid: NameList?

    @Option(help: ArgumentHelp("For a refusal, or one broken off.", valueName: "value,value"))
    var refusal: NameList?

    @Option(help: ArgumentHelp("For no contact, or no answer.", valueName: "value,value"))
    var noncontact: NameList?

    @Option(help: ArgumentHelp("For other reasons of an eligible unit.", valueName: "value,value"))
    var other: NameList?

    @Option(help: ArgumentHelp("For units that may or may not be eligible.", valueName: "value,value"))
    var unknown: NameList?

    @Option(help: ArgumentHelp("For units that are not eligible.", valueName: "value,value"))
    var ineligible: NameList?

    @Option(
        help: ArgumentHelp("The share of unknown units that is eligible (default: that of the known).", valueName: "e"))
    var eligibleShare: Double?

    @Flag(help: "Count partial questionnaires as no response in comparisons and weights.")
    var completeOnly = false

    @Option(help: ArgumentHelp("The variables by which responses are counted.", valueName: "a,b"))
    var by: NameList?

    @Option(help: ArgumentHelp("The variable with the wave of each answer.", valueName: "variable"))
    var wave: String?

    @Option(help: ArgumentHelp("The variable with the date of each answer.", valueName: "variable"))
    var date: String?

    @Option(
        help: ArgumentHelp("What is known of all units: respondents against non-respondents.", valueName: "a,b"))
    var compare: NameList?

    @Option(help: ArgumentHelp("What early and late respondents are compared in.", valueName: "a,b"))
    var compareWaves: NameList?

    @Option(help: ArgumentHelp("The standardised difference that counts as negligible.", valueName: "d"))
    var bound = 0.3

    @Flag(help: "Compute weights without classes or margins.")
    var weights = false

    @Option(help: ArgumentHelp("The variable with the design weights.", valueName: "variable"))
    var base: String?

    @Option(help: ArgumentHelp("The variables that form weighting classes.", valueName: "a,b"))
    var classes: NameList?

    @Option(help: ArgumentHelp("The variables to be raked to their distribution in the list.", valueName: "a,b"))
    var rake: NameList?

    @Option(
        help: ArgumentHelp("Known totals or shares to rake to; repeatable.", valueName: "variable: a=1,b=2"))
    var margin: [String] = []

    @Option(help: ArgumentHelp("The largest weight, in multiples of the mean.", valueName: "x"))
    var trim: Double?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Write the list with the weights: a .csv or .sav file, or - for CSV.", valueName: "file"))
    var output: DataFileOption?

    @OptionGroup var outputs: OutputOptions

    func validate() throws {
        guard bound > 0, bound.isFinite else { throw ValidationError("--bound must be positive, not \(bound)") }
        if let trim, !(trim > 1 && trim.isFinite) {
            throw ValidationError("--trim must be above 1, as a multiple of the mean weight, not \(trim)")
        }
        if wave != nil, date != nil { throw ValidationError("give --wave or --date, not both") }
        if compareWaves != nil, wave == nil, date == nil {
            throw ValidationError("--compare-waves needs --wave or --date, which tell early from late")
        }
        _ = try margins()
        try outputs.verify(output)
    }

    private func margins() throws -> [(variable: String, totals: [String: Double])] {
        try margin.map { text in
            let parts = text.split(separator: ":", maxSplits: 1).map { NameList(argument: String($0))?.names ?? [] }
            let pairs = (parts.count == 2 ? parts[1] : []).map {
                $0.split(separator: "=", maxSplits: 1).map(String.init)
            }
            guard parts.count == 2, parts[0].count == 1, !pairs.isEmpty else {
                throw ValidationError("--margin '\(text)' is not of the form VARIABLE: A=NUMBER,B=NUMBER")
            }
            var totals: [String: Double] = [:]
            for pair in pairs {
                guard pair.count == 2, let value = Double(pair[1]), totals.updateValue(value, forKey: pair[0]) == nil
                else {
                    throw ValidationError(
                        "--margin '\(text)': '\(pair.joined(separator: "="))' is not of the form CATEGORY=NUMBER, once each"
                    )
                }
            }
            return (parts[0][0], totals)
        }
    }

    private func plan() throws -> ResponseStudy.Plan {
        let codes: [(Disposition, NameList?)] = [
            (.complete, complete), (.partial, partial), (.invalid, invalid), (.refusal, refusal),
            (.noncontact, noncontact),
            (.other, other), (.unknown, unknown), (.ineligible, ineligible),
        ]
        var plan = ResponseStudy.Plan(
            disposition: disposition, codes: Dictionary(uniqueKeysWithValues: codes.map { ($0, $1?.names ?? []) }))
        plan.countsPartial = !completeOnly
        plan.eligibleShare = eligibleShare
        plan.by = by?.names ?? []
        plan.wave = wave
        plan.date = date
        plan.compare = compare?.names ?? []
        plan.compareWaves = compareWaves?.names ?? []
        plan.bound = bound
        if weights || base != nil || classes != nil || rake != nil || !margin.isEmpty || trim != nil {
            var wanted = ResponseStudy.Weights()
            wanted.base = base
            wanted.classes = classes?.names ?? []
            wanted.rake = rake?.names ?? []
            wanted.margins = try margins()
            wanted.trim = trim
            plan.weights = wanted
        }
        return plan
    }

    func run() throws {
        let study = try analysing {
            let imported = try Dataset.read(path: data)
            outputs.console.warn(imported.report.warnings)
            let study = try ResponseStudy(imported.dataset, try plan())
            try output?.write(try study.weighting(imported.dataset), console: outputs.console)
            return study
        }
        outputs.console.warn(study.warnings)
        if output?.isStandardOutput == true, outputs.json == nil { return }
        try outputs.write(study.contract, text: study.document)
    }
}
