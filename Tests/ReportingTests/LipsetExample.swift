@testable import Reporting
@testable import SetTheoreticAnalysis

/// Lipset's conditions of democracy between the wars, fuzzy sets (Ragin, 2009; data set LF of the R package QCA 3.23):
/// the solutions that QCA finds at an inclusion cut of .8 with the expectation that every condition is present.
enum LipsetExample {
    static let names = ["DEV", "URB", "LIT", "IND", "STB"]
    static let cases = [
        "AU", "BE", "CZ", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "NL", "PL", "PT", "RO", "ES", "SE", "UK",
    ]
    static let values: [[Double]] = [
        [0.81, 0.99, 0.58, 0.16, 0.58, 0.98, 0.89, 0.04, 0.07, 0.72, 0.34, 0.98, 0.02, 0.01, 0.01, 0.03, 0.95, 0.98],
        [0.12, 0.89, 0.98, 0.07, 0.03, 0.03, 0.79, 0.09, 0.16, 0.05, 0.10, 1.00, 0.17, 0.02, 0.03, 0.30, 0.13, 0.99],
        [0.99, 0.98, 0.98, 0.98, 0.99, 0.99, 0.99, 0.13, 0.88, 0.98, 0.41, 0.99, 0.59, 0.01, 0.17, 0.09, 0.99, 0.99],
        [0.73, 1.00, 0.90, 0.01, 0.08, 0.81, 0.96, 0.36, 0.07, 0.01, 0.47, 0.94, 0.00, 0.11, 0.00, 0.21, 0.67, 1.00],
        [0.43, 0.98, 0.91, 0.91, 0.58, 0.95, 0.31, 0.43, 0.13, 0.95, 0.58, 0.99, 0.00, 0.01, 0.84, 0.20, 0.91, 0.98],
    ]
    static let survival = [
        0.05, 0.95, 0.89, 0.12, 0.77, 0.95, 0.05, 0.06, 0.42, 0.92, 0.05, 0.95, 0.12, 0.05, 0.21, 0.06, 0.95, 0.95,
    ]
    static let conditions = Conditions(names: names, levelCounts: [2, 2, 2, 2, 2])

    static func data() throws -> CalibratedData {
        try CalibratedData(
            cases: cases,
            sets: (zip(names, values) + [("SURV", survival)]).map { try CalibratedSet(name: $0, values: $1) })
    }

    /// A conjunction from its text: `DEV*~IND`.
    static func term(_ text: String) -> Conjunction {
        var levels = [Int?](repeating: nil, count: names.count)
        for literal in text.split(separator: "*") {
            let isNegated = literal.hasPrefix("~")
            if let condition = names.firstIndex(of: String(isNegated ? literal.dropFirst() : literal)) {
                levels[condition] = isNegated ? 0 : 1
            }
        }
        return Conjunction(levels: levels)
    }

    static func membership(_ term: Conjunction) -> [Double] {
        cases.indices.map { row in
            names.indices.compactMap { condition in
                term[condition].map { $0 == 1 ? values[condition][row] : 1 - values[condition][row] }
            }.min() ?? 1
        }
    }

    static func plane(_ name: String, _ membership: [Double]) throws -> MembershipPlane {
        try MembershipPlane(xName: name, yName: "SURV", names: cases, x: membership, y: survival)
    }

    static func model(_ terms: [String], outcome: [Double] = survival, origins: [String] = []) -> Solution.Model {
        let terms = terms.map(term), sets = terms.map(membership)
        func union(without skipped: Int? = nil) -> [Double] {
            cases.indices.map { row in
                sets.indices.filter { $0 != skipped }.map { sets[$0][row] }.max() ?? 0
            }
        }
        let whole = SufficiencyFit(union(), in: outcome)
        let fits = sets.indices.map { index in
            let rest = SufficiencyFit(union(without: index), in: outcome).coverage ?? 0
            return SolutionFit.Term(
                sufficiency: SufficiencyFit(sets[index], in: outcome),
                uniqueCoverage: sets.count > 1 ? (whole.coverage ?? 0) - rest : nil,
                cases: cases.indices.filter { sets[index][$0] > 0.5 })
        }
        return Solution.Model(terms: terms, fit: SolutionFit(terms: fits, model: whole), origins: origins)
    }

    static func solution(
        _ kind: Solution.Kind, _ models: [Solution.Model], count: Int? = nil, isExhaustive: Bool = true,
        isExact: Bool = true, isProven: Bool = true, lowerBound: Int? = nil
    ) -> Solution {
        let all = models.flatMap(\.terms).reduce(into: [Conjunction]()) { if !$0.contains($1) { $0.append($1) } }
        return Solution(
            kind: kind, primes: all, essential: all.filter { term in models.allSatisfy { $0.terms.contains(term) } },
            models: models,
            proof: Solution.Proof(
                modelCount: count ?? models.count, countIsExact: isExact, isExhaustive: isExhaustive,
                isMinimumProven: isProven, lowerBound: lowerBound ?? models.first?.terms.count ?? 0))
    }

    static let complex = solution(.complex, [model(["DEV*URB*LIT*IND*STB", "DEV*~URB*LIT*~IND*STB"])])
    static let intermediate = solution(
        .intermediate, [model(["DEV*URB*LIT*STB", "DEV*LIT*~IND*STB"], origins: ["C1P1"])])
    static let parsimonious = solution(.parsimonious, [model(["DEV*~IND", "URB*STB"])])
    static let survives = OutcomeSolution(outcome: "SURV", solution: intermediate, parsimonious: parsimonious)

    static let breakdown = survival.map { 1 - $0 }
    static let fails = OutcomeSolution(
        outcome: "~SURV",
        solution: solution(
            .intermediate, [model(["~STB", "~DEV*~URB*~IND"], outcome: breakdown, origins: ["C1P1"])]),
        parsimonious: solution(.parsimonious, [model(["~DEV", "~STB"], outcome: breakdown)]))

    /// The truth table at an inclusion cut of .8, with a row of Sweden and France made a contradiction by hand.
    static func truthTable() throws -> TruthTable {
        let rows: [(levels: [Int?], output: TruthTable.Output)] = [
            ([0, 0, 0, 0, 0], .negative), ([0, 0, 0, 0, 1], .negative), ([0, 0, 1, 0, 0], .negative),
            ([0, 0, 1, 0, 1], .remainder), ([1, 0, 1, 0, 1], .positive), ([1, 0, 1, 1, 0], .negative),
            ([1, 0, 1, 1, 1], .contradiction), ([1, 1, 1, 1, 0], .negative), ([1, 1, 1, 1, 1], .positive),
        ]
        return TruthTable(
            data: try data(), conditions: conditions, outcome: .set("SURV", levels: nil), outcomeMembership: survival,
            options: TruthTableOptions(inclusionCut: 0.8, contradictionCut: 0.7),
            rows: rows.map { levels, output in
                let configuration = Conjunction(levels: levels)
                let members = membership(configuration)
                let fit = SufficiencyFit(members, in: survival)
                let inRow = cases.indices.filter { members[$0] > 0.5 }
                return TruthTable.Row(
                    number: 1 + levels.reduce(0) { 2 * $0 + ($1 ?? 0) }, configuration: configuration, output: output,
                    count: inRow.count, inclusion: fit.inclusion, pri: fit.pri, cases: inRow,
                    deviantCases: inRow.filter { survival[$0] < 0.5 })
            }, warnings: [])
    }
}
