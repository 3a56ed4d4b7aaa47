/// By how much clusters raise the variance of a mean beyond that of a simple random sample.
///
/// 1 + (m − 1)ρ for clusters of one size (Kish 1965, section 5.4); with sizes of coefficient of variation CV,
/// 1 + ((1 + CV²)m̄ − 1)ρ (Eldridge, Ashby & Kerry 2006, eq. 2).
public struct ClusterDesignEffect: Sendable, Hashable {
    /// The mean number of cases in a cluster, m̄.
    public let meanSize: Double
    /// The intraclass correlation ρ.
    public let intraclassCorrelation: Double
    /// The coefficient of variation of the cluster sizes, standard deviation over mean.
    public let variationOfSizes: Double

    /// - Throws: ``PowerError``.
    public init(meanSize: Double, intraclassCorrelation: Double, variationOfSizes: Double = 0) throws(PowerError) {
        try PowerError.verify(count: meanSize, "the number of cases in a cluster", from: 1)
        try PowerError.verify(intraclassCorrelation: intraclassCorrelation)
        guard variationOfSizes >= 0, variationOfSizes <= 100 else {
            throw .outOfRange(
                "the variation of the cluster sizes", variationOfSizes,
                "it is their standard deviation over their mean and cannot be negative; 0 for equal sizes")
        }
        (self.meanSize, self.intraclassCorrelation) = (meanSize, intraclassCorrelation)
        self.variationOfSizes = variationOfSizes
    }

    /// The sizes of all clusters.
    ///
    /// - Throws: ``PowerError``.
    public init(sizes: [Int], intraclassCorrelation: Double) throws(PowerError) {
        guard let least = sizes.min(), least > 0 else {
            throw .request("cluster sizes are needed, each at least 1; leave out empty clusters")
        }
        let count = Double(sizes.count), mean = Double(sizes.reduce(0, +)) / count
        let variance = sizes.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
        try self.init(
            meanSize: mean, intraclassCorrelation: intraclassCorrelation, variationOfSizes: variance.squareRoot() / mean
        )
    }

    /// The design effect.
    public var value: Double {
        1 + ((1 + variationOfSizes * variationOfSizes) * meanSize - 1) * intraclassCorrelation
    }

    /// The size of the simple random sample with the same variance of the mean: N/deff.
    public func effectiveSampleSize(_ cases: Double) -> Double { cases / value }
}
