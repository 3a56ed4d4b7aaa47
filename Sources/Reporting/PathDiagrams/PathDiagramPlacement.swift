/// Where the blocks of a path diagram stand: structural variables in columns by rank, their heights chosen so that
/// arrows cross few other arrows and no shapes.
struct PathDiagramPlacement {
    /// The middle of each shape; errors of structural variables are not among them yet.
    private(set) var centers: [Int: Point] = [:]

    private let scene: PathDiagramScene
    private var columns: [Column] = []
    private var columnX: [Double] = []
    private var edges: [(from: Int, to: Int)] = []

    private struct Column {
        var order: [Int]
        var offset = 0.0
        var spread = 0.0
    }

    private struct Placed {
        var center: Point
        var shape: Rectangle
        var fan: Rectangle?
    }

    /// For each structural variable, its block with the indicators above and below, or on the one side that suits.
    private var upper: [Int: PathDiagramBlock] = [:]
    private var lower: [Int: PathDiagramBlock] = [:]

    init(_ scene: PathDiagramScene) {
        self.scene = scene
        let structure = scene.structure
        for root in structure.roots {
            let rank = structure.rank[root]
            if rank == 0 {
                upper[root] = PathDiagramBlock(root: root, side: .left, scene: scene)
            } else if rank == structure.lastRank {
                upper[root] = PathDiagramBlock(root: root, side: .right, scene: scene)
            } else {
                upper[root] = PathDiagramBlock(root: root, side: .top, scene: scene)
                lower[root] = PathDiagramBlock(root: root, side: .bottom, scene: scene)
            }
        }
        for rank in 0...structure.lastRank {
            columns.append(Column(order: structure.roots.filter { structure.rank[$0] == rank }))
        }
        var seen: Set<[Int]> = []
        for edge in structure.regressions {
            let ends = [structure.root[edge.from], structure.root[edge.to]]
            if ends[0] != ends[1], seen.insert(ends).inserted { edges.append((ends[0], ends[1])) }
        }
        placeColumns()
        orderColumns()
        improve()
        let placed = place(columns)
        for root in structure.roots {
            guard let position = placed[root], let block = block(root) else { continue }
            for (node, center) in block.centers { centers[node] = position.center + center }
        }
        placeGenerals()
    }

    private func block(_ root: Int) -> PathDiagramBlock? {
        let column = columns[scene.structure.rank[root]]
        return block(root, at: column.order.firstIndex(of: root) ?? 0, in: column)
    }

    /// Mediators in the upper half of a column, or a single one above the middle, have their indicators above.
    private func block(_ root: Int, at index: Int, in column: Column) -> PathDiagramBlock? {
        let isLow = column.order.count == 1 ? column.offset > 0 : 2 * index + 1 > column.order.count
        return isLow ? lower[root] ?? upper[root] : upper[root]
    }

    private mutating func placeColumns() {
        var x = 0.0
        let label = scene.largestRegressionLabel.width
        let tallest =
            columns.map { column in
                column.order.reduce(0) { $0 + (upper[$1]?.bounds.height ?? 0) }
            }.max() ?? 0
        let gap = min(max(scene.unit * 8, label + scene.unit * 6.5, 0.3 * tallest), max(scene.unit * 17, label * 1.6))
        for (rank, column) in columns.enumerated() {
            let boxes = column.order.flatMap { [upper[$0]?.bounds, lower[$0]?.bounds].compactMap(\.self) }
            if rank > 0 { x += gap - (boxes.map(\.minX).min() ?? 0) }
            columnX.append(x)
            x += boxes.map(\.maxX).max() ?? 0
        }
    }

    /// Orders each column by the mean position of what points into it (Sugiyama, Tagawa & Toda, 1981).
    private mutating func orderColumns() {
        var height: [Int: Double] = [:]
        for rank in columns.indices {
            let order = columns[rank].order
            if rank > 0 {
                let means = order.enumerated().map { index, root -> (Double, Int, Int) in
                    let causes = edges.filter { $0.to == root }.compactMap { height[$0.from] }
                    let mean = causes.isEmpty ? 0.5 : causes.reduce(0, +) / Double(causes.count)
                    return (mean, index, root)
                }
                columns[rank].order = means.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
            }
            let count = Double(max(1, columns[rank].order.count))
            for (index, root) in columns[rank].order.enumerated() { height[root] = (Double(index) + 0.5) / count }
        }
    }

    /// Stacks the blocks of each column around its middle.
    private func place(_ columns: [Column]) -> [Int: Placed] {
        var placed: [Int: Placed] = [:]
        for (rank, column) in columns.enumerated() {
            let inner = rank > 0 && rank < scene.structure.lastRank
            let hasFans = column.order.contains { upper[$0]?.fan != nil }
            let gap = scene.unit * (inner ? 5.5 : hasFans ? 1.9 : 3.6) + column.spread
            var y = 0.0
            var positions: [(Int, Double, PathDiagramBlock)] = []
            for (index, root) in column.order.enumerated() {
                guard let block = block(root, at: index, in: column) else { continue }
                if index > 0 { y += gap - block.bounds.minY }
                positions.append((root, y, block))
                y += block.bounds.maxY
            }
            // The structural variables, not their indicators, are centred.
            let middle = ((positions.first?.1 ?? 0) + (positions.last?.1 ?? 0)) / 2
            for (root, y, block) in positions {
                let center = Point(x: columnX[rank], y: y - middle + column.offset)
                let size = scene.sizes[root]
                let fan = block.fan.map {
                    Rectangle(
                        minX: $0.minX + center.x, minY: $0.minY + center.y, maxX: $0.maxX + center.x,
                        maxY: $0.maxY + center.y)
                }
                placed[root] = Placed(
                    center: center, shape: Rectangle(center: center, width: size.width, height: size.height), fan: fan)
            }
        }
        return placed
    }

    /// Tries exchanges, shifts and wider spacing of columns as long as they make the picture better, from several starts.
    private mutating func improve() {
        guard !edges.isEmpty, columns.count > 1 else { return }
        let step = 2.2 * scene.unit
        let costOfOne = edges.count * (edges.count + scene.structure.roots.count)
        let moves = scene.structure.roots.count + 24 * columns.count
        // Models of hundreds of structural variables keep the order by means, since a search would take too long.
        guard costOfOne < 1_000_000, costOfOne * moves < 100_000_000 else { return }
        let sweeps = max(1, min(40, 6_000_000 / max(1, costOfOne * moves)))
        let last = columns.count - 1
        let inner = Array(1..<max(1, last))
        let start = columns
        var best = Double.infinity
        for spread in sweeps < 20 ? [0.0] : [0, 2, 4] {
            // Mediators first: they give way to direct paths, causes and outcomes only when that does not help.
            for ranks in [inner + [0, last], [0] + inner + [last], [last] + inner.reversed() + [0]] {
                let spaced = start.map { column in
                    Column(order: column.order, spread: column.order.count > 1 ? spread * step : 0)
                }
                let (candidate, value) = descend(from: spaced, ranks: ranks, sweeps: min(12, sweeps), step: step)
                if value < best - 1e-6 {
                    best = value
                    columns = candidate
                }
                if sweeps < 20 { return }
            }
        }
    }

    private func descend(
        from start: [Column], ranks: [Int], sweeps: Int, step: Double
    ) -> (columns: [Column], cost: Double) {
        var columns = start
        var best = cost(columns)
        for _ in 0..<sweeps {
            var isBetter = false
            for rank in ranks {
                for candidate in neighbors(of: columns[rank], step: step) {
                    var trial = columns
                    trial[rank] = candidate
                    let value = cost(trial)
                    if value < best - 1e-6 {
                        best = value
                        columns = trial
                        isBetter = true
                    }
                }
            }
            if !isBetter { break }
        }
        return (columns, best)
    }

    private func neighbors(of column: Column, step: Double) -> [Column] {
        var neighbors: [Column] = []
        for index in column.order.indices.dropFirst() {
            var other = column
            other.order.swapAt(index - 1, index)
            neighbors.append(other)
        }
        for factor in -8...8 where Double(factor) * step != column.offset {
            neighbors.append(Column(order: column.order, offset: Double(factor) * step, spread: column.spread))
        }
        if column.order.count > 1 {
            for factor in 0...6 where Double(factor) * step != column.spread {
                neighbors.append(Column(order: column.order, offset: column.offset, spread: Double(factor) * step))
            }
        }
        return neighbors
    }

    /// How bad a placement is: arrows through shapes, then crossings, then slanting arrows and uneven columns.
    private func cost(_ columns: [Column]) -> Double {
        let placed = place(columns)
        var cost = 0.0
        for (rank, column) in columns.enumerated() {
            // Mediators give way to direct paths, causes and outcomes stay in the middle; of two equally good places the
            // upper one is taken.
            let weight = rank == 0 || rank == scene.structure.lastRank ? 0.4 : 0.03
            cost += weight * abs(column.offset) + (column.offset > 0 ? 0.5 : 0) + 0.12 * column.spread
        }
        var lines: [(from: Int, to: Int, a: Point, b: Point)] = []
        for edge in edges {
            guard let a = placed[edge.from]?.center, let b = placed[edge.to]?.center else { continue }
            lines.append((edge.from, edge.to, a, b))
            cost += 0.12 * abs(a.y - b.y)
        }
        for line in lines {
            for root in scene.structure.roots {
                guard let other = placed[root] else { continue }
                if root != line.from, root != line.to {
                    if other.shape.expanded(by: 0.8 * scene.unit).intersects(from: line.a, to: line.b) { cost += 2000 }
                    if other.shape.expanded(by: 2.4 * scene.unit).intersects(from: line.a, to: line.b) { cost += 40 }
                }
                if let fan = other.fan, fan.expanded(by: 4).intersects(from: line.a, to: line.b) { cost += 600 }
            }
        }
        for first in lines.indices {
            for second in lines.indices.dropFirst(first + 1) {
                let (one, two) = (lines[first], lines[second])
                if one.from == two.from || one.to == two.to || one.from == two.to || one.to == two.from { continue }
                if segmentsCross(one.a, one.b, two.a, two.b) { cost += 120 }
            }
        }
        return cost
    }

    /// General factors stand beyond the indicators that they share with the group factors.
    private mutating func placeGenerals() {
        var occupied: [Rectangle] = []
        for general in scene.structure.generals {
            let indicators = scene.structure.loadings.filter { $0.from == general }.map(\.to)
            let points = indicators.compactMap { centers[$0] }
            guard let first = indicators.first, !points.isEmpty, let block = block(scene.structure.root[first]) else {
                continue
            }
            let size = scene.sizes[general]
            let mean = points.reduce(Point(x: 0, y: 0), +) * (1 / Double(points.count))
            let spread = max(
                (points.map(\.y).max() ?? 0) - (points.map(\.y).min() ?? 0),
                (points.map(\.x).max() ?? 0) - (points.map(\.x).min() ?? 0))
            let gap = scene.unit * 6 + scene.largestLoadingLabel.width + min(0.14 * spread, scene.unit * 10)
            let item = scene.sizes[first]
            var center = mean
            switch block.side {
            case .left: center.x = (points.map(\.x).min() ?? 0) - (item.width + size.width) / 2 - gap
            case .right: center.x = (points.map(\.x).max() ?? 0) + (item.width + size.width) / 2 + gap
            case .top: center.y = (points.map(\.y).min() ?? 0) - (item.height + size.height) / 2 - gap
            case .bottom: center.y = (points.map(\.y).max() ?? 0) + (item.height + size.height) / 2 + gap
            }
            var box = Rectangle(center: center, width: size.width, height: size.height)
            while let hit = occupied.first(where: { $0.expanded(by: scene.unit).overlaps(box) }) {
                if block.side.isHorizontal {
                    center.y = hit.maxY + size.height / 2 + scene.unit * 2
                } else {
                    center.x = hit.maxX + size.width / 2 + scene.unit * 2
                }
                box = Rectangle(center: center, width: size.width, height: size.height)
            }
            occupied.append(box)
            centers[general] = center
        }
    }
}

/// Whether two straight lines cross at a point inside both.
func segmentsCross(_ a: Point, _ b: Point, _ c: Point, _ d: Point) -> Bool {
    func side(_ p: Point, _ q: Point, _ r: Point) -> Double { (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x) }
    return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0
}
