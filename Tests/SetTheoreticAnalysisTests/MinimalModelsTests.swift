import Probability
import SetTheoreticAnalysis
import Testing

/// Models against an enumeration of everything (``BruteForce``).
@Suite struct MinimalModelsTests {
    /// A random truth table: conditions with some levels, rows that are positive, negative or remainders.
    private struct Example {
        let oracle: BruteForce
        let conditions: Conditions
        let positives: [[Int]]
        let negatives: [[Int]]
        let remainders: [[Int]]

        init(_ random: inout RandomStream, conditions count: Int, multiValue: Bool, positiveLimit: Int) {
            let levels = (0..<count).map { _ in multiValue ? 2 + random.index(below: 2) : 2 }
            oracle = BruteForce(levelCounts: levels)
            conditions = Conditions(names: (0..<count).map { "C\($0)" }, levelCounts: levels)
            var positives: [[Int]] = [], negatives: [[Int]] = [], remainders: [[Int]] = []
            let share = 0.1 + 0.5 * random.uniform()
            for row in oracle.configurations {
                let draw = random.uniform()
                if draw < share * 0.5, positives.count < positiveLimit {
                    positives.append(row)
                } else if draw < share {
                    negatives.append(row)
                } else {
                    remainders.append(row)
                }
            }
            if positives.isEmpty { positives.append(remainders.removeLast()) }
            if negatives.isEmpty { negatives.append(remainders.removeLast()) }
            (self.positives, self.negatives, self.remainders) = (positives, negatives, remainders)
        }

        func term(_ conjunction: Conjunction) -> [Int?] { conditions.names.indices.map { conjunction[$0] } }

        func models(_ models: MinimalModels) -> Set<Set<[Int?]>> {
            Set(models.models.map { model in Set(model.map { term(models.primes[$0]) }) })
        }

        var positiveRows: [Conjunction] { positives.map { Conjunction(levels: $0) } }
        var negativeRows: [Conjunction] { negatives.map { Conjunction(levels: $0) } }
    }

    private func check(_ example: Example, count: Int, remaindersMayBeUsed: Bool) {
        let allowed = Set(example.positives + (remaindersMayBeUsed ? example.remainders : []))
        let expected = example.oracle.primes(positives: example.positives, allowed: allowed)
        let limits = MinimizationLimits(models: 1_000_000)
        let found =
            remaindersMayBeUsed
            ? MinimalModels(
                covering: example.positiveRows, avoiding: example.negativeRows, conditions: example.conditions,
                limits: limits)
            : MinimalModels(
                covering: example.positiveRows, within: example.positiveRows, conditions: example.conditions,
                limits: limits)
        #expect(Set(found.primes.map(example.term)) == Set(expected))
        #expect(found.primes.count == expected.count)
        // What the enumeration can still do.
        let size = found.models[0].count
        let combinations = (0..<size).reduce(1.0) { $0 * Double(expected.count - $1) / Double($1 + 1) }
        guard combinations < 5_000 else { return }
        let covers = example.oracle.minimalCovers(expected, of: example.positives)
        #expect(example.models(found) == covers)
        #expect(found.models.count == covers.count)
        #expect(found.proof.modelCount == covers.count)
        #expect(found.proof.isExhaustive && found.proof.isMinimumProven && found.proof.countIsExact)
        #expect(zip(found.models, found.models.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
        if expected.count <= 9 {
            let all = MinimalModels(
                covering: example.positiveRows, avoiding: example.negativeRows, conditions: example.conditions,
                options: ModelOptions(allIrredundant: true), limits: limits)
            if remaindersMayBeUsed {
                #expect(
                    example.models(all) == example.oracle.irredundantCovers(expected, of: example.positives))
            }
        }
    }

    @Test(arguments: [(3, 300), (4, 300), (5, 150)])
    func crispTablesAgreeWithEnumeration(count: Int, tables: Int) {
        var random = RandomStream(seed: 1, stream: UInt64(count))
        for _ in 0..<tables {
            let example = Example(&random, conditions: count, multiValue: false, positiveLimit: 12)
            check(example, count: count, remaindersMayBeUsed: true)
            check(example, count: count, remaindersMayBeUsed: false)
        }
    }

    @Test(arguments: [(6, 24), (7, 6)])
    func largerTablesAgreeWithEnumeration(count: Int, tables: Int) {
        var random = RandomStream(seed: 2, stream: UInt64(count))
        for _ in 0..<tables {
            let example = Example(&random, conditions: count, multiValue: false, positiveLimit: 14)
            check(example, count: count, remaindersMayBeUsed: true)
            check(example, count: count, remaindersMayBeUsed: false)
        }
    }

    @Test(arguments: [(3, 150), (4, 70)])
    func multiValueTablesAgreeWithEnumeration(count: Int, tables: Int) {
        var random = RandomStream(seed: 3, stream: UInt64(count))
        for _ in 0..<tables {
            let example = Example(&random, conditions: count, multiValue: true, positiveLimit: 12)
            check(example, count: count, remaindersMayBeUsed: true)
            check(example, count: count, remaindersMayBeUsed: false)
        }
    }

    @Test func textbookCycleHasTwoMinimalAndFiveIrredundantModels() throws {
        // All but the first and the last row of three conditions are positive.
        let rows = BruteForce(levelCounts: [2, 2, 2]).configurations.map { Conjunction(levels: $0) }
        let conditions = Conditions(names: ["A", "B", "C"], levelCounts: [2, 2, 2])
        let positives = Array(rows[1...6]), negatives = [rows[0], rows[7]]
        let minimal = MinimalModels(covering: positives, avoiding: negatives, conditions: conditions)
        #expect(
            minimal.models.map { conditions.expression($0.map { minimal.primes[$0] }) } == [
                "~A*B + A*~C + ~B*C", "~A*C + A*~B + B*~C",
            ])
        let all = MinimalModels(
            covering: positives, avoiding: negatives, conditions: conditions,
            options: ModelOptions(allIrredundant: true))
        #expect(all.models.count == 5)
        #expect(all.models.map(\.count) == [3, 3, 4, 4, 4])
    }

    @Test func modelsBeyondTheLimitAreCountedAndTheFirstListed() {
        var random = RandomStream(seed: 5, stream: 0)
        for _ in 0..<20 {
            let example = Example(&random, conditions: 6, multiValue: false, positiveLimit: 20)
            let all = MinimalModels(
                covering: example.positiveRows, avoiding: example.negativeRows, conditions: example.conditions,
                limits: MinimizationLimits(models: 1_000_000))
            let few = MinimalModels(
                covering: example.positiveRows, avoiding: example.negativeRows, conditions: example.conditions,
                limits: MinimizationLimits(models: 7))
            #expect(few.proof.modelCount == all.models.count)
            #expect(few.models == Array(all.models.prefix(7)))
            #expect(few.proof.isExhaustive == (all.models.count <= 7))
        }
    }
}
