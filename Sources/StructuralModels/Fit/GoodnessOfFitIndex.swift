import LinearAlgebra
import Probability

/// The goodness-of-fit index under its two definitions.
///
/// The classic one, which LISREL and AMOS print and which papers mean by GFI, is the share of the weighted sum of
/// squares of the observed moments that the structure accounts for (Jöreskog & Sörbom 1984; Tanaka & Huba 1985). The
/// newer one (Maydeu-Olivares, Ximénez & Revuelta 2024, eq. 20) is free of the sample size's influence and has an
/// interval.
public struct GoodnessOfFitIndex: Sendable {
    /// Classic GFI: 1 − tr[(Σ⁻¹S − I)²]/tr[(Σ⁻¹S)²] with covariances alone.
    public let classic: Double
    /// Classic AGFI: 1 − (k/d)(1 − GFI), k the number of moments; 1 without degrees of freedom.
    public let adjusted: Double
    /// PGFI (Mulaik et al. 1989): (d/k)·GFI.
    public let parsimonious: Double
    /// Browne's residual statistic at the structure, ½·N·tr[(Σ⁻¹S − I)²] plus N times the weighted square of the mean
    /// residuals.
    public let reweightedStatistic: Double
    private let variableCount: Int
    private let caseCount: Double
    private let degreesOfFreedom: Int

    /// Computes the indices.
    ///
    /// - Parameters:
    ///   - s: the observed covariance matrix.
    ///   - sigma: the implied covariance matrix, positive definite.
    ///   - means: observed and implied means when they are modelled.
    ///   - fixed: the exogenous variables whose moments are those of the sample: the moments among them are not fitted, so
    ///     the classic index leaves them out of the total.
    ///   - caseCount: N under the normal likelihood, N − 1 under the Wishart likelihood.
    ///   - degreesOfFreedom: those of the target's test.
    ///   - tangentMisfit: what the residual statistic leaves out because it lies in the directions of the parameters.
    /// - Throws: `LinearAlgebraError.notPositiveDefinite`.
    public init(
        observed s: Matrix, implied sigma: Matrix, means: (observed: [Double], implied: [Double])?,
        fixed: [Int] = [], caseCount: Double, degreesOfFreedom: Int, tangentMisfit: Double = 0
    ) throws {
        let inverse = try Cholesky(sigma).inverse
        let ratio = inverse * s
        let residual = ratio - .identity(s.rows)
        let isFixed = s.diagonal.indices.map { fixed.contains($0) }
        let fitted = inverse * Matrix(rows: s.rows, columns: s.rows) { isFixed[$0] && isFixed[$1] ? 0 : s[$0, $1] }
        var misfit = 0.5 * (residual * residual).trace, total = 0.5 * (fitted * fitted).trace
        var moments = s.rows * (s.rows + 1) / 2
        if let means {
            let difference = zip(means.observed, means.implied).map { $0 - $1 }
            misfit += dot(difference, inverse * difference)
            let fittedMeans = zip(means.observed, isFixed).map { $1 ? 0 : $0 }
            total += dot(fittedMeans, inverse * fittedMeans)
            moments += s.rows
        }
        classic = 1 - misfit / total
        let k = Double(moments), d = Double(degreesOfFreedom)
        adjusted = d > 0 ? 1 - k / d * (1 - classic) : 1
        parsimonious = d / k * classic
        reweightedStatistic = caseCount * max(misfit - tangentMisfit, 0)
        variableCount = s.rows
        self.caseCount = caseCount
        self.degreesOfFreedom = degreesOfFreedom
    }

    /// The newer GFI of a statistic: N·p/(N·p + 2(T − d)), at most one.
    public func rediscovered(_ statistic: Double) -> Double {
        let np = caseCount * Double(variableCount)
        let denominator = np + 2 * (statistic - Double(degreesOfFreedom))
        return denominator > 0 ? min(np / denominator, 1) : 0
    }

    /// The interval of the newer GFI, from the noncentralities of the statistic (2024, eq. 23).
    public func rediscoveredInterval(_ statistic: Double, level: Double = 0.9) -> (lower: Double, upper: Double) {
        guard degreesOfFreedom > 0 else { return (1, 1) }
        let np = caseCount * Double(variableCount)
        func bound(_ probability: Double) -> Double {
            let lambda = NoncentralChiSquared.noncentrality(
                cumulative: probability, at: statistic, degreesOfFreedom: Double(degreesOfFreedom))
            return min(np / (np + 2 * lambda), 1)
        }
        return (bound((1 - level) / 2), bound(1 - (1 - level) / 2))
    }
}
