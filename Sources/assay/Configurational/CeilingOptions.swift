import ArgumentParser
import SetTheoreticAnalysis
import Studies

/// The options of necessary condition analysis.
struct CeilingOptions: ParsableArguments {
    @Flag(help: "Necessary condition analysis of the memberships: ceilings, effect sizes, bottlenecks.")
    var nca = false

    @Flag(help: "Necessary condition analysis of the raw values of calibrated sets.")
    var ncaRaw = false

    @Option(help: ArgumentHelp("The number of permutations of the test of effect sizes; 0 for none.", valueName: "n"))
    var permutations = 0

    @Option(help: ArgumentHelp("The ceilings: ce-fdh,cr-fdh,ce-vrs,cr-vrs,c-lp,ols.", valueName: "names"))
    var ceiling: NameList?

    @Option(
        help: ArgumentHelp(
            "The empty corner: 1 upper left, 2 upper right, 3 lower left, 4 lower right.", valueName: "n"))
    var corner: Int?

    func validate() throws {
        if !(0...10_000_000).contains(permutations) {
            throw ValidationError("--permutations must be between 0 and 10000000, not \(permutations)")
        }
        for name in ceiling?.names ?? [] where Self.technique(name) == nil {
            throw ValidationError("--ceiling takes ce-fdh, cr-fdh, ce-vrs, cr-vrs, c-lp and ols, not '\(name)'")
        }
        if let corner, NecessityCorner(rawValue: corner) == nil {
            throw ValidationError("--corner must be 1, 2, 3 or 4, not \(corner)")
        }
        if !nca, !ncaRaw, permutations > 0 || ceiling != nil || corner != nil {
            throw ValidationError("--permutations, --ceiling and --corner belong to --nca or --nca-raw")
        }
        if nca, ncaRaw { throw ValidationError("--nca takes memberships and --nca-raw raw values: choose one") }
    }

    private static func technique(_ name: String) -> CeilingTechnique? {
        CeilingTechnique(rawValue: name.uppercased())
    }

    /// Writes what the options say into settings.
    func apply(to settings: inout SupplementarySettings) {
        guard nca || ncaRaw else { return }
        var ceilings = CeilingSettings()
        ceilings.usesRawValues = ncaRaw
        ceilings.options.permutations = permutations
        if let names = ceiling?.names {
            ceilings.options.ceilings = names.compactMap(Self.technique).reduce(into: []) { list, technique in
                if !list.contains(technique) { list.append(technique) }
            }
        }
        if let corner = corner.flatMap(NecessityCorner.init(rawValue:)) {
            ceilings.options.corner = corner
            ceilings.choosesCorner = true
        }
        settings.ceilings = ceilings
    }
}
