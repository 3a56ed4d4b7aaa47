/// Number, centre, spread and shape of one variable.
///
/// A figure that does not exist (the skewness of a constant, the standard deviation of one case) is nil.
public struct VariableDescriptives: Sendable, Codable, Equatable {
    /// The variable's name.
    public let variable: String
    /// The number of values that are not missing.
    public let n: Int
    /// The number of missing values.
    public let missing: Int
    /// The mean.
    public let mean: Double?
    /// The standard deviation (divisor n − 1).
    public let standardDeviation: Double?
    /// The smallest value.
    public let minimum: Double?
    /// The largest value.
    public let maximum: Double?
    /// The median.
    public let median: Double?
    /// The sample-adjusted skewness G₁ of SPSS and SAS (type 2 of Joanes & Gill 1998); nil for fewer than three values
    /// and for a constant.
    public let skewness: Double?
    /// The sample-adjusted excess kurtosis G₂ of SPSS and SAS (type 2); nil for fewer than four values and for a
    /// constant.
    public let kurtosis: Double?
    /// The standard error of ``skewness`` under normality, √(6n(n−1)/((n−2)(n+1)(n+3))).
    public let skewnessStandardError: Double?
    /// The standard error of ``kurtosis`` under normality, 2·SE(G₁)·√((n²−1)/((n−3)(n+5))).
    public let kurtosisStandardError: Double?

    /// Describes `values`, of which those that are not finite count as missing.
    public init(variable: String, values: [Double]) {
        let sorted = values.filter(\.isFinite).sorted()
        let count = sorted.count, n = Double(count)
        self.variable = variable
        self.n = count
        missing = values.count - count
        minimum = sorted.first
        maximum = sorted.last
        guard count > 0 else {
            (mean, standardDeviation, median, skewness, kurtosis) = (nil, nil, nil, nil, nil)
            (skewnessStandardError, kurtosisStandardError) = (nil, nil)
            return
        }
        let mean = Moments.mean(sorted)
        self.mean = mean
        median = count % 2 == 1 ? sorted[count / 2] : 0.5 * (sorted[count / 2 - 1] + sorted[count / 2])
        var m2 = 0.0, m3 = 0.0, m4 = 0.0
        for value in sorted {
            let d = value - mean, square = d * d
            m2 += square
            m3 += square * d
            m4 += square * square
        }
        (m2, m3, m4) = (m2 / n, m3 / n, m4 / n)
        standardDeviation = count > 1 ? (m2 * n / (n - 1)).squareRoot() : nil
        skewness = count > 2 && m2 > 0 ? m3 / (m2 * m2.squareRoot()) * (n * (n - 1)).squareRoot() / (n - 2) : nil
        kurtosis =
            count > 3 && m2 > 0
            ? (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * (m4 / (m2 * m2) - 3) + 6) : nil
        let error = count > 2 ? (6 * n * (n - 1) / ((n - 2) * (n + 1) * (n + 3))).squareRoot() : nil
        skewnessStandardError = error
        kurtosisStandardError =
            count > 3 ? error.map { 2 * $0 * ((n * n - 1) / ((n - 3) * (n + 5))).squareRoot() } : nil
    }
}
