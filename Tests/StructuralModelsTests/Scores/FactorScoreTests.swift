import LinearAlgebra
import Testing

@testable import StructuralModels

@Suite struct FactorScoreTests {
    /// lavaan 0.6-14, `lavPredict()`: the first three pupils.
    @Test(arguments: [
        (
            FactorScores.Method.regression,
            [
                [-0.817675242, -0.13754501, 0.061507257], [0.049519398, -1.01272402, 0.625493602],
                [-0.761396695, -1.87228634, -0.840572757],
            ]
        ),
        (
            .bartlett,
            [
                [-1.36953833, -0.099549531, 0.23183680], [0.07592894, -1.198150803, 0.98864251],
                [-0.56109959, -2.104739120, -1.12167739],
            ]
        ),
    ]) func holzingerSwineford(_ method: FactorScores.Method, _ expected: [[Double]]) throws {
        let result = try ReferenceCase("hs_cfa_ml").fitted().factorScores(method)
        for (row, values) in expected.enumerated() {
            for (column, value) in values.enumerated() { #expect(abs(result.scores[row, column] - value) < 1e-5) }
        }
    }

    /// Regression scores have the variance of their squared correlation with the factor.
    @Test func determinacyIsTheShareOfVariance() throws {
        let fit = try ReferenceCase("hs_cfa_stdlv").fitted(), result = try fit.factorScores()
        for (column, determinacy) in result.determinacy.enumerated() {
            let r = try #require(determinacy)
            #expect(r > 0 && r < 1)
            let scores = result.scores.column(column), n = Double(scores.count)
            let variance = scores.reduce(0) { $0 + $1 * $1 } / n
            // The sample's own covariances replace the implied ones: equal to the misfit only.
            #expect(abs(variance - r * r) < 0.1)
        }
    }
}
