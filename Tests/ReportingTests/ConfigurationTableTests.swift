import SetTheoreticAnalysis
import Testing

@testable import Reporting

@Suite struct ConfigurationTableTests {
    private func column(_ table: Table, _ column: Int) -> [String] {
        table.rows.map { $0.cells.indices.contains(column) ? $0.cells[column].value(minus: .hyphen) : "" }
    }

    private func notes(_ table: Table) -> String { table.notes.general.map(\.plainText).joined(separator: " ") }

    /// Intermediate DEV*URB*LIT*STB + DEV*LIT*~IND*STB, parsimonious DEV*~IND + URB*STB; figures of QCA 3.23.
    @Test func showsCoreAndPeripheralConditionsOfLipset() {
        let table = Table.configurations(
            [LipsetExample.survives], conditions: LipsetExample.conditions, cases: LipsetExample.cases)
        #expect(table.columns.map(\.header.plainText) == ["Condition", "1", "2"])
        #expect(column(table, 0).prefix(5) == ["DEV", "URB", "LIT", "IND", "STB"])
        #expect(column(table, 1).prefix(5) == ["•", "●", "•", "", "●"])
        #expect(column(table, 2).prefix(5) == ["●", "", "•", "⊗", "•"])
        #expect(column(table, 1).suffix(8) == [".901", ".879", ".468", ".378", "4", ".866", ".839", ".660"])
        #expect(column(table, 2).suffix(8) == [".814", ".721", ".282", ".191", "2", "", "", ""])
        #expect(table.spanners.isEmpty)
        #expect(notes(table).contains("the parsimonious solution, DEV*~IND + URB*STB, that cover"))
        #expect(notes(table).contains("1: BE, CZ, NL, UK; 2: FI, IE."))
        #expect(notes(table).contains("One model fits the truth table. That no model has fewer terms is proven."))
    }

    @Test func takesItsSolutionFromAnAnalysis() throws {
        let table = try TruthTable(
            LipsetExample.data(), outcome: .set("SURV", levels: nil), conditions: LipsetExample.names,
            options: TruthTableOptions(inclusionCut: 0.8))
        let expectations = try DirectionalExpectations(parsing: "1,1,1,1,1", conditions: table.conditions)
        let analysis = try StandardAnalysis(table, options: .init(expectations: expectations))
        let solution = try #require(OutcomeSolution(analysis))
        #expect(solution.outcome == "SURV" && solution.solution.kind == .intermediate)
        func symbols(_ solution: OutcomeSolution) -> [Cell] {
            Table.configurations([solution], conditions: LipsetExample.conditions, cases: LipsetExample.cases)
                .rows.prefix(5).flatMap(\.cells)
        }
        #expect(symbols(solution) == symbols(LipsetExample.survives))
        #expect(OutcomeSolution(analysis, kind: .complex)?.solution.kind == .complex)
        let complexOnly = try StandardAnalysis(table, options: .init(kinds: [.complex]))
        #expect(OutcomeSolution(complexOnly)?.parsimonious == nil)
        #expect(OutcomeSolution(complexOnly, kind: .intermediate) == nil)
    }

    @Test func setsTheNegatedOutcomeBeside() {
        let table = Table.configurations(
            [LipsetExample.survives, LipsetExample.fails], conditions: LipsetExample.conditions,
            cases: LipsetExample.cases, options: TruthTableOptions(inclusionCut: 0.875, priCut: 0.5),
            labels: VariableLabels(["SURV": "Survival", "STB": "Government stability"]))
        #expect(table.title.plainText == "Configurations for Survival and ~Survival")
        #expect(table.spanners == [[.init("Survival", columns: 1..<3), .init("~Survival", columns: 3..<5)]])
        #expect(column(table, 0)[4] == "Government stability")
        #expect(column(table, 3).prefix(5) == ["", "", "", "", "⊗"])
        #expect(column(table, 4).prefix(5) == ["⊗", "×", "", "×", ""])
        // QCA 3.23: ~STB + ~DEV*~URB*~IND -> ~SURV.
        #expect(column(table, 3).suffix(8) == [".902", ".871", ".657", ".147", "7", ".881", ".852", ".825"])
        #expect(column(table, 4).suffix(8).prefix(5) == [".886", ".854", ".678", ".168", "8"])
        #expect(notes(table).contains("consistency of at least .8750, PRI of at least .50, at least one case"))
        #expect(notes(table).contains("2 (~Survival): EE, GR, HU, IT, PL, PT, RO, ES."))
    }

    @Test func groupsConfigurationsByTheirCore() {
        let model = LipsetExample.model(["DEV*URB*LIT", "IND*STB*~LIT", "DEV*URB*STB"])
        let parsimonious = LipsetExample.solution(.parsimonious, [LipsetExample.model(["URB", "IND*~LIT"])])
        let grouped = ConfigurationModel(model, parsimonious: parsimonious)
        #expect(grouped.configurations.map(\.label) == ["1a", "1b", "2"])
        #expect(
            grouped.configurations.map(\.term)
                == ["DEV*URB*LIT", "DEV*URB*STB", "IND*STB*~LIT"].map(LipsetExample.term))
        #expect(grouped.configurations.map(\.core) == ["URB", "URB", "IND*~LIT"].map(LipsetExample.term))
        let solution = OutcomeSolution(
            outcome: "SURV", solution: LipsetExample.solution(.complex, [model]), parsimonious: parsimonious)
        let table = Table.configurations([solution], conditions: LipsetExample.conditions, cases: LipsetExample.cases)
        #expect(notes(table).contains("with the same number have the same core"))
    }

    @Test func takesTheCoreOfTheModelsPairAndMarksWhatDiffers() {
        let parsimonious = LipsetExample.solution(
            .parsimonious,
            [LipsetExample.model(["DEV*~IND", "URB*STB"]), LipsetExample.model(["LIT*~IND", "URB*STB"])])
        let paired = ConfigurationModel(
            LipsetExample.model(["DEV*LIT*~IND*STB"], origins: ["C1P2"]), parsimonious: parsimonious)
        #expect(paired.parsimoniousModels == [2])
        #expect(paired.configurations.map(\.core) == [LipsetExample.term("LIT*~IND")])
        #expect(paired.configurations.map(\.disputed) == [Conjunction()])

        let complex = LipsetExample.solution(.complex, [LipsetExample.model(["DEV*LIT*~IND*STB"])])
        let table = Table.configurations(
            [OutcomeSolution(outcome: "SURV", solution: complex, parsimonious: parsimonious)],
            conditions: LipsetExample.conditions, cases: LipsetExample.cases)
        // Core with the first parsimonious model only, core with the second only, core with both.
        #expect(column(table, 1).prefix(5) == ["●", "", "•", "⊗", "•"])
        #expect(table.rows.prefix(5).map { $0.cells[1].marker } == ["a", nil, "a", nil, nil])
        #expect(table.notes.specific.map(\.marker) == ["a"])
        #expect(notes(table).contains("could as well be taken from parsimonious model 2"))
    }

    @Test func setsEqualModelsSideBySide() {
        let models = [
            LipsetExample.model(["DEV*URB", "LIT*STB"]), LipsetExample.model(["DEV*STB"]),
            LipsetExample.model(["LIT*IND", "URB"]),
        ]
        let solution = OutcomeSolution(
            outcome: "SURV", solution: LipsetExample.solution(.complex, models, count: 63_136, isExhaustive: false),
            parsimonious: nil)
        let table = Table.configurations(
            [solution], conditions: LipsetExample.conditions, cases: LipsetExample.cases, modelLimit: 2)
        #expect(table.columns.map(\.header.plainText) == ["Condition", "1", "2", "1"])
        #expect(table.spanners == [[.init("Model 1", columns: 1..<3), .init("Model 2", columns: 3..<4)]])
        #expect(column(table, 3)[0] == "●" && column(table, 3)[8] == "–")
        #expect(notes(table).contains("63136 models fit the truth table equally well; the first 2 are listed."))
        #expect(notes(table).contains("not told apart"))
    }

    @Test func writesLevelsOfMultiValueConditions() {
        let conditions = Conditions(names: ["A", "B", "C"], levelCounts: [3, 2, 4])
        func model(_ levels: [Int?]) -> Solution.Model {
            Solution.Model(
                terms: [Conjunction(levels: levels)],
                fit: SolutionFit(terms: [], model: SufficiencyFit(inclusion: 1, pri: 1, coverage: 1)))
        }
        let solution = OutcomeSolution(
            outcome: "Y", solution: LipsetExample.solution(.complex, [model([2, 0, 3])]),
            parsimonious: LipsetExample.solution(.parsimonious, [model([2, nil, nil])]))
        let table = Table.configurations([solution], conditions: conditions, cases: [])
        #expect(column(table, 1).prefix(3) == ["●2", "×", "•3"])
        #expect(notes(table).contains("●1\u{A0}core condition at level 1"))
    }

    @Test func tellsSizesApartInEveryFormat() {
        let table = Table.configurations(
            [LipsetExample.survives, LipsetExample.fails], conditions: LipsetExample.conditions,
            cases: LipsetExample.cases)
        let document = Document(title: "Lipset", blocks: [.table(table)]).numbered()
        let html = HTMLRenderer().render(document)
        #expect(
            html.contains("<small>⊗</small>") && html.contains("<span class=\"large\">⊗</span>")
                && html.contains("<small>●</small>"))
        let csv = CSVRenderer().render(table)
        #expect(csv.contains("IND,,⊗,,×\r\n"))
        let text = PlainTextRenderer().render(document)
        for symbol in ["●", "•", "⊗", "×"] { #expect(text.contains(symbol)) }
    }

    @Test(arguments: [
        (1, true, true, true, 2, "One model fits the truth table. That no model has fewer terms is proven."),
        (2, true, true, true, 2, "2 models fit the truth table equally well; both are listed. That no model has"),
        (9, true, false, true, 2, "9 models fit the truth table equally well; the first 2 are listed."),
        (
            5, false, false, true, 2,
            "At least 5 models fit the truth table equally well; the first 2 are listed. They were not"
        ),
        (
            2, true, true, false, 1,
            "Whether a model with fewer than 2 terms exists is not settled; none has fewer than 1."
        ),
        (2, true, true, false, 2, "That no model has fewer terms was not proven."),
    ])
    func saysWhatIsProven(count: Int, isExact: Bool, isExhaustive: Bool, isProven: Bool, bound: Int, text: String) {
        let models = [LipsetExample.model(["DEV", "URB"]), LipsetExample.model(["DEV", "STB"])]
        let solution = LipsetExample.solution(
            .parsimonious, Array(models.prefix(count)), count: count, isExhaustive: isExhaustive, isExact: isExact,
            isProven: isProven, lowerBound: bound)
        #expect(solution.statement().contains(text), "\(solution.statement())")
    }

    @Test func lettersGoOn() {
        #expect([0, 25, 26, 701, 702].map(ConfigurationModel.letter) == ["a", "z", "aa", "zz", "aaa"])
        #expect(
            ["C1P2", "C12P34", "P", "", "C1"].map(ConfigurationModel.parsimoniousNumber) == [2, 34, nil, nil, nil])
    }
}
