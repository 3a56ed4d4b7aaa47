import ArgumentParser
import Datasets
import Reporting
import Studies

struct ValidityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validity",
        abstract: "Convergent and discriminant validity of constructs: CFA, CR, AVE, Fornell–Larcker, HTMT.")

    @Argument(help: ArgumentHelp("The data file.", valueName: "data"))
    var data: String

    @OptionGroup var scales: ScaleOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        try output.write(.validity(.all), data: data, codebook: try scales.codebook())
    }
}

struct MethodBiasCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "method-bias",
        abstract: "Checks for common method bias: Harman, single factor, common latent factor, ULMC, marker.")

    @Argument(help: ArgumentHelp("The data file.", valueName: "data"))
    var data: String

    @OptionGroup var scales: ScaleOptions

    @Option(help: ArgumentHelp("A variable that theory says is unrelated to the constructs.", valueName: "variable"))
    var marker: String?

    @OptionGroup var output: OutputOptions

    func run() throws {
        let plan = MethodBiasPlan(marker: marker.map { Located($0, at: .start) })
        try output.write(.methodBias(plan), data: data, codebook: try scales.codebook())
    }
}

extension OutputOptions {
    /// Carries out one analysis of a study and writes its tables or figures.
    fileprivate func write(_ analysis: PlannedAnalysis.Kind, data: String, codebook: Codebook) throws {
        let report = try analysing {
            let imported = try Dataset.read(path: data)
            console.warn(imported.report.warnings)
            for scale in codebook.scales {
                for item in try codebook.items(of: scale.name, in: imported.dataset)
                where codebook.scales.contains(where: { $0.name == item }) {
                    throw CommandFailure.analysis("\(item) is an item and the name of a scale; rename the scale")
                }
            }
            let report = try Study(analysis, codebook: codebook, seed: seed ?? 1).run(
                imported, hash: "", threads: threads)
            if let failure = report.failures.first { throw CommandFailure.analysis(failure.reason) }
            return report
        }
        console.warn(report.diagnostics.flatMap(\.warnings))
        try write(report.contractOfOnlyAnalysis, text: report.documentOfAnalyses)
    }
}
