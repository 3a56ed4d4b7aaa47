public import SetTheoreticAnalysis

/// The scatter of a necessary-condition analysis with its ceilings (Dul, 2016): a stepwise ceiling (CE-FDH), a straight
/// one (CR-FDH), and the empty corner above them.
public struct CeilingPlot: Sendable, Equatable {
    /// A ceiling.
    public struct Ceiling: Sendable, Equatable {
        /// Its name in the legend.
        public var name: String
        /// Its corners from left to right.
        public var points: [Point]
        /// Whether the ceiling goes level from each corner to the next and rises there.
        public var isStepwise: Bool

        /// Makes a ceiling.
        public init(_ name: String, points: [Point], isStepwise: Bool = false) {
            self.name = name
            self.points = points.filter { $0.x.isFinite && $0.y.isFinite }
            self.isStepwise = isStepwise
        }

        /// What is drawn.
        var line: [Point] {
            guard isStepwise, let first = points.first else { return points }
            return zip(points, points.dropFirst()).reduce(into: [first]) { line, pair in
                line += [Point(x: pair.1.x, y: pair.0.y), pair.1]
            }
        }
    }

    /// The values of the condition.
    public var x: [Double]
    /// The values of the outcome.
    public var y: [Double]
    /// The ceilings.
    public var ceilings: [Ceiling]
    /// The name of the condition.
    public var condition: String
    /// The name of the outcome.
    public var outcome: String

    /// Makes the plot; cases with a value that is not finite are left out.
    public init(x: [Double], y: [Double], ceilings: [Ceiling], condition: String, outcome: String) {
        let pairs = zip(x, y).filter { $0.isFinite && $1.isFinite }
        self.x = pairs.map(\.0)
        self.y = pairs.map(\.1)
        self.ceilings = ceilings.filter { !$0.points.isEmpty }
        self.condition = condition
        self.outcome = outcome
    }

    /// Makes the plot of an analysis.
    public init(_ analysis: NecessaryConditionAnalysis, labels: VariableLabels = .none) {
        self.init(
            x: analysis.x, y: analysis.y,
            ceilings: analysis.ceilings.map { ceiling in
                // The corners of a step line are given one by one.
                Ceiling(ceiling.technique.description, points: ceiling.line.map { Point(x: $0.x, y: $0.y) })
            }, condition: labels.text(analysis.condition).plainText, outcome: labels.text(analysis.outcome).plainText)
    }

    /// The figure with its note.
    public func figure() -> Figure {
        Figure(
            title: "Ceilings of \(outcome) over \(condition)", drawing: drawing(),
            note:
                "Dotted: the scope that the cases span. The emptier the corner beyond a ceiling, the more of the condition the outcome needs (Dul, 2016)."
        )
    }

    /// The most cases that are drawn; of more, every so many-th, and those at the ceilings.
    static let pointLimit = 3000

    /// The picture. Ceilings are drawn inside the scope of the data.
    public func drawing() -> Drawing {
        let names = ceilings.map(\.name)
        let horizontal = Axis(holding: x), vertical = Axis(holding: y)
        var plot = Plot(
            title: "Ceilings of \(outcome) over \(condition)",
            summary: "\(x.count) cases; \(names.joined(separator: ", "))",
            width: 560, height: 440, horizontal: horizontal, vertical: vertical, horizontalTitle: condition,
            verticalTitle: outcome, legendHeight: Plot.legendHeight(names, width: 560))
        if let left = x.min(), let right = x.max(), let low = y.min(), let high = y.max() {
            let a = plot.point(left, high), b = plot.point(right, low)
            plot.drawing.add(
                .polyline(
                    [a, Point(x: b.x, y: a.y), b, Point(x: a.x, y: b.y), a],
                    .init(.muted, width: 1, dashes: [2, 3])))
        }
        let corners = Set(ceilings.flatMap(\.points).map { [$0.x, $0.y] })
        let step = max(1, (x.count + Self.pointLimit - 1) / Self.pointLimit)
        for index in x.indices where index % step == 0 || corners.contains([x[index], y[index]]) {
            plot.mark(plot.point(x[index], y[index]), .ring, .sky, radius: x.count > 500 ? 2 : 3)
        }
        let frame = Rectangle(
            minX: horizontal.lower, minY: vertical.lower, maxX: horizontal.upper, maxY: vertical.upper)
        for (index, ceiling) in ceilings.enumerated() {
            plot.drawing.add(
                .polyline(
                    Self.clipped(ceiling.line, to: frame).map { plot.point($0.x, $0.y) },
                    Self.strokes[index % Self.strokes.count]))
        }
        plot.legend(ceilings.enumerated().map { ($1.name, Self.strokes[$0 % Self.strokes.count], nil) })
        return plot.drawing
    }

    /// The part of a line that lies in a box, as long as it hangs together: a ceiling that leaves the plot at the top.
    static func clipped(_ line: [Point], to box: Rectangle) -> [Point] {
        var result: [Point] = []
        for (a, b) in zip(line, line.dropFirst()) {
            var enter = 0.0, leave = 1.0
            let sides = [
                (b.x - a.x, box.minX - a.x, box.maxX - a.x), (b.y - a.y, box.minY - a.y, box.maxY - a.y),
            ]
            var isOutside = false
            for (step, low, high) in sides {
                if step == 0 {
                    isOutside = isOutside || low > 0 || high < 0
                } else {
                    enter = max(enter, (step > 0 ? low : high) / step)
                    leave = min(leave, (step > 0 ? high : low) / step)
                }
            }
            guard !isOutside, enter <= leave else { continue }
            let from = a.interpolated(to: b, at: enter), to = a.interpolated(to: b, at: leave)
            if result.last != from { result.append(from) }
            if to != from { result.append(to) }
        }
        return line.count == 1 ? line : result
    }

    private static let strokes: [Drawing.Stroke] = [
        .init(.vermilion, width: 1.8), .init(.blue, width: 1.8, dashes: [7, 4]),
        .init(.green, width: 1.8, dashes: [2, 3]), .init(.ink, width: 1.6, dashes: [10, 3, 2, 3]),
    ]
}
