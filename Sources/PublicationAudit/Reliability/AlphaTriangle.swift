/// What Cronbach's alpha, alpha if an item is deleted, and corrected item-total correlations (CITC) say of each other.
///
/// With the variance of the whole scale as unit, let sᵢ² be the variance of item i, wᵢ that of the scale without it, and cᵢ its
/// covariance with the rest. Then 1 = sᵢ² + wᵢ + 2cᵢ, D = Σ sᵢ² = 1 − α(k − 1)/k, and wᵢ eᵢ = D − sᵢ² with eᵢ = 1 − α₋ᵢ(k − 2)/(k − 1).
/// These hold for raw alpha, whatever the variances of the items:
/// * Σ wᵢ = k − 2 + D and Σ wᵢ eᵢ = (k − 1) D, so (k − 1) D / (k − 2 + D) is a weighted mean of the eᵢ.
/// * Put sᵢ² = D sin²θ, wᵢ = D cos²θ / eᵢ and cᵢ = r sᵢ √wᵢ into the first: the greatest value over θ must reach 1, which gives
///   r ≥ √((1 − D)(eᵢ − D)) / D where eᵢ > D. For the item variance that attains it this is an equality.
/// With items of equal variance alpha and each r are determined; of real items they stay close, as `deviationOfRealItems` says.
public struct AlphaTriangle: Sendable, Hashable {
    /// How many items.
    public let items: Int

    /// A scale with three items at least.
    public init?(items: Int) {
        guard items > 2, items <= 100_000 else { return nil }
        self.items = items
    }

    private var k: Double { Double(items) }

    /// D = Σ sᵢ² of an alpha.
    private func itemShare(_ alpha: Double) -> Double { 1 - alpha * (k - 1) / k }
    /// e of an alpha without an item.
    private func itemShare(withoutItem alpha: Double) -> Double { 1 - alpha * (k - 2) / (k - 1) }
    /// The alpha whose D makes (k − 1) D / (k − 2 + D) a value.
    private func alpha(mean: Double) -> Double {
        let share = mean * (k - 2) / (k - 1 - mean)
        return k / (k - 1) * (1 - share)
    }

    /// The alphas that alphas without each item allow: exact bounds of raw alpha.
    public func alpha(withoutEach deleted: [Interval]) -> Interval {
        let shares = deleted.map { $0.monotone(itemShare(withoutItem:)) }
        let low = shares.map(\.lower).min() ?? 0, high = shares.map(\.upper).max() ?? 1
        return Interval(alpha(mean: min(high, 1.5)), alpha(mean: low))
    }

    /// The alpha that alphas without each item give if the weights are equal, as of standardised items.
    public func usualAlpha(withoutEach deleted: [Interval]) -> Interval {
        let mean =
            deleted.map { $0.monotone(itemShare(withoutItem:)) }.sum() * Interval(1 / Double(max(deleted.count, 1)))
        return mean.monotone { alpha(mean: min($0, 1.5)) }
    }

    /// How far real items, of standard deviations that differ by up to half, take alpha from ``usualAlpha(withoutEach:)``: more than the
    /// largest difference among 3,000 simulated Likert scales with loadings from .35 to .9.
    public var deviationOfRealItems: Double { items == 3 ? 0.08 : items == 4 ? 0.06 : items == 5 ? 0.03 : 0.02 }

    /// The lowest corrected item-total correlation that alpha and alpha without the item allow; −1 where they set no bound.
    public func lowestCorrelation(alpha: Interval, deleted: Interval) -> Double {
        let share = itemShare(alpha.lower), without = itemShare(withoutItem: deleted.upper)
        guard share > 0, share < 1, without > share else { return -1 }
        return ((1 - share) * (without - share)).squareRoot() / share
    }

    /// The corrected item-total correlation of an item with the variance of the others: c = (1 − D/k − w)/2 with w = D(1 − 1/k)/e.
    public func usualCorrelation(alpha: Double, deleted: Double) -> Double {
        let share = itemShare(alpha), without = itemShare(withoutItem: deleted)
        guard share > 0, without > 0 else { return .nan }
        let item = share / k, rest = share * (1 - 1 / k) / without
        return (1 - item - rest) / 2 / (item * rest).squareRoot()
    }
}
