import LinearAlgebra
import Testing

@testable import StructuralModels

@Suite struct ModelResidualTests {
    /// lavaan 0.6-14, `resid(fit, type = …)` for the pairs x4–x1, x7–x1, x9–x1, x8–x7.
    @Test func holzingerSwineford() throws {
        let residuals = try ReferenceCase("hs_cfa_ml").fitted().residuals()
        let pairs = [(3, 0), (6, 0), (8, 0), (7, 6)]
        for ((i, j), value) in zip(pairs, [1.1594296, -2.4231821, 2.4050520, 1.1695482]) {
            #expect(abs(residuals.normalized[i, j] - value) < 1e-5)
        }
        for ((i, j), value) in zip(pairs, [2.6792169, -3.7730897, 4.0774826, 4.8230704]) {
            #expect(abs(try #require(residuals.standardized[i][j]) - value) < 1e-4)
        }
        for ((i, j), value) in zip(pairs, [0.071319099, -0.139981761, 0.148811459]) {
            #expect(abs(residuals.standardizedByObserved[i, j] - value) < 1e-6)
            #expect(abs(residuals.correlation[i, j] - value) < 1e-6)
        }
        // The variances of indicators are reproduced exactly.
        #expect(residuals.standardized[0][0] == nil)
    }
}
