/// Weights that none exceeds a bound: what is cut off is shared out equally to the others, until none is above it.
public struct WeightTrimming: Sendable, Codable, Equatable {
    /// The weights.
    public let weights: [Double]
    /// The bound.
    public let bound: Double
    /// The number of weights that were cut.
    public let trimmed: Int

    /// Trims weights.
    ///
    /// - Parameters:
    ///   - weights: The weights, above zero.
    ///   - bound: The largest weight allowed, above the mean of the weights.
    /// - Throws: ``SamplingError/request(_:)`` for a bound that cannot be kept.
    public init(_ weights: [Double], at bound: Double) throws(SamplingError) {
        let mean = weights.reduce(0, +) / Double(max(weights.count, 1))
        guard bound.isFinite, bound > mean else {
            throw .request(
                "weights cannot be trimmed at \(short(bound)), as their mean is \(short(mean)); give a bound above it")
        }
        var current = weights, cut = Set<Int>()
        while true {
            let above = current.indices.filter { current[$0] > bound * (1 + 1e-12) }
            guard !above.isEmpty else { break }
            let excess = above.reduce(0.0) { $0 + current[$1] - bound }
            for unit in above { current[unit] = bound }
            cut.formUnion(above)
            let others = current.indices.filter { !cut.contains($0) }
            guard !others.isEmpty else { break }
            for unit in others { current[unit] += excess / Double(others.count) }
        }
        self.weights = current
        self.bound = bound
        trimmed = cut.count
    }
}
