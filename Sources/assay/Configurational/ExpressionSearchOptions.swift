import ArgumentParser
import SetTheoreticAnalysis
import Studies

/// The options of the searches for necessary and sufficient expressions.
struct ExpressionSearchOptions: ParsableArguments {
    @Flag(help: "Search the conjunctions and disjunctions that are necessary for the outcome.")
    var necessitySearch = false

    @Option(help: ArgumentHelp("The consistency of necessity that is searched for.", valueName: "cut"))
    var necIncl = 0.9

    @Option(help: ArgumentHelp("The relevance of necessity that is searched for.", valueName: "cut"))
    var necRon = 0.5

    @Option(help: ArgumentHelp("The coverage of necessity that is searched for.", valueName: "cut"))
    var necCov = 0.0

    @Flag(help: "Search the conjunctions that are sufficient for the outcome.")
    var sufficiencySearch = false

    @Option(help: ArgumentHelp("The consistency of sufficiency that is searched for.", valueName: "cut"))
    var sufIncl = 0.8

    @Option(help: ArgumentHelp("The PRI that is searched for.", valueName: "cut"))
    var sufPri = 0.0

    @Option(help: ArgumentHelp("The coverage of sufficiency that is searched for.", valueName: "cut"))
    var sufCov = 0.0

    @Option(help: ArgumentHelp("The most literals of an expression (default: as many as conditions).", valueName: "n"))
    var depth: Int?

    func validate() throws {
        for (name, value) in [
            ("nec-incl", necIncl), ("nec-ron", necRon), ("nec-cov", necCov), ("suf-incl", sufIncl),
            ("suf-pri", sufPri), ("suf-cov", sufCov),
        ] where !(value >= 0 && value <= 1) {
            throw ValidationError("--\(name) must be between 0 and 1, not \(value)")
        }
        if let depth {
            if depth < 1 { throw ValidationError("--depth must be at least 1, not \(depth)") }
            if !necessitySearch, !sufficiencySearch {
                throw ValidationError("--depth belongs to --necessity-search or --sufficiency-search")
            }
        }
    }

    /// Writes what the options say into settings.
    func apply(to settings: inout SupplementarySettings) {
        if necessitySearch {
            settings.necessitySearch = SupersetSearch.Options(
                inclusionCut: necIncl, coverageCut: necCov, relevanceCut: necRon, depth: depth)
        }
        if sufficiencySearch {
            settings.sufficiencySearch = SubsetSearch.Options(
                inclusionCut: sufIncl, priCut: sufPri, coverageCut: sufCov, depth: depth)
        }
    }
}
