import StudyDesign
import Testing

@Suite struct SampleSizeTests {
    /// Cochran (1977, sections 4.4 and 4.6): p = .5, e = .05, t = 2 give n₀ = 400, and n = 356 in a population of 3,200.
    @Test func cochransIslanders() throws {
        let size = try PopulationSampleSize(population: 3200, margin: 0.05, confidence: 0.954499736103642)
        #expect(abs(size.unlimited - 400) < 1e-6)
        #expect(size.cases == 356)
    }

    /// 1.96²·.25/.05² = 384.15: 385, as every textbook has it.
    @Test func largePopulation() throws {
        #expect(try PopulationSampleSize().cases == 385)
        #expect(try PopulationSampleSize(designEffect: 1.5).cases == 577)
        #expect(try PopulationSampleSize(target: .mean(standardDeviation: 10), margin: 1).cases == 385)
        #expect(
            try PopulationSampleSize(population: 1000, target: .mean(standardDeviation: 10), margin: 1).cases == 278)
    }

    /// The table of Krejcie and Morgan (1970).
    @Test(arguments: [
        (10, 10), (50, 44), (100, 80), (200, 132), (500, 217), (1000, 278), (1800, 317), (5000, 357), (7000, 364),
        (10_000, 370), (75_000, 382), (1_000_000, 384),
    ])
    func krejcieAndMorgan(population: Int, expected: Int) throws {
        #expect(try PopulationSampleSize(population: population).krejcieMorgan == expected)
    }

    /// N/(1 + Ne²): 2,000 with 5 % gives 333.3 (Yamane 1967, as Israel 1992, table 1, has it: 333).
    @Test func yamane() throws {
        #expect(try PopulationSampleSize(population: 2000).yamane == 334)
        #expect(try PopulationSampleSize(population: 1778).yamane == 327)
    }

    /// The firms of the survey and the persons in them.
    @Test func theSurveyOfFirms() throws {
        #expect(try PopulationSampleSize(population: 1778).cases == 317)
        #expect(try PopulationSampleSize(population: 5334).cases == 359)
        #expect(try PopulationSampleSize(population: 7112).cases == 365)
        let margin = try PopulationSampleSize(population: 7112).margin(ofCases: 336)
        // 1.959964·√(.25/336·(7112 − 336)/7111)
        #expect(abs(margin - 0.052188) < 1e-5)
    }

    @Test func marginOfTheSizeIsTheMargin() throws {
        for population in [nil, 500, 5334] {
            let size = try PopulationSampleSize(population: population)
            #expect(try size.margin(ofCases: size.cases) <= 0.05 + 1e-4)
            #expect(try size.margin(ofCases: size.cases - 4) > 0.05)
        }
        let whole = try PopulationSampleSize(population: 500)
        #expect(try whole.margin(ofCases: 500) == 0)
    }

    @Test func impossiblePopulations() {
        #expect(throws: PowerError.self) { try PopulationSampleSize(population: 1) }
        #expect(throws: PowerError.self) { try PopulationSampleSize(margin: 0) }
        #expect(throws: PowerError.self) { try PopulationSampleSize(margin: .nan) }
        #expect(throws: PowerError.self) { try PopulationSampleSize(margin: 1e-9) }
        #expect(throws: PowerError.self) { try PopulationSampleSize(confidence: 1) }
        #expect(throws: PowerError.self) { try PopulationSampleSize(target: .proportion(0)) }
        #expect(throws: PowerError.self) { try PopulationSampleSize(target: .mean(standardDeviation: -1), margin: 1) }
        #expect(throws: PowerError.self) { try PopulationSampleSize(designEffect: 0) }
        do {
            _ = try PopulationSampleSize(population: 100).margin(ofCases: 101)
            Issue.record("a sample beyond the population was taken")
        } catch { #expect(error.description.contains("larger than the population (100)")) }
    }

    // MARK: Losses

    /// The paper's increase of 40 % and the division by a rate are not the same.
    @Test func supplementIsNotADivision() throws {
        #expect(try ExpectedLosses.supplemented(240, by: 0.4) == 336)
        #expect(try ExpectedLosses(responseRate: 0.6).invitations(for: 240) == 400)
        #expect(abs(ExpectedLosses.coveredResponseRate(supplement: 0.4) - 0.714286) < 1e-6)
        #expect(try ExpectedLosses(responseRate: 1 / 1.4).invitations(for: 240) == 336)
    }

    /// 100/(.5·.9·.8·.8) = 347.2
    @Test func lossesMultiply() throws {
        let losses = try ExpectedLosses(responseRate: 0.5, invalidShare: 0.1, attritionPerWave: 0.2, waves: 3)
        #expect(abs(losses.retained - 0.288) < 1e-12)
        #expect(losses.invitations(for: 100) == 348)
        #expect(try ExpectedLosses().invitations(for: 123) == 123)
    }

    @Test func impossibleLosses() {
        #expect(throws: PowerError.self) { try ExpectedLosses(responseRate: 0) }
        #expect(throws: PowerError.self) { try ExpectedLosses(responseRate: 1.2) }
        #expect(throws: PowerError.self) { try ExpectedLosses(invalidShare: 1) }
        #expect(throws: PowerError.self) { try ExpectedLosses(attritionPerWave: 0.9, waves: 100) }
        #expect(throws: PowerError.self) { try ExpectedLosses(attritionPerWave: 0.1) }
        #expect(throws: PowerError.self) { try ExpectedLosses(responseRate: .nan) }
        #expect(throws: PowerError.self) { try ExpectedLosses.supplemented(240, by: -0.1) }
    }

    // MARK: Clusters

    @Test func designEffects() throws {
        // Kish: 1 + (20 − 1)·.05 = 1.95.
        #expect(abs(try ClusterDesignEffect(meanSize: 20, intraclassCorrelation: 0.05).value - 1.95) < 1e-12)
        // Eldridge et al. (2006): 1 + ((1 + .65²)·20 − 1)·.05 = 2.3725.
        let unequal = try ClusterDesignEffect(meanSize: 20, intraclassCorrelation: 0.05, variationOfSizes: 0.65)
        #expect(abs(unequal.value - 2.3725) < 1e-12)
        let sizes = try ClusterDesignEffect(sizes: [2, 4, 6, 8], intraclassCorrelation: 0.1)
        // Σm²/Σm = 120/20 = 6: 1 + 5·.1.
        #expect(abs(sizes.value - 1.5) < 1e-12)
        #expect(abs(sizes.effectiveSampleSize(20) - 20 / 1.5) < 1e-12)
        #expect(throws: PowerError.self) { try ClusterDesignEffect(meanSize: 5, intraclassCorrelation: 1.1) }
        #expect(throws: PowerError.self) { try ClusterDesignEffect(meanSize: 0.5, intraclassCorrelation: 0.1) }
        #expect(throws: PowerError.self) { try ClusterDesignEffect(sizes: [], intraclassCorrelation: 0.1) }
    }

    // MARK: Rules of thumb

    @Test func rulesOfThumb() throws {
        let rules = try RuleOfThumb.rules(
            for: .init(indicators: 12, freeParameters: 29, items: 60, predictors: 5, isMultilevel: true))
        func size(_ name: String) -> Int? { rules.first { $0.name == name }?.sampleSize }
        #expect(size("20 per indicator") == 240)
        #expect(size("10 per indicator") == 120)
        #expect(size("20 per free parameter (N:q)") == 580)
        #expect(size("N ≥ 200") == 200)
        #expect(size("10 per item") == 600)
        // Green (1991): five predictors need 90 for R² and 109 for coefficients.
        #expect(size("50 + 8m for R²") == 90)
        #expect(size("104 + m for coefficients") == 109)
        #expect(size("50 groups of 20, for cross-level effects") == 1000)
        #expect(rules.allSatisfy { !$0.source.isEmpty && !$0.ignores.isEmpty })
        #expect(throws: PowerError.self) { try RuleOfThumb.rules(for: .init()) }
        #expect(throws: PowerError.self) { try RuleOfThumb.rules(for: .init(indicators: 0)) }
    }
}
