import ArgumentParser
import SetTheoreticAnalysis
import Studies

/// The options of causal chains.
struct CausalChainOptions: ParsableArguments {
    @Flag(help: "Coincidence analysis of all sets, and every set in turn as the outcome of the others.")
    var chain = false

    @Option(
        help: ArgumentHelp(
            "The consistency of causal models (default: 1; 0 for those of truth tables).", valueName: "cut"))
    var con: Double?

    @Option(help: ArgumentHelp("The coverage of causal models (default: 1).", valueName: "cut"))
    var cov: Double?

    @Option(help: ArgumentHelp("What may cause what: 'A,B<C' puts A and B before C.", valueName: "tiers"))
    var ordering: String?

    @Flag(help: "Sets of one tier of the ordering do not cause each other.")
    var strictOrdering = false

    func validate() throws {
        for (name, value) in [("con", con), ("cov", cov)] {
            if let value, !(value >= 0 && value <= 1) {
                throw ValidationError("--\(name) must be between 0 and 1, not \(value)")
            }
        }
        if !chain, con != nil || cov != nil || ordering != nil || strictOrdering {
            throw ValidationError("--con, --cov, --ordering and --strict-ordering belong to --chain")
        }
        if strictOrdering, ordering == nil { throw ValidationError("--strict-ordering needs an --ordering") }
        if let ordering {
            do {
                _ = try CausalOrdering(parsing: ordering)
            } catch {
                throw ValidationError("--ordering: \(error)")
            }
        }
    }

    /// Writes what the options say into settings.
    func apply(to settings: inout SupplementarySettings) {
        guard chain else { return }
        var chain = ChainSettings()
        (chain.consistency, chain.coverage) = (con, cov)
        (chain.ordering, chain.isStrict) = (ordering, strictOrdering)
        settings.chain = chain
    }
}
