import Testing

@testable import SetTheoreticAnalysis

/// A coincidence analysis by trying everything, written from the definitions alone.
private struct CoincidenceBruteForce {
    let memberships: [String: [Double]]
    let present: [String: [Bool]]
    let factors: [(name: String, values: [String])]
    let y: [Double]

    func membership(_ disjuncts: Set<Set<String>>) -> [Double] {
        y.indices.map { row in
            disjuncts.map { term in term.map { memberships[$0, default: []][row] }.min() ?? 1 }.max() ?? 0
        }
    }

    func consistency(_ x: [Double]) -> Double { zip(x, y).map { min($0, $1) }.reduce(0, +) / x.reduce(0, +) }
    func coverage(_ x: [Double]) -> Double { zip(x, y).map { min($0, $1) }.reduce(0, +) / y.reduce(0, +) }

    func conditions(upTo size: Int, consistency threshold: Double) -> Set<Set<String>> {
        var all: [Set<String>] = [[]]
        for factor in factors { all = all.flatMap { term in [term] + factor.values.map { term.union([$0]) } } }
        let sufficient = Set(
            all.filter { term in
                !term.isEmpty && term.count <= size
                    && y.indices.contains { row in term.allSatisfy { present[$0, default: []][row] } }
                    && consistency(membership([term])) >= threshold - 1e-12
            })
        return sufficient.filter { term in !sufficient.contains { $0.isStrictSubset(of: term) } }
    }

    func formulas(
        _ conditions: Set<Set<String>>, disjuncts: Int, complexity: Int, consistency threshold: Double,
        coverage cover: Double
    ) -> Set<Set<Set<String>>> {
        var all: [Set<Set<String>>] = [[]]
        for condition in conditions {
            all += all.filter { $0.count < disjuncts }.map { $0.union([condition]) }
        }
        let good = Set(
            all.filter { formula in
                if formula.isEmpty || formula.reduce(0, { $0 + $1.count }) > complexity { return false }
                let x = membership(formula)
                return consistency(x) >= threshold - 1e-12 && coverage(x) >= cover - 1e-12
            })
        return good.filter { formula in
            if good.contains(where: { $0.isStrictSubset(of: formula) }) { return false }
            let x = membership(formula)
            let agreeing = y.indices.filter { (x[$0] >= 0.5) == (y[$0] >= 0.5) }
            return agreeing.contains { y[$0] >= 0.5 } && agreeing.contains { y[$0] < 0.5 }
        }
    }
}

@Suite struct CoincidenceSearchTests {
    private enum Kind: CaseIterable { case crisp, multiValue, fuzzy }

    private static func table(_ kind: Kind, seed: UInt64, rows: Int) throws -> CalibratedData {
        var source = SplitMixSource(seed: seed)
        let names = ["A", "B", "C", "D"]
        var columns = names.map { name in
            (0..<rows).map { _ -> Double in
                switch kind {
                case .crisp: Double(Int.random(in: 0...1, using: &source))
                case .multiValue:
                    name == "A"
                        ? Double(Int.random(in: 0...2, using: &source)) : Double(Int.random(in: 0...1, using: &source))
                case .fuzzy: Double(Int.random(in: 1...99, using: &source)) / 100
                }
            }
        }
        if kind == .multiValue { columns[0].replaceSubrange(0..<3, with: [0, 1, 2]) }
        let outcome = (0..<rows).map { row -> Double in
            let x = columns.map { $0[row] }
            if kind == .fuzzy {
                let y =
                    max(min(x[0], 1 - x[1]), min(x[2], x[3])) + Double(Int.random(in: -15...15, using: &source)) / 100
                return min(1, max(0.01, y))
            }
            let y = x[0] >= 1 && x[1] == 0 || x[2] == 1 && x[3] == 1
            return y != (Int.random(in: 0..<10, using: &source) == 0) ? 1 : 0
        }
        return try CalibratedData(
            cases: (1...rows).map { "\($0)" },
            sets: zip(names + ["Y"], columns + [outcome]).map { try CalibratedSet(name: $0, values: $1) })
    }

    @Test(arguments: 0..<36)
    func equalsBruteForce(_ number: Int) throws {
        let kind = Kind.allCases[number % 3]
        let data = try Self.table(kind, seed: UInt64(number) + 11, rows: kind == .fuzzy ? 12 : 24)
        let thresholds = [1, 0.9, 0.8, 0.7]
        let consistency = thresholds[number / 3 % 4], coverage = thresholds[(number / 3 + number / 12) % 4]
        let outcome: SetExpression = .set("Y", levels: kind == .multiValue ? [1] : nil)
        let limits = CoincidenceLimits(conjuncts: 3, disjuncts: 3, complexity: 7)
        let analysis = try CoincidenceAnalysis(
            data,
            options: .init(
                outcomes: [outcome], consistency: consistency, coverage: coverage, onlyINUS: false, limits: limits))
        let found = try #require(analysis.outcomes.first)
        var memberships: [String: [Double]] = [:], present: [String: [Bool]] = [:]
        var factors: [(name: String, values: [String])] = []
        for set in data.sets where set.name != "Y" {
            var names: [String] = []
            for level in 0..<set.levelCount {
                let name = "\(FactorValue(factor: set.name, level: level, isMultiValue: kind == .multiValue))"
                memberships[name] = set.membership(level: level)
                present[name] = set.values.map {
                    set.kind == .fuzzy ? ($0 >= 0.5) == (level == 1) : $0 == Double(level)
                }
                names.append(name)
            }
            factors.append((set.name, names))
        }
        let brute = CoincidenceBruteForce(
            memberships: memberships, present: present, factors: factors, y: try data.membership(in: outcome))
        let conditions = brute.conditions(upTo: 3, consistency: consistency)
        #expect(Set(found.sufficientConditions.map { Set($0.values.map(\.description)) }) == conditions)
        #expect(found.sufficientConditions.count == conditions.count)
        let formulas = brute.formulas(
            conditions, disjuncts: 3, complexity: 7, consistency: consistency, coverage: coverage)
        #expect(Set(found.formulas.map { Set($0.disjuncts.map { Set($0.map(\.description)) }) }) == formulas)
        #expect(found.formulas.count == formulas.count)
        for formula in found.formulas {
            let x = brute.membership(Set(formula.disjuncts.map { Set($0.map(\.description)) }))
            #expect(abs(formula.consistency - brute.consistency(x)) < 1e-12)
            #expect(abs(formula.coverage - brute.coverage(x)) < 1e-12)
        }
    }

    @Test(arguments: 0..<3)
    func namesAndOrderOfCasesDoNotMatter(_ number: Int) throws {
        let data = try Self.table(Kind.allCases[number], seed: 99, rows: 20)
        let options = CoincidenceOptions(consistency: 0.75, coverage: 0.7)
        let analysis = try CoincidenceAnalysis(data, options: options)
        #expect(analysis.outcomes.contains { !$0.formulas.isEmpty })
        var source = SplitMixSource(seed: 5)
        let shuffled = try CoincidenceAnalysis(
            data.selecting(data.cases.indices.shuffled(using: &source)), options: options)
        #expect(shuffled.complexFormulas.map(\.description) == analysis.complexFormulas.map(\.description))
        #expect(
            shuffled.outcomes.map { $0.formulas.map(\.description) }
                == analysis.outcomes.map { $0.formulas.map(\.description) })
        let renamed = try CalibratedData(
            cases: data.cases,
            sets: data.sets.map { try CalibratedSet(name: "n" + $0.name, values: $0.values) })
        let second = try CoincidenceAnalysis(renamed, options: options)
        #expect(
            second.complexFormulas.map { $0.description.replacing("n", with: "") }
                == analysis.complexFormulas.map(\.description))
        // Every case twice changes no figure.
        let doubled = try CoincidenceAnalysis(
            data.selecting(data.cases.indices.flatMap { [$0, $0] }), options: options)
        #expect(doubled.complexFormulas.map(\.description) == analysis.complexFormulas.map(\.description))
        #expect(doubled.caseCount == 2 * analysis.caseCount)
        #expect(doubled.configurationCount == analysis.configurationCount)
    }

    /// All configurations of causes, with the effects that a chain gives them.
    private static func planted(
        _ causes: [String], _ effects: [(name: String, disjuncts: String)]
    ) throws -> CalibratedData {
        let count = 1 << causes.count
        var data = try CalibratedData(
            cases: (0..<count).map { "\($0)" },
            sets: causes.enumerated().map { position, name in
                try CalibratedSet(name: name, values: (0..<count).map { Double($0 >> position & 1) })
            })
        for effect in effects {
            data = try data.setting(
                CalibratedSet(
                    name: effect.name, values: data.membership(in: SetExpression(parsing: effect.disjuncts))))
        }
        return data
    }

    @Test(arguments: [
        (["A", "B", "D"], [("C", "A*~B + ~A*B"), ("E", "C*D")], "C < E"),
        (["A", "B", "D", "F"], [("C", "A + B"), ("E", "C*D + ~C*F")], "C < E"),
        (["A", "B", "D", "F"], [("C", "A*B"), ("E", "C + D"), ("G", "E*F + ~E*~F")], "C < E < G"),
    ])
    func findsPlantedChain(_ causes: [String], _ effects: [(String, String)], _ ordering: String) throws {
        let data = try Self.planted(causes, effects)
        let analysis = try CoincidenceAnalysis(
            data, options: .init(ordering: CausalOrdering(parsing: ordering)))
        let planted = effects.map { "(\($0.1) <-> \($0.0))" }.joined(separator: "*")
        func sorted(_ text: String) -> String {
            text.split(separator: ")*(").map { part in
                let sides = String(part).replacing("(", with: "").replacing(")", with: "").split(separator: " <-> ")
                return sides[0].split(separator: " + ").map { $0.split(separator: "*").sorted().joined(separator: "*") }
                    .sorted().joined(separator: " + ") + " <-> " + sides[1]
            }.sorted().joined(separator: " & ")
        }
        let model = try #require(analysis.complexFormulas.first { sorted($0.description) == sorted(planted) })
        #expect(model.consistency == 1 && model.coverage == 1 && model.coherence == 1)
        #expect(model.exhaustiveness == 1 && model.faithfulness == 1)
        #expect(!model.isCyclic && model.isINUS == true)
        #expect(Set(model.graph.exogenous) == Set(causes))
        #expect(model.graph.ranks?.max() == effects.count)
        #expect(analysis.isExhaustive)
        for other in analysis.complexFormulas { #expect(other.consistency == 1 && other.coverage == 1) }
    }

    @Test func graphOfChain() throws {
        let educate = try #require(CoincidenceReference.all.first).data
        let analysis = try CoincidenceAnalysis(educate)
        let model = try #require(analysis.complexFormulas.first)
        #expect(
            model.description == "(U + D <-> L)*(L + G <-> E)" || model.description == "(L + G <-> E)*(U + D <-> L)")
        let graph = model.graph
        #expect(graph.exogenous.sorted() == ["D", "G", "U"])
        #expect(graph.edges.count == 4)
        #expect(graph.edges.allSatisfy { $0.size == 1 })
        let ranks = Dictionary(uniqueKeysWithValues: zip(graph.factors, try #require(graph.ranks)))
        #expect(ranks == ["U": 0, "D": 0, "G": 0, "L": 1, "E": 2])
        let down = FactorValue(factor: "A", level: 1), up = FactorValue(factor: "B", level: 1)
        func formula(_ cause: FactorValue, _ effect: FactorValue) -> AtomicFormula {
            AtomicFormula(
                disjuncts: [[cause]], outcome: effect, consistency: 1, coverage: 1, exhaustiveness: nil,
                faithfulness: nil, isINUS: nil)
        }
        let cycle = CausalGraph([formula(down, up), formula(FactorValue(factor: "B", level: 0), down)])
        #expect(cycle.ranks == nil && cycle.isCyclic(.factor))
        #expect(!cycle.isCyclic(.value))
        #expect(CausalGraph([formula(down, up), formula(up, down)]).isCyclic(.value))
    }

    /// The rival models of Baumgartner's (2009) data agree on what leads to L, not on what leads to E.
    @Test func claimsOfRivalModels() throws {
        let analysis = try CoincidenceAnalysis(try #require(CoincidenceReference.all.first).data)
        let claims = Dictionary(
            uniqueKeysWithValues: analysis.claims.map { ("\($0.cause) -> \($0.effect)", $0.count) })
        #expect(
            claims == [
                "U -> L": 2, "D -> L": 2, "G -> E": 2, "L -> E": 1, "U -> E": 1, "D -> E": 1,
            ])
        #expect(analysis.claims.map(\.count) == [2, 2, 2, 1, 1, 1])
    }

    @Test(arguments: [
        ("A + B", "A*C + B", true), ("A + A*C", "A*C + B", false), ("A", "A", true), ("A + B", "A", false),
        ("A + C", "A*C + B*C", true), ("C + A", "A*C + B", false), ("B + C + A", "A*B + A*C + C*D", true),
    ])
    func submodels(_ first: String, _ second: String, _ expected: Bool) throws {
        func formula(_ text: String) -> AtomicFormula {
            AtomicFormula(
                disjuncts: text.split(separator: " + ").map { term in
                    term.split(separator: "*").map { FactorValue(factor: String($0), level: 1) }
                }, outcome: FactorValue(factor: "Y", level: 1), consistency: 1, coverage: 1, exhaustiveness: nil,
                faithfulness: nil, isINUS: nil)
        }
        #expect(formula(first).isSubmodel(of: formula(second)) == expected)
    }

    @Test func readsExclusions() throws {
        let exclusion = try CausalExclusion(parsing: " ~A , B[1] -> Y[2]")
        #expect(exclusion.causes == [.not(.set("A", levels: nil)), .set("B", levels: [1])])
        #expect(exclusion.outcome == .set("Y", levels: [2]))
        for text in ["", "A", "-> Y", "A ->", "A,, B -> Y"] {
            #expect(throws: SetTheoryError.self) { try CausalExclusion(parsing: text) }
        }
    }

    @Test func saysWhenLimitsAreReached() throws {
        let data = try Self.table(.crisp, seed: 3, rows: 30)
        var options = CoincidenceOptions(consistency: 0.7, coverage: 0.7)
        options.limits.effort = 20
        let short = try CoincidenceAnalysis(data, options: options)
        #expect(!short.isExhaustive)
        #expect(short.limitsReached.allSatisfy { !$0.description.isEmpty })
        let educate = try #require(CoincidenceReference.all.first).data
        let few = try CoincidenceAnalysis(educate, options: .init(limits: .init(complexFormulas: 1)))
        #expect(few.limitsReached == [.complexFormulas(tried: 1, possible: 2)])
        #expect(few.complexFormulas.count == 1)
        // Limits without a bound are no more than what there is.
        let all = try CoincidenceAnalysis(
            educate, options: .init(limits: .init(conjuncts: .max, disjuncts: .max, complexity: .max, effort: .max)))
        #expect(all.complexFormulas.count == 2)
        let known = Set(
            try CoincidenceAnalysis(data, options: .init(consistency: 0.7, coverage: 0.7)).outcomes.flatMap {
                $0.sufficientConditions
            })
        #expect(short.outcomes.allSatisfy { $0.sufficientConditions.allSatisfy { known.contains($0) } })
    }

    @Test func refusesWhatIsNotThere() throws {
        let data = try Self.table(.crisp, seed: 3, rows: 30)
        func expect(_ options: CoincidenceOptions, factors: [String]? = nil, _ check: (SetTheoryError) -> Bool) {
            do {
                _ = try CoincidenceAnalysis(data, factors: factors, options: options)
                Issue.record("no error")
            } catch {
                #expect(check(error), "\(error)")
            }
        }
        expect(.init(consistency: 1.2)) { if case .invalidSetting = $0 { true } else { false } }
        expect(.init(coverage: .nan)) { if case .invalidSetting = $0 { true } else { false } }
        expect(.init(outcomes: [.set("Q", levels: nil)])) { if case .unknownSet = $0 { true } else { false } }
        expect(.init(outcomes: [.set("Y", levels: [4])])) { if case .unknownLevel = $0 { true } else { false } }
        expect(.init(outcomes: [.and([])])) { if case .invalidSetting = $0 { true } else { false } }
        expect(.init(ordering: CausalOrdering(tiers: [["A"], ["A"]]))) { $0 == .duplicateSet("A") }
        expect(.init(ordering: CausalOrdering(tiers: [["Q"]]))) { if case .unknownSet = $0 { true } else { false } }
        expect(
            .init(outcomes: [.set("A", levels: nil)], ordering: CausalOrdering(tiers: [["A"], ["B", "C", "D", "Y"]]))
        ) {
            if case .notApplicable = $0 { true } else { false }
        }
        expect(.init(), factors: ["A"]) { if case .notApplicable = $0 { true } else { false } }
        expect(.init(), factors: ["A", "A"]) { $0 == .duplicateSet("A") }
        expect(.init(limits: .init(complexFormulas: .max))) { if case .invalidSetting = $0 { true } else { false } }
        expect(.init(limits: .init(conjuncts: 0))) { if case .invalidSetting = $0 { true } else { false } }
    }
}
