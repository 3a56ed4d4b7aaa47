/// The line of a path or covariance.
struct PathDiagramRoute {
    /// Where it starts and ends, at the boundaries of the shapes.
    var curve: CubicCurve
    var isStraight: Bool
    /// Points along it, close enough for collision tests.
    var samples: [Point]
    /// The box around it.
    var bounds: Rectangle
    /// The shapes at its ends.
    var from: Int
    var to: Int

    init(straightFrom start: Point, to end: Point, between from: Int, and to: Int) {
        curve = CubicCurve(
            start: start, control1: start.interpolated(to: end, at: 1.0 / 3),
            control2: start.interpolated(to: end, at: 2.0 / 3), end: end)
        isStraight = true
        samples = [start, end]
        bounds = Self.bounds(of: samples)
        self.from = from
        self.to = to
    }

    init(_ curve: CubicCurve, between from: Int, and to: Int) {
        self.curve = curve
        isStraight = false
        samples = (0...20).map { curve.point(at: Double($0) / 20) }
        bounds = Self.bounds(of: samples)
        self.from = from
        self.to = to
    }

    private static func bounds(of points: [Point]) -> Rectangle {
        let start = Rectangle(center: points.first ?? Point(x: 0, y: 0), width: 0, height: 0)
        return points.reduce(start) { $0.union(Rectangle(center: $1, width: 0, height: 0)) }
    }

    func point(at t: Double) -> Point {
        isStraight ? curve.start.interpolated(to: curve.end, at: t) : curve.point(at: t)
    }

    /// The direction of travel.
    func direction(at t: Double) -> Point { (point(at: min(1, t + 0.02)) - point(at: max(0, t - 0.02))).unit }

    func intersects(_ box: Rectangle) -> Bool {
        // Half a pixel, because the box around a level line has no area.
        guard bounds.expanded(by: 0.5).overlaps(box) else { return false }
        for index in samples.indices.dropFirst() where box.intersects(from: samples[index - 1], to: samples[index]) {
            return true
        }
        return false
    }

    func crosses(_ other: PathDiagramRoute) -> Bool {
        guard bounds.expanded(by: 0.5).overlaps(other.bounds.expanded(by: 0.5)) else { return false }
        for i in samples.indices.dropFirst() {
            for j in other.samples.indices.dropFirst()
            where segmentsCross(samples[i - 1], samples[i], other.samples[j - 1], other.samples[j]) {
                return true
            }
        }
        return false
    }
}

/// Finds the lines of a path diagram once its shapes have their places.
struct PathDiagramRouter {
    let frames: [Rectangle]
    let isEllipse: [Bool]
    let structure: PathDiagramStructure
    let unit: Double
    /// Whether indicators of a block stand beside their factor rather than above or below.
    let hasIndicatorsBeside: [Bool]

    /// The point of a shape's boundary in the direction of another point.
    func boundary(_ node: Int, toward point: Point) -> Point {
        let frame = frames[node]
        let center = frame.center
        let delta = point - center
        guard delta.length > 0 else { return Point(x: frame.maxX, y: center.y) }
        let (a, b) = (frame.width / 2, frame.height / 2)
        let scale: Double
        if isEllipse[node] {
            scale = 1 / ((delta.x / a) * (delta.x / a) + (delta.y / b) * (delta.y / b)).squareRoot()
        } else {
            scale = min(
                delta.x == 0 ? .infinity : a / abs(delta.x), delta.y == 0 ? .infinity : b / abs(delta.y))
        }
        return center + delta * scale
    }

    /// Where a line from a point meets a shape: indicators are met in the middle of the side that faces it.
    private func port(_ node: Int, from point: Point) -> Point {
        guard structure.isIndicator[node] else { return boundary(node, toward: point) }
        let frame = frames[node]
        let center = frame.center
        let isBeside: Bool
        if point.x > frame.minX, point.x < frame.maxX {
            isBeside = false
        } else if point.y > frame.minY, point.y < frame.maxY {
            isBeside = true
        } else {
            isBeside = hasIndicatorsBeside[node]
        }
        if isBeside { return Point(x: point.x < center.x ? frame.minX : frame.maxX, y: center.y) }
        return Point(x: center.x, y: point.y < center.y ? frame.minY : frame.maxY)
    }

    private func straight(_ from: Int, _ to: Int) -> PathDiagramRoute {
        let end = port(to, from: frames[from].center)
        let start = structure.isIndicator[from] ? port(from, from: end) : boundary(from, toward: end)
        // A shape of no indicator is aimed at in its middle.
        let target = structure.isIndicator[to] ? end : boundary(to, toward: start)
        return PathDiagramRoute(straightFrom: start, to: target, between: from, and: to)
    }

    private func bent(_ from: Int, _ to: Int, by bulge: Double) -> PathDiagramRoute {
        let a = frames[from].center
        let b = frames[to].center
        // The middle of a cubic curve lies at three quarters of the distance of its control points.
        let shift = (b - a).unit.normal * (bulge / 0.75)
        // Higher arcs leave their shapes further to the side, so that the ends of many arcs can be told apart.
        let forward = (b - a).unit * min(0.25 * (b - a).length, 4 * unit)
        let start = boundary(from, toward: a + forward + shift)
        let end = boundary(to, toward: b - forward + shift)
        // The ends already lie to the side, so the control points need not go all the way.
        let rest = shift * 0.85
        return PathDiagramRoute(
            CubicCurve(
                start: start, control1: start.interpolated(to: end, at: 0.26) + rest,
                control2: start.interpolated(to: end, at: 0.74) + rest, end: end),
            between: from, and: to)
    }

    /// An arc between boxes of one column or row, which leaves them at their sides.
    private func besideBoxes(_ first: Int, _ second: Int, by bulge: Double, isLong: Bool) -> PathDiagramRoute? {
        guard !isEllipse[first], !isEllipse[second] else { return nil }
        let (a, b) = (frames[first], frames[second])
        let isColumn = a.minX < b.center.x && b.center.x < a.maxX
        let isRow = a.minY < b.center.y && b.center.y < a.maxY
        guard isColumn || isRow else { return nil }
        let outward = (b.center - a.center).unit.normal * (bulge < 0 ? -1 : 1)
        // Short arcs start nearer to each other than long ones, so that their ends stay apart.
        let toward = isLong ? -0.1 : 0.26
        func port(_ frame: Rectangle, _ other: Rectangle) -> Point {
            let along = (other.center - frame.center).unit
            return Point(
                x: frame.center.x + (isColumn ? (outward.x < 0 ? -0.5 : 0.5) : toward * along.x) * frame.width,
                y: frame.center.y + (isColumn ? toward * along.y : (outward.y < 0 ? -0.5 : 0.5)) * frame.height)
        }
        let start = port(a, b)
        let end = port(b, a)
        let shift = outward * (abs(bulge) / 0.75)
        return PathDiagramRoute(
            CubicCurve(
                start: start, control1: start.interpolated(to: end, at: 0.1) + shift,
                control2: start.interpolated(to: end, at: 0.9) + shift, end: end),
            between: first, and: second)
    }

    private func hits(_ route: PathDiagramRoute, margin: Double = 3) -> Int {
        frames.indices.count { node in
            node != route.from && node != route.to && route.intersects(frames[node].expanded(by: margin))
        }
    }

    /// The line of a path: straight if no shape is in its way, else the flattest curve that passes them.
    func path(from: Int, to: Int, isReciprocal: Bool) -> PathDiagramRoute {
        let line = straight(from, to)
        let length = (line.curve.end - line.curve.start).length
        if isReciprocal {
            // Each of the two arrows keeps to its own side.
            let least = min(0.14 * length, 2.2 * unit)
            let curves = (1...5).map { bent(from, to, by: least * (0.4 + 0.6 * Double($0))) }
            return curves.first { hits($0) == 0 } ?? bent(from, to, by: least)
        }
        var best = line
        var least = 1000 * Double(hits(line))
        guard least > 0 else { return line }
        for share in [0.1, 0.2, 0.3, 0.42, 0.55, 0.7, 0.9] {
            for sign in [-1.0, 1.0] {
                let route = bent(from, to, by: sign * share * max(length, 6 * unit))
                let cost = 1000 * Double(hits(route)) + 100 * share
                if cost < least {
                    least = cost
                    best = route
                }
            }
        }
        return best
    }

    /// The arc of a covariance, on the side and with the height at which it disturbs least.
    func arc(_ first: Int, _ second: Int, paths: [PathDiagramRoute], labelWidth: Double) -> PathDiagramRoute {
        let (a, b) = (frames[first].center, frames[second].center)
        let between = frames.indices.count { node in
            node != first && node != second
                && (structure.errorTarget[node] == nil) == (structure.errorTarget[first] == nil)
                && !structure.isIndicator[node] && frames[node].expanded(by: unit).intersects(from: a, to: b)
        }
        let length = (b - a).length
        let step = max(1.7 * unit, 0.8 * labelWidth)
        let isAmongErrors = structure.errorTarget[first] != nil && structure.errorTarget[second] != nil
        let lowest =
            isAmongErrors ? frames[first].width / 2 + labelWidth / 2 + 0.4 * unit : min(2.2 * unit, 0.32 * length)
        let low = lowest + Double(between) * step
        var best = bent(first, second, by: low)
        var least = Double.infinity
        let preferred = preferredSide(first, second)
        for bulge in [low, low + 0.6 * step, 0.25 * length, 0.4 * length, 0.6 * length, 0.85 * length]
        where bulge >= low {
            for sign in [1.0, -1.0] {
                let route =
                    besideBoxes(first, second, by: sign * bulge, isLong: between > 0)
                    ?? bent(first, second, by: sign * bulge)
                let middle = route.point(at: 0.5) - a.interpolated(to: b, at: 0.5)
                var cost = 0.35 * bulge
                if let preferred, middle.x * preferred.x + middle.y * preferred.y < 0 { cost += 400 }
                if cost >= least { continue }
                cost += 1000 * Double(hits(route, margin: 5))
                if cost >= least { continue }
                cost += 25 * Double(paths.count { $0.from != first && $0.from != second && $0.crosses(route) })
                cost += 15 * Double(paths.count { ($0.from == first || $0.from == second) && $0.crosses(route) })
                if cost < least {
                    least = cost
                    best = route
                }
            }
        }
        return best
    }

    /// The side on which an arc should lie: that of errors away from their variables, that of factors away from their
    /// indicators when there is no structural model.
    private func preferredSide(_ first: Int, _ second: Int) -> Point? {
        if let one = structure.errorTarget[first], let two = structure.errorTarget[second] {
            let outward = (frames[first].center - frames[one].center) + (frames[second].center - frames[two].center)
            return outward.length > 1 ? outward : nil
        }
        let children = structure.children[first] + structure.children[second]
        guard !children.isEmpty else { return nil }
        let mean = children.reduce(Point(x: 0, y: 0)) { $0 + frames[$1].center } * (1 / Double(children.count))
        let middle = frames[first].center.interpolated(to: frames[second].center, at: 0.5)
        let along = (frames[second].center - frames[first].center).unit
        // Only the part across the line between the two counts.
        let delta = mean - middle
        let across = delta - along * (delta.x * along.x + delta.y * along.y)
        guard across.length > unit else { return nil }
        let isCause = structure.rank[structure.root[first]] == 0 && structure.rank[structure.root[second]] == 0
        return structure.lastRank > 0 && isCause ? across : across * -1
    }
}
