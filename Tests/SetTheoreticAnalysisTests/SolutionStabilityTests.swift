import Probability
import Testing

@testable import SetTheoreticAnalysis

@Suite("SolutionStability")
struct SolutionStabilityTests {
    /// Each replication by a truth table of the cases themselves.
    static func direct(_ analysis: StandardAnalysis, _ kind: Solution.Kind, _ positions: [Int]) -> MinimizationOutcome {
        let table = analysis.table
        do throws(SetTheoryError) {
            let sample = try TruthTable(
                table.data.selecting(positions), outcome: table.outcome, conditions: table.conditions.names,
                options: table.options)
            let models = try StandardAnalysis(sample, options: analysis.options)[kind]?.models ?? []
            return .models(models.map(\.terms))
        } catch {
            return .none(MinimizationOutcome.Failure(error))
        }
    }

    @Test("Leaving out each case equals a new analysis without it", arguments: [Solution.Kind.complex, .parsimonious])
    func leaveOneOut(kind: Solution.Kind) throws {
        let analysis = try Democracies.analysis(kinds: [kind])
        let result = try SolutionStability(analysis, kind: kind, options: .init(replications: 0))
        #expect(result.leaveOneOut.replications == 18 && result.bootstrap.replications == 0)
        let reference = MinimizationOutcome.models((analysis[kind]?.models ?? []).map(\.terms))
        var influential: [String] = []
        for left in 0..<18 {
            let outcome = Self.direct(analysis, kind, (0..<18).filter { $0 != left })
            if outcome.isEquivalent(to: reference) { continue }
            influential.append(Democracies.cases[left])
            let found = try #require(result.influentialCases.first { $0.position == left })
            #expect(found.outcome.isEquivalent(to: outcome))
        }
        #expect(result.influentialCases.map(\.name) == influential)
        #expect(!influential.isEmpty)
        #expect(result.leaveOneOut.sameSolution == 18 - influential.count)
    }

    @Test("Bootstrap replications equal new analyses of the drawn cases")
    func bootstrap() throws {
        let analysis = try Democracies.analysis()
        let result = try SolutionStability(
            analysis, kind: .parsimonious, options: .init(replications: 200, seed: 11))
        let reference = MinimizationOutcome.models((analysis.parsimonious?.models ?? []).map(\.terms))
        var same = 0, failed = 0, exact = [0, 0], every = [0, 0], contained = [0, 0], containing = [0, 0]
        for replicate in 0..<200 {
            let weights = Resampling.weights(count: 18, seed: 11, replicate: replicate)
            let outcome = Self.direct(
                analysis, .parsimonious, weights.indices.flatMap { Array(repeating: $0, count: Int(weights[$0])) })
            if case .none = outcome { failed += 1 }
            if outcome.isEquivalent(to: reference) { same += 1 }
            for (position, term) in reference.models[0].enumerated() {
                if outcome.models.contains(where: { $0.contains(term) }) { exact[position] += 1 }
                if !outcome.models.isEmpty, outcome.models.allSatisfy({ $0.contains(term) }) { every[position] += 1 }
                if outcome.models.joined().contains(where: { $0.covers(term) }) { contained[position] += 1 }
                if outcome.models.joined().contains(where: { term.covers($0) }) { containing[position] += 1 }
            }
        }
        #expect(result.bootstrap.replications == 200)
        #expect(result.bootstrap.sameSolution == same && result.bootstrap.failed == failed)
        #expect(result.configurations.map(\.expression) == ["DEV*~IND", "URB*STB"])
        #expect(result.configurations.map(\.bootstrap.exact) == exact)
        #expect(result.configurations.map(\.bootstrap.inEveryModel) == every)
        #expect(result.configurations.map(\.bootstrap.contained) == contained)
        #expect(result.configurations.map(\.bootstrap.containing) == containing)
        #expect(same > 0 && same < 200)
        #expect(result.models.map(\.expression) == ["DEV*~IND + URB*STB"])
    }

    @Test("The same for any number of threads, another for another seed")
    func threads() throws {
        let analysis = try Democracies.analysis()
        let results = try [1, 4].map {
            try SolutionStability(
                analysis, kind: .parsimonious, options: .init(replications: 100, seed: 5, threads: $0))
        }
        #expect(results[0] == results[1])
        let other = try SolutionStability(analysis, kind: .parsimonious, options: .init(replications: 100, seed: 6))
        #expect(other.bootstrap != results[0].bootstrap)
    }

    @Test("A bootstrap that is stopped says how far it came")
    func stopped() throws {
        let analysis = try Democracies.analysis()
        let result = try SolutionStability(
            analysis, kind: .parsimonious, options: .init(replications: 1000), progress: { $0 < 20 })
        #expect(result.bootstrap.replications == 20)
    }

    @Test("Failures are counted with their reason")
    func failures() throws {
        let sets = [
            try CalibratedSet(name: "A", values: [1, 1, 0, 0, 0]),
            try CalibratedSet(name: "Y", values: [1, 1, 0, 0, 0]),
        ]
        let data = try CalibratedData(cases: ["a", "b", "c", "d", "e"], sets: sets)
        let analysis = try StandardAnalysis(
            try TruthTable(
                data, outcome: .set("Y", levels: nil), conditions: ["A"], options: .init(frequencyCut: 2)),
            options: .init(kinds: [.parsimonious]))
        let result = try SolutionStability(analysis, kind: .parsimonious, options: .init(replications: 300))
        #expect(result.influentialCases.map(\.name) == ["a", "b"])
        #expect(result.leaveOneOut.failures == [.init(failure: .noPositiveRow, count: 2)])
        #expect(result.influentialCases.allSatisfy { $0.lost.count == 1 && $0.gained.isEmpty })
        #expect(result.bootstrap.failed > 0)
        #expect(result.bootstrap.failed + result.bootstrap.sameSolution == 300)
        #expect(result.bootstrap.failures.contains { $0.failure == .constantCondition("A") })
    }

    @Test("Crisp, fuzzy, multi-value and temporal data: leaving cases out equals new analyses")
    func kinds() throws {
        for seed in 0..<20 {
            var stream = RandomStream(seed: UInt64(seed), stream: 0)
            let count = 14 + stream.index(below: 10)
            // Every level has more than one case, so that none is lost with a case.
            let multi = (0..<count).map { Double($0 < 6 ? $0 / 2 : stream.index(below: 3)) }
            let temporal = (0..<count).map { _ in [0, 1, CalibratedSet.notApplicable][stream.index(below: 3)] }
            let fuzzy = (0..<count).map { _ in 0.05 + 0.9 * stream.uniform() }
            let outcome = (0..<count).map { row in
                let x = min(fuzzy[row], multi[row] == 1 ? 0.9 : 0.3)
                return min(1, max(0.01, x + 0.3 * (stream.uniform() - 0.5)))
            }
            let data = try CalibratedData(
                cases: (0..<count).map { "case \($0)" },
                sets: [
                    CalibratedSet(name: "M", values: multi), CalibratedSet(name: "F", values: fuzzy),
                    CalibratedSet(name: "T", values: temporal), CalibratedSet(name: "Y", values: outcome),
                ])
            let table = try TruthTable(
                data, outcome: .set("Y", levels: nil), conditions: ["M", "F", "T"],
                options: .init(inclusionCut: 0.8, priCut: 0.1))
            guard let analysis = try? StandardAnalysis(table, options: .init(kinds: [.complex])) else { continue }
            let result = try SolutionStability(analysis, kind: .complex, options: .init(replications: 20, seed: 1))
            for left in 0..<count {
                let outcome = Self.direct(analysis, .complex, (0..<count).filter { $0 != left })
                let found = result.influentialCases.first { $0.position == left }?.outcome ?? result.reference
                #expect(found.isEquivalent(to: outcome), "seed \(seed), case \(left)")
            }
            let same = (0..<20).count { replicate in
                let weights = Resampling.weights(count: count, seed: 1, replicate: replicate)
                let drawn = weights.indices.flatMap { Array(repeating: $0, count: Int(weights[$0])) }
                return Self.direct(analysis, .complex, drawn).isEquivalent(to: result.reference)
            }
            #expect(result.bootstrap.sameSolution == same)
        }
    }
}
