/// The ways to form a confidence interval from bootstrap draws.
public enum BootstrapMethod: String, Sendable, Codable, CaseIterable {
    /// The estimate less its bias, plus and minus normal quantiles times the bootstrap standard error.
    case normal
    /// The percentile interval reflected about the estimate.
    case basic
    /// The quantiles of the draws.
    case percentile
    /// The percentile interval with levels corrected for median bias (Efron 1981): BCa with no acceleration, which
    /// lavaan calls `bca.simple`.
    case biasCorrected = "bc"
    /// Bias-corrected and accelerated (Efron 1987).
    case biasCorrectedAccelerated = "bca"
}

/// A confidence interval.
public struct BootstrapInterval: Sendable, Codable, Equatable {
    /// The lower limit.
    public let lower: Double
    /// The upper limit.
    public let upper: Double
}

/// The bootstrap draws of one estimate, sorted, with the intervals and p-values that follow from them.
///
/// Formulas of Davison & Hinkley (1997, ch. 5); interpolation between draws is on the normal scale, so that the figures
/// are those of `boot.ci` of R.
public struct BootstrapDistribution: Sendable {
    /// The finite draws in ascending order.
    public let sortedDraws: [Double]
    /// The estimate in the full sample.
    public let estimate: Double
    /// The mean of the draws; NaN without draws.
    public let mean: Double
    /// The standard deviation of the draws (divisor R − 1): the bootstrap standard error; NaN below two draws.
    public let standardError: Double

    /// Takes the draws in any order; those that are not finite are left out.
    public init(draws: [Double], estimate: Double) {
        sortedDraws = draws.filter(\.isFinite).sorted()
        self.estimate = estimate
        let count = Double(sortedDraws.count)
        let mean = sortedDraws.reduce(0, +) / count
        self.mean = mean
        let squares = sortedDraws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        standardError = count > 1 ? (squares / (count - 1)).squareRoot() : .nan
    }

    /// The acceleration of BCa from the empirical influence values (jackknife or infinitesimal jackknife) of the cases:
    /// Σl³ / (6 (Σl²)^{3/2}); zero when there is no variation.
    public static func acceleration(influences: [Double]) -> Double {
        var squares = 0.0, cubes = 0.0
        for l in influences {
            squares += l * l
            cubes += l * l * l
        }
        return squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
    }

    /// z₀, the normal quantile of the share of draws below the estimate; infinite when all draws lie on one side.
    public var medianBias: Double {
        Normal.standard.quantile(Double(firstIndex(atLeast: estimate)) / Double(sortedDraws.count))
    }

    /// The interval of confidence `level` by `method`; `acceleration` is read by BCa only.
    ///
    /// Nil when it does not exist: fewer than two draws, a level outside (0, 1), or, for the corrected intervals, all
    /// draws on one side of the estimate.
    public func interval(
        _ method: BootstrapMethod, level: Double = 0.95, acceleration: Double = 0
    ) -> BootstrapInterval? {
        guard sortedDraws.count > 1, level > 0, level < 1, estimate.isFinite else { return nil }
        let low = (1 - level) / 2, high = (1 + level) / 2
        switch method {
        case .normal:
            let centre = 2 * estimate - mean
            let margin = Normal.standard.quantile(high) * standardError
            return BootstrapInterval(lower: centre - margin, upper: centre + margin)
        case .basic:
            return BootstrapInterval(
                lower: 2 * estimate - Quantiles.normalScale(sortedDraws, high),
                upper: 2 * estimate - Quantiles.normalScale(sortedDraws, low))
        case .percentile:
            return BootstrapInterval(
                lower: Quantiles.normalScale(sortedDraws, low), upper: Quantiles.normalScale(sortedDraws, high))
        case .biasCorrected, .biasCorrectedAccelerated:
            let bias = medianBias
            let a = method == .biasCorrected ? 0 : acceleration
            guard bias.isFinite, a.isFinite else { return nil }
            func adjusted(_ p: Double) -> Double? {
                let shifted = bias + Normal.standard.quantile(p)
                guard 1 - a * shifted > 0 else { return nil }
                return Normal.standard.cumulative(bias + shifted / (1 - a * shifted))
            }
            guard let lower = adjusted(low), let upper = adjusted(high) else { return nil }
            return BootstrapInterval(
                lower: Quantiles.normalScale(sortedDraws, lower), upper: Quantiles.normalScale(sortedDraws, upper))
        }
    }

    /// The two-sided p-value of the hypothesis that the parameter equals `value`: the smallest α whose 1 − α interval by
    /// `method` excludes it, so that p and interval never contradict each other.
    ///
    /// It is found in closed form by inverting the interpolated distribution of the draws. When all draws lie on one side
    /// of `value` it is that of the extreme draw, 2/(R + 1) for the percentile method: R draws show no smaller one. Nil
    /// where ``interval(_:level:acceleration:)`` is.
    public func pValue(
        _ method: BootstrapMethod, against value: Double = 0, acceleration: Double = 0
    ) -> Double? {
        guard sortedDraws.count > 1, estimate.isFinite, value.isFinite else { return nil }
        switch method {
        case .normal:
            guard standardError > 0 else { return nil }
            return 2 * Normal.standard.upperTail(abs(2 * estimate - mean - value) / standardError)
        case .basic:
            let (below, above) = scores(around: 2 * estimate - value)
            return 2 * min(Normal.standard.cumulative(below), Normal.standard.upperTail(above), 0.5)
        case .percentile:
            let (below, above) = scores(around: value)
            return 2 * min(Normal.standard.cumulative(below), Normal.standard.upperTail(above), 0.5)
        case .biasCorrected, .biasCorrectedAccelerated:
            let bias = medianBias
            let a = method == .biasCorrected ? 0 : acceleration
            guard bias.isFinite, a.isFinite else { return nil }
            // The corrected score is s = z₀ + v/(1 − a·v) with v = z₀ + z, hence v = (s − z₀)/(1 + a(s − z₀)).
            func nominal(_ score: Double) -> Double? {
                let u = score - bias
                return 1 + a * u > 0 ? u / (1 + a * u) - bias : nil
            }
            let (below, above) = scores(around: value)
            guard let low = nominal(below), let high = nominal(above) else { return nil }
            return 2 * min(Normal.standard.cumulative(low), Normal.standard.upperTail(high), 0.5)
        }
    }

    /// The normal scores at which the interpolated quantile function last is at most `value`, and first is at least it.
    private func scores(around value: Double) -> (below: Double, above: Double) {
        (score(count: firstIndex(above: value), value), score(count: firstIndex(atLeast: value), value))
    }

    /// The normal score of `value`, which the first `count` draws precede.
    private func score(count: Int, _ value: Double) -> Double {
        let total = Double(sortedDraws.count + 1)
        if count == 0 { return Normal.standard.quantile(1 / total) }
        if count == sortedDraws.count { return Normal.standard.quantile(Double(count) / total) }
        let below = Normal.standard.quantile(Double(count) / total)
        let above = Normal.standard.quantile(Double(count + 1) / total)
        let left = sortedDraws[count - 1], right = sortedDraws[count]
        return below + (value - left) / (right - left) * (above - below)
    }

    private func firstIndex(atLeast value: Double) -> Int { partition { $0 < value } }

    private func firstIndex(above value: Double) -> Int { partition { $0 <= value } }

    private func partition(_ precedes: (Double) -> Bool) -> Int {
        var low = 0, high = sortedDraws.count
        while low < high {
            let middle = (low + high) / 2
            if precedes(sortedDraws[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
