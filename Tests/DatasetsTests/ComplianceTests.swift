import Testing

@testable import Datasets

@Suite struct ComplianceTests {
    let compliance = Compliance(
        persons: ["a", "b", "c", "d"], occasions: ["1", "2", "3"],
        filled: [[true, true, true], [true, false, false], [false, true, true], [false, false, false]])

    @Test func countsByPersonOccasionAndOverall() {
        #expect(compliance.persons.map(\.filled) == [3, 1, 2, 0])
        #expect(compliance.occasions.map(\.filled) == [2, 2, 2] && compliance.occasions.map(\.planned) == [4, 4, 4])
        #expect(compliance.overall.planned == 12 && compliance.overall.share == 0.5)
        #expect(compliance.missed.count == 6)
        #expect(compliance.missed.first == Compliance.Missed(person: "b", occasion: "2"))
        #expect(compliance.persons.reduce(0) { $0 + $1.filled } == compliance.occasions.reduce(0) { $0 + $1.filled })
    }

    @Test func tellsDropOutFromGaps() {
        #expect(compliance.courses.map(\.pattern) == [.complete, .droppedOut, .intermittent, .none])
        #expect(compliance.courses.map(\.lastFilled) == ["3", "1", "3", nil])
        #expect(compliance.retention.map(\.retained) == [3, 2, 2])
        #expect(compliance.retention.map(\.droppedAfterwards) == [1, 0, 0])
        #expect(compliance.count(.droppedOut) == 1)
    }

    /// The study with 261 leaders and five months, all filled: 1305 of 1305.
    @Test func aCompleteDiary() throws {
        let data = try Dataset(columns: [
            Column(name: "leader", numbers: (0..<1305).map { Double($0 / 5) }),
            Column(name: "month", numbers: (0..<1305).map { Double($0 % 5 + 1) }),
        ])
        let result = try Compliance(
            data, person: ["leader"], occasion: "month", planned: (1...5).map { .number(Double($0)) })
        #expect(result.overall.filled == 1305 && result.overall.share == 1 && result.missed.isEmpty)
        #expect(result.count(.complete) == 261 && result.retention.allSatisfy { $0.share == 1 })
        let enrolled = try Compliance(data, person: ["leader"], occasion: "month", enrolled: 294)
        #expect(enrolled.overall.planned == 1470 && enrolled.count(.none) == 33)
    }

    @Test func readsLongDataWithAnswers() throws {
        let data = try Dataset(columns: [
            Column(name: "p", texts: ["x", "x", "y"]), Column(name: "t", numbers: [2, 1, 1]),
            Column(name: "q1", numbers: [1, .nan, .nan]), Column(name: "q2", numbers: [.nan, .nan, 4]),
        ])
        let any = try Compliance(data, person: ["p"], occasion: "t", answersIn: ["q1", "q2"])
        #expect(any.occasions.map(\.unit) == ["1", "2"] && any.occasions.map(\.filled) == [1, 1])
        let all = try Compliance(data, person: ["p"], occasion: "t", answersIn: ["q1", "q2"], rule: .allAnswers)
        #expect(all.overall.filled == 0)
        let outside = datasetError { try Compliance(data, person: ["p"], occasion: "t", planned: [.number(1)]) }
        #expect(
            outside?.description
                == "data row 1, p x: t 2 is outside the plan, which has 1; correct the occasion, or extend the plan")
        #expect(datasetError { try Compliance(data, person: ["p"], occasion: "t", enrolled: 1) } != nil)
        let twice: [Code] = [.number(1), .number(2), .number(2)]
        #expect(datasetError { try Compliance(data, person: ["p"], occasion: "t", planned: twice) } != nil)
    }

    @Test func unplannedCellsDoNotCount() {
        let late = Compliance(persons: ["a", "b"], occasions: ["1", "2"], filled: [[nil, true]])
        #expect(late.overall.planned == 1 && late.courses[0].pattern == .complete && late.courses[1].pattern == .none)
        #expect(late.persons[1].share == nil && late.retention[0].share == nil)
    }

    /// quantile() and sd() of R 4.2.
    @Test func summarisesLatencies() throws {
        let summary = LatencySummary([3.1, 2.4, 5, 4.4, 1.7, 2.2, 9.3, .nan])
        #expect(summary.count == 7)
        expectClose(
            [summary.lowerQuartile, summary.median, summary.upperQuartile, summary.standardDeviation].compactMap { $0 },
            [2.3, 3.1, 4.7, 2.6187965247600355])
        let none = LatencySummary([])
        #expect(none.mean == nil && none.median == nil && LatencySummary([2]).standardDeviation == nil)
    }
}
