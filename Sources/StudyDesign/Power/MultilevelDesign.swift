/// Clusters with cases in them: teams with members, persons with days.
///
/// The outcome's variance that predictors leave unexplained is 1: a share ρ (the ICC) between clusters, τ₀₀, the rest within,
/// σ². Slopes of the level-1 predictor may differ between clusters with variance τ₁₁. Effects are then in standard deviations
/// of the outcome per unit of the predictor.
public struct MultilevelDesign: Sendable, Hashable {
    /// What varies within clusters.
    public enum Level1Predictor: Sendable, Hashable {
        /// A variable, centred at the means of the clusters, with this standard deviation within them.
        case variable(standardDeviation: Double = 1)
        /// Time, in occasions one unit apart: its effect is the growth from one occasion to the next.
        case time
    }

    /// The number of clusters, J.
    public var clusters: Int
    /// The number of cases or occasions planned in a cluster, m.
    public let plannedSize: Int
    /// The share of them that is expected to be answered.
    public let compliance: Double
    /// The coefficient of variation of the planned sizes; 0 for clusters of one size.
    public let variationOfSizes: Double
    /// The intraclass correlation ρ.
    public let intraclassCorrelation: Double
    /// τ₁₁.
    public let slopeVariance: Double
    /// The predictor of level 1.
    public let level1Predictor: Level1Predictor
    /// The standard deviation of the predictor of level 2; 0.5 for two groups of one size.
    public let level2StandardDeviation: Double

    /// - Throws: ``PowerError``.
    public init(
        clusters: Int, plannedSize: Int, intraclassCorrelation: Double, compliance: Double = 1,
        variationOfSizes: Double = 0, slopeVariance: Double = 0,
        level1Predictor: Level1Predictor = .variable(), level2StandardDeviation: Double = 1
    ) throws(PowerError) {
        try PowerError.verify(count: Double(clusters), "the number of clusters", from: 3, through: 10_000_000)
        try PowerError.verify(
            count: Double(plannedSize), "the number of cases in a cluster", from: 1, through: 1_000_000)
        try PowerError.verify(intraclassCorrelation: intraclassCorrelation)
        guard compliance > 0, compliance <= 1 else {
            throw .outOfRange("the compliance", compliance, "it must be a share above 0 and at most 1, for example 0.8")
        }
        guard variationOfSizes >= 0, variationOfSizes <= 3 else {
            throw .outOfRange(
                "the variation of the cluster sizes", variationOfSizes,
                "it is their standard deviation over their mean, between 0 and 3")
        }
        guard slopeVariance >= 0, slopeVariance <= 100 else {
            throw .outOfRange("the variance of the slopes", slopeVariance, "it must not be negative, for example 0.05")
        }
        if case .variable(let deviation) = level1Predictor, !(deviation > 0 && deviation.isFinite) {
            throw .outOfRange("the standard deviation of the predictor of level 1", deviation, "it must be positive")
        }
        guard level2StandardDeviation > 0, level2StandardDeviation.isFinite else {
            throw .outOfRange(
                "the standard deviation of the predictor of level 2", level2StandardDeviation,
                "it must be positive; 0.5 for two groups of one size")
        }
        (self.clusters, self.plannedSize, self.compliance) = (clusters, plannedSize, compliance)
        (self.variationOfSizes, self.intraclassCorrelation) = (variationOfSizes, intraclassCorrelation)
        (self.slopeVariance, self.level1Predictor) = (slopeVariance, level1Predictor)
        self.level2StandardDeviation = level2StandardDeviation
    }

    /// The expected number of cases in a cluster.
    public var expectedSize: Double { Double(plannedSize) * compliance }

    /// The expected number of cases.
    public var cases: Double { Double(clusters) * expectedSize }

    /// The variance of the cluster sizes: of the plan, and of which occasions are answered (binomial).
    var sizeVariance: Double {
        let planned = variationOfSizes * expectedSize
        return planned * planned + expectedSize * (1 - compliance)
    }

    /// The design effect of a mean over all cases.
    ///
    /// - Throws: ``PowerError`` where less than one case is expected in a cluster.
    public func designEffect() throws(PowerError) -> ClusterDesignEffect {
        try ClusterDesignEffect(
            meanSize: expectedSize, intraclassCorrelation: intraclassCorrelation,
            variationOfSizes: sizeVariance.squareRoot() / expectedSize)
    }

    /// τ₀₀.
    var interceptVariance: Double { intraclassCorrelation }
    /// σ².
    var residualVariance: Double { 1 - intraclassCorrelation }

    /// The same design with other numbers of clusters and cases in them.
    ///
    /// - Throws: ``PowerError``.
    public func resized(clusters: Int, plannedSize: Int) throws(PowerError) -> MultilevelDesign {
        try MultilevelDesign(
            clusters: clusters, plannedSize: plannedSize, intraclassCorrelation: intraclassCorrelation,
            compliance: compliance, variationOfSizes: variationOfSizes, slopeVariance: slopeVariance,
            level1Predictor: level1Predictor, level2StandardDeviation: level2StandardDeviation)
    }
}
