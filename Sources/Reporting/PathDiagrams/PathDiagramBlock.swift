/// A structural variable with all that is drawn beside it, laid out around the point (0, 0).
struct PathDiagramBlock {
    /// The side of the variable on which its indicators stand.
    enum Side {
        case left, right, top, bottom

        var isHorizontal: Bool { self == .left || self == .right }
    }

    let root: Int
    let side: Side
    /// The middle of each shape of the block.
    private(set) var centers: [Int: Point] = [:]
    /// The box around all shapes.
    private(set) var bounds: Rectangle
    /// The box around the indicators and their errors; `nil` when there are none.
    private(set) var fan: Rectangle?

    private let scene: PathDiagramScene
    private var cursor = 0.0
    private var levelSpread: [Double] = []
    private var levelExtent: [Double] = []
    /// Positions across the side's direction, and levels outward.
    private var across: [Int: Double] = [:]
    private var level: [Int: Int] = [:]

    init(root: Int, side: Side, scene: PathDiagramScene) {
        self.root = root
        self.side = side
        self.scene = scene
        bounds = Rectangle(center: Point(x: 0, y: 0), width: 0, height: 0)
        place(root, level: 0)
        let shift = across[root] ?? 0
        let distances = levelDistances()
        for (node, position) in across {
            set(node, outward: distances[level[node] ?? 0], across: position - shift)
        }
        for node in across.keys where node != root && scene.structure.isIndicator[node] { placeErrors(of: node) }
        measure()
    }

    /// How far a shape reaches along the side's direction and across it.
    private func extent(_ node: Int) -> (outward: Double, across: Double) {
        let size = scene.sizes[node]
        return side.isHorizontal ? (size.width, size.height) : (size.height, size.width)
    }

    private mutating func place(_ node: Int, level depth: Int) {
        level[node] = depth
        if levelExtent.count <= depth {
            levelExtent.append(0)
            levelSpread.append(0)
        }
        levelExtent[depth] = max(levelExtent[depth], extent(node).outward)
        let children = scene.structure.children[node]
        guard !children.isEmpty else {
            let pitch = pitch(of: node)
            across[node] = cursor + pitch / 2
            cursor += pitch
            return
        }
        let start = cursor
        var placed: [Int] = []
        for child in children {
            let before = Set(across.keys)
            place(child, level: depth + 1)
            placed += across.keys.filter { !before.contains($0) }
            if !scene.structure.children[child].isEmpty, child != children.last { cursor += scene.unit * 1.4 }
        }
        let needed = extent(node).across + scene.unit * 0.8
        if cursor - start < needed {
            let shift = (needed - (cursor - start)) / 2
            for other in placed { across[other, default: 0] += shift }
            cursor = start + needed
        }
        let first = children.first.flatMap { across[$0] } ?? start
        let last = children.last.flatMap { across[$0] } ?? start
        across[node] = (first + last) / 2
        levelSpread[depth] = max(levelSpread[depth], last - first)
    }

    private func pitch(of node: Int) -> Double {
        let errorRoom =
            scene.errorsStandBetween(node) && !scene.structure.errors[node].isEmpty
            ? 2 * scene.errorRadius + scene.unit * 1.2 : 0
        let label = scene.largestLoadingLabel
        let labelRoom = label.width > 0 ? ((side.isHorizontal ? label.height : label.width) + 6) / 0.56 : 0
        return max(extent(node).across + scene.unit * 0.7 + errorRoom, labelRoom)
    }

    private func levelDistances() -> [Double] {
        var distances = [0.0]
        for depth in levelExtent.indices.dropFirst() {
            let label = scene.largestLoadingLabel
            let labelRoom = (side.isHorizontal ? label.width : label.height) + scene.unit * 4.4
            var gap = max(scene.unit * 5.2, labelRoom) + min(0.16 * levelSpread[depth - 1], 5 * scene.unit)
            if depth == 1 { gap += scene.arcRoom(beside: root, side) }
            distances.append(distances[depth - 1] + (levelExtent[depth - 1] + levelExtent[depth]) / 2 + gap)
        }
        return distances
    }

    private mutating func placeErrors(of node: Int) {
        let errors = scene.structure.errors[node]
        guard let center = centers[node], !errors.isEmpty else { return }
        let (outward, along) = coordinates(center)
        let size = extent(node)
        for (index, error) in errors.enumerated() {
            if scene.errorsStandBetween(node) {
                let distance = size.across / 2 + scene.unit * 0.9 + scene.errorRadius
                set(error, outward: outward + Double(index) * 2.4 * scene.errorRadius, across: along + distance)
            } else {
                let offset = (Double(index) - Double(errors.count - 1) / 2) * 2.4 * scene.errorRadius
                let distance = size.outward / 2 + scene.unit * 1.7 + scene.errorRadius
                set(error, outward: outward + distance, across: along + offset)
            }
        }
    }

    private mutating func set(_ node: Int, outward: Double, across: Double) {
        centers[node] =
            switch side {
            case .left: Point(x: -outward, y: across)
            case .right: Point(x: outward, y: across)
            case .top: Point(x: across, y: -outward)
            case .bottom: Point(x: across, y: outward)
            }
    }

    private func coordinates(_ point: Point) -> (outward: Double, across: Double) {
        switch side {
        case .left: (-point.x, point.y)
        case .right: (point.x, point.y)
        case .top: (-point.y, point.x)
        case .bottom: (point.y, point.x)
        }
    }

    private mutating func measure() {
        let own = scene.sizes[root]
        bounds = Rectangle(center: Point(x: 0, y: 0), width: own.width, height: own.height)
        for (node, center) in centers where node != root {
            let size = scene.sizes[node]
            let box = Rectangle(center: center, width: size.width, height: size.height)
            fan = fan?.union(box) ?? box
        }
        if let fan {
            bounds = bounds.union(fan)
        }
        if !scene.structure.errors[root].isEmpty {
            // Room for the residual, wherever it will find its place.
            let reach = 2 * scene.errorRadius + scene.unit * 1.4
            let residual = Rectangle(
                minX: -scene.errorRadius, minY: -own.height / 2 - reach, maxX: scene.errorRadius,
                maxY: own.height / 2 + (fan == nil ? 0 : reach))
            bounds = bounds.union(residual)
        }
    }
}

/// What the layout of blocks needs to know of the whole diagram. A diagram from top to bottom is laid out lying on its
/// side, with widths and heights exchanged, and is turned at the end.
struct PathDiagramScene {
    let structure: PathDiagramStructure
    let sizes: [PathDiagramSizes.Size]
    let errorRadius: Double
    /// The size of the type, which all distances follow.
    let unit: Double
    let largestLoadingLabel: PathDiagramSizes.Size
    let largestRegressionLabel: PathDiagramSizes.Size
    let largestCovarianceLabel: PathDiagramSizes.Size
    /// Pairs of nodes that covary.
    let covariances: [(first: Int, second: Int)]

    init(_ diagram: PathDiagram, _ structure: PathDiagramStructure, _ measured: PathDiagramSizes) {
        self.structure = structure
        let isTurned = diagram.direction == .topToBottom
        sizes = isTurned ? measured.shapes.map(\.transposed) : measured.shapes
        errorRadius = measured.errorRadius
        unit = measured.fontSize
        func largest(_ labels: [String]) -> PathDiagramSizes.Size {
            let all = labels.map(measured.labelSize)
            let size = PathDiagramSizes.Size(
                width: all.map(\.width).max() ?? 0, height: all.map(\.height).max() ?? 0)
            return isTurned ? size.transposed : size
        }
        largestLoadingLabel = largest(structure.loadings.map { diagram.paths[$0.path].label })
        largestRegressionLabel = largest(structure.regressions.map { diagram.paths[$0.path].label })
        largestCovarianceLabel = largest(diagram.covariances.map(\.label))
        var position: [String: Int] = [:]
        for (index, node) in diagram.nodes.enumerated() { position[node.id] = index }
        covariances = diagram.covariances.compactMap { covariance in
            guard let first = position[covariance.first], let second = position[covariance.second] else { return nil }
            return (first, second)
        }
    }

    /// Whether arrows reach the indicator from both sides, so that its error has to stand between the indicators.
    func errorsStandBetween(_ node: Int) -> Bool {
        structure.loadings.contains { $0.to == node && structure.generals.contains($0.from) }
    }

    /// Room between causes and their indicators for the arcs among the causes.
    func arcRoom(beside root: Int, _ side: PathDiagramBlock.Side) -> Double {
        guard side == .left, structure.lastRank > 0 else { return 0 }
        let column = structure.roots.filter { structure.rank[$0] == 0 }
        let positions = covariances.compactMap { pair -> Int? in
            guard let first = column.firstIndex(of: pair.first), let second = column.firstIndex(of: pair.second) else {
                return nil
            }
            return abs(first - second)
        }
        guard let longest = positions.max() else { return 0 }
        return unit * 2.5 + min(Double(longest), 6) * unit * 1.6
    }
}
