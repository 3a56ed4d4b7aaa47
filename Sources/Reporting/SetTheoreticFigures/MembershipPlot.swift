import SetTheoreticAnalysis

/// An XY plot: the membership of cases in a set against that in the outcome, with the diagonal and the lines at one half
/// (Schneider & Wagemann, 2012, chapter 11).
///
/// Of a sufficient set, cases lie above the diagonal, of a necessary one below it. Cases that are on the wrong side of
/// one half are deviant in kind and named.
public struct MembershipPlot: Sendable, Equatable {
    /// What the set is held to be.
    public enum Relation: Sendable, Hashable {
        /// Sufficient: X is a subset of the outcome.
        case sufficiency
        /// Necessary: X is a superset of the outcome.
        case necessity
    }

    /// Which cases are named.
    public enum Naming: Sendable, Hashable {
        /// Those that are deviant in kind.
        case deviant
        /// Every case.
        case all
        /// None.
        case none
    }

    /// How a case stands to the relation.
    public enum Standing: Sendable, Hashable {
        /// In the set and in the outcome.
        case typical
        /// Contradicts the relation: in the set but not in the outcome (sufficiency), or the other way round (necessity).
        case deviantConsistency
        /// Left unexplained, or lacking what else is needed: the opposite corner.
        case deviantCoverage
        /// In neither.
        case irrelevant
    }

    /// The memberships in the set.
    public var x: [Double]
    /// The memberships in the outcome.
    public var y: [Double]
    /// The names of the cases.
    public var cases: [String]
    /// What the set is held to be.
    public var relation: Relation
    /// Which cases are named.
    public var naming: Naming
    /// The name of the set.
    public var set: String
    /// The name of the outcome.
    public var outcome: String

    /// Makes the plot; cases with a membership that is not finite are left out.
    public init(
        x: [Double], y: [Double], cases: [String], set: String, outcome: String, relation: Relation = .sufficiency,
        naming: Naming = .deviant
    ) {
        let kept = zip(x, y).enumerated().filter { $0.element.0.isFinite && $0.element.1.isFinite }
        self.x = kept.map(\.element.0)
        self.y = kept.map(\.element.1)
        self.cases = kept.map { cases.indices.contains($0.offset) ? cases[$0.offset] : "\($0.offset + 1)" }
        self.relation = relation
        self.naming = naming
        self.set = set
        self.outcome = outcome
    }

    /// How a case stands to the relation. A membership of exactly one half is out.
    public func standing(_ position: Int) -> Standing {
        switch (x[position] > 0.5, y[position] > 0.5) {
        case (true, true): .typical
        case (true, false): relation == .sufficiency ? .deviantConsistency : .deviantCoverage
        case (false, true): relation == .sufficiency ? .deviantCoverage : .deviantConsistency
        case (false, false): .irrelevant
        }
    }

    /// The figure: the picture, with the fit in the note.
    public func figure() -> Figure {
        let (drawing, missing) = picture()
        let format = NumberFormat.bounded(3)
        var note: RichText
        switch relation {
        case .sufficiency:
            let fit = SufficiencyFit(x, in: y)
            note =
                "Consistency \(fit.inclusion, format), PRI \(fit.PRI, format), coverage \(fit.coverage, format). Cases above the diagonal agree with sufficiency; those in the lower right corner contradict it, those in the upper left corner are not covered."
        case .necessity:
            let fit = NecessityFit(x, of: y)
            note =
                "Consistency \(fit.inclusion, format), relevance of necessity \(fit.relevance, format), coverage \(fit.coverage, format). Cases below the diagonal agree with necessity; those in the upper left corner contradict it."
        }
        if places.contains(where: { $0.members.count > 1 }) {
            note.append(" A larger mark stands for several cases; the figure in it is their number.")
        }
        if missing > 0 { note.append(" \(missing == 1 ? "1 name" : "\(missing) names") found no place.") }
        let word = relation == .sufficiency ? "sufficient" : "necessary"
        return Figure(title: "\(set) as \(word) for \(outcome)", drawing: drawing, note: note)
    }

    /// The picture.
    public func drawing() -> Drawing { picture().drawing }

    private func picture() -> (drawing: Drawing, missing: Int) {
        let unit = Axis(holding: [0, 1])
        var plot = Plot(
            title: "\(set) and \(outcome)", summary: summary, width: 540, height: 556, horizontal: unit, vertical: unit,
            horizontalTitle: set, verticalTitle: outcome, hasGrid: false, legendHeight: 44)
        let low = plot.point(0, 0), high = plot.point(1, 1)
        plot.drawing.add(
            .rectangle(
                Rectangle(minX: low.x, minY: high.y, maxX: high.x, maxY: low.y), cornerRadius: 0, fill: .white,
                .init(.muted, width: 1)))
        plot.drawing.line(plot.point(0, 0.5), plot.point(1, 0.5), .init(.muted, width: 1, dashes: [4, 3]))
        plot.drawing.line(plot.point(0.5, 0), plot.point(0.5, 1), .init(.muted, width: 1, dashes: [4, 3]))
        plot.drawing.line(low, high, .init(.ink, width: 1.2))
        let marks = places.map { place in
            (
                place: place, point: plot.point(x[place.members[0]], y[place.members[0]]),
                radius: Self.radius(place.members.count)
            )
        }
        for mark in marks {
            let style = Self.style(mark.place.standing)
            plot.mark(mark.point, style.marker, style.color, radius: mark.radius)
            if mark.place.members.count > 1 {
                plot.drawing.text(
                    .init(
                        String(mark.place.members.count), at: mark.point, fontSize: 11,
                        color: style.marker == .ring ? .ink : .white, isBold: true))
            }
        }
        let named = marks.filter { isNamed($0.place.standing) }.map { mark in
            (text: Self.names(mark.place.members.map { cases[$0] }), point: mark.point, radius: mark.radius)
        }
        let missing = plot.label(
            named,
            obstacles: marks.map { Rectangle(center: $0.point, width: 2 * $0.radius, height: 2 * $0.radius) })
        legend(&plot)
        return (plot.drawing, missing)
    }

    /// The cases at each place, in the order of their first case; those of most interest last, so that they lie on top.
    private var places: [(members: [Int], standing: Standing)] {
        struct Place: Hashable {
            var x: Int
            var y: Int
            var standing: Standing
        }
        var order: [Place] = [], members: [Place: [Int]] = [:]
        for position in x.indices {
            // Memberships that differ by less than a pixel share a place.
            let place = Place(
                x: Int((x[position] * 400).rounded()), y: Int((y[position] * 400).rounded()),
                standing: standing(position))
            if members[place] == nil { order.append(place) }
            members[place, default: []].append(position)
        }
        return order.sorted { isNamed($0.standing) ? false : isNamed($1.standing) }.map {
            (members[$0] ?? [], $0.standing)
        }
    }

    private func isNamed(_ standing: Standing) -> Bool {
        switch naming {
        case .all: true
        case .none: false
        // What a necessary condition does not explain by itself is no deviance.
        case .deviant: standing == .deviantConsistency || relation == .sufficiency && standing == .deviantCoverage
        }
    }

    private static func radius(_ count: Int) -> Double {
        count == 1 ? 4 : min(7 + Double(count).squareRoot(), 16)
    }

    private static func names(_ names: [String]) -> String {
        names.count > 4
            ? names.prefix(3).joined(separator: ", ") + " + \(names.count - 3)" : names.joined(separator: ", ")
    }

    private static func style(_ standing: Standing) -> (marker: Plot.Marker, color: Color) {
        switch standing {
        case .typical: (.disc, .blue)
        case .deviantConsistency: (.square, .vermilion)
        case .deviantCoverage: (.ring, .orange)
        case .irrelevant: (.ring, .muted)
        }
    }

    private func name(_ standing: Standing) -> String {
        switch (standing, relation) {
        case (.typical, _): "typical"
        case (.deviantConsistency, _): "deviant in consistency"
        case (.deviantCoverage, .sufficiency): "not covered"
        case (.deviantCoverage, .necessity): "set without outcome"
        case (.irrelevant, _): "in neither"
        }
    }

    private static let standings: [Standing] = [.typical, .deviantConsistency, .deviantCoverage, .irrelevant]

    private func legend(_ plot: inout Plot) {
        let present = Self.standings.filter { standing in x.indices.contains { self.standing($0) == standing } }
        for (index, standing) in present.enumerated() {
            let style = Self.style(standing)
            let left = plot.area.minX + Double(index % 2) * plot.area.width / 2, y = 14 + 20 * Double(index / 2)
            plot.mark(Point(x: left + 8, y: y), style.marker, style.color)
            plot.drawing.text(.init(name(standing), at: Point(x: left + 20, y: y), anchor: .start))
        }
    }

    private var summary: String {
        let deviant = x.indices.filter { standing($0) == .deviantConsistency }
        return "\(x.count) cases"
            + (deviant.isEmpty
                ? ", none deviant in consistency"
                : "; deviant in consistency: \(CaseNames.list(deviant, of: cases, limit: 40))")
    }
}
