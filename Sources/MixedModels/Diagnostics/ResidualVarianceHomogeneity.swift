import LinearAlgebra
import Probability

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// HLM's test that the level-1 variance is the same in all groups (Raudenbush & Bryk 2002, p. 264, equation 9.5;
/// Bartlett & Kendall 1946).
///
/// H = Σ d_j², d_j = (ln s_j² − Σf ln s²/Σf)/√(2/f_j), s_j² being the residual variance of least squares in group j with
/// f_j degrees of freedom. It is a χ² for normal residuals and groups of ten rows or more.
public struct ResidualVarianceHomogeneity: Sendable, Hashable, Codable {
    /// H.
    public let chiSquared: Double
    /// Groups used − 1.
    public let degreesOfFreedom: Int
    /// The p-value.
    public let pValue: Double
    /// The groups with `minimumDegreesOfFreedom` and some residual variance.
    public let groupsUsed: Int
    /// All groups.
    public let groupCount: Int

    /// The test for `fit`, over groups whose residual variance has at least `minimumDegreesOfFreedom`.
    /// - Throws: ``MixedModelError/notAvailable(_:)`` for models with several grouping factors, case weights or a residual
    ///   structure, and with fewer than two groups of sufficient size.
    public init(_ fit: MixedModelFit, minimumDegreesOfFreedom: Int = 1) throws {
        let within = try WithinGroupRegressions(fit, purpose: "the test of homogeneous level-1 variances")
        let q = fit.design.terms.reduce(0) { $0 + $1.coefficientCount }
        var logs: [Double] = [], frees: [Double] = []
        for case let group? in within.groups {
            let free = group.rowCount - q
            guard free >= max(minimumDegreesOfFreedom, 1), group.residualSumOfSquares > 0 else { continue }
            logs.append(log(group.residualSumOfSquares / Double(free)))
            frees.append(Double(free))
        }
        guard logs.count > 1 else {
            throw MixedModelError.notAvailable(
                "the test of homogeneous level-1 variances: fewer than two groups have enough rows for a residual variance "
                    + "of their own")
        }
        let pooled = dot(logs, frees) / frees.reduce(0, +)
        chiSquared = zip(logs, frees).reduce(0) { $0 + 0.5 * $1.1 * ($1.0 - pooled) * ($1.0 - pooled) }
        degreesOfFreedom = logs.count - 1
        pValue = ChiSquared(degreesOfFreedom: Double(logs.count - 1)).upperTail(chiSquared)
        groupsUsed = logs.count
        groupCount = within.groups.count
    }
}
