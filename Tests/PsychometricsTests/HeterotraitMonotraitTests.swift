import LinearAlgebra
import Psychometrics
import Testing

/// Figures of `htmt` of semTools 0.5-6 for agreeableness, conscientiousness and neuroticism of `bfi`, items not reversed.
@Suite struct HeterotraitMonotraitTests {
    private func correlations() throws -> (Matrix, [[Int]]) {
        let bfi = try Reference("bfi")
        let table = try CorrelationTable(bfi.data, variables: bfi.names)
        let members = ["A", "C", "N"].map { name in bfi.names.indices.filter { bfi.names[$0].hasPrefix(name) } }
        return (try #require(table.matrix), members)
    }

    @Test func equalsSemTools() throws {
        let (r, members) = try correlations()
        let arithmetic = try HeterotraitMonotrait(correlations: r, scales: ["A", "C", "N"], members: members)
        #expect(
            distance(
                arithmetic.ratios.flatMap { $0 },
                numbers("1 0.36815475138 0.222038478388 0.36815475138 1 0.300144533146 0.222038478388 0.300144533146 1")
            )
                < 1e-11)
        let geometric = try HeterotraitMonotrait(
            correlations: r, scales: ["A", "C", "N"], members: members, mean: .geometric)
        #expect(
            distance(
                geometric.ratios.flatMap { $0 },
                numbers(
                    "1 0.311867235935 0.146416764031 0.311867235935 1 0.199882872817 0.146416764031 0.199882872817 1")
            ) < 1e-11)
        let signed = try HeterotraitMonotrait(
            correlations: r, scales: ["A", "C", "N"], members: members, absolute: false)
        #expect(abs((signed.ratios[0][2] ?? .nan) + 0.175204404209) < 1e-11)
        #expect(signed.ratios[0][1] == nil)
    }

    @Test func answersAtTheEdges() throws {
        let r = Matrix([[1, 0.5, 0.2], [0.5, 1, 0.2], [0.2, 0.2, 1]])
        let single = try HeterotraitMonotrait(correlations: r, scales: ["a", "b"], members: [[0, 1], [2]])
        #expect(single.ratios[0][1] == nil && single.ratios[0][0] == 1)
        #expect(throws: PsychometricsError.noSuchItem(3)) {
            try HeterotraitMonotrait(correlations: r, scales: ["a"], members: [[0, 3]])
        }
    }
}
