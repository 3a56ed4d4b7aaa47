import Testing

@testable import Reporting
@testable import SetTheoreticAnalysis

/// One picture of every kind.
enum SetTheoreticFigureExamples {
    static func crowd(_ count: Int) -> (x: [Double], y: [Double], names: [String]) {
        var state: UInt64 = 7
        func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 40) / Double(1 << 24)
        }
        let x = (0..<count).map { _ in (next() * 20).rounded() / 20 }
        return (
            x, x.map { min(1, max(0, (($0 + next() - 0.35) * 50).rounded() / 50)) }, (0..<count).map { "case \($0)" }
        )
    }

    static func sigmoid(_ value: Double) -> Double { value >= 5 ? 1 - 0.5 * (10 - value) / 5 : 0.5 * value / 5 }

    static func all() throws -> [(name: String, drawing: Drawing)] {
        let table = try LipsetExample.truthTable()
        let union = zip(
            LipsetExample.membership(LipsetExample.term("DEV*~IND")),
            LipsetExample.membership(LipsetExample.term("URB*STB"))
        ).map { max($0, $1) }
        let crowd = crowd(300)
        let raw = (0...40).map { Double($0) / 4 }
        return [
            (
                "xy",
                MembershipPlot(try LipsetExample.plane("DEV*~IND + URB*STB", union)).drawing()
            ),
            (
                "xy-all",
                MembershipPlot(
                    try LipsetExample.plane("LIT", LipsetExample.values[2]), reading: .necessity, naming: .all
                ).drawing()
            ),
            (
                "xy-crowd",
                MembershipPlot(
                    try MembershipPlane(xName: "X", yName: "Y", names: crowd.names, x: crowd.x, y: crowd.y)
                ).drawing()
            ),
            (
                "calibration",
                CalibrationPlot(
                    raw: raw, memberships: raw.map(sigmoid), curve: [],
                    anchors: [
                        .init("full non-membership", 0.5), .init("crossover", 5), .init("full membership", 9.25),
                    ],
                    variable: "Wealth"
                ).drawing()
            ),
            (
                "calibration-six",
                CalibrationPlot(
                    raw: raw, memberships: raw.map { $0 / 10 },
                    anchors: [("e1", 2.0), ("c1", 2.4), ("i1", 3), ("i2", 5.5), ("c2", 7), ("e2", 9.125)].map {
                        .init($0, $1)
                    }, variable: "Wealth", set: "MIDDLE"
                ).drawing()
            ),
            (
                "ceiling",
                CeilingPlot(
                    x: crowd.x, y: crowd.y,
                    ceilings: [
                        .init(
                            "CE-FDH",
                            points: [(0, 0.64), (0.1, 0.72), (0.2, 0.84), (0.4, 1)].map { Point(x: $0, y: $1) },
                            isStepwise: true),
                        .init("CR-FDH", points: [Point(x: 0, y: 0.6), Point(x: 1, y: 1.6)]),
                    ], condition: "Wealth", outcome: "Democracy"
                ).drawing()
            ),
            (
                "chart",
                ConfigurationChart(
                    [LipsetExample.survives, LipsetExample.fails], conditions: LipsetExample.conditions,
                    labels: VariableLabels(["DEV": "Economic development", "SURV": "Survival"])
                ).drawing()
            ),
            ("primes", PrimeImplicantChart(LipsetExample.parsimonious, of: table).drawing()),
            ("venn", try #require(VennDiagram(table, solution: LipsetExample.parsimonious.models[0].terms)).drawing()),
        ]
    }
}

@Suite struct SetTheoreticFigureTests {
    @Test func writesReadableTextInsideThePage() throws {
        for (name, drawing) in try SetTheoreticFigureExamples.all() {
            let page = Rectangle(minX: 0, minY: 0, maxX: drawing.width, maxY: drawing.height)
            let labels = drawing.labels
            for (index, label) in labels.enumerated() {
                #expect(label.fontSize >= 11, "\(name)")
                #expect(page.contains(label.bounds), "\(name): \(label.text)")
                let covered = labels.dropFirst(index + 1).filter { label.bounds.overlaps($0.bounds) }
                // Cases that differ by a pixel may touch; their numbers are in the marks.
                if name != "xy-crowd" { #expect(covered.isEmpty, "\(name): \(label.text), \(covered.map(\.text))") }
            }
            #expect(WellFormedness.problem(in: drawing.svgFile()) == nil, "\(name)")
            #expect(!drawing.title.isEmpty && !drawing.summary.isEmpty, "\(name)")
        }
    }

    @Test func isDeterministic() throws {
        for (first, second) in zip(try SetTheoreticFigureExamples.all(), try SetTheoreticFigureExamples.all()) {
            #expect(first.drawing.svg() == second.drawing.svg())
        }
    }

    @Test func namesDeviantCases() throws {
        let x = [0.8, 0.8, 0.8, 0.2, 0.2, 0.5, 0.9], y = [0.9, 0.3, 0.3, 0.9, 0.1, 0.5, 0.7]
        let names = ["example", "against", "twin", "uncovered", "nothing", "half", "degree"]
        let plane = try MembershipPlane(xName: "X", yName: "Y", names: names, x: x, y: y)
        func shown(_ reading: MembershipPlane.Reading, _ naming: MembershipPlot.Naming = .deviant) -> Set<String> {
            let plot = MembershipPlot(plane, reading: reading, naming: naming)
            return Set(plot.drawing().labels.map(\.text)).intersection(names + ["against, twin", "2"])
        }
        // Two cases at one place share a mark with their number and one label.
        #expect(shown(.sufficiency) == ["against, twin", "2", "uncovered"])
        #expect(shown(.necessity) == ["2", "uncovered"])
        #expect(shown(.sufficiency, .all).count == 7)
        #expect(shown(.sufficiency, .none) == ["2"])
        let note = MembershipPlot(plane).figure().note?.plainText
        #expect(note?.contains("A larger mark stands for several cases") == true)
    }

    /// Figures of QCA 3.23 for DEV*~IND + URB*STB -> SURV and LIT <- SURV.
    @Test func printsTheFitInTheNote() throws {
        let union = zip(
            LipsetExample.membership(LipsetExample.term("DEV*~IND")),
            LipsetExample.membership(LipsetExample.term("URB*STB"))
        ).map { max($0, $1) }
        let figure = MembershipPlot(try LipsetExample.plane("S", union)).figure()
        #expect(figure.note?.plainText.hasPrefix("Consistency .850, PRI .819, coverage .714.") == true)
        let necessity = MembershipPlot(
            try LipsetExample.plane("LIT", LipsetExample.values[2]), reading: .necessity
        ).figure()
        #expect(
            necessity.note?.plainText.hasPrefix("Consistency .991, relevance of necessity .509, coverage .643.")
                == true)
        #expect(necessity.title.plainText == "LIT as necessary for SURV")
    }

    @Test func keepsNamesApart() {
        var placer = PointLabelPlacer(
            page: Rectangle(minX: 0, minY: 0, maxX: 200, maxY: 200), fontSize: 11, obstacles: [])
        var boxes: [Rectangle] = []
        for index in 0..<60 {
            guard let place = placer.place("case \(index)", at: Point(x: 100, y: 100), radius: 4) else { continue }
            #expect(!boxes.contains { $0.overlaps(place.label.bounds) })
            boxes.append(place.label.bounds)
        }
        #expect(boxes.count > 8 && boxes.count < 60)
    }

    @Test func keepsNamesOffLinesWherePossible() throws {
        let page = Rectangle(minX: 0, minY: 0, maxX: 200, maxY: 200)
        let diagonal = (Point(x: 0, y: 200), Point(x: 200, y: 0))
        var placer = PointLabelPlacer(page: page, fontSize: 11, obstacles: [], lines: [diagonal])
        let found = placer.place("on the line", at: Point(x: 100, y: 100), radius: 4)
        let place = try #require(found)
        #expect(!place.label.bounds.intersects(from: diagonal.0, to: diagonal.1))
    }

    @Test func drawsStepsAndCutsLines() {
        let points = [(0.0, 1.0), (1, 2), (3, 5)].map { Point(x: $0, y: $1) }
        let steps = CeilingPlot.Ceiling("CE", points: points, isStepwise: true).line
        #expect(steps == [(0, 1), (1, 1), (1, 2), (3, 2), (3, 5)].map { Point(x: $0, y: $1) })
        let box = Rectangle(minX: 0, minY: 0, maxX: 2, maxY: 2)
        #expect(
            CeilingPlot.clipped([Point(x: -1, y: 0), Point(x: 4, y: 5)], to: box)
                == [Point(x: 0, y: 1), Point(x: 1, y: 2)])
        #expect(CeilingPlot.clipped([Point(x: 3, y: 0), Point(x: 4, y: 5)], to: box).isEmpty)
    }

    @Test func drawsEveryConfiguration() {
        let drawing = ConfigurationChart([LipsetExample.survives], conditions: LipsetExample.conditions).drawing()
        let discs = drawing.elements.compactMap { element -> Double? in
            if case .ellipse(let box, fill: .ink, _) = element { box.width } else { nil }
        }
        // URB, STB core and DEV, LIT peripheral in the first; DEV core, LIT, STB peripheral in the second.
        #expect(discs.sorted() == [13, 13, 13, 13, 23, 23, 23])
        let rings = drawing.elements.count { if case .ellipse(_, fill: .white, _) = $0 { true } else { false } }
        #expect(rings == 1)
        #expect(drawing.summary.contains("SURV 2: DEV present (core), LIT present (peripheral), IND absent (core)"))
    }

    @Test func chartsCovers() throws {
        let chart = PrimeImplicantChart(LipsetExample.parsimonious, of: try LipsetExample.truthTable())
        #expect(chart.covers == [[true, false], [false, true]] && chart.isUsed == [true, true])
        #expect(chart.rows == ["22", "32"] && chart.isEssential == [true, true])
    }

    @Test(arguments: [
        (2.0, "2"), (2.5, "2.5"), (0.125, "0.125"), (1300, "1300"), (-0.5, "\u{2212}0.5"), (1.0 / 3, "0.3333"),
    ])
    func writesAnchorsAsTyped(value: Double, text: String) { #expect(CalibrationPlot.text(value) == text) }
}
