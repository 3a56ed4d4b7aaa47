import Testing

@testable import SetTheoreticAnalysis

@Suite("TheoryEvaluation")
struct TheoryEvaluationTests {
    let export: ExportPerformance
    let analysis: StandardAnalysis
    let terms: [Conjunction]

    init() throws {
        export = try ExportPerformance()
        analysis = try export.analysis(inclusion: 0.85)
        terms = try #require(analysis.complex?.models.first?.terms)
    }

    /// SetMethods 4.1, theory.data and theory.fit on SCHLF, theory "EMP*~MA + STOCK", conservative solution at 0.85; its
    /// list of inconsistent most likely cases is always empty because it looks up a column that does not exist.
    @Test("Fit and cases equal SetMethods")
    func export85() throws {
        let result = try TheoryEvaluation(
            SetExpression(parsing: "EMP*~MA + STOCK"), against: terms, in: analysis.table)
        func check(_ fit: SufficiencyFit, _ figures: [Double]) {
            #expect(agrees(fit.inclusion, figures[0], 5.1e-4))
            #expect(agrees(fit.coverage, figures[1], 5.1e-4))
            #expect(agrees(fit.pri, figures[2], 5.1e-4))
        }
        check(result.solutionFit, [0.794, 0.845, 0.702])
        check(result.theoryFit, [0.639, 0.973, 0.515])
        let figures = [[0.800, 0.845, 0.710], [0.808, 0.172, 0.395], [0.634, 0.425, 0.275], [0.686, 0.203, 0.223]]
        for (intersection, figures) in zip(result.intersections, figures) { check(intersection.fit, figures) }
        #expect(result.intersections.map(\.area) == TheoryEvaluation.Area.allCases)
        #expect(result.intersections.map(\.withOutcome.count) == [33, 0, 2, 0])
        #expect(result.intersections.map(\.withoutOutcome.count) == [17, 2, 18, 3])
        let names = export.data.cases
        #expect(result[.foundOnly]?.withoutOutcome.map { names[$0] } == ["Australia_90", "Norway_99"])
        #expect(result[.expectedOnly]?.withOutcome.map { names[$0] } == ["France_95", "Germany_03"])
        #expect(
            result[.neither]?.withoutOutcome.map { names[$0] } == [
                "New Zealand_90", "New Zealand_99", "New Zealand_03",
            ])
        #expect(agrees(result[.expectedAndFound]?.shareOfOutcome, 33.0 / 35, 1e-15))
        let placed = result.intersections.flatMap { $0.withOutcome + $0.withoutOutcome }
        #expect(placed.count + result.ambiguous.count >= 75)
    }

    @Test("Memberships, not simplified expressions, decide")
    func contradiction() throws {
        // T*~S simplifies to nothing when T is the solution, but cases have fuzzy membership in it.
        let solution = SetExpression(terms, over: analysis.table.conditions)
        let result = try TheoryEvaluation(solution, against: terms, in: analysis.table)
        #expect(result[.expectedOnly]?.expression == "0")
        #expect((result[.expectedOnly]?.fit.coverage ?? 0) > 0.1)
        #expect(result[.expectedOnly]?.withOutcome == [])
        #expect(result[.expectedAndFound]?.fit == result.solutionFit)
    }

    @Test("Intersections are multiplied out")
    func expressions() throws {
        let democracies = try Democracies.analysis()
        let terms = try #require(democracies.parsimonious?.models.first?.terms)
        let result = try TheoryEvaluation(SetExpression(parsing: "DEV"), against: terms, in: democracies.table)
        #expect(result.solution == "DEV*~IND + URB*STB")
        #expect(result[.expectedAndFound]?.expression == "DEV*~IND + DEV*URB*STB")
        #expect(result[.foundOnly]?.expression == "~DEV*URB*STB")
    }

    @Test("A theory about the outcome or unknown sets is refused")
    func refusals() throws {
        #expect(throws: SetTheoryError.self) {
            try TheoryEvaluation(SetExpression(parsing: "EXPORT"), against: terms, in: analysis.table)
        }
        #expect(throws: SetTheoryError.self) {
            try TheoryEvaluation(SetExpression(parsing: "NOWHERE"), against: terms, in: analysis.table)
        }
    }
}
