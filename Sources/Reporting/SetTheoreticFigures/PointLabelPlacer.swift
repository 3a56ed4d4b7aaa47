/// Finds places for the names of points: close to their point, inside the plot, and over no point and no other name.
struct PointLabelPlacer {
    let page: Rectangle
    let fontSize: Double
    private var taken: [Rectangle]
    private let lines: [(Point, Point)]

    /// Starts with the boxes that must stay free, and the lines that names cross only where there is no other place.
    init(page: Rectangle, fontSize: Double, obstacles: [Rectangle], lines: [(Point, Point)] = []) {
        self.page = page
        self.fontSize = fontSize
        taken = obstacles
        self.lines = lines
    }

    /// The place of a name, and whether a line must join it to its point; nil if there is no free place near.
    mutating func place(_ text: String, at point: Point, radius: Double) -> (label: Drawing.Label, isFar: Bool)? {
        place(text, at: point, radius: radius, avoidsLines: true)
            ?? place(text, at: point, radius: radius, avoidsLines: false)
    }

    private mutating func place(
        _ text: String, at point: Point, radius: Double, avoidsLines: Bool
    ) -> (label: Drawing.Label, isFar: Bool)? {
        for distance in [3.0, 10, 20, 32, 46] {
            for direction in Self.directions {
                let anchor: Drawing.Label.Anchor = direction.x > 0.1 ? .start : direction.x < -0.1 ? .end : .middle
                let position = point + direction * (radius + distance + (anchor == .middle ? fontSize / 2 : 0))
                let label = Drawing.Label(text, at: position, fontSize: fontSize, anchor: anchor)
                let box = label.bounds
                guard page.contains(box), !taken.contains(where: { $0.overlaps(box) }) else { continue }
                if avoidsLines, lines.contains(where: { box.intersects(from: $0, to: $1) }) { continue }
                taken.append(box)
                return (label, distance > 10)
            }
        }
        return nil
    }

    /// To the right and to the left first, as names are read along with their point.
    private static let directions: [Point] = [
        Point(x: 1, y: 0), Point(x: -1, y: 0), Point(x: 0, y: -1), Point(x: 0, y: 1), Point(x: 0.75, y: -0.66),
        Point(x: -0.75, y: -0.66), Point(x: 0.75, y: 0.66), Point(x: -0.75, y: 0.66),
    ]
}

extension Plot {
    /// Writes names beside points.
    ///
    /// - Parameters:
    ///   - names: The names with their points and the radius of their marks, the most important first.
    ///   - obstacles: Boxes that must stay free: the marks of all points.
    ///   - lines: Lines that names should not cross.
    ///   - limit: The most names that are written.
    /// - Returns: The number of names that found no place.
    mutating func label(
        _ names: [(text: String, point: Point, radius: Double)], obstacles: [Rectangle], lines: [(Point, Point)] = [],
        limit: Int = 80
    ) -> Int {
        var placer = PointLabelPlacer(page: area, fontSize: Self.fontSize - 1, obstacles: obstacles, lines: lines)
        var missing = max(0, names.count - limit)
        for name in names.prefix(limit) {
            guard let place = placer.place(name.text, at: name.point, radius: name.radius) else {
                missing += 1
                continue
            }
            if place.isFar {
                drawing.line(name.point, nearest(place.label.bounds, to: name.point), .init(.muted, width: 0.8))
            }
            drawing.text(place.label)
        }
        return missing
    }

    private func nearest(_ box: Rectangle, to point: Point) -> Point {
        Point(x: max(box.minX, min(box.maxX, point.x)), y: max(box.minY, min(box.maxY, point.y)))
    }
}
