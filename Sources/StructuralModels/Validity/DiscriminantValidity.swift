import LinearAlgebra

/// The table of Fornell & Larcker (1981): correlations of the constructs, with √AVE on the diagonal.
public struct DiscriminantValidity: Sendable, Hashable, Codable {
    /// The constructs, in the order of the rows.
    public var constructs: [String]
    /// The correlations of the constructs in the model; nil where a variance is not positive.
    public var correlations: [[Double?]]
    /// √AVE of each construct.
    public var rootAVE: [Double?]
    /// The maximum variance that a construct shares with another, MSV (Hair et al. 2010).
    public var maximumSharedVariance: [Double?]
    /// The average variance that a construct shares with the others, ASV.
    public var averageSharedVariance: [Double?]

    /// The pairs whose correlation exceeds the smaller √AVE of the two: the criterion is not met.
    public var violations: [(first: String, second: String, correlation: Double, rootAVE: Double)] {
        var result: [(first: String, second: String, correlation: Double, rootAVE: Double)] = []
        for j in constructs.indices {
            for i in 0..<j {
                guard let r = correlations[i][j], let a = rootAVE[i], let b = rootAVE[j], abs(r) >= min(a, b) else {
                    continue
                }
                result.append((constructs[i], constructs[j], r, min(a, b)))
            }
        }
        return result
    }
}

extension FittedModel {
    /// The Fornell–Larcker table of `constructs`; of all that no other construct has as its dimension when none are named.
    public func discriminantValidity(of constructs: [String]? = nil) -> DiscriminantValidity {
        let validity = convergentValidity()
        let dimensions = Set(validity.filter(\.isSecondOrder).flatMap { $0.loadings.map(\.indicator) })
        let names = constructs ?? validity.map(\.construct).filter { !dimensions.contains($0) }
        let numbers = names.map { model.plan.variables.firstIndex(of: $0) }
        func correlation(_ a: Int, _ b: Int) -> Double? {
            guard let i = numbers[a], let j = numbers[b] else { return nil }
            if a == b { return 1 }
            return (impliedCovariance[i, j] / (impliedCovariance[i, i] * impliedCovariance[j, j]).squareRoot()).finite
        }
        let matrix = names.indices.map { a in names.indices.map { correlation(a, $0) } }
        let shared = names.indices.map { a in
            names.indices.compactMap { b in a == b ? nil : matrix[a][b].map { $0 * $0 } }
        }
        return DiscriminantValidity(
            constructs: names, correlations: matrix,
            rootAVE: names.map { name in
                validity.first { $0.construct == name }?.averageVarianceExtracted.flatMap { $0.squareRoot().finite }
            },
            maximumSharedVariance: shared.map { $0.max() },
            averageSharedVariance: shared.map { $0.isEmpty ? nil : $0.reduce(0, +) / Double($0.count) })
    }
}
