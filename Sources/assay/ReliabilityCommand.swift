import ArgumentParser
import Datasets
import Reporting
import Studies

struct ReliabilityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reliability", abstract: "Item analysis, alpha, omega, composite reliability and AVE of scales.")

    @Argument(help: ArgumentHelp("The data file.", valueName: "data"))
    var data: String

    @Option(
        help: ArgumentHelp("A scale and its items; IL=IL1-IL5 takes a range. Repeatable.", valueName: "name=item,item"))
    var scale: [String]

    @Option(help: ArgumentHelp("Items to reverse, by --response-range.", valueName: "item,item"))
    var reverse: NameList?

    @Option(help: ArgumentHelp("The ends of the response scale.", valueName: "lo,hi"))
    var responseRange: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard !scale.isEmpty else { throw ValidationError("name at least one scale: --scale NAME=ITEM,ITEM,…") }
        var names: Set<String> = []
        for scale in try scales() where !names.insert(scale.name).inserted {
            throw ValidationError("the scale \(scale.name) is given twice")
        }
        _ = try range()
        if reverse != nil && responseRange == nil {
            throw ValidationError("--reverse needs the response range, for example --response-range 1,5")
        }
    }

    private func scales() throws -> [Codebook.Scale] {
        try scale.map { text in
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
                throw ValidationError("--scale '\(text)' is not of the form NAME=ITEM,ITEM,…")
            }
            return Codebook.Scale(name: String(parts[0]), content: .items([String(parts[1])]))
        }
    }

    private func range() throws -> ClosedRange<Double>? {
        guard let text = responseRange else { return nil }
        let ends = text.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
        guard ends.count == 2, let low = ends[0], let high = ends[1], low < high, (high - low).isFinite else {
            throw ValidationError(
                "--response-range '\(text)' is not of the form LO,HI with LO below HI, for example 1,5")
        }
        return low...high
    }

    func run() throws {
        let codebook = Codebook(scales: try scales(), reversed: reverse?.names ?? [], responseRange: try range())
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
