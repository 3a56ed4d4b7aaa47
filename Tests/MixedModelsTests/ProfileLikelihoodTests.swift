import Foundation
import LinearAlgebra
import Probability
import Testing

@testable import MixedModels

@Suite struct ProfileLikelihoodTests {
    /// `confint(profile)` of lme4 1.1-31 with a step of 0.05, which interpolates the profile by splines.
    @Test func sleepstudy() throws {
        let profile = try ProfileLikelihood(MixedModel.fit(Examples.sleepstudy()))
        let reference = [
            (14.381384520670, 37.716054987761), (-0.481492580296, 0.685018963764), (3.801177284350, 8.753391985882),
            (22.898256514805, 28.857999208464), (237.680689950123, 265.129519746871),
            (7.358652005391, 13.575919913731),
        ]
        let intervals = try profile.intervals()
        #expect(
            intervals.map(\.name) == [
                "sd (Intercept) | Subject", "cor Days, (Intercept) | Subject", "sd Days | Subject", "sigma",
                "(Intercept)", "Days",
            ])
        for (interval, (lower, upper)) in zip(intervals, reference) {
            expectRelative(interval.lower, lower, 2e-4, interval.name)
            expectRelative(interval.upper, upper, 2e-4, interval.name)
        }
        #expect(intervals.allSatisfy { $0.criterion == .ml })
        let narrow = try ProfileLikelihood(MixedModel.fit(Examples.sleepstudy()), level: 0.9)
        let days = try narrow.interval(.fixedEffect(1))
        expectRelative(days.lower, 7.900500900872, 1e-4)
        expectRelative(days.upper, 13.034071018321, 1e-4)
    }

    @Test func dyestuff() throws {
        let profile = try ProfileLikelihood(MixedModel.fit(Examples.dyestuff))
        for (interval, (lower, upper)) in zip(
            try profile.intervals(),
            [(12.1965116655, 84.0634107371), (38.2301233104, 67.6576727839), (1486.4514877774, 1568.5485122226)])
        {
            expectRelative(interval.lower, lower, 2e-4, interval.name)
            expectRelative(interval.upper, upper, 2e-4, interval.name)
        }
    }

    /// A variance at zero: the interval of the standard deviation begins there, and σ has the profile of least squares.
    @Test func boundary() throws {
        let profile = try ProfileLikelihood(MixedModel.fit(Examples.dyestuff2))
        let sd = try profile.interval(.standardDeviation(term: 0, coefficient: 0))
        #expect(sd.estimate == 0 && sd.lower == 0)
        expectRelative(sd.upper, 2.08404786588, 1e-3)
        expectRelative(try profile.interval(.residualStandardDeviation).lower, 2.89284504251, 1e-3)
        let mean = try profile.interval(.fixedEffect(0))
        expectRelative(mean.lower, 4.31283610244, 1e-3)
        expectRelative(mean.upper, 7.01836389769, 1e-3)
    }

    /// At a limit for σ the criterion with σ held there exceeds the minimum by the quantile of χ²: for the balanced layout
    /// in closed form.
    @Test func remlOfBalancedLayout() throws {
        let fit = try MixedModel.fit(Examples.dyestuff)
        let interval = try ProfileLikelihood(fit, criterion: .reml).interval(.residualStandardDeviation)
        #expect(interval.criterion == .reml)
        let within = 2451.25, between = 2451.25 + 5 * 1764.05
        // Mean squares with 24 and 5 degrees of freedom; while the variance between batches is positive its mean square
        // fits exactly.
        for limit in [interval.lower, interval.upper] {
            let ratio = within / (limit * limit)
            #expect(limit * limit < between)
            expectRelative(24 * (ratio - log(ratio) - 1), ChiSquared(degreesOfFreedom: 1).quantile(0.95), 1e-6)
        }
    }

    @Test func threeCoefficients() throws {
        let table = try Table("sleepstudy.csv")
        let days = table.numbers("Days"), square = days.map { ($0 - 4.5) * ($0 - 4.5) }
        let design = table.design(
            "Reaction", [("Days", days), ("square", square)],
            [table.term("Subject", [("(Intercept)", table.ones), ("Days", days), ("square", square)])])
        let fit = try MixedModel.fit(design, criterion: .ml)
        let profile = try ProfileLikelihood(fit)
        for parameter in [
            ProfileInterval.Parameter.standardDeviation(term: 0, coefficient: 1),
            .correlation(term: 0, first: 0, second: 1),
        ] {
            let interval = try profile.interval(parameter)
            #expect(interval.lower < interval.estimate && interval.estimate < interval.upper, "\(interval)")
        }
    }

    @Test func refusals() throws {
        let fit = try MixedModel.fit(Examples.dyestuff2)
        #expect(throws: MixedModelError.self) { try ProfileLikelihood(fit, level: 1) }
        let profile = try ProfileLikelihood(fit)
        #expect(throws: MixedModelError.self) { try profile.interval(.fixedEffect(3)) }
        #expect(throws: MixedModelError.self) { try profile.interval(.standardDeviation(term: 0, coefficient: 1)) }
    }
}
