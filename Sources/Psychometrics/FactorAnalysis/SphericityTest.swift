import LinearAlgebra
import Probability

/// Bartlett's test that the items are uncorrelated (Bartlett 1951).
public struct SphericityTest: Sendable, Codable, Equatable {
    /// −(n − 1 − (2p + 5)/6)·log|R|.
    public let chiSquared: Double
    /// p(p − 1)/2.
    public let degreesOfFreedom: Int
    /// The p-value.
    public let pValue: Double

    /// Tests a correlation matrix of `cases` cases.
    /// - Throws: ``PsychometricsError/singularCorrelations(variables:)``.
    public init(correlations: Matrix, cases: Int, items: [String]) throws {
        let logDeterminant = try inverse(ofCorrelations: correlations, names: items).logDeterminant
        let p = correlations.rows
        chiSquared = max(-(Double(cases - 1) - Double(2 * p + 5) / 6) * logDeterminant, 0)
        degreesOfFreedom = p * (p - 1) / 2
        pValue =
            degreesOfFreedom > 0
            ? ChiSquared(degreesOfFreedom: Double(degreesOfFreedom)).upperTail(chiSquared) : 1
    }
}
