import Probability

/// A correlation matrix in colour: blue below zero, vermilion above, the figure in every field.
public struct CorrelationHeatMap: Sendable, Equatable {
    /// The names of the variables.
    public var labels: [String]
    /// The correlations by row and column; missing ones, which are not finite, are left white.
    public var correlations: [[Double]]
    /// The title of the picture.
    public var title: String
    /// Whether only the lower triangle is shown.
    public var isLowerTriangle: Bool

    /// Makes the heat map.
    public init(
        labels: [String], correlations: [[Double]], title: String = "Correlations", isLowerTriangle: Bool = true
    ) {
        self.labels = labels
        self.correlations = correlations
        self.title = title
        self.isLowerTriangle = isLowerTriangle
    }

    /// The picture.
    public func drawing() -> Drawing {
        let size = 12.0
        let count = labels.count
        let names = labels.map { TextMetrics.shortened($0, fontSize: size, maxWidth: 190) }
        let left = (names.map { TextMetrics.width($0, fontSize: size) }.max() ?? 0) + 18
        // Beyond thirty variables the figures would be too small to read, so colour alone speaks.
        let hasFigures = count <= 30
        let field = hasFigures ? 44.0 : max(10, min(22, 1000 / Double(max(1, count))))
        let height = hasFigures ? 30.0 : field
        let bottom = names.map { TextMetrics.width($0, fontSize: size) }.max() ?? 0
        let isTurned = bottom > field - 4
        let bottomRoom = isTurned ? bottom + 22 : 26
        let legendRoom = 96.0
        var drawing = Drawing(
            width: left + Double(count) * field + legendRoom, height: 14 + Double(count) * height + bottomRoom,
            title: title, summary: labels.joined(separator: "; "))
        for row in 0..<count {
            let y = 10 + Double(row) * height
            drawing.text(
                .init(names[row], at: Point(x: left - 8, y: y + height / 2), fontSize: size, anchor: .end))
            for column in 0..<(isLowerTriangle ? row + 1 : count) {
                let value = self.value(row, column)
                let x = left + Double(column) * field
                let box = Rectangle(minX: x, minY: y, maxX: x + field, maxY: y + height)
                let color = row == column ? Color(gray: 232) : Self.color(value)
                drawing.add(.rectangle(box, cornerRadius: 0, fill: color, .init(.white, width: 1)))
                if hasFigures {
                    drawing.text(
                        .init(
                            row == column ? "1" : NumberFormat.bounded(2).string(value), at: box.center, fontSize: 11.5,
                            color: color.luminance < 0.5 ? .white : .ink))
                }
            }
        }
        let base = 10 + Double(count) * height
        for column in 0..<count {
            let x = left + (Double(column) + 0.5) * field
            if isTurned {
                drawing.text(
                    .init(names[column], at: Point(x: x, y: base + 8), fontSize: size, anchor: .end, rotation: -90))
            } else {
                drawing.text(.init(names[column], at: Point(x: x, y: base + 14), fontSize: size))
            }
        }
        addLegend(to: &drawing, x: left + Double(count) * field + 26, height: max(90, min(220, base - 10)))
        drawing.height = max(drawing.height, 130)
        return drawing
    }

    private func addLegend(to drawing: inout Drawing, x: Double, height: Double) {
        let steps = 40
        let step = height / Double(steps)
        for index in 0..<steps {
            let value = 1 - 2 * (Double(index) + 0.5) / Double(steps)
            let y = 14 + Double(index) * step
            // The overlap of half a pixel hides seams.
            let box = Rectangle(minX: x, minY: y, maxX: x + 14, maxY: min(14 + height, y + step + 0.5))
            drawing.add(.rectangle(box, cornerRadius: 0, fill: Self.color(value), nil))
        }
        for tick in [1.0, 0.5, 0, -0.5, -1] {
            let y = 14 + height * (1 - tick) / 2
            drawing.line(Point(x: x + 14, y: y), Point(x: x + 18, y: y), .init(width: 1))
            drawing.text(
                .init(NumberFormat.fixed(1).string(tick), at: Point(x: x + 22, y: y), fontSize: 11.5, anchor: .start))
        }
    }

    private func value(_ row: Int, _ column: Int) -> Double {
        guard correlations.indices.contains(row), correlations[row].indices.contains(column) else { return .nan }
        return correlations[row][column]
    }

    /// From blue over white to vermilion. Both ends get dark, so the strength of a correlation survives in grey.
    static func color(_ correlation: Double) -> Color {
        guard correlation.isFinite else { return .white }
        let strength = min(1, abs(correlation))
        let end = correlation < 0 ? Color(red: 0, green: 72, blue: 130) : Color(red: 168, green: 62, blue: 0)
        return Color.white.mixed(with: end, strength)
    }
}
