import LinearAlgebra
import Testing

@testable import MixedModels

@Suite struct ModelComparisonTests {
    /// `anova` of lme4 1.1-31.
    @Test func sleepstudy() throws {
        let models = [
            ("m2", try MixedModel.fit(Examples.sleepstudy())),
            ("m0", try MixedModel.fit(Examples.sleepstudy(slope: false, days: false))),
            ("m1", try MixedModel.fit(Examples.sleepstudy(slope: false))),
        ]
        let comparison = try ModelComparison(models.map { (name: $0.0, fit: $0.1) })
        #expect(comparison.wasRefitted && comparison.criterion == .ml)
        #expect(comparison.rows.map(\.name) == ["m0", "m1", "m2"])
        #expect(comparison.rows.map(\.criteria.parameterCount) == [3, 4, 6])
        expectRelative(comparison.rows[0].criteria.deviance, 1910.54105807, 1e-10)
        expectRelative(comparison.rows[1].criteria.aic, 1802.07864301, 1e-10)
        expectRelative(comparison.rows[2].criteria.bic, 1783.09708557, 1e-10)
        expectRelative(comparison.rows[1].chiSquared, 116.462415068, 1e-8)
        expectRelative(comparison.rows[2].chiSquared, 42.139298542, 1e-8)
        #expect(comparison.rows[2].degreesOfFreedom == 2)
        expectRelative(comparison.rows[2].pValue, 7.07241254719e-10, 1e-6)
        #expect(comparison.rows[2].mixturePValue == nil)
        #expect(throws: MixedModelError.self) {
            try ModelComparison(models.map { (name: $0.0, fit: $0.1) }, refitsByML: false)
        }
    }

    @Test func sameFixedEffectsKeepREML() throws {
        let comparison = try ModelComparison([
            ("slope", try MixedModel.fit(Examples.sleepstudy())),
            ("intercept", try MixedModel.fit(Examples.sleepstudy(slope: false))),
        ])
        #expect(!comparison.wasRefitted && comparison.criterion == .reml)
        expectRelative(comparison.rows[1].chiSquared, 42.8368134364, 1e-8)
        expectRelative(comparison.rows[1].pValue, 4.99e-10, 1e-3)
        let x = 42.8368134364
        // χ²₂ has the upper tail e^(−x/2).
        #expect((comparison.rows[1].mixturePValue ?? 1) < (comparison.rows[1].pValue ?? 0))
        #expect((comparison.rows[1].mixturePValue ?? 0) > 0.5 * 4.98e-10, "\(x)")
    }

    @Test func refusesDifferentRows() throws {
        let whole = try MixedModel.fit(Examples.sleepstudy())
        let part = try MixedModel.fit(Examples.unbalancedSleepstudy())
        #expect(throws: MixedModelError.self) { try ModelComparison([("a", whole), ("b", part)]) }
        #expect(throws: MixedModelError.self) { try ModelComparison([("a", whole)]) }
    }

    /// `ranova` of lmerTest 3.1-3; for Dyestuff the reduced model is least squares.
    @Test func varianceTests() throws {
        let tests = try VarianceComponentTest.all(MixedModel.fit(Examples.sleepstudy()))
        #expect(tests.map(\.coefficient) == ["Days"])
        expectRelative(tests[0].chiSquared, 42.8368134364, 1e-8)
        #expect(tests[0].degreesOfFreedom == 2 && tests[0].parameterCount == 4)
        expectRelative(tests[0].deviance, 2 * 893.232542697, 1e-10)
        let zero = try VarianceComponentTest.all(MixedModel.fit(Examples.dyestuff2))
        #expect(zero[0].chiSquared < 1e-8)
        expectClose(zero[0].mixturePValue, 1, 1e-3)
        for criterion in MixedCriterion.allCases {
            let single = try VarianceComponentTest.all(MixedModel.fit(Examples.dyestuff, criterion: criterion))
            expectRelative(single[0].mixturePValue, 0.5 * single[0].pValue, 1e-12)
        }
    }

    @Test func parameterCounts() throws {
        let reml = InformationCriteria(try MixedModel.fit(Examples.hsb(.null)))
        #expect(reml.parameterCount == 3 && reml.hlmParameterCount == 2)
        let ml = InformationCriteria(try MixedModel.fit(Examples.hsb(.null), criterion: .ml))
        #expect(ml.hlmParameterCount == 3)
    }
}
