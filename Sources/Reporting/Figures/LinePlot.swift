/// Lines over a common axis, with bands where wanted: simple slopes of an interaction, growth curves, and the region of
/// significance after Johnson and Neyman (1936).
public struct LinePlot: Sendable, Equatable {
    /// A line.
    public struct Series: Sendable, Equatable {
        /// Its name in the legend; none when empty.
        public var name: String
        /// The positions along the horizontal axis.
        public var x: [Double]
        /// The values, one per position; those that are not finite are left out.
        public var y: [Double]
        /// The lower edge of the band around the line; empty for no band.
        public var lower: [Double]
        /// The upper edge of the band.
        public var upper: [Double]

        /// Makes a line.
        public init(_ name: String = "", x: [Double], y: [Double], lower: [Double] = [], upper: [Double] = []) {
            self.name = name
            self.x = x
            self.y = y
            self.lower = lower
            self.upper = upper
        }
    }

    /// The lines.
    public var series: [Series]
    /// Heights at which a thin line goes across, such as zero.
    public var references: [Double]
    /// Positions at which a dashed line stands, such as the borders of a region of significance.
    public var borders: [Double]
    /// The title of the picture.
    public var title: String
    /// The title of the horizontal axis.
    public var horizontalTitle: String
    /// The title of the vertical axis.
    public var verticalTitle: String

    /// Makes the plot.
    public init(
        series: [Series], references: [Double] = [], borders: [Double] = [], title: String, horizontalTitle: String,
        verticalTitle: String
    ) {
        self.series = series
        self.references = references
        self.borders = borders
        self.title = title
        self.horizontalTitle = horizontalTitle
        self.verticalTitle = verticalTitle
    }

    /// The picture. Lines differ by colour, dashes and markers.
    public func drawing() -> Drawing {
        let hasLegend = series.contains { !$0.name.isEmpty }
        let names = series.map(\.name).filter { !$0.isEmpty }
        var plot = Plot(
            title: title, summary: "\(verticalTitle) over \(horizontalTitle)" + names.map { "; " + $0 }.joined(),
            width: 640, height: 420, horizontal: Axis(holding: series.flatMap(\.x) + borders),
            vertical: Axis(holding: series.flatMap { $0.y + $0.lower + $0.upper }, anchors: references),
            horizontalTitle: horizontalTitle, verticalTitle: verticalTitle,
            legendHeight: Plot.legendHeight(names, width: 640))
        for (index, line) in series.enumerated() {
            let band = zip(line.x, zip(line.lower, line.upper)).filter {
                $0.isFinite && $1.0.isFinite && $1.1.isFinite
            }
            guard band.count > 1 else { continue }
            let edge = band.map { plot.point($0, $1.1) } + band.reversed().map { plot.point($0, $1.0) }
            let color = Self.styles[index % Self.styles.count].stroke.color
            plot.drawing.add(.polygon(edge, fill: color.mixed(with: .white, 0.82), nil))
        }
        for reference in references where reference.isFinite {
            plot.drawing.line(
                plot.point(plot.horizontal.lower, reference), plot.point(plot.horizontal.upper, reference),
                .init(.muted, width: 1))
        }
        for border in borders where border.isFinite {
            plot.drawing.line(
                plot.point(border, plot.vertical.lower), plot.point(border, plot.vertical.upper),
                .init(.ink, width: 1.2, dashes: [4, 3]))
        }
        for (index, line) in series.enumerated() {
            let style = Self.styles[index % Self.styles.count]
            let points = zip(line.x, line.y).filter { $0.isFinite && $1.isFinite }.map { plot.point($0, $1) }
            plot.drawing.add(.polyline(points, style.stroke))
            // Markers on a dense curve would hide it.
            if points.count <= 12 { for point in points { plot.mark(point, style.marker, style.stroke.color) } }
        }
        if hasLegend {
            plot.legend(
                series.enumerated().map { index, line in
                    let style = Self.styles[index % Self.styles.count]
                    return (line.name, style.stroke, line.x.count <= 12 ? style.marker : nil)
                })
        }
        return plot.drawing
    }

    private static let styles: [(stroke: Drawing.Stroke, marker: Plot.Marker)] = [
        (.init(.blue, width: 2), .disc), (.init(.vermilion, width: 2, dashes: [7, 4]), .square),
        (.init(.ink, width: 2, dashes: [2, 3]), .ring), (.init(.green, width: 2, dashes: [10, 3, 2, 3]), .disc),
    ]
}
