import Probability
import PublicationAudit
import Testing

@Suite struct GranularityMeanTests {
    private func mean(_ mean: String, _ deviation: String? = nil, _ members: Int, items: Int = 1) throws
        -> WholeNumberMean
    {
        try #require(
            WholeNumberMean(
                mean: try PrintedNumber(mean), standardDeviation: try deviation.map { try PrintedNumber($0) },
                members: members, items: items))
    }

    /// R scrutiny, README: `grim_map(pigs1)`.
    @Test func grimAgreesWithScrutiny() throws {
        let cases: [(String, Int, Bool)] = [
            ("7.22", 32, true), ("4.74", 25, false), ("5.23", 29, false), ("2.57", 24, false), ("6.77", 27, false),
            ("2.68", 28, true), ("7.01", 29, false), ("7.38", 26, true), ("3.14", 27, false), ("6.89", 31, false),
            ("5.00", 25, true), ("0.24", 28, false),
        ]
        for (text, members, expected) in cases {
            #expect(try mean(text, nil, members).meanIsAttainable == expected, "\(text) of \(members)")
        }
    }

    /// R scrutiny, vignette GRIMMER: `grimmer("7.3", "2.51", 12)`, `grimmer_map(flying_pigs1)` and `grimmer_map(flying_pigs2, items = 3)`.
    @Test func grimmerAgreesWithScrutiny() throws {
        #expect(try !mean("7.3", "2.51", 12).deviationIsAttainable())
        let cases: [(String, String, Bool)] = [
            ("2.6", "2.05", false), ("7.2", "2.89", true), ("3.6", "3.11", true),
            ("9.2", "7.13", true), ("10.4", "2.53", true), ("7.3", "3.14", true),
        ]
        for (text, deviation, expected) in cases {
            #expect(try mean(text, deviation, 25).deviationIsAttainable() == expected, "\(text), \(deviation)")
        }
        // Of 8.9 (2.81), 25 members, scrutiny tries one sum only; the sum 223 with the sum of squares 2179 gives both.
        #expect(try mean("8.9", "2.81", 25).deviationIsAttainable())
        for (text, deviation) in [("5.90", "2.19"), ("5.71", "1.42"), ("3.50", "1.81"), ("3.82", "2.43")] {
            #expect(try mean(text, deviation, 40, items: 3).deviationIsAttainable())
        }
        #expect(try !mean("5.71", "1.42", 40).meanIsAttainable)
    }

    /// R scrutiny, README: `debit_map(pigs3)`.
    @Test func debitAgreesWithScrutiny() throws {
        let cases = [
            ("0.53", "0.50", true), ("0.44", "0.50", true), ("0.77", "0.42", true), ("0.19", "0.35", false),
            ("0.34", "0.47", true), ("0.93", "0.25", true), ("0.12", "0.33", true),
        ]
        for (share, deviation, expected) in cases {
            let binary = BinaryMean(
                mean: try PrintedNumber(share), standardDeviation: try PrintedNumber(deviation), members: 1683)
            #expect(binary.isAttainable == expected, "\(share), \(deviation)")
        }
    }

    @Test func powerEndsWhereAnswersAreAsManyAsSteps() throws {
        #expect(try mean("3.45", nil, 99).meanHasPower)
        #expect(try !mean("3.45", nil, 100).meanHasPower)
        #expect(try !mean("3.45", nil, 25, items: 4).meanHasPower)
        #expect(try mean("3.45", "1.02", 50).deviationHasPower)
        #expect(try !mean("3.4", "1.0", 500).deviationHasPower)
    }

    /// Means and deviations of random answers, rounded, are always attainable.
    @Test func realAnswersNeverFail() throws {
        var stream = RandomStream(seed: 11, stream: 0)
        for _ in 0..<400 {
            let members = 5 + stream.index(below: 60), items = 1 + stream.index(below: 4)
            let sums = (0..<members).map { _ in (0..<items).reduce(0) { sum, _ in sum + 1 + stream.index(below: 5) } }
            let values = sums.map { Double($0) / Double(items) }
            let average = values.reduce(0, +) / Double(members)
            let variance = values.reduce(0) { $0 + ($1 - average) * ($1 - average) } / Double(members - 1)
            let printed = try #require(
                WholeNumberMean(
                    mean: PrintedNumber(average, decimals: 2),
                    standardDeviation: PrintedNumber(variance.squareRoot(), decimals: 2), members: members,
                    items: items,
                    scale: 1...5))
            #expect(printed.meanIsAttainable && printed.deviationIsAttainable())
        }
    }

    /// Against every data set there is of three answers from 1 to 4: none fails, and of what no data set has hardly any passes (2.00 with
    /// 1.41 has a whole sum of squares, 16, of the right parity that no three answers have).
    @Test func smallSamplesAreDecidedAlmostExactly() throws {
        var found: Set<String> = []
        for a in 1...4 {
            for b in 1...4 {
                for c in 1...4 {
                    let sum = Double(a + b + c), squares = Double(a * a + b * b + c * c)
                    let deviation = max((squares - sum * sum / 3) / 2, 0).squareRoot()
                    found.insert(
                        PrintedNumber(sum / 3, decimals: 2).text + " " + PrintedNumber(deviation, decimals: 2).text)
                }
            }
        }
        var passed: Set<String> = []
        for sum in 3...12 {
            for hundredths in 0...220 {
                let mean = PrintedNumber(Double(sum) / 3, decimals: 2)
                let deviation = PrintedNumber(Double(hundredths) / 100, decimals: 2)
                let printed = try #require(
                    WholeNumberMean(mean: mean, standardDeviation: deviation, members: 3, scale: 1...4))
                if printed.deviationIsAttainable() { passed.insert("\(mean.text) \(deviation.text)") }
            }
        }
        #expect(passed.isSuperset(of: found))
        #expect(passed.subtracting(found) == ["2.00 1.41", "3.00 1.41"])
    }

    private func table(_ text: String, _ options: [String: String] = [:]) throws -> MeanTable {
        try MeanTable(
            PastedTable(
                name: "Table 1", text: TextTable(text, table: "Table 1"),
                options: options.mapValues { PastedTable.OptionText($0, line: 3) }))
    }

    @Test func aTableSaysWhatItCannotCheckAndWhy() throws {
        let paper = Paper(samples: [Sample("persons", size: PrintedNumber(25))])
        let table = try table("Variable | M | SD\nTrust | 3.74 | 0.81\nAge | 3.12 | 2.9\n", ["scale": "1 to 5"])
        let checks = table.checks(in: paper)
        #expect(checks.filter { $0.rule == .grim }.map(\.verdict) == [.notCheckable, .notCheckable])
        #expect(checks.filter { $0.rule == .deviationRange }.map(\.verdict) == [.consistent, .notAttainable])
        let single = try self.table("Variable | M | SD\nTrust | 3.74 | 0.81\n", ["scale": "1 to 5", "items": "1"])
        #expect(single.checks(in: paper).first { $0.rule == .grim }?.verdict == .notAttainable)
        #expect(single.checks(in: paper).first { $0.rule == .grim }?.attainable == "3.72 or 3.76")
        let binary = try self.table("Variable | M | SD\nFemale | 0.40 | 0.30\n", ["scale": "0-1", "items": "1"])
        #expect(binary.checks(in: paper).first { $0.rule == .debit }?.attainable == "0.50")
        let outside = try self.table("Variable | M | SD\nTrust | 5.61 | 0.2\n", ["scale": "1 to 5"])
        #expect(outside.checks(in: paper).first { $0.rule == .meanRange }?.verdict == .notAttainable)
    }

    @Test func aScaleThatIsNoneIsNamedWithItsLine() throws {
        #expect(throws: AuditFault.self) { try table("Variable | M\nTrust | 3.7\n", ["scale": "five points"]) }
        do {
            _ = try table("Variable | M\nTrust | 3.7\n", ["scale": "5 to 1"])
            Issue.record("a scale that falls was read")
        } catch {
            #expect("\(error)".contains("write its lowest and highest answer"))
        }
    }
}
