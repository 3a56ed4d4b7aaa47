import SetTheoreticAnalysis
import Testing

@Suite struct BottleneckTableTests {
    private func analyses(_ scope: NecessityScope = .empirical) throws -> [NecessaryConditionAnalysis] {
        let options = NecessaryConditionOptions(
            ceilings: [.stepFreeDisposal, .regressionFreeDisposal, .concaveEnvelopment, .regressionConcave],
            scope: scope)
        return [try InnovationData.individualism(options), try InnovationData.riskTaking(options)]
    }

    private func texts(_ table: BottleneckTable) -> [String] {
        table.rows.map { $0.cells.map(\.description).joined(separator: " ") }
    }

    /// NCA 5.0.1: nca_analysis(nca.example, …), percentage.range, ten steps.
    @Test(arguments: [
        (
            CeilingTechnique.stepFreeDisposal,
            "NN NN|NN 20.2|38.4 20.2|38.4 20.2|38.4 22.5|38.4 22.5|38.4 22.5|38.4 22.5|61.6 59.6|100.0 74.2|100.0 74.2"
        ),
        (
            .regressionFreeDisposal,
            "NN NN|NN NN|NN NN|NN 8.0|11.0 17.1|24.1 26.2|37.2 35.2|50.3 44.3|63.4 53.4|76.5 62.4|89.6 71.5"
        ),
        (
            .concaveEnvelopment,
            "NN NN|NN 1.5|0.5 4.5|6.8 7.5|13.1 10.5|19.4 13.5|25.8 16.5|32.1 19.5|38.6 22.7|69.3 48.4|100.0 74.2"
        ),
        (
            .regressionConcave,
            "NN NN|NN NN|NN NN|NN 4.1|11.5 13.0|24.6 21.8|37.7 30.7|50.8 39.6|64.0 48.5|77.1 57.4|90.2 66.3"
        ),
    ])
    func percentagesOfTheRange(_ technique: CeilingTechnique, _ expected: String) throws {
        let table = try BottleneckTable(analyses(), technique: technique)
        #expect(texts(table) == expected.split(separator: "|").map(String.init))
        #expect(table.rows.map(\.level) == [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100])
        #expect(table.conditions == ["Individualism", "Risk taking"])
    }

    /// NCA 5.0.1: bottleneck.x = bottleneck.y = unit, steps = 5, CE-FDH.
    @Test(arguments: [
        (BottleneckTable.Unit.percentageOfMaximum, "NN NN|50.5 36.6|50.5 38.4|50.5 38.4|50.5 38.4|100.0 79.5"),
        (.actual, "NN NN|46.0 41.0|46.0 43.0|46.0 43.0|63.0 76.0|91.0 89.0"),
        (.percentile, "NN NN|NN NN|NN 7.1|17.9 7.1|17.9 14.3|96.4 82.1"),
    ])
    func units(_ unit: BottleneckTable.Unit, _ expected: String) throws {
        let table = try BottleneckTable(analyses(), conditionUnit: unit, outcomeUnit: unit, levels: .steps(5))
        #expect(texts(table) == expected.split(separator: "|").map(String.init))
    }

    /// NCA 5.0.1: scope = c(0, 120, 0, 240), CE-FDH and CR-FDH.
    @Test func aCeilingThatEndsBelowTheScopeHasCellsNotAvailable() throws {
        let scope = NecessityScope(
            conditionMinimum: 0, conditionMaximum: 120, outcomeMinimum: 0, outcomeMaximum: 240)
        #expect(
            texts(try BottleneckTable(analyses(scope))) == [
                "15.0 19.2", "15.0 34.2", "38.3 34.2", "38.3 34.2", "38.3 35.8", "38.3 35.8", "38.3 35.8", "38.3 35.8",
                "75.8 74.2", "NA NA", "NA NA",
            ])
        #expect(
            texts(try BottleneckTable(analyses(scope), technique: .regressionFreeDisposal)).prefix(4) == [
                "NN 4.6", "NN 12.1", "7.3 19.7", "16.3 27.3",
            ])
    }

    /// NCA 5.0.1: corner = 3 and 4, CE-FDH and CR-FDH; rows go from the highest outcome down.
    @Test func lowerCorners() throws {
        let left = try InnovationData.individualism(NecessaryConditionOptions(corner: .lowerLeft))
        let table = try BottleneckTable([left])
        #expect(texts(table) == Array(repeating: "NN", count: 9) + ["12.3", "16.4"])
        #expect(NecessityFixtures.agree([table.rows[0].outcome, table.rows[10].outcome], [214.4, 1.2]))
        let right = try InnovationData.individualism(NecessaryConditionOptions(corner: .lowerRight))
        #expect(
            texts(try BottleneckTable([right], technique: .regressionFreeDisposal))
                == Array(repeating: "NN", count: 6) + ["92.3", "77.3", "62.3", "47.3", "32.3"])
        // NCA prints 100.0 in the first row, where nothing is necessary.
        #expect(
            texts(try BottleneckTable([right]))
                == ["NN"] + Array(repeating: "98.6", count: 7) + ["84.9", "84.9", "16.4"])
    }

    /// The cells are the lowest levels that the cases with at least that outcome have.
    @Test func cellsOfTheStepCeilingAreObservedMinima() throws {
        let table = try BottleneckTable(
            analyses(), conditionUnit: .actual, outcomeUnit: .actual, levels: .values([50, 100, 150, 200]))
        for row in table.rows {
            for (cell, x) in zip(row.cells, [InnovationData.individualism, InnovationData.riskTaking]) {
                let least = zip(x, InnovationData.performance).filter { $0.1 >= row.outcome }.map(\.0).min() ?? 0
                #expect(cell == .level(least, casesBelow: x.count { $0 < least }))
            }
        }
    }

    @Test func levels() throws {
        func values(_ levels: BottleneckTable.Levels, _ unit: BottleneckTable.Unit) throws -> [Double] {
            try BottleneckTable(analyses(), outcomeUnit: unit, levels: levels).rows.map(\.level)
        }
        #expect(try values(.size(25), .percentageOfRange) == [0, 25, 50, 75, 100])
        #expect(NecessityFixtures.agree(try values(.size(100), .actual), [1.2, 101.2, 201.2, 214.4]))
        #expect(try values(.values([80, 20]), .percentile) == [20, 80])
        for levels: BottleneckTable.Levels in [
            .steps(0), .steps(1_000_000), .size(0), .size(1e-9), .size(.nan), .values([]), .values([101]),
            .values([.nan]),
        ] {
            #expect(throws: NecessaryConditionError.self) { try values(levels, .percentageOfRange) }
        }
    }

    @Test func tablesThatCannotBeMadeAreRefused() throws {
        #expect(throws: NecessaryConditionError.self) { try BottleneckTable([]) }
        #expect(
            throws: NecessaryConditionError.missingCeiling(.linearProgramming, condition: "Individualism")
        ) { try BottleneckTable(analyses(), technique: .linearProgramming) }
        #expect(throws: NecessaryConditionError.self) {
            try BottleneckTable(analyses(), technique: .ordinaryLeastSquares)
        }
        let lower = try InnovationData.riskTaking(NecessaryConditionOptions(corner: .lowerLeft))
        #expect(throws: NecessaryConditionError.self) { try BottleneckTable([try analyses()[0], lower]) }
    }
}
