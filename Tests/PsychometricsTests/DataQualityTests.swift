import LinearAlgebra
import Testing

@testable import Psychometrics

@Suite struct DataQualityTests {
    /// The sum of the values that exist, and how many do not.
    private func summary(_ values: [Double?]) -> (sum: Double, undefined: Int) {
        (values.reduce(0) { $0 + ($1 ?? 0) }, values.count { $0 == nil })
    }

    /// Made-up answers, a case in each row.
    private func answers(_ cases: Int, _ items: Int, _ answer: (Int, Int) -> Int) -> [[Double]] {
        (0..<cases).map { i in (0..<items).map { j in Double(answer(i, j)) } }
    }

    private func cases() throws -> Matrix { try Reference("careless").data }

    // All figures of this suite: careless 1.2.2 for R.

    @Test func stringsAreThoseOfCareless() throws {
        let data = try cases()
        let strings = (0..<data.rows).compactMap { AnswerStrings(data.row($0)) }
        #expect(strings.prefix(8).map(\.longest) == [6, 4, 3, 3, 3, 2, 5, 4])
        #expect(strings.reduce(0) { $0 + $1.longest } == 1174)
        #expect(abs(strings[0].average - 1.5625) < 1e-14 && abs(strings[1].average - 1.47058823529412) < 1e-13)
        #expect(abs(strings.reduce(0) { $0 + $1.average } - 436.613951914129) < 1e-9)
    }

    @Test func variabilityIsThatOfCareless() throws {
        let data = try cases()
        let own = summary((0..<data.rows).map { intraIndividualResponseVariability(data.row($0)) })
        #expect(abs(own.sum - 201.050450084037) < 1e-9)
        let personality = try Reference("bfi", complete: false).data
        let other = summary((0..<personality.rows).map { intraIndividualResponseVariability(personality.row($0)) })
        #expect(abs(other.sum - 1605.79344698574) < 1e-8)
    }

    @Test func evenOddConsistencyIsThatOfCareless() throws {
        // Signs as before careless 1.2.0: low values are careless.
        let scales = (0..<10).map { scale in Array((5 * scale)..<(5 * scale + 5)) }
        let own = AnswerConsistency.evenOdd(try cases(), scales: scales)
        let first = [
            -1, 0.6409843600014076, 0.5561281119133877, -0.5237049688440286, 0.875209230251192, -0.114955295833502,
            0.8734177215189874, 0.0510756949232685,
        ]
        #expect(distance(Array(own.prefix(8)), first) < 1e-12)
        #expect(abs(summary(own).sum + 23.2664909642944) < 1e-9 && summary(own).undefined == 5)
    }

    @Test func mahalanobisDistancesAreThoseOfCareless() throws {
        let data = try cases()
        let own = try MahalanobisDistances(data, names: (0..<50).map { "i\($0)" })
        #expect(distance(Array(own.squared.prefix(3)), [44.0523809442334, 40.0836837063702, 49.1276227701468]) < 1e-9)
        // The sum is (n − 1)·p.
        #expect(abs(summary(own.squared).sum - 9950) < 1e-7)
        let flagged = own.pValues.indices.filter { (own.pValues[$0] ?? 1) < 0.001 }.map { $0 + 1 }
        #expect(flagged == [6, 9, 11, 19, 20, 37, 54, 60, 91, 106, 115, 116, 133, 139, 155, 157, 168, 188])
    }

    @Test func synonymsAndAntonymsAreThoseOfCareless() throws {
        // psychsyn(x, 0.5, resample_na = FALSE)
        let data = try cases()
        let pairs = AnswerConsistency.itemPairs(data, bound: 0.5)
        #expect(pairs.count == 97 && AnswerConsistency.itemPairs(data, bound: 0.6).count == 53)
        let own = AnswerConsistency.pairs(data, pairs)
        #expect(distance(Array(own.prefix(3)), [0.4071207219800732, 0.6238986493127912, 0.5231475571118495]) < 1e-12)
        #expect(abs(summary(own).sum - 91.8943670945214) < 1e-9 && summary(own).undefined == 2)
        // psychsyn(bfi, 0.3, anto = TRUE, resample_na = FALSE)
        let personality = try Reference("bfi", complete: false).data
        let opposites = AnswerConsistency.itemPairs(personality, bound: 0.3, areAntonyms: true)
        #expect(opposites.count == 15 && opposites.allSatisfy { $0.correlation < -0.3 })
        let antonyms = AnswerConsistency.pairs(personality, opposites)
        #expect(abs(summary(antonyms).sum + 504.613158713741) < 1e-8 && summary(antonyms).undefined == 1)
    }

    @Test func missingAnswersEndStrings() {
        #expect(AnswerStrings([3, 3, .nan, 3, 2]) == AnswerStrings([3, 3, 4, 4, 2].map { $0 == 4 ? .nan : $0 } + [3]))
        #expect(AnswerStrings([3, 3, .nan, 3])?.longest == 2)
        #expect(AnswerStrings([.nan, .nan]) == nil && AnswerStrings([]) == nil)
        #expect(intraIndividualResponseVariability([4, .nan]) == nil)
        #expect(intraIndividualResponseVariability([4, .nan, 4]) == 0)
    }

    @Test func identicalCasesAndPercentMatch() {
        let matches = AnswerMatches(
            Matrix([
                [1, 2, 3, 4], [1, 2, 3, 4], [1, 2, 4, 4], [.nan, .nan, .nan, .nan], [5, .nan, 5, 5],
                [.nan, .nan, .nan, .nan],
            ]))
        #expect(matches.duplicates == [[0, 1]])
        #expect(matches.shares[0] == 1 && matches.partners[0] == 1 && matches.shares[2] == 0.75)
        #expect(matches.shares[3] == nil && matches.shares[4] == 0)
    }

    @Test func incompleteCasesHaveDistancesOverWhatTheyAnswered() throws {
        var rows = answers(30, 3) { i, j in j == 0 ? i % 5 : j == 1 ? i * 3 % 7 : i * i % 11 }
        rows.append([4, .nan, .nan])
        rows.append([.nan, .nan, .nan])
        let own = try MahalanobisDistances(Matrix(rows), names: ["a", "b", "c"])
        // One answer: its squared z-value. The mean of a is 2, its variance 60/29.
        #expect(abs((own.squared[30] ?? 0) - 4 / (60 / 29.0)) < 1e-12)
        #expect(own.squared[31] == nil && own.completeCases == 30)
    }

    @Test func unitsOfAnswersDoNotMatterForDistances() throws {
        let data = try cases()
        let scaled = Matrix(rows: data.rows, columns: data.columns) {
            $1 == 3 ? 1e200 * data[$0, $1] : 100 + data[$0, $1] * Double(1 + $1 % 7)
        }
        let names = (0..<50).map { "i\($0)" }
        let a = try MahalanobisDistances(data, names: names), b = try MahalanobisDistances(scaled, names: names)
        #expect(zip(a.squared, b.squared).allSatisfy { abs(($0 ?? 0) - ($1 ?? 1)) < 1e-8 })
    }

    @Test func screeningNamesWhoIsFlaggedByWhat() throws {
        var rows = answers(60, 24) { i, j in 1 + (i * 7 + j * j * (i % 4 + 1) + i * j) % 5 }
        rows[10] = [Double](repeating: 3, count: 24)
        rows[20] = rows[21]
        rows[30] = [Double](repeating: .nan, count: 20) + [1, 2, 3, 4]
        let data = Matrix(rows)
        let seconds: [Double] = (0..<60).map { $0 == 5 ? 30 : 240 }
        let passed: [Bool?] = (0..<60).map { $0 == 8 ? nil : $0 != 7 }
        let scales = (0..<4).map { (name: "s\($0)", columns: Array((6 * $0)..<(6 * $0 + 6))) }
        let request = CarelessScreening.Answers(
            items: (1...24).map { "q\($0)" }, given: data, keyed: data, scales: scales, seconds: seconds,
            checks: [(name: "check", passed: passed)])
        let screening = try CarelessScreening(request)
        #expect(
            screening.indices(flagging: 10).contains(.longestString)
                && screening.indices(flagging: 10).contains(.variability))
        #expect(
            screening.indices(flagging: 20).contains(.duplicate) && screening.indices(flagging: 21).contains(.duplicate)
        )
        #expect(screening.indices(flagging: 30).contains(.missing))
        #expect(screening.indices(flagging: 5).contains(.time) && screening.indices(flagging: 7).contains(.attention))
        #expect(!screening.indices(flagging: 8).contains(.attention))
        #expect(
            screening.flagCounts.indices.allSatisfy {
                screening.flagCounts[$0] == screening.indices(flagging: $0).count
            })
        // A threshold of one's own.
        let strict = try CarelessScreening(request, settings: .init(thresholds: [.time: 20]))
        #expect(strict.results.first { $0.index == .time }?.flagged.count == 60)
        #expect(strict.results.first { $0.index == .time }?.source == "as given")
        #expect(screening.sensitivity.map(\.all.n) == [59, 59, 59, 59])
        #expect(screening.sensitivity.allSatisfy { $0.withoutFlagged.n <= $0.withoutFlaggedTwice.n })
    }

    @Test func fewItemsGetNoThresholdOfStrings() throws {
        let data = Matrix(answers(20, 3) { i, j in i % (3 + j) })
        let screening = try CarelessScreening(.init(items: ["a", "b", "c"], given: data, keyed: data))
        #expect(screening.results.first { $0.index == .longestString }?.threshold == nil)
        #expect(screening.remarks.contains { $0.contains("three scales") })
    }

    @Test func badAnswersAreRefusedOrRemarked() throws {
        let one = Matrix([[1], [2]])
        #expect(throws: PsychometricsError.tooFewVariables(needed: 2, found: 1)) {
            try CarelessScreening(.init(items: ["a"], given: one, keyed: one))
        }
        let none = Matrix(rows: 0, columns: 3)
        #expect(throws: PsychometricsError.tooFewCases(needed: 1, found: 0)) {
            try CarelessScreening(.init(items: ["a", "b", "c"], given: none, keyed: none))
        }
        let constant = Matrix(answers(20, 3) { i, j in j == 0 ? 1 : i % (3 + j) })
        let screening = try CarelessScreening(.init(items: ["a", "b", "c"], given: constant, keyed: constant))
        #expect(screening.remarks.contains { $0.contains("no Mahalanobis distance: a:") })
        let copied = Matrix(answers(20, 3) { i, j in j < 2 ? i % 4 : i % 5 })
        #expect(throws: PsychometricsError.singularCorrelations(variables: ["a", "b", "c"])) {
            try MahalanobisDistances(copied, names: ["a", "b", "c"])
        }
        let empty = Matrix((0..<5).map { _ in [Double](repeating: .nan, count: 3) })
        let nothing = try CarelessScreening(.init(items: ["a", "b", "c"], given: empty, keyed: empty))
        #expect(nothing.results.first { $0.index == .missing }?.flagged.count == 5)
    }
}
