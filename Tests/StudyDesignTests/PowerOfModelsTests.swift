import StructuralModels
import StudyDesign
import Testing

@Suite struct PowerOfModelFitTests {
    /// The least N with a power of .80 at α = .05, by a search with `pchisq` of R 4.2.2, in the layout of MacCallum, Browne and
    /// Sugawara (1996, table 4); semTools 0.5-6 gives the same for df 10, 20, 50 and 100.
    @Test(arguments: [
        (2, [3494, 2382, 1928]), (4, [1803, 1428, 1195]), (6, [1238, 1069, 910]), (10, [782, 750, 651]),
        (20, [434, 474, 421]), (50, [214, 268, 243]), (100, [132, 178, 164]),
    ])
    func minimumSampleSizes(df: Int, expected: [Int]) throws {
        for (test, size) in zip(ModelFitPower.Usual.allCases, expected) {
            #expect(
                try ModelFitPower(test, degreesOfFreedom: df).minimumSampleSize(power: 0.8) == size, "\(test) \(df)")
        }
    }

    /// `findRMSEApower` of semTools 0.5-6, 50 degrees of freedom.
    @Test(arguments: [
        (100, [0.424146574238486, 0.260760061495009, 0.318502985260796]),
        (200, [0.769104659651414, 0.608239394793297, 0.683949987423058]),
        (400, [0.980596406390077, 0.96888511712515, 0.979171795368595]),
    ])
    func powers(n: Int, expected: [Double]) throws {
        for (test, power) in zip(ModelFitPower.Usual.allCases, expected) {
            let found = try ModelFitPower(test, degreesOfFreedom: 50).power(sampleSize: n)
            #expect(abs(found - power) < 1e-9, "\(test) \(n)")
        }
    }

    @Test func impossibleFigures() {
        #expect(throws: PowerError.self) { try ModelFitPower(.close, degreesOfFreedom: 0) }
        #expect(throws: PowerError.self) {
            try ModelFitPower(nullRMSEA: 0.05, alternativeRMSEA: 0.05, degreesOfFreedom: 5)
        }
        #expect(throws: PowerError.self) {
            try ModelFitPower(nullRMSEA: -1, alternativeRMSEA: 0.05, degreesOfFreedom: 5)
        }
        #expect(throws: PowerError.self) { try ModelFitPower(.close, degreesOfFreedom: 5).minimumSampleSize(power: 1) }
        #expect(throws: PowerError.self) { try ModelFitPower(.close, degreesOfFreedom: 5, alpha: 0) }
    }
}

@Suite struct PowerOfParametersTests {
    static let model = """
        f =~ x1 + x2 + x3
        g =~ y1 + y2 + y3
        g ~ f
        """
    static let population = """
        f =~ 0.8*x1 + 0.7*x2 + 0.6*x3
        g =~ 0.75*y1 + 0.65*y2 + 0.7*y3
        g ~ 0.3*f
        f ~~ 1*f
        g ~~ 0.91*g
        x1 ~~ 0.36*x1
        x2 ~~ 0.51*x2
        x3 ~~ 0.64*x3
        y1 ~~ 0.4375*y1
        y2 ~~ 0.5775*y2
        y3 ~~ 0.51*y3
        """

    /// lavaan 0.6-14 on the population's covariance matrix, and `SSpower` of semTools 0.5-6 (N = 200).
    @Test func equalsLavaan() throws {
        let population = try ModelPopulation(Self.model, population: Self.population)
        let power = try ParameterPower("g ~ f", in: population)
        #expect(abs(power.value - 0.28125) < 1e-6)
        #expect(abs((power.standardizedValue ?? 0) - 0.3) < 1e-6)
        #expect(abs(power.noncentralityPerCase - 0.0530961148651) < 1e-7)
        #expect(abs(power.power(sampleSize: 100) - 0.634697972561) < 1e-6)
        #expect(abs(power.power(sampleSize: 200) - 0.902985382398) < 1e-6)
        #expect(try power.minimumSampleSize(power: 0.8) == 148)
        let loading = try ParameterPower("f=~x3", in: population)
        #expect(abs(loading.noncentralityPerCase - 0.308608563832) < 1e-6)
    }

    /// The same population by its standardised values.
    @Test func standardizedValues() throws {
        let values = try Simulation.values(
            in: "f=~x1=.8, f=~x2=.7, f=~x3=.6, g=~y1=.75, g=~y2=.65, g=~y3=.7, g~f=.3")
        let population = try ModelPopulation(Self.model, values: values, metric: .standardized)
        #expect(population.usualParameters.map { population.names[$0] } == ["g~f"])
        #expect(population.rmsea == 0)
        #expect(abs(try ParameterPower("g~f", in: population).noncentralityPerCase - 0.0530961148651) < 1e-7)
    }

    @Test func mistakesAreNamed() throws {
        let population = try ModelPopulation(Self.model, population: Self.population)
        func message(_ name: String) -> String {
            do throws(PowerError) {
                _ = try ParameterPower(name, in: population)
                return ""
            } catch { return error.description }
        }
        #expect(message("g~ff").contains("no parameter `g~ff`; did you mean `g~f`?"))
        #expect(message("f=~x1").contains("fixes it at 1"))
        #expect(throws: PowerError.self) {
            try ModelPopulation("y ~ 0.3*x\ny ~~ 1*y", population: "y ~ 0.3*x\ny ~~ 1*y\nx ~~ 1*x")
        }
        #expect(throws: PowerError.self) { try ModelPopulation("z ~ x", population: "y ~ 0.3*x\ny ~~ 1*y\nx ~~ 1*x") }
        let nothing = try ModelPopulation("y ~ x", population: "y ~ 0*x\ny ~~ 1*y\nx ~~ 1*x")
        #expect(throws: PowerError.self) { try ParameterPower("y~x", in: nothing) }
    }
}

@Suite struct PowerByModelSimulationTests {
    static let paths = """
        m ~ a*x
        y ~ b*m + x
        ab := a*b
        """
    static let population = "m ~ 0.39*x\ny ~ 0.3*m + 0.1*x\nx ~~ 1*x\nm ~~ 0.85*m\ny ~~ 0.85*y"

    private func study(replicates: Int, threads: Int, seed: UInt64 = 3) throws -> ModelSimulationStudy {
        try ModelSimulationStudy(
            ModelPopulation(Self.paths, population: Self.population), sampleSize: 100,
            options: SimulationOptions(replicates: replicates, seed: seed, threads: threads))
    }

    @Test func doesNotDependOnThreads() throws {
        let one = try study(replicates: 60, threads: 1)
        #expect(try study(replicates: 60, threads: 4) == one)
        #expect(try study(replicates: 60, threads: 2, seed: 4) != one)
    }

    /// Simulated shares against the closed form, within four Monte Carlo standard errors.
    @Test func agreesWithTheClosedForm() throws {
        let population = try ModelPopulation(Self.paths, population: Self.population)
        let study = try study(replicates: 800, threads: 4)
        #expect(study.failed == 0)
        for name in ["m~x", "y~m", "y~x"] {
            let closed = try ParameterPower(name, in: population).power(sampleSize: 100)
            let simulated = try #require(study.parameters.first { $0.name == name })
            #expect(abs(simulated.power.value - closed) < 4 * simulated.power.standardError + 0.015, "\(name)")
            #expect(abs(simulated.bias) < 4 * simulated.biasStandardError + 0.002)
            #expect(abs(simulated.coverage.value - 0.95) < 0.03)
            #expect(abs(simulated.meanStandardError / simulated.standardDeviation - 1) < 0.08)
        }
        let effect = try #require(study.indirectEffects.first)
        #expect(effect.chain == ["x", "m", "y"])
        #expect(abs(effect.sobel.trueValue - 0.117) < 1e-6)
        // Sobel's test is the most cautious of the three (MacKinnon et al. 2002).
        #expect(effect.sobel.power.value < effect.jointPower.value)
        #expect(abs(effect.intervalPower.value - effect.jointPower.value) < 0.03)
        #expect(abs(effect.intervalCoverage.value - 0.95) < 0.03)
        // The product of the powers of independent paths.
        let product = try ["m~x", "y~m"].map { name in
            try #require(study.parameters.first { $0.name == name }).power.value
        }.reduce(1, *)
        #expect(abs(effect.jointPower.value - product) < 0.03)
        let defined = try #require(study.parameters.last)
        #expect(defined.name == "ab" && abs(defined.mean - effect.sobel.mean) < 1e-12)
        #expect(abs(defined.meanStandardError - effect.sobel.meanStandardError) < 1e-12)
    }

    /// The χ² test of a true model rejects α of large samples.
    @Test func chiSquareTestHoldsItsLevel() throws {
        let population = try ModelPopulation(
            PowerOfParametersTests.model, population: PowerOfParametersTests.population)
        let study = try ModelSimulationStudy(
            population, sampleSize: 500, chains: [], options: SimulationOptions(replicates: 400, threads: 4))
        let rejection = try #require(study.modelRejection)
        #expect(abs(rejection.value - 0.05) < 4 * rejection.standardError)
        #expect(study.indirectEffects.isEmpty)
    }

    @Test func impossibleFigures() throws {
        let population = try ModelPopulation(Self.paths, population: Self.population)
        #expect(throws: PowerError.self) { try ModelSimulationStudy(population, sampleSize: 3) }
        #expect(throws: PowerError.self) {
            try ModelSimulationStudy(population, sampleSize: 100, chains: [["x", "y"]])
        }
        #expect(throws: PowerError.self) {
            try ModelSimulationStudy(population, sampleSize: 100, chains: [["x", "q", "y"]])
        }
        #expect(throws: PowerError.self) {
            try ModelSimulationStudy(population, sampleSize: 100, options: SimulationOptions(replicates: 0))
        }
        #expect(throws: PowerError.self) { try ModelSimulationStudy(population, sampleSize: 100, alpha: 1) }
    }
}
