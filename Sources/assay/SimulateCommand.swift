import ArgumentParser
import Datasets
import Reporting
import StructuralModels
import Studies

struct SimulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "Draw data from a model whose parameters have given values.",
        discussion: """
            Values stand in the model (`f =~ 0.8*x1`, `y ~ start(0.3)*x`) or in --values. With --exact the data have the \
            population's means and covariances to rounding error, so that the model fitted to them gives the values back.
            """)

    /// What the sum of squares of exact data is divided by.
    enum Exactness: String, ExpressibleByArgument, CaseIterable {
        case normal, wishart

        var divisor: SampleMoments.Divisor { self == .normal ? .caseCount : .caseCountLessOne }
    }

    @Argument(help: ArgumentHelp("The file of the model, or - for standard input.", valueName: "model"))
    var model: String

    @Option(help: ArgumentHelp("The number of cases.", valueName: "n"))
    var nobs: Int

    @Option(help: ArgumentHelp("Values of parameters: `y~x = 0.3, f=~x2 = 0.7`, or @FILE.", valueName: "values"))
    var values: String?

    @Option(help: "The units of the values; standardized ones need no variances.")
    var metric: Simulation.Metric = .raw

    @Option(help: "Reproduce the moments exactly, for the normal (divisor N) or the wishart (N − 1) likelihood.")
    var exact: Exactness?

    @Option(help: ArgumentHelp("Round to answers of this range; moments are then no longer exact.", valueName: "lo,hi"))
    var answers: NameList?

    @Option(help: ArgumentHelp("Means of observed variables: `x1 = 3, x2 = 3.5`, or @FILE.", valueName: "means"))
    var means: String?

    @Option(help: ArgumentHelp("Standard deviations of observed variables, likewise.", valueName: "deviations"))
    var deviations: String?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("The .csv or .sav file to write, or - for CSV on standard output.", valueName: "file"))
    var output = "-"

    @Option(help: ArgumentHelp("The seed of random numbers.", valueName: "n"))
    var seed: UInt64 = 1

    @Flag(help: "No warnings.")
    var quiet = false

    func validate() throws {
        if nobs < 1 { throw ValidationError("--nobs must be positive, not \(nobs)") }
        if answers != nil, range == nil {
            throw ValidationError("--answers takes two whole numbers, the lower first, such as 1,5")
        }
    }

    private var range: ClosedRange<Int>? {
        guard let bounds = answers?.names.map({ Int($0) }), bounds.count == 2, let low = bounds[0],
            let high = bounds[1],
            low < high
        else { return nil }
        return low...high
    }

    func run() throws {
        let console = Console(isQuiet: quiet)
        try analysing {
            let simulation = try Simulation(FileAccess.text(at: model), values: numbers(values), metric: metric)
            var design = SamplingDesign(means: try numbers(means), standardDeviations: try numbers(deviations))
            if let exact { design.mode = .exactMoments(divisor: exact.divisor) }
            if let range { design.answerScale = .equalIntervals(range) }
            let data = try simulation.data(caseCount: nobs, seed: seed, design: design)
            if exact != nil, range != nil {
                console.warn(["answers are rounded to the scale, so that the moments are no longer exact"])
            }
            let dataset = try Dataset(data)
            if output == "-" {
                console.print(String(decoding: dataset.commaSeparatedText(), as: UTF8.self))
            } else if output.hasSuffix(".sav") {
                try dataset.writeSAV(to: output)
            } else if output.hasSuffix(".csv") {
                try dataset.writeCSV(to: output)
            } else {
                throw CommandFailure.usage("--output must end in .csv or .sav, or be -")
            }
        }
    }

    /// Numbers by name, from the argument or from the file it names.
    private func numbers(_ argument: String?) throws -> [String: Double] {
        guard let argument else { return [:] }
        return try Simulation.values(
            in: argument.hasPrefix("@") ? FileAccess.text(at: String(argument.dropFirst())) : argument)
    }
}

extension Simulation.Metric: ExpressibleByArgument {}
