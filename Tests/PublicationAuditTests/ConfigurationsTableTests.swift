import Probability
import PublicationAudit
import SetTheoreticAnalysis
import Testing

@Suite struct ConfigurationsTableTests {
    private func checks(_ table: some AuditedTable, _ paper: Paper = Paper()) -> [AuditCheck] {
        var paper = paper
        paper.tables = [table]
        return paper.audit().checks
    }

    /// A study of rare-earth companies, Table 6, with mean and standard deviation of collaborative innovation from its Table 1.
    @Test func thePublishedAnchorsAreNoPercentiles() throws {
        let text = """
            Construct | Fully Affiliated(0.95) | Median(0.5) | Not Affiliated at All(0.05)
            Strong Inter-organizational Linkage | 5.00 | 2.00 | 1.00
            Weak Inter-organizational Linkage | 6.00 | 4.75 | 1.00
            Collaborative Innovation | 5.00 | 2.00 | 1.00
            Technology Absorptive Capacity | 6.00 | 2.57 | 1.00
            Corporate Innovation Performance | 5.00 | 2.00 | 1.00
            Strategic Information Identification | 6.00 | 3.00 | 1.00
            """
        let table = try PublishedCalibration(pasted("Table 6", text))
        let innovation = PaperConstruct(
            names: ["Collaborative Innovation"], mean: try PrintedNumber("1.83"),
            standardDeviation: try PrintedNumber("0.74"))
        let found = checks(table, Paper(constructs: [innovation]))
        #expect(found.count { $0.rule == .anchorOrder && $0.verdict == .consistent } == 6)
        let distribution = found.filter { $0.rule == .anchorDistribution }
        #expect(distribution.map(\.verdict).filter { $0 == .notCheckable }.count == 5)
        let finding = try #require(distribution.first { $0.verdict == .unusual })
        #expect(finding.place.row == "Collaborative Innovation")
        // The smallest standard deviation with percentiles 1, 2, 5 and a mean of 1.83 is .796; rounding of the four takes some of it.
        #expect(finding.attainable == "SD of 0.790 or more")
        #expect(found.first { $0.rule == .anchorExtremes }?.verdict == .unusual)
    }

    @Test func anchorsAreInOrderAndOnTheScale() throws {
        let text =
            "set,full membership,crossover,full non-membership,mean,SD\nA,6,4,2,4.1,1.2\nB,2,4,6,4,1\nC,6,7,2,4,1\nD,8,4,2,4.2,1\nE,6,6,2,4,1\n"
        let table = try PublishedCalibration(pasted("T", text, ["scale": "1; 7", "percentiles": "95; 50; 5"]))
        let found = checks(table)
        #expect(
            found.filter { $0.rule == .anchorOrder }.map(\.verdict) == [
                .consistent, .consistent, .notAttainable, .consistent, .unusual,
            ])
        #expect(
            found.filter { $0.rule == .anchorScale }.map(\.verdict) == [
                .consistent, .consistent, .consistent, .notAttainable, .consistent,
            ])
        #expect(found.first { $0.rule == .anchorDistribution }?.verdict == .consistent)
        #expect(throws: AuditFault.self) { try PublishedCalibration(pasted("T", text, ["scale": "1"])) }
        #expect(throws: AuditFault.self) {
            try PublishedCalibration(pasted("T", text.replacing("A,6,4", with: "A,6,")))
        }
    }

    /// Percentiles of random data agree with their mean and standard deviation.
    @Test func percentilesOfDataRaiseNoAlarm() throws {
        var random = RandomStream(seed: 8, stream: 3)
        for _ in 0..<60 {
            let items = 1 + random.index(below: 4), count = 60 + random.index(below: 200)
            let values = (0..<count).map { _ -> Double in
                Double((0..<items).map { _ in 1 + random.index(below: 5) }.reduce(0, +)) / Double(items)
            }.sorted()
            let mean = values.reduce(0, +) / Double(count)
            let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)).squareRoot()
            // The inverse of the empirical distribution, of which exactly these shares lie on either side.
            func quantile(_ p: Double) -> Double { values[min(Int((p * Double(count)).rounded(.up)) - 1, count - 1)] }
            let figures = [quantile(0.95), quantile(0.5), quantile(0.05), mean, deviation]
            guard figures[0] > figures[1], figures[1] > figures[2] else { continue }
            let cells = figures.map { PrintedNumber($0, decimals: 2).text }.joined(separator: ",")
            let table = try PublishedCalibration(
                pasted("T", "set,95%,50%,5%,mean,SD\nA,\(cells)\n", ["percentiles": "95; 50; 5", "scale": "1; 5"]))
            #expect(checks(table).allSatisfy { $0.verdict == .consistent }, "\(cells)")
        }
    }

    private func necessityText(_ random: inout RandomStream, isCrisp: Bool) -> String {
        let count = 20 + random.index(below: 80)
        func set() -> [Double] {
            (0..<count).map { _ in isCrisp ? Double(random.index(below: 2)) : Double(1 + random.index(below: 98)) / 100
            }
        }
        let y = set()
        var lines = ["Condition | Consistency | Coverage | RoN"]
        for name in ["A", "B", "C"] {
            let x = set()
            for (label, values) in [(name, x), ("~\(name)", x.map { 1 - $0 })] {
                let fit = NecessityFit(values, of: y)
                let figures = [fit.inclusion, fit.coverage, fit.relevance].map {
                    $0.map { PrintedNumber($0, decimals: 3).text } ?? ""
                }
                lines.append("\(label) | \(figures.joined(separator: " | "))")
            }
        }
        return lines.joined(separator: "\n")
    }

    @Test func necessityOfRandomSetsRaisesNoAlarm() throws {
        var random = RandomStream(seed: 4, stream: 9)
        var rules: Set<AuditRule> = []
        for round in 0..<150 {
            let isCrisp = round % 3 == 0
            let text = necessityText(&random, isCrisp: isCrisp)
            let found = checks(try PublishedNecessity(pasted("T", text, ["data": isCrisp ? "crisp" : "fuzzy"])))
            #expect(found.allSatisfy { $0.verdict == .consistent }, "\(text)\n\(found.filter(\.verdict.isFinding))")
            rules.formUnion(found.map(\.rule))
        }
        #expect(rules.count == 4)
    }

    @Test func necessityOfAConditionAndItsAbsence() throws {
        let text = """
            Condition | Consistency | Coverage
            A | .800 | .600
            ~A | .150 | .300
            B | .700 | .650
            ~B | .600 | .500
            C | .750 | .600
            ~C | .500 | .454
            """
        let found = checks(try PublishedNecessity(pasted("T", text)))
        #expect(
            found.filter { $0.rule == .necessityPair }.map(\.verdict) == [.notAttainable, .consistent, .consistent])
        // N / Σ y is 1.83 of A, 2.28 of B, 2.35 of C.
        #expect(found.filter { $0.rule == .necessitySize }.count { $0.verdict == .notAttainable } == 2)
    }

    @Test func rawCoverageIsAtMostTheNecessityOfEachCondition() throws {
        let necessity = try PublishedNecessity(
            pasted("T1", "Condition,Consistency\nA,.60\n~B,.45\nC,.70\n", ["outcome": "Y"]))
        let solution = try PublishedSolutionTable(
            pasted(
                "T2",
                "Condition | H1 | H2\nA | ● |\nB | ⊗ |\nC | | ●\nConsistency | .9 | .85\nRaw coverage | .50 | .70",
                ["outcome": "Y"]))
        let found = Paper(tables: [necessity, solution]).audit().checks.filter { $0.rule == .configurationNecessity }
        #expect(found.map(\.verdict) == [.notAttainable, .consistent])
        #expect(found.first?.explanation.contains("~B, whose consistency of necessity is .45") == true)
    }

    @Test func truthTablesOfRandomDataRaiseNoAlarm() throws {
        var random = RandomStream(seed: 6, stream: 6)
        for _ in 0..<60 {
            let count = 20 + random.index(below: 60)
            let sets = try ["A", "B", "C", "Y"].map { name in
                try CalibratedSet(
                    name: name, values: (0..<count).map { _ in Double(1 + random.index(below: 99)) / 100 + 0.001 })
            }
            let data = try CalibratedData(cases: (0..<count).map { "\($0)" }, sets: sets)
            let options = TruthTableOptions(inclusionCut: 0.75, frequencyCut: 2, priCut: 0.4)
            guard
                let table = try? TruthTable(
                    data, outcome: .set("Y", levels: nil), conditions: ["A", "B", "C"], options: options)
            else { continue }
            var lines = ["A,B,C,n,OUT,incl,PRI"]
            for row in table.rows {
                let output = row.output == .positive ? "1" : row.output == .remainder ? "?" : "0"
                let values = (0..<3).map { "\(row.configuration[$0] ?? 0)" }
                let figures = [row.inclusion, row.pri].map { $0.map { PrintedNumber($0, decimals: 3).text } ?? "" }
                lines.append((values + ["\(row.count)", output] + figures).joined(separator: ","))
            }
            let published = try PublishedTruthTable(
                pasted(
                    "T", lines.joined(separator: "\n"),
                    ["n cut": "2", "consistency cut": "0.75", "PRI cut": "0.4", "sample": "\(count)"]))
            let found = checks(published)
            #expect(found.allSatisfy { $0.verdict == .consistent }, "\(lines)\n\(found.filter(\.verdict.isFinding))")
        }
    }

    @Test func slipsInTruthTablesAreFound() throws {
        let text = "A,B,OUT,n,incl,PRI\n1,1,1,12,.95,.90\n1,0,1,1,.85,.60\n0,1,0,8,.82,.70\n0,1,1,7.5,.70,.75\n"
        let found = checks(
            try PublishedTruthTable(pasted("T", text, ["n cut": "2", "consistency cut": ".80", "sample": "25"])))
        let findings = found.filter(\.verdict.isFinding).map {
            "\($0.place.row ?? "") \($0.place.column ?? "") \($0.verdict.rawValue)"
        }
        #expect(
            findings == [
                "1 0 cases notAttainable", "0 1 outcome unusual", "0 1 cases notAttainable", "0 1 PRI notAttainable",
                "0 1 outcome notAttainable", " cases notAttainable", "0 1  notAttainable",
            ])
        #expect(throws: AuditFault.self) { try PublishedTruthTable(pasted("T", "n,OUT\n3,1\n")) }
    }

    @Test func anyTableIsReadOrRefused() {
        var random = RandomStream(seed: 1, stream: 4)
        let pieces = [
            "|", "\t", ",", "\n", "A", "●", "⊗", "0.5", "1", ".86", "-", "coverage", "Consistency", "unique",
            "solution", "PRI", "n", "95", "%", "~A",
            "full membership", "crossover", "full non-membership", "M1", "nan", "1e9", "\"", "12,000", "OUT", "＜.05",
        ]
        for _ in 0..<400 {
            let text = (0..<random.index(below: 60)).map { _ in pieces[random.index(below: pieces.count)] }.joined()
            guard let table = try? pasted("T", text) else { continue }
            for kind in Paper.kinds {
                guard let read = try? kind.init(table) else { continue }
                _ = read.checks(in: Paper())
            }
        }
    }
}
