import ArgumentParser
import Datasets
import Psychometrics
import Reporting
import Studies

struct FactorAnalysisCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "efa", abstract: "Exploratory factor analysis or principal components.")

    @Argument(help: ArgumentHelp("The data file.", valueName: "data"))
    var data: String

    @Option(help: ArgumentHelp("The items; ranges such as N1-N5 are taken.", valueName: "a,b"))
    var items: NameList

    @Option(help: "The number of factors.")
    var factors: Int

    @Option(help: "How factors are extracted: ml, pa, minres or pc.")
    var method: ExtractionMethod = .minimumResiduals

    @Option(help: "How factors are rotated: none, varimax, promax or oblimin.")
    var rotation: FactorRotation = .oblimin

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard factors > 0 else { throw ValidationError("--factors must be at least 1, not \(factors)") }
    }

    func run() throws {
        let analysis = try analysing {
            let imported = try Dataset.read(path: data)
            output.console.warn(imported.report.warnings)
            let names = try items.names.flatMap { try ItemRange($0).items(in: imported.dataset) }
            return try FactorAnalysis(
                imported.dataset, items: names, factors: factors, method: method, rotation: rotation)
        }
        output.console.warn(analysis.warnings)
        try output.write(analysis.contract, text: analysis.document)
    }
}

extension ExtractionMethod: ExpressibleByArgument {}
extension FactorRotation: ExpressibleByArgument {}
