import LinearAlgebra
import Testing

@testable import Psychometrics

@Suite struct ExploratoryFactorAnalysisTests {
    /// Every method and rotation of psych on two data sets. psych stops its optimisers early, which shows in the fifth
    /// digit; GPArotation in the fifth as well.
    @Test func equalsPsych() throws {
        let attitude = try Reference("attitude"), bfi = try Reference("bfi")
        var analysis: ExploratoryFactorAnalysis?
        var compared = 0
        for line in try Reference.lines(of: "factor-analyses.txt") {
            let fields = line.split(separator: " ")
            if fields[0] == "case" {
                let source = fields[1] == "bfi" ? bfi : attitude
                analysis = try ExploratoryFactorAnalysis(
                    data: source.data, items: source.names, factors: fields[1] == "bfi" ? 5 : 2,
                    method: #require(ExtractionMethod(rawValue: String(fields[2]))),
                    rotation: #require(FactorRotation(rawValue: String(fields[3]))))
                #expect(analysis?.warnings == [])
                continue
            }
            let result = try #require(analysis)
            let expected = fields.dropFirst().compactMap { Double($0) }
            let name = "\(result.method) \(result.rotation) \(fields[0])"
            compared += 1
            switch fields[0] {
            case "L": #expect(distance(result.loadings.rowArrays.flatMap { $0 }, expected) < 5e-5, "\(name)")
            case "P":
                #expect(distance(result.factorCorrelations.rowArrays.flatMap { $0 }, expected) < 5e-5, "\(name)")
            case "H": #expect(distance(result.communalities, expected) < 2e-5, "\(name)")
            default:
                let fit = try #require(result.fit)
                let interval = try #require(fit.rmseaInterval)
                // psych finds the limits of RMSEA by a search that stops at three digits.
                let figures: [Double?] =
                    [fit.chiSquared, Double(fit.degreesOfFreedom), fit.pValue, fit.tli, fit.rmsea]
                    + [interval[0], interval[1], fit.rmsr, fit.objective]
                #expect(distance(figures, expected) < 2e-4, "\(name)")
            }
        }
        #expect(compared == 102)
    }

    @Test func reportsAdequacyAndEigenvalues() throws {
        let attitude = try Reference("attitude")
        let analysis = try ExploratoryFactorAnalysis(
            data: attitude.data, items: attitude.names, factors: 1, method: .principalComponents, rotation: .none)
        #expect(
            distance(
                analysis.eigenvalues,
                numbers(
                    "3.7163757506 1.1409218852 0.84719154562 0.61286966016 0.32367280949 0.2185305938 0.14043775509"))
                < 1e-9)
        #expect(abs((analysis.samplingAdequacy?.overall ?? .nan) - 0.763275432159) < 1e-11)
        #expect(
            distance(
                analysis.samplingAdequacy?.items ?? [],
                numbers(
                    "0.731726404716 0.737495686637 0.844183070647 0.811414230656 0.814375214062 0.693597749725 0.651074387769"
                )
            ) < 1e-11)
        #expect(abs((analysis.sphericity?.chiSquared ?? .nan) - 98.7527786622) < 1e-9)
        #expect(abs((analysis.sphericity?.pValue ?? .nan) / 4.79253903553e-12 - 1) < 1e-10)
        #expect(analysis.sphericity?.degreesOfFreedom == 21)
        #expect(analysis.fit == nil)
    }

    @Test func rotationKeepsWhatIsExplained() throws {
        let bfi = try Reference("bfi")
        let r = try #require(try CorrelationTable(bfi.data, variables: bfi.names).matrix)
        func reproduced(_ rotation: FactorRotation) throws -> Matrix {
            let result = try ExploratoryFactorAnalysis(
                correlations: r, cases: nil, items: bfi.names, factors: 4, method: .minimumResiduals,
                rotation: rotation)
            #expect(abs(result.sumsOfSquares.reduce(0, +) - result.communalities.reduce(0, +)) < 1e-9)
            return result.loadings * result.factorCorrelations.timesTransposed(result.loadings)
        }
        let unrotated = try reproduced(.none)
        for rotation in FactorRotation.allCases {
            #expect(try (reproduced(rotation) - unrotated).maximumMagnitude < 1e-9)
        }
    }

    @Test func recoversAnExactModel() throws {
        let lambda = Matrix([[0.8, 0], [0.7, 0], [0.6, 0], [0.75, 0], [0, 0.9], [0, 0.65], [0, 0.5], [0, 0.7]])
        let phi = Matrix([[1, 0.4], [0.4, 1]])
        var r = lambda * phi.timesTransposed(lambda)
        for i in 0..<8 { r[i, i] = 1 }
        for method in [ExtractionMethod.maximumLikelihood, .minimumResiduals] {
            let result = try ExploratoryFactorAnalysis(
                correlations: r, cases: 200, items: (1...8).map { "y\($0)" }, factors: 2, method: method,
                rotation: .oblimin)
            let swapped = result.loadings.submatrix(rows: Array(0..<8), columns: [1, 0])
            let error = min((result.loadings - lambda).maximumMagnitude, (swapped - lambda).maximumMagnitude)
            #expect(error < 1e-6)
            #expect(abs(result.factorCorrelations[0, 1] - 0.4) < 1e-6)
            #expect((result.fit?.chiSquared ?? .nan) < 1e-6)
        }
    }

    /// Reversing items changes the signs of loadings and nothing else.
    @Test func rotationFollowsReflections() throws {
        let bfi = try Reference("bfi")
        let r = try #require(try CorrelationTable(bfi.data, variables: bfi.names).matrix)
        let reflected = Matrix(rows: 25, columns: 25) { i, j in (i % 2 == 0) == (j % 2 == 0) ? r[i, j] : -r[i, j] }
        for rotation in FactorRotation.allCases {
            let first = try ExploratoryFactorAnalysis(
                correlations: r, cases: 900, items: bfi.names, factors: 3, rotation: rotation)
            let second = try ExploratoryFactorAnalysis(
                correlations: reflected, cases: 900, items: bfi.names, factors: 3, rotation: rotation)
            #expect((first.loadings.map(abs) - second.loadings.map(abs)).maximumMagnitude < 1e-6, "\(rotation)")
            #expect(second.loadings.transpose.rowArrays.allSatisfy { $0.reduce(0, +) > 0 })
        }
    }

    @Test func warnsOfHeywoodCasesByName() throws {
        let r = Matrix([[1, 0.9, 0.85], [0.9, 1, 0.6], [0.85, 0.6, 1]])
        for method in [ExtractionMethod.maximumLikelihood, .minimumResiduals] {
            let result = try ExploratoryFactorAnalysis(
                correlations: r, cases: 50, items: ["a", "b", "c"], factors: 1, method: method, rotation: .none)
            #expect(result.warnings.contains { $0.hasPrefix("Heywood case: a has") })
            #expect(result.communalities[0] > 0.99)
        }
    }

    @Test func refusesWhatHasNoAnswer() throws {
        let r = Matrix([[1, 0.3, 0.2], [0.3, 1, 0.4], [0.2, 0.4, 1]])
        let items = ["a", "b", "c"]
        #expect(throws: PsychometricsError.tooManyFactors(requested: 2, variables: 3, largest: 1)) {
            try ExploratoryFactorAnalysis(correlations: r, cases: 50, items: items, factors: 2)
        }
        #expect(throws: PsychometricsError.tooManyFactors(requested: 0, variables: 3, largest: 1)) {
            try ExploratoryFactorAnalysis(correlations: r, cases: 50, items: items, factors: 0)
        }
        let singular = Matrix([[1, 1, 0.2], [1, 1, 0.2], [0.2, 0.2, 1]])
        #expect(throws: PsychometricsError.singularCorrelations(variables: ["a", "b"])) {
            try ExploratoryFactorAnalysis(
                correlations: singular, cases: 50, items: items, factors: 1, method: .maximumLikelihood)
        }
        let components = try ExploratoryFactorAnalysis(
            correlations: singular, cases: 50, items: items, factors: 1, method: .principalComponents)
        #expect(components.samplingAdequacy == nil && components.sphericity == nil)
        #expect(!components.warnings.isEmpty)
        let indefinite = Matrix([[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]])
        #expect(throws: PsychometricsError.indefiniteCorrelations) {
            try ExploratoryFactorAnalysis(
                correlations: indefinite, cases: 50, items: items, factors: 1, method: .maximumLikelihood)
        }
        #expect(throws: PsychometricsError.missingValue(variable: "a", row: 2)) {
            try ExploratoryFactorAnalysis(
                correlations: Matrix([[1, .nan, 0], [.nan, 1, 0], [0, 0, 1]]), cases: 50, items: items, factors: 1)
        }
        #expect(throws: PsychometricsError.constantVariables(["b"])) {
            try ExploratoryFactorAnalysis(data: Matrix([[1, 2], [3, 2], [4, 2]]), items: ["a", "b"], factors: 1)
        }
    }
}

@Suite struct FactorExtractionTests {
    /// Gradient and Hessian against central differences.
    @Test func derivativesAreExact() throws {
        let attitude = try Reference("attitude")
        let r = try #require(try CorrelationTable(attitude.data, variables: attitude.names).matrix)
        let functions: [([Double]) throws -> BoundedNewton.Value] = [
            { try FactorExtraction.discrepancyML(r, $0, 2) }, { try FactorExtraction.discrepancyULS(r, $0, 2) },
        ]
        let points = [[-0.9, -1.2, -0.5, -1, -0.8, -0.2, -0.7], [0.4, 0.3, 0.6, 0.5, 0.35, 0.8, 0.55]]
        for (function, point) in zip(functions, points) {
            let here = try function(point)
            for i in point.indices {
                var up = point, down = point
                up[i] += 1e-5
                down[i] -= 1e-5
                let (above, below) = (try function(up), try function(down))
                #expect(abs((above.value - below.value) / 2e-5 - here.gradient[i]) < 1e-8)
                for j in point.indices {
                    let slope = (above.gradient[j] - below.gradient[j]) / 2e-5
                    #expect(abs(slope - here.hessian[i, j]) < 1e-7)
                }
            }
        }
    }
}

@Suite struct ParallelAnalysisTests {
    /// `fa.parallel` of psych 2.2.9 with 2000 simulated data sets: these 95th percentiles, and one component.
    @Test func agreesWithPsych() throws {
        let attitude = try Reference("attitude")
        let analysis = try ParallelAnalysis(attitude.data, items: attitude.names, draws: 300)
        #expect(analysis.suggestedFactors == 1)
        let means = numbers("1.758527 1.407055 1.158975 0.948392 0.758649 0.575159 0.393243")
        #expect(distance(analysis.meanEigenvalues, means) < 0.05)
        #expect(zip(analysis.thresholds, analysis.meanEigenvalues).allSatisfy { $0 > $1 })
        #expect(abs(analysis.meanEigenvalues.reduce(0, +) - 7) < 1e-9)
        #expect(try analysis == ParallelAnalysis(attitude.data, items: attitude.names, draws: 300))
        #expect(try analysis != ParallelAnalysis(attitude.data, items: attitude.names, draws: 300, seed: 2))
    }

    @Test func permutesAndReduces() throws {
        let attitude = try Reference("attitude")
        let permuted = try ParallelAnalysis(attitude.data, items: attitude.names, generator: .permutation, draws: 50)
        #expect(permuted.suggestedFactors == 1)
        let reduced = try ParallelAnalysis(attitude.data, items: attitude.names, variant: .commonFactors, draws: 50)
        #expect(reduced.eigenvalues.reduce(0, +) < 7)
        #expect(throws: PsychometricsError.invalidSimulation) {
            try ParallelAnalysis(attitude.data, items: attitude.names, draws: 0)
        }
    }
}

@Suite struct SingleFactorTestTests {
    @Test func equalsPsych() throws {
        let attitude = try Reference("attitude")
        let r = try #require(try CorrelationTable(attitude.data, variables: attitude.names).matrix)
        let test = try SingleFactorTest(correlations: r, items: attitude.names)
        #expect(abs(test.componentShare - 3.7163757506 / 7) < 1e-10)
        #expect(test.componentsAboveOne == 2)
        #expect((test.axisShare ?? 1) < test.componentShare)
    }
}
