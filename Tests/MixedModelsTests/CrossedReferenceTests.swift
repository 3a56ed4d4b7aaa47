import LinearAlgebra
import Optimization
import Testing

@testable import MixedModels

@Suite struct CrossedReferenceTests {
    /// Davies & Goldsmith (1972), table 6.6: diameters of growth inhibition, 24 plates × 6 samples of penicillin.
    static let penicillin: [Double] = [
        27, 23, 26, 23, 23, 21, 27, 23, 26, 23, 23, 21, 25, 21, 25, 24, 24, 20, 26, 23, 25, 23, 23, 20, 25, 22, 26, 22,
        23, 20, 24, 22, 25, 23, 22, 19, 24, 20, 23, 21, 22, 19, 26, 22, 26, 24, 24, 21, 24, 21, 24, 22, 22, 20, 24, 21,
        24, 23, 22, 19, 26, 23, 26, 24, 24, 21, 25, 22, 26, 24, 24, 20, 26, 24, 26, 24, 25, 22, 26, 23, 26, 23, 23, 20,
        26, 23, 25, 24, 24, 22, 25, 22, 25, 23, 23, 20, 25, 21, 24, 23, 23, 20, 25, 22, 24, 23, 23, 19, 24, 21, 23, 21,
        21, 19, 26, 23, 26, 24, 24, 21, 25, 21, 24, 22, 22, 18, 25, 22, 25, 22, 22, 20, 24, 21, 24, 22, 24, 19, 24, 21,
        24, 22, 21, 18,
    ]

    /// Davies & Goldsmith (1972), table 6.5: strengths of a paste, 10 batches of 3 casks, 2 assays of each.
    static let pastes: [Double] = [
        62.8, 62.6, 60.1, 62.3, 62.7, 63.1, 60, 61.4, 57.5, 56.9, 61.1, 58.9, 58.7, 57.5, 63.9, 63.1, 65.4, 63.7, 57.1,
        56.4, 56.9, 58.6, 64.7, 64.5, 55.1, 55.1, 54.7, 54.2, 58.8, 57.5, 63.4, 64.9, 59.3, 58.1, 60.5, 60, 62.5, 62.6,
        61, 58.7, 56.9, 57.7, 59.2, 59.4, 65.2, 66, 64.8, 64.1, 54.8, 54.8, 64, 64, 57.7, 56.8, 58.3, 59.3, 59.2, 59.2,
        58.9, 56.6,
    ]

    static func interceptsDesign(_ response: [Double], _ factors: [[Int]]) -> MixedDesign {
        let ones = Matrix(rows: response.count, columns: 1, repeating: 1)
        return MixedDesign(
            responseName: "y", response: response, fixed: ones, fixedNames: ["(Intercept)"],
            fixedTerms: ["(Intercept)"], fixedAssignment: [0],
            terms: factors.enumerated().map { index, groups in
                RandomTerm(
                    factor: "f\(index)", coefficientNames: ["(Intercept)"], columns: ones, groups: groups,
                    levels: (0...(groups.max() ?? 0)).map(String.init))
            })
    }

    static let penicillinDesign = interceptsDesign(penicillin, [(0..<144).map { $0 / 6 }, (0..<144).map { $0 % 6 }])
    static let pastesDesign = interceptsDesign(pastes, [(0..<60).map { $0 / 2 }, (0..<60).map { $0 / 6 }])

    static func fit(_ design: MixedDesign, _ criterion: MixedCriterion) throws -> (CrossedLikelihood, [Double]) {
        var likelihood = try CrossedLikelihood(design: design, criterion: criterion)
        var theta = likelihood.start, workspace = NewtonMinimizer.Workspace(count: likelihood.parameterCount)
        let report = NewtonMinimizer().minimize(&likelihood, from: &theta, workspace: &workspace)
        #expect(report.outcome == .converged)
        #expect(report.iterations < 15)
        return (likelihood, theta)
    }

    /// lme4 1.1-31 at tight tolerance; ML of both also MixedModels.jl 5.8 (test/pls.jl).
    @Test(arguments: [
        ("Penicillin", MixedCriterion.reml, 330.86058899, [0.71690822, 3.7309166], 0.30241546),
        ("Penicillin", .ml, 332.1883486700085, [0.7149923, 3.1351866], 0.3024254),
        ("Pastes", .reml, 246.99074585, [8.4336665, 1.6573089], 0.678),
        ("Pastes", .ml, 247.9944658624955, [8.4336668, 1.1991500], 0.678),
    ])
    func fitIsThatOfLme4(
        _ name: String, _ criterion: MixedCriterion, _ deviance: Double, _ variances: [Double], _ residual: Double
    ) throws {
        let design = name == "Pastes" ? Self.pastesDesign : Self.penicillinDesign
        var (likelihood, theta) = try Self.fit(design, criterion)
        let optional = likelihood.solution(at: theta)
        let solution = try #require(optional)
        #expect(abs(solution.deviance - deviance) < 1e-8)
        #expect(abs(solution.residualVariance - residual) < 1e-6)
        // lme4's optimiser leaves the variances with some six digits.
        for (value, reference) in zip(theta, variances) {
            #expect(abs(value * value * solution.residualVariance / reference - 1) < 1e-5)
        }
        // In balanced data the intercept is the mean.
        let mean = design.response.reduce(0, +) / Double(design.rowCount)
        #expect(abs(solution.coefficients[0] - mean) < 1e-10)
    }

    /// Satterthwaite's degrees of freedom of Penicillin's mean: lmerTest 3.1-3 (bobyqa, rhoend 1e-9), which has
    /// numerical derivatives.
    @Test func satterthwaiteIsThatOfLmerTest() throws {
        var (likelihood, theta) = try Self.fit(Self.penicillinDesign, .reml)
        let optional = likelihood.solution(at: theta)
        let solution = try #require(optional)
        let result = try likelihood.sensitivity(at: theta, moments: .first)
        #expect(result.second == nil)
        #expect(result.gradient.allSatisfy { abs($0) < 1e-5 })
        let variance = solution.covariance[0, 0]
        let gradient = result.information.map { variance * $0[0, 0] * variance }
        let covariance = try Cholesky(result.hessian).inverse
        let degrees = variance * variance / covariance.quadraticForm(gradient)
        #expect(abs(variance.squareRoot() - 0.808573393) < 1e-8)
        #expect(abs(degrees - 5.48709199) < 2e-6, "\(degrees)")
    }

    @Test func withoutVarianceItIsLeastSquares() throws {
        var likelihood = try CrossedLikelihood(design: Self.pastesDesign, criterion: .ml)
        let value = likelihood.value(at: [0, 0])
        // R 4.2.2: -2 * logLik(lm(strength ~ 1, Pastes)).
        #expect(abs(try #require(value) - 310.264266674) < 1e-8, "\(value ?? 0)")
        var design = Self.pastesDesign
        design.terms = []
        var plain = try CrossedLikelihood(design: design, criterion: .ml)
        let same = plain.value(at: [])
        #expect(abs(try #require(same) - #require(value)) < 1e-10)
        let solution = plain.solution(at: [])
        #expect(solution?.scores.isEmpty == true)
        let result = try plain.sensitivity(at: [], moments: .second)
        // ∂²D/∂σ⁴ = n/σ⁴ at the estimate.
        let variance = try #require(solution).residualVariance
        #expect(abs(result.hessian[0, 0] - 60 / (variance * variance)) < 1e-10)
    }

    @Test func negligibleVarianceEndsAtZero() throws {
        // Means of the second factor that vary less than chance allows.
        let response = (0..<40).map { Double(($0 / 4 * 7) % 10) + [0.5, -0.5, 0.4, -0.4][$0 % 4] }
        let design = Self.interceptsDesign(response, [(0..<40).map { $0 / 4 }, (0..<40).map { $0 % 4 / 2 }])
        var (likelihood, theta) = try Self.fit(design, .reml)
        #expect(abs(theta[1]) < 1e-4)
        let gradients = likelihood.covarianceGradients(at: theta)
        #expect(try #require(gradients)[1][0, 0] > 0)
        theta[1] = 0
        let atZero = likelihood.covarianceGradients(at: theta)
        #expect(try #require(atZero)[1][0, 0] > 0)
    }

    @Test func largeMeansAndCorrelatedPredictorsCostNoDigits() throws {
        var design = CrossedLikelihoodTests.design(.crossed)
        let theta = [0.8, 1.1]
        var likelihood = try CrossedLikelihood(design: design, criterion: .ml)
        let value = likelihood.value(at: theta), reference = try #require(value)
        for row in design.response.indices {
            design.response[row] += 1e6
            design.fixed[row, 1] += 1e5
        }
        var shifted = try CrossedLikelihood(design: design, criterion: .ml)
        let moved = shifted.value(at: theta)
        #expect(abs(try #require(moved) - reference) < 1e-7)
    }

    @Test func unusableDataAreRefused() {
        var design = Self.pastesDesign
        design.response = [Double](repeating: 3, count: 60)
        #expect(throws: MixedModelError.self) { try CrossedLikelihood(design: design, criterion: .reml) }
        design.response[3] = .nan
        #expect(throws: MixedModelError.self) { try CrossedLikelihood(design: design, criterion: .reml) }
        design = Self.pastesDesign
        design.fixed = Matrix(rows: 60, columns: 2, repeating: 1)
        #expect(throws: MixedModelError.self) { try CrossedLikelihood(design: design, criterion: .reml) }
        var likelihood = try? CrossedLikelihood(design: Self.pastesDesign, criterion: .reml)
        #expect(likelihood?.value(at: [.nan, 1]) == nil)
        #expect(likelihood?.value(at: [1]) == nil)
        #expect(likelihood?.solution(at: [.infinity, 1]) == nil)
    }
}
