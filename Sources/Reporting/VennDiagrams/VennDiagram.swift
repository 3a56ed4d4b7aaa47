public import SetTheoreticAnalysis

/// A Venn diagram of a truth table with up to five conditions: every configuration is a zone, coloured by its output and
/// with the number of its cases; the zones of a solution are hatched.
public struct VennDiagram: Sendable, Equatable {
    /// A configuration.
    struct Zone: Sendable, Equatable {
        /// The conditions that are present, as bits.
        var sets: Int
        /// The configuration as text.
        var expression: String
        /// What its row says; a remainder where there is none.
        var output: TruthTable.Output
        /// The number of cases.
        var count: Int
        /// The consistency.
        var inclusion: Double?
        /// Whether it is covered by the solution.
        var isInSolution: Bool

        /// What the zone is, in words.
        var title: String {
            var text = "\(expression): \(count == 1 ? "1 case" : "\(count) cases"), \(VennDiagram.name(output))"
            if let inclusion { text += ", consistency \(NumberFormat.bounded(3).string(inclusion))" }
            return text + (isInSolution ? ", in the solution" : "")
        }
    }

    /// The names of the sets.
    let names: [String]
    /// The zones by their sets, 2 to the power of the number of sets.
    let zones: [Zone]
    /// The title of the picture.
    public var title: String

    /// Why conditions cannot be drawn as a Venn diagram; nil if they can.
    public static func obstacle(_ conditions: Conditions) -> String? {
        if conditions.count > VennLayout.setLimit {
            return
                "A Venn diagram of \(conditions.count) conditions would have more zones than can be read; it is drawn for up to \(VennLayout.setLimit)."
        }
        if conditions.isMultiValue {
            return "A Venn diagram shows sets; a condition with more than two levels is none."
        }
        return conditions.count == 0 ? "There is no condition to draw." : nil
    }

    /// Makes the diagram of a truth table.
    ///
    /// - Parameters:
    ///   - table: The truth table.
    ///   - solution: The terms whose zones are hatched.
    ///   - labels: The words for conditions.
    ///   - title: The title of the picture; made from the outcome when nil.
    /// - Returns: Nil if there is an ``obstacle(_:)``.
    public init?(
        _ table: TruthTable, solution: [Conjunction] = [], labels: VariableLabels = .none, title: String? = nil
    ) {
        guard Self.obstacle(table.conditions) == nil else { return nil }
        let conditions = table.conditions
        let rows = Dictionary(table.rows.map { ($0.configuration, $0) }, uniquingKeysWith: { first, _ in first })
        names = conditions.names.map { labels.text($0).plainText }
        zones = (0..<1 << conditions.count).map { sets in
            let configuration = Conjunction(levels: (0..<conditions.count).map { sets >> $0 & 1 })
            let row = rows[configuration]
            return Zone(
                sets: sets, expression: conditions.expression(configuration), output: row?.output ?? .remainder,
                count: row?.count ?? 0, inclusion: row?.inclusion,
                isInSolution: solution.contains { $0.covers(configuration) })
        }
        self.title = title ?? "Venn diagram for \(OutcomeSolution.title(table.outcome.description, labels).plainText)"
    }

    /// The picture.
    public func drawing() -> Drawing {
        let size = 13.0, radius = names.count < 4 ? 145.0 : names.count == 4 ? 205 : 225
        let shapes = VennLayout.ellipses(names.count).map { $0.placed(scale: radius, at: Point(x: 0, y: 0)) }
        let headings = zip(names, shapes).map { Self.heading($0, $1, size: size) }
        // The page holds the ellipses, their names and a rim for the zone outside all of them.
        let points = shapes.flatMap { $0.points(from: 0, to: 2 * .pi) }
        let frame = points.reduce(
            headings.reduce(Rectangle(center: Point(x: 0, y: 0), width: 1, height: 1)) {
                $0.union($1.bounds)
            }
        ) { $0.union(Rectangle(minX: $1.x, minY: $1.y, maxX: $1.x, maxY: $1.y)) }.expanded(by: 22)
        let legend = self.legend
        let legendRows = Self.rows(legend.map(\.name), width: frame.width - 16)
        let shift = Point(x: 4 - frame.minX, y: 4 - frame.minY)
        let page = Rectangle(minX: 4, minY: 4, maxX: 4 + frame.width, maxY: 4 + frame.height)
        var drawing = Drawing(
            width: page.maxX + 4, height: page.maxY + 14 + 20 * Double(legendRows.count), title: title,
            summary: zones.filter { $0.output != .remainder || $0.isInSolution }.map(\.title).joined(separator: "; "))
        drawing.add(
            .area(
                [
                    Point(x: page.minX, y: page.minY), Point(x: page.maxX, y: page.minY),
                    Point(x: page.maxX, y: page.maxY), Point(x: page.minX, y: page.maxY),
                ], fill: Self.color(zones[0].output), title: zones[0].title))
        let arrangement = VennArrangement(shapes.map { $0.placed(scale: 1, at: shift) })
        if zones[0].isInSolution { Self.hatch(Self.corners(page), &drawing) }
        for area in arrangement.zones where zones.indices.contains(area.sets) {
            let zone = zones[area.sets]
            drawing.add(.area(area.border, fill: Self.color(zone.output), title: zone.title))
            if zone.isInSolution { Self.hatch(area.border, &drawing) }
        }
        drawing.add(.polyline(Self.corners(page), .init(.muted, width: 1)))
        for shape in arrangement.ellipses {
            drawing.add(.polyline(shape.points(from: 0, to: 2 * .pi), .init(.ink, width: 1.3)))
        }
        for var heading in headings {
            heading.position = heading.position + shift
            drawing.text(heading)
        }
        let outside = Point(x: page.maxX - 16, y: page.maxY - 14)
        let centers = Dictionary(
            arrangement.zones.map { ($0.sets, $0.center) }, uniquingKeysWith: { first, _ in first })
        for zone in zones where zone.count > 0 {
            let label = Drawing.Label(
                String(zone.count), at: zone.sets == 0 ? outside : centers[zone.sets] ?? outside, fontSize: size,
                isBold: zone.output == .positive)
            if zone.isInSolution {
                drawing.add(.rectangle(label.bounds, cornerRadius: 3, fill: Self.color(zone.output), nil))
            }
            drawing.text(label)
        }
        for (row, range) in legendRows.enumerated() {
            var x = page.minX + 4
            for entry in legend[range] {
                let box = Rectangle(
                    minX: x, minY: page.maxY + 12 + 20 * Double(row), maxX: x + 22,
                    maxY: page.maxY + 26 + 20 * Double(row))
                drawing.add(.rectangle(box, cornerRadius: 0, fill: entry.color, .init(.muted, width: 1)))
                if entry.isHatched { Self.hatch(Self.corners(box), &drawing) }
                drawing.text(.init(entry.name, at: Point(x: x + 28, y: box.center.y), fontSize: 12, anchor: .start))
                x += Self.entryWidth(entry.name)
            }
        }
        return drawing
    }

    /// The figure with its note.
    public func figure() -> Figure {
        Figure(
            title: RichText(title), drawing: drawing(),
            note:
                "Each zone is a configuration of conditions; the figure in it is the number of cases with a membership above .5. Zones without a figure have none."
        )
    }

    static func name(_ output: TruthTable.Output) -> String {
        switch output {
        case .positive: "positive"
        case .negative: "negative"
        case .contradiction: "contradiction"
        case .remainder: "remainder"
        }
    }

    /// Colours that differ in brightness too.
    static func color(_ output: TruthTable.Output) -> Color {
        switch output {
        case .positive: Color.blue.mixed(with: .white, 0.45)
        case .negative: Color.orange.mixed(with: .white, 0.6)
        case .contradiction: Color(red: 204, green: 121, blue: 167).mixed(with: .white, 0.3)
        case .remainder: .white
        }
    }

    private var legend: [(name: String, color: Color, isHatched: Bool)] {
        let outputs: [TruthTable.Output] = [.positive, .contradiction, .negative, .remainder]
        var entries = outputs.filter { output in zones.contains { $0.output == output } }.map { output in
            let name = Self.name(output)
            return (name.prefix(1).uppercased() + name.dropFirst(), Self.color(output), false)
        }
        if zones.contains(where: \.isInSolution) { entries.append(("In the solution", .white, true)) }
        return entries
    }

    private static func entryWidth(_ name: String) -> Double { 46 + TextMetrics.width(name, fontSize: 12) }

    /// The entries of each row of a legend.
    private static func rows(_ names: [String], width: Double) -> [Range<Int>] {
        var rows: [Range<Int>] = [], start = 0, x = 0.0
        for (index, name) in names.enumerated() {
            if index > start, x + entryWidth(name) > width {
                rows.append(start..<index)
                start = index
                x = 0
            }
            x += entryWidth(name)
        }
        return start < names.count ? rows + [start..<names.count] : rows
    }

    /// The name of a set, beyond the point of its ellipse that is farthest from the middle of the diagram.
    private static func heading(_ name: String, _ shape: TiltedEllipse, size: Double) -> Drawing.Label {
        let points = shape.points(from: 0, to: 2 * .pi)
        // A lone circle has no far side; its name stands above.
        let isCentered = shape.center.length < 1e-9
        let far =
            isCentered
            ? Point(x: 0, y: -shape.b) : points.max { $0.length < $1.length } ?? shape.center
        let direction = far.unit
        let anchor: Drawing.Label.Anchor = direction.x > 0.35 ? .start : direction.x < -0.35 ? .end : .middle
        return Drawing.Label(
            TextMetrics.shortened(name, fontSize: size, maxWidth: 180), at: far + direction * 11, fontSize: size,
            anchor: anchor, isBold: true)
    }

    private static func corners(_ box: Rectangle) -> [Point] {
        [
            Point(x: box.minX, y: box.minY), Point(x: box.maxX, y: box.minY), Point(x: box.maxX, y: box.maxY),
            Point(x: box.minX, y: box.maxY), Point(x: box.minX, y: box.minY),
        ]
    }

    private static let hatchStep = 7.0

    /// Slanted lines across a zone, on one raster for the whole drawing, so that they go on from zone to zone.
    private static func hatch(_ polygon: [Point], _ drawing: inout Drawing) {
        let sums = polygon.map { $0.x + $0.y }
        guard let low = sums.min(), let high = sums.max() else { return }
        var offset = (low / hatchStep).rounded(.up) * hatchStep
        while offset < high {
            for (from, to) in VennArrangement.stretches(across: polygon, offset: offset) {
                drawing.line(from, to, .init(.ink, width: 0.6))
            }
            offset += hatchStep
        }
    }
}
