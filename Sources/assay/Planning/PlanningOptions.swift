import ArgumentParser
import Studies

/// A share: `0.4` or `40%`.
struct Share: ExpressibleByArgument {
    let value: Double

    init?(argument: String) {
        let isPercent = argument.hasSuffix("%")
        let digits = isPercent ? String(argument.dropLast()) : argument
        guard let number = Double(digits.filter { $0 != " " }), number.isFinite else { return nil }
        value = isPercent ? number / 100 : number
    }
}

/// Whole numbers separated by commas.
struct CountList: ExpressibleByArgument {
    let values: [Int]

    init?(argument: String) {
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Int($0.filter { $0 != " " }) }
        guard numbers.count == parts.count, !numbers.isEmpty, numbers.count <= 20 else { return nil }
        values = numbers
    }
}

/// From the cases that are needed to those that are invited.
struct LossesOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A share added to the sample, as in an increase of 40%.", valueName: "share"))
    var supplement: Share?

    @Option(help: ArgumentHelp("The share of those invited who answer.", valueName: "share"))
    var responseRate: Share?

    @Option(help: ArgumentHelp("The share of the answers that cannot be used.", valueName: "share"))
    var invalid: Share?

    @Option(help: ArgumentHelp("The share that each wave after the first loses.", valueName: "share"))
    var attrition: Share?

    @Option(help: ArgumentHelp("The number of waves.", valueName: "n"))
    var waves: Int?

    var plan: LossesPlan {
        var plan = LossesPlan()
        plan.supplement = supplement?.value
        plan.responseRate = responseRate?.value
        plan.invalidShare = invalid?.value
        plan.attrition = attrition?.value
        plan.waves = waves
        return plan
    }
}

extension OutputOptions {
    /// Carries out a plan and writes what it found.
    func write(_ plan: SampleSizePlan) throws {
        let console = console
        let result = try analysing {
            defer { console.progress("") }
            return try plan.result(
                PlanningContext(seed: seed ?? 1, threads: threads, progress: { console.progress($0) }))
        }
        console.warn(result.warnings)
        try write(result.contract, text: result.document)
    }
}
