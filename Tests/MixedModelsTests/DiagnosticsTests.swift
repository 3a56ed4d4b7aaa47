import LinearAlgebra
import Testing

@testable import MixedModels

@Suite struct DiagnosticsTests {
    /// `ranef(condVar = TRUE)` of lme4 1.1-31.
    @Test func empiricalBayes() throws {
        let bayes = try #require(try EmpiricalBayes.terms(of: MixedModel.fit(Examples.sleepstudy())).first)
        #expect(bayes.levels[0] == "308")
        expectRelative(bayes.effects[0, 0], 2.25856550059, 1e-5)
        expectRelative(bayes.effects[1, 1], -8.61970318296, 1e-6)
        expectRelative(bayes.conditionalCovariances[0][0, 0], 145.7050939873, 1e-6)
        expectRelative(bayes.conditionalCovariances[0][0, 1], -21.44442513376, 1e-6)
        expectRelative(bayes.conditionalCovariances[17][1, 1], 5.31227349584, 1e-6)
        let plot = bayes.caterpillar(coefficient: 1)
        let isAscending = zip(plot, plot.dropFirst()).allSatisfy { $0.estimate <= $1.estimate }
        #expect(plot.count == 18 && isAscending)
        expectRelative(plot[0].upper - plot[0].estimate, 1.959963984540054 * 5.31227349584.squareRoot(), 1e-6)
        #expect(bayes.caterpillar(coefficient: 2).isEmpty)
    }

    /// The distance is the same for shrunken and for least-squares effects: u_OLSᵀ(T + σ²(ZᵀZ)⁻¹)⁻¹u_OLS
    /// (Raudenbush & Bryk 2002, p. 274).
    @Test func mahalanobis() throws {
        let fit = try MixedModel.fit(Examples.sleepstudy())
        let residuals = try #require(try Level2Residuals.terms(of: fit).first)
        let within = try WithinGroupRegressions(fit, purpose: "")
        #expect(residuals.degreesOfFreedom == 2)
        for (group, regression) in within.groups.enumerated() {
            let regression = try #require(regression)
            let spread = fit.covariances[0] + fit.residualVariance * regression.inverseCrossProduct
            let distance = dot(regression.deviations, try LU(spread).inverse * regression.deviations)
            expectRelative(residuals.mahalanobisDistances[group], distance, 1e-8)
        }
        #expect(residuals.expectedDistances.allSatisfy { $0 > 0 })
        // Balanced: the sum of squares of standardised effects is close to their number.
        let sum = residuals.standardized.column(0).reduce(0) { $0 + $1 * $1 }
        #expect(sum > 10 && sum < 24)
    }

    @Test func zeroVariance() throws {
        let residuals = try #require(try Level2Residuals.terms(of: MixedModel.fit(Examples.dyestuff2)).first)
        #expect(residuals.degreesOfFreedom == 0)
        #expect(residuals.mahalanobisDistances.allSatisfy { $0 == 0 })
        #expect(residuals.standardized.storage.allSatisfy { $0.isNaN })
    }

    @Test func level1() throws {
        let fit = try MixedModel.fit(Examples.sleepstudy())
        let residuals = Level1Residuals(fit)
        expectRelative(residuals.residuals[0] / residuals.standardized[0], 25.5918158926241, 1e-6)
        let plot = residuals.normalQuantiles
        #expect(plot.sample.count == 180)
        // R's ppoints(180): (1 − ½)/180.
        expectRelative(plot.theoretical[0], -2.773, 1e-3)
        #expect(NormalQuantiles([3, .nan, 1]).order == [2, 0])
    }

    /// By the formula over `lm` of R in each school.
    @Test func homogeneity() throws {
        let test = try ResidualVarianceHomogeneity(MixedModel.fit(Examples.hsb(.randomCoefficient)))
        expectRelative(test.chiSquared, 246.1167, 1e-6)
        #expect(test.groupsUsed == 160 && test.degreesOfFreedom == 159)
        let large = try ResidualVarianceHomogeneity(
            MixedModel.fit(Examples.hsb(.randomCoefficient)), minimumDegreesOfFreedom: 30)
        #expect(large.groupsUsed < 160 && large.groupCount == 160)
    }

    /// Leaving a cluster out, against generalised least squares without it at the same θ and σ.
    @Test func influence() throws {
        let design = try Examples.unbalancedSleepstudy()
        let fit = try MixedModel.fit(design)
        let influence = try ClusterInfluence(fit)
        #expect(influence.rows.count == 18 && influence.indispensable.isEmpty)
        let isDescending = zip(influence.rows, influence.rows.dropFirst()).allSatisfy {
            $0.cooksDistance >= $1.cooksDistance
        }
        #expect(isDescending)
        let row = try #require(influence.rows.first)
        let label = try #require(design.terms[0].levels.firstIndex(of: row.cluster))
        let kept = (0..<design.rowCount).filter { design.terms[0].groups[$0] != label }
        var reduced = design
        reduced.response = kept.map { design.response[$0] }
        reduced.fixed = design.fixed.submatrix(rows: kept, columns: [0, 1, 2])
        reduced.terms[0].columns = design.terms[0].columns.submatrix(rows: kept, columns: [0, 1])
        reduced.terms[0].groups = kept.map { design.terms[0].groups[$0] - (design.terms[0].groups[$0] > label ? 1 : 0) }
        reduced.terms[0].levels.remove(at: label)
        var likelihood = ClusterLikelihood(design: reduced, criterion: .reml)
        let found = likelihood.solution(at: fit.theta)
        let solution = try #require(found)
        let scale = fit.residualVariance / solution.residualVariance
        for k in 0..<3 {
            expectRelative(row.coefficients[k], solution.coefficients[k], 1e-9)
            expectRelative(
                row.dfbetas[k],
                (fit.coefficients[k] - solution.coefficients[k]) / (scale * solution.covariance[k, k]).squareRoot(),
                1e-6)
        }
    }
}
