import ArgumentParser
import StructuralModels
import Studies
import StudyDesign

struct ModelPowerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sem",
        abstract: "Power to find the paths of a structural model, in closed form and by simulation.",
        discussion: """
            The model is the one that will be fitted, in lavaan's syntax. Its values in the population stand in it as \
            start(0.4)*x, in --values, or in a model of their own with numbers, --population.

              assay plan sem model.txt --values 'KM~IL=0.4, EI~KM=0.3, EI~IL=0.2' --metric standardized --n 200,336
              assay plan sem model.txt --population population.txt --n 200 --simulate 2000
            """)

    @Argument(help: ArgumentHelp("The file of the model, or - for standard input.", valueName: "model"))
    var model: String

    @Option(help: ArgumentHelp("The file of the model that generates the data, with numbers in it.", valueName: "file"))
    var population: String?

    @Option(help: ArgumentHelp("Values of parameters: `y~x = 0.3, f=~x2 = 0.7`, or @FILE.", valueName: "values"))
    var values: String?

    @Option(help: "The units of the values; standardized ones need no variances.")
    var metric: Simulation.Metric = .raw

    @Option(help: ArgumentHelp("Sample sizes whose power is asked for.", valueName: "n,…"))
    var n: CountList?

    @Option(help: ArgumentHelp("The parameters of interest (default: the paths).", valueName: "y~x,…"))
    var parameters: NameList?

    @Option(help: ArgumentHelp("An indirect effect to simulate (default: all), repeatable.", valueName: "A->B->C"))
    var indirect: [String] = []

    @Option(help: ArgumentHelp("Simulate this many samples of each size.", valueName: "replicates"))
    var simulate: Int?

    @Flag(help: "Latent variables of the fitted model have unit variance.")
    var stdLv = false

    @Option(help: ArgumentHelp("The power wanted.", valueName: "power"))
    var power = 0.8

    @Option(help: ArgumentHelp("The level of significance.", valueName: "alpha"))
    var alpha = 0.05

    @OptionGroup var losses: LossesOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        var plan = try analysing { ModelPlan(model: try FileAccess.text(at: model)) }
        try verify(plan.model, path: model)
        try analysing {
            if let population {
                let text = try FileAccess.text(at: population)
                try verify(text, path: population)
                plan.population = text
            }
            if let values {
                plan.values = try Simulation.values(
                    in: values.hasPrefix("@") ? FileAccess.text(at: String(values.dropFirst())) : values)
            }
        }
        plan.metric = metric
        if stdLv { plan.options.latentScale = .unitVariance }
        plan.parameters = parameters?.names ?? []
        if !indirect.isEmpty { plan.chains = indirect.map(ModelPlan.chain) }
        plan.sampleSizes = n?.values ?? []
        plan.replicates = simulate
        plan.power = power
        plan.alpha = alpha
        plan.losses = losses.plan
        try output.write(.model(plan))
    }

    /// Names a fault of a model by its file, line and column.
    private func verify(_ text: String, path: String) throws {
        do {
            _ = try StructuralModel(text)
        } catch let error as ModelSyntaxError {
            throw CommandFailure.syntax(error, path: path)
        }
    }
}
