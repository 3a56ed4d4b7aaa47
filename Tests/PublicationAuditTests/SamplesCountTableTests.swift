import Probability
import PublicationAudit
import Testing

@Suite struct SamplesCountTableTests {
    private func checks(_ text: String, size: Int?, _ options: [String: String] = [:]) throws -> [AuditCheck] {
        let table = try CountTable(
            PastedTable(
                name: "Table 1", text: TextTable(text, table: "Table 1"),
                options: options.mapValues { PastedTable.OptionText($0) }))
        return table.checks(in: Paper(samples: size.map { [Sample("persons", size: PrintedNumber($0))] } ?? []))
    }

    private let text = """
        | Variable | Group | n | %
        | Gender | Female | 120 | 45.98
        | | Male | 141 | 54.02
        | | Under 30 | 61 | 23.37
        | Age | 30 to 40 | 100 | 38.31
        | | Over 40 | 100 | 38.31
        """

    @Test func namesInTheMiddleOfTheirBlocksAreFoundByTheSums() throws {
        let found = try checks(text, size: 261)
        #expect(found.allSatisfy { $0.verdict == .consistent })
        #expect(found.filter { $0.rule == .countSum }.map(\.printed) == ["261", "261"])
        #expect(found.count == 2 + 5 + 2)
    }

    @Test func aSlipInACountIsFoundWithItsDigit() throws {
        let found = try checks(text.replacing("141", with: "147"), size: 261).filter { $0.verdict.isFinding }
        #expect(found.map(\.rule) == [.countSum, .percentage])
        #expect(found[0].explanation.contains("Male: One digit would explain it: 141."))
    }

    @Test func missingAnswersAreUnusualAndPercentagesOfTheValidOnesFit() throws {
        let found = try checks("Gender | n | %\nFemale | 120 | 48.0\nMale | 130 | 52.0\n", size: 261)
        #expect(found.filter { $0.verdict.isFinding }.map(\.verdict) == [.unusual])
        #expect(found.filter { $0.rule == .percentage }.allSatisfy { $0.verdict == .consistent })
    }

    @Test func cutOffPercentagesAreUnusual() throws {
        let found = try checks("Gender | n | %\nFemale | 121 | 46.3\nMale | 140 | 53.6\n", size: 261)
        let shares = found.filter { $0.rule == .percentage }
        #expect(
            shares.map(\.verdict) == [.unusual, .consistent] || shares.map(\.verdict) == [.consistent, .consistent])
        #expect(shares[0].attainable == "46.4 %")
    }

    @Test func severalAnswersNeedNotSum() throws {
        let text = "Tool | n | %\nMail | 200 | 76.6\nChat | 150 | 57.5\n"
        #expect(try checks(text, size: 261).contains { $0.verdict == .notAttainable })
        #expect(try checks(text, size: 261, ["answers": "several"]).allSatisfy { $0.verdict == .consistent })
    }

    @Test func totalsAndParenthesesAreRead() throws {
        let found = try checks(
            "Gender | n (%)\nFemale | 120 (45.98%)\nMale | 141 (54.02%)\nTotal | 261 (100%)\n", size: nil, [:])
        #expect(found.allSatisfy { $0.verdict == .consistent })
    }

    @Test func aCountThatIsNoneIsNamedWithItsLine() throws {
        do {
            _ = try checks("Gender | n\nFemale | 12.5\n", size: 20)
            Issue.record("a count with decimals was read")
        } catch {
            #expect("\(error)".contains("`12.5` is no count"))
        }
        #expect(try checks("Gender | n\nFemale | 999999999999\nMale | 999999999999\n", size: 20).count == 1)
    }

    /// Random samples, printed as journals do, raise no alarm.
    @Test func correctTablesRaiseNoAlarm() throws {
        var stream = RandomStream(seed: 5, stream: 2)
        for _ in 0..<100 {
            let size = 80 + stream.index(below: 900)
            var lines = ["| Characteristic | Group | Frequency | Percent"]
            for block in 0..<3 {
                let groups = 2 + stream.index(below: 4)
                var counts = Array(repeating: 0, count: groups)
                for _ in 0..<size { counts[stream.index(below: groups)] += 1 }
                let named = stream.index(below: groups)
                for (group, count) in counts.enumerated() {
                    let share = PrintedNumber(100 * Double(count) / Double(size), decimals: 1).text
                    lines.append("| \(group == named ? "C\(block)" : "") | g\(group) | \(count) | \(share)")
                }
            }
            #expect(try !checks(lines.joined(separator: "\n"), size: size).contains { $0.verdict.isFinding })
        }
    }
}
