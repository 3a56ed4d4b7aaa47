import ArgumentParser
import SetTheoreticAnalysis
import Studies

/// The options that look closer at a solution: cases, counterfactuals, robustness, theory, clusters.
struct SolutionExaminationOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The solution that is examined: complex, parsimonious or intermediate (default: the intermediate one, or else the parsimonious one).",
            valueName: "kind"))
    var of: Solution.Kind?

    @Option(help: ArgumentHelp("The number of its model that is examined.", valueName: "n"))
    var model = 1

    @Flag(help: "Select typical, deviant, uncovered and irrelevant cases for each term.")
    var cases = false

    @Flag(help: "List the simplifying assumptions of each model, easy and difficult ones.")
    var counterfactuals = false

    @Flag(help: "Suggest inclusion cuts from gaps between the consistencies of rows.")
    var thresholds = false

    @Flag(help: "Find the ranges of cuts and anchors in which the solution stays the same.")
    var sensitivity = false

    @Option(
        help: ArgumentHelp(
            "Leave out each case, and draw so many samples of the cases, to see what stays of the solution.",
            valueName: "draws"))
    var stability: Int?

    @Option(
        help: ArgumentHelp(
            "An alternative specification, for example 'incl=.75;pri=.6;n=2;A=e1,c2,i4', against which the solution is tested; repeatable.",
            valueName: "specification"))
    var testSet: [String] = []

    @Option(help: ArgumentHelp("A theory that the solution is held against: 'A*~B + C'.", valueName: "expression"))
    var theory: String?

    @Option(
        help: ArgumentHelp("The variable that names the cluster of a case: month, industry.", valueName: "variable"))
    var cluster: String?

    @Option(help: ArgumentHelp("The variable that names the unit of a case: person, firm.", valueName: "variable"))
    var unit: String?

    func validate() throws {
        if model < 1 { throw ValidationError("--model must be at least 1, not \(model)") }
        let examines = cases || sensitivity || stability != nil || !testSet.isEmpty || theory != nil || cluster != nil
        if of != nil || model > 1, !examines {
            throw ValidationError(
                "--of and --model belong to --cases, --sensitivity, --stability, --test-set, --theory or --cluster")
        }
        if let stability, !(0...1_000_000).contains(stability) {
            throw ValidationError("--stability must be between 0 and 1000000, not \(stability)")
        }
        if unit != nil, cluster == nil {
            throw ValidationError("--unit belongs to --cluster, which names the clusters")
        }
        for text in testSet {
            do {
                _ = try AlternativeSpecification(parsing: text)
            } catch {
                throw ValidationError("--test-set: \(error)")
            }
        }
    }

    /// Writes what the options say into settings.
    func apply(to settings: inout SupplementarySettings) {
        settings.kind = of
        settings.model = model
        settings.selectsCases = cases
        settings.listsCounterfactuals = counterfactuals
        settings.suggestsInclusionCuts = thresholds
        settings.examinesSensitivity = sensitivity
        settings.stabilityDraws = stability
        settings.alternatives = testSet
        settings.theory = theory
        settings.cluster = cluster
        settings.unit = unit
    }
}

extension Solution.Kind: ExpressibleByArgument {}
