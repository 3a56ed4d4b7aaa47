import Testing

@testable import Reporting
@testable import SetTheoreticAnalysis

@Suite struct VennDiagramTests {
    /// A Venn diagram has each of the 2^k zones, in one piece, and Euler's formula holds.
    @Test(arguments: 1...5) func hasEveryZoneOnce(count: Int) {
        let ellipses = VennLayout.ellipses(count)
        #expect(ellipses.count == count)
        let arrangement = VennArrangement(ellipses)
        #expect(arrangement.zones.map(\.sets) == Array(1..<1 << count))
        if count > 1 {
            // Every crossing is one of two curves: V - E + F = 2 with E = 2V and the zone outside all curves.
            let crossings = ellipses.indices.reduce(0) { sum, i in
                sum
                    + ellipses.indices.dropFirst(i + 1).reduce(0) {
                        $0 + ellipses[i].crossings(with: ellipses[$1]).count
                    }
            }
            #expect(crossings == (1 << count) - 2)
        }
    }

    @Test(arguments: 1...5) func placesLabelsInTheirZones(count: Int) {
        let arrangement = VennArrangement(VennLayout.ellipses(count))
        for zone in arrangement.zones {
            #expect(VennArrangement.sets(at: zone.center, arrangement.ellipses) == zone.sets)
            // Room for a figure of 13 pixels in every zone of the picture.
            #expect(zone.clearance > 0.055, "\(zone.sets)")
            // The border separates points of the zone from all others.
            for other in arrangement.zones {
                let isInside = VennArrangement.depth(of: other.center, in: zone.border) > 0
                #expect(isInside == (other.sets == zone.sets))
            }
        }
    }

    @Test(arguments: 2...5) func zonesFillTheSets(count: Int) {
        let arrangement = VennArrangement(VennLayout.ellipses(count))
        for (index, ellipse) in arrangement.ellipses.enumerated() {
            let sum = arrangement.zones.filter { $0.sets >> index & 1 == 1 }.reduce(0) {
                $0 + VennArrangement.area($1.border)
            }
            let area = Double.pi * ellipse.a * ellipse.b
            #expect(abs(sum - area) < 1e-3 * area)
        }
    }

    @Test func coloursZonesByTheirRows() throws {
        let table = try LipsetExample.truthTable()
        let diagram = try #require(
            VennDiagram(
                table, solution: LipsetExample.parsimonious.models[0].terms, labels: VariableLabels(["DEV": "Wealth"])))
        #expect(diagram.zones.count == 32)
        #expect(diagram.zones.reduce(0) { $0 + $1.count } == table.rows.reduce(0) { $0 + $1.count })
        let all = diagram.zones[31]
        #expect(all.title == "DEV*URB*LIT*IND*STB: 4 cases, positive, consistency .904, in the solution")
        #expect(diagram.zones.count(where: \.isInSolution) == 14)
        let drawing = diagram.drawing()
        #expect(WellFormedness.problem(in: drawing.svgFile()) == nil)
        #expect(drawing.labels.contains { $0.text == "Wealth" })
        let fills = drawing.elements.compactMap { if case .area(_, let fill, _) = $0 { fill } else { nil } }
        #expect(fills.count == 32)
        for output in [TruthTable.Output.positive, .negative, .contradiction, .remainder] {
            let count = diagram.zones.count { $0.output == output }
            #expect(fills.count { $0 == VennDiagram.color(output) } == count)
        }
        // Hatching keeps to the zones: its middle points lie in a zone of the solution.
        #expect(drawing.svg() == diagram.drawing().svg())
    }

    @Test func hatchesInsideTheZoneOnly() {
        let zones = VennArrangement(VennLayout.ellipses(5)).zones
        for zone in zones {
            let stretches = stride(from: -3.0, to: 3, by: 0.05).flatMap {
                VennArrangement.stretches(across: zone.border, offset: $0)
            }
            for (from, to) in stretches where (to - from).length > 1e-3 {
                #expect(VennArrangement.depth(of: from.interpolated(to: to, at: 0.5), in: zone.border) > 0)
            }
        }
    }

    @Test func refusesWhatItCannotDraw() throws {
        #expect(
            VennDiagram.obstacle(
                Conditions(names: Array("ABCDEF").map(String.init), levelCounts: .init(repeating: 2, count: 6)))?
                .contains("up to 5") == true)
        #expect(VennDiagram.obstacle(Conditions(names: ["A"], levelCounts: [3])) != nil)
        #expect(VennDiagram.obstacle(LipsetExample.conditions) == nil)
        #expect(VennLayout.ellipses(6).isEmpty && VennArrangement([]).zones.isEmpty)
    }
}
