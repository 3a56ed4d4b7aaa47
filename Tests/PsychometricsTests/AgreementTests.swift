import LinearAlgebra
import Psychometrics
import Testing

/// Figures of `statsBy` of psych 2.2.9 for the first four variables of `attitude`, cut into groups of 4, 7, 9 and 10.
private let groups = [4, 7, 9, 10].enumerated().flatMap { Array(repeating: "g\($0.offset)", count: $0.element) }

@Suite struct IntraclassCorrelationTests {
    @Test func equalsPsych() throws {
        let attitude = try Reference("attitude")
        let results = try (0..<4).map {
            try IntraclassCorrelation(
                variable: attitude.names[$0], values: attitude.data.column($0), groups: groups)
        }
        #expect(
            distance(results.map(\.icc1), numbers("-0.0598515446883 -0.0311074529556 0.029844498882 -0.114534164717"))
                < 1e-11)
        #expect(
            distance(results.map(\.icc2), numbers("-0.734717397723 -0.292436001753 0.187467134212 -3.36169215471"))
                < 1e-10)
    }

    @Test func answersAtTheEdges() throws {
        let perfect = try IntraclassCorrelation(variable: "x", values: [1, 1, 5, 5], groups: [1, 1, 2, 2])
        #expect(perfect.icc1 == 1 && perfect.icc2 == 1 && perfect.f == nil)
        let constant = try IntraclassCorrelation(variable: "x", values: [3, 3, 3, 3], groups: [1, 1, 2, 2])
        #expect(constant.icc1 == nil && constant.icc2 == nil)
        #expect(throws: PsychometricsError.tooFewGroups(found: 1)) {
            try IntraclassCorrelation(variable: "x", values: [1, 2], groups: [1, 1])
        }
        #expect(throws: PsychometricsError.tooFewCases(needed: 3, found: 2)) {
            try IntraclassCorrelation(variable: "x", values: [1, 2], groups: [1, 2])
        }
        #expect(throws: PsychometricsError.mismatchedInput(expected: 2, found: 1)) {
            try IntraclassCorrelation(variable: "x", values: [1, 2], groups: [1])
        }
    }
}

@Suite struct WithinBetweenCorrelationsTests {
    @Test func equalsPsych() throws {
        let attitude = try Reference("attitude")
        let result = try WithinBetweenCorrelations(
            attitude.columns(0..<4), variables: Array(attitude.names[..<4]), groups: groups)
        #expect(
            distance(
                result.within.flatMap { $0 },
                numbers(
                    """
                    1 0.814871791263 0.377943756589 0.614516314377 0.814871791263 1 0.512178207237 0.592890198737
                    0.377943756589 0.512178207237 1 0.485753145423 0.614516314377 0.592890198737 0.485753145423 1
                    """)) < 1e-11)
        #expect(
            distance(
                result.between.flatMap { $0 },
                numbers(
                    """
                    1 0.970579028321 0.949965176976 0.906696762218 0.970579028321 1 0.981361066858 0.783939207314
                    0.949965176976 0.981361066858 1 0.789199296467 0.906696762218 0.783939207314 0.789199296467 1
                    """)) < 1e-10)
    }

    @Test func leavesOutWhatDoesNotExist() throws {
        // The first variable differs between groups only, the second within groups only.
        let data = Matrix([[1, 1], [1, 2], [7, 1], [7, 2]])
        let result = try WithinBetweenCorrelations(data, variables: ["a", "b"], groups: [1, 1, 2, 2])
        #expect(result.within == [[nil, nil], [nil, 1]])
        #expect(result.between == [[1, nil], [nil, nil]])
    }
}
