import LinearAlgebra
import Probability
import Testing

@testable import MixedModels

@Suite struct ClusterSamplingTests {
    /// Pooled groups, groups of other sizes, random slopes; a coefficient without variation in some groups.
    private static let cases = ["pooled", "unbalanced", "slopes", "lacking"]

    private func design(_ name: String) throws -> MixedDesign {
        let table = try Table("sleepstudy.csv")
        let days = table.numbers("Days")
        let ones = table.ones
        let square = days.map { ($0 - 3) * $0 }
        switch name {
        case "pooled":
            return table.design(
                "Reaction", [("Days", days), ("square", square)], [table.term("Subject", [("(Intercept)", ones)])])
        case "unbalanced":
            return try Table("diary-unbalanced.csv").diary(slope: false)
        case "slopes":
            return table.design(
                "Reaction", [("Days", days)], [table.term("Subject", [("(Intercept)", ones), ("Days", days)])])
        default:
            // Zero in every other subject, so that these have a singular Z_jᵀZ_j.
            let rare = days.enumerated().map { $0 / 10 % 2 == 0 ? $1 : 0 }
            return table.design(
                "Reaction", [("Days", days)], [table.term("Subject", [("(Intercept)", ones), ("rare", rare)])])
        }
    }

    /// At the parameters drawn from, yᵀP₁y is σ²χ² with n − p degrees of freedom, and β̂ has mean zero and its covariance matrix:
    /// figures that need every sum to fit the others.
    @Test(arguments: cases) func generalisedLeastSquares(name: String) throws {
        let design = try design(name)
        var likelihood = ClusterLikelihood(design: design, criterion: .reml)
        let theta = likelihood.parameterCount == 1 ? [0.7] : [0.9, 0.05, 0.25]
        let variance = 4.0
        let sampling = ClusterSampling(
            likelihood.statistics, factor: likelihood.template.factor(theta), variance: variance)
        let known = likelihood.solution(at: theta)
        let covariance = (variance / (try #require(known).residualVariance)) * (try #require(known).covariance)
        let draws = 4000, p = design.fixedCount
        var sum = 0.0, squares = 0.0
        var means = [Double](repeating: 0, count: p), products = Matrix(rows: p, columns: p)
        for replicate in 0..<draws {
            var stream = RandomStream(seed: 11, stream: UInt64(replicate))
            likelihood.draw(sampling, using: &stream)
            try #require(likelihood.value(at: theta) != nil)
            let square = likelihood.residualSquare / variance, beta = likelihood.coefficients
            sum += square
            squares += square * square
            for i in 0..<p {
                means[i] += beta[i] / Double(draws)
                for j in 0..<p { products[i, j] += beta[i] * beta[j] / Double(draws) }
            }
        }
        let degrees = Double(design.rowCount - p), count = Double(draws), mean = sum / count
        #expect(abs(mean - degrees) < 4 * (2 * degrees / count).squareRoot(), "\(name) \(mean) for \(degrees)")
        expectRelative(squares / count - mean * mean, 2 * degrees, 0.1, name)
        for i in 0..<p {
            let deviation = covariance[i, i].squareRoot()
            #expect(abs(means[i]) < 4 * deviation / count.squareRoot(), "\(name) \(i)")
            expectRelative(products[i, i], covariance[i, i], 0.1, "\(name) \(i)")
            for j in 0..<i {
                let scale = deviation * covariance[j, j].squareRoot()
                #expect(abs(products[i, j] - covariance[i, j]) < 0.08 * scale, "\(name) \(i) \(j)")
            }
        }
    }

    /// The bootstrap of sums and that of rows, which quantities ask for, have the same distribution.
    @Test(arguments: ["pooled", "slopes"]) func equalsRows(name: String) throws {
        let fit = try MixedModel.fit(design(name))
        let options = MixedBootstrapOptions(draws: 600, seed: 5, threads: 2)
        let sums = try MixedBootstrap(fit, options: options)
        let rows = try MixedBootstrap(
            fit, options: options, quantities: MixedBootstrapQuantities(names: ["one"]) { _ in [1] })
        for k in sums.names.indices {
            let first = sums.distribution(k), second = rows.distribution(k)
            #expect(abs(first.mean - second.mean) < 0.25 * second.standardError, "\(sums.names[k])")
            expectRelative(first.standardError, second.standardError, 0.15, sums.names[k])
        }
    }
}
