import ArgumentParser
import Studies
import StudyDesign

struct TestPowerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Sample size, effect, power or alpha of a test, from the other three (as R's pwr).",
        discussion: """
            assay plan test t --effect 0.5                   cases per group for a power of .80
            assay plan test correlation --n 336              the least correlation found with a power of .80
            assay plan test regression --predictors 3 --others 4 --n 200 --effect 0.05
            """)

    @Argument(
        help: ArgumentHelp(
            "t (two means), paired, one-mean, correlation, anova, regression, proportion, proportions or chi-square.",
            valueName: "test"))
    var test: TestPlan.Kind

    @Option(help: ArgumentHelp("The effect: d, r, f, f², h or w.", valueName: "size"))
    var effect: Double?

    @Option(help: ArgumentHelp("The cases: per group for groups, else all.", valueName: "n"))
    var n: Double?

    @Option(help: ArgumentHelp("The power (default: .80, unless it is to be computed).", valueName: "power"))
    var power: Double?

    @Option(help: ArgumentHelp("The level of significance.", valueName: "alpha"))
    var alpha: Double?

    @Flag(help: "Compute the level of significance.")
    var solveAlpha = false

    @Flag(help: "A one-sided test.")
    var oneSided = false

    @Option(help: ArgumentHelp("The size of the second group over that of the first.", valueName: "ratio"))
    var ratio: Double?

    @Option(help: ArgumentHelp("The groups of an analysis of variance.", valueName: "k"))
    var groups: Int?

    @Option(help: ArgumentHelp("The predictors tested in a regression.", valueName: "n"))
    var predictors: Int?

    @Option(help: ArgumentHelp("The other predictors of the regression.", valueName: "n"))
    var others: Int?

    @Option(help: ArgumentHelp("The degrees of freedom of a χ² test.", valueName: "df"))
    var df: Int?

    @OptionGroup var losses: LossesOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if solveAlpha, alpha != nil { throw ValidationError("give --alpha or --solve-alpha, not both") }
    }

    func run() throws {
        var plan = try analysing {
            TestPlan(
                test: try test.test(
                    .init(ratio: ratio, groups: groups, predictors: predictors, others: others, degreesOfFreedom: df)))
        }
        plan.effect = effect
        plan.sampleSize = n
        plan.power = power
        plan.alpha = solveAlpha ? nil : alpha ?? 0.05
        plan.sides = oneSided ? 1 : 2
        plan.losses = losses.plan
        try output.write(.test(plan))
    }
}

extension TestPlan.Kind: ExpressibleByArgument {}

struct EstimatePowerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "estimate",
        abstract: "The power to find an effect as large as another study estimated it, and the sample that needs.",
        discussion: "assay plan estimate --estimate 0.031 --se 0.028 --n 261")

    @Option(help: ArgumentHelp("The estimate.", valueName: "b"))
    var estimate: Double

    @Option(help: ArgumentHelp("Its standard error.", valueName: "se"))
    var se: Double

    @Option(help: ArgumentHelp("The cases behind it, of the level that counts.", valueName: "n"))
    var n: Int

    @Option(help: ArgumentHelp("The power wanted.", valueName: "power"))
    var power = 0.8

    @Option(help: ArgumentHelp("The level of significance.", valueName: "alpha"))
    var alpha = 0.05

    @Flag(help: "A one-sided test.")
    var oneSided = false

    @OptionGroup var losses: LossesOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        var plan = EstimatePlan(estimate: estimate, standardError: se, sampleSize: n)
        plan.power = power
        plan.alpha = alpha
        plan.sides = oneSided ? 1 : 2
        plan.losses = losses.plan
        try output.write(.estimate(plan))
    }
}
