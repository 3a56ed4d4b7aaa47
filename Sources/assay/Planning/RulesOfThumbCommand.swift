import ArgumentParser
import Studies
import StudyDesign

struct RulesOfThumbCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "Rules of thumb for the sample size, with their sources and what they ignore.",
        discussion: "assay plan rules --indicators 12 --supplement 40% --response-rate 60%")

    @Option(help: ArgumentHelp("The indicators (observed variables) of a structural model.", valueName: "n"))
    var indicators: Int?

    @Option(help: ArgumentHelp("Its free parameters.", valueName: "n"))
    var parameters: Int?

    @Option(help: ArgumentHelp("The items of an exploratory factor analysis.", valueName: "n"))
    var items: Int?

    @Option(help: ArgumentHelp("The predictors of a regression.", valueName: "n"))
    var predictors: Int?

    @Flag(help: "Cases are clustered: persons in teams, days in persons.")
    var multilevel = false

    @OptionGroup var losses: LossesOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        var plan = RulesOfThumbPlan(
            features: .init(
                indicators: indicators, freeParameters: parameters, items: items, predictors: predictors,
                isMultilevel: multilevel))
        plan.losses = losses.plan
        try output.write(.rules(plan))
    }
}
