/// Condition and outcome turned so that the empty corner is the upper left one: signs are changed, nothing else.
struct CeilingPlane: Sendable {
    /// A case on the ceiling.
    struct Peer: Sendable {
        let x: Double
        let y: Double
        /// The position of the case.
        let position: Int
    }

    let flipsX: Bool
    let flipsY: Bool
    /// Ends of the empirical and the theoretical scope.
    let observedX: ClosedRange<Double>
    let observedY: ClosedRange<Double>
    let scopeX: ClosedRange<Double>
    let scopeY: ClosedRange<Double>
    /// The positions of the cases by x, and within equal x by y; then as they come.
    let order: [Int]
    /// x and y of the cases in this order.
    let x: [Double]
    let y: [Double]
    /// The first place of each value of x in this order, and one past the last.
    let groups: [Int]
    /// Differences up to these are those of rounding.
    let toleranceX: Double
    let toleranceY: Double

    /// Turns finite values, of which there is one at least.
    init(x: [Double], y: [Double], corner: NecessityCorner, scope: NecessityScope) {
        flipsX = corner.isRight
        flipsY = corner.isLower
        let signX = flipsX ? -1.0 : 1.0, signY = flipsY ? -1.0 : 1.0
        let turnedX = x.map { $0 * signX }, turnedY = y.map { $0 * signY }
        func range(_ values: [Double], _ given: [Double?], _ sign: Double) -> (ClosedRange<Double>, ClosedRange<Double>)
        {
            let low = values.min() ?? 0, high = values.max() ?? 0
            let ends = given.compactMap { $0.map { $0 * sign } }
            return (low...high, min(low, ends.min() ?? low)...max(high, ends.max() ?? high))
        }
        (observedX, scopeX) = range(turnedX, [scope.conditionMinimum, scope.conditionMaximum], signX)
        (observedY, scopeY) = range(turnedY, [scope.outcomeMinimum, scope.outcomeMaximum], signY)
        toleranceX = 1e-10 * (observedX.upperBound - observedX.lowerBound)
        toleranceY = 1e-10 * (observedY.upperBound - observedY.lowerBound)
        let order = turnedX.indices.sorted { a, b in
            if turnedX[a] != turnedX[b] { return turnedX[a] < turnedX[b] }
            return turnedY[a] != turnedY[b] ? turnedY[a] < turnedY[b] : a < b
        }
        self.order = order
        self.x = order.map { turnedX[$0] }
        self.y = order.map { turnedY[$0] }
        var groups: [Int] = []
        for place in self.x.indices
        where groups.isEmpty || self.x[place] > self.x[groups[groups.count - 1]] + toleranceX {
            groups.append(place)
        }
        self.groups = groups + [self.x.count]
    }

    var area: Double {
        (scopeX.upperBound - scopeX.lowerBound) * (scopeY.upperBound - scopeY.lowerBound)
    }

    /// The area of the theoretical scope to the left of and above all cases.
    var outerArea: Double {
        let left = observedX.lowerBound - scopeX.lowerBound, above = scopeY.upperBound - observedY.upperBound
        return left * (scopeY.upperBound - scopeY.lowerBound) + above * (scopeX.upperBound - scopeX.lowerBound)
            - left * above
    }

    /// The corners of the free disposal hull, every case at a corner; outcomes stand in the order of ``x``.
    ///
    /// From left to right each case whose outcome is higher than all before; cases at the same place are peers alike.
    /// `draw` is called before the outcome at a place is read, and not at all for places behind the highest outcome,
    /// where no peer can follow.
    @inline(__always)
    func peers(
        _ outcomes: UnsafeMutableBufferPointer<Double>, into peers: inout [Peer], draw: (Int) -> Void = { _ in }
    ) {
        peers.removeAll(keepingCapacity: true)
        var highest = -Double.infinity
        let last = observedY.upperBound - toleranceY
        groups.withUnsafeBufferPointer { groups in
            for group in 0..<groups.count - 1 {
                var top = -Double.infinity
                for place in groups[group]..<groups[group + 1] {
                    draw(place)
                    top = max(top, outcomes[place])
                }
                guard top > highest + toleranceY else { continue }
                for place in groups[group]..<groups[group + 1] where outcomes[place] >= top - toleranceY {
                    peers.append(Peer(x: x[place], y: outcomes[place], position: order[place]))
                }
                highest = top
                if highest >= last { break }
            }
        }
    }

    /// The peers that lie on the concave hull, by Andrew's monotone chain (1979).
    func concave(_ peers: [Peer]) -> [Peer] {
        var corners: [Peer] = []
        for peer in peers {
            if let last = corners.last, isSamePlace(last, peer) { continue }
            while corners.count >= 2 {
                let a = corners[corners.count - 2], b = corners[corners.count - 1]
                if (b.y - a.y) * (peer.x - b.x) <= (peer.y - b.y) * (b.x - a.x) {
                    corners.removeLast()
                } else {
                    break
                }
            }
            corners.append(peer)
        }
        return peers.filter { peer in corners.contains { isSamePlace($0, peer) } }
    }

    func isSamePlace(_ a: Peer, _ b: Peer) -> Bool {
        abs(a.x - b.x) <= toleranceX && abs(a.y - b.y) <= toleranceY
    }

    /// Whether the peers lie at one place: there is no ceiling line.
    func isSinglePlace(_ peers: [Peer]) -> Bool {
        guard let first = peers.first, let last = peers.last else { return true }
        return isSamePlace(first, last)
    }

    /// The area above a step line through peers.
    func areaAboveSteps(_ peers: [Peer]) -> Double {
        var area = outerArea
        for (previous, next) in zip(peers, peers.dropFirst()) {
            area += (next.x - observedX.lowerBound) * (next.y - previous.y)
        }
        return area
    }

    /// The area above the line that joins peers.
    func areaAboveChain(_ peers: [Peer]) -> Double {
        var area = outerArea
        for (previous, next) in zip(peers, peers.dropFirst()) {
            let rise = next.y - previous.y
            area += rise * (next.x - observedX.lowerBound) - 0.5 * rise * (next.x - previous.x)
        }
        return area
    }

    /// The area of the scope above a straight line; nil where the line falls towards the corner or is not a line.
    func areaAbove(_ line: Line) -> Double? {
        let top = scopeY.upperBound, bottom = scopeY.lowerBound
        let left = scopeX.lowerBound, right = scopeX.upperBound
        guard line.slope >= 0, line.slope.isFinite, line.intercept.isFinite else { return nil }
        if line.slope == 0 { return (right - left) * min(max(top - line.intercept, 0), top - bottom) }
        // To the left of `entry` the line lies below the scope, to the right of `exit` above it.
        let entry = min(max((bottom - line.intercept) / line.slope, left), right)
        let exit = min(max((top - line.intercept) / line.slope, left), right)
        let heights = (top - line.value(entry)) + (top - line.value(exit))
        return (entry - left) * (top - bottom) + 0.5 * heights * (exit - entry)
    }

    /// The line that touches the concave hull above the mean x of the peers: it minimises the total distance to them.
    func supportingLine(_ peers: [Peer]) -> Line? {
        let mean = peers.reduce(0) { $0 + $1.x } / Double(peers.count)
        let hull = concave(peers)
        var line: Line?
        for (a, b) in zip(hull, hull.dropFirst()) where b.x > a.x + toleranceX {
            let slope = (b.y - a.y) / (b.x - a.x)
            line = Line(slope: slope, intercept: a.y - slope * a.x)
            // Where the mean is that of a corner, both lines are best; the flatter one is taken, as in NCA.
            if b.x > mean + toleranceX { break }
        }
        return line
    }
}

/// A straight line y = intercept + slope · x.
struct Line: Sendable {
    let slope: Double
    let intercept: Double

    func value(_ x: Double) -> Double { intercept + slope * x }
    func argument(_ y: Double) -> Double { (y - intercept) / slope }

    init(slope: Double, intercept: Double) {
        self.slope = slope
        self.intercept = intercept
    }

    /// The least-squares line through points; nil where all have one x.
    init?(through points: [CeilingPlane.Peer]) {
        let count = Double(points.count)
        var meanX = 0.0, meanY = 0.0
        for point in points {
            meanX += point.x
            meanY += point.y
        }
        meanX /= count
        meanY /= count
        var sxx = 0.0, sxy = 0.0
        for point in points {
            sxx += (point.x - meanX) * (point.x - meanX)
            sxy += (point.x - meanX) * (point.y - meanY)
        }
        guard sxx > 0 else { return nil }
        slope = sxy / sxx
        intercept = meanY - slope * meanX
    }
}
