import Testing

@testable import Reporting

@Suite struct PathDiagramTests {
    /// The gap that a box may lose to rounding.
    private let tolerance = 0.01

    private struct Example {
        let name: String
        let diagram: PathDiagram
        let layout: PathDiagramLayout
    }

    private static let examples: Result<[Example], any Error> = Result {
        try PathDiagramExamples.all().map {
            Example(name: $0.name, diagram: $0.diagram, layout: PathDiagramLayout($0.diagram))
        }
    }

    /// The faults that a search finds in the examples. Collected, because an expectation per pair would take long.
    private func faults(
        among names: (String) -> Bool = { _ in true }, _ find: (Example, inout [String]) -> Void
    ) throws -> [String] {
        var faults: [String] = []
        for example in try Self.examples.get() where names(example.name) { find(example, &faults) }
        return faults
    }

    @Test func neverCoversTextOrShapes() throws {
        let faults = try faults { example, faults in
            let (layout, nodes) = (example.layout, example.diagram.nodes)
            for (index, label) in layout.labels.enumerated() {
                for other in layout.labels.dropFirst(index + 1) where label.box.overlaps(other.box) {
                    faults.append("\(example.name): \(label.text) over \(other.text)")
                }
                for (node, frame) in layout.frames.enumerated() where label.box.overlaps(frame) {
                    faults.append("\(example.name): \(label.text) over \(nodes[node].id)")
                }
            }
            for (index, frame) in layout.frames.enumerated() {
                for (other, second) in layout.frames.enumerated().dropFirst(index + 1) where frame.overlaps(second) {
                    faults.append("\(example.name): \(nodes[index].id) over \(nodes[other].id)")
                }
            }
        }
        #expect(faults.isEmpty)
    }

    @Test func keepsEveryTextOnItsLine() throws {
        let faults = try faults { example, faults in
            let (layout, diagram) = (example.layout, example.diagram)
            let texts = (diagram.paths.map(\.label) + diagram.covariances.map(\.label)).filter { !$0.isEmpty }
            if layout.labels.map(\.text) != texts { faults.append("\(example.name): texts are missing") }
            for label in layout.labels where !layout.routes[label.route].intersects(label.box.expanded(by: 1)) {
                faults.append("\(example.name): \(label.text) is astray")
            }
        }
        #expect(faults.isEmpty)
    }

    /// Only drawings with many arcs may have a text on a line of another path.
    @Test func keepsTextAndShapesOffOtherLines() throws {
        let faults = try faults(among: { $0 != "large" }) { example, faults in
            let layout = example.layout
            for (index, route) in layout.routes.enumerated() {
                for label in layout.labels where label.route != index && route.intersects(label.box) {
                    faults.append("\(example.name): \(label.text) on line \(index)")
                }
                for (node, frame) in layout.frames.enumerated()
                where node != route.from && node != route.to && route.intersects(frame) {
                    faults.append("\(example.name): line \(index) through \(example.diagram.nodes[node].id)")
                }
            }
        }
        #expect(faults.isEmpty)
    }

    @Test func staysWithinItsPage() throws {
        let faults = try faults { example, faults in
            let layout = example.layout
            let page = Rectangle(minX: 0, minY: 0, maxX: layout.width, maxY: layout.height)
            for box in layout.frames + layout.labels.map(\.box) where !page.contains(box) {
                faults.append(example.name)
            }
            for point in layout.routes.flatMap(\.samples) where !page.contains(point) { faults.append(example.name) }
        }
        #expect(faults.isEmpty)
    }

    @Test func endsArrowsAtTheBoundaries() throws {
        let diagram = try PathDiagramExamples.structural()
        let layout = PathDiagramLayout(diagram)
        for route in layout.routes {
            for (node, point) in [(route.from, route.curve.start), (route.to, route.curve.end)] {
                let frame = layout.frames[node]
                let x = (point.x - frame.center.x) / (frame.width / 2)
                let y = (point.y - frame.center.y) / (frame.height / 2)
                let distance =
                    diagram.nodes[node].kind == .observed ? max(abs(x), abs(y)) : (x * x + y * y).squareRoot()
                #expect(abs(distance - 1) < tolerance)
            }
        }
    }

    /// Causes' indicators stand on the left, outcomes' on the right, mediators' above and below.
    @Test func putsIndicatorsOnTheOuterSide() throws {
        let diagram = try PathDiagramExamples.structural()
        let layout = PathDiagramLayout(diagram)
        func center(_ id: String) throws -> Point {
            layout.frames[try #require(diagram.nodes.firstIndex { $0.id == id })].center
        }
        for id in ["X11", "X14"] { #expect(try center(id).x < center("IL").x) }
        for id in ["Y11", "Y12"] { #expect(try center(id).x > center("EI").x) }
        for id in ["M11", "M13"] { #expect(try center(id).y < center("KM").y) }
        for id in ["M21", "M23"] { #expect(try center(id).y > center("IC").y) }
        #expect(try center("IL").x < center("KM").x && center("KM").x < center("EI").x)
        #expect(try center("e1").x < center("X11").x)
    }

    @Test func runsDownwards() throws {
        let diagram = try PathDiagramExamples.structural(direction: .topToBottom)
        let layout = PathDiagramLayout(diagram)
        let ids = ["X11", "IL", "KM", "EI", "Y11"]
        let heights = try ids.map { id in
            layout.frames[try #require(diagram.nodes.firstIndex { $0.id == id })].center.y
        }
        #expect(heights == heights.sorted())
    }

    @Test func tellsLoadingsFromRegressions() throws {
        let bifactor = PathDiagramStructure(try PathDiagramExamples.bifactor())
        #expect(bifactor.generals == [0])
        #expect(bifactor.loadings.count == 18)
        #expect(bifactor.regressions.isEmpty)
        let mediation = PathDiagramStructure(try PathDiagramExamples.triangle())
        #expect(mediation.loadings.isEmpty)
        #expect(mediation.roots.map { mediation.rank[$0] } == [0, 1, 2])
        let second = PathDiagramStructure(try PathDiagramExamples.secondOrder())
        #expect(second.roots == [0])
        #expect(second.children[0].count == 4)
    }

    @Test func namesErrors() throws {
        let diagram = try PathDiagramExamples.structural()
        let errors = diagram.nodes.filter { $0.kind == .error }.map(\.id)
        #expect(errors == ["d1", "d2", "d3"] + (1...12).map { "e\($0)" })
        #expect(diagram.addingErrors() == diagram)
    }

    @Test func drawsResidualCovariancesBetweenErrors() throws {
        let diagram = try PathDiagramExamples.correlatedCauses()
        let layout = PathDiagramLayout(diagram)
        let arc = layout.routes[diagram.paths.count + 3]
        #expect(diagram.nodes[arc.from].id == "e1")
        #expect(diagram.nodes[arc.to].id == "e2")
    }

    @Test func dashesWhatIsNotSignificant() throws {
        let drawing = try PathDiagramExamples.triangle().drawing()
        let dashed = drawing.elements.count { element in
            guard case .polyline(_, let stroke) = element else { return false }
            return !stroke.dashes.isEmpty
        }
        #expect(dashed == 1)
    }

    @Test func refusesWhatItCannotDraw() {
        #expect(throws: PathDiagramError.duplicateNode("A")) {
            try PathDiagram(nodes: [.init("A", kind: .latent), .init("A", kind: .observed)], paths: [])
        }
        #expect(throws: PathDiagramError.unknownNode("B", connection: "A → B")) {
            try PathDiagram(nodes: [.init("A", kind: .latent)], paths: [.init("A", "B")])
        }
        #expect(throws: PathDiagramError.unknownNode("B", connection: "B ↔ A")) {
            try PathDiagram(nodes: [.init("A", kind: .latent)], paths: [], covariances: [.init("B", "A")])
        }
    }

    /// Any graph gives a finite, well-formed picture: factors that measure each other, loose errors, strange sizes.
    @Test func drawsAnyGraph() throws {
        var state: UInt64 = 7
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        let kinds: [PathDiagram.Node.Kind] = [.latent, .observed, .observed, .error]
        for round in 0..<40 {
            let count = random(9)
            let nodes = (0..<count).map { PathDiagram.Node("n\($0)", kind: kinds[random(4)]) }
            let paths = (0..<(count == 0 ? 0 : random(16))).map { _ in
                PathDiagram.Path(
                    "n\(random(count))", "n\(random(count))", kind: [nil, .loading, .regression][random(3)],
                    label: ["", "0.5", "<&>"][random(3)])
            }
            let covariances = (0..<(count == 0 ? 0 : random(4))).map { _ in
                PathDiagram.Covariance("n\(random(count))", "n\(random(count))", label: "r")
            }
            let diagram = try PathDiagram(
                nodes: nodes, paths: paths, covariances: covariances,
                direction: round % 2 == 0 ? .leftToRight : .topToBottom,
                fontSize: [13, .nan, 0, 1e9][random(4)]
            ).addingErrors()
            let drawing = diagram.drawing()
            #expect(drawing.width.isFinite && drawing.height.isFinite)
            #expect(WellFormedness.problem(in: drawing.svg()) == nil)
        }
    }

    @Test func isDeterministic() throws {
        for (_, diagram) in try PathDiagramExamples.all() where diagram.nodes.count < 60 {
            #expect(diagram.drawing().svg() == diagram.drawing().svg())
        }
    }
}
