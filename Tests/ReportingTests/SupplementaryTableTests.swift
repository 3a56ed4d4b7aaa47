import Foundation
import Testing

@testable import Reporting
@testable import SetTheoreticAnalysis

/// Tables of what is looked at beyond truth table and solutions.
@Suite struct SupplementaryTableTests {
    private let table: TruthTable
    private let analysis: StandardAnalysis

    init() throws {
        table = try TruthTable(
            try LipsetExample.data(), outcome: .set("SURV", levels: nil), conditions: LipsetExample.names,
            options: .init(inclusionCut: 0.8))
        analysis = try StandardAnalysis(
            table,
            options: .init(
                expectations: try DirectionalExpectations(parsing: "1,1,1,1,1", conditions: table.conditions)))
    }

    private func text(_ tables: Table...) -> String {
        PlainTextRenderer().render(
            Document(title: "", sections: [Document.Section("", blocks: tables.map { .table($0) })]))
    }

    /// QCA 3.23: $i.sol$C1P1$EC and $DC.
    @Test func counterfactualsAreEasyOrDifficult() throws {
        let found = try #require(SimplifyingAssumptions(analysis, kind: .intermediate))
        let table = Table.counterfactuals(
            found, outcome: "SURV", conditions: table.conditions,
            contradictory: [.init(row: 10, configuration: self.table.configuration(number: 10))])
        // A heading, one easy and eleven difficult ones.
        #expect(table.rows.count == 13 && table.rows[0].role == .heading)
        #expect(table.rows[1].cells[0].value(minus: .hyphen) == "30")
        #expect(table.rows[1].cells[2].value(minus: .hyphen) == "easy")
        #expect(table.rows[2].cells[0].marker == "a")
        #expect(table.rows.dropFirst(2).allSatisfy { $0.cells[2].value(minus: .hyphen) == "difficult (C1P1)" })
        #expect(text(table).contains("Contradictory: assumed for the negation"))
    }

    @Test func suggestionsAreCalledSuggestions() throws {
        let cuts = Table.suggestedInclusionCuts(SuggestedInclusionCuts(table), outcome: "SURV")
        #expect(cuts.rows.map { $0.cells[0].value(minus: .hyphen) } == [".600", ".850", ".750"])
        #expect(cuts.rows[0].cells[0].marker == "a" && cuts.rows[1].cells[0].marker == nil)
        let raw = Table.suggestedCuts(
            [("A", [try SuggestedCuts(for: [1, 2, 8, 9], groups: 2)])], groups: 2)
        #expect(raw.rows[0].cells[2].value(minus: .hyphen) == "5")
        #expect(text(cuts, raw).components(separatedBy: "Suggestions only").count == 3)
    }

    @Test func robustnessNamesMeasuresAndCases() throws {
        let terms = try #require(analysis.intermediate?.models.first?.terms)
        let initial = SolutionMembership(name: "IS", terms: terms, in: table)
        let test = SolutionMembership(name: "incl=.85", terms: [LipsetExample.term("DEV*URB*LIT*IND*STB")], in: table)
        let result = try TestSetRobustness(initial, against: [test], outcome: table.outcomeMembership)
        let measures = Table.robustness(result, modelCounts: ["incl=.85": 3])
        #expect(measures.rows.contains { $0.cells[0].value(minus: .hyphen) == "RF_SC_minTS" })
        #expect(text(measures).contains("one of 3 models"))
        let cases = Table.robustCases(result)
        #expect(cases.rows.count == 8)
        #expect(cases.rows[2].cells[3].value(minus: .hyphen) == "FI, IE")
    }

    @Test func everyTableIsRendered() throws {
        let terms = try #require(analysis.intermediate?.models.first?.terms)
        let selection = try CaseSelection(terms, in: table)
        let stability = try SolutionStability(analysis, kind: .intermediate, options: .init(replications: 5))
        let clusters = try ClusterDiagnostics.sufficiency(
            of: terms, in: table, clusters: LipsetExample.cases.indices.map { "\($0 % 2)" },
            units: LipsetExample.cases.indices.map { "u\($0 / 2)" })
        let theory = try TheoryEvaluation(SetExpression(parsing: "DEV*STB"), against: terms, in: table)
        let coincidence = try CoincidenceAnalysis(
            table.data, options: .init(consistency: 0.8, coverage: 0.8))
        let tables: [Table] = [
            .cutSensitivity(try CutSensitivity(analysis, kind: .intermediate), conditions: table.conditions),
            .stability(stability), .influentialCases(stability), .caseSelection(selection), .uncoveredCases(selection),
            .clusters(clusters, outcome: "SURV"), .unitConsistencies(try #require(clusters.last)), .theory(theory),
            .complexFormulas(coincidence), .causalClaims(coincidence), .causalChain(try CausalChain(table.data)),
        ]
        for table in tables {
            #expect(!table.rows.isEmpty && table.rows.allSatisfy { $0.cells.count <= table.columns.count })
            #expect(table.spanners.joined().allSatisfy { $0.columns.upperBound <= table.columns.count })
            let rendered = text(table)
            #expect(!rendered.contains("RichText(") && !rendered.contains("Optional("))
        }
        // QCA: rows 24 (0.709) and 22 (0.804) end the range of the inclusion cut.
        #expect(tables[0].rows[0].cells[2].value(minus: .hyphen) == "(.709)")
        #expect(tables[0].rows[0].cells[3].value(minus: .hyphen) == ".804")
    }
}
