import ArgumentParser
import Datasets
import Reporting
import SetTheoreticAnalysis
import Studies

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

struct ConfigurationalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "qca",
        abstract: "Qualitative comparative analysis: calibration, necessity, truth table, every minimal model.")

    @Argument(help: ArgumentHelp("The data file, a row for each case.", valueName: "data"))
    var data: String

    @OptionGroup(title: "The analysis") var options: ConfigurationalOptions
    @OptionGroup(title: "Searches") var searches: ExpressionSearchOptions
    @OptionGroup(title: "Necessary condition analysis") var ceilings: CeilingOptions
    @OptionGroup(title: "A closer look at a solution") var examination: SolutionExaminationOptions
    @OptionGroup(title: "Causal chains") var chains: CausalChainOptions
    @OptionGroup var output: OutputOptions

    @Flag(help: "List the rows of the truth table that no case shows, too.")
    var allRows = false

    @Option(
        help: ArgumentHelp(
            "Only suggest cuts that divide the raw outcome and conditions into so many groups: 2 for a crisp set, 4 for three anchors.",
            valueName: "groups"))
    var suggestCuts: Int?

    func validate() throws {
        if let suggestCuts, !(2...100).contains(suggestCuts) {
            throw ValidationError("--suggest-cuts must be between 2 and 100, not \(suggestCuts)")
        }
    }

    func run() throws {
        let settings = try options.settings()
        if let groups = suggestCuts { return try suggest(groups, settings) }
        let console = output.console
        let (analysis, supplements) = try analysing {
            let imported = try Dataset.read(path: data)
            console.warn(imported.report.warnings)
            defer { console.progress("") }
            let analysis = try ConfigurationalAnalysis(imported.dataset, settings: settings) {
                console.progress($0)
            }
            let wanted = supplementarySettings
            guard !wanted.isEmpty else { return (analysis, SupplementaryAnalyses?.none) }
            let supplements = try SupplementaryAnalyses(imported.dataset, analysis, settings: wanted) {
                console.progress($0)
            }
            return (analysis, supplements)
        }
        console.warn(analysis.warnings + (supplements?.warnings ?? []))
        let contract = analysis.contract(includesRemainders: allRows)
        try output.write(
            supplements?.contract(contract) ?? contract, text: document(analysis, supplements: supplements))
    }

    private var supplementarySettings: SupplementarySettings {
        var settings = SupplementarySettings()
        searches.apply(to: &settings)
        ceilings.apply(to: &settings)
        examination.apply(to: &settings)
        chains.apply(to: &settings)
        settings.seed = output.seed ?? 1
        settings.threads = output.threads ?? ProcessInfo.processInfo.activeProcessorCount
        return settings
    }

    private func document(_ analysis: ConfigurationalAnalysis, supplements: SupplementaryAnalyses?) -> Document {
        var document = analysis.document()
        document.sections += supplements?.sections() ?? []
        return document.numbered()
    }

    private func suggest(_ groups: Int, _ settings: ConfigurationalSettings) throws {
        let suggestions = try analysing {
            let imported = try Dataset.read(path: data)
            output.console.warn(imported.report.warnings)
            return try CutSuggestions(imported.dataset, settings: settings, groups: groups)
        }
        output.console.warn(suggestions.warnings)
        try output.write(suggestions.contract(), text: suggestions.document())
    }
}
