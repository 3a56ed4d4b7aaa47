/// The estimated effects of groups in ascending order with their intervals (Goldstein & Healy, 1995).
public struct CaterpillarPlot: Sendable, Equatable {
    /// A group.
    public struct Group: Sendable, Equatable {
        /// Its name.
        public var name: String
        /// Its effect.
        public var estimate: Double
        /// The lower end of its interval.
        public var lower: Double
        /// The upper end of its interval.
        public var upper: Double

        /// Makes a group.
        public init(_ name: String, estimate: Double, lower: Double, upper: Double) {
            self.name = name
            self.estimate = estimate
            self.lower = lower
            self.upper = upper
        }
    }

    /// The groups, from left to right.
    public var groups: [Group]
    /// The title of the picture.
    public var title: String
    /// The title of the horizontal axis.
    public var horizontalTitle: String
    /// The title of the vertical axis.
    public var verticalTitle: String

    /// Makes the plot.
    public init(
        groups: [Group], title: String = "Random effects", horizontalTitle: String = "Groups in ascending order",
        verticalTitle: String = "Effect and 95% interval"
    ) {
        self.groups = groups
        self.title = title
        self.horizontalTitle = horizontalTitle
        self.verticalTitle = verticalTitle
    }

    /// The picture: groups whose interval leaves out zero in colour.
    public func drawing() -> Drawing {
        let apart = groups.filter { $0.lower > 0 || $0.upper < 0 }
        var plot = Plot(
            title: title, summary: "\(groups.count) groups, \(apart.count) of them apart from zero", width: 640,
            height: 380, horizontal: Axis(holding: [0, Double(max(groups.count, 1)) + 1], isTight: true),
            vertical: Axis(holding: groups.flatMap { [$0.lower, $0.upper] }, anchors: [0]),
            horizontalTitle: horizontalTitle, verticalTitle: verticalTitle)
        plot.drawing.line(
            plot.point(0, 0), plot.point(Double(max(groups.count, 1)) + 1, 0),
            .init(.muted, width: 1.2, dashes: [4, 3]))
        let width = min(max(plot.area.width / Double(max(groups.count, 1)) * 0.45, 0.6), 2)
        for (index, group) in groups.enumerated() where group.lower.isFinite && group.upper.isFinite {
            let x = Double(index + 1)
            let color: Color = group.lower > 0 || group.upper < 0 ? .blue : .muted
            plot.drawing.line(plot.point(x, group.lower), plot.point(x, group.upper), .init(color, width: width))
            plot.mark(plot.point(x, group.estimate), .disc, color, radius: min(max(width * 1.3, 1.2), 3.5))
        }
        return plot.drawing
    }
}
