import ArgumentParser
import Datasets
import Reporting
import Studies
import StudyDesign

struct ScheduleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule", abstract: "The planned occasions of a diary study, from the text of its schedule.",
        discussion: """
            A schedule has a statement on each line:

              time zone Asia/Shanghai
              for 5 months from 2020-03
              window 10 minutes
              morning: first workday of month 09:00
              evening: every workday 09:00-21:00 5 times random at least 30 minutes apart

            Random signals are drawn for each person with --seed.
            """)

    @Argument(help: ArgumentHelp("The schedule; - for standard input.", valueName: "schedule"))
    var schedule: String

    @OptionGroup var options: ScheduleOptions

    @Option(
        help: ArgumentHelp("How many persons random signals are drawn for, or their names.", valueName: "n|a,b"))
    var persons: NameList?

    @Option(
        help: ArgumentHelp(
            "A data file with the persons, identified by its first variable or --person.", valueName: "file"))
    var personsFile: String?

    @Option(help: ArgumentHelp("The variables of that file that identify a person.", valueName: "a,b"))
    var person: NameList?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Write the occasions as data: a .csv or .sav file, or - for CSV.", valueName: "file"))
    var output: DataFileOption?

    @OptionGroup var outputs: OutputOptions

    func validate() throws {
        if persons != nil, personsFile != nil { throw ValidationError("give --persons or --persons-file, not both") }
        if person != nil, personsFile == nil {
            throw ValidationError("--person names variables of --persons-file; add that file")
        }
        if let count = personCount, !(1...100_000).contains(count) {
            throw ValidationError("--persons must be between 1 and 100000, not \(count)")
        }
        try outputs.verify(output)
    }

    private var personCount: Int? {
        persons.flatMap { $0.names.count == 1 ? Int($0.names[0]) : nil }
    }

    func run() throws {
        let result = try analysing {
            let result = try ScheduleResult(
                try options.schedule(path: schedule), persons: try names(), seed: outputs.seed ?? 1)
            try output?.write(try result.plan.dataset(), console: outputs.console)
            return result
        }
        outputs.console.warn(result.warnings)
        if output?.isStandardOutput == true, outputs.json == nil { return }
        try outputs.write(result.contract, text: result.document)
    }

    private func names() throws -> [String] {
        if let count = personCount { return (1...count).map(String.init) }
        guard let personsFile else { return persons?.names ?? [] }
        let dataset = try Dataset.read(path: personsFile).dataset
        return try ScheduleResult.persons(in: dataset, person?.names ?? Array(dataset.names.prefix(1)))
    }
}

extension OutputOptions {
    /// Verifies that the format of the data is known, and that not both data and figures go to standard output.
    func verify(_ file: DataFileOption?) throws {
        try file?.verify()
        if json == "-", file?.isStandardOutput == true {
            throw ValidationError("--json - and --output - both write to standard output; name a file for one of them")
        }
    }
}
