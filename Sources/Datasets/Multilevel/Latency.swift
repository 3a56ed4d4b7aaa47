/// The distribution of the time between the planned moment and the answer, in the unit of the values given.
public struct LatencySummary: Sendable, Hashable, Codable {
    /// The number of answers.
    public var count: Int
    /// Their mean; nil without answers, as for the figures below.
    public var mean: Double?
    /// Their standard deviation with n − 1; nil for fewer than two.
    public var standardDeviation: Double?
    /// The least.
    public var minimum: Double?
    /// The first quartile, interpolated between order statistics (type 7 of Hyndman & Fan 1996).
    public var lowerQuartile: Double?
    /// The median.
    public var median: Double?
    /// The third quartile.
    public var upperQuartile: Double?
    /// The greatest.
    public var maximum: Double?

    /// Summarises latencies; values that are not finite are left out.
    public init(_ latencies: [Double]) {
        let sorted = latencies.filter(\.isFinite).sorted()
        count = sorted.count
        mean = sorted.isEmpty ? nil : AggregateFunction.mean.value(sorted)
        standardDeviation = sorted.count > 1 ? sampleDeviation(sorted) : nil
        func quantile(_ share: Double) -> Double? {
            guard let last = sorted.last else { return nil }
            let place = share * Double(sorted.count - 1)
            let below = Int(place)
            guard below + 1 < sorted.count else { return last }
            return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
        }
        minimum = sorted.first
        lowerQuartile = quantile(0.25)
        median = quantile(0.5)
        upperQuartile = quantile(0.75)
        maximum = sorted.last
    }

    /// Summarises answer time minus planned time, both numeric variables in the same unit; rows that lack one are left out.
    /// - Throws: ``DatasetError/noSuchColumn(name:source:nearest:)``; ``DatasetError/textColumn(name:row:content:)``.
    public init(_ dataset: Dataset, answered: String, planned: String) throws(DatasetError) {
        let answered = try dataset.numericColumn(answered).numbers
        let planned = try dataset.numericColumn(planned).numbers
        self.init(zip(answered, planned).map { $0 - $1 })
    }
}
