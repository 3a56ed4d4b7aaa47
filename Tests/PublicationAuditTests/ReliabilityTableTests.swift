import Probability
import PublicationAudit
import Testing

@Suite struct ReliabilityTableTests {
    private func table(_ text: String) throws -> ReliabilityTable {
        try ReliabilityTable(PastedTable(name: "Table 2", text: TextTable(text, table: "Table 2")))
    }

    /// Alpha, alpha without each item and item-total correlations of random Likert items with unequal variances.
    private func scale(_ stream: inout RandomStream) -> (alpha: Double, deleted: [Double], correlations: [Double])? {
        let k = 3 + stream.index(below: 6), n = 100 + stream.index(below: 200)
        let loadings = (0..<k).map { _ in 0.4 + 0.5 * stream.uniform() }
        let spreads = (0..<k).map { _ in 0.7 + 0.7 * stream.uniform() }
        let rows = (0..<n).map { _ in
            let factor = stream.normal()
            return (0..<k).map { item in
                let own = (1 - loadings[item] * loadings[item]).squareRoot() * stream.normal()
                return min(max((4 + 1.2 * spreads[item] * (loadings[item] * factor + own)).rounded(), 1), 7)
            }
        }
        let means = (0..<k).map { item in rows.reduce(0) { $0 + $1[item] } / Double(n) }
        var covariances = Array(repeating: Array(repeating: 0.0, count: k), count: k)
        for row in rows {
            for i in 0..<k { for j in 0..<k { covariances[i][j] += (row[i] - means[i]) * (row[j] - means[j]) } }
        }
        func alpha(_ items: [Int]) -> Double {
            let total = items.reduce(0) { sum, i in items.reduce(sum) { $0 + covariances[i][$1] } }
            let diagonal = items.reduce(0) { $0 + covariances[$1][$1] }
            return Double(items.count) / Double(items.count - 1) * (1 - diagonal / total)
        }
        let all = Array(0..<k)
        let correlations = all.map { item in
            let rest = all.filter { $0 != item }
            let shared = rest.reduce(0) { $0 + covariances[item][$1] }
            let variance = rest.reduce(0) { sum, i in rest.reduce(sum) { $0 + covariances[i][$1] } }
            return shared / (covariances[item][item] * variance).squareRoot()
        }
        let value = alpha(all)
        return value > 0.4 ? (value, all.map { item in alpha(all.filter { $0 != item }) }, correlations) : nil
    }

    private func text(_ scale: (alpha: Double, deleted: [Double], correlations: [Double])) -> String {
        func figure(_ value: Double) -> String { PrintedNumber(value, decimals: 3).text }
        var lines = ["| Scale | Item | CITC | Cronbach's alpha if item deleted | Cronbach's alpha |"]
        for (item, pair) in zip(scale.correlations, scale.deleted).enumerated() {
            let alpha = item == 0 ? figure(scale.alpha) : ""
            lines.append(
                "| \(item == 0 ? "Trust" : "") | T\(item) | \(figure(pair.0)) | \(figure(pair.1)) | \(alpha) |")
        }
        return lines.joined(separator: "\n")
    }

    @Test func rawAlphasOfUnequalItemsRaiseNoAlarm() throws {
        var stream = RandomStream(seed: 3, stream: 1)
        var checks = 0, unusual = 0
        for _ in 0..<150 {
            guard let scale = scale(&stream) else { continue }
            let found = try table(text(scale)).checks(in: Paper())
            checks += found.count
            unusual += found.count { $0.verdict == .unusual }
            #expect(!found.contains { $0.verdict == .notAttainable })
        }
        #expect(checks > 500)
        #expect(unusual * 200 < checks)
    }

    /// A digit of an item-total correlation misread (less by .2) is found in most rows.
    @Test func aSlipInAnItemTotalCorrelationIsFound() throws {
        var stream = RandomStream(seed: 4, stream: 1)
        var planted = 0, found = 0
        for _ in 0..<80 {
            guard var scale = scale(&stream), scale.correlations[1] > 0.4 else { continue }
            scale.correlations[1] -= 0.2
            planted += 1
            let checks = try table(text(scale)).checks(in: Paper())
            if checks.contains(where: { $0.rule == .itemTotal && $0.place.row == "T1" && $0.verdict == .notAttainable })
            {
                found += 1
            }
        }
        #expect(planted > 40)
        #expect(found * 10 > planted * 9)
    }

    @Test func aSlipInAlphaIsFound() throws {
        let text = """
            | Scale | Item | CITC | Cronbach's alpha if item deleted | Cronbach's alpha |
            | Trust | IL1 | 0.652 | 0.740 | 0.880 |
            |  | IL2 | 0.575 | 0.765 | |
            |  | IL3 | 0.604 | 0.755 | |
            |  | IL4 | 0.431 | 0.807 | |
            |  | IL5 | 0.660 | 0.739 | |
            """
        let check = try #require(try table(text).checks(in: Paper()).first)
        #expect(check.verdict == .notAttainable)
        #expect(check.attainable == "0.779 to 0.840")
    }

    /// Four parallel items with correlation ½: alpha .8, three of them .75, item-total correlation 1.5 / √6 = .612.
    @Test func parallelItemsAttainTheBound() throws {
        let triangle = try #require(AlphaTriangle(items: 4))
        #expect(abs(triangle.usualCorrelation(alpha: 0.8, deleted: 0.75) - 0.612372435695794) < 1e-12)
        #expect(abs(triangle.lowestCorrelation(alpha: 0.8, deleted: 0.75) - 0.612372435695794) < 1e-12)
        #expect(abs(triangle.usualAlpha(withoutEach: [0.75, 0.75, 0.75, 0.75]).middle - 0.8) < 1e-12)
        #expect(AlphaTriangle(items: 2) == nil)
    }

    @Test func alphaGoesWithVarianceExtractedAndCorrelation() throws {
        let text = """
            Construct | Number of items | Cronbach's alpha | AVE | CR | Mean inter-item correlation
            Trust | 5 | .888 | .61 | .89 | .61
            Care | 5 | .588 | .61 | .89 | .61
            """
        let paper = Paper(tables: [try table(text)])
        let checks = paper.audit().checks
        #expect(checks.count == 6)
        #expect(checks.filter { $0.verdict == .unusual }.count == 3)
        #expect(checks.filter { $0.verdict == .unusual }.allSatisfy { $0.place.row == "Care" })
    }
}
