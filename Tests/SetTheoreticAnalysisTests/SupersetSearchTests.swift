import SetTheoreticAnalysis
import Testing

@Suite struct SupersetSearchTests {
    private let surv = SetExpression.set("SURV", levels: nil)

    private func figures(_ row: SupersetSearch.Row) -> [Double?] {
        [row.fit.inclusion, row.fit.relevance, row.fit.coverage]
    }

    /// QCA 3.23: superSubset(LF, "SURV", incl.cut = .9, ron.cut = .5).
    @Test func lipset() throws {
        let search = try SupersetSearch(
            NecessityFixtures.lipset(), outcome: surv, conditions: NecessityFixtures.lipsetConditions,
            options: .init(inclusionCut: 0.9, relevanceCut: 0.5))
        #expect(search.rows.map(\.expression) == ["LIT", "STB", "LIT*STB", "DEV + URB + IND"])
        #expect(search.rows.map(\.isDisjunction) == [false, false, false, true])
        #expect(search.rows.map(\.depth) == [1, 1, 2, 3])
        #expect(search.end == .exhausted)
        let expected: [[Double]] = [
            [0.9906103286, 0.5094142259, 0.6428027418], [0.9201877934, 0.6801181102, 0.7069431921],
            [0.9154929577, 0.8, 0.7926829268], [0.9025821596, 0.7041707081, 0.7160148976],
        ]
        for (row, expected) in zip(search.rows, expected) {
            #expect(NecessityFixtures.agree(figures(row), expected, within: 1e-10))
        }
    }

    /// QCA 3.23: superSubset(LF, "~SURV", incl.cut = .9, ron.cut = .45, cov.cut = .6).
    @Test func theNegatedOutcome() throws {
        let search = try SupersetSearch(
            NecessityFixtures.lipset(), outcome: .not(surv), conditions: NecessityFixtures.lipsetConditions,
            options: .init(inclusionCut: 0.9, coverageCut: 0.6, relevanceCut: 0.45))
        #expect(search.rows.map(\.expression) == ["~DEV + ~URB", "~URB + ~STB", "~DEV + URB + ~STB"])
        #expect(
            NecessityFixtures.agree(
                search.rows.flatMap(figures),
                [
                    0.9029535865, 0.5222457627, 0.6549349656, 0.9324894515, 0.5534934498, 0.6836813612, 0.9082278481,
                    0.4856230032, 0.6406250000,
                ], within: 1e-10))
    }

    /// QCA 3.23: superSubset(HarKem, "PB", incl.cut = .95, ron.cut = .5, depth = 4).
    @Test func multiValueSets() throws {
        let search = try SupersetSearch(
            NecessityFixtures.regulations(), outcome: .set("PB", levels: nil), conditions: ["C", "F", "T", "R", "V"],
            options: .init(inclusionCut: 0.95, relevanceCut: 0.5, depth: 4))
        #expect(
            search.rows.map(\.expression) == [
                "C[1] + F[2] + T[2]", "C[1] + T[2] + R[1]", "C[0] + T[2] + V[0]", "F[1] + T[2] + V[0]",
                "T[2] + R[2] + V[0]", "C[1] + F[1] + T[2] + R[2]", "C[1] + F[2] + T[1] + R[1]",
                "C[0] + F[2] + T[1] + V[0]", "C[1] + F[1] + T[2] + V[1]", "C[0] + F[1] + R[2] + V[0]",
                "C[0] + F[2] + R[0] + V[0]", "C[1] + F[2] + R[1] + V[1]", "C[1] + F[2] + R[2] + V[0]",
                "F[2] + T[1] + R[2] + V[0]", "F[2] + T[2] + R[1] + V[1]",
            ])
        #expect(
            NecessityFixtures.agree(
                search.rows.map(\.fit.relevance),
                [
                    0.75, 0.625, 0.5, 0.5, 0.5, 0.75, 0.5, 0.625, 0.5, 0.5, 0.625, 0.5, 0.75, 0.625, 0.5,
                ]))
    }

    @Test func rowsAreFoundByBruteForce() throws {
        var stream = NecessityFixtures.Generator(state: 11)
        for trial in 0..<30 {
            let data = try NecessityFixtures.random(
                &stream, cases: 12 + trial, conditions: 4, levels: [nil, 2, 3][trial % 3])
            let y = SetExpression.set("Y", levels: nil)
            let names = (0..<4).map { "C\($0)" }
            let options = SupersetSearch.Options(
                inclusionCut: [0.8, 0.9, 1][trial % 3], coverageCut: 0.4, relevanceCut: 0.3)
            let found = try SupersetSearch(data, outcome: y, conditions: names, options: options)
            #expect(Set(found.rows.map(\.expression)) == (try bruteForce(data, y, names, options)), "trial \(trial)")
        }
    }

    /// All expressions that meet the cuts, disjunctions only if they contain no smaller one.
    private func bruteForce(
        _ data: CalibratedData, _ y: SetExpression, _ names: [String], _ options: SupersetSearch.Options
    ) throws -> Set<String> {
        let conditions = try Conditions(names, in: data)
        let outcome = try data.membership(in: y)
        func isFit(_ x: [Double]) -> Bool {
            let fit = NecessityFit(x, of: outcome)
            return (fit.inclusion ?? 0) >= options.inclusionCut - 1e-8
                && (fit.coverage ?? 0) >= options.coverageCut - 1e-8 && (fit.relevance ?? 0) >= options.relevanceCut
        }
        var all: [[Int?]] = [[]]
        for count in conditions.levelCounts {
            all = all.flatMap { row in ([nil] + Array(0..<count)).map { row + [$0] } }
        }
        let combinations = all.map(Conjunction.init(levels:)).filter { $0.count > 0 }.sorted { $0.count < $1.count }
        var accepted: [Conjunction] = [], result = Set<String>()
        for literals in combinations {
            let sets = try (0..<4).compactMap { condition in
                try literals[condition].map { try data.set(names[condition]).membership(level: $0) }
            }
            let rows = outcome.indices
            if isFit(rows.map { row in sets.map { $0[row] }.min() ?? 0 }) {
                accepted.append(literals)
                result.insert(conditions.expression(literals))
            } else if isFit(rows.map { row in sets.map { $0[row] }.max() ?? 0 }),
                !accepted.contains(where: { $0.count < literals.count && $0.covers(literals) })
            {
                accepted.append(literals)
                let parts = (0..<4).compactMap { c in literals[c].map { conditions.literal(c, level: $0) } }
                result.insert(parts.joined(separator: " + "))
            }
        }
        return result
    }

    @Test func theExpressionGivesTheMembershipOfTheRow() throws {
        let data = try NecessityFixtures.regulations()
        let search = try SupersetSearch(
            data, outcome: .set("PB", levels: nil), conditions: ["C", "F", "T"], options: .init(inclusionCut: 0.9))
        #expect(!search.rows.isEmpty)
        let y = try data.membership(in: .set("PB", levels: nil))
        for row in search.rows {
            #expect(row.set.description == row.expression)
            #expect(NecessityFit(try data.membership(in: row.set), of: y) == row.fit)
        }
    }

    @Test func limitsEndTheSearchAndSaySo() throws {
        let data = try NecessityFixtures.regulations()
        let outcome = SetExpression.set("PB", levels: nil)
        let names = ["C", "F", "T", "R", "V"]
        let all = try SupersetSearch(data, outcome: outcome, conditions: names, options: .init(inclusionCut: 0.9))
        let few = try SupersetSearch(
            data, outcome: outcome, conditions: names,
            options: .init(inclusionCut: 0.9, limits: SearchLimits(rows: 5)))
        #expect(few.rows.count == 5)
        #expect(!few.end.isExhaustive)
        #expect(all.rows.count > 5 && all.end.isExhaustive)
        let exact = try SupersetSearch(
            data, outcome: outcome, conditions: names,
            options: .init(inclusionCut: 0.9, limits: SearchLimits(rows: all.rows.count)))
        #expect(exact.rows == all.rows && exact.end.isExhaustive)
        let short = try SupersetSearch(
            data, outcome: outcome, conditions: names,
            options: .init(inclusionCut: 0.9, limits: SearchLimits(comparisons: 20 * 48)))
        #expect(short.end == .comparisonLimit(level: 2))
    }

    @Test func badSettingsAreRefused() throws {
        let data = try NecessityFixtures.lipset()
        for options in [
            SupersetSearch.Options(inclusionCut: -1), .init(coverageCut: 2), .init(relevanceCut: .nan), .init(depth: 0),
        ] {
            #expect(throws: SetTheoryError.self) {
                try SupersetSearch(data, outcome: surv, conditions: ["DEV"], options: options)
            }
        }
        #expect(throws: SetTheoryError.self) { try SupersetSearch(data, outcome: surv, conditions: []) }
    }
}
