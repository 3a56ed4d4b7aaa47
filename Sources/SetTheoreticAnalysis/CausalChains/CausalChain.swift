/// Every set in turn as the outcome of the others, by truth table and minimization: QCA's `causalChain` (Duşa 2019,
/// ch. 10), which gives the atomic formulas of a coincidence analysis without noise.
///
/// What is sufficient is decided by the rows of a truth table and remainders may be used to simplify, so that with
/// thresholds below 1 the models differ from those of ``CoincidenceAnalysis``. For when a chain may be read causally see
/// there.
public struct CausalChain: Sendable, Hashable {
    /// Which models count.
    public struct Options: Sendable, Hashable {
        /// Which sets may cause which.
        public var ordering: CausalOrdering?
        /// The consistency that a model must have.
        public var consistency: Double
        /// The coverage that a model must have.
        public var coverage: Double
        /// The cut-offs of the truth tables.
        public var table: TruthTableOptions
        /// How much to list and how long to search.
        public var limits: MinimizationLimits

        /// Options; the defaults are those of QCA 3.23.
        public init(
            ordering: CausalOrdering? = nil, consistency: Double = 0, coverage: Double = 1,
            table: TruthTableOptions = .init(), limits: MinimizationLimits = .init(effort: 300_000_000)
        ) {
            self.ordering = ordering
            self.consistency = consistency
            self.coverage = coverage
            self.table = table
            self.limits = limits
        }
    }

    /// The models of one outcome.
    public struct Link: Sendable, Hashable {
        /// The value that is to be explained.
        public let outcome: FactorValue
        /// The sets that may explain it.
        public let conditions: [String]
        /// The minimization; nil if it was not possible.
        public let analysis: StandardAnalysis?
        /// Why it was not possible.
        public let problem: SetTheoryError?
        /// The models that meet the thresholds.
        public let models: [Solution.Model]

        /// The models as they are written: `U + D <-> L`.
        public var formulas: [String] {
            guard let analysis else { return [] }
            return models.map { "\(analysis.table.conditions.expression($0.terms)) <-> \(outcome)" }
        }
    }

    /// The options.
    public let options: Options
    /// The outcomes, in the order of the sets; of a multi-value set every level but 0.
    public let links: [Link]

    /// Explains every set by the others.
    ///
    /// - Parameters:
    ///   - data: The cases.
    ///   - names: The sets; nil for all.
    ///   - options: Which models count.
    /// - Throws: ``SetTheoryError`` if a set does not exist, the ordering names what is not there, or an option is out
    ///   of range.
    public init(_ data: CalibratedData, sets names: [String]? = nil, options: Options = .init()) throws(SetTheoryError)
    {
        for (name, value) in [
            ("the consistency of a model", options.consistency), ("the coverage of a model", options.coverage),
        ] where !(value >= 0 && value <= 1) {
            throw .invalidSetting(name: name, value: "\(value)", remedy: "give a number from 0 to 1")
        }
        try options.table.verify()
        var sets: [CalibratedSet] = []
        for name in names ?? data.sets.map(\.name) { sets.append(try data.set(name)) }
        let all = sets.map(\.name)
        let tiers = try (options.ordering ?? CausalOrdering(tiers: [])).tierNumbers(of: all)
        let isStrict = options.ordering?.isStrict ?? false
        let isMultiValue = sets.contains { $0.levelCount > 2 }
        var links: [Link] = []
        for (own, set) in sets.enumerated() {
            let conditions = all.indices.filter {
                $0 != own && (isStrict ? tiers[$0] < tiers[own] : tiers[$0] <= tiers[own])
            }.map { all[$0] }
            if conditions.isEmpty { continue }
            for level in 1..<max(2, set.levelCount) {
                let outcome = FactorValue(factor: set.name, level: level, isMultiValue: isMultiValue)
                links.append(
                    Self.link(
                        data, outcome: outcome, levelCount: set.levelCount, conditions: conditions, options: options))
            }
        }
        self.options = options
        self.links = links
    }

    private static func link(
        _ data: CalibratedData, outcome: FactorValue, levelCount: Int, conditions: [String], options: Options
    ) -> Link {
        do {
            let table = try TruthTable(
                data, outcome: .set(outcome.factor, levels: levelCount > 2 ? [outcome.level] : nil),
                conditions: conditions, options: options.table)
            let analysis = try StandardAnalysis(
                table,
                options: .init(
                    kinds: [.parsimonious], models: ModelOptions(allIrredundant: true), limits: options.limits))
            let tolerance = TruthTableOptions.tolerance
            let models = (analysis.parsimonious?.models ?? []).filter { model in
                guard let consistency = model.fit.model.inclusion, let coverage = model.fit.model.coverage else {
                    return false
                }
                return consistency >= options.consistency - tolerance && coverage >= options.coverage - tolerance
            }
            return Link(outcome: outcome, conditions: conditions, analysis: analysis, problem: nil, models: models)
        } catch {
            return Link(outcome: outcome, conditions: conditions, analysis: nil, problem: error, models: [])
        }
    }
}
