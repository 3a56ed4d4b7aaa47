import ArgumentParser
import Datasets
import Psychometrics
import Reporting
import Studies

struct DescribeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe",
        abstract: "Distributions, correlations, collinearity, normality; with --group their shares between groups.")

    @Argument(help: ArgumentHelp("The data file.", valueName: "data"))
    var data: String

    @Option(help: ArgumentHelp("The variables (default: all numeric ones).", valueName: "a,b"))
    var variables: NameList?

    @Option(help: ArgumentHelp("The variable that forms groups of cases.", valueName: "variable"))
    var group: String?

    @Option(help: "Whether a case must be complete: listwise or pairwise.")
    var missing: Psychometrics.MissingTreatment = .pairwise

    @OptionGroup var output: OutputOptions

    func run() throws {
        let analysis = try analysing {
            let imported = try Dataset.read(path: data)
            output.console.warn(imported.report.warnings)
            let names = try variables?.names.flatMap { try ItemRange($0).items(in: imported.dataset) }
            return try DescriptiveAnalysis(
                imported.dataset, variables: names, group: group, missing: missing)
        }
        output.console.warn(analysis.warnings)
        try output.write(analysis.contract, text: analysis.document)
    }
}

extension Psychometrics.MissingTreatment: ExpressibleByArgument {}
