import LinearAlgebra
import Testing

@testable import MixedModels

@Suite struct VarianceExplainedTests {
    /// `r2_nakagawa` of performance, and its figures for the diary.
    @Test func nakagawaSchielzeth() throws {
        let slope = NakagawaSchielzethR2(try MixedModel.fit(Examples.sleepstudy()))
        expectRelative(slope.marginal, 0.278652042562, 1e-6)
        expectRelative(slope.conditional, 0.799218896977, 1e-6)
        let intercept = NakagawaSchielzethR2(try MixedModel.fit(Examples.sleepstudy(slope: false)))
        expectRelative(intercept.marginal, 0.279885634737, 1e-6)
        expectRelative(intercept.conditional, 0.704255455008, 1e-6)
        // Constant weights change the scale of σ² alone.
        var weighted = try Examples.sleepstudy(slope: false)
        weighted.weights = [Double](repeating: 4, count: weighted.rowCount)
        expectRelative(NakagawaSchielzethR2(try MixedModel.fit(weighted)).marginal, intercept.marginal, 1e-8)
        let table = try Table("diary.csv")
        let diary = NakagawaSchielzethR2(try MixedModel.fit(table.diary(slope: false)))
        expectRelative(diary.marginal, 0.18870574, 1e-6)
        expectRelative(diary.conditional, 0.26750365, 1e-6)
        let random = NakagawaSchielzethR2(try MixedModel.fit(table.diary(slope: true)))
        expectRelative(random.marginal, 0.185674, 1e-5)
        expectRelative(random.conditional, 0.2847184, 3e-5)
    }

    /// `multilevelR2` of mitml (level 1 and the reductions), and level 2 by hand.
    @Test(arguments: [false, true]) func snijdersBosker(slope: Bool) throws {
        let r2 = try SnijdersBoskerR2(MixedModel.fit(Table("diary.csv").diary(slope: slope)))
        expectRelative(r2.level1, 0.184141911, 1e-7)
        expectRelative(r2.level2, 0.30357086, 1e-6)
        expectRelative(r2.withinReduction, 0.12655432, 1e-6)
        expectRelative(r2.betweenReduction, 0.49416436, 1e-6)
        expectRelative(r2.groupSize, 5, 1e-12)
        #expect(r2.wasRefitted == slope && r2.warnings.isEmpty)
    }

    /// Raudenbush & Bryk (2002, p. 86): school-level predictors explain slopes and intercepts of the random-coefficient
    /// model, (8.68 − 2.38)/8.68 and, with the exact slope variance, (.694 − .101)/.694.
    @Test func varianceReduction() throws {
        let reduction = try VarianceReduction(
            MixedModel.fit(Examples.hsb(.interceptsAndSlopes)),
            baseline: MixedModel.fit(Examples.hsb(.randomCoefficient)))
        #expect(reduction.rows.map(\.coefficient) == ["(Intercept)", "cses", nil])
        expectRelative(reduction.rows[0].reduction, 1 - 2.379490064860935 / 8.680969092985168, 1e-8)
        expectRelative(reduction.rows[1].reduction, 1 - 0.1013128817452391 / 0.6939890712512566, 1e-7)
        expectRelative(reduction.rows[2].baseline, 36.70019992028268, 1e-9)
        #expect(throws: MixedModelError.self) {
            try VarianceReduction(
                MixedModel.fit(Examples.sleepstudy()), baseline: MixedModel.fit(Examples.unbalancedSleepstudy()))
        }
    }

    @Test func snijdersBoskerUnbalanced() throws {
        let table = try Table("hsb.csv")
        let design = table.design(
            "MathAch", [("MEANSES", table.numbers("MEANSES")), ("cses", table.numbers("cses"))],
            [table.term("School", [("(Intercept)", table.ones)])])
        let r2 = try SnijdersBoskerR2(MixedModel.fit(design))
        expectRelative(r2.level1, 0.1685621054099, 1e-8)
        expectRelative(r2.withinReduction, 0.0543894479703, 1e-8)
        expectRelative(r2.betweenReduction, 0.6874447469801, 1e-8)
    }

    /// Predictors centred within groups: the parts by the article's formulas, γᵀΦγ and tr(TΣ), and m = τ₀₀.
    @Test func rightsSterbaCentred() throws {
        let table = try Table("hsb.csv")
        let design = try Examples.hsb(.interceptsAndSlopes)
        let fit = try MixedModel.fit(design)
        let parts = try RightsSterbaR2(fit)
        let cses = table.numbers("cses")
        let gamma = fit.coefficients
        func combination(_ columns: [Int]) -> [Double] {
            (0..<design.rowCount).map { row in columns.reduce(0) { $0 + gamma[$1] * design.fixed[row, $1] } }
        }
        expectRelative(parts.fixedBetween, combination([1, 3]).sampleVariance, 1e-6)
        expectRelative(parts.fixedWithin, combination([2, 4, 5]).sampleVariance, 1e-6)
        expectRelative(parts.slopesWithin, fit.covariances[0][1, 1] * cses.sampleVariance, 1e-6)
        expectRelative(parts.intercepts, fit.covariances[0][0, 0], 1e-6)
        #expect(parts.slopesBetween < 1e-10)
        expectRelative(
            parts.totalFixed + parts.slopesWithin / parts.total + parts.intercepts / parts.total
                + parts.residual / parts.total, 1, 1e-9)
    }

    /// The sum of the parts does not depend on where a predictor with a random slope has its origin.
    @Test func rightsSterbaUncentred() throws {
        let table = try Table("sleepstudy.csv")
        let fits = try [0.0, 4.5].map { origin in
            let days = table.numbers("Days").map { $0 - origin }
            return try RightsSterbaR2(
                MixedModel.fit(
                    table.design(
                        "Reaction", [("Days", days)],
                        [table.term("Subject", [("(Intercept)", table.ones), ("Days", days)])])))
        }
        expectRelative(fits[0].intercepts, fits[1].intercepts, 1e-6)
        expectRelative(fits[0].total, fits[1].total, 1e-6)
        expectRelative(fits[0].totalFixed, fits[1].totalFixed, 1e-6)
    }
}
