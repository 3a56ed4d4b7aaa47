import ArgumentParser
import Datasets
import Reporting
import SetTheoreticAnalysis
import Studies

struct ConfigurationalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "qca",
        abstract: "Qualitative comparative analysis: calibration, necessity, truth table, every minimal model.")

    @Argument(help: ArgumentHelp("The data file, a row for each case.", valueName: "data"))
    var data: String

    @OptionGroup var options: ConfigurationalOptions
    @OptionGroup var output: OutputOptions

    @Flag(help: "List the rows of the truth table that no case shows, too.")
    var allRows = false

    func run() throws {
        let settings = try options.settings()
        let analysis = try analysing {
            let imported = try Dataset.read(path: data)
            output.console.warn(imported.report.warnings)
            return try ConfigurationalAnalysis(imported.dataset, settings: settings)
        }
        output.console.warn(analysis.warnings)
        try output.write(analysis.contract(includesRemainders: allRows), text: analysis.document())
    }
}
