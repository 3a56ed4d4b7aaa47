/// How a sample is shared out to strata.
public enum AllocationRule: String, Sendable, Codable, CaseIterable {
    /// nₕ ∝ Nₕ: every unit has the same chance.
    case proportional
    /// The same number in each stratum, to compare strata with each other.
    case equal
    /// nₕ ∝ NₕSₕ: the smallest standard error of the overall mean (Neyman 1934).
    case neyman
    /// nₕ ∝ NₕSₕ/√cₕ: the smallest standard error for the money (Cochran 1977, equation 5.23).
    case optimal
}

/// What is known of a stratum before the sample is drawn.
public struct SamplingStratum: Sendable, Codable, Hashable {
    /// Its name.
    public var name: String
    /// The number of its units, Nₕ.
    public var size: Int
    /// The standard deviation of the variable of interest, Sₕ; nil when unknown.
    public var standardDeviation: Double?
    /// The mean of the variable of interest; nil when unknown.
    public var mean: Double?
    /// The cost of one answer, cₕ; nil when it does not matter.
    public var cost: Double?

    /// Creates a stratum.
    public init(
        _ name: String, size: Int, standardDeviation: Double? = nil, mean: Double? = nil, cost: Double? = nil
    ) {
        self.name = name
        self.size = size
        self.standardDeviation = standardDeviation
        self.mean = mean
        self.cost = cost
    }
}

/// A sample shared out to strata, with what precision it promises.
public struct StratumAllocation: Sendable, Codable, Equatable {
    /// A stratum with its part of the sample.
    public struct Row: Sendable, Codable, Equatable {
        /// The stratum.
        public let stratum: SamplingStratum
        /// Its share before rounding to a whole number.
        public let share: Double
        /// The number of units to be drawn, nₕ.
        public let n: Int

        /// The sampling fraction nₕ/Nₕ, each unit's probability of being drawn.
        public var fraction: Double { Double(n) / Double(stratum.size) }
        /// The design weight Nₕ/nₕ; nil where nothing is drawn.
        public var weight: Double? { n > 0 ? Double(stratum.size) / Double(n) : nil }
    }

    /// The rule.
    public let rule: AllocationRule
    /// The strata.
    public let rows: [Row]
    /// The least number that each stratum has; a stratum with fewer units is taken whole.
    public let minimum: Int

    /// The number of units to be drawn.
    public var n: Int { rows.reduce(0) { $0 + $1.n } }
    /// The number of units.
    public var population: Int { rows.reduce(0) { $0 + $1.stratum.size } }
    /// The cost of the sample; nil unless every stratum has a cost.
    public var cost: Double? {
        rows.reduce(0.0 as Double?) { sum, row in
            sum.flatMap { sum in row.stratum.cost.map { sum + $0 * Double(row.n) } }
        }
    }

    /// Shares a sample out to strata; the parts sum to `n` by the method of largest remainders.
    ///
    /// - Parameters:
    ///   - n: The size of the sample.
    ///   - strata: The strata.
    ///   - rule: How it is shared out.
    ///   - minimum: The least number in each stratum.
    /// - Throws: ``SamplingError``.
    public init(
        _ n: Int, to strata: [SamplingStratum], by rule: AllocationRule = .proportional, minimum: Int = 1
    ) throws(SamplingError) {
        try Self.verify(strata, rule)
        guard n > 0 else { throw .request("a sample of \(n) units is none; ask for 1 or more") }
        guard minimum >= 0 else { throw .request("the minimum in each stratum is \(minimum); give 0 or more") }
        let upper = strata.map(\.size), lower = upper.map { min($0, minimum) }
        let population = upper.reduce(0) { $0.addingReportingOverflow($1).partialValue }
        guard n <= population else { throw .tooLarge(wanted: n, available: population, place: "") }
        let needed = lower.reduce(0, +)
        guard needed <= n else { throw .tooSmall(wanted: n, needed: needed, strata: strata.count) }
        let claims = strata.map { stratum -> Double in
            let size = Double(stratum.size)
            return switch rule {
            case .proportional: size
            case .equal: 1
            case .neyman: size * (stratum.standardDeviation ?? 0)
            case .optimal: size * (stratum.standardDeviation ?? 0) / (stratum.cost ?? 1).squareRoot()
            }
        }
        let shares = Apportionment.shares(claims, total: n, lower: lower, upper: upper)
        let counts = Apportionment.rounded(shares, total: n, upper: upper)
        self.init(
            rule: rule, rows: strata.indices.map { Row(stratum: strata[$0], share: shares[$0], n: counts[$0]) },
            minimum: minimum)
    }

    /// Takes the numbers as they are given, for a sample that is shared out already.
    ///
    /// - Throws: ``SamplingError`` when a stratum has fewer units.
    init(given counts: [Int], of strata: [SamplingStratum]) throws(SamplingError) {
        for (count, stratum) in zip(counts, strata) where count > stratum.size {
            throw .tooLarge(wanted: count, available: stratum.size, place: stratum.name)
        }
        self.init(
            rule: .proportional,
            rows: zip(strata, counts).map { Row(stratum: $0, share: Double($1), n: $1) }, minimum: 0)
    }

    private init(rule: AllocationRule, rows: [Row], minimum: Int) {
        self.rule = rule
        self.rows = rows
        self.minimum = minimum
    }

    private static func verify(_ strata: [SamplingStratum], _ rule: AllocationRule) throws(SamplingError) {
        guard !strata.isEmpty else { throw .noUnits }
        var names: Set<String> = []
        for stratum in strata {
            guard names.insert(stratum.name).inserted else { throw .repeatedStratum(stratum.name) }
            guard stratum.size > 0 else { throw .emptyStratum(stratum.name) }
            guard stratum.size <= 1_000_000_000_000 else {
                throw .stratumFigure(
                    stratum: stratum.name, figure: "size", value: Double(stratum.size),
                    remedy: "there are not that many units; correct it")
            }
            let needsDeviation = rule == .neyman || rule == .optimal
            if needsDeviation || stratum.standardDeviation != nil {
                guard let deviation = stratum.standardDeviation, deviation == 0 || (1e-100...1e100).contains(deviation)
                else {
                    throw .stratumFigure(
                        stratum: stratum.name, figure: "standard deviation", value: stratum.standardDeviation,
                        remedy:
                            "\(rule.rawValue) allocation needs one of 0 or more (up to 1e100) in every stratum: take it from an "
                            + "earlier study, or use proportional allocation")
                }
            }
            if rule == .optimal || stratum.cost != nil {
                guard let cost = stratum.cost, (1e-100...1e100).contains(cost) else {
                    throw .stratumFigure(
                        stratum: stratum.name, figure: "cost", value: stratum.cost,
                        remedy: "give the cost of one answer, above 0, in every stratum, or use neyman allocation")
                }
            }
            if let mean = stratum.mean, !(abs(mean) <= 1e100) {
                throw .stratumFigure(
                    stratum: stratum.name, figure: "mean", value: mean, remedy: "give a number, or leave it out")
            }
        }
        if rule == .neyman || rule == .optimal, strata.allSatisfy({ $0.standardDeviation == 0 }) {
            throw .request(
                "all standard deviations are 0, so that one unit would tell all; correct them, or use proportional allocation"
            )
        }
    }
}
