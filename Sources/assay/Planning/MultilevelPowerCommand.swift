import ArgumentParser
import Studies
import StudyDesign

struct MultilevelPowerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "multilevel",
        abstract: "Power of effects in clusters or a diary: ICC, design effect, level 1, level 2 and cross-level.",
        discussion: """
            Effects are in standard deviations of the outcome per unit of the predictor.

              assay plan multilevel --clusters 261 --size 5 --icc 0.4 --compliance 80% --level1 0.1 --cross-level 0.05
            """)

    @Option(help: ArgumentHelp("The number of clusters: teams, persons of a diary.", valueName: "n"))
    var clusters: Int

    @Option(help: ArgumentHelp("The cases planned in each: members, days.", valueName: "n"))
    var size: Int

    @Option(help: ArgumentHelp("The intraclass correlation of the outcome.", valueName: "icc"))
    var icc: Double

    @Option(help: ArgumentHelp("The share of the planned cases that is answered.", valueName: "share"))
    var compliance: Share?

    @Option(help: ArgumentHelp("Standard deviation over mean of the planned sizes.", valueName: "cv"))
    var sizeVariation = 0.0

    @Option(help: ArgumentHelp("The variance of slopes between clusters.", valueName: "variance"))
    var slopeVariance = 0.0

    @Option(help: ArgumentHelp("The standard deviation of the level-1 predictor within clusters.", valueName: "sd"))
    var level1Sd: Double?

    @Flag(help: "The level-1 predictor is time: effects are growth per occasion.")
    var time = false

    @Option(help: ArgumentHelp("The standard deviation of the level-2 predictor; 0.5 for two groups.", valueName: "sd"))
    var level2Sd = 1.0

    @Option(help: ArgumentHelp("The effect of the level-1 predictor.", valueName: "size"))
    var level1 = 0.0

    @Option(help: ArgumentHelp("The effect of the level-2 predictor.", valueName: "size"))
    var level2 = 0.0

    @Option(help: ArgumentHelp("The effect of the level-2 predictor on the slope.", valueName: "size"))
    var crossLevel = 0.0

    @Option(help: ArgumentHelp("Numbers of clusters to compare.", valueName: "n,…"))
    var compareClusters: CountList?

    @Option(help: ArgumentHelp("Numbers of cases in a cluster to compare.", valueName: "n,…"))
    var compareSizes: CountList?

    @Option(help: ArgumentHelp("Simulate this many samples too.", valueName: "replicates"))
    var simulate: Int?

    @Option(help: ArgumentHelp("The power wanted.", valueName: "power"))
    var power = 0.8

    @Option(help: ArgumentHelp("The level of significance.", valueName: "alpha"))
    var alpha = 0.05

    @OptionGroup var losses: LossesOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if time, level1Sd != nil { throw ValidationError("--time has its own spread; leave out --level1-sd") }
    }

    func run() throws {
        var plan = try analysing {
            MultilevelPlan(
                design: try MultilevelDesign(
                    clusters: clusters, plannedSize: size, intraclassCorrelation: icc,
                    compliance: compliance?.value ?? 1,
                    variationOfSizes: sizeVariation, slopeVariance: slopeVariance,
                    level1Predictor: time ? .time : .variable(standardDeviation: level1Sd ?? 1),
                    level2StandardDeviation: level2Sd))
        }
        plan.effects = .init(within: level1, between: level2, crossLevel: crossLevel)
        plan.power = power
        plan.alpha = alpha
        plan.comparedClusters = compareClusters?.values ?? []
        plan.comparedSizes = compareSizes?.values ?? []
        plan.replicates = simulate
        plan.losses = losses.plan
        try output.write(.multilevel(plan))
    }
}
