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

    /// Figures of QCA 3.23, pof("DEV <- SURV", LF) and pof("LIT <- SURV", LF).
    @Test func marksNecessaryConditions() throws {
        let tables = try NecessityTable.ofOutcomeAndNegation(
            LipsetExample.data(), outcome: .set("SURV", levels: nil), conditions: ["DEV", "LIT"],
            cuts: .init(relevance: 0.6))
        let table = Table.necessity(tables[0], negation: tables[1], labels: VariableLabels(["LIT": "Literacy"]))
        #expect(table.spanners == [[.init("SURV", columns: 1..<4), .init("~SURV", columns: 4..<7)]])
        #expect(table.rows.map { $0.cells[0].value(minus: .hyphen) } == ["~DEV", "DEV", "~Literacy", "Literacy"])
        #expect(texts(table, row: 1).prefix(4) == ["DEV", ".831", ".811", ".775"])
        #expect(texts(table, row: 3).prefix(4) == ["Literacy", ".991", ".509a", ".643"])
        #expect(!table.rows[1].cells[1].isStrong && table.rows[3].cells[1].isStrong)
        #expect(table.notes.specific.count == 1)
        let alone = Table.necessity(
            try NecessityTable(LipsetExample.data(), outcome: .set("SURV", levels: nil), conditions: ["DEV"]))
        #expect(alone.columns.count == 4 && notes(alone).contains("No condition reaches a consistency of .90."))
    }

    @Test func listsSearchResults() throws {
        let data = try LipsetExample.data(), outcome = SetExpression.set("SURV", levels: nil)
        let search = try SupersetSearch(data, outcome: outcome, conditions: LipsetExample.names)
        let supersets = Table.supersets(search, rowLimit: 3)
        #expect(search.rows.count > 3 && supersets.rows.count == 3)
        #expect(texts(supersets, row: 0)[0] == search.rows[0].expression)
        #expect(notes(supersets).contains("The first 3 of \(search.rows.count) expressions."))
        #expect(notes(supersets).contains("Searched for a consistency of at least .90. "))
        #expect(notes(supersets).contains("The search is exhaustive up to its depth."))
        let subsets = Table.subsets(
            try SubsetSearch(
                data, outcome: outcome, conditions: LipsetExample.names, options: .init(inclusionCut: 1, depth: 1)))
        #expect(subsets.rows.isEmpty && notes(subsets).contains("None was found."))
    }

    @Test func describesCalibrations() throws {
        let values = [2.0, 5.5, 9, 3, 2.5]
        func result(_ text: String, name: String) throws -> CalibrationResult {
            try Calibration.assignment(parsing: "\(name)=\(text)", scale: .logOdds3).1.calibrate(
                values, name: name, cases: ["A", "B", "C", "D", "E"])
        }
        let two = [try result("e2,c5.5,i8.25", name: "x"), try result("e1,c2.1,i3", name: "y")]
        let table = Table.calibration(two, labels: VariableLabels(["x": "Wealth"]))
        #expect(
            table.columns.map(\.header.plainText) == [
                "Set", "Method", "Full exclusion", "Crossover", "Full inclusion", "N", "> .5", "= .5",
            ])
        #expect(texts(table, row: 0) == ["Wealth", "direct, log odds ±3", "2", "5.5", "8.25", "5", "20%", "1"])
        #expect(texts(table, row: 1).suffix(3) == ["5", "80%", "0"])
        #expect(notes(table).contains("Wealth is exactly .5 for B."))
        let mixed = Table.calibration(two + [try result("cuts:3", name: "z")])
        #expect(mixed.columns[2].header.plainText == "Anchors")
        #expect(texts(mixed, row: 2).prefix(3) == ["z", "crisp", "cut 3"])
        #expect(texts(mixed, row: 0)[2] == "full exclusion 2, crossover 5.5, full inclusion 8.25")
        let plot = try #require(CalibrationPlot(two[0], labels: VariableLabels(["x": "Wealth"])))
        #expect(plot.curve.count > 200 && plot.anchors.map(\.value) == [2, 5.5, 8.25] && plot.variable == "Wealth")
        #expect(CalibrationPlot(try result("cuts:3", name: "z")) == nil)
    }
}

@Suite struct NecessaryConditionTableTests {
    private static let x = [1.0, 2, 3, 4, 5, 2, 4, 3], y = [1.0, 3, 3, 5, 4, 2, 3, 1]

    private func analyses(permutations: Int = 0) throws -> [NecessaryConditionAnalysis] {
        let options = NecessaryConditionOptions(permutations: permutations)
        let names = ["a", "b", "c", "d", "e", "f", "g", "h"]
        return try [("effort", Self.x), ("luck", Self.x.reversed())].map { name, x in
            try NecessaryConditionAnalysis(
                x: Array(x), y: Self.y, condition: name, outcome: "success", names: names, options: options)
        }
    }

    @Test func listsCeilings() throws {
        let analyses = try analyses()
        let table = Table.ceilings(analyses, labels: VariableLabels(["effort": "Effort"]))
        #expect(table.columns.count == 8 && table.rows.count == 4)
        #expect(table.rows[0].cells[0].value(minus: .hyphen) == "Effort" && table.rows[1].cells[0] == .continued)
        #expect(table.rows[0].cells[2] == .number(analyses[0].ceilings[0].effectSize, .fixed(2)))
        #expect(table.rows[2].cells[0].value(minus: .hyphen) == "luck")
        let tested = Table.ceilings(try self.analyses(permutations: 200))
        #expect(tested.columns.count == 9)
        #expect(tested.notes.general.contains { $0.plainText.contains("200 permutations") })
    }

    @Test func listsBottlenecks() throws {
        let bottlenecks = try BottleneckTable(try analyses(), technique: .stepFreeDisposal)
        let table = Table.bottlenecks(bottlenecks)
        #expect(table.columns.map(\.header.plainText) == ["success", "effort", "luck"])
        #expect(table.rows.count == bottlenecks.rows.count)
        for (row, source) in zip(table.rows, bottlenecks.rows) {
            #expect(row.cells.dropFirst().map { $0.value(minus: .hyphen) } == source.cells.map(\.description))
        }
    }

    @Test func drawsTheCeilingsOverTheCases() throws {
        let plot = CeilingPlot(try analyses()[0])
        #expect(plot.ceilings.map(\.name) == ["CE-FDH", "CR-FDH"])
        // No case lies above a CE-FDH ceiling.
        let steps = try #require(plot.ceilings.first).points
        for (x, y) in zip(plot.x, plot.y) {
            let height = zip(steps, steps.dropFirst()).filter { $0.x <= x && x <= $1.x }.map { max($0.y, $1.y) }.max()
            #expect(y <= (height ?? .infinity))
        }
        #expect(WellFormedness.problem(in: plot.figure().drawing.svgFile()) == nil)
    }

    @Test func makesSentencesOfMessages() {
        #expect(RichText(sentence: "the set `A` is fuzzy").plainText == "The set A is fuzzy.")
        #expect(RichText(sentence: "`A` is it!").runs.map(\.style) == [.code, .plain])
        #expect(RichText(sentence: "an odd ` mark").plainText == "an odd ` mark")
        #expect(RichText(sentence: "").isEmpty)
    }
}
