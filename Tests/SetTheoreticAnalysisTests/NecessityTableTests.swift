import SetTheoreticAnalysis
import Testing

@Suite struct NecessityTableTests {
    private let surv = SetExpression.set("SURV", levels: nil)

    /// QCA 3.23: pofind(LF, "SURV").
    @Test func rowsAreThoseOfPofind() throws {
        let table = try NecessityTable(
            NecessityFixtures.lipset(), outcome: surv, conditions: NecessityFixtures.lipsetConditions)
        #expect(
            table.rows.map(\.expression) == [
                "~DEV", "DEV", "~URB", "URB", "~LIT", "LIT", "~IND", "IND", "~STB", "STB",
            ])
        #expect(table.rows.map(\.set.description) == table.rows.map(\.expression))
        let expected: [[Double]] = [
            [0.2852112676056338, 0.587026332691073, 0.274266365688488],
            [0.8309859154929577, 0.811355311355311, 0.774617067833698],
            [0.5680751173708919, 0.452127659574468, 0.401659751037344],
            [0.5387323943661972, 0.898583146905294, 0.771428571428571],
            [0.0962441314553991, 0.764260768335274, 0.168377823408624],
            [0.9906103286384976, 0.509414225941423, 0.642802741812643],
            [0.4166666666666667, 0.576470588235294, 0.367114788004136],
            [0.6690140845070423, 0.786178861788618, 0.684273709483793],
            [0.2183098591549296, 0.687112763320942, 0.269175108538350],
            [0.9201877934272301, 0.680118110236221, 0.706943192064924],
        ]
        for (row, figures) in zip(table.rows, expected) {
            #expect(
                NecessityFixtures.agree(
                    [row.fit.inclusion, row.fit.relevance, row.fit.coverage], figures, within: 1e-12))
        }
        #expect(table.rows.filter(\.isNecessary).map(\.expression) == ["LIT", "STB"])
        #expect(table.rows.filter(\.isTrivial).isEmpty)
        let strict = try NecessityTable(
            NecessityFixtures.lipset(), outcome: surv, conditions: NecessityFixtures.lipsetConditions,
            cuts: .init(relevance: 0.6))
        #expect(strict.rows.filter(\.isTrivial).map(\.expression) == ["LIT"])
    }

    /// QCA 3.23: pofind(LF, "~SURV"), the rows of URB and LIT.
    @Test func theNegationHasItsOwnTable() throws {
        let tables = try NecessityTable.ofOutcomeAndNegation(
            NecessityFixtures.lipset(), outcome: surv, conditions: ["URB", "LIT"])
        #expect(tables.map(\.outcome.description) == ["SURV", "~SURV"])
        let fits = tables[1].rows.map(\.fit)
        #expect(
            NecessityFixtures.agree(
                fits.map(\.inclusion),
                [0.856540084388186, 0.239451476793249, 0.505274261603375, 0.572784810126582], within: 1e-12))
        #expect(
            NecessityFixtures.agree(
                fits.map(\.relevance),
                [0.602226720647773, 0.766052129688493, 0.993943981831946, 0.387430389817025], within: 1e-12))
        let back = try NecessityTable.ofOutcomeAndNegation(
            NecessityFixtures.lipset(), outcome: .not(surv), conditions: ["URB", "LIT"])
        #expect(back[1] == tables[0])
    }

    /// QCA 3.23: pofind(HarKem, "PB") without PBI, consistency.
    @Test func everyLevelOfAMultiValueSetHasARow() throws {
        let table = try NecessityTable(
            NecessityFixtures.regulations(), outcome: .set("PB", levels: nil), conditions: ["C", "F", "V"])
        #expect(
            table.rows.map(\.expression) == ["C[0]", "C[1]", "C[2]", "F[0]", "F[1]", "F[2]", "V[0]", "V[1]"])
        let counts: [Double] = [14, 17, 11, 3, 13, 26, 31, 11]
        #expect(NecessityFixtures.agree(table.rows.map(\.fit.inclusion), counts.map { $0 / 42 }))
    }

    /// SetMethods, QCAfit(consH = TRUE) with condition and outcome exchanged, rounded to three digits there.
    @Test func haesebrouckConsistency() throws {
        let table = try NecessityTable(
            NecessityFixtures.lipset(), outcome: surv, conditions: NecessityFixtures.lipsetConditions)
        let presences = table.rows.filter { $0.level == 1 }.map(\.haesebrouckConsistency)
        #expect(NecessityFixtures.agree(presences, [0.767, 0.514, 0.984, 0.623, 0.878], within: 5.001e-4))
        let data = try NecessityFixtures.lipset()
        let y = try data.membership(in: surv)
        let sufficiency = try NecessityFixtures.lipsetConditions.map {
            SufficiencyFit.haesebrouckConsistency(try data.set($0).values, in: y)
        }
        #expect(NecessityFixtures.agree(sufficiency, [0.72, 0.69, 0.564, 0.64, 0.65], within: 5.001e-4))
        #expect(SufficiencyFit.haesebrouckConsistency([0, 0], in: [0, 1]) == nil)
    }

    @Test func necessityAndSufficiencyAreTwoReadingsOfOneTable() throws {
        let data = try NecessityFixtures.lipset()
        let y = try data.membership(in: surv)
        for row in try NecessityTable(data, outcome: surv, conditions: ["DEV", "STB"]).rows {
            let fit = SufficiencyFit(try data.membership(in: row.set), in: y)
            #expect(fit.coverage == row.fit.inclusion)
            #expect(fit.inclusion == row.fit.coverage)
        }
    }

    @Test func badInputIsRefused() throws {
        let data = try NecessityFixtures.lipset()
        #expect(throws: SetTheoryError.outcomeAmongConditions("SURV")) {
            try NecessityTable(data, outcome: surv, conditions: ["DEV", "SURV"])
        }
        #expect(throws: SetTheoryError.self) {
            try NecessityTable(data, outcome: surv, conditions: ["DEV"], cuts: .init(inclusion: 1.2))
        }
        #expect(throws: SetTheoryError.self) {
            try NecessityTable(data, outcome: surv, conditions: ["DEV"], cuts: .init(relevance: .nan))
        }
    }

    @Test func anOutcomeWithoutCasesHasNoConsistency() throws {
        let data = try CalibratedData(
            cases: ["a", "b"], sets: [NecessityFixtures.set("A", [0, 1]), NecessityFixtures.set("Y", [0, 0])])
        let table = try NecessityTable(data, outcome: .set("Y", levels: nil), conditions: ["A"])
        #expect(table.rows.allSatisfy { $0.fit.inclusion == nil && !$0.isNecessary && !$0.isTrivial })
    }
}
