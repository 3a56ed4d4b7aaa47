/// A ceiling in the turned plane: what a permutation needs of it, and nothing else.
struct CeilingShape {
    /// The cases that the ceiling passes or was fitted to.
    var peers: [CeilingPlane.Peer]
    /// The straight line, for the techniques that have one.
    var line: Line?
    /// The area of the ceiling zone; nil where the line falls towards the corner.
    var zone: Double?

    /// Draws a ceiling.
    ///
    /// - Parameters:
    ///   - technique: How.
    ///   - plane: Where.
    ///   - peers: The peers of the free disposal hull.
    init(_ technique: CeilingTechnique, _ plane: CeilingPlane, peers: [CeilingPlane.Peer]) {
        switch technique {
        case .stepFreeDisposal:
            self.peers = peers
            zone = plane.areaAboveSteps(peers)
        case .concaveEnvelopment:
            self.peers = plane.concave(peers)
            zone = plane.areaAboveChain(self.peers)
        case .regressionFreeDisposal, .regressionConcave, .linearProgramming:
            let used = technique == .regressionConcave ? plane.concave(peers) : peers
            if plane.isSinglePlace(used) {
                self.peers = []
                zone = 0
                return
            }
            line = technique == .linearProgramming ? plane.supportingLine(used) : Line(through: used)
            zone = line.flatMap { plane.areaAbove($0) }
            if technique == .linearProgramming, let line {
                let height = plane.observedY.upperBound - plane.observedY.lowerBound
                self.peers = used.filter { abs(line.value($0.x) - $0.y) <= 1e-9 * height }
            } else {
                self.peers = used
            }
        case .ordinaryLeastSquares:
            self.peers = []
            line = Line(
                through: plane.x.indices.map {
                    CeilingPlane.Peer(x: plane.x[$0], y: plane.y[$0], position: plane.order[$0])
                })
            zone = line.flatMap { plane.areaAbove($0) }
        }
    }
}
