import SetTheoreticAnalysis
import Testing

@testable import Reporting

@Suite struct ConfigurationalReportTests {
    private func findings(_ outcome: SetExpression, cut: Double = 0.8) throws -> ConfigurationalFindings {
        let data = try LipsetExample.data()
        let table = try TruthTable(
            data, outcome: outcome, conditions: LipsetExample.names, options: TruthTableOptions(inclusionCut: cut))
        let expectations = try DirectionalExpectations(parsing: "1,1,1,1,1", conditions: table.conditions)
        return ConfigurationalFindings(
            necessity: try NecessityTable(data, outcome: outcome, conditions: LipsetExample.names), table: table,
            solutions: try StandardAnalysis(table, options: .init(expectations: expectations)))
    }

    @Test func reportsAnOutcomeAndItsNegation() throws {
        let outcome = SetExpression.set("SURV", levels: nil)
        let both = [try findings(outcome), try findings(outcome.complement)]
        let sections = Document.configurationalSections(both, labels: VariableLabels(["SURV": "Survival"]))
        #expect(
            sections.map(\.heading.plainText) == ["Necessity", "Truth tables", "Solutions", "Configurations"])
        let document = Document(title: "Lipset", sections: sections).numbered()
        #expect(document.tables.count == 1 + 2 + 6 + 1)
        #expect(document.figures.count == 2 + 2 + 1)
        let text = PlainTextRenderer().render(document)
        #expect(text.contains("Intermediate solution as sufficient for Survival"))
        let short = Document.configurationalSections(both, hasFigures: false)
        #expect(Document(title: "Lipset", sections: short).figures.isEmpty)
    }

    @Test func saysWhyThereIsNoSolution() throws {
        var found = try findings(.set("SURV", levels: nil))
        found.solutions = nil
        found.problem = "no row of `SURV` is positive"
        let sections = Document.configurationalSections([found])
        #expect(sections.map(\.heading.plainText) == ["Necessity", "Truth tables", "Solutions"])
        #expect(
            sections[2].blocks == [.paragraph("No solution for SURV. No row of \(code: "SURV") is positive.")])
    }
}
