/// A ceiling over the cases, and how large the area above it is.
///
/// A figure is nil where it has no meaning: without a ceiling line (all highest cases at one place), or where the line
/// runs the other way.
public struct NecessityCeiling: Sendable, Hashable {
    /// A point in the data's units.
    public struct Point: Sendable, Hashable {
        /// The value of the condition.
        public let x: Double
        /// The value of the outcome.
        public let y: Double
    }

    /// A case that the ceiling passes or was fitted to.
    public struct Peer: Sendable, Hashable {
        /// The position among all cases that were given.
        public let position: Int
        /// The name.
        public let name: String
        /// The value of the condition.
        public let x: Double
        /// The value of the outcome.
        public let y: Double
    }

    /// The part of the scope for which the ceiling says nothing (Dul 2016, p. 29).
    public struct Inefficiency: Sendable, Hashable {
        /// The part of the condition's range that is never necessary for any outcome, in per cent.
        public let condition: Double
        /// The part of the outcome's range for which nothing of the condition is necessary, in per cent.
        public let outcome: Double
        /// The part of the scope with the one or the other, in per cent.
        public let relative: Double
        /// The area of this part.
        public let absolute: Double
    }

    /// How the ceiling was drawn.
    public let technique: CeilingTechnique
    /// The area of the empty zone above the ceiling within the scope.
    public let zone: Double?
    /// The effect size d, the empty zone as a share of the scope, 0 to 1 (Dul 2016, eq. 3).
    public let effectSize: Double?
    /// The number of cases above the ceiling.
    public let casesAbove: Int?
    /// The share of cases on or below the ceiling, in per cent (c-accuracy).
    public let accuracy: Double?
    /// The zone as a share of that of CE-FDH, in per cent; nil where it is larger.
    public let fit: Double?
    /// The slope of a straight ceiling.
    public let slope: Double?
    /// The intercept of a straight ceiling.
    public let intercept: Double?
    /// The cases that the ceiling passes or was fitted to, from the empty corner's side on.
    public let peers: [Peer]
    /// The corners of the ceiling within the scope, for drawing.
    public let line: [Point]
    /// What the ceiling says nothing about.
    public let inefficiency: Inefficiency?
    /// The permutation test of the effect size.
    public internal(set) var test: NecessityTest?

    /// The word for the effect size.
    public var magnitude: NecessityMagnitude? { effectSize.map(NecessityMagnitude.init) }
}

extension NecessityCeiling {
    /// The ceiling of a plane in the data's units.
    init(
        _ technique: CeilingTechnique, _ shape: CeilingShape, in plane: CeilingPlane, hullZone: Double,
        names: [String], positions: [Int]
    ) {
        let signX = plane.flipsX ? -1.0 : 1.0, signY = plane.flipsY ? -1.0 : 1.0
        self.technique = technique
        zone = shape.zone
        effectSize = shape.zone.map { $0 / plane.area }
        var above: Int? = 0
        if let line = shape.line {
            // Vertical distances above 1e-7 count, as in NCA.
            above =
                line.slope < 0
                ? nil : plane.x.indices.count { plane.y[$0] - line.value(plane.x[$0]) > 1e-7 }
            if technique == .linearProgramming { above = 0 }
        }
        casesAbove = above
        accuracy = above.map { 100 * Double(plane.x.count - $0) / Double(plane.x.count) }
        if technique == .stepFreeDisposal {
            fit = 100
        } else if let zone = shape.zone, hullZone > 0, zone <= hullZone || technique == .ordinaryLeastSquares {
            fit = 100 * zone / hullZone
        } else {
            fit = nil
        }
        slope = shape.line.map { $0.slope * signX * signY }
        intercept = shape.line.map { $0.intercept * signY }
        peers = shape.peers.map { peer in
            let position = positions[peer.position]
            return Peer(position: position, name: names[position], x: peer.x * signX, y: peer.y * signY)
        }
        line = Self.corners(technique, shape, in: plane).map { Point(x: $0.x * signX, y: $0.y * signY) }
        inefficiency = Self.inefficiency(shape, in: plane)
        test = nil
    }

    private static func corners(
        _ technique: CeilingTechnique, _ shape: CeilingShape, in plane: CeilingPlane
    ) -> [Point] {
        let scopeX = plane.scopeX, scopeY = plane.scopeY
        if let line = shape.line {
            guard line.slope > 0 else {
                return [scopeX.lowerBound, scopeX.upperBound].map { Point(x: $0, y: line.value($0)) }
            }
            let entry = max(scopeX.lowerBound, line.argument(scopeY.lowerBound))
            let exit = min(scopeX.upperBound, line.argument(scopeY.upperBound))
            return entry < exit ? [entry, exit].map { Point(x: $0, y: line.value($0)) } : []
        }
        guard let first = shape.peers.first, let last = shape.peers.last else { return [] }
        var points = [Point(x: first.x, y: scopeY.lowerBound), Point(x: first.x, y: first.y)]
        for (previous, next) in zip(shape.peers, shape.peers.dropFirst()) where !plane.isSamePlace(previous, next) {
            if technique == .stepFreeDisposal { points.append(Point(x: next.x, y: previous.y)) }
            points.append(Point(x: next.x, y: next.y))
        }
        points.append(Point(x: scopeX.upperBound, y: last.y))
        return points
    }

    private static func inefficiency(_ shape: CeilingShape, in plane: CeilingPlane) -> Inefficiency? {
        let scopeX = plane.scopeX, scopeY = plane.scopeY
        let reached: Double, floor: Double
        if let line = shape.line {
            guard line.slope > 0 else { return nil }
            reached = line.argument(scopeY.upperBound)
            floor = line.value(scopeX.lowerBound)
        } else {
            guard let first = shape.peers.first, let last = shape.peers.last, !plane.isSamePlace(first, last) else {
                return nil
            }
            reached = last.x
            floor = first.y
        }
        let condition =
            (scopeX.upperBound - min(scopeX.upperBound, reached)) / (scopeX.upperBound - scopeX.lowerBound)
        let outcome = (max(scopeY.lowerBound, floor) - scopeY.lowerBound) / (scopeY.upperBound - scopeY.lowerBound)
        let relative = condition + outcome - condition * outcome
        return Inefficiency(
            condition: 100 * condition, outcome: 100 * outcome, relative: 100 * relative,
            absolute: plane.area * relative)
    }
}
