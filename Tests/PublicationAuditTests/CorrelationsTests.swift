import PublicationAudit
import Testing

@Suite struct CorrelationsTests {
    /// psych::bfi, scale scores of complete cases (N = 2,436), R 4.2; stars by cor.test.
    private static let large = """
        | Variable | M | SD | 1 | 2 | 3 | 4 | 5 |
        |---|---|---|---|---|---|---|---|
        | 1. A | 4.64 | 0.91 | | | | | |
        | 2. C | 4.27 | 0.96 | .26*** | | | | |
        | 3. E | 4.13 | 1.07 | .47*** | .27*** | | | |
        | 4. N | 3.17 | 1.20 | -.19*** | -.23*** | -.23*** | | |
        | 5. O | 4.61 | 0.80 | .14*** | .19*** | .22*** | -.08*** | |
        """
    /// The first 150 of them.
    private static let small = """
        | Variable | M | SD | 1 | 2 | 3 | 4 | 5 |
        |---|---|---|---|---|---|---|---|
        | 1. A | 4.59 | 0.95 | | | | | |
        | 2. C | 4.09 | 0.97 | .27*** | | | | |
        | 3. E | 4.12 | 1.10 | .40*** | .35*** | | | |
        | 4. N | 3.23 | 1.12 | -.16 | -.12 | -.20* | | |
        | 5. O | 4.63 | 0.81 | .23** | .25** | .27*** | -.15 | |
        """

    private func audit(
        _ text: String, _ options: [String: String] = [:], n: Int, constructs: [PaperConstruct] = []
    ) throws -> [AuditCheck] {
        let table = try PublishedCorrelations(RareEarthPaper.table("Table 1", text, options))
        return Paper(
            samples: [Sample("N", size: PrintedNumber(n))], legend: .usual, constructs: constructs, tables: [table]
        ).audit().checks
    }

    @Test func correctTablesGiveNoAlarm() throws {
        let large = try audit(Self.large, ["vif below": "10"], n: 2436), small = try audit(Self.small, n: 150)
        #expect((large + small).allSatisfy { $0.verdict == .consistent })
        #expect(large.count { $0.rule.id == "r-stars" } == 10)
        // The largest VIF by R's solve(cor()) is that of E, 1.382.
        #expect(large.first { $0.rule.id == "vif" }?.explanation.contains("(E)") == true)
    }

    @Test func aStarOfAnotherSampleIsFound() throws {
        let checks = try audit(Self.large, n: 150)
        #expect(
            checks.filter { $0.verdict == .notAttainable }.map(\.printed) == [
                ".26***", "-.19***", "-.23***", "-.23***", ".14***", ".19***", ".22***", "-.08***",
            ])
    }

    /// r₁₂ = r₁₃ = .9 and r₂₃ = −.9 belong to no data; .6, .8 and −.01 round from such that do.
    @Test func impossibleMatricesAreFoundAndRoundingIsNot() throws {
        func verdict(_ a: String, _ b: String, _ c: String) throws -> Verdict? {
            try audit("V,1,2,3\nA,,,\nB,\(a),,\nC,\(b),\(c),\n", n: 100).first { $0.rule.id == "positive-definite" }?
                .verdict
        }
        #expect(try verdict(".9", ".9", "-.9") == .notAttainable)
        #expect(try verdict(".60", ".80", "-.01") == .consistent)
        #expect(try verdict(".6", ".8", ".0") == .consistent)
        #expect(try verdict(".60", ".80", "-.05") == .notAttainable)
    }

    @Test func outOfRangeAndTwinsAndFornellLarcker() throws {
        let range = try audit("V,1,2\nA,1,\nB,1.21,1\n", n: 100)
        #expect(range.first { $0.rule.id == "r-range" }?.verdict == .notAttainable)
        let diagonal = try audit(
            "V,1,2\nA,(.60),\nB,.85,(.70)\n", ["diagonal": "AVE"], n: 100,
            constructs: [PaperConstruct(names: ["A"], ave: try PrintedNumber(".66"))])
        #expect(diagonal.filter { $0.rule.id == "fornell-larcker" }.map(\.verdict) == [.unusual, .unusual])
        #expect(diagonal.first { $0.rule.id == "repeated-figure" }?.verdict == .unusual)
    }

    @Test func anUpperTriangleIsOfItsOwnSample() throws {
        let text = "V,1,2\nA,,.12\nB,.12*,\n"
        let table = try PublishedCorrelations(RareEarthPaper.table("T", text, ["upper": "persons", "sample": "days"]))
        let samples = [Sample("persons", size: PrintedNumber(60)), Sample("days", size: PrintedNumber(300))]
        let checks = Paper(samples: samples, legend: .usual, tables: [table]).audit().checks.filter {
            $0.rule.id == "r-stars"
        }
        #expect(checks.map(\.verdict) == [.consistent, .consistent])
        #expect(checks.map { $0.explanation.contains("N = 60") } == [false, true])
    }

    @Test func badInputNamesTheLine() {
        #expect(throws: AuditFault.self) { try audit("V,M,SD\nA,1,2\n", n: 10) }
        #expect(throws: AuditFault.self) { try audit("V,1,2\nA,,\nB,.1.2,\n", n: 10) }
        #expect(throws: AuditFault.self) { try audit("V,1,7\nA,,\nB,.1,.2\n", n: 10) }
        #expect(throws: AuditFault.self) { try audit("V,1,2\nA,,\nB,.1,\n", ["diagonal": "omega"], n: 10) }
    }

    /// Correlations of random data, rounded to two or three decimals, with the stars of their t tests.
    @Test func correctCorrelationsNeverAlarm() throws {
        var state: UInt64 = 11
        func normal() -> Double {
            (0..<12).reduce(-6.0) { sum, _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return sum + Double(state >> 11) / 9_007_199_254_740_992
            }
        }
        for trial in 0..<12 {
            let n = 25 + 20 * trial, p = 5, decimals = 2 + trial % 2
            let data = (0..<n).map { _ -> [Double] in
                let common = normal()
                return (0..<p).map { 0.3 * Double($0) * common + normal() }
            }
            func moment(_ i: Int, _ j: Int) -> Double {
                let (a, b) = (data.map { $0[i] }, data.map { $0[j] })
                let (ma, mb) = (a.reduce(0, +) / Double(n), b.reduce(0, +) / Double(n))
                return zip(a, b).reduce(0) { $0 + ($1.0 - ma) * ($1.1 - mb) }
            }
            var text = "V,1,2,3,4,5\n"
            for i in 0..<p {
                let cells = (0..<p).map { j -> String in
                    guard j < i else { return "" }
                    let r = moment(i, j) / (moment(i, i) * moment(j, j)).squareRoot()
                    let t = abs(r) * (Double(n - 2) / (1 - r * r)).squareRoot()
                    let exact = tailProbabilities(of: Interval(t), Interval(Double(n - 2)))
                    return PrintedNumber(r, decimals: decimals).text + StarLegend.usual.mark(for: exact.lower)
                }
                text += "V\(i)," + cells.joined(separator: ",") + "\n"
            }
            #expect(try audit(text, n: n).allSatisfy { $0.verdict == .consistent }, "\(text)")
        }
    }
}
