import ArgumentParser
import Datasets
import Psychometrics
import Reporting
import Studies

struct AgreementCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agreement",
        abstract: "Whether answers may be aggregated to groups: rwg(j), r*wg(j), AD, ICC(1), ICC(2).")

    @Argument(help: ArgumentHelp("The data file, a row for each member.", valueName: "data"))
    var data: String

    @Option(
        help: ArgumentHelp(
            "The variable that forms the groups; firm,team where teams are numbered anew in each firm.",
            valueName: "variable"))
    var group: NameList

    @OptionGroup var scales: ScaleOptions

    @Option(help: ArgumentHelp("The number of response options, unless --response-range says it.", valueName: "n"))
    var options: Int?

    @Option(
        help: "How members without agreement would answer: uniform, slight, moderate or heavy (skew; 5 or 7 options).")
    var null: Null = .uniform

    @Flag(help: "List the figures of each group.")
    var byGroup = false

    @OptionGroup var output: OutputOptions

    /// The distribution of answers without agreement.
    enum Null: String, ExpressibleByArgument, CaseIterable {
        case uniform, slight, moderate, heavy

        var distribution: NullDistribution {
            switch self {
            case .uniform: .uniform
            case .slight: .slightSkew
            case .moderate: .moderateSkew
            case .heavy: .heavySkew
            }
        }
    }

    func validate() throws {
        if let options, !(2...1000).contains(options) {
            throw ValidationError("--options must be between 2 and 1000, not \(options)")
        }
        if options == nil, scales.definitions.responseRange == nil {
            throw ValidationError(
                "agreement is judged against the number of response options: add --options 5, or --response-range 1,5")
        }
    }

    func run() throws {
        let analysis = try analysing {
            let (dataset, codebook) = try scales.definitions.scoredData(path: data, console: output.console)
            return try AgreementAnalysis(
                dataset, scales: codebook.scales.map(\.name), codebook: codebook,
                groups: RowGroups(dataset, by: group.names), options: options, nullDistribution: null.distribution)
        }
        output.console.warn(analysis.warnings)
        try output.write(analysis.contract, text: analysis.document(byGroup: byGroup))
    }
}
