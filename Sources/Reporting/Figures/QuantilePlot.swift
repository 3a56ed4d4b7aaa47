/// A normal quantile plot: sorted values against the normal quantiles of their ranks.
public struct QuantilePlot: Sendable, Equatable {
    /// The normal quantiles, ascending; those of the ranks' plotting positions (i − 0.375)/(n + 0.25) (Blom, 1958).
    public var theoretical: [Double]
    /// The values, ascending.
    public var sample: [Double]
    /// The title of the picture.
    public var title: String
    /// The title of the horizontal axis.
    public var horizontalTitle: String
    /// The title of the vertical axis.
    public var verticalTitle: String

    /// Makes the plot of values that have their quantiles already; the longer list is cut.
    public init(
        theoretical: [Double], sample: [Double], title: String = "Normal Q–Q plot",
        horizontalTitle: String = "Theoretical quantiles", verticalTitle: String = "Sample quantiles"
    ) {
        let pairs = zip(theoretical, sample).filter { $0.isFinite && $1.isFinite }
        self.theoretical = pairs.map(\.0)
        self.sample = pairs.map(\.1)
        self.title = title
        self.horizontalTitle = horizontalTitle
        self.verticalTitle = verticalTitle
    }

    /// The plotting positions of a sample of a size (Blom, 1958), whose normal quantiles belong on the horizontal axis.
    public static func plottingPositions(count: Int) -> [Double] {
        (0..<max(0, count)).map { (Double($0) + 1 - 0.375) / (Double(count) + 0.25) }
    }

    /// The picture, with the line through the first and third quartiles.
    public func drawing() -> Drawing {
        var plot = Plot(
            title: title, summary: "n = \(sample.count)", width: 480, height: 440,
            horizontal: Axis(holding: theoretical), vertical: Axis(holding: sample), horizontalTitle: horizontalTitle,
            verticalTitle: verticalTitle)
        if let line = quartileLine {
            let ends = clipped(line, plot.horizontal, plot.vertical)
            plot.drawing.line(
                plot.point(ends.0.x, ends.0.y), plot.point(ends.1.x, ends.1.y), .init(.vermilion, width: 1.6))
        }
        let radius = sample.count > 500 ? 2.2 : 3.2
        for (x, y) in zip(theoretical, sample) { plot.mark(plot.point(x, y), .ring, .blue, radius: radius) }
        return plot.drawing
    }

    /// Slope and intercept of the line through the quartiles; none for fewer than four values.
    private var quartileLine: (slope: Double, intercept: Double)? {
        guard sample.count >= 4 else { return nil }
        let sorted = sample.sorted()
        let low = sample.count / 4
        let high = sample.count - 1 - low
        let run = theoretical[high] - theoretical[low]
        guard run > 0 else { return nil }
        let slope = (sorted[high] - sorted[low]) / run
        return (slope, sorted[low] - slope * theoretical[low])
    }

    private func clipped(
        _ line: (slope: Double, intercept: Double), _ horizontal: Axis, _ vertical: Axis
    ) -> (Point, Point) {
        func at(_ x: Double) -> Point { Point(x: x, y: line.intercept + line.slope * x) }
        guard line.slope > 0 else { return (at(horizontal.lower), at(horizontal.upper)) }
        let first = max(horizontal.lower, (vertical.lower - line.intercept) / line.slope)
        let last = min(horizontal.upper, (vertical.upper - line.intercept) / line.slope)
        return first < last ? (at(first), at(last)) : (at(horizontal.lower), at(horizontal.lower))
    }
}
