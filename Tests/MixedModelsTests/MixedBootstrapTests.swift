import LinearAlgebra
import Probability
import Testing

@testable import MixedModels

@Suite struct MixedBootstrapTests {
    @Test(arguments: MixedBootstrapOptions.Scheme.allCases)
    func doesNotDependOnThreads(scheme: MixedBootstrapOptions.Scheme) throws {
        let fit = try MixedModel.fit(Examples.sleepstudy())
        let runs = try [1, 3].map {
            try MixedBootstrap(fit, options: MixedBootstrapOptions(scheme: scheme, draws: 30, seed: 7, threads: $0))
        }
        #expect(runs[0].draws == runs[1].draws && runs[0].draws.rows == 30 && runs[0].failed == 0)
        #expect(
            runs[0].names == [
                "(Intercept)", "Days", "sd (Intercept) | Subject", "cor Days, (Intercept) | Subject",
                "sd Days | Subject",
                "sigma",
            ])
        let other = try MixedBootstrap(fit, options: MixedBootstrapOptions(scheme: scheme, draws: 30, seed: 8))
        #expect(other.draws != runs[0].draws)
    }

    /// Fixed effects have about their model-based standard errors, and variances no bias beyond simulation error.
    @Test(arguments: MixedBootstrapOptions.Scheme.allCases)
    func standardErrors(scheme: MixedBootstrapOptions.Scheme) throws {
        let fit = try MixedModel.fit(Examples.sleepstudy())
        let bootstrap = try MixedBootstrap(
            fit, options: MixedBootstrapOptions(scheme: scheme, draws: 200, seed: 3, threads: 2))
        let rows = bootstrap.rows()
        expectRelative(rows[0].standardError, 6.82, 0.2, "\(scheme)")
        expectRelative(rows[1].standardError, 1.546, 0.2, "\(scheme)")
        #expect(abs(rows[1].bias) < 0.4)
        expectRelative(bootstrap.distribution(5).mean, 25.59, 0.03, "\(scheme)")
        let lower = try #require(rows[1].lower), upper = try #require(rows[1].upper)
        #expect(lower < 10.467 && upper > 10.467 && lower > 5 && upper < 16)
    }

    /// Rescaled residuals have exactly the estimated covariances, also where one is singular.
    @Test func reflation() throws {
        let fit = try MixedModel.fit(Examples.sleepstudy())
        let resample = try ResidualResample(fit)
        let empirical = (1.0 / 18) * resample.effects[0].crossProduct
        #expect((empirical - fit.covariances[0]).maximumMagnitude < 1e-8)
        expectRelative(dot(resample.residuals, resample.residuals) / 180, fit.residualVariance, 1e-10)
        let singular = try ResidualResample(MixedModel.fit(Examples.dyestuff2))
        #expect(singular.effects[0].maximumMagnitude == 0)
    }

    @Test func quantitiesAndStopping() throws {
        let fit = try MixedModel.fit(Examples.dyestuff)
        let ratio = MixedBootstrapQuantities(names: ["ratio"]) {
            [$0.covariances[0][0, 0] / ($0.covariances[0][0, 0] + $0.residualVariance)]
        }
        let bootstrap = try MixedBootstrap(
            fit, options: MixedBootstrapOptions(draws: 40, progress: { $0 < 20 }), quantities: ratio)
        #expect(bootstrap.names.last == "ratio" && bootstrap.requested == 40 && bootstrap.draws.rows == 20)
        expectRelative(bootstrap.estimates.last, 1764.05 / (1764.05 + 2451.25), 1e-8)
        let boundary = try MixedBootstrap(
            MixedModel.fit(Examples.dyestuff2), options: MixedBootstrapOptions(draws: 20))
        #expect(boundary.singular > 5 && boundary.failed == 0)
        let empty = try MixedBootstrap(fit, options: MixedBootstrapOptions(draws: 0))
        #expect(empty.rows()[0].lower == nil)
    }
}
