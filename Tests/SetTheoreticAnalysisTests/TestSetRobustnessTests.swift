import Testing

@testable import SetTheoreticAnalysis

@Suite("TestSetRobustness")
struct TestSetRobustnessTests {
    let export: ExportPerformance
    let initial: SolutionMembership
    let tests: [SolutionMembership]
    let outcome: [Double]

    init() throws {
        export = try ExportPerformance()
        func member(_ name: String, _ analysis: StandardAnalysis) throws -> SolutionMembership {
            SolutionMembership(
                name: name, terms: try #require(analysis.complex?.models.first?.terms), in: analysis.table)
        }
        initial = try member("initial", export.analysis(inclusion: 0.85))
        tests = [
            try member("0.8", export.analysis(inclusion: 0.8)), try member("0.92", export.analysis(inclusion: 0.92)),
            try member("n 2", export.analysis(inclusion: 0.85, frequency: 2)),
            try member(
                "without UNI",
                export.analysis(inclusion: 0.82, conditions: ["EMP", "BARGAIN", "OCCUP", "STOCK", "MA"])),
        ]
        outcome = try export.data.set("EXPORT").values
    }

    /// SetMethods 4.1 on SCHLF: rob.fit, rob.corefit, rob.case.ratio and rob.evaluation without its rounding to three
    /// decimals; it rounds consistencies and coverages before it divides them.
    @Test("Two test solutions equal SetMethods")
    func two() throws {
        let result = try TestSetRobustness(initial, against: Array(tests.prefix(2)), outcome: outcome)
        #expect(agrees(result.coverageRatio, 0.753846153846154, 1.2e-3))
        #expect(agrees(result.consistencyRatio, 0.91264367816092, 1.2e-3))
        #expect(agrees(result.minimumCoincidence, 0.687133182844244, 1e-12))
        #expect(agrees(result.maximumCoincidence, 0.94456289978678, 1e-12))
        #expect(agrees(result.coreFit.inclusion, 0.870, 5e-4) && agrees(result.coreFit.coverage, 0.637, 5e-4))
        #expect(agrees(result.coreFit.pri, 0.785, 5e-4))
        #expect(agrees(result.typicalRatio, 0.636363636363636, 1e-12))
        #expect(agrees(result.deviantRatio, 0.416666666666667, 1e-12))
        #expect(result.rank == 4)
        #expect(
            result[.robustDeviant] == [
                "Canada_90", "Switzerland_90", "Canada_95", "Denmark_95", "Finland_95", "Belgium_99", "Spain_99",
                "Australia_03", "Norway_03", "Spain_03",
            ])
        #expect(
            result[.shakyTypical] == [
                "UK_90", "Netherlands_95", "Sweden_95", "UK_95", "Denmark_99", "Germany_99", "Ireland_99", "UK_99",
                "USA_99", "Denmark_03", "Ireland_03", "UK_03",
            ])
        #expect(
            result[.shakyDeviant] == [
                "Australia_90", "Sweden_90", "Australia_95", "Belgium_95", "New Zealand_95", "Australia_99",
                "Canada_99", "Norway_99", "Canada_03",
            ])
        #expect(result[.possibleTypical].isEmpty)
        #expect(
            result[.possibleDeviant] == ["Denmark_90", "Norway_90", "Norway_95", "Spain_95", "Italy_99"])
        #expect(result[.extremeDeviantCoverage] == ["France_95", "Germany_03"])
        #expect(result[.robustTypical].count == 21 && result[.irrelevant].count == 16)
        #expect(result.regions.joined().count + result.ambiguous.count == 76)
    }

    /// The formulas of Oana & Schneider (2024) worked out in R over all four test solutions; SetMethods 4.1 gives 0.982 or
    /// 0.659 for the third and 0.882 or 0.944 for the fourth, depending on the order of the list.
    @Test("Four test solutions are right in any order")
    func four() throws {
        let result = try TestSetRobustness(initial, against: tests, outcome: outcome)
        #expect(agrees(result.coverageRatio, 0.729599090133637, 1e-12))
        #expect(agrees(result.consistencyRatio, 0.903740087865454, 1e-12))
        #expect(agrees(result.minimumCoincidence, 0.659367945823928, 1e-12))
        #expect(agrees(result.maximumCoincidence, 0.882470119521912, 1e-12))
        #expect(agrees(result.typicalRatio, 19.0 / 33, 1e-12))
        #expect(agrees(result.deviantRatio, 9.0 / 24, 1e-12))
        for order in [[3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1]] {
            let other = try TestSetRobustness(initial, against: order.map { tests[$0] }, outcome: outcome)
            #expect(other.minimumCoincidence == result.minimumCoincidence)
            #expect(other.maximumCoincidence == result.maximumCoincidence)
            #expect(other.coreFit == result.coreFit && other.regions == result.regions && other.rank == result.rank)
        }
    }

    /// SetMethods 4.1, rob.singletest.
    @Test("Single test solutions are ranked as in SetMethods")
    func single() throws {
        let result = try TestSetRobustness(initial, against: tests, outcome: outcome)
        #expect(result.singleTests.map(\.name) == ["0.92", "n 2", "without UNI", "0.8"])
        #expect(result.singleTests.map(\.rank) == [3, 3, 2, 2])
        let figures = [0.687133182844244, 0.916027088036117, 0.915478404629055, 0.944562899786780]
        for (test, figure) in zip(result.singleTests, figures) { #expect(agrees(test.coincidence, figure, 1e-12)) }
    }

    @Test("Against itself a solution is fully robust")
    func itself() throws {
        let result = try TestSetRobustness(initial, against: [initial, initial], outcome: outcome)
        #expect(result.coverageRatio == 1 && result.consistencyRatio == 1)
        #expect(result.minimumCoincidence == 1 && result.maximumCoincidence == 1)
        #expect(result.typicalRatio == 1 && result.deviantRatio == 1 && result.rank == 1)
    }

    @Test("Cases are matched by name, and refused where they differ")
    func matching() throws {
        let order = Array(export.data.cases.indices.reversed())
        let reversed = tests.map { test in
            SolutionMembership(
                name: test.name, expression: test.expression, cases: order.map { test.cases[$0] },
                values: order.map { test.values[$0] })
        }
        let a = try TestSetRobustness(initial, against: tests, outcome: outcome)
        #expect(try TestSetRobustness(initial, against: reversed, outcome: outcome) == a)
        let short = SolutionMembership(name: "short", expression: "A", cases: ["USA_90"], values: [1])
        #expect(throws: SetTheoryError.self) {
            try TestSetRobustness(initial, against: [short], outcome: outcome)
        }
        #expect(throws: SetTheoryError.self) { try TestSetRobustness(initial, against: [], outcome: outcome) }
    }
}
