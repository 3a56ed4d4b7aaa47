import Reporting
public import StudyDesign

/// The sample that estimates a figure of a population.
public struct PopulationPlan: Sendable {
    /// The populations, such as firms and the persons in them; nil for one without end.
    public var populations: [Int?]
    /// What is estimated.
    public var target = PopulationSampleSize.Target.proportion()
    /// The margin of error.
    public var margin = 0.05
    /// The confidence.
    public var confidence = 0.95
    /// The design effect, where it is given as such.
    public var designEffect: Double?
    /// Cases in a cluster, where the design effect follows from them.
    public var clusterSize: Double?
    /// Their intraclass correlation.
    public var intraclassCorrelation: Double?
    /// A sample whose margin of error is asked for.
    public var sample: Int?
    /// From needed to invited.
    public var losses = LossesPlan()

    /// Makes a plan.
    public init(populations: [Int?]) { self.populations = populations.isEmpty ? [nil] : populations }

    private func effect() throws(PowerError) -> Double {
        switch (clusterSize, intraclassCorrelation) {
        case (let size?, let correlation?):
            guard designEffect == nil else {
                throw .request("the design effect follows from cluster size and ICC; leave it or them out")
            }
            return try ClusterDesignEffect(meanSize: size, intraclassCorrelation: correlation).value
        case (nil, nil): return designEffect ?? 1
        default:
            throw .request("a design effect needs both the cases in a cluster and their intraclass correlation (ICC)")
        }
    }

    /// - Throws: `PowerError`.
    public func result() throws(PowerError) -> PlanningResult {
        let effect = try effect()
        var isProportion = false
        if case .proportion = target { isProportion = true }
        var rows: [Table.Row] = [], json: [JSON] = [], needed: [(name: String, cases: Int)] = []
        var series: [LinePlot.Series] = []
        var warnings: [String] = []
        for population in populations {
            let size = try PopulationSampleSize(
                population: population, target: target, margin: margin, confidence: confidence, designEffect: effect)
            let name = population.map(String.init) ?? "unlimited"
            let achieved: Double?
            if let sample { achieved = try size.margin(ofCases: sample) } else { achieved = nil }
            if let population, size.cases == population {
                warnings.append("the whole population of \(population) is needed: a census, not a sample")
            }
            let simple = size.simpleRandom
            rows.append(
                .init(
                    [
                        population.map { Cell.integer($0) } ?? "unlimited", .number(size.unlimited, .fixed(1)),
                        .integer(Int(min(simple, 1e15).rounded(.up))), .integer(size.cases),
                    ] + (isProportion ? [.integer(size.yamane), .integer(size.krejcieMorgan)] : [])
                        + (sample != nil ? [.number(achieved, isProportion ? .percent(2) : .fixed(3))] : [])))
            json.append(
                .object([
                    ("population", JSON(population)), ("n0", .number(size.unlimited)), ("n.srs", .number(simple)),
                    ("n", .integer(size.cases)), ("yamane", JSON(size.yamane)),
                    ("krejcie.morgan", JSON(size.krejcieMorgan)), ("margin.of.sample", JSON(achieved)),
                ]))
            needed.append(("population \(name)", size.cases))
            let end = 2 * max(size.cases, sample ?? 0)
            let points = (1...40).map { end * $0 / 40 }.filter { $0 > 4 && $0 <= population ?? Int.max }
            var margins: [Double] = []
            for n in points { margins.append(try size.margin(ofCases: n)) }
            if series.count < 4 { series.append(.init("population \(name)", x: points.map(Double.init), y: margins)) }
        }
        let what: String
        switch target {
        case .proportion(let p): what = "a proportion of \(NumberFormat.bounded(2).string(p))"
        case .mean(let deviation): what = "a mean, standard deviation \(NumberFormat.fixed(2).string(deviation))"
        }
        var notes: [RichText] = [
            RichText(
                "For \(what), margin of error \(isProportion ? percentage(margin) : NumberFormat.fixed(3).string(margin)), confidence "
                    + "\(percentage(confidence)). Without end: z²·variance/e²; finite: with the finite-population correction (Cochran, 1977)"
                    + (effect == 1
                        ? "." : "; needed: times the design effect of \(NumberFormat.fixed(2).string(effect))."))
        ]
        if isProportion {
            notes.append(
                "Yamane (1967) takes z as 2, a proportion of one half and a confidence of 95%; Krejcie and Morgan (1970) are rounded to the nearest as in their table. Both are for simple random samples."
            )
        }
        notes.append(
            "The margin is that of an estimate for the population; it says nothing about the power of a test or model.")
        var result = PlanningResult(
            analysis: "plan population", title: "Sample size for a population",
            blocks: [
                .table(
                    Table(
                        title: "Sample Size for a Population",
                        columns: [
                            .init("Population"), .init("Without end"), .init("Finite"), .init("Needed"),
                        ] + (isProportion ? [.init("Yamane"), .init("Krejcie & Morgan")] : [])
                            + (sample.map { [.init("Margin of \($0)")] } ?? []),
                        rows: rows, notes: .init(general: notes))),
                .figure(
                    Figure(
                        title: "Margin of Error by Sample Size",
                        drawing: LinePlot(
                            series: series, references: [0, margin], borders: sample.map { [Double($0)] } ?? [],
                            title: "Margin of error by sample size", horizontalTitle: "Sample size",
                            verticalTitle: "Margin of error"
                        ).drawing(),
                        note: sample.map { "The dashed line stands at the sample of \($0)." })),
            ],
            members: [
                ("margin", .number(margin)), ("confidence", .number(confidence)), ("design.effect", .number(effect)),
                ("populations", .array(json)),
            ], warnings: warnings, methods: .population)
        try losses.extend(&result, needed: needed)
        return result
    }
}
