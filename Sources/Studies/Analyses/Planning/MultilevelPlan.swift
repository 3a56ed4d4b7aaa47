import Reporting
public import StudyDesign

/// The power of effects in clustered data or a diary, by formula and, where replicates are asked for, by simulation.
public struct MultilevelPlan: Sendable {
    /// The design.
    public var design: MultilevelDesign
    /// The effects; zero for those that are not planned for.
    public var effects = MultilevelSimulationStudy.Effects()
    /// The power wanted.
    public var power = 0.8
    /// The level of significance.
    public var alpha = 0.05
    /// Numbers of clusters to compare; empty for a few around that of the design.
    public var comparedClusters: [Int] = []
    /// Numbers of cases in a cluster (days, for a diary) to compare.
    public var comparedSizes: [Int] = []
    /// The samples drawn; nil for no simulation.
    public var replicates: Int?
    /// From needed to invited.
    public var losses = LossesPlan()

    /// Makes a plan.
    public init(design: MultilevelDesign) { self.design = design }

    /// - Throws: `PowerError`.
    public func result(_ context: PlanningContext = PlanningContext()) throws(PowerError) -> PlanningResult {
        let given: [(MultilevelPower.Level, Double)] = [
            (.within, effects.within), (.between, effects.between), (.crossLevel, effects.crossLevel),
        ]
        let designEffect = try design.designEffect()
        var powers: [MultilevelPower] = []
        for (level, effect) in given where effect != 0 {
            powers.append(try MultilevelPower(design, level: level, effect: effect, alpha: alpha))
        }
        var study: MultilevelSimulationStudy?
        if let replicates, !context.skipsSimulation {
            guard !powers.isEmpty else {
                throw .request("a simulation needs an effect to find; give that of level 1, level 2 or across levels")
            }
            study = try MultilevelSimulationStudy(
                design, effects: effects, alpha: alpha, options: context.simulation(replicates, "multilevel"))
        }
        var warnings: [String] = []
        if let study, study.failed > 0 {
            warnings.append("the model could not be fitted to \(study.failed) of \(study.replicates) samples")
        }
        if let study, study.singular > 0 {
            warnings.append("\(study.singular) of \(study.replicates) samples estimate a variance as zero; they count")
        }
        if design.clusters < 30, powers.contains(where: { $0.level != .within }) {
            warnings.append(
                "with \(design.clusters) clusters the standard errors of level 2 are too small unless degrees of freedom are "
                    + "corrected (Maas & Hox, 2005); take 50 or more where you can")
        }
        var needed: [(name: String, cases: Int)] = []
        var rows: [Table.Row] = [], json: [JSON] = []
        for power in powers {
            let clusters = try power.minimumClusters(power: self.power)
            if let clusters { needed.append(("clusters, \(power.level.title)", clusters)) }
            let detectable = power.detectableEffect(power: self.power)
            let simulated = study?.effects[power.level]
            rows.append(
                .init(
                    [
                        .text(RichText(power.level.title)), .number(power.effect, .fixed(3)),
                        .number(power.standardError, .fixed(3)), .number(power.degreesOfFreedom, .integer),
                        .number(power.power, .bounded(3)),
                    ]
                        + (study == nil
                            ? []
                            : [
                                .paired(
                                    simulated?.power.value, .bounded(3), with: simulated?.power.standardError,
                                    .bounded(3)),
                                .paired(
                                    simulated?.bias, .fixed(3), with: simulated?.biasStandardError, .fixed(3)),
                                .number(simulated?.coverage.value, .bounded(3)),
                            ]) + [.number(detectable, .fixed(3)), .integer(clusters)]))
            json.append(
                .object([
                    ("level", .string(power.level.rawValue)), ("effect", .number(power.effect)),
                    ("se", .number(power.standardError)), ("df", .number(power.degreesOfFreedom)),
                    ("power", .number(power.power)), ("detectable.effect", JSON(detectable)),
                    ("clusters.needed", JSON(clusters)),
                    ("simulated", simulated.map { .object(Array(ModelPlan.members($0).dropFirst())) } ?? .null),
                ]))
        }
        var blocks: [Document.Block] = [.table(designTable(designEffect))]
        if !rows.isEmpty { blocks.append(.table(effectTable(rows, study))) }
        let (tables, comparison) = try compared(powers)
        blocks += tables.map { .table($0) }
        if !powers.isEmpty { blocks.append(.figure(figure(powers))) }
        var result = PlanningResult(
            analysis: "plan multilevel", title: "Power of a multilevel design", blocks: blocks,
            members: [
                ("clusters", .integer(design.clusters)), ("size", .integer(design.plannedSize)),
                ("expected.size", .number(design.expectedSize)), ("cases", .number(design.cases)),
                ("icc", .number(design.intraclassCorrelation)), ("deff", .number(designEffect.value)),
                ("effective.n", .number(designEffect.effectiveSampleSize(design.cases))), ("alpha", .number(alpha)),
                ("power", .number(power)), ("effects", .array(json)), ("comparison", comparison),
            ], warnings: warnings, methods: .multilevel(isSimulated: study != nil))
        try losses.extend(&result, needed: needed)
        return result
    }

    private func designTable(_ effect: ClusterDesignEffect) -> Table {
        Table(
            title: "The Design",
            columns: [
                .init("Clusters"), .init("Planned in each"), .init("Expected in each"), .init("Cases"), .init("ICC"),
                .init("Design effect"), .init("Effective \(emphasis: "N")"),
            ],
            rows: [
                .init([
                    .integer(design.clusters), .integer(design.plannedSize), .number(design.expectedSize, .fixed(1)),
                    .number(design.cases, .integer), .number(design.intraclassCorrelation, .bounded(3)),
                    .number(effect.value, .fixed(2)), .number(effect.effectiveSampleSize(design.cases), .fixed(1)),
                ])
            ],
            notes: .init(general: [
                "Design effect 1 + (m − 1)·ICC of a mean over all cases (Kish, 1965), for unequal sizes after Eldridge et al. (2006). Effects between clusters are found with about the effective number of cases, effects within clusters with more."
            ]))
    }

    private func effectTable(_ rows: [Table.Row], _ study: MultilevelSimulationStudy?) -> Table {
        let word = NumberFormat.bounded(2).string(power)
        var notes: [RichText] = [
            "Effects in standard deviations of the outcome (unexplained variance 1) per unit of the predictor. Standard errors by formula (Snijders & Bosker, 1993; Raudenbush & Liu, 2000; Snijders, 2005), t test, α = \(NumberFormat.bounded(3).string(alpha)). Least effect: found with a power of \(word); clusters: needed for it, of the planned size."
        ]
        if design.slopeVariance == 0, effects.crossLevel != 0 {
            notes.append(
                "Slopes are taken not to differ between clusters but for the cross-level effect; where they do, the power of the cross-level effect is lower: give the variance of the slopes."
            )
        }
        if let study {
            notes.append(
                "Simulation: \(study.replicates - study.failed) samples, REML, Monte Carlo standard errors in parentheses."
            )
        }
        return Table(
            title: "Power of the Effects",
            spanners: study == nil ? [] : [[.init("Simulation", columns: 5..<8)]],
            columns: [
                .init("Effect"), .init("Size"), .init("\(emphasis: "SE")"), .init("\(emphasis: "df")"),
                .init("Power"),
            ] + (study == nil ? [] : [.init("Power"), .init("Bias"), .init("Coverage")]) + [
                .init("Least effect"), .init("Clusters"),
            ], rows: rows, notes: .init(general: notes))
    }

    /// Power by clusters and their size, and the clusters each size needs: a table for each effect.
    private func compared(_ powers: [MultilevelPower]) throws(PowerError) -> (tables: [Table], json: JSON) {
        let m = design.plannedSize
        let sizes = comparedSizes.isEmpty ? Set([max(2, m / 2), m, m + max(1, m / 2), 2 * m]).sorted() : comparedSizes
        let clusters =
            comparedClusters.isEmpty
            ? Set([0.5, 1, 1.5, 2].map { max(4, Int(Double(design.clusters) * $0)) }).sorted() : comparedClusters
        var tables: [Table] = [], json: [JSON] = []
        for power in powers {
            var rows: [Table.Row] = []
            for size in sizes {
                // Sizes that were not asked for are left out where they are too small for the effect.
                guard !comparedSizes.isEmpty || (try? power.resized(clusters: 4, plannedSize: size)) != nil else {
                    continue
                }
                let first = try power.resized(clusters: 4, plannedSize: size)
                var values: [Double] = []
                for count in clusters { values.append(try power.resized(clusters: count, plannedSize: size).power) }
                let needed = try power.minimumClusters(power: self.power, plannedSize: size)
                rows.append(
                    .init(
                        [.integer(size)] + values.map { .number($0, .bounded(3)) } + [
                            .integer(needed),
                            .number(needed.map { Double($0) * first.design.expectedSize }, .integer),
                        ]))
                for (count, value) in zip(clusters, values) {
                    json.append([
                        "level": .string(power.level.rawValue), "clusters": .integer(count), "size": .integer(size),
                        "power": .number(value),
                    ])
                }
            }
            tables.append(
                Table(
                    title: RichText("Clusters or Cases in Them: Power of the \(power.level.title)"),
                    spanners: [
                        [
                            .init("Power with clusters", columns: 1..<(1 + clusters.count)),
                            .init(
                                "For \(NumberFormat.bounded(2).string(self.power))",
                                columns: (1 + clusters.count)..<(3 + clusters.count)),
                        ]
                    ],
                    columns: [.init("In each")] + clusters.map { .init(RichText(String($0))) } + [
                        .init("Clusters"), .init("Cases"),
                    ], rows: rows))
        }
        return (tables, .array(json))
    }

    private func figure(_ powers: [MultilevelPower]) -> Figure {
        let needed = powers.compactMap { try? $0.minimumClusters(power: power) }.max() ?? design.clusters
        let end = max(Double(design.clusters) * 1.5, min(1.2 * Double(needed), 20 * Double(design.clusters)))
        let points = Set((1...40).map { max(4, Int(end * Double($0) / 40)) }).sorted()
        return .powerCurves(
            powers.map { power in
                .init(
                    power.level.title, x: points.map(Double.init),
                    y: points.map {
                        (try? power.resized(clusters: $0, plannedSize: design.plannedSize))?.power ?? .nan
                    })
            }, title: "Power by Number of Clusters", horizontalTitle: "Clusters", target: power,
            marks: [Double(design.clusters)])
    }
}
