import Probability

/// Effects with their confidence intervals, one below the other, and the line of no effect.
public struct ForestPlot: Sendable, Equatable {
    /// An effect.
    public struct Effect: Sendable, Equatable {
        /// Its name.
        public var label: String
        /// Its estimate.
        public var estimate: Double
        /// The lower end of its interval.
        public var lower: Double
        /// The upper end of its interval.
        public var upper: Double

        /// Makes an effect.
        public init(_ label: String, estimate: Double, lower: Double, upper: Double) {
            self.label = label
            self.estimate = estimate
            self.lower = lower
            self.upper = upper
        }
    }

    /// The effects, from top to bottom.
    public var effects: [Effect]
    /// The value that means no effect.
    public var reference: Double
    /// The format of the figures at the right.
    public var format: NumberFormat
    /// The title of the picture.
    public var title: String
    /// The title of the axis.
    public var axisTitle: String

    /// Makes the plot.
    public init(
        effects: [Effect], reference: Double = 0, format: NumberFormat = .fixed(2), title: String = "Effects",
        axisTitle: String = "Estimate and 95% confidence interval"
    ) {
        self.effects = effects
        self.reference = reference
        self.format = format
        self.title = title
        self.axisTitle = axisTitle
    }

    /// The picture: full discs where the interval leaves out the reference, rings where it does not.
    public func drawing() -> Drawing {
        let size = 12.0
        let axis = Axis(
            holding: effects.flatMap { [$0.estimate, $0.lower, $0.upper] }, count: 7, anchors: [reference])
        let labels = effects.map { TextMetrics.balancedLines($0.label, fontSize: size, maxWidth: 240) }
        let figures = effects.map { effect in
            "\(format.string(effect.estimate)) [\(format.string(effect.lower)), \(format.string(effect.upper))]"
        }
        let left = (labels.joined().map { TextMetrics.width($0, fontSize: size) }.max() ?? 0) + 24
        let right = (figures.map { TextMetrics.width($0, fontSize: size) }.max() ?? 0) + 30
        let plotWidth = 340.0
        var drawing = Drawing(
            width: left + plotWidth + right, height: 0, title: title,
            summary: zip(effects, figures).map { "\($0.label): \($1)" }.joined(separator: "; "))
        let heights = labels.map { max(26, Double($0.count) * size * TextMetrics.lineHeight + 8) }
        let bottom = 10 + heights.reduce(0, +) + 4
        for tick in axis.ticks {
            let x = left + axis.fraction(tick) * plotWidth
            drawing.line(Point(x: x, y: bottom), Point(x: x, y: bottom + 5), .init(width: 1))
            drawing.text(.init(axis.text(tick), at: Point(x: x, y: bottom + 15), fontSize: size))
        }
        drawing.line(Point(x: left, y: bottom), Point(x: left + plotWidth, y: bottom), .init(width: 1))
        let zero = left + axis.fraction(reference) * plotWidth
        drawing.line(Point(x: zero, y: 6), Point(x: zero, y: bottom), .init(.muted, width: 1.2, dashes: [4, 3]))
        var y = 10.0
        for (index, effect) in effects.enumerated() {
            let middle = y + heights[index] / 2
            var lineY = middle - Double(labels[index].count - 1) * size * TextMetrics.lineHeight / 2
            for line in labels[index] {
                drawing.text(.init(line, at: Point(x: left - 14, y: lineY), fontSize: size, anchor: .end))
                lineY += size * TextMetrics.lineHeight
            }
            drawing.text(
                .init(figures[index], at: Point(x: left + plotWidth + 16, y: middle), fontSize: size, anchor: .start))
            if effect.lower.isFinite, effect.upper.isFinite, effect.estimate.isFinite {
                let ends = [effect.lower, effect.upper].map { left + axis.fraction($0) * plotWidth }
                drawing.line(Point(x: ends[0], y: middle), Point(x: ends[1], y: middle), .init(width: 1.6))
                for end in ends {
                    drawing.line(Point(x: end, y: middle - 4), Point(x: end, y: middle + 4), .init(width: 1.6))
                }
                let excludes = effect.lower > reference || effect.upper < reference
                let x = left + axis.fraction(effect.estimate) * plotWidth
                drawing.add(
                    .ellipse(
                        Rectangle(center: Point(x: x, y: middle), width: 10, height: 10),
                        fill: excludes ? .blue : .white, .init(excludes ? .blue : .ink, width: 1.6)))
            }
            y += heights[index]
        }
        drawing.text(.init(axisTitle, at: Point(x: left + plotWidth / 2, y: bottom + 36), fontSize: size + 1))
        drawing.height = bottom + 50
        return drawing
    }
}
