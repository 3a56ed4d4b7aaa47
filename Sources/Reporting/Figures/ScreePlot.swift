import Probability

/// Eigenvalues by their rank, with those of random data for parallel analysis (Horn, 1965).
public struct ScreePlot: Sendable, Equatable {
    /// The eigenvalues of the data, in descending order.
    public var eigenvalues: [Double]
    /// The mean eigenvalues of random data; empty for none.
    public var randomMeans: [Double]
    /// A high percentile, mostly the 95th, of the eigenvalues of random data; empty for none.
    public var randomPercentiles: [Double]
    /// The words in the picture.
    public var words: Words

    /// The words in the picture.
    public struct Words: Sendable, Equatable {
        /// The title of the picture.
        public var title = "Scree plot"
        /// Below the horizontal axis.
        public var factor = "Factor number"
        /// Beside the vertical axis.
        public var eigenvalue = "Eigenvalue"
        /// The line of the data.
        public var data = "Data"
        /// The line of the random means.
        public var randomMean = "Random data, mean"
        /// The line of the random percentiles.
        public var randomPercentile = "Random data, 95th percentile"

        /// The English words.
        public init() {}
    }

    /// Makes the plot.
    public init(
        eigenvalues: [Double], randomMeans: [Double] = [], randomPercentiles: [Double] = [], words: Words = Words()
    ) {
        self.eigenvalues = eigenvalues
        self.randomMeans = randomMeans
        self.randomPercentiles = randomPercentiles
        self.words = words
    }

    /// The picture.
    public func drawing() -> Drawing {
        typealias Series = (name: String, values: [Double], stroke: Drawing.Stroke, marker: Plot.Marker)
        let all: [Series] = [
            (words.data, eigenvalues, .init(.ink, width: 1.8), .disc),
            (words.randomMean, randomMeans, .init(.blue, width: 1.6, dashes: [7, 4]), .ring),
            (words.randomPercentile, randomPercentiles, .init(.vermilion, width: 1.6, dashes: [2, 3]), .square),
        ]
        let series = all.filter { !$0.values.isEmpty }
        let count = series.map(\.values.count).max() ?? 1
        let values = series.flatMap(\.values)
        let ticks = Axis(holding: [0.5, Double(max(2, count)) + 0.5], count: min(count + 2, 14), isTight: true)
        let summary = eigenvalues.enumerated().map { "\($0 + 1): \(NumberFormat.fixed(2).string($1))" }
            .joined(separator: "; ")
        var plot = Plot(
            title: words.title, summary: summary, width: 640, height: 400, horizontal: ticks,
            vertical: Axis(holding: values, anchors: [0]), horizontalTitle: words.factor,
            verticalTitle: words.eigenvalue,
            legendHeight: series.count > 1 ? Plot.legendHeight(series.map(\.name), width: 640) : 0)
        for entry in series.reversed() {
            let points = entry.values.enumerated().filter { $0.element.isFinite }.map {
                plot.point(Double($0.offset + 1), $0.element)
            }
            plot.drawing.add(.polyline(points, entry.stroke))
            for point in points { plot.mark(point, entry.marker, entry.stroke.color, radius: 3.6) }
        }
        if series.count > 1 { plot.legend(series.map { ($0.name, $0.stroke, $0.marker) }) }
        return plot.drawing
    }
}
