import ArgumentParser
import Datasets
import Reporting
import Studies

struct AttritionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attrition",
        abstract: "Whether the cases a study lost differ from those it kept: tests, effect sizes, equivalence, power.")

    @Argument(help: ArgumentHelp("The data file.", valueName: "data"))
    var data: String

    @Option(help: ArgumentHelp("The variable that says which cases were kept.", valueName: "variable"))
    var status: String

    @Option(help: ArgumentHelp("Its value that means kept, or several.", valueName: "value"))
    var kept: NameList

    @Option(help: ArgumentHelp("The variables and scales to compare (default: all).", valueName: "a,b"))
    var variables: NameList?

    @Option(help: ArgumentHelp("Numeric variables whose values are categories.", valueName: "a,b"))
    var categories: NameList?

    @OptionGroup var scales: ScaleDefinitions

    @Option(
        help: ArgumentHelp(
            "The variables that identify a person, where a person has several rows; the first one counts.",
            valueName: "a,b"))
    var person: NameList?

    @Option(help: ArgumentHelp("The variable that orders the rows of a person.", valueName: "variable"))
    var occasion: String?

    @Option(help: ArgumentHelp("The standardised difference that counts as negligible.", valueName: "d"))
    var bound = 0.3

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard bound > 0, bound.isFinite else { throw ValidationError("--bound must be positive, not \(bound)") }
        if occasion != nil, person == nil {
            throw ValidationError("--occasion orders the rows of persons; add --person with the variable of the person")
        }
    }

    func run() throws {
        let study = try analysing {
            let (dataset, codebook) = try scales.scoredData(path: data, console: output.console)
            var names = try variables?.names.flatMap { name in
                codebook[name] != nil ? [name] : try ItemRange(name).items(in: dataset)
            }
            if names == nil, !codebook.scales.isEmpty {
                var items: Set<String> = []
                for scale in codebook.scales { items.formUnion(try codebook.items(of: scale.name, in: dataset)) }
                let left = Set([status] + (person?.names ?? []) + (occasion.map { [$0] } ?? []))
                names = dataset.columns.filter {
                    !items.contains($0.name) && !left.contains($0.name)
                        && ($0.isNumeric || categories?.names.contains($0.name) == true)
                }.map(\.name)
            }
            return try AttritionStudy(
                dataset, status: status, kept: kept.names, variables: names, categories: categories?.names ?? [],
                persons: person?.names ?? [], occasion: occasion, bound: bound)
        }
        output.console.warn(study.warnings)
        try output.write(study.contract, text: study.document)
    }
}
