import Testing

@testable import Datasets

@Suite struct ScreeningTests {
    @Test func findsWhatToLookAt() throws {
        let data = try Dataset(columns: [
            Column(name: "a", numbers: [1, 2, 1, 3, .nan, .nan]), Column(name: "b", numbers: [1, 2, 1, 3, .nan, .nan]),
            Column(name: "c", numbers: [1, 5, 1, .nan, .nan, .nan]),
            Column(name: "k", numbers: [1, 1, 1, 1, .nan, .nan]),
            Column(name: "t", texts: ["x", "y", "x", "x", nil, nil]),
            Column(name: "e", numbers: [.nan, .nan, .nan, .nan, .nan, .nan]),
        ])
        let screening = try Screening(data)
        #expect(screening.empty == ["e"] && screening.constant == ["k"])
        #expect(screening.duplicateVariables == [["a", "b"]])
        #expect(screening.duplicateRows == [[1, 3]])
        #expect(screening.straightLiningRows == [1, 3])
        #expect(screening.missingness.map(\.missing) == [2, 2, 3, 2, 2, 6])
        #expect(
            screening.missingPatterns == [
                Screening.MissingPattern(missing: ["e"], rows: 3),
                Screening.MissingPattern(missing: ["a", "b", "c", "k", "t", "e"], rows: 2),
                Screening.MissingPattern(missing: ["c", "e"], rows: 1),
            ])
        #expect(try Screening(data, variables: ["a", "c"]).straightLiningRows.isEmpty)
    }
}
