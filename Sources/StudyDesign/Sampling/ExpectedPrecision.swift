/// The precision that a stratified sample promises, and that of others of the same size beside it.
public struct ExpectedPrecision: Sendable, Codable, Equatable {
    /// The standard error of the overall mean (Cochran 1977, equation 5.7); nil unless every stratum has a standard deviation
    /// and a part of the sample.
    public let standardError: Double?
    /// That of a proportional allocation of the same size, before rounding (Cochran 1977, equation 5.11).
    public let proportionalStandardError: Double?
    /// That of Neyman's allocation of the same size, the smallest there is (Cochran 1977, equation 5.27).
    public let neymanStandardError: Double?
    /// That of a simple random sample of the same size; nil unless every stratum has a mean too.
    public let simpleStandardError: Double?
    /// The variance of this design over that of a simple random sample of the same size; nil without means.
    public let designEffect: Double?
    /// Kish's (1965) effect of unequal weights, n·Σw²/(Σw)² = 1 + cv²; nil unless every stratum has a part of the sample.
    public let weightingEffect: Double?
    /// The size of a simple random sample of the same precision: n over the design effect, or over the effect of the weights
    /// where nothing is known of means and standard deviations; nil where means alone are missing.
    public let effectiveSize: Double?
    /// The standard error of a proportion of one half, the largest that one can have.
    public let proportionStandardError: Double?

    /// Works out the precision of an allocation.
    public init(_ allocation: StratumAllocation) {
        let rows = allocation.rows, n = Double(allocation.n), population = Double(allocation.population)
        let isComplete = rows.allSatisfy { $0.n > 0 }
        func variance(_ squaredDeviation: (StratumAllocation.Row) -> Double) -> Double {
            rows.reduce(0) { sum, row in
                let share = Double(row.stratum.size) / population
                return sum + share * share * (1 - row.fraction) * squaredDeviation(row) / Double(row.n)
            }
        }
        let deviations = rows.compactMap(\.stratum.standardDeviation), means = rows.compactMap(\.stratum.mean)
        let hasDeviations = deviations.count == rows.count, hasMeans = means.count == rows.count
        var error: Double?, proportional: Double?, neyman: Double?, simple: Double?
        if hasDeviations {
            let shares = rows.map { Double($0.stratum.size) / population }
            let within = zip(shares, deviations).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
            let average = zip(shares, deviations).reduce(0) { $0 + $1.0 * $1.1 }
            if isComplete {
                error = variance { ($0.stratum.standardDeviation ?? 0) * ($0.stratum.standardDeviation ?? 0) }
                    .squareRoot()
            }
            proportional = ((1 - n / population) * within / n).squareRoot()
            neyman = max(average * average / n - within / population, 0).squareRoot()
            if hasMeans, population > 1 {
                let overall = zip(shares, means).reduce(0) { $0 + $1.0 * $1.1 }
                var squares = 0.0
                for (row, (deviation, mean)) in zip(rows, zip(deviations, means)) {
                    let size = Double(row.stratum.size)
                    squares += (size - 1) * deviation * deviation + size * (mean - overall) * (mean - overall)
                }
                simple = ((1 - n / population) * squares / (population - 1) / n).squareRoot()
            }
        }
        standardError = error
        proportionalStandardError = proportional
        neymanStandardError = neyman
        simpleStandardError = simple
        let effect: Double? = error.flatMap { error in
            simple.flatMap { $0 > 0 ? error * error / ($0 * $0) : nil }
        }
        designEffect = effect
        let weighting =
            isComplete
            ? n * rows.reduce(0) { $0 + Double($1.stratum.size) * Double($1.stratum.size) / Double($1.n) }
                / (population * population) : nil
        weightingEffect = weighting
        effectiveSize = (effect ?? (hasDeviations ? nil : weighting)).flatMap { $0 > 0 ? n / $0 : nil }
        proportionStandardError =
            isComplete
            ? variance { row in
                let size = Double(row.stratum.size)
                return size > 1 ? 0.25 * size / (size - 1) : 0
            }.squareRoot() : nil
    }
}

/// How much larger than a simple random sample one with unequal weights must be for the same precision.
public enum KishDesignEffect {
    /// The effect of unequal weights on the variance of a mean, n·Σw²/(Σw)² = 1 + cv²(w) (Kish 1965, section 11.7); nil
    /// without weights above zero.
    public static func weighting(_ weights: [Double]) -> Double? {
        let sum = weights.reduce(0, +), squares = weights.reduce(0) { $0 + $1 * $1 }
        let effect = Double(weights.count) * squares / (sum * sum)
        return effect.isFinite && effect > 0 ? effect : nil
    }
}
