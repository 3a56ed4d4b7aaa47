/// The zones into which ellipses divide the plane.
///
/// The ellipses are cut at their crossings; the zones are the faces of the planar graph of the pieces, walked around
/// along each piece in both directions (de Berg et al., 2008, section 2.2). With each zone comes the point that is
/// farthest from its border, where a label fits best.
struct VennArrangement {
    /// A zone that lies inside at least one ellipse.
    struct Zone {
        /// The ellipses that it lies in, as bits.
        let sets: Int
        /// Its border.
        let border: [Point]
        /// The point farthest from its border.
        let center: Point
        /// How far that point is from the border.
        let clearance: Double
    }

    let ellipses: [TiltedEllipse]
    /// The zones by their sets.
    let zones: [Zone]

    /// Divides the plane by ellipses that hang together; lone ones are zones of their own.
    init(_ ellipses: [TiltedEllipse]) {
        self.ellipses = ellipses
        let graph = Graph(ellipses)
        zones = graph.faces.compactMap { face in
            guard Self.area(face.border) > 0 else { return nil }
            let sets = Self.sets(at: face.sample, ellipses)
            let (center, clearance) = Self.pole(face.border)
            return Zone(sets: sets, border: face.border, center: center, clearance: clearance)
        }.sorted { $0.sets < $1.sets }
    }

    /// The ellipses that a point lies in, as bits.
    static func sets(at point: Point, _ ellipses: [TiltedEllipse]) -> Int {
        ellipses.enumerated().reduce(0) { $1.element.value(point) < 0 ? $0 | 1 << $1.offset : $0 }
    }

    /// The area of a polygon, negative if it is walked the other way round.
    static func area(_ polygon: [Point]) -> Double {
        var sum = 0.0
        for (p, q) in zip(polygon, polygon.dropFirst() + polygon.prefix(1)) { sum += p.x * q.y - q.x * p.y }
        return sum / 2
    }

    /// The stretches of a line across a polygon, for hatching: from the crossings in ascending order, two by two.
    ///
    /// - Parameters:
    ///   - polygon: The polygon.
    ///   - offset: The line holds the points with x + y equal to this.
    static func stretches(across polygon: [Point], offset: Double) -> [(Point, Point)] {
        var crossings: [Point] = []
        for (p, q) in zip(polygon, polygon.dropFirst() + polygon.prefix(1)) {
            let start = p.x + p.y - offset, end = q.x + q.y - offset
            if (start < 0) != (end < 0) { crossings.append(p.interpolated(to: q, at: start / (start - end))) }
        }
        crossings.sort { $0.x < $1.x }
        return stride(from: 0, to: crossings.count - 1, by: 2).map { (crossings[$0], crossings[$0 + 1]) }
    }

    /// The point of a polygon that is farthest from its border, on ever finer grids.
    private static func pole(_ polygon: [Point]) -> (Point, Double) {
        guard let first = polygon.first else { return (Point(x: 0, y: 0), 0) }
        var box = polygon.reduce(Rectangle(minX: first.x, minY: first.y, maxX: first.x, maxY: first.y)) {
            $0.union(Rectangle(minX: $1.x, minY: $1.y, maxX: $1.x, maxY: $1.y))
        }
        var best = (point: first, distance: 0.0)
        for steps in [12, 6, 6, 6] {
            for i in 0...steps {
                for j in 0...steps {
                    let point = Point(
                        x: box.minX + box.width * Double(i) / Double(steps),
                        y: box.minY + box.height * Double(j) / Double(steps))
                    let distance = depth(of: point, in: polygon)
                    if distance > best.distance { best = (point, distance) }
                }
            }
            let cell = 2.0 / Double(steps)
            box = Rectangle(center: best.point, width: box.width * cell, height: box.height * cell)
        }
        return (best.point, best.distance)
    }

    /// How far inside a polygon a point lies; 0 outside.
    static func depth(of point: Point, in polygon: [Point]) -> Double {
        var isInside = false
        var least = Double.infinity
        guard var p = polygon.last else { return 0 }
        for q in polygon {
            if (p.y > point.y) != (q.y > point.y), point.x < p.x + (q.x - p.x) * (point.y - p.y) / (q.y - p.y) {
                isInside.toggle()
            }
            let d = q - p, r = point - p
            let square = d.x * d.x + d.y * d.y
            let t = square > 0 ? max(0, min(1, (d.x * r.x + d.y * r.y) / square)) : 0
            let away = r - d * t
            least = min(least, away.x * away.x + away.y * away.y)
            p = q
        }
        return isInside ? least.squareRoot() : 0
    }
}

/// The pieces of ellipses between their crossings, each walked in both directions.
private struct Graph {
    struct HalfEdge {
        var start: Int
        var points: [Point]
        /// The direction in which it leaves its start.
        var direction: Double
    }

    /// The pieces; the two directions of one stand at 2i and 2i + 1.
    private var halfEdges: [HalfEdge] = []
    /// Ellipses that cross no other.
    private var lone: [TiltedEllipse] = []
    private var vertexCount = 0

    init(_ ellipses: [TiltedEllipse]) {
        var stops = [[(t: Double, vertex: Int)]](repeating: [], count: ellipses.count)
        for i in ellipses.indices {
            for j in ellipses.indices.dropFirst(i + 1) {
                for t in ellipses[i].crossings(with: ellipses[j]) {
                    stops[i].append((t, vertexCount))
                    stops[j].append((ellipses[j].parameter(of: ellipses[i].point(at: t)), vertexCount))
                    vertexCount += 1
                }
            }
        }
        for (ellipse, stops) in zip(ellipses, stops) {
            let stops = stops.sorted { $0.t < $1.t }
            guard let first = stops.first else {
                lone.append(ellipse)
                continue
            }
            for (stop, next) in zip(stops, stops.dropFirst() + [(first.t + 2 * .pi, first.vertex)]) {
                let points = ellipse.points(from: stop.t, to: next.t)
                let ahead = ellipse.tangent(at: stop.t), back = ellipse.tangent(at: next.t) * -1
                halfEdges.append(
                    HalfEdge(start: stop.vertex, points: points, direction: arcTangent(y: ahead.y, x: ahead.x)))
                halfEdges.append(
                    HalfEdge(
                        start: next.vertex, points: points.reversed(), direction: arcTangent(y: back.y, x: back.x)))
            }
        }
    }

    /// The faces with a point inside each.
    var faces: [(border: [Point], sample: Point)] {
        var leaving = [[Int]](repeating: [], count: vertexCount)
        for (index, edge) in halfEdges.enumerated() { leaving[edge.start].append(index) }
        for vertex in leaving.indices {
            leaving[vertex].sort { halfEdges[$0].direction < halfEdges[$1].direction }
        }
        // Having arrived at a crossing, the border of a face goes on along the piece next to the one it came by.
        var next = [Int](repeating: 0, count: halfEdges.count)
        for around in leaving {
            for (place, edge) in around.enumerated() {
                next[edge ^ 1] = around[(place + around.count - 1) % around.count]
            }
        }
        var faces: [(border: [Point], sample: Point)] = lone.map {
            ($0.points(from: 0, to: 2 * .pi).dropLast(), $0.center)
        }
        var isWalked = [Bool](repeating: false, count: halfEdges.count)
        for first in halfEdges.indices where !isWalked[first] {
            var border: [Point] = [], edge = first
            while !isWalked[edge] {
                isWalked[edge] = true
                border += halfEdges[edge].points.dropLast()
                edge = next[edge]
            }
            faces.append((border, sample(first)))
        }
        return faces
    }

    /// A point close to the middle of a piece, on the side of the face that it borders; farther from the chord than the arc.
    private func sample(_ edge: Int) -> Point {
        let points = halfEdges[edge].points
        guard points.count > 1 else { return points.first ?? Point(x: 0, y: 0) }
        let middle = points.count / 2
        let step = points[middle] - points[middle - 1]
        return points[middle - 1].interpolated(to: points[middle], at: 0.5) + step.normal * 0.05
    }
}
