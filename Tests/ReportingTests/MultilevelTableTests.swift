import LinearAlgebra
import Psychometrics
import Testing

@testable import Reporting

/// Six persons asked three times: `size` belongs to the person, `x` and `y` to the occasion.
private enum Diary {
    static let persons = (0..<18).map { "p\($0 / 3)" }
    static let names = ["size", "x", "y"]
    static let data = Matrix(rows: 18, columns: 3) { i, j in
        let person = i / 3, noise = Double(i * 7 % 5)
        return j == 0 ? Double(person * person % 7) : j == 1 ? Double(person) + noise : Double(i * 5 % 7) + 0.5 * noise
    }

    static func descriptives() throws -> MultilevelDescriptives {
        try MultilevelDescriptives(
            data, variables: names, groups: persons, components: ["y": LevelVariances(within: 0.61, between: 0.39)],
            diagonal: ["x": 0.54])
    }

    static func agreement() throws -> WithinGroupAgreement {
        try WithinGroupAgreement(
            scale: "climate", data: Matrix([[4, 5], [4, 4], [1, 5], [5, 1], [3, 3]]), items: ["a", "b"],
            groups: ["north", "north", "south", "south", "west"], options: 5)
    }
}

@Suite struct MultilevelTableTests {
    @Test func describesEachLevelInItsBlock() throws {
        let descriptives = try Diary.descriptives()
        let table = Table.multilevelDescriptives(
            descriptives, labels: VariableLabels(["x": "Stress"]), levelTwoTitle: "Person level",
            levelOneTitle: "Day level")
        #expect(table.columns.map(\.header.plainText) == ["Variable", "M", "SD", "1", "2", "Within", "VIF"])
        let first = table.rows.map { $0.cells[0].value(minus: .hyphen) }
        #expect(first == ["Person level (N = 6)", "1. size", "Day level (N = 18)", "1. Stress", "2. y"])
        #expect(table.rows.map(\.role) == [.heading, .body, .heading, .body, .body])
        // The diagonal in bold, the correlation within below it, that between above it.
        #expect(table.rows[3].cells[3].isStrong && table.rows[3].cells[3].value(minus: .hyphen) == ".54")
        let correlations = descriptives.correlations
        #expect(
            table.rows[4].cells[3]
                == .estimate(correlations.within[2][1], .bounded(2), p: correlations.withinPValues[2][1]))
        #expect(
            table.rows[3].cells[4]
                == .estimate(correlations.between[1][2], .bounded(2), p: correlations.betweenPValues[1][2]))
        #expect(table.rows[4].cells[5].value(minus: .hyphen) == "61%" && table.rows[1].cells[5] == .empty)
        let note = table.notes.general.map(\.plainText).joined(separator: " ")
        #expect(note.contains("correlations tested with 6 units") && note.contains("where it was fitted"))
    }

    @Test func showsPooledCorrelationsWhenAsked() throws {
        let descriptives = try Diary.descriptives()
        let table = Table.multilevelDescriptives(descriptives, levelOneCorrelations: .pooled)
        let pooled = descriptives.pooledCorrelations
        #expect(
            table.rows[4].cells[3] == .estimate(pooled.correlations[1][0], .bounded(2), p: pooled.pValues[1][0]))
        #expect(table.rows[3].cells[4] == .empty)
        #expect(table.notes.general.contains { $0.plainText.contains("take the rows for independent") })
    }

    @Test func leavesPlacesWithoutCorrelationEmpty() throws {
        let correlations = try MultilevelCorrelations(Diary.data, variables: Diary.names, groups: Diary.persons)
        let table = Table.multilevelCorrelations(correlations, group: "person")
        #expect(table.rows[1].cells[1] == .empty && table.rows[2].cells[1] == .empty)
        #expect(table.rows[2].cells[2].isNumeric && table.rows[0].cells[3].isNumeric)
        #expect(table.notes.general[0].plainText.contains("N − J − 1 = 11"))
        #expect(table.notes.general[0].plainText.contains("J − 2 = 4"))
    }

    @Test func marksGroupsCutAtZeroAndNamesThoseWithout() throws {
        let agreement = try Diary.agreement()
        let table = Table.groupAgreement(agreement, group: "region")
        #expect(table.rows.map { $0.cells[2].marker } == [nil, "a", nil])
        #expect(table.rows[2].cells[2].value(minus: .hyphen) == "–" && !table.notes.specific.isEmpty)
        let icc = try IntraclassCorrelation(
            variable: "climate", values: [4.5, 4, 3, 3, 3], groups: ["north", "north", "south", "south", "west"])
        let summary = Table.aggregation([agreement], reliability: [icc])
        #expect(summary.rows[0].cells.count == summary.columns.count && summary.columns.count == 12)
        let note = summary.notes.general.map(\.plainText).joined(separator: " ")
        #expect(note.contains("climate: fewer than two complete members in west."))
        #expect(note.contains("uniform (σ² = 2.00, 5 options)") && note.contains("A/6 = 0.83"))
        #expect(Table.aggregation([agreement]).columns.count == 8)
        let clustering = Table.clustering([icc], group: "region")
        #expect(clustering.rows[0].cells.count == clustering.columns.count)
    }

    @Test func warnsOfIndefiniteCovariances() throws {
        let alpha = try MultilevelAlpha(
            scale: "s", data: Matrix([[1, 2], [2, 1], [1, 1], [1, 2], [2, 1], [1, 1]]), items: ["a", "b"],
            groups: [1, 1, 1, 2, 2, 2])
        let table = Table.multilevelReliability([alpha], group: "team")
        #expect(table.rows[0].cells[5].marker == "a" && table.notes.specific.count == 1)
        #expect(table.rows[0].cells[5].value(minus: .hyphen) == "–")
    }

    @Test func writesTheContract() throws {
        let correlations = try MultilevelCorrelations(Diary.data, variables: Diary.names, groups: Diary.persons)
        let icc = try IntraclassCorrelation(variable: "x", values: Diary.data.column(1), groups: Diary.persons)
        let (name, json) = JSON.multilevel(
            clustering: [icc], correlations: correlations, agreement: [try Diary.agreement()])
        #expect(name == "multilevel")
        guard case .array(let scales)? = json["agreement"], case .array(let groups)? = scales.first?["groups"] else {
            Issue.record("no groups")
            return
        }
        #expect(groups.map { $0["group"] } == [.string("north"), .string("south"), .string("west")])
        #expect(groups[2]["rwg"] == .null && groups[1]["rwg"] == .number(0))
        #expect(json["correlations"]?["levels"] == ["between", "both", "both"])
        #expect(json["correlations"]?["within.df"] == [[11, 11, 11], [11, 11, 11], [11, 11, 11]])
        let table = JSON.object(JSON.multilevelDescriptives(try Diary.descriptives()))
        guard case .array(let rows)? = table["level1"]?["variables"] else {
            Issue.record("no variables")
            return
        }
        #expect(rows[1]["variable"] == "y" && rows[1]["within.share"] == .number(0.61))
    }
}

@Suite struct AttritionTableTests {
    private static func analysis() throws -> AttritionAnalysis {
        let isKept = (0..<40).map { $0 % 4 != 0 }
        return try AttritionAnalysis(
            [
                .init("age", .quantity((0..<40).map { Double($0 * 7 % 13) })),
                .init("constant", .quantity(Array(repeating: 1, count: 40))),
                .init("sector", .categories((0..<40).map { $0 % 4 == 1 ? "trade" : "industry" })),
            ], isKept: isKept)
    }

    @Test func makesBlocks() throws {
        let blocks = Document.Block.attrition(try Self.analysis(), labels: VariableLabels(["age": "Age"]))
        guard case .paragraph(let text)? = blocks.first else {
            Issue.record("no text")
            return
        }
        #expect(text.plainText.contains("They differ significantly from those kept in sector."))
        #expect(text.plainText.contains("No mean is shown to differ by less than 0.30 standard deviations."))
        #expect(text.plainText.hasPrefix("10 of 40 cases (25.00%) were lost."))
        #expect(text.plainText.contains("The power to find a difference of means was .13 for d = 0.3"))
        let tables = blocks.compactMap { block -> Table? in
            if case .table(let table) = block { return table }
            return nil
        }
        #expect(
            tables.count == 3
                && tables.allSatisfy { table in table.rows.allSatisfy { $0.cells.count == table.columns.count } })
        #expect(tables[0].rows[0].cells.last == .text("not shown") && tables[0].rows[1].cells.last == .text("–"))
        #expect(tables[1].rows[0].cells[8].marker == "a" && tables[1].rows[1].cells[8] == .continued)
        #expect(tables[2].rows.last?.cells[1].value(minus: .hyphen) == "–")
        #expect(blocks.contains { if case .callout = $0 { true } else { false } })
    }

    @Test func writesTheContract() throws {
        let json = JSON.object(JSON.attrition(try Self.analysis()))
        #expect(json["kept"] == 30 && json["lost"] == 10 && json["loss.rate"] == 0.25)
        guard case .array(let means)? = json["means"] else {
            Issue.record("no means")
            return
        }
        #expect(means[1]["welch"]?["t"] == .null && means[1]["equivalence"]?["equivalent"] == .null)
        #expect(json["logistic"]?["separated"] == ["sector: trade"])
    }
}
