import ArgumentParser
import Datasets
import MixedModels
import Reporting
import Studies

struct MixedModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mixed", abstract: "Linear mixed models (multilevel models, HLM) of nested or crossed groups.",
        discussion: """
            The formula is lme4's: 'y ~ x * z + (1 + x | team)', '(1 | firm/team)', '(x || team)', 'log(y) ~ factor(wave)'.
            Text columns are categories, coded against their first level in sort order.
            """)

    @Argument(help: ArgumentHelp("The data file.", valueName: "data"))
    var data: String

    @Argument(help: ArgumentHelp("The model, such as 'y ~ x + (1 | team)'.", valueName: "formula"))
    var formula: String

    @Flag(name: .long, help: "Maximum likelihood in place of REML.")
    var ml = false

    @Option(help: "Degrees of freedom of fixed effects: satterthwaite, kenward-roger, hlm or normal.")
    var df: DegreesOfFreedom = .satterthwaite

    @Option(help: "Standard errors of fixed effects: model, robust (as HLM), cr1 or cr2.")
    var se: StandardErrors = .model

    @Option(help: "The confidence level of intervals.")
    var level: Double = 0.95

    @Option(
        help: ArgumentHelp(
            "How residuals vary and correlate: 'ar1(month | leader)', 'ar1h(…)', 'cs(leader)', 'csh(…)', 'diag(month)', 'un(month | leader)'.",
            valueName: "structure"))
    var residuals: String?

    @Option(help: ArgumentHelp("The column of case weights.", valueName: "column"))
    var weights: String?

    @Option(help: "The coding of text columns: treatment, sum or helmert.")
    var contrasts: FactorContrast = .treatment

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard level > 0, level < 1 else { throw ValidationError("--level must be between 0 and 1, not \(level)") }
    }

    func run() throws {
        let analysis = try analysing {
            let formula = try MixedFormula(parsing: formula)
            let structure = try residuals.map { try ResidualStructure(parsing: $0) } ?? .independent
            let imported = try Dataset.read(path: data)
            output.console.warn(imported.report.warnings)
            return try MixedModelAnalysis(
                imported.dataset, formula,
                options: MixedModelOptions(
                    criterion: ml ? .ml : .reml,
                    inference: FixedEffectsOptions(degreesOfFreedom: df, standardErrors: se, confidenceLevel: level),
                    residuals: structure, design: DesignOptions(contrast: contrasts, weights: weights)))
        }
        output.console.warn(analysis.warnings)
        try output.write(analysis.contract, text: analysis.document)
    }
}

extension DegreesOfFreedom: ExpressibleByArgument {}
extension StandardErrors: ExpressibleByArgument {}
extension FactorContrast: ExpressibleByArgument {}
