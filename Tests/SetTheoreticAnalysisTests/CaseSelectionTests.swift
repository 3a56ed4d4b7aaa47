import Testing

@testable import SetTheoreticAnalysis

@Suite("CaseSelection")
struct CaseSelectionTests {
    let export: ExportPerformance
    let selection: CaseSelection

    init() throws {
        export = try ExportPerformance()
        let analysis = try export.analysis(inclusion: 0.85)
        selection = try CaseSelection(
            try #require(analysis.complex?.models.first?.terms), in: analysis.table)
    }

    /// SetMethods 4.1, cases.suf.typ on SCHLF, conservative solution at 0.85.
    @Test("Typical cases equal SetMethods")
    func typical() throws {
        let term = try #require(selection.terms.first { $0.expression == "~BARGAIN*UNI*~OCCUP*STOCK*~MA" })
        let figures: [(String, Double)] = [
            ("USA_95", 0.27), ("Japan_03", 0.27), ("USA_90", 0.31), ("Japan_99", 0.40), ("USA_03", 0.47),
            ("Japan_95", 0.51), ("Japan_90", 0.81),
        ]
        #expect(Set(term.typical.map(\.name)) == Set(figures.map(\.0)))
        for (name, distance) in figures {
            #expect(agrees(term.typical.first { $0.name == name }?.distance, distance))
        }
        let unique = Set(term.uniquelyTypical.map { export.data.cases[$0] })
        #expect(unique == ["USA_95", "USA_90", "Japan_99", "Japan_95", "Japan_90"])
        let second = try #require(selection.terms.first { $0.expression == "~EMP*UNI*~OCCUP*STOCK" })
        #expect(
            second.typical.map(\.name) == [
                "USA_03", "USA_99", "UK_99", "UK_03", "Ireland_99", "Ireland_03", "Japan_03", "Ireland_95",
            ])
        #expect(second.typical.filter(\.isBest).map(\.name) == ["USA_03"])
    }

    /// SetMethods 4.1, cases.suf.dcn.
    @Test("Cases of deviant consistency equal SetMethods")
    func deviantConsistency() throws {
        let term = try #require(selection.terms.first { $0.expression == "~EMP*UNI*~OCCUP*STOCK" })
        #expect(
            term.deviantConsistency.map(\.name) == [
                "Canada_95", "New Zealand_95", "Canada_03", "Canada_99", "Denmark_95", "Canada_90", "Australia_03",
            ])
        let figures = [0.54, 0.57, 0.60, 0.64, 0.94, 1.04, 1.31]
        for (one, figure) in zip(term.deviantConsistency, figures) { #expect(agrees(one.distance, figure)) }
    }

    /// SetMethods 4.1, cases.suf.dcv and cases.suf.iir.
    @Test("Uncovered cases and their rows equal SetMethods")
    func uncovered() throws {
        #expect(selection.deviantCoverage.map(\.name) == ["France_95", "Germany_03"])
        #expect(selection.deviantCoverage.map(\.isBestOfRow) == [true, false])
        #expect(
            selection.deviantCoverage.map(\.configuration)
                == Array(
                    repeating: "EMP*BARGAIN*~UNI*OCCUP*~STOCK*~MA", count: 2))
        #expect(agrees(selection.deviantCoverage[0].rowMembership, 0.56))
        #expect(agrees(selection.deviantCoverage[1].solution, 0.44))
        #expect(selection.deviantCoverage.map(\.isRowConsistent) == [true, true])
        #expect(selection.irrelevant.count == 21)
        let germany = try #require(selection.irrelevant.first { $0.name == "Germany_90" })
        #expect(agrees(germany.rowMembership, 0.92) && germany.isBestOfRow)
        #expect(selection.irrelevant.first?.configuration == "~EMP*~BARGAIN*~UNI*~OCCUP*~STOCK*MA")
    }

    @Test("Every case has one type")
    func partition() {
        let whole = selection.solution
        let count =
            whole.typical.count + whole.deviantInDegree.count + whole.deviantConsistency.count
            + selection.deviantCoverage.count + selection.irrelevant.count + selection.ambiguous.count
        #expect(count == 76)
    }

    @Test("Necessity has its own types")
    func necessity() throws {
        let result = try NecessityCaseSelection(
            SetExpression(parsing: "STOCK"), for: .set("EXPORT", levels: nil), in: export.data)
        let x = try export.data.set("STOCK").values, y = try export.data.set("EXPORT").values
        let expected = x.indices.filter { x[$0] > 0.5 && y[$0] > 0.5 && x[$0] >= y[$0] }
        #expect(Set(result.typical.map(\.position)) == Set(expected))
        #expect(
            Set(result.deviantConsistency.map(\.position)) == Set(x.indices.filter { x[$0] < 0.5 && y[$0] > 0.5 }))
        #expect(
            Set(result.deviantRelevance.map(\.position)) == Set(x.indices.filter { x[$0] > 0.5 && y[$0] < 0.5 }))
    }
}
