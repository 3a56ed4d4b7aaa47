import ArgumentParser
import Studies
import StudyDesign

struct ModelFitPowerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rmsea", abstract: "Power and sample size of the tests of a model's fit by RMSEA.",
        discussion: "assay plan rmsea --df 50 --n 200,336")

    @Option(help: ArgumentHelp("The degrees of freedom of the model.", valueName: "df"))
    var df: Int

    @Option(help: ArgumentHelp("Sample sizes whose power is asked for.", valueName: "n,…"))
    var n: CountList?

    @Option(help: ArgumentHelp("The power wanted.", valueName: "power"))
    var power = 0.8

    @Option(help: ArgumentHelp("The level of significance.", valueName: "alpha"))
    var alpha = 0.05

    @Option(help: ArgumentHelp("RMSEA under the null hypothesis, in place of the usual tests.", valueName: "rmsea"))
    var null: Double?

    @Option(help: ArgumentHelp("RMSEA to be told from it.", valueName: "rmsea"))
    var alternative: Double?

    @OptionGroup var losses: LossesOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if (null == nil) != (alternative == nil) {
            throw ValidationError("--null and --alternative belong together; give both or neither")
        }
    }

    func run() throws {
        var plan = ModelFitPlan(degreesOfFreedom: df)
        plan.sampleSizes = n?.values ?? []
        plan.power = power
        plan.alpha = alpha
        if let null, let alternative { plan.hypotheses = (null, alternative) }
        plan.losses = losses.plan
        try output.write(.modelFit(plan))
    }
}
