/// A point of a drawing; y grows downwards.
public struct Point: Sendable, Equatable {
    /// To the right.
    public var x: Double
    /// Downwards.
    public var y: Double

    /// Makes a point.
    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }

    static func + (a: Point, b: Point) -> Point { Point(x: a.x + b.x, y: a.y + b.y) }
    static func - (a: Point, b: Point) -> Point { Point(x: a.x - b.x, y: a.y - b.y) }
    static func * (a: Point, factor: Double) -> Point { Point(x: a.x * factor, y: a.y * factor) }

    var length: Double { (x * x + y * y).squareRoot() }

    /// The vector of length one in this direction; to the right when there is no direction.
    var unit: Point { length > 0 ? self * (1 / length) : Point(x: 1, y: 0) }

    /// The vector turned by a quarter, to the right of the direction of travel on the page.
    var normal: Point { Point(x: -y, y: x) }

    func interpolated(to other: Point, at t: Double) -> Point { self + (other - self) * t }
}

/// A box with sides along the axes.
public struct Rectangle: Sendable, Equatable {
    /// The left side.
    public var minX: Double
    /// The upper side.
    public var minY: Double
    /// The right side.
    public var maxX: Double
    /// The lower side.
    public var maxY: Double

    /// Makes a box from its corners.
    public init(minX: Double, minY: Double, maxX: Double, maxY: Double) {
        self.minX = minX
        self.minY = minY
        self.maxX = maxX
        self.maxY = maxY
    }

    /// Makes a box around a point.
    public init(center: Point, width: Double, height: Double) {
        self.init(
            minX: center.x - width / 2, minY: center.y - height / 2, maxX: center.x + width / 2,
            maxY: center.y + height / 2)
    }

    /// Its width.
    public var width: Double { maxX - minX }
    /// Its height.
    public var height: Double { maxY - minY }
    /// Its middle.
    public var center: Point { Point(x: (minX + maxX) / 2, y: (minY + maxY) / 2) }

    /// Whether two boxes share an area.
    public func overlaps(_ other: Rectangle) -> Bool {
        minX < other.maxX && other.minX < maxX && minY < other.maxY && other.minY < maxY
    }

    /// Whether a box lies inside this one.
    public func contains(_ other: Rectangle) -> Bool {
        minX <= other.minX && minY <= other.minY && maxX >= other.maxX && maxY >= other.maxY
    }

    /// The box grown on all sides.
    public func expanded(by margin: Double) -> Rectangle {
        Rectangle(minX: minX - margin, minY: minY - margin, maxX: maxX + margin, maxY: maxY + margin)
    }

    /// The smallest box around both.
    public func union(_ other: Rectangle) -> Rectangle {
        Rectangle(
            minX: min(minX, other.minX), minY: min(minY, other.minY), maxX: max(maxX, other.maxX),
            maxY: max(maxY, other.maxY))
    }

    func contains(_ point: Point) -> Bool { point.x > minX && point.x < maxX && point.y > minY && point.y < maxY }

    /// Whether the straight line from one point to another passes through the box (Liang & Barsky, 1984).
    func intersects(from a: Point, to b: Point) -> Bool {
        if max(a.x, b.x) <= minX || min(a.x, b.x) >= maxX || max(a.y, b.y) <= minY || min(a.y, b.y) >= maxY {
            return false
        }
        var enter = 0.0
        var leave = 1.0
        return Self.clip(b.x - a.x, minX - a.x, maxX - a.x, &enter, &leave)
            && Self.clip(b.y - a.y, minY - a.y, maxY - a.y, &enter, &leave)
    }

    /// Narrows the stretch of a line between two sides; false when nothing of it is left.
    private static func clip(
        _ step: Double, _ toLow: Double, _ toHigh: Double, _ enter: inout Double, _ leave: inout Double
    ) -> Bool {
        if step == 0 { return toLow < 0 && toHigh > 0 }
        enter = max(enter, (step > 0 ? toLow : toHigh) / step)
        leave = min(leave, (step > 0 ? toHigh : toLow) / step)
        return enter < leave
    }
}
