import ArgumentParser
import Datasets
import Psychometrics
import Reporting
import Studies

struct ScreenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "screen",
        abstract: "Who may have answered carelessly: strings, distances, consistency, time, checks, duplicates.",
        discussion: """
            Every index has a threshold with its source, and --threshold sets another, as longstring=12 or mahalanobis=0.01. The
            indices are longstring, average string, irv, mahalanobis (a probability), even-odd, synonyms, antonyms, time (seconds
            per item), attention (checks failed), match, and missing. No case is deleted: --output writes the data with the values
            of the indices and the number of flags of each case.
            """)

    @Argument(help: ArgumentHelp("The data file.", valueName: "data"))
    var data: String

    @OptionGroup var scales: ScaleDefinitions

    @Option(
        help: ArgumentHelp(
            "The items in the order of the questionnaire (default: those of the scales in the order of the data).",
            valueName: "item,item"))
    var items: NameList?

    @Option(help: ArgumentHelp("The variable that names the cases.", valueName: "variable"))
    var id: String?

    @Option(help: ArgumentHelp("The variable with the time that each case took for the items.", valueName: "variable"))
    var time: String?

    @Option(help: ArgumentHelp("seconds, minutes or milliseconds (default: seconds).", valueName: "unit"))
    var timeUnit: TimeUnit = .seconds

    @Option(
        help: ArgumentHelp("An attention check and its instructed answer; repeatable.", valueName: "variable=answer"))
    var attention: [String] = []

    @Option(help: ArgumentHelp("Where an index is cut; repeatable.", valueName: "index=number"))
    var threshold: [String] = []

    @Option(
        help: ArgumentHelp("The correlation above which two items are psychometric synonyms.", valueName: "r"))
    var pairCorrelation = 0.6

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Write the data with the flags: a .csv or .sav file, or - for CSV.", valueName: "file"))
    var output: DataFileOption?

    @OptionGroup var outputs: OutputOptions

    func validate() throws {
        if scales.scale.isEmpty, items == nil {
            throw ValidationError("name what to screen: --scale NAME=ITEM,ITEM,…, or --items ITEM,ITEM,…")
        }
        guard pairCorrelation > 0, pairCorrelation < 1 else {
            throw ValidationError("--pair-correlation must lie between 0 and 1, not \(pairCorrelation)")
        }
        if timeUnit != .seconds, time == nil {
            throw ValidationError("--time-unit is the unit of --time; name the variable with the time")
        }
        _ = try thresholds()
        _ = try checks()
        try outputs.verify(output)
    }

    private func thresholds() throws -> [CarelessIndex: Double] {
        var result: [CarelessIndex: Double] = [:]
        for text in threshold {
            let parts = Self.sides(text)
            guard let (name, value) = parts, let number = Double(value), number.isFinite else {
                throw ValidationError(
                    "--threshold '\(text)' is not of the form INDEX=NUMBER, for example longstring=12")
            }
            guard let index = CarelessIndex(rawValue: name) else {
                let names = CarelessIndex.allCases.map(\.rawValue)
                let nearest = nearestNames(to: name, among: names).first
                throw ValidationError(
                    "there is no index '\(name)'"
                        + (nearest.map { "; did you mean '\($0)'?" } ?? "; there are \(names.joined(separator: ", "))"))
            }
            if let fault = index.fault(ofThreshold: number) { throw ValidationError(fault) }
            result[index] = number
        }
        return result
    }

    private func checks() throws -> [(variable: String, answer: String)] {
        try attention.map { text in
            guard let (variable, answer) = Self.sides(text) else {
                throw ValidationError("--attention '\(text)' is not of the form VARIABLE=ANSWER, for example AC1=4")
            }
            return (variable, answer)
        }
    }

    private static func sides(_ text: String) -> (String, String)? {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        return parts.count == 2 && !parts[0].isEmpty && !parts[1].isEmpty ? (parts[0], parts[1]) : nil
    }

    func run() throws {
        let study = try analysing {
            let imported = try Dataset.read(path: data)
            outputs.console.warn(imported.report.warnings)
            let codebook = try scales.codebook()
            let (dataset, remarks) = try codebook.apply(to: imported.dataset)
            outputs.console.note(remarks.map(\.description))
            let constructs = try codebook.scales.filter { if case .items = $0.content { true } else { false } }.map {
                ReliabilityAnalysis.Scale(name: $0.name, items: try codebook.items(of: $0.name, in: dataset))
            }
            var plan = ScreeningStudy.Plan(
                scales: constructs, items: try items?.names.flatMap { try ItemRange($0).items(in: dataset) })
            plan.identifier = id
            plan.time = time
            plan.secondsPerUnit = timeUnit.seconds
            plan.checks = try checks()
            plan.settings = .init(thresholds: try thresholds(), pairCorrelation: pairCorrelation)
            let study = try ScreeningStudy(dataset, plan)
            try output?.write(try study.marking(imported.dataset), console: outputs.console)
            return study
        }
        outputs.console.warn(study.warnings)
        if output?.isStandardOutput == true, outputs.json == nil { return }
        try outputs.write(study.contract, text: study.document)
    }
}

extension TimeUnit: ExpressibleByArgument {}
