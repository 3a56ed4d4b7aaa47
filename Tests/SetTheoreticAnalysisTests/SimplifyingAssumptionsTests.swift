import Testing

@testable import SetTheoreticAnalysis

@Suite("SimplifyingAssumptions")
struct SimplifyingAssumptionsTests {
    private func analysis(_ outcome: String = "SURV") throws -> StandardAnalysis {
        let data = try Democracies.data()
        let table = try TruthTable(
            data, outcome: SetExpression(parsing: outcome), conditions: Democracies.conditions,
            options: .init(inclusionCut: 0.8))
        let expectations = try DirectionalExpectations(parsing: "1,1,1,1,1", conditions: table.conditions)
        return try StandardAnalysis(table, options: .init(expectations: expectations))
    }

    /// QCA 3.23, minimize(LF, incl.cut = 0.8, include = "?", dir.exp = "1,1,1,1,1"): $SA, $i.sol$C1P1$EC and $DC.
    @Test("Assumptions, easy and difficult ones equal QCA")
    func democracies() throws {
        let analysis = try analysis()
        let parsimonious = try #require(SimplifyingAssumptions(analysis, kind: .parsimonious)?.models.first)
        #expect(parsimonious.assumptions?.map(\.row) == [10, 12, 14, 16, 17, 18, 21, 25, 26, 28, 29, 30])
        let intermediate = try #require(SimplifyingAssumptions(analysis, kind: .intermediate)?.models.first)
        #expect(intermediate.assumptions?.map(\.row) == [30])
        let pair = try #require(intermediate.pairs.first)
        #expect(pair.name == "C1P1" && intermediate.pairs.count == 1)
        #expect(pair.easy.map(\.row) == [30])
        #expect(pair.difficult.map(\.row) == [10, 12, 14, 16, 17, 18, 21, 25, 26, 28, 29])
        #expect(
            analysis.table.conditions.expression(try #require(pair.easy.first).configuration)
                == "DEV*URB*LIT*~IND*STB")
        #expect(SimplifyingAssumptions(analysis, kind: .complex)?.all.isEmpty == true)
    }

    @Test("Assumptions for an outcome and its negation contradict each other")
    func contradictory() throws {
        let outcome = try #require(SimplifyingAssumptions(try analysis(), kind: .parsimonious))
        let negation = try #require(SimplifyingAssumptions(try analysis("~SURV"), kind: .parsimonious))
        let shared = outcome.contradictory(with: negation)
        #expect(shared.map(\.row) == [10, 12, 14, 16, 17, 21, 25, 29])
        #expect(negation.contradictory(with: outcome) == shared)
    }

    @Test("More rows than can be listed are not listed in part")
    func tooMany() throws {
        let names = (0..<18).map { "C\($0)" }
        let sets = try names.enumerated().map { index, name in
            try CalibratedSet(name: name, values: (0..<20).map { $0 == index || $0 == 19 ? 1 : 0 })
        }
        let data = try CalibratedData(
            cases: (0..<20).map { "k\($0)" },
            sets: sets + [try CalibratedSet(name: "Y", values: (0..<20).map { $0 == 0 || $0 == 19 ? 1 : 0 })])
        let table = try TruthTable(data, outcome: .set("Y", levels: nil), conditions: names)
        let analysis = try StandardAnalysis(table, options: .init(kinds: [.parsimonious]))
        let model = try #require(SimplifyingAssumptions(analysis, kind: .parsimonious)?.models.first)
        #expect(model.terms.count == 1 && model.assumptions == nil)
    }
}
