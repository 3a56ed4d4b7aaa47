public import SetTheoreticAnalysis

/// An XY plot: the membership of cases in a set against that in the outcome, with the diagonal and the lines at one half
/// (Schneider & Wagemann, 2012, chapter 11).
///
/// Of a sufficient set, cases lie above the diagonal, of a necessary one below it. Cases that contradict the relation, or
/// that a sufficient set leaves uncovered, are named.
public struct MembershipPlot: Sendable, Equatable {
    /// Which cases are named.
    public enum Naming: Sendable, Hashable {
        /// Those that are deviant in kind.
        case deviant
        /// Every case.
        case all
        /// None.
        case none
    }

    /// The cases with their memberships in the set and in the outcome.
    public var plane: MembershipPlane
    /// Which relation the plot is read for.
    public var reading: MembershipPlane.Reading
    /// Which cases are named.
    public var naming: Naming

    /// Makes the plot.
    public init(_ plane: MembershipPlane, reading: MembershipPlane.Reading = .sufficiency, naming: Naming = .deviant) {
        self.plane = plane
        self.reading = reading
        self.naming = naming
    }

    /// The figure: the picture, with the fit in the note.
    public func figure() -> Figure {
        let (drawing, missing) = picture()
        let format = NumberFormat.bounded(3)
        var note: RichText
        switch reading {
        case .sufficiency:
            let fit = plane.sufficiency
            note =
                "Consistency \(fit.inclusion, format), PRI \(fit.pri, format), coverage \(fit.coverage, format). Cases above the diagonal agree with sufficiency; those in the lower right corner contradict it, those in the upper left corner are not covered."
        case .necessity:
            let fit = plane.necessity
            note =
                "Consistency \(fit.inclusion, format), relevance of necessity \(fit.relevance, format), coverage \(fit.coverage, format). Cases below the diagonal agree with necessity; those in the upper left corner contradict it."
        }
        let places = places
        if Self.isCrowded(places.count) {
            note.append(" The more cases at a place, the larger the mark. There are too many cases to name any.")
        } else if places.contains(where: { $0.members.count > 1 }) {
            note.append(" A larger mark stands for several cases; the figure in it is their number.")
        }
        if missing > 0 { note.append(" \(missing == 1 ? "1 name" : "\(missing) names") found no place.") }
        let word = reading == .sufficiency ? "sufficient" : "necessary"
        return Figure(title: "\(plane.xName) as \(word) for \(plane.yName)", drawing: drawing, note: note)
    }

    /// The picture.
    public func drawing() -> Drawing { picture().drawing }

    private func picture() -> (drawing: Drawing, missing: Int) {
        let unit = Axis(holding: [0, 1])
        var plot = Plot(
            title: "\(plane.xName) and \(plane.yName)", summary: summary, width: 540, height: 556, horizontal: unit,
            vertical: unit,
            horizontalTitle: plane.xName, verticalTitle: plane.yName, hasGrid: false, legendHeight: 44)
        let low = plot.point(0, 0), high = plot.point(1, 1)
        plot.drawing.add(
            .rectangle(
                Rectangle(minX: low.x, minY: high.y, maxX: high.x, maxY: low.y), cornerRadius: 0, fill: .white,
                .init(.muted, width: 1)))
        plot.drawing.line(plot.point(0, 0.5), plot.point(1, 0.5), .init(.muted, width: 1, dashes: [4, 3]))
        plot.drawing.line(plot.point(0.5, 0), plot.point(0.5, 1), .init(.muted, width: 1, dashes: [4, 3]))
        plot.drawing.line(low, high, .init(.ink, width: 1.2))
        let places = places, isCrowded = Self.isCrowded(places.count)
        let marks = places.map { place in
            (
                place: place, point: plot.point(plane.x[place.members[0]], plane.y[place.members[0]]),
                radius: Self.radius(place.members.count, isCrowded: isCrowded)
            )
        }
        for mark in marks {
            let style = Self.style(mark.place.type)
            plot.mark(mark.point, style.marker, style.color, radius: mark.radius)
            if mark.place.members.count > 1, !isCrowded {
                plot.drawing.text(
                    .init(
                        String(mark.place.members.count), at: mark.point, fontSize: 11,
                        color: style.marker == .ring ? .ink : .white, isBold: true))
            }
        }
        if isCrowded {
            legend(&plot)
            return (plot.drawing, 0)
        }
        let named = marks.filter { isNamed($0.place.type) }.map { mark in
            (text: Self.names(mark.place.members.map { plane.names[$0] }), point: mark.point, radius: mark.radius)
        }
        let missing = plot.label(
            named,
            obstacles: marks.map { Rectangle(center: $0.point, width: 2 * $0.radius, height: 2 * $0.radius) },
            lines: [(low, high)])
        legend(&plot)
        return (plot.drawing, missing)
    }

    /// The cases at each place, in the order of their first case; those that are named last, so that they lie on top.
    private var places: [(members: [Int], type: CaseType)] {
        struct Place: Hashable {
            var x: Int
            var y: Int
            var type: CaseType
        }
        var order: [Place] = [], members: [Place: [Int]] = [:]
        for position in plane.names.indices {
            // Memberships that differ by less than a pixel share a place.
            let place = Place(
                x: Int((plane.x[position] * 400).rounded()), y: Int((plane.y[position] * 400).rounded()),
                type: plane.type(position, reading))
            if members[place] == nil { order.append(place) }
            members[place, default: []].append(position)
        }
        let named = order.filter { isNamed($0.type) }, others = order.filter { !isNamed($0.type) }
        return (others + named).map { (members[$0] ?? [], $0.type) }
    }

    private typealias CaseType = MembershipPlane.CaseType

    private func isNamed(_ type: CaseType) -> Bool {
        switch naming {
        case .all: true
        case .none: false
        // Deviance in relevance of a necessary condition is no deviance from necessity.
        case .deviant: type == .deviantConsistency || type == .deviantCoverage
        }
    }

    private static func radius(_ count: Int, isCrowded: Bool) -> Double {
        if isCrowded { return min(1.8 * Double(count).squareRoot(), 8) }
        return count == 1 ? 4 : min(7 + Double(count).squareRoot(), 16)
    }

    /// Whether so many places have cases that neither numbers nor names could be read.
    private static func isCrowded(_ places: Int) -> Bool { places > 150 }

    private static func names(_ names: [String]) -> String {
        names.count > 4
            ? names.prefix(3).joined(separator: ", ") + " + \(names.count - 3)" : names.joined(separator: ", ")
    }

    private static func style(_ type: CaseType) -> (marker: Plot.Marker, color: Color) {
        switch type {
        case .typical: (.disc, .blue)
        case .deviantInDegree: (.disc, .sky)
        case .deviantConsistency: (.square, .vermilion)
        case .deviantCoverage, .deviantRelevance: (.ring, .orange)
        case .irrelevant: (.ring, .muted)
        case .ambiguous: (.square, .muted)
        }
    }

    private static func name(_ type: CaseType) -> String {
        switch type {
        case .typical: "typical"
        case .deviantInDegree: "deviant in degree"
        case .deviantConsistency: "deviant consistency"
        case .deviantCoverage: "deviant coverage"
        case .deviantRelevance: "deviant relevance"
        case .irrelevant: "irrelevant"
        case .ambiguous: "ambiguous (.5)"
        }
    }

    private func legend(_ plot: inout Plot) {
        let types = Set(plane.names.indices.map { plane.type($0, reading) })
        for (index, type) in CaseType.allCases.filter(types.contains).enumerated() {
            let style = Self.style(type)
            let left = plot.area.minX + Double(index % 3) * plot.area.width / 3, y = 14 + 20 * Double(index / 3)
            plot.mark(Point(x: left + 8, y: y), style.marker, style.color)
            plot.drawing.text(.init(Self.name(type), at: Point(x: left + 20, y: y), anchor: .start))
        }
    }

    private var summary: String {
        let deviant = plane.names.indices.filter { plane.type($0, reading) == .deviantConsistency }
        return "\(plane.names.count) cases"
            + (deviant.isEmpty
                ? ", none deviant in consistency"
                : "; deviant in consistency: \(CaseNames.list(deviant, of: plane.names, limit: 40))")
    }
}
