import StudyDesign
import Testing

@Suite struct PowerOfMultilevelDesignsTests {
    /// Standard errors of generalised least squares in balanced data, by matrices in R 4.2.2, and the power by `pt`.
    @Test func equalsGeneralisedLeastSquares() throws {
        let design = try MultilevelDesign(
            clusters: 50, plannedSize: 10, intraclassCorrelation: 0.3, slopeVariance: 0.1)
        let within = try MultilevelPower(design, level: .within, effect: 0.2)
        let between = try MultilevelPower(design, level: .between, effect: 0.25)
        let cross = try MultilevelPower(design, level: .crossLevel, effect: 0.15)
        #expect(abs(within.standardError - 0.0596284794) < 1e-9)
        #expect(abs(between.standardError - 0.0860232526704) < 1e-9)
        #expect(abs(cross.standardError - 0.0596284794) < 1e-9)
        #expect(abs(within.power - 0.907862663558) < 1e-9)
        #expect(abs(between.power - 0.812630830565) < 1e-9)
        #expect(abs(cross.power - 0.693233234598) < 1e-9)
    }

    /// Six occasions one unit apart have a sum of squares of 17.5.
    @Test func growth() throws {
        let design = try MultilevelDesign(
            clusters: 30, plannedSize: 6, intraclassCorrelation: 0.4, slopeVariance: 0.05, level1Predictor: .time)
        #expect(abs(try MultilevelPower(design, level: .within, effect: 0.1).standardError - 0.0530049413689) < 1e-9)
        let groups = try MultilevelDesign(
            clusters: 30, plannedSize: 6, intraclassCorrelation: 0.4, slopeVariance: 0.05, level1Predictor: .time,
            level2StandardDeviation: 0.5)
        let error = try MultilevelPower(groups, level: .crossLevel, effect: 0.1).standardError
        #expect(abs(error - 2 * 0.0530049413689) < 1e-9)
    }

    /// The relative efficiency of unequal sizes, 1 − CV²λ(1 − λ) (van Breukelen, Candel & Berger 2007).
    @Test func unequalSizes() throws {
        let equal = try MultilevelDesign(clusters: 40, plannedSize: 20, intraclassCorrelation: 0.1)
        let unequal = try MultilevelDesign(
            clusters: 40, plannedSize: 20, intraclassCorrelation: 0.1, variationOfSizes: 0.5)
        let ratio =
            try MultilevelPower(equal, level: .between, effect: 0.2).standardError
            / MultilevelPower(unequal, level: .between, effect: 0.2).standardError
        // λ = 20·.1/(20·.1 + .9)
        let lambda = 2 / 2.9
        #expect(abs(ratio * ratio - (1 - 0.25 * lambda * (1 - lambda))) < 1e-12)
    }

    @Test func morePersonsOrDays() throws {
        let design = try MultilevelDesign(clusters: 100, plannedSize: 5, intraclassCorrelation: 0.4, compliance: 0.8)
        #expect(abs(design.cases - 400) < 1e-9)
        for level in MultilevelPower.Level.allCases {
            let power = try MultilevelPower(design, level: level, effect: 0.1)
            #expect(try power.resized(clusters: 200, plannedSize: 5).power > power.power)
            #expect(try power.resized(clusters: 100, plannedSize: 10).power > power.power)
            let clusters = try #require(try power.minimumClusters(power: 0.8))
            #expect(try power.resized(clusters: clusters, plannedSize: 5).power >= 0.8)
            #expect(try power.resized(clusters: clusters - 1, plannedSize: 5).power < 0.8)
            let effect = try #require(power.detectableEffect(power: 0.8))
            #expect(abs(try MultilevelPower(design, level: level, effect: effect).power - 0.8) < 1e-9)
        }
    }

    /// Arend and Schäfer (2019, abstract): with medium variance components and up to 30 cases in up to 200 clusters, medium
    /// effects of level 2 are found with a power of .80, small ones are not. (ICC .30, slope variance .09; effects of .1 and .3
    /// standard deviations of the intercepts or slopes.)
    @Test func arendAndSchaefer() throws {
        let design = try MultilevelDesign(
            clusters: 200, plannedSize: 30, intraclassCorrelation: 0.3, slopeVariance: 0.09)
        for (level, deviation) in [(MultilevelPower.Level.between, 0.3.squareRoot()), (.crossLevel, 0.3)] {
            #expect(try MultilevelPower(design, level: level, effect: 0.1 * deviation).power < 0.8)
            #expect(try MultilevelPower(design, level: level, effect: 0.3 * deviation).power > 0.8)
        }
    }

    @Test func simulationAgreesWithTheFormula() throws {
        let design = try MultilevelDesign(
            clusters: 40, plannedSize: 6, intraclassCorrelation: 0.3, compliance: 0.85, slopeVariance: 0.05)
        let study = try MultilevelSimulationStudy(
            design, effects: .init(within: 0.2, between: 0.25, crossLevel: 0.15),
            options: SimulationOptions(replicates: 250, seed: 5, threads: 4))
        for (level, effect) in [(MultilevelPower.Level.within, 0.2), (.between, 0.25), (.crossLevel, 0.15)] {
            let formula = try MultilevelPower(design, level: level, effect: effect)
            let simulated = try #require(study.effects[level])
            #expect(abs(simulated.power.value - formula.power) < 4 * simulated.power.standardError + 0.03, "\(level)")
            #expect(abs(simulated.bias) < 4 * simulated.biasStandardError)
            #expect(abs(simulated.standardDeviation / formula.standardError - 1) < 0.15, "\(level)")
        }
    }

    @Test func simulationDoesNotDependOnThreads() throws {
        let design = try MultilevelDesign(
            clusters: 20, plannedSize: 5, intraclassCorrelation: 0.3, compliance: 0.9, variationOfSizes: 0.4)
        func study(_ threads: Int) throws -> MultilevelSimulationStudy {
            try MultilevelSimulationStudy(
                design, effects: .init(within: 0.3),
                options: SimulationOptions(replicates: 40, seed: 2, threads: threads))
        }
        #expect(try study(1) == study(3))
    }

    @Test func impossibleDesigns() throws {
        #expect(throws: PowerError.self) {
            try MultilevelDesign(clusters: 2, plannedSize: 5, intraclassCorrelation: 0.1)
        }
        #expect(throws: PowerError.self) {
            try MultilevelDesign(clusters: 20, plannedSize: 0, intraclassCorrelation: 0.1)
        }
        for icc in [-0.1, 1, 1.5, .nan] {
            #expect(throws: PowerError.self) {
                try MultilevelDesign(clusters: 20, plannedSize: 5, intraclassCorrelation: icc)
            }
        }
        #expect(throws: PowerError.self) {
            try MultilevelDesign(clusters: 20, plannedSize: 5, intraclassCorrelation: 0.1, compliance: 0)
        }
        #expect(throws: PowerError.self) {
            try MultilevelDesign(clusters: 20, plannedSize: 5, intraclassCorrelation: 0.1, slopeVariance: -1)
        }
        let single = try MultilevelDesign(clusters: 20, plannedSize: 1, intraclassCorrelation: 0.1)
        #expect(throws: PowerError.self) { try MultilevelPower(single, level: .within, effect: 0.1) }
        #expect(try MultilevelPower(single, level: .between, effect: 0.1).power > 0.05)
        #expect(throws: PowerError.self) { try MultilevelPower(single, level: .between, effect: 0) }
        #expect(throws: PowerError.self) { try MultilevelPower(single, level: .between, effect: .nan) }
    }
}
