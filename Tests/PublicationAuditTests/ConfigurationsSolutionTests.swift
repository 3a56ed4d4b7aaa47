import PublicationAudit
import Testing

/// Tables in the form of an audit file.
func pasted(_ name: String, _ text: String, _ options: [String: String] = [:], columns: [String: String] = [:]) throws
    -> PastedTable
{
    PastedTable(
        name: name, text: try TextTable(text, table: name), columnHeads: columns,
        options: options.mapValues { PastedTable.OptionText($0) })
}

@Suite struct ConfigurationsSolutionTests {
    /// A study of rare-earth companies, Table 7, as it is printed.
    static let published = """
        configuration | Configuration 1 | Configuration 2
        Strong interorganizational bond | | ●
        Weak intertissue connection | ◎ |
        Collaborative innovation | ● | ●
        Technological absorptive capacity | ◎ | ●
        Strategic information identification | ◎ | ●
        consistency | 0.864 | 0.877
        Original coverage | 0.046 | 0.079
        Net coverage | 0.290 | 0.322
        Overall scheme consistency | 0.369 |
        Overall program coverage | 0.826 |
        """

    private func checks(_ text: String, _ options: [String: String] = [:], samples: [Sample] = []) throws
        -> [AuditCheck]
    {
        let table = try PublishedSolutionTable(pasted("Table 7", text, options))
        return Paper(samples: samples, tables: [table]).audit().checks
    }

    @Test func thePublishedTableHasItsLabelsExchanged() throws {
        let checks = try checks(
            Self.published,
            [
                "consistency cut": "0.8; 0.75", "n cut": "1", "cases": "1305", "core": "● ◎", "auxiliary": "● ◎",
                "stated coverage": "82.6%",
            ])
        func verdicts(_ rule: AuditRule) -> [Verdict] { checks.filter { $0.rule == rule }.map(\.verdict) }
        // Unique coverages of .290 and .322 within raw coverages of .046 and .079; consistencies and raw coverages are shares.
        #expect(verdicts(.configurationBounds).count { $0 == .notAttainable } == 2)
        #expect(verdicts(.solutionCoverage) == [.notAttainable])
        #expect(checks.first { $0.rule == .solutionCoverage }?.attainable == "0.368 to 0.369")
        #expect(verdicts(.solutionConsistency) == [.notAttainable])
        #expect(verdicts(.sharedCoverage).isEmpty)
        let labels = try #require(checks.first { $0.rule == .solutionLabels })
        #expect(
            labels.attainable
                == "`Original coverage` and `Net coverage` are exchanged, and `Overall scheme consistency` and "
                + "`Overall program coverage` are exchanged")
        #expect(labels.explanation.contains("Then the solution has coverage 0.369 and consistency 0.826."))
        let sentence = try #require(checks.first { $0.rule == .solutionText })
        #expect(sentence.verdict == .notAttainable)
        #expect(sentence.printed == "82.6%")
        #expect(sentence.attainable == "0.369")
        #expect(verdicts(.coreConditions) == [.unusual])
        #expect(verdicts(.frequencyCut) == [.unusual])
        // Two thresholds, and a solution consistency below both.
        #expect(verdicts(.consistencyCuts) == [.unusual, .consistent, .consistent, .unusual])
    }

    @Test func withTheLabelsExchangedEverythingAgrees() throws {
        let text = Self.published.replacing("Original coverage", with: "raw").replacing("Net", with: "Raw")
            .replacing("raw |", with: "Unique coverage |").replacing(
                "Overall scheme consistency", with: "Solution coverage"
            )
            .replacing("Overall program coverage", with: "Solution consistency")
        let checks = try checks(text, ["stated coverage": "36.9%"])
        #expect(checks.count >= 10)
        #expect(checks.allSatisfy { $0.verdict == .consistent })
    }

    /// Ragin's figures as fsQCA prints them: one row for each term.
    @Test func aRowForEachTermIsReadLikeAColumn() throws {
        let text = """
            term,raw coverage,unique coverage,consistency
            A*~B,0.290,0.046,0.864
            B*C*D,0.322,0.079,0.877
            solution coverage: ,0.369,,
            solution consistency: ,0.826,,
            """
        let found = try checks(text)
        #expect(found.allSatisfy { $0.verdict == .consistent })
        #expect(found.contains { $0.rule == .solutionCoverage })
        let wrong = try checks(text.replacing("0.369", with: "0.396"))
        #expect(wrong.filter { $0.rule == .solutionCoverage }.map(\.verdict) == [.notAttainable])
        let slip = try #require(wrong.first { $0.rule == .solutionLabels })
        #expect(slip.attainable?.contains("0.369 in place of 0.396") == true)
    }

    @Test func theSummaryRowOfTheRPackageIsTheSolution() throws {
        let text =
            "\tinclS\tPRI\tcovS\tcovU\n1 A*b\t0.864\t0.7\t0.290\t0.046\n2 B*C\t0.877\t0.71\t0.322\t0.079\nM1\t0.826\t0.65\t0.369\t"
        let found = try checks(text)
        #expect(found.allSatisfy { $0.verdict == .consistent })
        #expect(found.count { $0.rule == .configurationPRI } == 3)
        let swapped = try checks(text.replacing("0.65", with: "0.85"))
        #expect(swapped.filter { $0.verdict == .notAttainable }.map(\.rule) == [.configurationPRI])
    }

    @Test func severalSolutionsInOneTableAreKeptApart() throws {
        let text = """
            Condition | H1 | H2 | L1
            A | ● | | ⊗
            B | | ● | ⊗
            Consistency | .90 | .85 | .80
            Raw coverage | .40 | .50 | .60
            Unique coverage | .10 | .20 | .60
            Solution consistency | .86 | | .80
            Solution coverage | .60 | | .60
            """
        #expect(try checks(text).allSatisfy { $0.verdict == .consistent })
        let named = try checks(text, ["solutions": "H1, H2; L1"])
        #expect(named.contains { $0.rule == .singleConfiguration && $0.verdict == .consistent })
        #expect(throws: AuditFault.self) { try checks(text, ["solutions": "H1; H9"]) }
    }

    @Test func aConfigurationWithinAnotherCoversNothingAlone() throws {
        let text = """
            Condition | C1 | C2
            A | ● | ●
            B | ⊗ |
            Consistency | .90 | .85
            Raw coverage | .40 | .50
            Unique coverage | .10 | .20
            Solution coverage | .60 |
            """
        let nested = try #require(try checks(text).first { $0.rule == .nestedConfigurations })
        #expect(nested.verdict == .notAttainable)
        #expect(nested.place.column == "C1")
    }

    @Test func crispSharesAreSharesOfWholeNumbers() throws {
        let text = "term,consistency,raw coverage,cases\nA*B,1.000,0.417,5\nC,0.857,0.520,7\n"
        let found = try checks(text, ["data": "crisp", "outcome cases": "12"]).filter { $0.rule == .crispCounts }
        // 5 of 12 and 6 of 7 are whole; .520 of 12 is 6.24.
        #expect(found.map(\.verdict) == [.consistent, .notAttainable, .consistent, .consistent])
        #expect(try checks(text, ["data": "crisp"]).contains { $0.verdict == .notCheckable })
    }

    @Test func coverageDoesNotFallWithSimplerSolutions() throws {
        let text = "term,consistency,raw coverage\nA*B,.9,.40\n"
        let complex = try PublishedSolutionTable(
            pasted("T1", text, ["solution": "complex", "solution coverage": ".40"]))
        let simple = try PublishedSolutionTable(
            pasted("T2", text.replacing(".40", with: ".35"), ["solution": "parsimonious", "solution coverage": ".35"]))
        let found = Paper(tables: [simple, complex]).audit().checks.filter { $0.rule == .solutionOrder }
        #expect(found.map(\.verdict) == [.unusual])
        #expect(found.first?.place.table == "T2")
    }

    @Test func faultsSayWhatToWrite() throws {
        #expect(throws: AuditFault.self) { try checks("a | b\nx | 1\n") }
        #expect(throws: AuditFault.self) { try checks(Self.published, ["n cut": "one"]) }
        #expect(throws: AuditFault.self) { try checks(Self.published.replacing("0.864", with: "0.8.64")) }
    }
}
