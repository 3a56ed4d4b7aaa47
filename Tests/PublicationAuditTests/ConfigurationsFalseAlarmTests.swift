import Probability
import PublicationAudit
import SetTheoreticAnalysis
import Testing

/// Solutions of random data, printed as papers print them: correct tables raise no alarm, and slips are found.
@Suite struct ConfigurationsFalseAlarmTests {
    /// Tables of the complex and parsimonious solutions of random sets, with their figures rounded.
    private static func tables(_ count: Int, seed: UInt64) -> [String] {
        var random = RandomStream(seed: seed, stream: 7)
        var tables: [String] = []
        while tables.count < count {
            let isCrisp = random.index(below: 3) == 0
            let conditions = 2 + random.index(below: 4), cases = 12 + random.index(below: 60)
            let names = (0..<conditions).map { "C\($0)" }
            let common = (0..<cases).map { _ in random.uniform() }
            let memberships = (0...conditions).map { _ in
                (0..<cases).map { row in
                    let value = (common[row] + 2 * random.uniform()) / 3
                    return isCrisp ? (value > 0.5 ? 1 : 0) : min(max((value * 20).rounded() / 20 + 0.01, 0), 1)
                }
            }
            guard
                let sets = try? zip(names + ["Y"], memberships).map({ try CalibratedSet(name: $0, values: $1) }),
                let data = try? CalibratedData(cases: (0..<cases).map { "\($0)" }, sets: sets),
                let table = try? TruthTable(
                    data, outcome: .set("Y", levels: nil), conditions: names,
                    options: .init(inclusionCut: [0.6, 0.75, 0.8][random.index(below: 3)])),
                let analysis = try? StandardAnalysis(table, options: .init(kinds: [.complex, .parsimonious]))
            else { continue }
            for solution in [analysis.complex, analysis.parsimonious].compactMap({ $0 }) {
                guard let model = solution.models.first, tables.count < count else { continue }
                let decimals = [(2, 2), (3, 3), (2, 3), (3, 2)][tables.count % 4]
                tables.append(text(model, decimals))
            }
        }
        return tables
    }

    private static func text(_ model: Solution.Model, _ decimals: (Int, Int)) -> String {
        func figure(_ value: Double?, _ decimals: Int) -> String {
            guard let value else { return "" }
            let scale = decimals == 2 ? 100.0 : 1000.0
            let whole = Int((value * scale).rounded())
            let digits = String(whole % Int(scale))
            return "\(whole / Int(scale))." + String(repeating: "0", count: decimals - digits.count) + digits
        }
        var lines = ["Configuration | " + model.terms.indices.map { "H\($0 + 1)" }.joined(separator: " | ")]
        func row(_ label: String, _ values: [Double?], _ decimals: Int) {
            lines.append("\(label) | " + values.map { figure($0, decimals) }.joined(separator: " | "))
        }
        let fit = model.fit
        row("Consistency", fit.terms.map(\.sufficiency.inclusion), decimals.0)
        row("PRI", fit.terms.map(\.sufficiency.pri), decimals.0)
        row("Raw coverage", fit.terms.map(\.sufficiency.coverage), decimals.0)
        row("Unique coverage", fit.terms.map { $0.uniqueCoverage ?? $0.sufficiency.coverage }, decimals.1)
        let empty = [Double?](repeating: nil, count: fit.terms.count - 1)
        row("Solution consistency", [fit.model.inclusion] + empty, decimals.1)
        row("Solution PRI", [fit.model.pri] + empty, decimals.1)
        row("Solution coverage", [fit.model.coverage] + empty, decimals.0)
        return lines.joined(separator: "\n")
    }

    private static func checks(_ text: String) throws -> [AuditCheck] {
        let table = try PublishedSolutionTable(
            PastedTable(name: "T", text: try TextTable(text.replacing("|  |", with: "| - |"), table: "T")))
        return Paper(tables: [table]).audit().checks
    }

    @Test func correctTablesRaiseNoAlarm() throws {
        var count = 0, several = 0
        for text in Self.tables(400, seed: 20) {
            let checks = try Self.checks(text)
            let findings = checks.filter(\.verdict.isFinding)
            #expect(findings.isEmpty, "\(text)\n\(findings)")
            count += checks.count
            if text.contains("H2") { several += 1 }
        }
        #expect(count > 4000)
        #expect(several > 150)
    }

    /// The shares that are found of slips of one kind, in solutions of at least two configurations.
    @Test func slipsAreFound() throws {
        var random = RandomStream(seed: 3, stream: 1)
        var found: [String: (found: Int, of: Int)] = [:]
        func count(_ kind: String, _ original: String, _ text: String) throws {
            guard text != original else { return }
            let isFound = try Self.checks(text).contains { $0.verdict.isFinding }
            found[kind, default: (0, 0)].of += 1
            if isFound { found[kind, default: (0, 0)].found += 1 }
        }
        for text in Self.tables(24, seed: 21) where text.contains("H2") {
            var lines = text.split(separator: "\n").map { String($0) }
            let original = lines.joined(separator: "\n")
            func line(_ label: String) -> Int { lines.firstIndex { $0.hasPrefix(label + " |") } ?? 0 }
            func exchanging(_ first: String, _ second: String) -> String {
                original.replacing(first + " |", with: "@ |").replacing(second + " |", with: first + " |")
                    .replacing("@ |", with: second + " |")
            }
            // Configurations that share nothing have the same figures in both rows.
            if lines[line("Raw coverage")].filter(\.isNumber) != lines[line("Unique coverage")].filter(\.isNumber) {
                try count("raw and unique coverage exchanged", original, exchanging("Raw coverage", "Unique coverage"))
            }
            try count("solution rows exchanged", original, exchanging("Solution consistency", "Solution coverage"))
            try count("consistency and raw coverage exchanged", original, exchanging("Consistency", "Raw coverage"))
            for (kind, label) in [("raw coverage", "Raw coverage"), ("solution coverage", "Solution coverage")] {
                let place = line(label), kept = lines[place]
                var characters = Array(kept)
                let digits = characters.indices.filter { index in
                    "0123456789".contains(characters[index]) && index > 0
                        && "0123456789.".contains(characters[index - 1])
                }
                guard let digit = digits.isEmpty ? nil : digits[random.index(below: digits.count)] else { continue }
                characters[digit] = Array("0123456789")[random.index(below: 10)]
                lines[place] = String(characters)
                try count("one digit of \(kind)", original, lines.joined(separator: "\n"))
                lines[place] = kept
            }
        }
        let shares = found.mapValues { Double($0.found) / Double(max($0.of, 1)) }
        if Self.prints { for (kind, tally) in found.sorted(by: { $0.key < $1.key }) { print(kind, tally) } }
        #expect(shares["raw and unique coverage exchanged", default: 0] > 0.7)
        #expect(shares["solution rows exchanged", default: 0] > 0.5)
        #expect(shares["one digit of solution coverage", default: 0] > 0.5)
    }

    /// Whether the shares are printed.
    private static let prints = false
}
