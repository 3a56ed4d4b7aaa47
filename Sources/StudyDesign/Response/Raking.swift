/// Weights that reproduce known totals of several variables at once, found by adjusting to each in turn (iterative
/// proportional fitting, Deming & Stephan 1940). With a single margin it is poststratification.
public struct Raking: Sendable, Codable, Equatable {
    /// A variable with known totals.
    public struct Margin: Sendable, Codable, Equatable {
        /// Its name.
        public var variable: String
        /// Its category for each unit.
        public var categories: [String]
        /// The totals, or shares, of the population.
        public var totals: [String: Double]

        /// Creates a margin.
        public init(_ variable: String, categories: [String], totals: [String: Double]) {
            self.variable = variable
            self.categories = categories
            self.totals = totals
        }
    }

    /// The weights.
    public let weights: [Double]
    /// The number of passes over all margins.
    public let iterations: Int
    /// Whether the margins are met to a relative 1e-10.
    public let hasConverged: Bool
    /// The largest relative difference between a total of the weights and the known one.
    public let largestDeviation: Double

    /// Adjusts weights to margins. Totals of later margins are scaled to the sum of the first.
    ///
    /// - Parameters:
    ///   - weights: The weights to begin with, above zero.
    ///   - margins: The margins.
    ///   - total: What all totals sum to; nil for the sum of the first margin.
    ///   - limit: The most passes.
    /// - Throws: ``SamplingError`` for weights that are not above zero, and for categories without a total or without a unit.
    public init(
        _ weights: [Double], to margins: [Margin], total: Double? = nil, limit: Int = 1000
    ) throws(SamplingError) {
        guard !weights.isEmpty else { throw .noUnits }
        if let bad = weights.firstIndex(where: { !($0 > 0 && $0.isFinite) }) {
            throw .request("the weight of unit \(bad + 1) is \(short(weights[bad])), but must be above 0; correct it")
        }
        guard let first = margins.first else { throw .request("raking needs a variable with known totals; name one") }
        let sum = total ?? first.totals.values.sorted().reduce(0, +)
        var positions: [[Int]] = [], targets: [[Double]] = []
        for margin in margins {
            let own = try Self.targets(margin, count: weights.count, sum: sum)
            positions.append(own.positions)
            targets.append(own.targets)
        }
        var current = weights, passes = 0, deviation = Self.deviation(weights, positions, targets)
        while deviation > 1e-10, passes < limit {
            for (position, target) in zip(positions, targets) {
                let sums = Self.sums(current, position, target.count)
                for unit in current.indices { current[unit] *= target[position[unit]] / sums[position[unit]] }
            }
            passes += 1
            deviation = Self.deviation(current, positions, targets)
        }
        self.weights = current
        iterations = passes
        hasConverged = deviation <= 1e-10
        largestDeviation = deviation
    }

    /// The largest relative difference between the totals of weights and those of margins, scaled to the same sum.
    ///
    /// - Throws: ``SamplingError`` as the initialiser.
    static func deviation(_ weights: [Double], from margins: [Margin]) throws(SamplingError) -> Double {
        var largest = 0.0
        for margin in margins {
            let own = try targets(margin, count: weights.count, sum: weights.reduce(0, +))
            largest = max(largest, deviation(weights, [own.positions], [own.targets]))
        }
        return largest
    }

    private static func targets(
        _ margin: Margin, count: Int, sum: Double
    ) throws(SamplingError) -> (positions: [Int], targets: [Double]) {
        let what = margin.variable
        guard margin.categories.count == count else {
            throw .request("\(what) has \(margin.categories.count) values for \(count) units")
        }
        let names = margin.totals.keys.sorted(), own = names.map { margin.totals[$0] ?? 0 }
        if let bad = own.firstIndex(where: { !($0 > 0 && $0.isFinite) }) {
            throw .request(
                "the total of \(what) = \(names[bad]) is \(short(own[bad])), but must be above 0; correct it, or leave the "
                    + "category out")
        }
        let present = Set(margin.categories)
        if let stranger = present.subtracting(names).min() {
            throw .request(
                "there is no total for \(what) = \(stranger), which occurs among the respondents; add it, or merge categories"
            )
        }
        if let empty = names.first(where: { !present.contains($0) }) {
            throw .request(
                "no respondent has \(what) = \(empty), so that no weight can make up for it; merge it with another category"
            )
        }
        let order = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        let scale = sum / own.reduce(0, +)
        return (margin.categories.map { order[$0] ?? 0 }, own.map { $0 * scale })
    }

    private static func sums(_ weights: [Double], _ positions: [Int], _ count: Int) -> [Double] {
        var sums = [Double](repeating: 0, count: count)
        for (weight, position) in zip(weights, positions) { sums[position] += weight }
        return sums
    }

    private static func deviation(_ weights: [Double], _ positions: [[Int]], _ targets: [[Double]]) -> Double {
        var largest = 0.0
        for (position, target) in zip(positions, targets) {
            for (sum, wanted) in zip(sums(weights, position, target.count), target) {
                largest = max(largest, abs(sum / wanted - 1))
            }
        }
        return largest
    }
}
