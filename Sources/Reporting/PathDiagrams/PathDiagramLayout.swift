/// The finished geometry of a path diagram.
struct PathDiagramLayout {
    /// A text on a line.
    struct PlacedLabel {
        var text: String
        var box: Rectangle
        var route: Int
    }

    let structure: PathDiagramStructure
    let sizes: PathDiagramSizes
    /// The box of each shape.
    private(set) var frames: [Rectangle]
    /// The lines of the paths, then those of the covariances.
    private(set) var routes: [PathDiagramRoute] = []
    /// The texts on them.
    private(set) var labels: [PlacedLabel] = []
    private(set) var width = 0.0
    private(set) var height = 0.0

    init(_ diagram: PathDiagram) {
        structure = PathDiagramStructure(diagram)
        sizes = PathDiagramSizes(diagram, structure)
        let scene = PathDiagramScene(diagram, structure, sizes)
        let placement = PathDiagramPlacement(scene)
        let isTurned = diagram.direction == .topToBottom
        let shapes = sizes.shapes
        frames = diagram.nodes.indices.map { node in
            let center = placement.centers[node] ?? Point(x: 0, y: 0)
            return Rectangle(
                center: isTurned ? Point(x: center.y, y: center.x) : center, width: shapes[node].width,
                height: shapes[node].height)
        }
        let loose = diagram.nodes.indices.filter { placement.centers[$0] == nil }
        placeResiduals(loose, isTurned: isTurned)
        route(diagram, isTurned: isTurned)
        placeLabels(diagram)
        normalize()
    }

    /// Puts the residuals of structural variables where no shape and no line is.
    private mutating func placeResiduals(_ residuals: [Int], isTurned: Bool) {
        let waiting = Set(residuals)
        var lines: [(from: Int, to: Int)] = (structure.loadings + structure.regressions).map { ($0.from, $0.to) }
        lines = lines.filter { !waiting.contains($0.from) && !waiting.contains($0.to) }
        var placed = Set(frames.indices).subtracting(waiting)
        let radius = sizes.errorRadius
        let gap = 1.6 * sizes.fontSize
        // Upwards first, in a diagram that runs down sidewards first, and behind outcomes without indicators.
        let turns = [0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6, 7, -7, 8]
        for residual in residuals {
            guard let target = structure.errorTarget[residual] else { continue }
            let frame = frames[target]
            let isLast =
                structure.lastRank > 0 && structure.rank[target] == structure.lastRank
                && structure.children[target].isEmpty
            let start: Double = isLast ? (isTurned ? .pi / 2 : 0) : (isTurned ? 0 : -.pi / 2)
            var best = frame.center
            var least = Double.infinity
            for (preference, turn) in turns.enumerated() {
                let angle = start + Double(turn) * .pi / 8
                let direction = Point(x: cosine(angle), y: cosine(angle - .pi / 2))
                // A ray from the middle of the ellipse that runs along the box.
                let a = frame.width / 2
                let b = frame.height / 2
                let reach =
                    1
                    / ((direction.x / a) * (direction.x / a) + (direction.y / b) * (direction.y / b)).squareRoot()
                let center = frame.center + direction * (reach + gap + radius)
                let box = Rectangle(center: center, width: 2 * radius, height: 2 * radius)
                var cost = Double(preference)
                for other in placed where frames[other].expanded(by: 4).overlaps(box) {
                    cost += other == target ? 50 : 10_000
                }
                for line in lines {
                    let (start, end) = (frames[line.from].center, frames[line.to].center)
                    if box.expanded(by: 5).intersects(from: start, to: end) { cost += 300 }
                    if line.from != target, line.to != target, segmentsCross(start, end, frame.center, center) {
                        cost += 150
                    }
                }
                if cost < least {
                    least = cost
                    best = center
                }
            }
            frames[residual] = Rectangle(center: best, width: 2 * radius, height: 2 * radius)
            placed.insert(residual)
        }
    }

    private mutating func route(_ diagram: PathDiagram, isTurned: Bool) {
        var position: [String: Int] = [:]
        for (index, node) in diagram.nodes.enumerated() { position[node.id] = index }
        let beside = frames.indices.map { node -> Bool in
            let rank = structure.rank[structure.root[node]]
            return (rank == 0 || rank == structure.lastRank) != isTurned
        }
        let router = PathDiagramRouter(
            frames: frames, isEllipse: diagram.nodes.map { $0.kind != .observed }, structure: structure,
            unit: sizes.fontSize, hasIndicatorsBeside: beside)
        let pairs = Set(diagram.paths.map { [$0.from, $0.to] })
        for path in diagram.paths {
            guard let from = position[path.from], let to = position[path.to] else { continue }
            routes.append(router.path(from: from, to: to, isReciprocal: pairs.contains([path.to, path.from])))
        }
        let paths = routes
        for covariance in diagram.covariances {
            guard let one = position[covariance.first], let two = position[covariance.second] else { continue }
            // What covaries of variables that arrows point to are their residuals.
            let (first, second) = structure.bearers(one, two)
            let width = sizes.labelSize(covariance.label).width
            routes.append(router.arc(first, second, paths: paths, labelWidth: width))
        }
    }

    private mutating func placeLabels(_ diagram: PathDiagram) {
        let texts = diagram.paths.map(\.label) + diagram.covariances.map(\.label)
        let loadings = Set(structure.loadings.map(\.path))
        var placer = PathDiagramLabelPlacer(frames: frames, routes: routes, unit: sizes.fontSize)
        for (index, text) in texts.enumerated() where !text.isEmpty {
            let size = sizes.labelSize(text)
            placer.add(index, width: size.width, height: size.height, at: loadings.contains(index) ? 0.56 : 0.5)
        }
        let boxes = placer.place()
        for (index, text) in texts.enumerated() {
            if let box = boxes[index] { labels.append(PlacedLabel(text: text, box: box, route: index)) }
        }
    }

    /// Moves everything so that the picture starts at (0, 0) with a margin.
    private mutating func normalize() {
        var boxes = frames + labels.map(\.box)
        for route in routes {
            for point in route.samples { boxes.append(Rectangle(center: point, width: 2, height: 2)) }
        }
        guard let first = boxes.first else {
            (width, height) = (40, 40)
            return
        }
        let bounds = boxes.dropFirst().reduce(first) { $0.union($1) }.expanded(by: sizes.fontSize)
        let shift = Point(x: -bounds.minX, y: -bounds.minY)
        for index in frames.indices { frames[index].move(by: shift) }
        for index in labels.indices { labels[index].box.move(by: shift) }
        for index in routes.indices { routes[index].move(by: shift) }
        width = bounds.width.rounded(.up)
        height = bounds.height.rounded(.up)
    }
}

extension Rectangle {
    fileprivate mutating func move(by shift: Point) {
        self = Rectangle(minX: minX + shift.x, minY: minY + shift.y, maxX: maxX + shift.x, maxY: maxY + shift.y)
    }
}

extension PathDiagramRoute {
    fileprivate mutating func move(by shift: Point) {
        curve = CubicCurve(
            start: curve.start + shift, control1: curve.control1 + shift, control2: curve.control2 + shift,
            end: curve.end + shift)
        samples = samples.map { $0 + shift }
        bounds.move(by: shift)
    }
}
