import LinearAlgebra
import Probability

/// How well a factor model reproduces the correlations, by the formulas of `fa` of psych.
///
/// A figure that does not exist (no degrees of freedom, a model or correlation matrix that is not positive definite) is
/// nil.
public struct FactorModelFit: Sendable, Codable, Equatable {
    /// The maximum likelihood discrepancy tr(Σ̂⁻¹R) − log|Σ̂⁻¹R| − p.
    public let objective: Double?
    /// The likelihood ratio χ² with Bartlett's correction: (n − 1 − (2p + 5)/6 − 2k/3) times ``objective``.
    public let chiSquared: Double?
    /// The degrees of freedom, ((p − k)² − (p + k))/2.
    public let degreesOfFreedom: Int
    /// The p-value of the χ² test.
    public let pValue: Double?
    /// √max(χ²/(df·n) − 1/(n − 1), 0), psych's estimate of the root mean square error of approximation.
    public let rmsea: Double?
    /// The limits of the 90% confidence interval of RMSEA, from the non-central χ² distribution.
    public let rmseaInterval: [Double]?
    /// The Tucker–Lewis index (Tucker & Lewis 1973).
    public let tli: Double?
    /// The root mean square of the residual correlations off the diagonal.
    public let rmsr: Double

    init(_ r: Matrix, loadings: Matrix, cases: Int?) {
        let p = r.rows, k = loadings.columns
        var model = loadings.timesTransposed(loadings)
        for i in 0..<p { model[i, i] = r[i, i] }
        let residuals = (r - model).storage.reduce(0) { $0 + $1 * $1 }
        rmsr = p > 1 ? (residuals / Double(p * (p - 1))).squareRoot() : 0
        degreesOfFreedom = Self.degreesOfFreedom(variables: p, factors: k)
        guard let implied = try? Cholesky(model), let observed = try? Cholesky(r) else {
            (objective, chiSquared, pValue, rmsea, rmseaInterval, tli) = (nil, nil, nil, nil, nil, nil)
            return
        }
        let discrepancy = implied.solve(r).trace + implied.logDeterminant - observed.logDeterminant - Double(p)
        objective = discrepancy
        guard let cases, cases > 1 else {
            (chiSquared, pValue, rmsea, rmseaInterval, tli) = (nil, nil, nil, nil, nil)
            return
        }
        let n = Double(cases), df = Double(degreesOfFreedom)
        let multiplier = n - 1 - Double(2 * p + 5) / 6 - 2 * Double(k) / 3
        let statistic = max(discrepancy * multiplier, 0)
        chiSquared = statistic
        guard degreesOfFreedom > 0 else {
            (pValue, rmsea, rmseaInterval, tli) = (nil, nil, nil, nil)
            return
        }
        pValue = ChiSquared(degreesOfFreedom: df).upperTail(statistic)
        rmsea = max(statistic / (df * n) - 1 / (n - 1), 0).squareRoot()
        let limits = [0.95, 0.05].map { level in
            let lambda = NoncentralChiSquared.noncentrality(cumulative: level, at: statistic, degreesOfFreedom: df)
            return (lambda / ((n - 1) * df)).squareRoot()
        }
        rmseaInterval = limits.allSatisfy(\.isFinite) ? limits : nil
        let null = -observed.logDeterminant * 2 / Double(p * (p - 1))
        let denominator = null - 1 / multiplier
        tli = denominator != 0 && multiplier > 0 ? (null - discrepancy / df) / denominator : nil
    }

    /// ((p − k)² − (p + k))/2: the correlations less the free loadings.
    public static func degreesOfFreedom(variables p: Int, factors k: Int) -> Int {
        p * (p - 1) / 2 - p * k + k * (k - 1) / 2
    }
}
