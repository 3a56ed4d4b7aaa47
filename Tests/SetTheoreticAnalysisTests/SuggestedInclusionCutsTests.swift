import Testing

@testable import SetTheoreticAnalysis

@Suite("SuggestedInclusionCuts")
struct SuggestedInclusionCutsTests {
    private func table(_ options: TruthTableOptions = .init(inclusionCut: 0.8)) throws -> TruthTable {
        try TruthTable(
            try Democracies.data(), outcome: .set("SURV", levels: nil), conditions: Democracies.conditions,
            options: options)
    }

    /// QCA 3.23, truthTable(LF, "SURV"): inclusions 0.904 (row 32), 0.804 (22), 0.709 (24), 0.529 (6), 0.521 (5) …
    @Test("The widest gaps come first")
    func gaps() throws {
        let found = try SuggestedInclusionCuts(table())
        #expect(found.rowCount == 9 && found.isSuggestion)
        let bounds = [(0.529, 0.709), (0.804, 0.904), (0.709, 0.804)]
        for (gap, bound) in zip(found.gaps, bounds) {
            #expect(agrees(gap.lower, bound.0, 5e-4) && agrees(gap.upper, bound.1, 5e-4))
        }
        #expect(found.gaps.map(\.cut) == [0.6, 0.85, 0.75])
        #expect(found.gaps.map(\.rowsAbove) == [3, 1, 2] && found.gaps.map(\.casesAbove) == [8, 4, 6])
        #expect(agrees(found.gaps[1].lowestPRI, 0.886, 5e-4))
    }

    @Test("A cut in a gap makes the rows above it positive, and only these")
    func cutsDivide() throws {
        for gap in try SuggestedInclusionCuts(table(), limit: 10).gaps {
            let rows = try table(.init(inclusionCut: gap.cut)).rows(.positive)
            #expect(rows.count == gap.rowsAbove)
            #expect(gap.lower < gap.cut && gap.cut < gap.upper && gap.lower >= 0.5)
        }
    }

    @Test("The cut of the table plays no part, remainders do")
    func independence() throws {
        #expect(try SuggestedInclusionCuts(table()) == SuggestedInclusionCuts(table(.init(inclusionCut: 1))))
        let fewer = try SuggestedInclusionCuts(table(.init(inclusionCut: 0.8, frequencyCut: 2)))
        #expect(fewer.rowCount < 9)
    }
}
