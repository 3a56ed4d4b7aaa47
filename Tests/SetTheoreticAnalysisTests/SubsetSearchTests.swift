import SetTheoreticAnalysis
import Testing

@Suite struct SubsetSearchTests {
    private let surv = SetExpression.set("SURV", levels: nil)

    /// QCA 3.23: superSubset(LF, "SURV", relation = "sufficiency", incl.cut = .78, pri.cut = .6).
    @Test func lipset() throws {
        let search = try SubsetSearch(
            NecessityFixtures.lipset(), outcome: surv, conditions: NecessityFixtures.lipsetConditions,
            options: .init(inclusionCut: 0.78, priCut: 0.6, extent: .asQCA))
        #expect(
            search.rows.map(\.expression) == [
                "DEV*URB", "DEV*~IND", "DEV*STB", "URB*LIT", "URB*IND", "URB*STB", "LIT*STB", "IND*STB",
            ])
        let expected: [[Double]] = [
            [0.8133874239, 0.7761557178, 0.4706572770], [0.8148148148, 0.7208121827, 0.2840375587],
            [0.8688118812, 0.8481375358, 0.8239436620], [0.8006993007, 0.7543103448, 0.5375586854],
            [0.7954971857, 0.7620087336, 0.4976525822], [0.8737672584, 0.8454106280, 0.5199530516],
            [0.7926829268, 0.7591499410, 0.9154929577], [0.7828492393, 0.7554517134, 0.6643192488],
        ]
        for (row, expected) in zip(search.rows, expected) {
            #expect(
                NecessityFixtures.agree([row.fit.inclusion, row.fit.pri, row.fit.coverage], expected, within: 1e-10))
        }
    }

    /// QCA 3.23: superSubset(HarKem, "PB", relation = "sufficiency", incl.cut = 1, cov.cut = .3).
    @Test func multiValueSets() throws {
        let search = try SubsetSearch(
            NecessityFixtures.regulations(), outcome: .set("PB", levels: nil), conditions: ["C", "F", "T", "R", "V"],
            options: .init(inclusionCut: 1, coverageCut: 0.3))
        #expect(search.rows.map(\.expression) == ["C[0]", "C[1]", "F[2]", "T[2]*V[0]", "R[1]*V[0]"])
        let counts: [Double] = [14, 17, 26, 24, 16]
        #expect(NecessityFixtures.agree(search.rows.map(\.fit.coverage), counts.map { $0 / 42 }))
    }

    @Test func everyRowMeetsTheCutsAndNoPartOfItDoes() throws {
        var stream = NecessityFixtures.Generator(state: 3)
        var count = 0
        for trial in 0..<30 {
            let data = try NecessityFixtures.random(
                &stream, cases: 10 + trial, conditions: 5, levels: [nil, 2, 3][trial % 3])
            let y = SetExpression.set("Y", levels: nil)
            let search = try SubsetSearch(
                data, outcome: y, conditions: (0..<5).map { "C\($0)" },
                options: .init(inclusionCut: 0.85, priCut: 0.6, coverageCut: 0.05))
            let outcome = try data.membership(in: y)
            func isFit(_ literals: Conjunction) throws -> Bool {
                var x = [Double](repeating: 1, count: outcome.count)
                for condition in 0..<5 {
                    guard let level = literals[condition] else { continue }
                    x = zip(x, try data.set("C\(condition)").membership(level: level)).map(min)
                }
                let fit = SufficiencyFit(x, in: outcome)
                return (fit.inclusion ?? 0) >= 0.85 - 1e-8 && (fit.pri ?? 0) >= 0.6
                    && (fit.coverage ?? 0) >= 0.05 - 1e-8
            }
            for row in search.rows {
                #expect(try isFit(row.literals))
                for condition in 0..<5 where row.literals[condition] != nil {
                    var part = row.literals
                    part[condition] = nil
                    if part.count > 0 { #expect(try !isFit(part)) }
                }
            }
            count += search.rows.count
        }
        #expect(count > 100)
    }

    /// A and B are consistent but fail the PRI cut; A*B meets it. QCA's superSubset drops all three.
    @Test func anInconsistentPartDoesNotHideAConjunction() throws {
        let data = try CalibratedData(
            cases: ["a", "b", "c", "d", "e"],
            sets: [
                NecessityFixtures.set("A", [0.9, 0.45, 0.45, 0.1, 0.8]),
                NecessityFixtures.set("B", [0.9, 0.1, 0.1, 0.2, 0.9]),
                NecessityFixtures.set("Y", [0.95, 0.4, 0.4, 0.2, 0.85]),
            ])
        let y = SetExpression.set("Y", levels: nil)
        func rows(_ extent: SearchExtent) throws -> [String] {
            try SubsetSearch(
                data, outcome: y, conditions: ["A", "B"],
                options: .init(inclusionCut: 0.9, priCut: 0.99, extent: extent)
            ).rows.map(\.expression)
        }
        #expect(try rows(.asQCA) == [])
        #expect(try rows(.exhaustive).contains("A*B"))
    }

    @Test func theSearchOfQCAEndsEarlierAndSaysSo() throws {
        var stream = NecessityFixtures.Generator(state: 8)
        var wasShorter = 0
        for _ in 0..<60 {
            let data = try NecessityFixtures.random(&stream, cases: 16, conditions: 6, levels: 2)
            func search(_ extent: SearchExtent) throws -> SubsetSearch {
                try SubsetSearch(
                    data, outcome: .set("Y", levels: nil), conditions: (0..<6).map { "C\($0)" },
                    options: .init(inclusionCut: 1, coverageCut: 0.2, extent: extent))
            }
            let all = try search(.exhaustive), quick = try search(.asQCA)
            #expect(all.end == .exhausted)
            #expect(Set(quick.rows).isSubset(of: Set(all.rows)))
            if case .levelAddedNothing(let level) = quick.end {
                wasShorter += 1
                #expect(all.rows.filter { $0.depth <= level } == quick.rows)
            } else {
                #expect(quick.rows == all.rows)
            }
        }
        #expect(wasShorter > 0)
    }
}
