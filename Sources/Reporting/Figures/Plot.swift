/// A drawing with a plotting area, two axes and their titles.
struct Plot {
    /// The type size of ticks and legends.
    static let fontSize = 12.0

    var drawing: Drawing
    let area: Rectangle
    let horizontal: Axis
    let vertical: Axis

    /// Makes a plot with its axes drawn. Room for the labels is measured, so none is cut off.
    ///
    /// - Parameter legendHeight: Room above the plotting area.
    init(
        title: String, summary: String, width: Double, height: Double, horizontal: Axis, vertical: Axis,
        horizontalTitle: String, verticalTitle: String, hasGrid: Bool = true, legendHeight: Double = 0
    ) {
        let size = Self.fontSize
        let tickWidth = vertical.ticks.map { TextMetrics.width(vertical.text($0), fontSize: size) }.max() ?? 0
        let lastTick = horizontal.ticks.last.map { TextMetrics.width(horizontal.text($0), fontSize: size) } ?? 0
        let left = 8 + size * 1.3 + 8 + tickWidth + 9
        let area = Rectangle(
            minX: left, minY: 12 + legendHeight, maxX: width - max(14, lastTick / 2 + 4), maxY: height - 48)
        self.area = area
        self.horizontal = horizontal
        self.vertical = vertical
        drawing = Drawing(width: width, height: height, title: title, summary: summary)
        for tick in vertical.ticks {
            let y = self.y(tick)
            if hasGrid { drawing.line(Point(x: area.minX, y: y), Point(x: area.maxX, y: y), .init(.faint, width: 1)) }
            drawing.line(Point(x: area.minX - 5, y: y), Point(x: area.minX, y: y), .init(width: 1))
            drawing.text(.init(vertical.text(tick), at: Point(x: area.minX - 9, y: y), fontSize: size, anchor: .end))
        }
        for tick in horizontal.ticks {
            let x = self.x(tick)
            drawing.line(Point(x: x, y: area.maxY), Point(x: x, y: area.maxY + 5), .init(width: 1))
            drawing.text(.init(horizontal.text(tick), at: Point(x: x, y: area.maxY + 15), fontSize: size))
        }
        drawing.add(
            .polyline(
                [
                    Point(x: area.minX, y: area.minY), Point(x: area.minX, y: area.maxY),
                    Point(x: area.maxX, y: area.maxY),
                ], .init(width: 1)))
        let below = TextMetrics.shortened(horizontalTitle, fontSize: size + 1, maxWidth: area.width)
        let beside = TextMetrics.shortened(verticalTitle, fontSize: size + 1, maxWidth: area.height)
        drawing.text(.init(below, at: Point(x: area.center.x, y: height - 14), fontSize: size + 1))
        drawing.text(
            .init(beside, at: Point(x: 8 + size * 0.6, y: area.center.y), fontSize: size + 1, rotation: -90))
    }

    func x(_ value: Double) -> Double { area.minX + horizontal.fraction(value) * area.width }

    func y(_ value: Double) -> Double { area.maxY - vertical.fraction(value) * area.height }

    func point(_ x: Double, _ y: Double) -> Point { Point(x: self.x(x), y: self.y(y)) }

    /// The room that a legend needs above the plotting area of a drawing of a width.
    static func legendHeight(_ names: [String], width: Double) -> Double {
        guard !names.isEmpty else { return 0 }
        // The axis on the left takes at most some hundred pixels.
        var rows = 1.0
        var x = 0.0
        for name in names {
            if x > 0, x + entryWidth(name) > width - 120 {
                rows += 1
                x = 0
            }
            x += entryWidth(name)
        }
        return rows * 20 + 4
    }

    private static func entryWidth(_ name: String) -> Double { 59 + TextMetrics.width(name, fontSize: fontSize) }

    /// What lines and marks stand for, in rows above the plotting area.
    mutating func legend(_ entries: [(name: String, stroke: Drawing.Stroke, marker: Marker?)]) {
        var x = 0.0
        var y = 14.0
        for entry in entries {
            if x > 0, x + Self.entryWidth(entry.name) > drawing.width - 120 {
                x = 0
                y += 20
            }
            let left = area.minX + x
            drawing.line(Point(x: left, y: y), Point(x: left + 30, y: y), entry.stroke)
            if let marker = entry.marker { mark(Point(x: left + 15, y: y), marker, entry.stroke.color) }
            let name = TextMetrics.shortened(entry.name, fontSize: Self.fontSize, maxWidth: drawing.width - 180)
            drawing.text(.init(name, at: Point(x: left + 37, y: y), fontSize: Self.fontSize, anchor: .start))
            x += Self.entryWidth(entry.name)
        }
    }

    /// The shape of a point, so that series differ without colour.
    enum Marker { case disc, ring, square }

    mutating func mark(_ point: Point, _ marker: Marker, _ color: Color, radius: Double = 4) {
        let box = Rectangle(center: point, width: 2 * radius, height: 2 * radius)
        switch marker {
        case .disc: drawing.add(.ellipse(box, fill: color, nil))
        case .ring: drawing.add(.ellipse(box, fill: .white, .init(color, width: 1.6)))
        case .square: drawing.add(.rectangle(box.expanded(by: -0.4), cornerRadius: 0, fill: color, nil))
        }
    }
}
