import Probability
import SetTheoreticAnalysis
import Testing

@Suite struct NecessityTestTests {
    /// NCA 5.0.1, 4000 permutations: p .0805 ± .0084 and .1625 ± .0114, thresholds .4392 and .3725.
    @Test func innovationPerformance() throws {
        let analysis = try InnovationData.individualism(NecessaryConditionOptions(permutations: 4000, seed: 3))
        let tests = analysis.ceilings.compactMap(\.test)
        #expect(tests.count == 2)
        #expect(abs(tests[0].p - 0.0805) < 0.015 && abs(tests[1].p - 0.1625) < 0.02)
        #expect(abs(tests[0].threshold - 0.4392) < 0.01 && abs(tests[1].threshold - 0.3725) < 0.01)
        // 1.96 √(p (1 - p) / 4000)
        let accuracy = 1.959963984540054 * (tests[0].p * (1 - tests[0].p) / 4000).squareRoot()
        #expect(abs(tests[0].accuracy - accuracy) < 1e-12)
        #expect(tests.allSatisfy { !$0.isExact && $0.permutations == 4000 })
        #expect(analysis[.ordinaryLeastSquares]?.test == nil)
    }

    @Test func theResultDependsOnTheSeedAlone() throws {
        func tests(_ seed: UInt64, _ threads: Int) throws -> [NecessityTest?] {
            try InnovationData.riskTaking(
                NecessaryConditionOptions(permutations: 500, seed: seed, threads: threads)
            ).ceilings.map(\.test)
        }
        let one = try tests(7, 1)
        #expect(try tests(7, 3) == one)
        #expect(try tests(8, 1) != one)
    }

    /// All 120 orders of five cases, counted by hand in the test.
    @Test func fewCasesAreEnumerated() throws {
        let x = [1.0, 2, 3, 4, 5], y = [1.0, 3, 2, 4, 5]
        func zone(_ y: [Double]) throws -> Double {
            try NecessaryConditionAnalysis(
                x: x, y: y, condition: "x", outcome: "y", names: x.map { "\($0)" },
                options: NecessaryConditionOptions(ceilings: [.stepFreeDisposal])
            ).ceilings[0].effectSize ?? 0
        }
        var orders: [[Double]] = [[]]
        for value in y {
            orders = orders.flatMap { order in
                (0...order.count).map { place in
                    var longer = order
                    longer.insert(value, at: place)
                    return longer
                }
            }
        }
        let observed = try zone(y)
        let reached = try orders.count { try zone($0) >= observed - 1e-12 }
        let test = try NecessaryConditionAnalysis(
            x: x, y: y, condition: "x", outcome: "y", names: x.map { "\($0)" },
            options: NecessaryConditionOptions(ceilings: [.stepFreeDisposal], permutations: 1000)
        ).ceilings[0].test
        #expect(orders.count == 120)
        #expect(test?.isExact == true && test?.permutations == 120 && test?.accuracy == 0)
        #expect(test?.p == Double(reached) / 120)
    }

    @Test func unrelatedVariablesHaveEvenlySpreadProbabilities() throws {
        var stream = RandomStream(seed: 4, stream: 0)
        var small = 0
        for _ in 0..<200 {
            let x = (0..<30).map { _ in stream.uniform() }, y = (0..<30).map { _ in stream.uniform() }
            let analysis = try NecessaryConditionAnalysis(
                x: x, y: y, condition: "x", outcome: "y", names: x.map { "\($0)" },
                options: NecessaryConditionOptions(ceilings: [.stepFreeDisposal], permutations: 99))
            if let p = analysis.ceilings[0].test?.p, p <= 0.2 { small += 1 }
        }
        // 40 expected, standard deviation 5.7.
        #expect((20...60).contains(small))
    }

    @Test func withoutAnEffectEveryOrderIsAsLarge() throws {
        let analysis = try NecessaryConditionAnalysis(
            x: (0..<20).map(Double.init), y: (0..<20).map { Double(20 - $0) }, condition: "x", outcome: "y",
            names: (0..<20).map { "\($0)" }, options: NecessaryConditionOptions(permutations: 200))
        #expect(analysis.ceilings.allSatisfy { $0.effectSize == 0 && $0.test?.p == 1 && $0.test?.accuracy == 0 })
    }
}
