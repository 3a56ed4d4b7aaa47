import ArgumentParser
import Studies
import StudyDesign

struct PopulationCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "population",
        abstract: "The sample that estimates a proportion or mean of a population (Cochran, Yamane, Krejcie & Morgan).",
        discussion: "assay plan population --size 1778,5334,7112 --margin 5% --sample 336")

    @Option(help: ArgumentHelp("The size of the population, or of several (default: without end).", valueName: "n,…"))
    var size: CountList?

    @Option(help: ArgumentHelp("The margin of error, half the width of the interval.", valueName: "share"))
    var margin: Share?

    @Option(help: ArgumentHelp("The confidence.", valueName: "share"))
    var confidence: Share?

    @Option(help: ArgumentHelp("The proportion expected; one half is the hardest.", valueName: "share"))
    var proportion: Share?

    @Option(help: ArgumentHelp("The standard deviation of the variable whose mean is estimated.", valueName: "sd"))
    var sd: Double?

    @Option(help: ArgumentHelp("The design effect of clusters or weights.", valueName: "deff"))
    var designEffect: Double?

    @Option(help: ArgumentHelp("Cases in a cluster, such as persons of a firm.", valueName: "m"))
    var clusterSize: Double?

    @Option(help: ArgumentHelp("Their intraclass correlation.", valueName: "icc"))
    var icc: Double?

    @Option(help: ArgumentHelp("A sample whose margin of error is asked for.", valueName: "n"))
    var sample: Int?

    @OptionGroup var losses: LossesOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if sd != nil, proportion != nil { throw ValidationError("give --sd for a mean or --proportion, not both") }
        if sd != nil, margin == nil {
            throw ValidationError("the margin of a mean is in units of the variable; add --margin")
        }
    }

    func run() throws {
        var plan = PopulationPlan(populations: size?.values ?? [nil])
        if let sd { plan.target = .mean(standardDeviation: sd) }
        if let proportion { plan.target = .proportion(proportion.value) }
        if let margin { plan.margin = margin.value }
        if let confidence { plan.confidence = confidence.value }
        plan.designEffect = designEffect
        plan.clusterSize = clusterSize
        plan.intraclassCorrelation = icc
        plan.sample = sample
        plan.losses = losses.plan
        try output.write(.population(plan))
    }
}
