import Probability

/// The power of an effect in clustered data, by the variances of its generalised least squares estimate.
///
/// With m cases in each of J clusters (Snijders & Bosker 1993; Raudenbush 1997; Raudenbush & Liu 2000; Snijders 2005):
/// level 2: (τ₀₀ + σ²/m)/(J·s²_w); level 1: (τ₁₁ + σ²/S)/J; cross-level: (τ₁₁ + σ²/S)/(J·s²_w), where S is the sum of squares of
/// the level-1 predictor within a cluster, (m − 1)s²_x, or m(m² − 1)/12 for time. Where sizes differ, the expectation of the
/// clusters' precisions is taken to the second order, which for level 2 is the relative efficiency 1 − CV²λ(1 − λ) of van
/// Breukelen, Candel and Berger (2007). The test is t, with J − 2 degrees of freedom for level 2 and cross-level effects,
/// J − 1 for a slope that varies, else the cases less the clusters less one.
public struct MultilevelPower: Sendable, Hashable {
    /// Where an effect is.
    public enum Level: String, Sendable, Hashable, CaseIterable {
        /// Of a predictor that varies within clusters, γ₁₀.
        case within = "level 1"
        /// Of a property of the clusters, γ₀₁.
        case between = "level 2"
        /// Of a property of the clusters on the slope within them, γ₁₁.
        case crossLevel = "cross-level"

        /// The effect in words.
        public var title: String {
            switch self {
            case .within: "level-1 effect"
            case .between: "level-2 effect"
            case .crossLevel: "cross-level effect"
            }
        }
    }

    /// The design.
    public let design: MultilevelDesign
    /// Where the effect is.
    public let level: Level
    /// The effect γ.
    public let effect: Double
    /// The level of significance.
    public let alpha: Double
    /// The expected standard error.
    public let standardError: Double
    /// The degrees of freedom of the t test.
    public let degreesOfFreedom: Double

    /// - Throws: ``PowerError``.
    public init(_ design: MultilevelDesign, level: Level, effect: Double, alpha: Double = 0.05) throws(PowerError) {
        guard effect != 0, effect.isFinite else {
            throw .outOfRange(
                "the \(level.title)", effect,
                "an effect of zero cannot be found; give the smallest one worth finding")
        }
        try PowerError.verify(probability: alpha, "alpha", example: 0.05)
        let clusters = Double(design.clusters), size = design.expectedSize
        if level != .between, size <= 1.5 {
            throw .outOfRange(
                "the expected number of cases in a cluster", size,
                "an effect within clusters needs at least two; plan more, or raise the compliance")
        }
        (self.design, self.level, self.effect, self.alpha) = (design, level, effect, alpha)
        let precision: Double
        switch level {
        case .between:
            precision = Self.precision(
                design.interceptVariance, design.residualVariance, information: size, variance: design.sizeVariance)
            degreesOfFreedom = clusters - 2
        case .within, .crossLevel:
            var information = 0.0, spread = 0.0
            switch design.level1Predictor {
            case .variable(let deviation):
                let square = deviation * deviation
                (information, spread) = ((size - 1) * square, design.sizeVariance * square * square)
            case .time:
                // Occasions that are missed at random take their share of the sum of squares.
                let m = Double(design.plannedSize)
                information = design.compliance * m * (m * m - 1) / 12
                let relative = 3 * design.sizeVariance.squareRoot() / size
                spread = relative * relative * information * information
            }
            precision = Self.precision(
                design.slopeVariance, design.residualVariance, information: information, variance: spread)
            degreesOfFreedom =
                level == .crossLevel
                ? clusters - 2 : design.slopeVariance > 0 ? clusters - 1 : clusters * (size - 1) - 1
        }
        let scale = level == .within ? 1 : design.level2StandardDeviation * design.level2StandardDeviation
        standardError = (1 / (clusters * precision * scale)).squareRoot()
        guard degreesOfFreedom >= 1 else {
            throw .request(
                "the design leaves no degrees of freedom for the \(level.title); take more clusters")
        }
    }

    /// The expectation of k/(τk + σ²) over clusters with information k of this mean and variance, to the second order and never
    /// below a tenth of that at the mean.
    private static func precision(
        _ between: Double, _ within: Double, information k: Double, variance: Double
    ) -> Double {
        let denominator = between * k + within
        let lambda = between * k / denominator
        return k / denominator * max(1 - variance / (k * k) * lambda * (1 - lambda), 0.1)
    }

    /// The power.
    public var power: Double { power(of: effect) }

    private func power(of effect: Double) -> Double {
        let noncentrality = abs(effect) / standardError
        if noncentrality > 1000 || degreesOfFreedom > 1e7 { return normalPower(noncentrality, alpha, 2) }
        let critical = StudentT(degreesOfFreedom: degreesOfFreedom).upperQuantile(alpha / 2)
        let distribution = NoncentralT(degreesOfFreedom: degreesOfFreedom, noncentrality: noncentrality)
        return distribution.upperTail(critical) + distribution.cumulative(-critical)
    }

    /// The least effect that is found with a power; nil where none is.
    public func detectableEffect(power: Double) -> Double? {
        guard power > alpha, power < 1 else { return nil }
        return MonotoneRoot.find(power, from: 0, step: standardError, limit: 1e6 * standardError) { self.power(of: $0) }
    }

    /// The same effect in a design of another size.
    ///
    /// - Throws: ``PowerError``.
    public func resized(clusters: Int, plannedSize: Int) throws(PowerError) -> MultilevelPower {
        try MultilevelPower(
            design.resized(clusters: clusters, plannedSize: plannedSize), level: level, effect: effect, alpha: alpha)
    }

    /// The least number of clusters that gives a power with clusters of this planned size; nil where ten million do not.
    ///
    /// - Throws: ``PowerError``.
    public func minimumClusters(power: Double, plannedSize: Int? = nil) throws(PowerError) -> Int? {
        try PowerError.verify(probability: power, "the power", example: 0.8)
        let size = plannedSize ?? design.plannedSize
        _ = try resized(clusters: 4, plannedSize: size)
        return MonotoneRoot.findInteger(power, from: 4, limit: 10_000_000) { clusters in
            (try? resized(clusters: clusters, plannedSize: size))?.power ?? 0
        }
    }
}
