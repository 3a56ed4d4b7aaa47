import Testing

@testable import Datasets

@Suite struct AggregationTests {
    /// tapply(x, g, sd) of R 4.2 is the source of the deviations.
    let data = try? Dataset(columns: [
        Column(name: "g", numbers: [1, 1, 2, 2, 2, 3, 3]),
        Column(name: "x", numbers: [3.1, 2.4, 5, 4.4, 1.7, 2.2, 9.3]),
        Column(
            name: "sex", numbers: [1, 1, 2, 2, .nan, 1, 1],
            valueLabels: [ValueLabel(code: .number(1), label: "female"), ValueLabel(code: .number(2), label: "male")]),
        Column(name: "t", texts: [nil, "b", "c", "d", "e", "f", "g"]),
    ])

    @Test func computesEachFunction() throws {
        let data = try #require(data)
        let result = try data.aggregated(
            AggregateFunction.allCases.map { Aggregate($0, of: "x") } + [Aggregate(.first, of: "t", as: "t1")],
            by: ["g"],
            carrying: ["sex"])
        #expect(result.names.prefix(3) == ["g", "sex", "x.mean"])
        #expect(result["x.mean"]?.label == "x, mean of each g")
        expectClose(result["x.mean"]?.numbers, [2.75, 3.7, 5.75])
        expectClose(result["x.sd"]?.numbers, [0.49497474683058335, 1.7578395831246945, 5.0204581464244864])
        #expect(result["x.n"]?.numbers == [2, 3, 2])
        expectClose(result["x.sum"]?.numbers, [5.5, 11.1, 11.5])
        #expect(result["x.min"]?.numbers == [2.4, 1.7, 2.2] && result["x.max"]?.numbers == [3.1, 5, 9.3])
        expectClose(result["x.median"]?.numbers, [2.75, 4.4, 5.75])
        #expect(result["x.first"]?.numbers == [3.1, 5, 2.2])
        #expect(result["t1"]?.texts == ["b", "c", "f"])
        #expect(result["sex"]?.numbers == [1, 2, 1] && result["sex"]?.label(of: .number(2)) == "male")
    }

    @Test func obeysTheRuleOnMissingCells() throws {
        let data = try Dataset(columns: [
            Column(name: "g", numbers: [1, 1, 2, 2, 2, .nan]), Column(name: "x", numbers: [1, .nan, 2, 4, .nan, 9]),
        ])
        func means(_ rule: UnitMissingRule) throws -> [Double] {
            try data.aggregated([Aggregate(.mean, of: "x")], by: ["g"], missing: rule)["x.mean"]?.numbers ?? []
        }
        #expect(try means(.available) == [1, 3])
        #expect(try means(.complete).allSatisfy(\.isNaN))
        let two = try means(.atLeast(2))
        #expect(two[0].isNaN && two[1] == 3)
        let wide = try data.addingAggregates([Aggregate(.mean, of: "x")], by: ["g"])["x.mean"]?.numbers ?? []
        #expect(wide.prefix(5) == [1, 1, 3, 3, 3] && wide[5].isNaN)
    }

    @Test func refusesWhatCannotBe() throws {
        let data = try #require(data)
        #expect(
            datasetError { try data.aggregated([Aggregate(.mean, of: "t")], by: ["g"]) }
                == .textColumn(name: "t", row: 2, content: "b"))
        let varying = datasetError { try data.aggregated([], by: ["g"], carrying: ["x"]) }
        #expect(varying?.description.hasPrefix("x should be constant but varies within g 1") == true)
        #expect(
            datasetError { try data.addingAggregates([Aggregate(.mean, of: "x", as: "sex")], by: ["g"]) }
                == .structure(.nameTaken(name: "sex", purpose: "the mean of x")))
        #expect(datasetError { try data.aggregated([Aggregate(.mean, of: "x")], by: []) } != nil)
    }

    @Test func joinsATableOfUnits() throws {
        let data = try #require(data)
        let units = try Dataset(columns: [
            Column(name: "g", numbers: [3, 2, 1, 9]), Column(name: "w", numbers: [30, 20, 10, 90], label: "Width"),
        ])
        let joined = try data.addingUnitVariables(from: units, by: ["g"])
        #expect(joined["w"]?.numbers == [10, 10, 20, 20, 20, 30, 30] && joined["w"]?.label == "Width")
        #expect(
            datasetError { try data.addingUnitVariables(from: units.selectingRows([0, 2]), by: ["g"]) }
                == .structure(.unknownUnit(unit: "g 2", row: 3, others: 2)))
        #expect(
            datasetError { try data.addingUnitVariables(from: units.selectingRows([0, 1, 2, 2]), by: ["g"]) }
                == .structure(.duplicateUnit(unit: "g 1", rows: [3, 4], others: 0)))
    }
}

/// Expects figures to agree to twelve digits, and to be missing alike.
func expectClose(_ a: [Double]?, _ b: [Double], sourceLocation: SourceLocation = #_sourceLocation) {
    let a = a ?? []
    #expect(a.count == b.count, sourceLocation: sourceLocation)
    for (x, y) in zip(a, b) {
        #expect(
            (x.isNaN && y.isNaN) || abs(x - y) <= 1e-12 * max(1, abs(y)), "\(x) is not \(y)",
            sourceLocation: sourceLocation)
    }
}
