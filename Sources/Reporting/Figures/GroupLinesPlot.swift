/// The predicted line of each group over a predictor whose slope varies between groups, and the average line.
public struct GroupLinesPlot: Sendable, Equatable {
    /// A line from one end to the other.
    public struct Line: Sendable, Equatable {
        /// The smallest and the largest value of the predictor.
        public var x: ClosedRange<Double>
        /// The predictions there.
        public var y: [Double]

        /// Makes a line.
        ///
        /// - Parameters:
        ///   - x: The stretch of the predictor.
        ///   - intercept: The prediction at zero.
        ///   - slope: The slope.
        public init(x: ClosedRange<Double>, intercept: Double, slope: Double) {
            self.x = x
            y = [intercept + slope * x.lowerBound, intercept + slope * x.upperBound]
        }
    }

    /// The lines of the groups, each over the values that occur in it.
    public var groups: [Line]
    /// The line of an average group.
    public var average: Line
    /// The title of the picture.
    public var title: String
    /// The title of the horizontal axis.
    public var horizontalTitle: String
    /// The title of the vertical axis.
    public var verticalTitle: String

    /// Makes the plot.
    public init(
        groups: [Line], average: Line, title: String = "Lines of the groups", horizontalTitle: String = "Predictor",
        verticalTitle: String = "Predicted outcome"
    ) {
        self.groups = groups
        self.average = average
        self.title = title
        self.horizontalTitle = horizontalTitle
        self.verticalTitle = verticalTitle
    }

    /// The picture.
    public func drawing() -> Drawing {
        let lines = groups + [average]
        var plot = Plot(
            title: title, summary: "\(groups.count) groups", width: 560, height: 400,
            horizontal: Axis(holding: lines.flatMap { [$0.x.lowerBound, $0.x.upperBound] }),
            vertical: Axis(holding: lines.flatMap(\.y)), horizontalTitle: horizontalTitle,
            verticalTitle: verticalTitle, hasGrid: false)
        func draw(_ line: Line, _ stroke: Drawing.Stroke) {
            guard line.y.allSatisfy(\.isFinite) else { return }
            plot.drawing.line(
                plot.point(line.x.lowerBound, line.y[0]), plot.point(line.x.upperBound, line.y[1]), stroke)
        }
        for line in groups { draw(line, .init(.sky, width: groups.count > 60 ? 0.6 : 1)) }
        draw(average, .init(.vermilion, width: 2.6))
        return plot.drawing
    }
}
