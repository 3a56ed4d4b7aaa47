import Probability
import PublicationAudit
import Testing

@Suite struct InferenceCoefficientTests {
    private func checks(_ text: String, _ options: [String: String] = [:]) throws -> [AuditCheck] {
        try PathTable(
            PastedTable(
                name: "Table 5", text: TextTable(text, table: "Table 5"),
                options: options.mapValues { PastedTable.OptionText($0, line: 4) })
        ).checks(in: Paper())
    }

    @Test func printedProbabilitiesFollowFromTheirRatios() throws {
        let found = try checks(
            """
            Path | B | SE | z | p
            Y <- A | 0.50 | 0.10 | 5.00 | < .001
            Y <- B | 0.20 | 0.10 | 2.00 | .046
            Y <- C | 0.10 | 0.10 | 1.00 | .037
            Y <- D | 0.17 | 0.10 | 1.70 | 0.08
            Y <- E | 0.50 | 0.10 | 5.00 | 0.000
            """)
        #expect(
            found.filter { $0.rule == .probability }.map(\.verdict) == [
                .consistent, .consistent, .notAttainable, .unusual, .consistent,
            ])
        #expect(found.filter { $0.rule == .criticalRatio }.allSatisfy { $0.verdict == .consistent })
    }

    /// t alone, as of partial least squares; 1.98 takes a star under z and may take none under t with 100 degrees of freedom.
    @Test func aTestWithoutStandardErrorIsChecked() throws {
        let found = try checks(
            "Path | β | t | p\nY <- A | 0.42*** | 6.31 | 0.000\nY <- B | 0.11** | 1.70 | .089\nY <- C | 0.2 | 1.98 | .050\n",
            ["legend": "*** .001, ** .01, * .05"])
        #expect(found.filter { $0.rule == .probability }.allSatisfy { $0.verdict == .consistent })
        #expect(found.filter { $0.rule == .stars }.map(\.verdict) == [.consistent, .notAttainable])
        #expect(found.first { $0.verdict.isFinding }?.explanation.hasPrefix("t = 1.7") == true)
    }

    @Test func oneTailIsAcceptedForAWholeTable() throws {
        let found = try checks(
            "Path | B | SE | z | p\nY <- A | 0.17 | 0.10 | 1.70 | .045\nY <- B | 0.20 | 0.10 | 2.00 | .023\n")
        #expect(found.filter { $0.rule == .probability }.allSatisfy { $0.verdict == .consistent })
        let stated = try checks("Path | B | SE | z | p\nY <- A | 0.17 | 0.10 | 1.70 | .045\n", ["tails": "2"])
        #expect(stated.contains { $0.rule == .probability && $0.verdict.isFinding })
    }

    @Test func aRatioWithExchangedDigitsIsFound() throws {
        let check = try #require(try checks("Path | B | SE | C.R.\nY <- A | 0.500 | 0.069 | 2.747\n").first)
        #expect(check.verdict == .notAttainable && check.attainable == "7.187 to 7.307")
        #expect(check.explanation.contains("Two digits exchanged would explain it: 7.247."))
    }

    @Test func intervalsHoldTheirEstimates() throws {
        let found = try checks(
            """
            Path | B | SE | Lower | Upper
            Y <- A | 0.50 | 0.10 | 0.304 | 0.696
            Y <- B | 0.50 | 0.10 | 0.604 | 0.896
            Y <- C | 0.50 | 0.10 | 0.40 | 0.75
            Y <- D | 0.50 | 0.10 | 0.48 | 0.52
            Y <- E | 0.50 | 0.10 | 0.70 | 0.30
            """
        ).filter { $0.rule == .confidenceInterval }
        #expect(found.map(\.verdict) == [.consistent, .notAttainable, .notCheckable, .notAttainable, .notAttainable])
    }

    @Test func aLegendThatIsNoneIsNamed() throws {
        do {
            _ = try checks("Path | B | SE\nY <- A | 0.5* | 0.1\n", ["legend": "stars as usual"])
            Issue.record("the legend was read")
        } catch {
            #expect("\(error)".contains("write `*** .001, ** .01, * .05`"))
        }
        #expect(
            try checks("Path | B | SE\nY <- A | 0.5*** | 0.1\n", ["legend": "***(P<0.001), **(P<0.005)"]).count == 1)
    }

    /// Coefficients of random estimates, printed with two to four decimals, raise no alarm.
    @Test func correctTablesRaiseNoAlarm() throws {
        var stream = RandomStream(seed: 6, stream: 4)
        for _ in 0..<80 {
            let decimals = 2 + stream.index(below: 3)
            var lines = ["Path | B | SE | z | p | Lower | Upper"]
            for row in 0..<6 {
                let error = 0.02 + 0.3 * stream.uniform(), estimate = (stream.normal() + 1) * 2 * error
                let p = 2 * Normal.standard.upperTail(abs(estimate / error))
                func figure(_ value: Double) -> String { PrintedNumber(value, decimals: decimals).text }
                let text = p < 0.001 ? "< .001" : PrintedNumber(p, decimals: 3).text
                lines.append(
                    "Y <- X\(row) | \(figure(estimate)) | \(figure(error)) | \(figure(estimate / error)) | \(text) | "
                        + "\(figure(estimate - 1.959964 * error)) | \(figure(estimate + 1.959964 * error))")
            }
            let found = try checks(lines.joined(separator: "\n")).filter { $0.verdict.isFinding }
            #expect(found.isEmpty, "\(found)")
        }
    }
}
