import ArgumentParser
import Datasets

/// The scales of a command that works on scales: at least one.
struct ScaleOptions: ParsableArguments {
    @OptionGroup var definitions: ScaleDefinitions

    func validate() throws {
        guard !definitions.scale.isEmpty else {
            throw ValidationError("name at least one scale: --scale NAME=ITEM,ITEM,…")
        }
    }

    /// What the options say of scales and items.
    func codebook() throws -> Codebook { try definitions.codebook() }
}

/// Scales, of which there may be none, and how their items are keyed.
struct ScaleDefinitions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A scale and its items; IL=IL1-IL5 takes a range. A scale of scales named before has these as its dimensions. "
                + "Repeatable.", valueName: "name=item,item"))
    var scale: [String] = []

    @Option(help: ArgumentHelp("Items to reverse, by --response-range.", valueName: "item,item"))
    var reverse: NameList?

    @Option(help: ArgumentHelp("The ends of the response scale.", valueName: "lo,hi"))
    var responseRange: String?

    func validate() throws {
        var names: Set<String> = []
        for scale in try scales() where !names.insert(scale.name).inserted {
            throw ValidationError("the scale \(scale.name) is given twice")
        }
        _ = try range()
        if reverse != nil && responseRange == nil {
            throw ValidationError("--reverse needs the response range, for example --response-range 1,5")
        }
    }

    /// What the options say of scales and items.
    func codebook() throws -> Codebook {
        Codebook(scales: try scales(), reversed: reverse?.names ?? [], responseRange: try range())
    }

    private func scales() throws -> [Codebook.Scale] {
        var known: Set<String> = []
        return try scale.map { text in
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
                throw ValidationError("--scale '\(text)' is not of the form NAME=ITEM,ITEM,…")
            }
            let members = NameList(argument: String(parts[1]))?.names ?? []
            let hasDimensions = !members.isEmpty && members.allSatisfy(known.contains)
            known.insert(String(parts[0]))
            return Codebook.Scale(
                name: String(parts[0]), content: hasDimensions ? .dimensions(members) : .items([String(parts[1])]))
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
}
