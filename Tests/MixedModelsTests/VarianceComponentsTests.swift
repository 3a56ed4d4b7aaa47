import LinearAlgebra
import Testing

@testable import MixedModels

@Suite struct VarianceComponentsTests {
    /// lme4's rows in lme4's order.
    @Test func sleepstudy() throws {
        let components = try VarianceComponents(MixedModel.fit(Examples.sleepstudy()))
        #expect(components.rows.map(\.term1) == ["(Intercept)", "Days", "(Intercept)", nil])
        #expect(components.rows.map(\.term2) == [nil, nil, "Days", nil])
        #expect(components.rows.map(\.group) == ["Subject", "Subject", "Subject", "Residual"])
        expectRelative(components.rows[1].estimate, 35.07166049831746, 1e-10)
        expectRelative(components.rows[2].standardDeviationOrCorrelation, 0.0655513, 1e-5)
        expectRelative(components.rows[3].standardDeviationOrCorrelation, 25.591816, 1e-7)
        #expect(components["Subject", "Days", "(Intercept)"]?.estimate == components.rows[2].estimate)
    }

    /// The balanced one-way layout in closed form: MSA = nτ + σ² with J − 1, σ̂² = MSE with J(n − 1) degrees of freedom,
    /// REML information as that of independent mean squares (Searle, Casella & McCulloch 1992, section 3.8).
    @Test func standardErrorsOfBalancedLayout() throws {
        let components = try VarianceComponents(MixedModel.fit(Examples.dyestuff))
        let tau = 1764.05, sigma = 2451.25
        let betweenVariance = 2 * (5 * tau + sigma) * (5 * tau + sigma) / 5
        let withinVariance = 2 * sigma * sigma / 24
        expectRelative(components.rows[0].standardError, ((betweenVariance + withinVariance) / 25).squareRoot(), 1e-8)
        expectRelative(components.rows[1].standardError, withinVariance.squareRoot(), 1e-8)
        expectRelative(components.rows[0].z, tau / ((betweenVariance + withinVariance) / 25).squareRoot(), 1e-8)
    }

    /// Wald intervals of variances are positive, and symmetric on the logarithmic scale.
    @Test func waldIntervals() throws {
        let components = try VarianceComponents(MixedModel.fit(Examples.sleepstudy()))
        for row in components.rows {
            let interval = try #require(row.waldInterval())
            let error = try #require(row.standardError)
            if row.term2 == nil {
                expectRelative(interval.lower * interval.upper, row.estimate * row.estimate, 1e-10)
                #expect(interval.lower > 0)
            } else {
                expectRelative(interval.upper - interval.lower, 2 * 1.959963984540054 * error, 1e-10)
            }
        }
        #expect(components.rows[0].waldInterval(level: 1) == nil)
    }

    @Test func boundary() throws {
        let components = try VarianceComponents(MixedModel.fit(Examples.dyestuff2))
        #expect(components.rows[0].estimate == 0)
        #expect(components.rows[0].standardError == nil && components.rows[0].pValue == nil)
        let sigma = 13.8063096276
        expectRelative(components.rows[1].standardError, (2 * sigma * sigma / 29).squareRoot(), 1e-8)
    }

    @Test func partition() throws {
        let partition = try VariancePartition(MixedModel.fit(Examples.hsb(.null)))
        let icc = 8.614024750696454 / (8.614024750696454 + 39.14832189899642)
        expectRelative(partition.levels[0].share, icc, 1e-9)
        expectRelative(partition.levels[0].correlation, icc, 1e-9)
        expectRelative(partition.levels[0].designEffect, 1 + (7185.0 / 160 - 1) * icc, 1e-9)
        expectRelative(partition.residualShare, 1 - icc, 1e-9)
        #expect(throws: MixedModelError.self) { try VariancePartition(MixedModel.fit(Examples.sleepstudy())) }
    }
}
