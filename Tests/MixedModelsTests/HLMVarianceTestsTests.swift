import LinearAlgebra
import Testing

@testable import MixedModels

/// χ² and reliabilities of Raudenbush & Bryk (2002, tables 4.2 to 4.5) and of SSI's HLM, to the digits of exact estimates.
@Suite struct HLMVarianceTestsTests {
    @Test func null() throws {
        let test = try HLMVarianceTests(MixedModel.fit(Examples.hsb(.null)))
        expectRelative(test.rows[0].chiSquared, 1660.231837, 1e-8)
        #expect(test.rows[0].degreesOfFreedom == 159)
        expectClose(test.rows[0].reliability, 0.901377, 6e-7)
        #expect(test.groupsUsed == 160 && test.groupCount == 160)
    }

    @Test func meansAsOutcomes() throws {
        let test = try HLMVarianceTests(MixedModel.fit(Examples.hsb(.means)))
        expectRelative(test.rows[0].chiSquared, 633.517467, 1e-8)
        #expect(test.rows[0].degreesOfFreedom == 158)
        expectClose(test.rows[0].reliability, 0.7401, 6e-5)
    }

    @Test func randomCoefficient() throws {
        let test = try HLMVarianceTests(MixedModel.fit(Examples.hsb(.randomCoefficient)))
        expectRelative(test.rows[0].chiSquared, 1771.013202, 1e-8)
        expectRelative(test.rows[1].chiSquared, 213.457218, 1e-8)
        #expect(test.rows.map(\.degreesOfFreedom) == [159, 159])
        expectClose(test.rows[0].reliability, 0.9076, 6e-5)
        expectClose(test.rows[1].reliability, 0.2637, 6e-5)
    }

    @Test func interceptsAndSlopes() throws {
        let test = try HLMVarianceTests(MixedModel.fit(Examples.hsb(.interceptsAndSlopes)))
        expectRelative(test.rows[0].chiSquared, 604.996232, 2e-8)
        expectRelative(test.rows[1].chiSquared, 162.228227, 1e-8)
        #expect(test.rows.map(\.degreesOfFreedom) == [157, 157])
        expectClose(test.rows[0].reliability, 0.7326, 6e-5)
        expectClose(test.rows[1].reliability, 0.0510, 6e-5)
    }

    /// Schools of girls or of boys alone have no slope of FEMALE: 123 of 160 units are used.
    @Test func unitsUsed() throws {
        let test = try HLMVarianceTests(MixedModel.fit(Examples.hsb(.female), criterion: .ml))
        #expect(test.groupsUsed == 123 && test.groupCount == 160)
        expectRelative(test.rows[0].chiSquared, 589.09018, 1e-7)
        expectRelative(test.rows[1].chiSquared, 140.00056, 1e-7)
        #expect(test.rows.map(\.degreesOfFreedom) == [122, 122])
        expectClose(test.rows[1].pValue, 0.127, 5e-4)
    }

    /// Balanced: χ² = df(1 + nτ̂/σ̂²) under REML and J(1 + nτ̂/σ̂²) under ML.
    @Test func balanced() throws {
        for criterion in MixedCriterion.allCases {
            let fit = try MixedModel.fit(Examples.dyestuff, criterion: criterion)
            let ratio = 1 + 5 * fit.covariances[0][0, 0] / fit.residualVariance
            let test = try HLMVarianceTests(fit)
            expectRelative(test.rows[0].chiSquared, (criterion == .reml ? 5 : 6) * ratio, 1e-8)
        }
    }
}
