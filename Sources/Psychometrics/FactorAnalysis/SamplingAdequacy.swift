import LinearAlgebra

/// The Kaiser–Meyer–Olkin measure of sampling adequacy (Kaiser & Rice 1974): squared correlations against squared
/// partial correlations.
public struct SamplingAdequacy: Sendable, Codable, Equatable {
    /// The measure over all items.
    public let overall: Double
    /// The measure of each item (MSA), in the order of the items.
    public let items: [Double]

    /// Computes the measure from a correlation matrix.
    /// - Throws: ``PsychometricsError/singularCorrelations(variables:)``.
    public init(correlations: Matrix, items names: [String]) throws {
        let inverse = try inverse(ofCorrelations: correlations, names: names).inverse
        let p = correlations.rows
        var squares = [Double](repeating: 0, count: p), partials = squares
        for i in 0..<p {
            for j in 0..<p where i != j {
                squares[i] += correlations[i, j] * correlations[i, j]
                partials[i] += inverse[i, j] * inverse[i, j] / (inverse[i, i] * inverse[j, j])
            }
        }
        func share(_ a: Double, _ b: Double) -> Double { a + b > 0 ? a / (a + b) : 0.5 }
        items = (0..<p).map { share(squares[$0], partials[$0]) }
        overall = share(squares.reduce(0, +), partials.reduce(0, +))
    }
}
