/// The standardised loadings of one factor: what they give for composite reliability and average variance extracted.
public struct FactorLoadings: Sendable, Hashable {
    /// The loadings, of one item each.
    public let loadings: [PrintedNumber]

    /// The loadings of a factor.
    public init(_ loadings: [PrintedNumber]) { self.loadings = loadings }

    /// The magnitudes: items that load negatively are recoded before reliabilities are computed.
    private var magnitudes: [Interval] { loadings.map { $0.interval.magnitude } }

    /// AVE = Σ λ² / k (Fornell & Larcker, 1981): rises with every loading, so the ends follow from the ends.
    public var averageVariance: Interval {
        magnitudes.map(\.squared).sum() * Interval(1 / Double(max(loadings.count, 1)))
    }

    /// CR = (Σ λ)² / ((Σ λ)² + Σ (1 − λ²)) (Fornell & Larcker, 1981): rises with every loading, so the ends follow from the ends.
    ///
    /// With a loading beyond 1 the negative residual variance may have been counted as it is or as zero.
    public var compositeReliability: Interval {
        func reliability(_ values: [Double], least: Double) -> Double {
            let total = values.reduce(0, +), common = total * total
            let unique = values.reduce(0) { $0 + max(1 - $1 * $1, least) }
            return common + unique > 0 ? common / (common + unique) : 0
        }
        func ends(_ least: Double) -> Interval {
            Interval(
                reliability(magnitudes.map(\.lower), least: least), reliability(magnitudes.map(\.upper), least: least))
        }
        return ends(0).union(ends(-.infinity))
    }

    /// The terms of an arithmetic sentence: `.76, .48, .70, .65, .75`.
    var words: String { loadings.map(\.text).joined(separator: ", ") }
}
