import Probability
import SetTheoreticAnalysis
import Testing

/// Truth tables and solutions of random data against the definitions (``BruteForce``).
@Suite struct RandomTruthTableTests {
    /// Random cases with fuzzy, crisp and multi-value conditions and a fuzzy outcome that depends on them.
    private func data(_ random: inout RandomStream, conditions: Int) throws -> CalibratedData {
        let count = 15 + random.index(below: 30)
        var sets: [CalibratedSet] = []
        for condition in 0..<conditions {
            let kind = random.index(below: 4)
            let values = (0..<count).map { row -> Double in
                switch kind {
                case 0: return Double(random.index(below: 2))
                case 1: return Double(row < 3 ? row : random.index(below: 3))
                // Two decimals, never one half.
                default:
                    let value = (random.uniform() * 100).rounded() / 100
                    return value == 0.5 ? 0.51 : value
                }
            }
            sets.append(try CalibratedSet(name: "C\(condition)", values: values))
        }
        let outcome = (0..<count).map { row in
            let driver = sets[0].kind == .fuzzy ? sets[0].values[row] : min(1, sets[0].values[row])
            return ((0.6 * driver + 0.4 * random.uniform()) * 100).rounded() / 100
        }
        return try CalibratedData(
            cases: (0..<count).map { "k\($0)" }, sets: sets + [CalibratedSet(name: "Y", values: outcome)])
    }

    @Test(arguments: [3, 4, 5]) func rowsAndModelsFollowFromTheDefinitions(conditions count: Int) throws {
        var random = RandomStream(seed: 11, stream: UInt64(count))
        var solved = 0
        for _ in 0..<(count == 5 ? 15 : 60) {
            let data = try data(&random, conditions: count)
            let names = (0..<count).map { "C\($0)" }
            let options = TruthTableOptions(inclusionCut: 0.75, frequencyCut: 1, priCut: 0.4)
            guard
                let table = try? TruthTable(data, outcome: .set("Y", levels: nil), conditions: names, options: options)
            else { continue }
            let levels = try names.map { try data.set($0).levelCount }
            let oracle = BruteForce(levelCounts: levels)
            let y = try data.set("Y").values
            func membership(_ row: Int, _ configuration: [Int]) throws -> Double {
                try names.indices.map { condition in
                    let set = try data.set(names[condition])
                    let value = set.values[row]
                    if set.kind == .fuzzy { return configuration[condition] == 1 ? value : 1 - value }
                    return Int(value) == configuration[condition] ? 1 : 0
                }.min() ?? 1
            }
            var positives: [[Int]] = [], negatives: [[Int]] = [], shown = 0
            for (position, configuration) in oracle.configurations.enumerated() {
                let x = try y.indices.map { try membership($0, configuration) }
                let members = x.indices.filter { x[$0] > 0.5 }
                guard !members.isEmpty else { continue }
                shown += 1
                let row = try #require(table.rows.first { $0.number == position + 1 })
                #expect(row.cases == members)
                #expect(row.count == members.count)
                let common = zip(x, y).map { min($0, $1) }
                let both = zip(common, y).map { min($0, 1 - $1) }
                let sum = x.reduce(0, +)
                let inclusion = common.reduce(0, +) / sum
                let reduction = (common.reduce(0, +) - both.reduce(0, +)) / (sum - both.reduce(0, +))
                #expect(abs((row.inclusion ?? -1) - inclusion) < 1e-12)
                #expect(abs((row.pri ?? -1) - reduction) < 1e-12)
                let isPositive = inclusion >= 0.75 - 1e-9 && reduction >= 0.4 - 1e-9
                #expect((row.output == .positive) == isPositive)
                if isPositive { positives.append(configuration) } else { negatives.append(configuration) }
            }
            #expect(table.rows.count(where: { $0.count > 0 }) == shown)
            guard !positives.isEmpty, !negatives.isEmpty else { continue }
            let analysis = try StandardAnalysis(table)
            func terms(_ solution: Solution?) -> Set<Set<[Int?]>> {
                Set(
                    (solution?.models ?? []).map { model in
                        Set(model.terms.map { term in names.indices.map { term[$0] } })
                    })
            }
            let everything = Set(oracle.configurations)
            let withRemainders = oracle.primes(
                positives: positives, allowed: everything.subtracting(negatives))
            #expect(terms(analysis.parsimonious) == oracle.minimalCovers(withRemainders, of: positives))
            let without = oracle.primes(positives: positives, allowed: Set(positives))
            #expect(terms(analysis.complex) == oracle.minimalCovers(without, of: positives))
            solved += 1
        }
        #expect(solved > (count == 5 ? 3 : 20))
    }

    @Test func theIntermediateSolutionLiesBetweenTheOthers() throws {
        var random = RandomStream(seed: 12, stream: 0)
        var compared = 0
        for _ in 0..<50 {
            let data = try data(&random, conditions: 4)
            let names = ["C0", "C1", "C2", "C3"]
            guard
                let table = try? TruthTable(
                    data, outcome: .set("Y", levels: nil), conditions: names, options: .init(inclusionCut: 0.75))
            else { continue }
            let expectations = DirectionalExpectations(
                levels: table.conditions.levelCounts.map { [random.index(below: $0)] })
            guard
                let analysis = try? StandardAnalysis(table, options: .init(expectations: expectations)),
                let complex = analysis.complex, let parsimonious = analysis.parsimonious,
                let intermediate = analysis.intermediate
            else { continue }
            compared += 1
            for model in intermediate.models {
                // Within some parsimonious model, around some complex one (Ragin 2008, ch. 9).
                for term in model.terms {
                    #expect(
                        parsimonious.primes.contains { $0.covers(term) }, "\(table.conditions.expression(term))")
                }
                for row in table.rows(.positive) {
                    #expect(model.terms.contains { $0.covers(row.configuration) })
                }
                for row in table.rows(.negative) {
                    #expect(!model.terms.contains { $0.intersects(row.configuration) })
                }
            }
            #expect(!complex.models.isEmpty && !intermediate.models.isEmpty)
        }
        #expect(compared > 20)
    }
}

/// What a search that reaches its limit still says.
@Suite struct LimitedSearchTests {
    @Test func modelsWithinTheLimitStillCoverEveryPositiveRow() {
        var random = RandomStream(seed: 21, stream: 0)
        let conditions = Conditions(names: (0..<6).map { "C\($0)" }, levelCounts: [Int](repeating: 2, count: 6))
        let rows = (0..<24).map { _ in Conjunction(levels: (0..<6).map { _ in random.index(below: 2) }) }
        let positives = Array(Set(rows)).sorted { $0.code < $1.code }
        for effort in [1, 1000, 100_000] {
            let limits = MinimizationLimits(models: 5, effort: effort)
            let within = MinimalModels(covering: positives, within: positives, conditions: conditions, limits: limits)
            let union = within.models[0].map { within.primes[$0] }
            #expect(positives.allSatisfy { row in union.contains { $0.covers(row) } })
            #expect(effort > 1 || !within.proof.isExhaustive && !within.proof.isMinimumProven)
            let negatives = [Conjunction(levels: [0, 1, 0, 1, 0, 1])].filter { !positives.contains($0) }
            let avoiding = MinimalModels(
                covering: positives, avoiding: negatives, conditions: conditions, limits: limits)
            let cover = avoiding.models[0].map { avoiding.primes[$0] }
            #expect(positives.allSatisfy { row in cover.contains { $0.covers(row) } })
        }
    }
}
