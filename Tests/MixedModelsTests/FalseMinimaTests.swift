import LinearAlgebra
import Optimization
import Probability
import Testing

@testable import MixedModels

/// Data simulated from the diary model with a random slope, near the limit of detection of its variance: where bounded
/// searches end in false minima.
@Suite struct FalseMinimaTests {
    @Test(arguments: MixedCriterion.allCases) func noneAmongSimulatedDiaries(criterion: MixedCriterion) throws {
        let base = try Table("diary.csv").diary(slope: true)
        let truth = try MixedModel.fit(base)
        let sigma = truth.residualVariance.squareRoot()
        let mean = base.fixed * truth.coefficients
        let term = base.terms[0], factor = truth.factors[0]
        for replicate in 0..<20 {
            var stream = RandomStream(seed: 7, stream: UInt64(replicate))
            let effects = term.levels.map { _ in
                let first = stream.normal(), second = stream.normal()
                return (sigma * factor[0, 0] * first, sigma * (factor[1, 0] * first + factor[1, 1] * second))
            }
            var design = base
            for row in mean.indices {
                let (intercept, slope) = effects[term.groups[row]]
                design.response[row] = mean[row] + intercept + slope * term.columns[row, 1] + sigma * stream.normal()
            }
            let fit = try MixedModel.fit(design, criterion: criterion)
            var likelihood = ClusterLikelihood(design: design, criterion: criterion)
            var workspace = NewtonMinimizer.Workspace(count: 3)
            for _ in 0..<6 {
                var point = (0..<3).map { _ in 0.6 * stream.normal() }
                let other = NewtonMinimizer().minimize(&likelihood, from: &point, workspace: &workspace)
                #expect(fit.deviance < other.value + 1e-8, "replicate \(replicate)")
            }
        }
    }

    /// From the saddle at which the random slope has no variance and a perfect correlation hides it, the search goes on.
    @Test func leavesTheBoundaryWhereDevianceFalls() throws {
        let design = try Table("diary.csv").diary(slope: true)
        let fit = try MixedModel.fit(design, start: [0, 0, 0.2])
        #expect(abs(fit.deviance - 3426.837592090016) < 1e-9)
        let other = try MixedModel.fit(design, start: [0.3, 0, 0])
        #expect(abs(other.deviance - 3426.837592090016) < 1e-9)
    }

    @Test func saysWhatABoundaryMeans() throws {
        let table = try Table("sleepstudy.csv")
        var design = try MixedDesign(MixedFormula(parsing: "Reaction ~ Days + (1 | Subject)"), table.frame)
        // The same values in each group: no more variance between groups than chance gives, rather less.
        let days = table.numbers("Days")
        design.response = days.enumerated().map { 250 + 10 * $1 + Double(($0 * 7919) % 13) }
        let fit = try MixedModel.fit(design)
        #expect(fit.covariances[0][0, 0] == 0)
        #expect(fit.warnings.count == 1 && fit.warnings[0].contains("estimated at 0"))
    }
}
