import LinearAlgebra
import Probability

/// Cronbach's coefficient alpha (Cronbach 1951) with Feldt's confidence interval.
public struct CronbachAlpha: Sendable, Codable, Equatable {
    /// k/(k − 1)·(1 − Σsᵢ²/s²): a lower bound of reliability when errors are uncorrelated; negative when the items
    /// covary negatively on the whole.
    public let value: Double
    /// The limits of the confidence interval of Feldt (1965): (1 − α̂) is distributed as (1 − α) over F with n − 1 and
    /// (n − 1)(k − 1) degrees of freedom. Nil for fewer than two cases.
    public let interval: [Double]?
    /// The confidence level of ``interval``.
    public let level: Double

    /// Computes alpha from the covariance matrix of the items of a scale.
    ///
    /// Nil when it does not exist: fewer than two items, or a sum score without variance.
    public init?(covariances: Matrix, cases: Int, level: Double = 0.95) {
        guard let value = Self.value(covariances) else { return nil }
        self.value = value
        self.level = level
        let n = Double(cases - 1), items = Double(covariances.rows - 1)
        let f = FisherF(n, n * items)
        let lower = 1 - (1 - value) * f.quantile((1 + level) / 2)
        let upper = 1 - (1 - value) * f.quantile((1 - level) / 2)
        interval = lower.isFinite && upper.isFinite ? [lower, upper] : nil
    }

    /// Alpha from a covariance matrix, or from a correlation matrix (standardised alpha).
    public static func value(_ covariances: Matrix) -> Double? {
        let k = Double(covariances.rows)
        let total = covariances.storage.reduce(0, +)
        guard k > 1, total > 0 else { return nil }
        // A sum of rounding errors is no variance.
        guard total > 1e-12 * covariances.trace else { return nil }
        return k / (k - 1) * (1 - covariances.trace / total)
    }
}
