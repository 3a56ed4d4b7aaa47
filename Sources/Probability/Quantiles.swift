/// Quantiles of a sample, by the definitions that statistical programs use.
public enum Quantiles {
    /// The quantile of `sorted` (ascending) at `probability`, type 7 of Hyndman & Fan (1996): R's and Excel's default.
    /// NaN for an empty sample or a probability outside [0, 1].
    public static func type7(_ sorted: [Double], _ probability: Double) -> Double {
        interpolated(sorted, probability, at: Double(sorted.count - 1) * probability)
    }

    /// The quantile of `sorted` (ascending) at `probability`, type 6 of Hyndman & Fan (1996): SPSS's and Minitab's.
    /// NaN for an empty sample or a probability outside [0, 1].
    public static func type6(_ sorted: [Double], _ probability: Double) -> Double {
        interpolated(sorted, probability, at: Double(sorted.count + 1) * probability - 1)
    }

    /// The median of `sorted` (ascending); NaN for an empty sample.
    public static func median(_ sorted: [Double]) -> Double { type7(sorted, 0.5) }

    private static func interpolated(_ sorted: [Double], _ probability: Double, at rank: Double) -> Double {
        guard !sorted.isEmpty, probability >= 0, probability <= 1 else { return .nan }
        let rank = min(max(rank, 0), Double(sorted.count - 1))
        // R's guard against ranks such as 2.9999999999999996.
        let lower = Int((rank + 4 * Double.ulpOfOne).rounded(.down))
        let fraction = rank - Double(lower)
        guard fraction > 4 * Double.ulpOfOne, lower + 1 < sorted.count else { return sorted[lower] }
        return sorted[lower] + fraction * (sorted[lower + 1] - sorted[lower])
    }

    /// The quantile of `sorted` (ascending) at `probability`, interpolated between order statistics on the normal scale.
    ///
    /// Davison & Hinkley (1997, Bootstrap Methods and Their Application, eq. 5.8); the order statistic k of R stands at
    /// probability k/(R + 1), and beyond the first and the last the extreme draw is returned, as `boot` of R does. NaN for
    /// an empty sample or a probability outside [0, 1].
    public static func normalScale(_ sorted: [Double], _ probability: Double) -> Double {
        guard !sorted.isEmpty, probability >= 0, probability <= 1 else { return .nan }
        let count = Double(sorted.count)
        let rank = (count + 1) * probability
        let k = Int(rank)
        if k == 0 { return sorted[0] }
        if k >= sorted.count { return sorted[sorted.count - 1] }
        if Double(k) == rank { return sorted[k - 1] }
        let z = Normal.standard.quantile(probability)
        let below = Normal.standard.quantile(Double(k) / (count + 1))
        let above = Normal.standard.quantile(Double(k + 1) / (count + 1))
        return sorted[k - 1] + (z - below) / (above - below) * (sorted[k] - sorted[k - 1])
    }
}
