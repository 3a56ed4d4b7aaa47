import Testing

@testable import Datasets

@Suite struct LagTests {
    @Test func looksUpPersonAndOccasion() throws {
        // Person 1 lacks month 3, and the rows of person 2 are out of order.
        let data = try Dataset(columns: [
            Column(name: "p", numbers: [1, 1, 1, 2, 2, 2]), Column(name: "t", numbers: [1, 2, 4, 3, 1, 2]),
            Column(name: "x", numbers: [11, 12, 14, 23, .nan, 22]),
            Column(name: "s", texts: ["a", "b", "c", "d", "e", nil]),
        ])
        let lag = try data.lagged("x", person: ["p"], occasion: "t")
        expectClose(lag.dataset["x.lag1"]?.numbers, [.nan, 11, .nan, 22, .nan, .nan])
        #expect(lag.dataset["x.lag1"]?.label == "x, 1 t earlier")
        #expect(
            lag.report
                == LagReport(
                    variable: "x", occasions: 1, rows: 6, aligned: 2, beyondEnds: 2, gaps: 1, missingValues: 1,
                    unidentified: 0, personsOutOfOrder: 1))
        #expect(
            lag.report.description
                == "x, 1 earlier: 2 of 6 rows have a value; 2 before the person's first occasion, 1 in a gap, 1 without a value"
                + " at that occasion; 1 person's rows were out of order")
        let lead = try data.lagged("x", by: -1, person: ["p"], occasion: "t")
        expectClose(lead.dataset["x.lead1"]?.numbers, [12, .nan, .nan, .nan, 22, 23])
        #expect(lead.report.gaps == 1 && lead.report.beyondEnds == 2)
        #expect(
            try data.lagged("s", person: ["p"], occasion: "t").dataset["s.lag1"]?.texts == [
                nil, "a", nil, nil, nil, "e",
            ])
        #expect(try data.lagged("x", by: 2, person: ["p"], occasion: "t").report.aligned == 1)
    }

    /// Occasions of a tenth, whose differences are not exact.
    @Test func toleratesRounding() throws {
        let data = try Dataset(columns: [
            Column(name: "p", numbers: [1, 1, 1]), Column(name: "t", numbers: [0.1, 0.2, 0.3]),
            Column(name: "x", numbers: [1, 2, 3]),
        ])
        expectClose(
            try data.lagged("x", by: 0.1, person: ["p"], occasion: "t").dataset["x.lag0.1"]?.numbers, [.nan, 1, 2])
    }

    @Test func refusesRepeatedOccasionsAndTextOccasions() throws {
        let data = try Dataset(columns: [
            Column(name: "p", numbers: [1, 1, 2]), Column(name: "t", numbers: [1, 1, 1]),
            Column(name: "d", texts: ["mon", "tue", "mon"]), Column(name: "x", numbers: [1, 2, 3]),
        ])
        let error = datasetError { try data.lagged("x", person: ["p"], occasion: "t") }
        #expect(error == .structure(.duplicateOccasion(unit: "p 1", occasion: "t 1", rows: [1, 2], others: 0)))
        #expect(error?.description.hasPrefix("p 1 has more than one row for t 1: data rows 1, 2") == true)
        #expect(
            datasetError { try data.lagged("x", person: ["p"], occasion: "d") }
                == .textColumn(name: "d", row: 1, content: "mon"))
        #expect(datasetError { try data.lagged("x", by: .nan, person: ["p"], occasion: "t") } != nil)
    }

    /// The diary study of 261 leaders over five months: taking the row above instead of the month before would give 260
    /// of the 1305 rows a figure of another leader.
    @Test func aShiftOfRowsWouldContaminate260Rows() throws {
        let leaders = 261, months = 5
        var leader: [Double] = [], month: [Double] = [], value: [Double] = []
        for j in 1...leaders {
            for t in 1...months {
                leader.append(Double(j))
                month.append(Double(t))
                value.append(Double(100 * j + t))
            }
        }
        let data = try Dataset(columns: [
            Column(name: "leader", numbers: leader), Column(name: "month", numbers: month),
            Column(name: "Y", numbers: value),
        ])
        let lag = try data.lagged("Y", person: ["leader"], occasion: "month")
        let numbers = lag.dataset["Y.lag1"]?.numbers ?? []
        let contaminated = (1..<value.count).filter { numbers[$0].isNaN && !value[$0 - 1].isNaN }
        #expect(value.count == 1305 && contaminated.count == 260)
        #expect(lag.report.aligned == 1044 && lag.report.beyondEnds == 261)
        for row in numbers.indices where !numbers[row].isNaN { #expect(numbers[row] == value[row] - 1) }
    }

    /// Innovation performance is asked at the end of the following month: five months of predictors need six of field work.
    @Test func alignsAnOutcomeAskedAMonthLater() throws {
        let data = try Dataset(columns: [
            Column(name: "leader", numbers: [1, 1, 1, 1, 1, 1]), Column(name: "month", numbers: [1, 2, 3, 4, 5, 6]),
            Column(name: "X", numbers: [1, 2, 3, 4, 5, .nan]), Column(name: "Y", numbers: [.nan, 10, 20, 30, 40, 50]),
        ])
        let aligned = try data.lagged("Y", by: -1, person: ["leader"], occasion: "month", as: "Y.about")
        expectClose(aligned.dataset["Y.about"]?.numbers, [10, 20, 30, 40, 50, .nan])
        #expect(try aligned.dataset.numericMatrix(["X", "Y.about"]).rowIndices == [0, 1, 2, 3, 4])
    }

    /// Shuffling rows permutes the result and changes nothing else.
    @Test func theOrderOfRowsDoesNotMatter() throws {
        var random = SplitMix(state: 5)
        let data = try Dataset(columns: [
            Column(name: "p", numbers: (0..<60).map { Double($0 / 6) }),
            Column(name: "t", numbers: (0..<60).map { Double($0 % 6) }),
            Column(name: "x", numbers: (0..<60).map { $0 % 7 == 3 ? .nan : Double($0) }),
        ]).selectingRows((0..<60).filter { $0 % 11 != 2 })
        let lag = try data.lagged("x", person: ["p"], occasion: "t")
        for _ in 0..<20 {
            let order = Array(0..<data.rowCount).shuffled(using: &random)
            let other = try data.selectingRows(order).lagged("x", person: ["p"], occasion: "t")
            #expect(other.dataset == lag.dataset.selectingRows(order))
            #expect(other.report.aligned == lag.report.aligned && other.report.gaps == lag.report.gaps)
        }
    }
}
