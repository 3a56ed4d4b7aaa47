/// Finds places for the texts on lines: on their own line, and over no shape, no other text and, where possible, no
/// other line.
struct PathDiagramLabelPlacer {
    private struct Request {
        var route: Int
        var width: Double
        var height: Double
        var preferred: Double
    }

    private let frames: [Rectangle]
    private let routes: [PathDiagramRoute]
    private let heads: [Rectangle]
    private let unit: Double
    private var requests: [Request] = []
    private var boxes: [Rectangle?]

    init(frames: [Rectangle], routes: [PathDiagramRoute], unit: Double) {
        self.frames = frames
        self.routes = routes
        self.unit = unit
        boxes = Array(repeating: nil, count: routes.count)
        heads = routes.map { Rectangle(center: $0.curve.end, width: unit, height: unit) }
    }

    mutating func add(_ route: Int, width: Double, height: Double, at preferred: Double) {
        requests.append(Request(route: route, width: width, height: height, preferred: preferred))
    }

    /// The box of each text by its route. Short lines, which leave the least choice, come first; then every text is
    /// placed again with all others known.
    mutating func place() -> [Rectangle?] {
        let lengths = routes.map { ($0.curve.end - $0.curve.start).length }
        let order = requests.sorted { (lengths[$0.route], $0.route) < (lengths[$1.route], $1.route) }
        for _ in 0..<2 {
            for request in order { boxes[request.route] = best(for: request) }
        }
        return boxes
    }

    private func best(for request: Request) -> Rectangle {
        let route = routes[request.route]
        var best = Rectangle(center: route.point(at: request.preferred), width: request.width, height: request.height)
        var least = cost(best, request, below: .infinity)
        if least == 0 { return best }
        for step in 1...20 {
            let distance = 0.02 * Double(step)
            for t in [request.preferred + distance, request.preferred - distance] where t > 0.12 && t < 0.88 {
                let box = Rectangle(center: route.point(at: t), width: request.width, height: request.height)
                consider(box, 40 * distance, request, &best, &least)
            }
        }
        // Only where the line itself offers no free place does a text leave it.
        if least < Self.overlap { return best }
        for step in 1...12 {
            let away = 0.5 * unit * Double(step)
            for t in [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8] {
                for sign in [-1.0, 1.0] {
                    let center = route.point(at: t) + route.direction(at: t).normal * (sign * away)
                    let box = Rectangle(center: center, width: request.width, height: request.height)
                    consider(box, 100 + 3 * away, request, &best, &least)
                }
            }
            if least < Self.overlap { break }
        }
        return best
    }

    private func consider(
        _ box: Rectangle, _ penalty: Double, _ request: Request, _ best: inout Rectangle, _ least: inout Double
    ) {
        let total = penalty + cost(box, request, below: least - penalty)
        if total < least {
            least = total
            best = box
        }
    }

    private static let overlap = 1e5

    /// What a place costs; once the cost reaches the limit, the rest is not counted.
    private func cost(_ box: Rectangle, _ request: Request, below limit: Double) -> Double {
        var cost = 0.0
        let wide = box.expanded(by: 2)
        for frame in frames where frame.overlaps(wide) { cost += Self.overlap }
        for (route, other) in boxes.enumerated() where route != request.route {
            if let other, other.overlaps(wide) { cost += Self.overlap }
        }
        for index in routes.indices where cost < limit {
            if heads[index].overlaps(box) { cost += 400 }
            if index != request.route, routes[index].intersects(box) { cost += 1000 }
        }
        return cost
    }
}
