import SetTheoreticAnalysis
import Testing

@testable import Reporting

@Suite struct SetTheoreticTableTests {
    private func texts(_ table: Table, row: Int) -> [String] {
        table.rows[row].cells.map { $0.value(minus: .hyphen) + ($0.marker ?? "") }
    }

    private func notes(_ table: Table) -> String { table.notes.general.map(\.plainText).joined(separator: " ") }

    /// Figures of QCA 3.23, truthTable(LF, "SURV", incl.cut = .8).
    @Test func printsTheTruthTable() throws {
        let table = Table.truthTable(try LipsetExample.truthTable())
        #expect(texts(table, row: 0) == ["32", "1", "1", "1", "1", "1", "1", "4", ".904", ".886", "BE, CZ, NL, UK"])
        #expect(texts(table, row: 1) == ["22", "1", "0", "1", "0", "1", "1", "2", ".804", ".719", "FI, IE"])
        #expect(table.rows.map { $0.cells[6].value(minus: .hyphen) } == ["1", "1", "C", "0", "0", "0", "0", "0", "?"])
        #expect(texts(table, row: 8).last == "EE†" && texts(table, row: 3).last == "HU, PL")
        #expect(notes(table).contains("Contradictions: consistency from .70 to below .80."))
        #expect(notes(table).contains("Of 32 possible configurations 23 are not shown by any case."))
    }

    @Test func sortsRows() throws {
        let rows = try LipsetExample.truthTable().rows
        #expect(TruthTableOrder.number.sorted(rows.reversed()).map(\.number) == [1, 2, 5, 6, 22, 23, 24, 31, 32])
        #expect(TruthTableOrder.inclusion.sorted(rows).map(\.number) == [32, 22, 24, 5, 31, 23, 2, 1, 6])
        #expect(TruthTableOrder.count.sorted(rows).map(\.number) == [32, 1, 22, 24, 5, 2, 31, 23, 6])
        for order in TruthTableOrder.allCases { #expect(Set(order.sorted(rows)) == Set(rows)) }
    }

    @Test func cutsLongLists() throws {
        let table = Table.truthTable(try LipsetExample.truthTable(), caseLimit: 2, rowLimit: 3)
        #expect(table.rows.count == 3 && texts(table, row: 0).last == "BE, CZ and 2 more")
        #expect(notes(table).contains("The first 3 of 9 rows."))
    }

    @Test func printsModelsWithTheirFit() {
        let one = Table.solution(
            LipsetExample.parsimonious, outcome: "SURV", conditions: LipsetExample.conditions,
            cases: LipsetExample.cases)
        #expect(one.rows.count == 3 && one.rows[2].role == .total)
        #expect(texts(one, row: 0) == ["DEV*~IND", ".815", ".721", ".284", ".194", "2", "FI, IE"])
        #expect(texts(one, row: 1) == ["URB*STB", ".874", ".845", ".520", ".430", "4", "BE, CZ, NL, UK"])
        #expect(texts(one, row: 2) == ["Solution", ".850", ".819", ".714"])
        let solution = LipsetExample.solution(
            .parsimonious, [LipsetExample.model(["DEV", "URB"]), LipsetExample.model(["DEV", "STB"])], count: 3,
            isExhaustive: false)
        let two = Table.solution(
            solution, outcome: "~SURV", conditions: LipsetExample.conditions, cases: LipsetExample.cases,
            labels: VariableLabels(["SURV": "Survival"]))
        #expect(two.title.plainText == "Parsimonious solution for ~Survival")
        #expect(two.rows.map(\.role) == [.heading, .body, .body, .total, .heading, .body, .body, .total])
        #expect(texts(two, row: 1)[0] == "DEVa" && texts(two, row: 2)[0] == "URB")
        #expect(notes(two).contains("3 models fit the truth table equally well; the first 2 are listed."))
    }

    @Test func chartsPrimeImplicants() throws {
        let table = Table.primeImplicants(LipsetExample.parsimonious, of: try LipsetExample.truthTable())
        #expect(table.columns.map(\.header.plainText) == ["Prime implicant", "22", "32"])
        #expect(texts(table, row: 0) == ["DEV*~INDa", "×", ""] && texts(table, row: 1) == ["URB*STBa", "", "×"])
    }

    /// Figures of QCA 3.23, pof(DEV <- SURV, LF), pof(LIT <- SURV, LF), pof(~LIT <- SURV, LF).
    @Test func marksNecessaryConditions() {
        let rows = [("DEV", 0), ("LIT", 2)].map { name, index in
            NecessityRow(
                expression: name, outcome: NecessityFit(LipsetExample.values[index], of: LipsetExample.survival),
                negation: NecessityFit(LipsetExample.values[index], of: LipsetExample.breakdown))
        }
        let table = Table.necessity(rows, outcome: "SURV", relevanceCut: 0.6)
        #expect(table.spanners == [[.init("SURV", columns: 1..<4), .init("~SURV", columns: 4..<7)]])
        #expect(texts(table, row: 0).prefix(4) == ["DEV", ".831", ".811", ".775"])
        #expect(texts(table, row: 1).prefix(4) == ["LIT", ".991", ".509a", ".643"])
        #expect(!table.rows[0].cells[1].isStrong && table.rows[1].cells[1].isStrong)
        #expect(table.notes.specific.count == 1)
        #expect(Table.necessity([], outcome: "~Y", title: "Empty").rows.isEmpty)
    }

    @Test func listsSearchResults() {
        let necessity = NecessityFit([1, 1, 0, 0], of: [1, 0, 0, 0])
        let supersets = Table.supersets([("A + B", necessity), ("C", necessity)], outcome: "Y", rowLimit: 1)
        #expect(texts(supersets, row: 0) == ["A + B", "1.000", ".667", ".500"])
        #expect(notes(supersets).contains("The first 1 of 2 expressions."))
        let subsets = Table.subsets(
            [("A*B", SufficiencyFit(inclusion: 1, PRI: nil, coverage: 0.25))], outcome: "~Y")
        #expect(texts(subsets, row: 0) == ["A*B", "1.000", "–", ".250"])
        #expect(notes(Table.subsets([], outcome: "Y")).contains("None was found."))
    }

    @Test func describesCalibrations() {
        let anchors = [("Out", 2.0), ("Crossover", 5.5), ("In", 8.25)].map { CalibrationRow.Anchor($0, $1) }
        let rows = [
            CalibrationRow(
                variable: "x", method: "direct, log-odds of 3", anchors: anchors, memberships: [0.1, 0.5, 0.9, 0.2],
                halfCases: ["B"]),
            CalibrationRow(
                variable: "y", set: "HIGHY", method: "direct, log-odds of 3", anchors: anchors,
                memberships: [1, 1, 1, 0.9]),
        ]
        let table = Table.calibration(rows, labels: VariableLabels(["x": "Wealth"]))
        #expect(
            table.columns.map(\.header.plainText) == [
                "Variable", "Method", "Out", "Crossover", "In", "N", "> .5", "= .5",
            ])
        #expect(texts(table, row: 0) == ["Wealth", "direct, log-odds of 3", "2.00", "5.50", "8.25", "4", "25%", "1"])
        #expect(texts(table, row: 1).suffix(3) == ["4", "100%a", "0"])
        #expect(notes(table).contains("Wealth is exactly .5 for B.") && notes(table).contains("y as HIGHY"))
        let mixed = Table.calibration(
            rows + [CalibrationRow(variable: "z", method: "crisp", anchors: [.init("cut", 3)], memberships: [.nan])])
        #expect(mixed.columns[2].header.plainText == "Anchors")
        #expect(texts(mixed, row: 2) == ["z", "crisp", "cut 3", "0", "–", "0"])
    }
}
