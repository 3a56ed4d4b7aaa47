import Probability

/// The points of a normal quantile-quantile plot.
public struct NormalQuantiles: Sendable, Hashable, Codable {
    /// The values in ascending order.
    public let sample: [Double]
    /// The normal quantiles at (i − a)/(n + 1 − 2a), with a = ½, or ⅜ for ten values and fewer, as in R.
    public let theoretical: [Double]
    /// The index of each point among the values given.
    public let order: [Int]

    /// The points of `values`, of which those that are not finite are left out.
    public init(_ values: [Double]) {
        order = values.indices.filter { values[$0].isFinite }.sorted { (values[$0], $0) < (values[$1], $1) }
        sample = order.map { values[$0] }
        let n = Double(order.count), a = order.count <= 10 ? 0.375 : 0.5
        theoretical = order.indices.map { Normal.standard.quantile((Double($0 + 1) - a) / (n + 1 - 2 * a)) }
    }
}
