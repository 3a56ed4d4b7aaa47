import ArgumentParser
import Datasets
import Reporting
import StructuralModels
import Studies

struct StructuralModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sem", abstract: "Structural equation models in lavaan's syntax; the options mirror lavaan's.")

    enum EstimatorName: String, ExpressibleByArgument, CaseIterable {
        case ml = "ML"
        case mlm = "MLM"
        case mlmv = "MLMV"
        case mlmvs = "MLMVS"
        case mlr = "MLR"
        case gls = "GLS"
        case uls = "ULS"
        case ulsmv = "ULSMV"
        case wls = "WLS"
        case dwls = "DWLS"
        case wlsmv = "WLSMV"
    }
    enum Missing: String, ExpressibleByArgument, CaseIterable { case listwise, fiml }
    enum Parameterization: String, ExpressibleByArgument, CaseIterable { case delta, theta }
    enum StandardErrors: String, ExpressibleByArgument, CaseIterable { case standard, robust, bootstrap, none }
    enum ModelTest: String, ExpressibleByArgument, CaseIterable {
        case standard
        case satorraBentler = "satorra-bentler"
        case yuanBentler = "yuan-bentler"
        case bollenStine = "bollen-stine"
    }
    enum GroupConstraint: String, CaseIterable {
        case loadings, intercepts, means, residuals, regressions, thresholds
        case residualCovariances = "residual.covariances"
        case latentVariances = "lv.variances"
        case latentCovariances = "lv.covariances"
    }

    @Argument(help: ArgumentHelp("The data file.", valueName: "data"))
    var data: String

    @Argument(help: ArgumentHelp("The file of the model, or - for standard input.", valueName: "model"))
    var model: String

    @Option(help: "The estimator.")
    var estimator: EstimatorName?

    @Option(help: "The likelihood: normal (lavaan, Mplus) or wishart (AMOS, LISREL, EQS).")
    var likelihood: EstimationOptions.Likelihood = .normal

    @Option(help: "What becomes of cases with missing values.")
    var missing: Missing = .listwise

    @Option(help: ArgumentHelp("The ordinal variables.", valueName: "a,b"))
    var ordered: NameList?

    @Option(help: "The scaling of ordinal variables.")
    var parameterization: Parameterization?

    @Option(help: ArgumentHelp("The variable that forms groups.", valueName: "variable"))
    var group: String?

    @Option(help: ArgumentHelp("What is equal between groups.", valueName: "loadings,…"))
    var groupEqual: NameList?

    @Option(help: ArgumentHelp("What is not equal nevertheless.", valueName: "f=~x1,…"))
    var groupPartial: NameList?

    @Option(help: ArgumentHelp("The variable that forms clusters.", valueName: "variable"))
    var cluster: String?

    @Flag(help: "Latent variables have unit variance.") var stdLv = false
    @Flag(help: "Exogenous latent variables are uncorrelated.") var orthogonal = false
    @Flag(help: "Loadings average 1.") var effectCoding = false
    @Flag(help: "Means and intercepts are part of the model.") var meanstructure = false
    @Flag(help: "The moments of exogenous observed variables are estimated.") var noFixedX = false
    @Flag(help: "The defaults of growth curve models.") var growth = false

    @Option(help: "The kind of standard errors.") var se: StandardErrors?
    @Option(help: "The kind of model test.") var test: ModelTest?
    @Option(help: ArgumentHelp("The number of bootstrap draws.", valueName: "n")) var bootstrap: Int?
    @Option(help: "The kind of bootstrap interval.") var ci: BootstrapInterval?

    @Flag(help: "DATA is an unbiased covariance matrix whose first column `variable` names the rows.")
    var sampleCov = false

    @Option(help: ArgumentHelp("The number of cases behind the covariance matrix.", valueName: "n"))
    var nobs: Int?

    @Flag(help: "Modification indices too.") var modindices = false
    @Flag(help: "Residuals of the covariances too.") var residuals = false

    @Option(
        help: ArgumentHelp(
            "Write factor scores to a .csv or .sav file, a row for each case of DATA.", valueName: "file"))
    var scores: String?

    @Option(help: "The kind of factor scores.") var scoreMethod: FactorScores.Method = .regression

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if sampleCov != (nobs != nil) {
            throw ValidationError(
                sampleCov ? "--sample-cov needs the number of cases: --nobs N" : "--nobs belongs to --sample-cov")
        }
        if let nobs, nobs < 1 { throw ValidationError("--nobs must be positive, not \(nobs)") }
        if let bootstrap, !(2...10_000_000).contains(bootstrap) {
            throw ValidationError("--bootstrap must be between 2 and 10000000 draws, not \(bootstrap)")
        }
        if scores != nil && sampleCov { throw ValidationError("--scores needs raw data, not --sample-cov") }
        if let scores, !scores.hasSuffix(".csv"), !scores.hasSuffix(".sav") {
            throw ValidationError("--scores must name a .csv or .sav file, not \(scores)")
        }
        if ci != nil && resampling == nil { throw ValidationError("--ci belongs to a bootstrap: add --bootstrap N") }
        if stdLv && effectCoding { throw ValidationError("--std-lv and --effect-coding exclude each other") }
        for name in groupEqual?.names ?? [] where GroupConstraint(rawValue: name) == nil {
            let known = GroupConstraint.allCases.map(\.rawValue)
            let nearest = nearestNames(to: name, among: known).first
            throw ValidationError(
                "--group-equal does not know `\(name)`"
                    + (nearest.map { "; did you mean `\($0)`?" } ?? "; it takes \(known.joined(separator: ", "))"))
        }
        if group == nil, groupEqual != nil || groupPartial != nil {
            throw ValidationError("--group-equal and --group-partial need --group VARIABLE")
        }
    }

    /// What the contract has and this version has not.
    private func checkAvailability() throws {
        func refuse(_ option: String) -> CommandFailure { .analysis("\(option) is not available yet") }
        if let estimator, estimator != .ml { throw refuse("--estimator \(estimator.rawValue)") }
        if missing != .listwise { throw refuse("--missing \(missing.rawValue)") }
        if ordered != nil { throw refuse("--ordered (ordinal variables)") }
        if let parameterization { throw refuse("--parameterization \(parameterization.rawValue)") }
        if group != nil { throw refuse("--group (models of several groups)") }
        if cluster != nil { throw refuse("--cluster (models of two levels)") }
        if let se, se == .robust { throw refuse("--se \(se.rawValue)") }
        if let test, test == .satorraBentler || test == .yuanBentler { throw refuse("--test \(test.rawValue)") }
    }

    private var modelOptions: ModelOptions {
        var options = growth ? ModelOptions.growth : .sem
        if stdLv { options.latentScale = .unitVariance }
        if effectCoding { options.latentScale = .effectCoding }
        if orthogonal { options.isOrthogonal = true }
        if meanstructure { options.meanStructure = true }
        if noFixedX { options.fixesExogenousMoments = false }
        return options
    }

    func run() throws {
        try checkAvailability()
        if data == "-" { throw CommandFailure.usage("DATA cannot be standard input; its extension tells its format") }
        let console = output.console
        let result = try analysing {
            let text = try FileAccess.text(at: model)
            let analysis = StructuralAnalysis(
                model: text, modelOptions: modelOptions, estimation: EstimationOptions(likelihood: likelihood))
            let imported = try Dataset.read(path: data)
            console.warn(imported.report.warnings)
            do {
                let result = try analysis.run(
                    imported.dataset, covarianceCases: nobs, resampling: resampling
                ) { done, total in
                    if console.showsProgress { console.progress("bootstrap: \(done) of \(total) draws") }
                }
                if let scores {
                    let columns = try result.model.scores(for: imported.dataset, method: scoreMethod)
                    if scores.hasSuffix(".sav") {
                        try columns.writeSAV(to: scores)
                    } else {
                        try columns.writeCSV(to: scores)
                    }
                }
                return result
            } catch let error as ModelSyntaxError {
                throw CommandFailure.syntax(error, path: model)
            }
        }
        console.progress("")
        if let bootstrap, bootstrap < 200 {
            console.warn(["\(bootstrap) bootstrap draws are too few for a 95% interval; papers use 1000 to 5000"])
        }
        console.warn(result.warnings)
        try output.write(
            result.contract(modificationIndices: modindices, residuals: residuals),
            text: result.document(modificationIndices: modindices))
    }

    private var resampling: StructuralAnalysis.Resampling? {
        guard bootstrap != nil || se == .bootstrap || test == .bollenStine else { return nil }
        return .init(
            draws: bootstrap ?? 1000, interval: ci ?? .percentile, seed: output.seed ?? 1, threads: output.threads,
            testsModel: test == .bollenStine)
    }
}

extension EstimationOptions.Likelihood: ExpressibleByArgument {}
extension BootstrapInterval: ExpressibleByArgument {}
extension FactorScores.Method: ExpressibleByArgument {}
