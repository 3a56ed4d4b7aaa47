import ArgumentParser
import Datasets
import MixedModels
import Reporting
import Studies

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

struct MixedModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mixed", abstract: "Linear mixed models (multilevel models, HLM) of nested or crossed groups.",
        discussion: """
            The formula is lme4's: 'y ~ x * z + (1 + x | team)', '(1 | firm/team)', '(x || team)', 'log(y) ~ factor(wave)'.
            Text columns are categories, coded against their first level in sort order. Several formulas are fitted to the same
            rows and printed side by side.
            """)

    @Argument(help: ArgumentHelp("The data file.", valueName: "data"))
    var data: String

    @Argument(help: ArgumentHelp("A model, such as 'y ~ x + (1 | team)', or several.", valueName: "formula"))
    var formulas: [String]

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

    @Option(help: "Further intervals of fixed effects: profile or bootstrap.")
    var intervals: IntervalMethod?

    @Option(help: "How the bootstrap draws: parametric, residual or cases (whole groups of the highest level).")
    var resampling: MixedBootstrapOptions.Scheme = .parametric

    @Option(help: ArgumentHelp("The number of bootstrap draws.", valueName: "n"))
    var bootstrap = 1000

    @Flag(help: "Put the estimated random effects into the JSON.")
    var randomEffects = false

    @OptionGroup var output: OutputOptions

    /// How intervals are computed besides those of the tests.
    enum IntervalMethod: String, ExpressibleByArgument, CaseIterable {
        case profile, bootstrap
    }

    func validate() throws {
        guard (2...1_000_000).contains(bootstrap) else {
            throw ValidationError("--bootstrap must be between 2 and 1000000, not \(bootstrap)")
        }
        guard level > 0, level < 1 else { throw ValidationError("--level must be between 0 and 1, not \(level)") }
    }

    func run() throws {
        let sequence = try analysing {
            let models = try formulas.enumerated().map { index, text in
                (name: "M\(index + 1)", formula: try MixedFormula(parsing: text))
            }
            let structure = try residuals.map { try ResidualStructure(parsing: $0) } ?? .independent
            let imported = try Dataset.read(path: data)
            output.console.warn(imported.report.warnings)
            defer { output.console.progress("") }
            let sequence = try MixedModelSequence(
                imported.dataset, models,
                options: MixedModelOptions(
                    criterion: ml ? .ml : .reml,
                    inference: FixedEffectsOptions(degreesOfFreedom: df, standardErrors: se, confidenceLevel: level),
                    residuals: structure, design: DesignOptions(contrast: contrasts, weights: weights)),
                intervals: intervals.map {
                    $0 == .profile ? .profile : .bootstrap(draws: bootstrap, scheme: resampling)
                },
                seed: output.seed ?? 1, threads: output.threads ?? ProcessInfo.processInfo.activeProcessorCount
            ) { output.console.progress($0) }
            if let failure = sequence.failures.first {
                throw CommandFailure.analysis(models.count > 1 ? "\(failure.name): \(failure.reason)" : failure.reason)
            }
            return sequence
        }
        output.console.warn(sequence.warnings)
        try output.write(sequence.contract(withRandomEffects: randomEffects), text: sequence.document)
    }
}

extension MixedBootstrapOptions.Scheme: ExpressibleByArgument {}
extension DegreesOfFreedom: ExpressibleByArgument {}
extension StandardErrors: ExpressibleByArgument {}
extension FactorContrast: ExpressibleByArgument {}
