import LinearAlgebra
import Probability

/// Mardia's multivariate skewness and kurtosis with their tests of multivariate normality (Mardia 1970).
///
/// As in `mardia` of psych, the covariance matrix has divisor n − 1.
public struct MardiaTest: Sendable, Codable, Equatable {
    /// The number of cases.
    public let n: Int
    /// The skewness b₁ₚ.
    public let skewness: Double
    /// n·b₁ₚ/6, which is χ² with p(p+1)(p+2)/6 degrees of freedom under normality.
    public let skewnessStatistic: Double
    /// The degrees of freedom of ``skewnessStatistic``.
    public let skewnessDegreesOfFreedom: Int
    /// The p-value of the skewness.
    public let skewnessPValue: Double
    /// The kurtosis b₂ₚ, whose expectation under normality is p(p+2).
    public let kurtosis: Double
    /// The kurtosis as a standard normal deviate.
    public let kurtosisStatistic: Double
    /// The two-sided p-value of the kurtosis.
    public let kurtosisPValue: Double

    /// Tests the columns of `data` (complete cases; rows are cases) for joint normality.
    /// - Throws: ``PsychometricsError`` when the covariance matrix is singular or a value is missing.
    public init(_ data: Matrix, variables: [String]) throws {
        let moments = try Moments(data, names: variables)
        let n = data.rows, p = data.columns
        guard p > 0 else { throw PsychometricsError.tooFewVariables(needed: 1, found: 0) }
        guard n > p else { throw PsychometricsError.tooFewCases(needed: p + 1, found: n) }
        _ = try inverse(ofCorrelations: moments.correlations(), names: variables)
        let centred = Moments.centred(data).data
        // Columns of z are the cases standardised by the Cholesky factor: zᵢᵀzⱼ = (xᵢ−x̄)ᵀS⁻¹(xⱼ−x̄).
        let z = try Cholesky(moments.covariances).solveFactor(centred.transpose)
        // b₁ₚ = Σⱼₖₗ (mean of zⱼzₖzₗ)², over ordered triples with their multiplicity: linear in n.
        var b1 = 0.0, product = [Double](repeating: 0, count: n)
        let rows = (0..<p).map(z.row)
        for j in 0..<p {
            for k in 0...j {
                for i in 0..<n { product[i] = rows[j][i] * rows[k][i] }
                for l in 0...k {
                    let mean = dot(product, rows[l]) / Double(n)
                    let multiplicity = j == l ? 1.0 : j == k || k == l ? 3 : 6
                    b1 += multiplicity * mean * mean
                }
            }
        }
        var b2 = 0.0
        for i in 0..<n {
            let column = z.column(i)
            let square = dot(column, column)
            b2 += square * square
        }
        b2 /= Double(n)
        let count = Double(n), order = Double(p)
        self.n = n
        skewness = b1
        skewnessStatistic = count * b1 / 6
        skewnessDegreesOfFreedom = p * (p + 1) * (p + 2) / 6
        skewnessPValue = ChiSquared(degreesOfFreedom: Double(skewnessDegreesOfFreedom)).upperTail(skewnessStatistic)
        kurtosis = b2
        kurtosisStatistic = (b2 - order * (order + 2)) * (count / (8 * order * (order + 2))).squareRoot()
        kurtosisPValue = 2 * Normal.standard.upperTail(abs(kurtosisStatistic))
    }
}
