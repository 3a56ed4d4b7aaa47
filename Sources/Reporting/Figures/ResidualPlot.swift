/// Residuals against fitted values, with the mean of the residuals along them: a bend shows a relation that is not
/// straight, a funnel a variance that is not constant.
public struct ResidualPlot: Sendable, Equatable {
    /// The fitted values.
    public var fitted: [Double]
    /// The residuals, one for each fitted value.
    public var residuals: [Double]
    /// The title of the picture.
    public var title: String
    /// The title of the horizontal axis.
    public var horizontalTitle: String
    /// The title of the vertical axis.
    public var verticalTitle: String

    /// The most points that are drawn; of more, every so many-th along the fitted values.
    static let pointLimit = 2000

    /// Makes the plot; pairs that are not finite are left out.
    public init(
        fitted: [Double], residuals: [Double], title: String = "Residuals by fitted values",
        horizontalTitle: String = "Fitted values", verticalTitle: String = "Standardised residuals"
    ) {
        let pairs = zip(fitted, residuals).filter { $0.isFinite && $1.isFinite }.sorted { $0 < $1 }
        self.fitted = pairs.map(\.0)
        self.residuals = pairs.map(\.1)
        self.title = title
        self.horizontalTitle = horizontalTitle
        self.verticalTitle = verticalTitle
    }

    /// The number of points that are drawn.
    var shownCount: Int { (fitted.count + step - 1) / step }

    private var step: Int { max(1, (fitted.count + Self.pointLimit - 1) / Self.pointLimit) }

    /// The picture.
    public func drawing() -> Drawing {
        var plot = Plot(
            title: title, summary: "n = \(fitted.count)", width: 560, height: 400, horizontal: Axis(holding: fitted),
            vertical: Axis(holding: residuals, anchors: [0]), horizontalTitle: horizontalTitle,
            verticalTitle: verticalTitle)
        let radius = fitted.count > 500 ? 1.8 : 3
        for index in stride(from: 0, to: fitted.count, by: step) {
            plot.mark(plot.point(fitted[index], residuals[index]), .ring, .sky, radius: radius)
        }
        plot.drawing.line(
            plot.point(plot.horizontal.lower, 0), plot.point(plot.horizontal.upper, 0),
            .init(.muted, width: 1.2, dashes: [4, 3]))
        let means = binMeans
        if means.count > 1 {
            plot.drawing.add(.polyline(means.map { plot.point($0.x, $0.y) }, .init(.vermilion, width: 1.8)))
        }
        return plot.drawing
    }

    /// The mean fitted value and residual in stretches of as many points each, at least ten.
    var binMeans: [(x: Double, y: Double)] {
        let bins = min(15, fitted.count / 10)
        guard bins > 1 else { return [] }
        return (0..<bins).map { bin in
            let range = (bin * fitted.count / bins)..<((bin + 1) * fitted.count / bins)
            let n = Double(range.count)
            return (range.reduce(0) { $0 + fitted[$1] } / n, range.reduce(0) { $0 + residuals[$1] } / n)
        }
    }
}
