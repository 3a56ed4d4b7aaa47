import SetTheoreticAnalysis
import Testing

@Suite struct MembershipPlaneTests {
    private let surv = SetExpression.set("SURV", levels: nil)

    private func literal(_ name: String, _ level: Int) -> SetExpression {
        level == 1 ? .set(name, levels: nil) : .not(.set(name, levels: nil))
    }

    private func terms() throws -> [MembershipPlane] {
        let data = try NecessityFixtures.lipset()
        return try [[1, 1, 1, 1, 1], [1, 0, 1, 0, 1]].map { levels in
            let term = SetExpression.and(
                zip(NecessityFixtures.lipsetConditions, levels).map { literal($0, $1) })
            return try MembershipPlane(data, x: term, y: surv, conditions: NecessityFixtures.lipsetConditions)
        }
    }

    /// SetMethods, cases.suf.typ of the complex solution of LF at an inclusion cut of .8.
    @Test func typicalCasesOfSufficiency() throws {
        let planes = try terms()
        let first = planes[0].cases(.sufficiency, of: .typical), second = planes[1].cases(.sufficiency, of: .typical)
        #expect(first.map(\.name) == ["NL", "BE", "CZ"])
        #expect(NecessityFixtures.agree(first.map(\.distance), [0.08, 0.23, 1.04]))
        #expect(first.map(\.isBest) == [true, false, false])
        #expect(second.map(\.name) == ["IE", "FI"])
        #expect(NecessityFixtures.agree(second.map(\.distance), [0.68, 0.8]))
        #expect(planes[0].cases(.sufficiency, of: .deviantInDegree).map(\.name) == ["UK"])
        let unique = MembershipPlane.uniquelyTypical(planes)
        #expect(unique.map { $0.map { planes[0].names[$0] } } == [["BE", "CZ", "NL"], ["FI", "IE"]])
        #expect(MembershipPlane.uniquelyTypical([planes[0], planes[0]]) == [[], []])
    }

    /// SetMethods, cases.suf.iir and the same solution.
    @Test func irrelevantAndUncoveredCases() throws {
        let data = try NecessityFixtures.lipset()
        let planes = try terms()
        let solution = zip(planes[0].x, planes[1].x).map(max)
        let plane = try MembershipPlane(
            xName: "solution", yName: "SURV", names: data.cases, x: solution, y: planes[0].y,
            rowMembership: data.ownRowMembership(NecessityFixtures.lipsetConditions))
        #expect(
            Set(plane.cases(.sufficiency, of: .irrelevant).map(\.name))
                == ["ES", "GR", "PT", "IT", "RO", "HU", "PL", "EE", "AU", "DE"])
        let uncovered = plane.cases(.sufficiency, of: .deviantCoverage)
        #expect(Set(uncovered.map(\.name)) == ["FR", "SE"])
        // 1 less the membership in the own row: 0.19 for FR (IND .81), 0.33 for SE (IND .67).
        #expect(NecessityFixtures.agree(uncovered.map(\.distance), [0.19, 0.33]))
    }

    /// SetMethods, cases.nec.typ, cases.nec.drel and cases.nec.dcn of DEV.
    @Test func casesOfNecessity() throws {
        let plane = try MembershipPlane(NecessityFixtures.lipset(), x: .set("DEV", levels: nil), y: surv)
        let typical = plane.cases(.necessity, of: .typical)
        #expect(typical.map(\.name) == ["SE", "FR", "NL", "UK", "BE"])
        #expect(NecessityFixtures.agree(typical.map(\.distance), [0.05, 0.08, 0.08, 0.08, 0.09]))
        #expect(typical.map(\.isBest) == [true, false, false, false, false])
        let relevance = plane.cases(.necessity, of: .deviantRelevance)
        #expect(relevance.map(\.name) == ["DE", "AU"])
        #expect(NecessityFixtures.agree(relevance.map(\.distance), [0.27, 0.43]))
        #expect(plane.cases(.necessity, of: .deviantConsistency).isEmpty)
        #expect(plane.cases(.sufficiency, of: .deviantConsistency).map(\.name) == ["DE", "AU"])
    }

    @Test func everyPlaceHasATypeAndAQuadrant() throws {
        let places: [(Double, Double)] = [
            (0.8, 0.9), (0.9, 0.8), (0.8, 0.2), (0.2, 0.8), (0.2, 0.1), (0.5, 0.9), (0.9, 0.5), (0.7, 0.7),
        ]
        let plane = try MembershipPlane(
            xName: "X", yName: "Y", names: places.indices.map { "c\($0)" }, x: places.map(\.0), y: places.map(\.1))
        #expect(
            places.indices.map { plane.type($0, .sufficiency) } == [
                .typical, .deviantInDegree, .deviantConsistency, .deviantCoverage, .irrelevant, .ambiguous, .ambiguous,
                .typical,
            ])
        #expect(
            places.indices.map { plane.type($0, .necessity) } == [
                .deviantInDegree, .typical, .deviantRelevance, .deviantConsistency, .irrelevant, .ambiguous, .ambiguous,
                .typical,
            ])
        #expect(
            places.indices.map(plane.quadrant) == [
                .upperRight, .upperRight, .lowerRight, .upperLeft, .lowerLeft, .upperLeft, .lowerRight, .upperRight,
            ])
        #expect(plane.ambiguousCases == ["c5", "c6"])
        for reading in MembershipPlane.Reading.allCases {
            #expect(plane.cases(reading).map(\.position).sorted() == Array(places.indices))
        }
    }

    @Test func badInputIsRefused() {
        #expect(throws: SetTheoryError.noCases) {
            try MembershipPlane(xName: "X", yName: "Y", names: [], x: [], y: [])
        }
        #expect(throws: SetTheoryError.membershipOutOfRange(set: "Y", case: "b", value: 3)) {
            try MembershipPlane(xName: "X", yName: "Y", names: ["a", "b"], x: [0, 1], y: [0, 3])
        }
        #expect(throws: SetTheoryError.missingMembership(set: "X", case: "a")) {
            try MembershipPlane(xName: "X", yName: "Y", names: ["a"], x: [.nan], y: [0])
        }
        #expect(throws: SetTheoryError.unequalLengths(set: "Y", count: 0, cases: 1)) {
            try MembershipPlane(xName: "X", yName: "Y", names: ["a"], x: [1], y: [])
        }
    }
}
