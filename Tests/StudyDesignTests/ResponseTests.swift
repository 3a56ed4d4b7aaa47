import Datasets
import Testing

@testable import StudyDesign

@Suite struct ResponseRateTests {
    private let counts = ResponseCounts(counts: [
        .complete: 500, .partial: 50, .invalid: 10, .refusal: 150, .noncontact: 120, .other: 20, .unknown: 100,
        .ineligible: 50,
    ])

    @Test func ratesAreThoseOfTheStandardDefinitions() throws {
        // I 500, P 50, R 150, NC 120, O 20 + 10, U 100; e = 850/900 (AAPOR 2016, section on response rates).
        let withShare: Double = 850 + 100 * 850 / 900
        let expected: [Double] = [500 / 950, 550 / 950, 500 / withShare, 550 / withShare, 500 / 850, 550 / 850]
        for number in 1...6 { #expect(abs((counts.responseRate(number) ?? 0) - expected[number - 1]) < 1e-15) }
        #expect(abs((counts.responseRate(3, eligibleShare: 0.5) ?? 0) - 500 / 900.0) < 1e-15)
        #expect(counts.responseRate(0) == nil && counts.responseRate(7) == nil)
        #expect(abs((counts.contactRate ?? 0) - 730 / 950.0) < 1e-15)
        #expect(abs((counts.refusalRate ?? 0) - 150 / 950.0) < 1e-15)
        #expect(abs((counts.cooperationRate(countingPartial: false) ?? 0) - 500 / 730.0) < 1e-15)
    }

    @Test func ratesAreOrdered() throws {
        let rates = try (1...6).map { try #require(counts.responseRate($0)) }
        #expect(rates[0] <= rates[2] && rates[2] <= rates[4] && rates[1] <= rates[3] && rates[3] <= rates[5])
    }

    @Test func stagesAndLossAreCounted() {
        #expect(counts.invited == 1000 && counts.reached == 730 && counts.answered == 560 && counts.valid == 550)
        #expect(abs((counts.completionRate ?? 0) - 500 / 560.0) < 1e-15)
        #expect(abs((counts.lossRate ?? 0) - 10 / 560.0) < 1e-15)
        let none = ResponseCounts([Disposition]())
        #expect(none.responseRate(1) == nil && none.lossRate == nil && none.eligibleShare == nil)
    }

    @Test func theCourseOfAnswersAddsUp() throws {
        let waves = ResponseTimeline(waves: ["2", "1", "10", "1", nil], invited: 10)
        #expect(waves.steps.map(\.label) == ["1", "2", "10"])
        #expect(waves.steps.map(\.cumulative) == [2, 3, 4] && waves.steps.last?.share == 0.4 && waves.undated == 1)
        let dates = ResponseTimeline(dates: [try date("2024-03-04"), try date("2024-03-01"), nil], invited: 4)
        #expect(dates.steps.map(\.position) == [0, 3] && dates.steps.map(\.label) == ["2024-03-01", "2024-03-04"])
        #expect(ResponseTimeline(waves: [], invited: 0).steps.isEmpty)
    }
}

@Suite struct ResponseWeightTests {
    private let types: [String: Double] = ["E": 4421, "H": 755, "M": 1018]
    private let wide: [String: Double] = ["No": 1072, "Yes": 5122]

    private func schools() throws -> (types: [String], wide: [String], weights: [Double]) {
        let data = try Dataset.read(path: fixture("apiclus1.csv")).dataset
        return (
            try data.column("stype").texts.compactMap { $0 }, try data.column("sch.wide").texts.compactMap { $0 },
            try data.column("pw").numbers
        )
    }

    private func margins() throws -> [Raking.Margin] {
        let schools = try schools()
        return [
            Raking.Margin("stype", categories: schools.types, totals: types),
            Raking.Margin("sch.wide", categories: schools.wide, totals: wide),
        ]
    }

    @Test func poststratificationIsThatOfSurvey() throws {
        // survey 4.1-1: postStratify(~stype)
        let schools = try schools()
        let expected = ["E": 30.7013888888889, "H": 53.9285714285714, "M": 40.72]
        let own = try Raking(schools.weights, to: [try margins()[0]])
        for (type, weight) in zip(schools.types, own.weights) { #expect(abs(weight - (expected[type] ?? 0)) < 1e-10) }
        #expect(own.iterations == 1 && own.hasConverged)
    }

    @Test func rakingIsThatOfSurvey() throws {
        // survey 4.1-1: rake(~stype, ~sch.wide), epsilon 1e-10
        let schools = try schools()
        let expected = [
            "E No": 39.8392362469351, "E Yes": 29.8706754926280, "H No": 67.1255292412626, "H Yes": 50.3294011162406,
            "M No": 49.0690721641239, "M Yes": 36.7910248643798,
        ]
        let raking = try Raking(schools.weights, to: try margins())
        for (index, weight) in raking.weights.enumerated() {
            #expect(abs(weight - (expected["\(schools.types[index]) \(schools.wide[index])"] ?? 0)) < 1e-8)
        }
        #expect(raking.hasConverged && raking.largestDeviation < 1e-10)
        #expect(abs((KishDesignEffect.weighting(raking.weights) ?? 0) - 1.05165669560485) < 1e-10)
        // survey's trimWeights(upper = 50, strict = TRUE)
        let trimming = try WeightTrimming(raking.weights, at: 50)
        let distinct = Set(trimming.weights.map { ($0 * 1e6).rounded() / 1e6 }).sorted()
        let trimmed = [30.1961192796247, 37.1164686513765, 40.1646800339317, 49.3945159511205, 50]
        #expect(distinct.count == 5 && zip(distinct, trimmed).allSatisfy { abs($0 - $1) < 2e-6 })
        #expect(abs(trimming.weights.reduce(0, +) - 6194) < 1e-8)
    }

    @Test func classesMakeUpForThoseWhoDidNotRespond() throws {
        let base = [1.0, 1, 2, 2, 3, 3], responded = [true, false, true, true, false, true]
        let weights = try NonresponseWeights(
            base: base, responded: responded, classes: ["a", "a", "a", "b", "b", "b"])
        // Rates (1 + 2)/4 and (2 + 3)/8.
        #expect(weights.classes.map(\.responseRate) == [0.75, 0.625])
        #expect(abs(weights.sum - 12) < 1e-12 && weights.respondents == 4)
        #expect(weights.weights[1] == nil && abs((weights.weights[0] ?? 0) - 4 / 3.0) < 1e-15)
        let plain = try NonresponseWeights(base: base, responded: responded)
        #expect(abs(plain.sum - 12) < 1e-12 && plain.classes.count == 1)
    }

    @Test func sharesKeepTheSumOfTheDesignWeights() throws {
        let weights = try NonresponseWeights(
            base: [2, 2, 2, 2], responded: [true, true, true, false],
            margins: [Raking.Margin("sex", categories: ["f", "m", "m", "f"], totals: ["f": 0.6, "m": 0.4])])
        #expect(abs(weights.sum - 8) < 1e-12)
        #expect(abs((weights.weights[0] ?? 0) - 4.8) < 1e-12 && abs((weights.weights[1] ?? 0) - 1.6) < 1e-12)
        // 1 + cv² = 3·(4.8² + 2·1.6²)/64
        #expect(abs(weights.effect - 3 * (23.04 + 5.12) / 64) < 1e-12)
    }

    @Test func marginsThatCannotBeMetAreReported() throws {
        // Both variables are the same, their totals are not.
        let raking = try Raking(
            [1, 1, 1, 1],
            to: [
                Raking.Margin("a", categories: ["x", "x", "y", "y"], totals: ["x": 1, "y": 3]),
                Raking.Margin("b", categories: ["x", "x", "y", "y"], totals: ["x": 2, "y": 2]),
            ], limit: 50)
        #expect(!raking.hasConverged && raking.iterations == 50 && raking.largestDeviation > 0.1)
    }

    @Test func whatCannotBeWeightedIsSaid() {
        func raking(_ categories: [String], _ totals: [String: Double], _ weights: [Double] = [1, 1]) -> String {
            samplingProblem { try Raking(weights, to: [Raking.Margin("size", categories: categories, totals: totals)]) }
        }
        #expect(raking(["a", "c"], ["a": 1]).contains("no total for size = c"))
        #expect(raking(["a", "a"], ["a": 1, "b": 2]).contains("no respondent has size = b"))
        #expect(raking(["a", "a"], ["a": 0]).contains("must be above 0"))
        #expect(raking(["a", "a"], ["a": .nan]).contains("must be above 0"))
        #expect(raking(["a"], ["a": 1]).contains("1 values for 2 units"))
        #expect(raking(["a", "a"], ["a": 1], [1, -1]).contains("unit 2"))
        #expect(samplingProblem { try Raking([], to: []) }.contains("no units"))
        #expect(samplingProblem { try Raking([1], to: []) }.contains("known totals"))
        #expect(samplingProblem { try WeightTrimming([1, 3], at: 2) }.contains("mean is 2"))
        #expect(samplingProblem { try WeightTrimming([1, 3], at: .infinity) }.contains("bound"))
        #expect(samplingProblem { try NonresponseWeights(base: [1], responded: [false]) }.contains("nobody responded"))
        #expect(
            samplingProblem { try NonresponseWeights(base: [1, 1], responded: [true, false], classes: ["a", "b"]) }
                .contains("class b"))
        #expect(samplingProblem { try NonresponseWeights(base: [0, 1], responded: [true, true]) }.contains("unit 1"))
    }
}
