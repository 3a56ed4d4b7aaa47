import ArgumentParser
import SetTheoreticAnalysis
import Studies

/// The options of a qualitative comparative analysis.
struct ConfigurationalOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The outcome: Y, '~Y', 'Y[1]', or an expression.", valueName: "set"))
    var outcome: String

    @Option(
        help: ArgumentHelp("The conditions, in order: the last varies fastest in the truth table.", valueName: "sets"))
    var conditions: NameList

    @Option(help: ArgumentHelp("The variable that names the cases.", valueName: "variable"))
    var caseColumn: String?

    @Option(
        help: ArgumentHelp(
            "How a variable becomes a set, for example 'A=e1,c2,i5' (exclusion, crossover, inclusion); repeatable.",
            valueName: "set=anchors"))
    var calibrate: [String] = []

    @Option(help: "The direct method's scale: logit3 (log-odds of 3, fsQCA) or idm (0.95 at the anchor, QCA).")
    var calibrationScale: Scale = .logit3

    @Option(
        help: ArgumentHelp(
            "The inclusion from which a row is positive, and, after a comma, from which it is a contradiction.",
            valueName: "cuts"))
    var inclCut = Cuts(values: [1])

    @Option(help: ArgumentHelp("The number of cases from which a row is not a remainder.", valueName: "n"))
    var nCut = 1

    @Option(help: ArgumentHelp("The PRI from which a row may be positive.", valueName: "cut"))
    var priCut = 0.0

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "What theory expects: 1,0,- for each condition, or A,~B,C*D by name. Adds the intermediate solution.",
            valueName: "expectations"))
    var dirExp: String?

    @Option(
        help: ArgumentHelp(
            "What theory expects for the negation of the outcome (default: the opposite of --dir-exp).",
            valueName: "expectations"))
    var dirExpNegation: String?

    @Option(
        help: ArgumentHelp(
            "Remainders that may not be assumed (enhanced standard analysis), by expression, or any rows, by number; repeatable.",
            valueName: "rows"))
    var exclude: [String] = []

    @Flag(help: "Exclude remainders that would be assumed for both the outcome and its negation.")
    var excludeContradictory = false

    @Flag(help: "Let contradictory rows be used to simplify, as remainders are.")
    var includeContradictions = false

    @Option(help: ArgumentHelp("The solutions wanted: complex,parsimonious,intermediate.", valueName: "kinds"))
    var solutions: NameList?

    @Flag(help: "Leave out prime implicants whose rows are a part of another's.")
    var rowDominance = false

    @Flag(help: "List every irredundant model, not only those with the fewest terms.")
    var allSolutions = false

    @Option(help: ArgumentHelp("How many models are listed; the others are counted.", valueName: "n"))
    var maxModels = 10_000

    @Option(help: ArgumentHelp("How many elementary steps a search may take (some 10⁹ a second).", valueName: "steps"))
    var maxEffort = 5_000_000_000

    @Option(help: "Memberships of exactly 0.5: absent (in no row), shift (add 0.001), drop (the case) or refuse.")
    var half: TruthTableOptions.HalfMembership = .absent

    @Flag(inversion: .prefixedNo, help: "Analyse the negation of the outcome, too.")
    var negation = true

    @Flag(help: "Leave out cases without a value in some set.")
    var listwise = false

    /// The scale of the direct method.
    enum Scale: String, ExpressibleByArgument, CaseIterable {
        case logit3, idm

        var scale: Calibration.Scale { self == .logit3 ? .logOdds3 : .degree(0.95) }
    }

    /// One or two cuts, with a comma between them.
    struct Cuts: ExpressibleByArgument {
        let values: [Double]

        init(values: [Double]) { self.values = values }

        init?(argument: String) {
            let parts = argument.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
            guard (1...2).contains(parts.count), !parts.contains(nil) else { return nil }
            values = parts.compactMap { $0 }
        }

        var defaultValueDescription: String { values.map { "\($0)" }.joined(separator: ",") }
    }

    func validate() throws {
        if maxModels < 1 { throw ValidationError("--max-models must be at least 1, not \(maxModels)") }
        if maxEffort < 1 { throw ValidationError("--max-effort must be at least 1, not \(maxEffort)") }
        for kind in solutions?.names ?? [] where Solution.Kind(rawValue: kind) == nil {
            throw ValidationError("--solutions takes complex, parsimonious and intermediate, not '\(kind)'")
        }
    }

    /// What the options say.
    func settings() throws -> ConfigurationalSettings {
        var settings = ConfigurationalSettings(outcome: outcome, conditions: conditions.names)
        settings.caseColumn = caseColumn
        settings.calibrations = calibrate
        settings.scale = calibrationScale.scale
        settings.table = TruthTableOptions(
            inclusionCut: inclCut.values[0], contradictionCut: inclCut.values.dropFirst().first, frequencyCut: nCut,
            priCut: priCut, halfMembership: half)
        settings.expectations = dirExp
        settings.negationExpectations = dirExpNegation
        settings.excluded = exclude.flatMap { $0.split(separator: ";").map(String.init) }
        settings.excludesContradictoryAssumptions = excludeContradictory
        settings.includesContradictions = includeContradictions
        if let solutions { settings.kinds = Set(solutions.names.compactMap(Solution.Kind.init(rawValue:))) }
        settings.models = ModelOptions(rowDominance: rowDominance, allIrredundant: allSolutions)
        settings.limits = MinimizationLimits(models: maxModels, effort: maxEffort)
        settings.analysesNegation = negation
        settings.dropsIncompleteCases = listwise
        return settings
    }
}

extension TruthTableOptions.HalfMembership: ExpressibleByArgument {}
