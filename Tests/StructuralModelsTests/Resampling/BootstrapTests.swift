import LinearAlgebra
import Probability
import Testing

@testable import StructuralModels

@Suite struct BootstrapTests {
    private let model = "f =~ x1 + x2 + x3\ng =~ x4 + x5 + x6\ng ~ b*f\nhalf := b/2"

    private func fitted(_ options: ModelOptions = .sem, _ likelihood: EstimationOptions = .init()) throws -> FittedModel
    {
        try StructuralModel(model, options: options).fit(TestFiles.data("holzinger_swineford.csv"), options: likelihood)
    }

    @Test func drawsDoNotDependOnTheNumberOfThreads() throws {
        let fit = try fitted()
        let one = try fit.bootstrap(BootstrapOptions(draws: 60, seed: 7, threads: 1))
        let three = try fit.bootstrap(BootstrapOptions(draws: 60, seed: 7, threads: 3))
        #expect(one.chiSquares == three.chiSquares)
        #expect(one.estimates(.percentile) == three.estimates(.percentile))
        let other = try fit.bootstrap(BootstrapOptions(draws: 60, seed: 8, threads: 1))
        #expect(other.chiSquares != one.chiSquares)
        // The first draws of a longer run are the same draws.
        let longer = try fit.bootstrap(BootstrapOptions(draws: 80, seed: 7, threads: 1))
        #expect(Array(longer.chiSquares.prefix(60)) == one.chiSquares)
    }

    /// A draw is the fit of the resampled cases, to the last digit that matters.
    @Test(arguments: [false, true], EstimationOptions.Likelihood.allCases)
    func aDrawEqualsTheFitOfItsCases(_ withMeans: Bool, _ likelihood: EstimationOptions.Likelihood) throws {
        var options = ModelOptions.sem
        options.meanStructure = withMeans
        let fit = try fitted(options, EstimationOptions(likelihood: likelihood))
        let result = try fit.bootstrap(BootstrapOptions(draws: 5, seed: 11))
        let data = try TestFiles.data("holzinger_swineford.csv")
        for replicate in 0..<5 {
            let weights = Resampling.weights(count: data.caseCount, seed: 11, replicate: replicate)
            let rows = weights.indices.flatMap { [Int](repeating: $0, count: Int(weights[$0])) }
            let sample = CompleteData(
                names: data.names,
                values: data.values.submatrix(rows: rows, columns: Array(0..<data.names.count)))
            let refit = try fit.model.fit(sample, options: fit.options)
            #expect(abs(refit.test.chiSquare - result.chiSquares[replicate]) < 1e-6)
            for (row, estimate) in refit.estimates().dropLast().enumerated() {
                #expect(abs(result.parameterDraws(row, standardized: false)[replicate] - estimate.raw.estimate) < 1e-5)
                let standardized = try #require(estimate.stdAll?.estimate)
                #expect(abs(result.parameterDraws(row, standardized: true)[replicate] - standardized) < 1e-5)
            }
        }
    }

    /// The influences are those of adding a case: they sum to zero, and their squares to the sandwich variance.
    @Test func influencesSumToZero() throws {
        let fit = try fitted()
        let setup = try BootstrapSetup(fit, data: #require(fit.data), scheme: .ordinary)
        for k in fit.parameters.indices {
            let row = setup.influence.row(k)
            #expect(abs(row.reduce(0, +)) < 1e-9)
            let sandwich = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
            let model = fit.parameterCovariance[k, k].squareRoot()
            #expect(sandwich > 0.5 * model && sandwich < 2 * model)
        }
    }

    @Test func standardErrorsAreCloseToThoseOfTheInformation() throws {
        let fit = try fitted()
        let result = try fit.bootstrap(BootstrapOptions(draws: 400, seed: 3, threads: 2))
        #expect(result.counts.failed == 0 && result.counts.used == 400)
        for (row, summary) in zip(fit.estimates(), result.estimates(.biasCorrectedAccelerated)) {
            guard row.isEstimated, let error = row.raw.standardError, error > 0 else {
                #expect(summary.raw == nil)
                continue
            }
            let raw = try #require(summary.raw)
            let ratio = try #require(raw.standardError) / error
            #expect(ratio > 0.6 && ratio < 2, "\(row.lhs) \(row.op) \(row.rhs): \(ratio)")
            #expect(try #require(raw.lower) < row.raw.estimate && row.raw.estimate < #require(raw.upper))
        }
    }

    /// In the transformed data the model holds exactly; lavaan's p for this three-factor model is below .001.
    @Test func bollenStine() throws {
        let fit = try ReferenceCase("hs_cfa_ml").fitted()
        let setup = try BootstrapSetup(fit, data: #require(fit.data), scheme: .bollenStine)
        let cross = setup.deviations.timesTransposed(setup.deviations)
        #expect(((1 / Double(fit.caseCount)) * cross - fit.impliedObservedCovariance).maximumMagnitude < 1e-10)
        let result = try fit.bootstrap(BootstrapOptions(draws: 200, scheme: .bollenStine, seed: 5, threads: 2))
        #expect(try #require(result.fitPValue) < 0.02)
        let mean = result.chiSquares.reduce(0, +) / Double(result.chiSquares.count)
        #expect(mean > 20 && mean < 32)
    }

    /// Constraints hold in every draw.
    @Test func constrainedModels() throws {
        let text = "f =~ x1 + a*x2 + b*x3\ng =~ x4 + x5 + x6\na == 0.8*b\nx1 ~~ lower(0.5)*x1"
        let fit = try StructuralModel(text).fit(TestFiles.data("holzinger_swineford.csv"))
        let result = try fit.bootstrap(BootstrapOptions(draws: 20, seed: 2))
        #expect(result.counts.failed == 0)
        let first = result.parameterDraws(1, standardized: false),
            second = result.parameterDraws(2, standardized: false)
        for (a, b) in zip(first, second) { #expect(abs(a - 0.8 * b) < 1e-7) }
    }

    @Test func acovarianceMatrixIsNotEnough() throws {
        let fit = try ReferenceCase("wheaton_cov").fitted()
        #expect(throws: StructuralModelError.needsRawData("the bootstrap")) { try fit.bootstrap(BootstrapOptions()) }
    }

    @Test func aStoppedBootstrapKeepsWhatIsDone() throws {
        let result = try fitted().bootstrap(BootstrapOptions(draws: 500, seed: 1, progress: { $0 < 16 }))
        #expect(result.counts.used >= 16 && result.counts.used < 500)
    }
}
