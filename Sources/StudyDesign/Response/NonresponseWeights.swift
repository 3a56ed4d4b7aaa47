/// Weights of respondents that make up for those who did not respond: by weighting classes, by raking to known totals, or both
/// in this order, and trimmed at the end.
public struct NonresponseWeights: Sendable, Codable, Equatable {
    /// A weighting class: units alike, of which some responded (Oh & Scheuren 1983).
    public struct WeightingClass: Sendable, Codable, Equatable {
        /// Its name.
        public let name: String
        /// The number of its units.
        public let units: Int
        /// The number of respondents.
        public let respondents: Int
        /// The weighted response rate.
        public let responseRate: Double
        /// What the weights of its respondents are multiplied with: one over the rate.
        public var factor: Double { 1 / responseRate }
    }

    /// The weight of each unit; nil for those that did not respond.
    public let weights: [Double?]
    /// The weighting classes, in the order of their names; empty where there are none.
    public let classes: [WeightingClass]
    /// The raking; nil where there is none. Its weights are those before trimming.
    public let raking: Raking?
    /// The trimming; nil where there is none.
    public let trimming: WeightTrimming?
    /// The largest relative difference from the margins after trimming; nil without raking and trimming.
    public let deviationAfterTrimming: Double?
    /// Kish's effect 1 + cv² of the base weights of respondents.
    public let baseEffect: Double
    /// Kish's effect 1 + cv² of the final weights, the loss of precision by weighting.
    public let effect: Double

    /// The number of respondents.
    public var respondents: Int { weights.count { $0 != nil } }
    /// The number of respondents over the effect of the weights (Kish 1965).
    public var effectiveSize: Double { Double(respondents) / effect }
    /// The sum of the weights.
    public var sum: Double { weights.reduce(0) { $0 + ($1 ?? 0) } }

    /// Computes the weights.
    ///
    /// - Parameters:
    ///   - base: The design weights of all eligible units drawn.
    ///   - responded: Whether each responded.
    ///   - classes: The class of each unit; nil for none. Without classes and margins all are one class.
    ///   - margins: The margins, with a category for each unit.
    ///   - trimAt: The largest weight allowed, in multiples of the mean; nil for none.
    /// - Throws: ``SamplingError``.
    public init(
        base: [Double], responded: [Bool], classes: [String]? = nil, margins: [Raking.Margin] = [],
        trimAt multiple: Double? = nil
    ) throws(SamplingError) {
        guard base.count == responded.count, classes.map({ $0.count == base.count }) ?? true else {
            throw .request("there must be a weight, a response and a class for each unit")
        }
        if let bad = base.firstIndex(where: { !($0 > 0 && $0.isFinite) }) {
            throw .request(
                "the design weight of unit \(bad + 1) is \(short(base[bad])), but must be above 0; correct it")
        }
        let rows = responded.indices.filter { responded[$0] }
        guard !rows.isEmpty else { throw .request("nobody responded, so that there is nothing to weight") }
        var current = rows.map { base[$0] }
        baseEffect = KishDesignEffect.weighting(current) ?? 1
        var table: [WeightingClass] = []
        if classes != nil || margins.isEmpty {
            let names = classes ?? [String](repeating: "all units", count: base.count)
            table = try Self.table(names, base, responded)
            let factors = Dictionary(uniqueKeysWithValues: table.map { ($0.name, $0.factor) })
            for (position, row) in rows.enumerated() { current[position] *= factors[names[row]] ?? 1 }
        }
        self.classes = table
        let own = margins.map { margin in
            Raking.Margin(margin.variable, categories: rows.map { margin.categories[$0] }, totals: margin.totals)
        }
        var raking: Raking?
        if !own.isEmpty {
            // Shares say nothing of the sum, which stays that of the design weights.
            let stated = own[0].totals.values.sorted().reduce(0, +)
            let raked = try Raking(
                current, to: own, total: stated > 1.5 && abs(stated - 100) > 1 ? nil : base.reduce(0, +))
            current = raked.weights
            raking = raked
        }
        self.raking = raking
        var trimming: WeightTrimming?, deviation: Double?
        if let multiple {
            let trimmed = try WeightTrimming(current, at: multiple * current.reduce(0, +) / Double(current.count))
            current = trimmed.weights
            trimming = trimmed
            if !own.isEmpty { deviation = try Raking.deviation(current, from: own) }
        }
        self.trimming = trimming
        deviationAfterTrimming = deviation
        effect = KishDesignEffect.weighting(current) ?? 1
        var weights = [Double?](repeating: nil, count: base.count)
        for (position, row) in rows.enumerated() { weights[row] = current[position] }
        self.weights = weights
    }

    private static func table(
        _ names: [String], _ base: [Double], _ responded: [Bool]
    ) throws(SamplingError) -> [WeightingClass] {
        var rows: [String: [Int]] = [:]
        for (row, name) in names.enumerated() { rows[name, default: []].append(row) }
        var result: [WeightingClass] = []
        for name in rows.keys.sorted() {
            let own = rows[name] ?? [], answered = own.filter { responded[$0] }
            guard !answered.isEmpty else {
                throw .request(
                    "nobody of the weighting class \(name) responded (\(own.count) unit\(own.count == 1 ? "" : "s")), so that no "
                        + "weight can make up for it; merge it with a class alike, or name fewer variables")
            }
            let rate = answered.reduce(0.0) { $0 + base[$1] } / own.reduce(0.0) { $0 + base[$1] }
            result.append(
                WeightingClass(name: name, units: own.count, respondents: answered.count, responseRate: rate))
        }
        return result
    }
}
