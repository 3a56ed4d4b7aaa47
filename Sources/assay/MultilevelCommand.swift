import ArgumentParser
import Datasets
import Psychometrics
import Reporting
import Studies

struct MultilevelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "multilevel",
        abstract: "Table 1 of a multilevel study: every variable described and correlated at its own level.",
        discussion: """
            Variables that do not vary within groups are described over the groups, the others over the rows; correlations are
            those within groups and between group means, each tested with its own number. Beside them stand the share of
            variance within groups, ICC(1) and ICC(2), the reliability of scales at both levels, and VIF.
            """)

    @Argument(help: ArgumentHelp("The data file, in long form.", valueName: "data"))
    var data: String

    @Option(
        help: ArgumentHelp(
            "The variable that forms the groups; firm,leader where leaders are numbered anew in each firm.",
            valueName: "variable"))
    var group: NameList

    @Option(
        help: ArgumentHelp(
            "The variables and scales (default: all numeric variables that are no items, and all scales).",
            valueName: "a,b"))
    var variables: NameList?

    @Option(
        name: .customLong("level-2"),
        help: ArgumentHelp("Variables that may not vary within groups.", valueName: "a,b"))
    var levelTwo: NameList?

    @OptionGroup var scales: ScaleDefinitions

    @Option(help: "The diagonal of scales: alpha, ave or none.")
    var diagonal: MultilevelDescriptivesPlan.Diagonal = .alpha

    @Option(help: "Correlations of level 1: within-between or pooled.")
    var correlations: Correlations = .withinBetween

    @OptionGroup var output: OutputOptions

    /// Which correlations of level 1 are shown.
    enum Correlations: String, ExpressibleByArgument, CaseIterable {
        case withinBetween = "within-between"
        case pooled
    }

    func run() throws {
        let analysis = try analysing {
            let (dataset, codebook) = try scales.scoredData(path: data, console: output.console)
            return try MultilevelAnalysis(
                dataset, variables: try names(dataset, codebook),
                groups: RowGroups(dataset, by: group.names), codebook: codebook, levelTwo: levelTwo?.names ?? [],
                diagonal: diagonal, correlations: correlations == .pooled ? .pooled : .withinAndBetween)
        }
        output.console.warn(analysis.warnings)
        try output.write(analysis.contract, text: analysis.document)
    }

    /// The variables and scales to describe.
    private func names(_ dataset: Dataset, _ codebook: Codebook) throws -> [String] {
        var names: [String]
        if let variables {
            names = try variables.names.flatMap { name in
                codebook[name] != nil ? [name] : try ItemRange(name).items(in: dataset)
            }
        } else {
            var items: Set<String> = []
            for scale in codebook.scales { items.formUnion(try codebook.items(of: scale.name, in: dataset)) }
            let others = dataset.columns.filter { !group.names.contains($0.name) && !items.contains($0.name) }
            names = others.filter(\.isNumeric).map(\.name)
            let texts = others.filter { !$0.isNumeric }.map(\.name)
            if !texts.isEmpty { output.console.warn(["left out, as they hold text: \(texts.joined(separator: ", "))"]) }
            guard !names.isEmpty else { throw AnalysisError.noNumericVariables(dataset.source) }
        }
        for name in levelTwo?.names ?? [] where !names.contains(name) {
            _ = try dataset.column(name)
            names.insert(name, at: 0)
        }
        return names
    }
}

extension MultilevelDescriptivesPlan.Diagonal: ExpressibleByArgument {}
