import Probability
import SetTheoreticAnalysis

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Truth tables of simulated cases, crisp and fuzzy, with many conditions.
struct Configurations {
    /// How memberships arise.
    enum Kind: String, CaseIterable {
        /// Independent conditions; the outcome follows a disjunction of four conjunctions of the first five, with a tenth
        /// of the cases wrong.
        case crisp
        /// Scales from 1 to 5 that share a factor with the outcome, calibrated directly; inclusion .8, PRI .65.
        case fuzzy
    }

    let kind: Kind
    let conditions: Int
    let data: CalibratedData
    let table: TruthTable

    init(_ kind: Kind, conditions count: Int, cases: Int, seed: UInt64 = 1) throws {
        var random = RandomStream(seed: seed, stream: UInt64(1000 * count + cases))
        var columns = [[Double]](repeating: [], count: count), outcome: [Double] = []
        switch kind {
        case .crisp:
            let terms = (0..<4).map { _ in
                (0..<5).filter { _ in random.uniform() < 0.5 }.map { ($0, random.uniform() < 0.5 ? 0.0 : 1.0) }
            }
            for _ in 0..<cases {
                let row = (0..<count).map { _ in random.uniform() < 0.5 ? 0.0 : 1.0 }
                let isPositive = terms.contains { term in term.allSatisfy { row[$0.0] == $0.1 } && !term.isEmpty }
                for (condition, value) in row.enumerated() { columns[condition].append(value) }
                outcome.append(isPositive != (random.uniform() < 0.1) ? 1 : 0)
            }
        case .fuzzy:
            for _ in 0..<cases {
                let factor = random.normal()
                for condition in 0..<count {
                    columns[condition].append(Self.membership(0.6 * factor + 0.8 * random.normal()))
                }
                outcome.append(Self.membership(0.7 * factor + 0.7 * random.normal()))
            }
        }
        var sets: [CalibratedSet] = []
        for (condition, values) in columns.enumerated() {
            sets.append(try CalibratedSet(name: "C\(condition + 1)", values: values))
        }
        sets.append(try CalibratedSet(name: "Y", values: outcome))
        data = try CalibratedData(cases: (1...cases).map { "\($0)" }, sets: sets)
        table = try TruthTable(
            data, outcome: .set("Y", levels: nil), conditions: columns.indices.map { "C\($0 + 1)" },
            options: kind == .crisp ? .init() : .init(inclusionCut: 0.8, priCut: 0.65))
        self.kind = kind
        conditions = count
    }

    /// A scale from 1 to 5 in quarters, by the direct method with the anchors 1.5, 3.1 and 4.6.
    private static func membership(_ score: Double) -> Double {
        let value = (max(1, min(5, 3 + 1.1 * score)) * 4).rounded() / 4
        let odds = value >= 3.1 ? 3 * (value - 3.1) / 1.5 : 3 * (value - 3.1) / 1.6
        return 1 / (1 + exp(-odds))
    }

    var positives: [Conjunction] { table.rows(.positive).map(\.configuration) }
    var negatives: [Conjunction] { table.rows(.negative).map(\.configuration) }

    /// The data as comma-separated text.
    var text: String {
        let rows = data.cases.indices.map { row in data.sets.map { "\($0.values[row])" }.joined(separator: ",") }
        return ([data.sets.map(\.name).joined(separator: ",")] + rows).joined(separator: "\n") + "\n"
    }

    func primes() -> PrimeImplicants {
        PrimeImplicants(covering: positives, avoiding: negatives, conditionCount: conditions)
    }

    /// The parsimonious models: only a proven smallest one, or all.
    func models(all: Bool, effort: Int = 40_000_000_000) -> MinimalModels {
        MinimalModels(
            covering: positives, avoiding: negatives, conditions: table.conditions,
            options: ModelOptions(countsAll: all),
            limits: MinimizationLimits(models: all ? 1_000_000 : 1, effort: effort))
    }
}
