import ArgumentParser
import Datasets
import Reporting
import Studies
import StudyDesign

struct DrawCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "draw",
        abstract: "Draw a sample from a list of units, with the probability and the design weight of each unit drawn.",
        discussion: """
            A sample in one stage takes --take, --strata, --method and so on; one in several stages has a --stage for each, from
            the largest units to the smallest:

              assay plan draw firms.csv --take 96 --strata district --output sample.csv
              assay plan draw firms.csv --id firm --stage 'district: all' --stage 'firm: 96' \\
                  --stage 'executive: 3-4, of=executives'

            A stage is UNIT: NUMBER (in all), `each NUMBER` (in each unit of the stage before), a range, or `all`; then, with
            commas, method=simple|systematic|pps, measure=VARIABLE, strata=A+B, allocation=proportional|equal|neyman,
            deviation=VARIABLE, minimum=N, order=A+B, of=VARIABLE (how many there are, where units are not rows). The same frame,
            plan and --seed give the same sample on every machine.
            """)

    @Argument(help: ArgumentHelp("The frame: a data file with a row for each unit.", valueName: "frame"))
    var frame: String

    @Option(help: ArgumentHelp("The variable that identifies the rows.", valueName: "variable"))
    var id: String?

    @Option(help: ArgumentHelp("A stage of a sample in several stages; repeatable.", valueName: "unit: number, …"))
    var stage: [String] = []

    @Option(help: ArgumentHelp("How many units are drawn.", valueName: "n"))
    var take: Int?

    @Option(help: ArgumentHelp("Draw whole groups of this variable, such as schools, not rows.", valueName: "variable"))
    var clusters: String?

    @Option(help: ArgumentHelp("The variables whose combinations are the strata.", valueName: "a,b"))
    var strata: NameList?

    @Option(help: ArgumentHelp("How the sample is shared out: proportional, equal or neyman.", valueName: "rule"))
    var allocation: String?

    @Option(help: ArgumentHelp("The variable whose spread neyman allocation takes.", valueName: "variable"))
    var deviation: String?

    @Option(help: ArgumentHelp("The least number in each stratum (default: 1).", valueName: "n"))
    var minimum: Int?

    @Option(help: ArgumentHelp("How units are drawn: simple, systematic or pps.", valueName: "method"))
    var method: String?

    @Option(help: ArgumentHelp("The measure of size of --method pps.", valueName: "variable"))
    var measure: String?

    @Option(help: ArgumentHelp("The variables that order the list of a systematic selection.", valueName: "a,b"))
    var order: NameList?

    @Option(help: ArgumentHelp("The intraclass correlation at which precision is shown.", valueName: "r"))
    var icc: Double?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Write the sample as data: a .csv or .sav file, or - for CSV.", valueName: "file"))
    var output: DataFileOption?

    @OptionGroup var outputs: OutputOptions

    func validate() throws {
        let single: [Any?] = [take, clusters, strata, allocation, deviation, minimum, method, measure, order]
        let isSingle = single.contains { $0 != nil }
        if !stage.isEmpty, isSingle {
            throw ValidationError(
                "--stage says all of a stage; put what other options say into it, or leave --stage out")
        }
        if stage.isEmpty, take == nil {
            throw ValidationError("say how many units are drawn: --take N, or a --stage for each stage")
        }
        _ = try stages()
        try outputs.verify(output)
    }

    private func stages() throws -> [SamplingStage] {
        do throws(SamplingError) {
            guard stage.isEmpty else {
                var stages: [SamplingStage] = []
                for text in stage { stages.append(try SamplingStage(text)) }
                return stages
            }
            let settings: [(String, String?)] = [
                ("take", take.map(String.init)), ("strata", strata?.names.joined(separator: "+")),
                ("allocation", allocation), ("deviation", deviation), ("minimum", minimum.map(String.init)),
                ("method", method), ("measure", measure), ("order", order?.names.joined(separator: "+")),
            ]
            return [
                try SamplingStage(
                    unit: clusters, settings: settings.compactMap { name, value in value.map { (name, $0) } })
            ]
        } catch { throw ValidationError(error.description) }
    }

    func run() throws {
        let study = try analysing {
            let imported = try Dataset.read(path: frame)
            outputs.console.warn(imported.report.warnings)
            let study = try SampleDrawStudy(
                imported.dataset, identifier: id, stages: try stages(), correlation: icc, seed: outputs.seed ?? 1)
            try output?.write(try study.draw.dataset(), console: outputs.console)
            return study
        }
        outputs.console.warn(study.warnings)
        if output?.isStandardOutput == true, outputs.json == nil { return }
        try outputs.write(study.contract, text: study.document)
    }
}
