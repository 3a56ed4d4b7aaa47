import Probability

/// A histogram, mostly of bootstrap draws, with the estimate and its confidence interval.
public struct Histogram: Sendable, Equatable {
    /// The values; those that are not finite are left out.
    public var values: [Double]
    /// A value to be marked by a full line.
    public var estimate: Double?
    /// An interval to be marked by dashed lines.
    public var interval: ClosedRange<Double>?
    /// The title of the picture.
    public var title: String
    /// The title of the horizontal axis.
    public var horizontalTitle: String
    /// The title of the vertical axis.
    public var verticalTitle: String
    /// The name of the estimate in the legend.
    public var estimateName: String
    /// The name of the interval in the legend.
    public var intervalName: String

    /// Makes the histogram.
    public init(
        values: [Double], estimate: Double? = nil, interval: ClosedRange<Double>? = nil,
        title: String = "Bootstrap distribution", horizontalTitle: String = "Estimate",
        verticalTitle: String = "Draws", estimateName: String = "Estimate",
        intervalName: String = "95% confidence interval"
    ) {
        self.values = values
        self.estimate = estimate
        self.interval = interval
        self.title = title
        self.horizontalTitle = horizontalTitle
        self.verticalTitle = verticalTitle
        self.estimateName = estimateName
        self.intervalName = intervalName
    }

    /// The picture. The width of the bins follows Freedman and Diaconis (1981), rounded to a nice number.
    public func drawing() -> Drawing {
        let sorted = values.filter(\.isFinite).sorted()
        let marks = [estimate, interval?.lowerBound, interval?.upperBound].compactMap(\.self)
        let (edges, counts) = Self.bins(sorted)
        let horizontal = Axis(holding: edges + marks, count: 8)
        let vertical = Axis(holding: counts.map(Double.init), anchors: [0])
        var summary = "n = \(sorted.count)"
        if let estimate { summary += "; \(estimateName) \(NumberFormat.fixed(3).string(estimate))" }
        if let interval {
            let format = NumberFormat.fixed(3)
            summary +=
                "; \(intervalName) [\(format.string(interval.lowerBound)), \(format.string(interval.upperBound))]"
        }
        let names = (estimate == nil ? [] : [estimateName]) + (interval == nil ? [] : [intervalName])
        var plot = Plot(
            title: title, summary: summary, width: 640, height: 380, horizontal: horizontal, vertical: vertical,
            horizontalTitle: horizontalTitle, verticalTitle: verticalTitle,
            legendHeight: Plot.legendHeight(names, width: 640))
        for (index, count) in counts.enumerated() where count > 0 {
            let box = Rectangle(
                minX: plot.x(edges[index]), minY: plot.y(Double(count)), maxX: plot.x(edges[index + 1]),
                maxY: plot.area.maxY)
            let fill = Color.sky.mixed(with: .white, 0.45)
            plot.drawing.add(.rectangle(box, cornerRadius: 0, fill: fill, .init(Color(gray: 90), width: 0.8)))
        }
        var legend: [(name: String, stroke: Drawing.Stroke, marker: Plot.Marker?)] = []
        if let estimate {
            let stroke = Drawing.Stroke(.ink, width: 2)
            plot.drawing.line(plot.point(estimate, vertical.lower), plot.point(estimate, vertical.upper), stroke)
            legend.append((estimateName, stroke, nil))
        }
        if let interval {
            let stroke = Drawing.Stroke(.vermilion, width: 2, dashes: [6, 4])
            for end in [interval.lowerBound, interval.upperBound] {
                plot.drawing.line(plot.point(end, vertical.lower), plot.point(end, vertical.upper), stroke)
            }
            legend.append((intervalName, stroke, nil))
        }
        plot.legend(legend)
        return plot.drawing
    }

    /// The edges of the bins and the number of values in each; a value on an edge belongs to the bin on its right.
    static func bins(_ sorted: [Double]) -> (edges: [Double], counts: [Int]) {
        guard let first = sorted.first, let last = sorted.last, first < last else {
            let value = sorted.first ?? 0
            let half = max(0.5, abs(value) * 0.05)
            return ([value - half, value + half], [sorted.count])
        }
        let count = Double(sorted.count)
        let quartiles = [0.25, 0.75].map { sorted[min(sorted.count - 1, Int($0 * count))] }
        let root = cubeRoot(count)
        var width = 2 * (quartiles[1] - quartiles[0]) / root
        if width <= 0 { width = (last - first) / 10 }
        let bins = max(5, min(60, Int(((last - first) / width).rounded(.up))))
        let axis = Axis(holding: [first, last], count: bins + 1)
        guard axis.ticks.count > 1 else { return ([first, last], [sorted.count]) }
        var counts = Array(repeating: 0, count: axis.ticks.count - 1)
        var bin = 0
        for value in sorted {
            while bin + 1 < counts.count, value >= axis.ticks[bin + 1] { bin += 1 }
            counts[bin] += 1
        }
        return (axis.ticks, counts)
    }
}
