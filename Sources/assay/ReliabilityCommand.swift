import ArgumentParser
import Datasets
import Reporting
import Studies

struct ReliabilityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reliability", abstract: "Item analysis, alpha, omega, composite reliability and AVE of scales.")

    @Argument(help: ArgumentHelp("The data file.", valueName: "data"))
    var data: String

    @OptionGroup var scales: ScaleOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let codebook = try scales.codebook()
        let analysis = try analysing {
            let imported = try Dataset.read(path: data)
            output.console.warn(imported.report.warnings)
            let (dataset, warnings) = try codebook.apply(to: imported.dataset)
            if !output.quiet {
                for warning in warnings { output.console.printError("note: \(warning.description)\n") }
            }
            return try ReliabilityAnalysis(
                dataset,
                scales: codebook.scales.map {
                    .init(name: $0.name, items: try codebook.items(of: $0.name, in: dataset))
                })
        }
        output.console.warn(analysis.warnings)
        try output.write(analysis.contract, text: analysis.document)
    }
}
