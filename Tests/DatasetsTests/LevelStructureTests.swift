import Testing

@testable import Datasets

/// Three leaders in two firms over three months; `age` belongs to the leader, `size` to the firm.
func diary() throws -> Dataset {
    try Dataset(columns: [
        Column(name: "firm", numbers: [1, 1, 1, 1, 1, 1, 2, 2, 2]),
        Column(name: "leader", numbers: [17, 17, 17, 18, 18, 18, 19, 19, 19]),
        Column(name: "month", numbers: [1, 2, 3, 1, 2, 3, 1, 2, 3]),
        Column(name: "age", numbers: [40, 40, .nan, 51, 51, 51, 33, 33, 33]),
        Column(name: "size", numbers: [200, 200, 200, 200, 200, 200, 80, 80, 80]),
        Column(name: "M", numbers: [1, 2, 6, 4, 4, 4, 2, .nan, 5]),
        Column(name: "wave", texts: Array(repeating: "main", count: 9)),
    ])
}

@Suite struct LevelStructureTests {
    @Test func countsUnitsAndSizes() throws {
        let structure = try LevelStructure(diary(), groups: ["firm", "leader"], occasion: "month")
        #expect(structure.levels.map(\.units) == [9, 3, 2])
        #expect(structure.levels.map(\.variable) == ["month", "leader", "firm"])
        #expect(structure.levels[1].smallest == 3 && structure.levels[1].largest == 3)
        #expect(structure.levels[2].smallest == 1 && structure.levels[2].meanSize == 1.5)
    }

    @Test func tellsTheLevelOfEachVariable() throws {
        let data = try diary()
        let structure = try LevelStructure(data, groups: ["firm", "leader"], occasion: "month")
        let levels = try structure.levels(of: ["M", "age", "size", "wave"], in: data)
        #expect(levels.map(\.level) == [1, 2, 3, nil])
        #expect(levels[0].varyingUnits == [2, 2] && levels[1].varyingUnits == [0, 1])
        #expect(levels[1].missing == 1)
        try structure.verify("age", level: 2, in: data)
        let error = datasetError { try structure.verify("M", level: 2, in: data) }
        #expect(
            error?.description
                == "M is declared at level 2 but varies within leader 17: data row 1 holds \"1\", data row 2 holds \"2\","
                + " as in 1 other unit; correct the cell, or treat M as a variable that changes within units")
        #expect(datasetError { try structure.verify("M", level: 4, in: data) } != nil)
        #expect(datasetError { try structure.levels(of: ["M"], in: data.selectingRows([0, 1])) } != nil)
    }

    @Test func namesTheLeaderInTwoFirms() throws {
        let data = try diary().setting(Column(name: "firm", numbers: [1, 1, 2, 1, 1, 1, 2, 2, 2]))
        let error = datasetError { try LevelStructure(data, groups: ["firm", "leader"], occasion: "month") }
        #expect(
            error
                == .structure(
                    .notNested(unit: "leader 17", higherUnits: ["firm 1", "firm 2"], rows: [1, 3], others: 0)))
        #expect(error?.description.hasPrefix("leader 17 lies in \"firm 1\" and \"firm 2\" (data rows 1, 3)") == true)
        // Counted anew in each firm, leader 17 of firm 2 is another person.
        let structure = try LevelStructure(
            data, groups: ["firm", "leader"], occasion: "month", identifiers: .repeatedInHigherUnits)
        #expect(structure.levels.map(\.units) == [9, 4, 2])
    }

    @Test func refusesRepeatedOccasionsAndMissingIdentifiers() throws {
        let twice = try diary().setting(Column(name: "month", numbers: [1, 2, 2, 1, 2, 3, 1, 2, 3]))
        #expect(
            datasetError { try LevelStructure(twice, groups: ["leader"], occasion: "month") }
                == .structure(.duplicateOccasion(unit: "leader 17", occasion: "month 2", rows: [2, 3], others: 0)))
        let nobody = try diary().setting(Column(name: "leader", numbers: [17, .nan, 17, 18, 18, 18, 19, .nan, 19]))
        #expect(
            datasetError { try LevelStructure(nobody, groups: ["leader"]) }
                == .structure(.missingIdentifier(variable: "leader", row: 2, others: 1)))
        #expect(datasetError { try LevelStructure(diary(), groups: []) } != nil)
        #expect(datasetError { try LevelStructure(diary(), groups: ["leader", "leader"]) } != nil)
        #expect(
            datasetError { try LevelStructure(diary(), groups: ["leeder"]) }
                == .noSuchColumn(name: "leeder", source: "", nearest: ["leader"]))
    }

    @Test func takesDataWithoutRows() throws {
        let empty = try diary().selectingRows([])
        let structure = try LevelStructure(empty, groups: ["firm", "leader"], occasion: "month")
        #expect(structure.levels.map(\.units) == [0, 0, 0])
        #expect(try structure.levels(of: ["M"], in: empty).map(\.level) == [nil])
    }
}

@Suite struct RowUnitsTests {
    /// Units by the table and by the dictionary are those of a plain search, whatever the values and their order.
    @Test func unitsAreThoseOfAPlainSearch() throws {
        var random = SplitMix(state: 17)
        for round in 0..<200 {
            let rows = round % 2 == 0 ? 60 : 1500
            let range = round % 2 == 0 ? 4.0 : 1000
            func value() -> Double {
                let value = Double.random(in: -1...range, using: &random).rounded()
                return value < 0 ? .nan : value
            }
            let columns = [
                Column(name: "a", numbers: (0..<rows).map { _ in value() }),
                Column(name: "b", texts: (0..<rows).map { _ in value() }.map { $0.isNaN ? nil : "t\($0)" }),
                Column(name: "c", numbers: (0..<rows).map { _ in value() }),
            ]
            let units = RowUnits(columns)
            var known: [[String]: Int] = [:]
            for row in 0..<rows {
                let parts = columns.map { $0.content(at: row) }
                let expected = parts.contains("") ? -1 : known[parts] ?? known.count
                if expected == known.count { known[parts] = expected }
                #expect(units.unitOfRow[row] == expected)
            }
            #expect(units.count == known.count)
        }
    }
}
