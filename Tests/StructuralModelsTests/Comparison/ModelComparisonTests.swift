import Testing

@testable import StructuralModels

@Suite struct ModelComparisonTests {
    /// lavaan 0.6-14, `anova()`: Δχ² 68.2216 on 3 df, RMSEA of the difference .268752.
    @Test func orthogonalAgainstCorrelatedFactors() throws {
        let comparison = try ModelComparison(
            restricted: ReferenceCase("hs_cfa_orthogonal").fitted(), general: ReferenceCase("hs_cfa_ml").fitted())
        #expect(abs(comparison.test.chiSquare - 68.2216) < 6e-5)
        #expect(comparison.test.degreesOfFreedom == 3)
        #expect(abs(try #require(comparison.pValue) - 1.0257e-14) < 1e-17)
        #expect(abs(try #require(comparison.rmseaOfDifference) - 0.268752) < 1e-6)
    }

    @Test func differentDataCannotBeCompared() throws {
        let first = try ReferenceCase("hs_cfa_ml").fitted(), second = try ReferenceCase("pd_sem_ml").fitted()
        #expect(throws: StructuralModelError.self) { try ModelComparison(restricted: first, general: second) }
        #expect(throws: StructuralModelError.self) {
            try ModelComparison(restricted: first, general: ReferenceCase("hs_cfa_orthogonal").fitted())
        }
    }
}
