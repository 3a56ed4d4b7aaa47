import Testing

@testable import StudyDesign

/// The error that `body` throws in words, or an empty text.
func samplingProblem(_ body: () throws -> some Any) -> String {
    do {
        _ = try body()
        return ""
    } catch { return "\(error)" }
}

@Suite struct SamplingAllocationTests {
    /// The census of agriculture of Lohr (1999, Example 4.2): 300 of 3,078 counties.
    private let regions = [
        SamplingStratum("Northeast", size: 220), SamplingStratum("North Central", size: 1054),
        SamplingStratum("South", size: 1382), SamplingStratum("West", size: 422),
    ]

    /// The caribou herd of Lohr (1999, section 4.4).
    private let caribou = [
        ("A", 400, 3000.0), ("B", 30, 2000), ("C", 61, 9000), ("D", 18, 2000), ("E", 70, 12000), ("F", 120, 1000),
    ]
    .map { SamplingStratum($0.0, size: $0.1, standardDeviation: $0.2) }

    @Test func proportionalAllocationIsThatOfLohr() throws {
        let allocation = try StratumAllocation(300, to: regions)
        #expect(allocation.rows.map(\.n) == [21, 103, 135, 41])
        #expect(allocation.n == 300 && allocation.population == 3078)
    }

    @Test func neymanAllocationIsThatOfLohr() throws {
        let allocation = try StratumAllocation(225, to: caribou, by: .neyman)
        #expect(allocation.rows.map(\.n) == [96, 5, 44, 3, 67, 10])
        // 225 · 400 · 3000 / 2 805 000
        #expect(abs(allocation.rows[0].share - 96.25668449197861) < 1e-10)
    }

    @Test func optimalAllocationWeighsCosts() throws {
        // nₕ ∝ NₕSₕ/√cₕ (Cochran 1977, 5.23): 400·10/2 = 2000 against 600·20/3 = 4000.
        let strata = [
            SamplingStratum("a", size: 400, standardDeviation: 10, cost: 4),
            SamplingStratum("b", size: 600, standardDeviation: 20, cost: 9),
        ]
        let allocation = try StratumAllocation(264, to: strata, by: .optimal)
        #expect(allocation.rows.map(\.n) == [88, 176])
        #expect(allocation.cost == 1936.0)
    }

    @Test func strataAreNeverAskedForMoreThanTheyHave() throws {
        // Neyman asks for more of E than its 70; the rest goes to the others (Cochran 1977, 5.8).
        let allocation = try StratumAllocation(400, to: caribou, by: .neyman, minimum: 2)
        #expect(allocation.n == 400)
        #expect(allocation.rows.allSatisfy { $0.n <= $0.stratum.size && $0.n >= 2 })
        #expect(allocation.rows[4].n == 70 && allocation.rows[2].n == 61)
        let whole = try StratumAllocation(699, to: caribou, by: .equal)
        #expect(whole.rows.map(\.n) == caribou.map(\.size))
    }

    @Test func sharesSumToTheSampleWhateverTheRule() throws {
        var random = SplitMix(state: 7)
        for _ in 0..<80 {
            let strata = (0..<Int.random(in: 1...12, using: &random)).map { index in
                SamplingStratum(
                    "s\(index)", size: .random(in: 1...500, using: &random),
                    standardDeviation: Bool.random(using: &random) ? .random(in: 0.01...9, using: &random) : 0.5,
                    cost: .random(in: 1...50, using: &random))
            }
            let population = strata.reduce(0) { $0 + $1.size }
            let n = Int.random(in: min(strata.count, population)...population, using: &random)
            for rule in AllocationRule.allCases {
                let allocation = try StratumAllocation(n, to: strata, by: rule)
                #expect(allocation.n == n)
                #expect(allocation.rows.allSatisfy { (1...$0.stratum.size).contains($0.n) })
                // Design weights add up to the population.
                let sum = allocation.rows.reduce(0.0) { $0 + Double($1.n) * ($1.weight ?? 0) }
                #expect(abs(sum - Double(population)) < 1e-6)
            }
        }
    }

    @Test func deviationsFarApartAreSharedOutExactly() throws {
        let strata = [("a", 1e-90), ("b", 1.0), ("c", 3.0), ("d", 1e90), ("e", 0)].map {
            SamplingStratum($0.0, size: 100, standardDeviation: $0.1)
        }
        // d is taken whole; c and b share what is left 3 : 1; a and e have the least number.
        let allocation = try StratumAllocation(150, to: strata, by: .neyman)
        #expect(allocation.rows.map(\.n) == [1, 12, 36, 100, 1])
        #expect(try StratumAllocation(450, to: strata, by: .neyman).rows.map(\.n) == [100, 100, 100, 100, 50])
    }

    @Test func precisionIsThatOfSurvey() throws {
        // The standard deviations of api00 in apistrat; survey 4.1-1: svymean 662.287, SE 9.40894080278458, from weights that
        // are rounded to single precision.
        let strata = [
            SamplingStratum("E", size: 4421, standardDeviation: 125.249428313782, mean: 674.43),
            SamplingStratum("H", size: 755, standardDeviation: 109.302741904104, mean: 625.82),
            SamplingStratum("M", size: 1018, standardDeviation: 117.579152671114, mean: 636.6),
        ]
        let precision = ExpectedPrecision(try StratumAllocation(given: [100, 50, 50], of: strata))
        #expect(abs((precision.standardError ?? 0) - 9.40894080278458) < 1e-6)
        // 200·(4421²/100 + 755²/50 + 1018²/50)/6194²
        #expect(abs((precision.weightingEffect ?? 0) - 200 * 227579.39 / 38_365_636) < 1e-12)
        let neyman = ExpectedPrecision(try StratumAllocation(200, to: strata, by: .neyman))
        let smallest = try #require(neyman.neymanStandardError), own = try #require(neyman.standardError)
        #expect(own >= smallest && own < smallest * 1.001)
        #expect(own < (precision.standardError ?? 0))
        #expect((precision.designEffect ?? 0) > 1.1 && (neyman.designEffect ?? 9) < 1)
    }

    @Test func aCensusHasNoError() throws {
        let strata = [
            SamplingStratum("a", size: 10, standardDeviation: 3, mean: 1),
            SamplingStratum("b", size: 5, standardDeviation: 2, mean: 9),
        ]
        let precision = ExpectedPrecision(try StratumAllocation(15, to: strata))
        #expect(precision.standardError == 0 && precision.proportionStandardError == 0)
    }

    @Test func designEffectsAreThoseOfKish() {
        #expect(KishDesignEffect.weighting([1, 1, 1, 1]) == 1)
        // 4·(1 + 1 + 4 + 4)/36
        #expect(abs((KishDesignEffect.weighting([1, 1, 2, 2]) ?? 0) - 40.0 / 36) < 1e-15)
        #expect(KishDesignEffect.weighting([]) == nil && KishDesignEffect.weighting([0, 0]) == nil)
    }

    @Test func whatCannotBeAllocatedIsSaid() {
        func problem(_ n: Int, _ strata: [SamplingStratum], _ rule: AllocationRule = .proportional, _ minimum: Int = 1)
            -> String
        {
            samplingProblem { try StratumAllocation(n, to: strata, by: rule, minimum: minimum) }
        }
        #expect(problem(4000, regions).contains("there are 3078"))
        #expect(problem(3, regions).contains("draw 4 or more"))
        #expect(problem(0, regions).contains("none"))
        #expect(problem(10, []).contains("no units"))
        #expect(problem(10, regions + [SamplingStratum("East", size: 0)]).contains("East has no units"))
        #expect(problem(10, [regions[0], regions[0]]).contains("Northeast is given twice"))
        #expect(problem(100, regions, .neyman).contains("Northeast has no standard deviation"))
        #expect(problem(100, caribou, .optimal).contains("A has no cost"))
        let huge = [
            SamplingStratum("a", size: 9, standardDeviation: 1e308),
            SamplingStratum("b", size: 9, standardDeviation: 1),
        ]
        #expect(problem(3, huge, .neyman).contains("standard deviation 1e+308"))
        let negative = [SamplingStratum("a", size: 9, standardDeviation: -1)]
        #expect(problem(3, negative, .neyman).contains("standard deviation -1"))
        let flat = [
            SamplingStratum("a", size: 9, standardDeviation: 0), SamplingStratum("b", size: 9, standardDeviation: 0),
        ]
        #expect(problem(3, flat, .neyman).contains("all standard deviations are 0"))
        #expect(
            problem(3, [SamplingStratum("a", size: .max), SamplingStratum("b", size: .max)]).contains("not that many"))
        #expect(problem(3, [SamplingStratum("a", size: 9, mean: .nan)]).contains("mean"))
    }
}
