import Testing

@testable import Datasets

@Suite struct ReshapingTests {
    let agreement = [ValueLabel(code: .number(1), label: "disagree"), ValueLabel(code: .number(5), label: "agree")]

    func wide() throws -> Dataset {
        let missing = DeclaredMissing(codes: [.number(9)])
        return try Dataset(columns: [
            Column(name: "id", texts: ["a", "b"]), Column(name: "sex", numbers: [1, 2], label: "Sex"),
            Column(
                name: "X1_1", numbers: [1, 2], label: "Knowledge", measure: .ordinal, valueLabels: agreement,
                declaredMissing: missing),
            Column(
                name: "X1_2", numbers: [3, 9], label: "Knowledge", measure: .ordinal, valueLabels: agreement,
                declaredMissing: missing),
            Column(name: "M_1", numbers: [5, 6]), Column(name: "M_2", numbers: [.nan, 8]),
            Column(name: "X1_mean", numbers: [2, 2]),
        ])
    }

    @Test func goesFromWideToLong() throws {
        let result = try wide().reshapedToLong(["X1", "M"], occasion: "month", id: ["id"])
        let long = result.dataset
        #expect(long.names == ["id", "sex", "X1_mean", "month", "X1", "M"] && result.remarks.isEmpty)
        #expect(long["id"]?.texts == ["a", "a", "b", "b"] && long["month"]?.numbers == [1, 2, 1, 2])
        expectClose(long["X1"]?.numbers, [1, 3, 2, .nan])
        expectClose(long["M"]?.numbers, [5, .nan, 6, 8])
        let column = try long.column("X1")
        #expect(column.label == "Knowledge" && column.measure == .ordinal && column.valueLabels == agreement)
        #expect(column.missingReason(at: 3) == .declared(.number(9)))
        #expect(column.declaredMissing.codes == [.number(9)])
    }

    @Test func comesBackFromLongToWide() throws {
        let wide = try wide()
        let long = try wide.reshapedToLong(["X1", "M"], occasion: "month", id: ["id"]).dataset
        let back = try long.selectingRows([3, 0, 2, 1]).reshapedToWide(["X1", "M"], id: ["id"], occasion: "month")
        #expect(back.names == ["id", "sex", "X1_mean", "X1_1", "X1_2", "M_1", "M_2"])
        let sorted = back.selectingRows([1, 0])
        for name in wide.names { #expect(sorted[name]?.values == wide[name]?.values, "\(name)") }
        #expect(sorted["X1_2"]?.missingReason(at: 1) == .declared(.number(9)))
        #expect(sorted["X1_1"]?.valueLabels == agreement)
    }

    /// Random long data with gaps survive the way to wide and back.
    @Test func roundTripsRandomData() throws {
        var random = SplitMix(state: 11)
        for _ in 0..<50 {
            let persons = Int.random(in: 1...6, using: &random), times = Int.random(in: 1...5, using: &random)
            var id: [Double] = [], t: [Double] = [], x: [Double] = []
            for p in 0..<persons {
                for s in 0..<times where s == p % times || Bool.random(using: &random) {
                    id.append(Double(p))
                    t.append(Double(s) / 2)
                    x.append(Double.random(in: 0...1, using: &random))
                }
            }
            let long = try Dataset(columns: [
                Column(name: "id", numbers: id), Column(name: "t", numbers: t, measure: .scale),
                Column(name: "x", numbers: x),
            ])
            let wide = try long.reshapedToWide(["x"], id: ["id"], occasion: "t", separator: ".at.")
            let back = try wide.reshapedToLong(
                ["x"], separator: ".at.", occasion: "t", id: ["id"], dropsEmptyRows: true)
            #expect(back.dataset == long)
        }
    }

    @Test func takesTextOccasionsAndLists() throws {
        let data = try Dataset(columns: [
            Column(name: "id", numbers: [1, 2]), Column(name: "x.pre", numbers: [1, 2]),
            Column(name: "x.post", numbers: [3, 4]),
            Column(name: "y", numbers: [5, 6]),
        ])
        let text = try data.reshapedToLong(["x"], separator: ".", id: ["id"]).dataset
        #expect(text["occasion"]?.texts == ["pre", "post", "pre", "post"] && text["x"]?.numbers == [1, 3, 2, 4])
        let list = try data.reshapedToLong(
            [
                RepeatedVariable(name: "x", columns: ["x.pre", "x.post"]),
                RepeatedVariable(name: "y", columns: [nil, "y"]),
            ],
            occasions: [.number(0), .number(1)], id: ["id"]
        ).dataset
        expectClose(list["y"]?.numbers, [.nan, 5, .nan, 6])
        #expect(list["occasion"]?.numbers == [0, 1, 0, 1])
    }

    @Test func explainsWhatIsWrong() throws {
        let wide = try wide()
        let lacking = try Dataset(
            columns: wide.columns.filter { $0.name != "M_2" } + [Column(name: "M2", numbers: [1, 2])])
        #expect(
            datasetError { try lacking.reshapedToLong(["X1", "M"], id: ["id"]) }
                == .structure(.missingRepetition(variable: "M", occasion: "2", column: "M_2", nearest: ["M2"])))
        #expect(try lacking.reshapedToLong(["X1", "M"], id: ["id"], allowsAbsentColumns: true).dataset.rowCount == 4)
        #expect(
            datasetError { try wide.reshapedToLong(["Xl"], id: ["id"]) }
                == .structure(.noRepetitions(variable: "Xl", pattern: "Xl_1, Xl_2, …", nearest: ["X1"])))
        #expect(
            datasetError { try wide.selectingRows([0, 0]).reshapedToLong(["M"], id: ["id"]) }
                == .structure(.duplicateUnit(unit: "id a", rows: [1, 2], others: 0)))
        let mixed = try wide.setting(Column(name: "M_2", texts: ["x", "y"]))
        #expect(
            datasetError { try mixed.reshapedToLong(["M"], id: ["id"]) }?.description.contains("holds text") == true)
        let reversed = try wide.setting(try wide.column("M_2").reversed(range: 1...9))
        #expect(
            datasetError { try reversed.reshapedToLong(["M"], id: ["id"]) }?.description.contains("reverse") == true)
        #expect(
            datasetError { try wide.reshapedToLong(["M"], occasion: "sex", id: ["id"]) }
                == .structure(.nameTaken(name: "sex", purpose: "a variable of the long data")))

        let long = try wide.reshapedToLong(["X1", "M"], occasion: "month", id: ["id"]).dataset
        #expect(
            datasetError {
                try long.selectingRows([0, 1, 1]).reshapedToWide(["X1", "M"], id: ["id"], occasion: "month")
            }
                == .structure(.duplicateOccasion(unit: "id a", occasion: "month 2", rows: [2, 3], others: 0)))
        let varies = datasetError { try long.reshapedToWide(["M"], id: ["id"], occasion: "month") }
        #expect(
            varies?.description.hasPrefix("X1 should be constant but varies within id a: data row 1 holds \"1\"")
                == true)
    }

    @Test func remarksOnWordingsThatDiffer() throws {
        let wide = try wide()
        let other = try wide.setting(
            Column(name: "X1_2", numbers: [3, 4], valueLabels: [ValueLabel(code: .number(1), label: "Disagree!")]))
        let result = try other.reshapedToLong(["X1"], id: ["id"])
        #expect(
            result.remarks.count == 2 && result.remarks[0].contains("\"disagree\" in X1_1 and \"Disagree!\" in X1_2"))
        // Codes declared missing in one column only stay values in the other.
        #expect(result.dataset["X1"]?.declaredMissing.isEmpty == true)
    }
}
