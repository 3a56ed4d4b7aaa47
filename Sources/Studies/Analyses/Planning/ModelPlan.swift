import Reporting
public import StructuralModels
import StudyDesign

/// The power to find the parameters of a structural model: by Satorra and Saris (1985) for every parameter, and by simulation
/// for parameters and indirect effects where replicates are asked for.
public struct ModelPlan: Sendable {
    /// The model that will be fitted.
    public var model: String
    /// The model that generates the data, with numbers; nil where the model itself and `values` do.
    public var population: String?
    /// Values of parameters by name or label.
    public var values: [String: Double] = [:]
    /// Whether values are raw or standardised.
    public var metric = Simulation.Metric.raw
    /// What is added to the text of the model that is fitted.
    public var options = ModelOptions.sem
    /// The parameters of interest; empty for the paths.
    public var parameters: [String] = []
    /// The chains of indirect effects; nil for all.
    public var chains: [[String]]?
    /// Sample sizes whose power is asked for.
    public var sampleSizes: [Int] = []
    /// The power wanted.
    public var power = 0.8
    /// The level of significance.
    public var alpha = 0.05
    /// The samples drawn for each sample size; nil for no simulation.
    public var replicates: Int?
    /// From needed to invited.
    public var losses = LossesPlan()

    /// Makes a plan.
    public init(model: String) { self.model = model }

    /// The variables of a chain written with arrows, `IL -> KM -> EI`.
    public static func chain(_ text: String) -> [String] {
        text.split(separator: "→").flatMap { $0.split(separator: "->") }.map { String($0).trimmed }
    }

    /// The power of one parameter.
    struct Row {
        var name: String
        var index: Int
        var power: ParameterPower
        var needed: Int
    }

    /// - Throws: `PowerError`, `ModelSyntaxError`, `SimulationError`, `StructuralModelError`.
    public func result(_ context: PlanningContext = PlanningContext()) throws -> PlanningResult {
        let population = try ModelPopulation(
            model, values: values, metric: metric, population: self.population, options: options)
        for n in sampleSizes where n < 2 {
            throw PowerError.outOfRange("the sample", Double(n), "it must be at least 2")
        }
        if replicates != nil, sampleSizes.isEmpty {
            throw PowerError.request("a simulation needs the sample sizes to draw; name them (n)")
        }
        var warnings: [String] = []
        var indices = try parameters.map { try population.parameter(named: $0) }
        if indices.isEmpty {
            indices = population.usualParameters.filter { abs(population.fit.parameters[$0]) > 1e-9 }
            if indices.isEmpty {
                throw PowerError.request(
                    "all paths are zero in the population: there is nothing to find; give them values, for example "
                        + "`y~x = 0.3`")
            }
        }
        var rows: [Row] = []
        for index in indices {
            do throws(PowerError) {
                rows.append(try row(index, in: population))
            } catch {
                guard case .unattainable(let text) = error else { throw error }
                warnings.append(text)
            }
        }
        if population.rmsea > 0.001 {
            warnings.append(
                "the model is not that of the population (RMSEA \(NumberFormat.bounded(3).string(population.rmsea)) in it): "
                    + "power is that of the parameters as the model has them")
        }
        var studies: [ModelSimulationStudy] = []
        if let replicates, !context.skipsSimulation {
            for n in sampleSizes {
                let study = try ModelSimulationStudy(
                    population, sampleSize: n, chains: chains, alpha: alpha,
                    options: context.simulation(replicates, "N = \(n)"))
                studies.append(study)
                if study.failed > 0 {
                    warnings.append(
                        "N = \(n): the model could not be fitted to \(study.failed) of \(replicates) samples, which are left out"
                    )
                }
                if study.inadmissible > 0 {
                    warnings.append(
                        "N = \(n): \(study.inadmissible) of \(replicates) samples gave a negative variance; they count")
                }
            }
        } else if let chains {
            // The names are checked all the same.
            for chain in chains {
                for (cause, outcome) in zip(chain, chain.dropFirst()) {
                    _ = try population.parameter(named: "\(outcome)~\(cause)")
                }
            }
        }
        var blocks: [Document.Block] = []
        if !rows.isEmpty { blocks.append(.table(table(rows))) }
        blocks += studies.map { .table(Self.table($0, indices)) }
        if let table = Self.indirectTable(studies) { blocks.append(.table(table)) }
        if !rows.isEmpty { blocks.append(.figure(figure(rows))) }
        var result = PlanningResult(
            analysis: "plan sem", title: "Power of a structural model", blocks: blocks,
            members: [
                ("alpha", .number(alpha)), ("power", .number(power)),
                ("df", .integer(population.fit.test.degreesOfFreedom)), ("rmsea.population", .number(population.rmsea)),
                ("parameters", .array(rows.map(json))),
                ("simulations", .array(studies.map(Self.json))),
            ], warnings: warnings, methods: .model(isSimulated: !studies.isEmpty))
        try losses.extend(&result, needed: rows.map { ($0.name, $0.needed) })
        return result
    }

    private func row(_ index: Int, in population: ModelPopulation) throws(PowerError) -> Row {
        let power = try ParameterPower(population.names[index], in: population, alpha: alpha)
        return Row(
            name: power.name, index: index, power: power, needed: try power.minimumSampleSize(power: self.power))
    }

    // MARK: Satorra and Saris

    private func table(_ rows: [Row]) -> Table {
        Table(
            title: "Power to Find a Parameter",
            spanners: sampleSizes.isEmpty
                ? [] : [[.init("Power with \(emphasis: "N") =", columns: 4..<(4 + sampleSizes.count))]],
            columns: [
                .init("Parameter"), .init("Value"), .init("Standardised"),
                .init("\(emphasis: "N") for \(NumberFormat.bounded(2).string(power))"),
            ] + sampleSizes.map { .init(RichText(String($0))) },
            rows: rows.map { row in
                .init(
                    [
                        .text(RichText(row.name, style: .code)), .number(row.power.value, .fixed(3)),
                        .number(row.power.standardizedValue, .bounded(3)), .integer(row.needed),
                    ] + sampleSizes.map { .number(row.power.power(sampleSize: Double($0)), .bounded(3)) })
            },
            notes: .init(general: [
                "Likelihood-ratio test of the parameter, α = \(NumberFormat.bounded(3).string(alpha)): the model without it is fitted to the population (Satorra & Saris, 1985). Normal data without missing values."
            ]))
    }

    private func figure(_ rows: [Row]) -> Figure {
        let hardest = rows.sorted { $0.needed > $1.needed }.prefix(4)
        let end = max(1.3 * Double(hardest.first?.needed ?? 100), 1.1 * Double(sampleSizes.max() ?? 0))
        let points = (1...40).map { end * Double($0) / 40 }
        return .powerCurves(
            hardest.map { row in .init(row.name, x: points, y: points.map { row.power.power(sampleSize: $0) }) },
            title: "Power to Find the Parameters", horizontalTitle: "Sample size", target: power,
            marks: sampleSizes.map(Double.init),
            note: rows.count > 4 ? "The four parameters that need the largest samples." : nil)
    }

    private func json(_ row: Row) -> JSON {
        [
            "parameter": .string(row.name), "value": .number(row.power.value),
            "std.all": JSON(row.power.standardizedValue), "ncp.per.case": .number(row.power.noncentralityPerCase),
            "n": .integer(row.needed),
            "power": .array(
                sampleSizes.map { n in
                    ["n": .integer(n), "power": .number(row.power.power(sampleSize: Double(n)))]
                }),
        ]
    }

    // MARK: Simulation

    private static func table(_ study: ModelSimulationStudy, _ indices: [Int]) -> Table {
        let defined = study.parameters.count - study.freeCount
        let shown = indices + (0..<defined).map { study.freeCount + $0 }
        var notes: [RichText] = [
            "\(study.replicates - study.failed) samples; Monte Carlo standard errors in parentheses. Coverage: of \(percentage(1 - study.alpha)) intervals. \(emphasis: "SE")/\(emphasis: "SD"): the mean standard error over the standard deviation of the estimates."
        ]
        if let rejection = study.modelRejection {
            notes.append(
                "The χ² test rejects the model in \(NumberFormat.percent(1).string(rejection.value)) of the samples; were the model true and the sample large, in \(percentage(study.alpha))."
            )
        }
        return Table(
            title: "Simulation With \(emphasis: "N") = \(study.sampleSize)",
            columns: [
                .init("Parameter"), .init("True"), .init("Mean"), .init("Bias"),
                .init("\(emphasis: "SE")/\(emphasis: "SD")"), .init("Coverage"), .init("Power"),
            ],
            rows: shown.map { index in
                let row = study.parameters[index]
                return .init([
                    .text(RichText(row.name, style: .code)), .number(row.trueValue, .fixed(3)),
                    .number(row.mean, .fixed(3)),
                    .paired(row.bias, .fixed(3), with: row.biasStandardError, .fixed(3)),
                    .number(row.meanStandardError / row.standardDeviation, .fixed(2)),
                    .paired(row.coverage.value, .bounded(3), with: row.coverage.standardError, .bounded(3)),
                    .paired(row.power.value, .bounded(3), with: row.power.standardError, .bounded(3)),
                ])
            }, notes: .init(general: notes))
    }

    private static func indirectTable(_ studies: [ModelSimulationStudy]) -> Table? {
        guard studies.contains(where: { !$0.indirectEffects.isEmpty }) else { return nil }
        var rows: [Table.Row] = []
        for study in studies {
            for (position, effect) in study.indirectEffects.enumerated() {
                func share(_ share: SimulatedShare) -> Cell {
                    .paired(share.value, .bounded(3), with: share.standardError, .bounded(3))
                }
                rows.append(
                    .init([
                        position == 0 ? .integer(study.sampleSize) : .continued, .text(RichText(effect.text)),
                        .number(effect.sobel.trueValue, .fixed(3)),
                        .paired(effect.sobel.bias, .fixed(3), with: effect.sobel.biasStandardError, .fixed(3)),
                        share(effect.intervalCoverage), share(effect.jointPower), share(effect.intervalPower),
                        share(effect.sobel.power),
                    ]))
            }
        }
        return Table(
            title: "Simulated Power of Indirect Effects", spanners: [[.init("Power", columns: 5..<8)]],
            columns: [
                .init("\(emphasis: "N")"), .init("Effect"), .init("True"), .init("Bias"), .init("Coverage"),
                .init("Joint"), .init("Interval"), .init("Sobel"),
            ], rows: rows,
            notes: .init(general: [
                "Joint: every path significant (MacKinnon et al., 2002). Interval: the Monte Carlo interval excludes zero (MacKinnon, Lockwood & Williams, 2004), 1,000 draws in each sample; its coverage is shown. Sobel: \(emphasis: "z") test of the product (Sobel, 1982), too cautious in small samples. Monte Carlo standard errors in parentheses."
            ]))
    }

    private static func json(_ study: ModelSimulationStudy) -> JSON {
        [
            "n": .integer(study.sampleSize), "replicates": .integer(study.replicates),
            "failed": .integer(study.failed), "inadmissible": .integer(study.inadmissible),
            "rejection.rate": JSON(study.modelRejection?.value),
            "parameters": .array(study.parameters.map { .object(members($0)) }),
            "indirect": .array(
                study.indirectEffects.map { effect in
                    .object(
                        [("effect", .string(effect.text))] + members(effect.sobel).dropFirst() + [
                            ("power.joint", .number(effect.jointPower.value)),
                            ("power.joint.mcse", .number(effect.jointPower.standardError)),
                            ("power.interval", .number(effect.intervalPower.value)),
                            ("power.interval.mcse", .number(effect.intervalPower.standardError)),
                            ("coverage.interval", .number(effect.intervalCoverage.value)),
                        ])
                }),
        ]
    }

    /// The figures of a simulated estimate.
    static func members(_ estimate: SimulatedEstimate) -> [(String, JSON)] {
        [
            ("parameter", .string(estimate.name)), ("true", .number(estimate.trueValue)),
            ("mean", .number(estimate.mean)), ("bias", .number(estimate.bias)),
            ("bias.mcse", .number(estimate.biasStandardError)), ("sd", .number(estimate.standardDeviation)),
            ("mean.se", .number(estimate.meanStandardError)), ("coverage", .number(estimate.coverage.value)),
            ("coverage.mcse", .number(estimate.coverage.standardError)), ("power", .number(estimate.power.value)),
            ("power.mcse", .number(estimate.power.standardError)),
        ]
    }
}
