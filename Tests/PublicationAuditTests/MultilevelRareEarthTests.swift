import PublicationAudit
import Testing

/// The findings of an audit of the paper by hand, each as a test.
@Suite struct MultilevelRareEarthTests {
    private let checks: [AuditCheck]

    init() throws { checks = try RareEarthPaper.paper().audit().checks }

    /// Where the findings of a rule in a table stand: row and column.
    private func findings(_ rule: String, _ table: String, _ verdict: Verdict = .notAttainable) -> Set<String> {
        Set(
            checks.filter { $0.rule.id == rule && $0.place.table == table && $0.verdict == verdict }
                .map { [$0.place.row, $0.place.column].compactMap { $0 }.joined(separator: ", ") })
    }

    private func check(_ rule: String, _ row: String, _ column: String? = nil) throws -> AuditCheck {
        try #require(checks.first { $0.rule.id == rule && $0.place.row == row && $0.place.column == column })
    }

    @Test func fiveStarsOfTable1DoNotFitThePersonsAndThreeNotEvenTheOccasions() throws {
        let stars = checks.filter { $0.rule.id == "r-stars" && $0.verdict == .notAttainable }
        #expect(stars.map(\.printed) == ["0.11***", "0.13***", "0.067**", "0.048*", "0.04***"])
        #expect(stars.filter { $0.explanation.contains("fit N = 1305") && !$0.explanation.contains("Nor") }.count == 2)
        #expect(stars.last?.explanation.contains("needs N = 5345 or more") == true)
        let sample = try #require(checks.first { $0.rule.id == "r-sample" })
        #expect(sample.verdict == .unusual && sample.attainable == "N = 1305")
        #expect(checks.filter { $0.place.table == "Table 1" && $0.verdict.isFinding }.count == 6)
    }

    @Test func rmseaIsThatOf1305RowsButForTheFourFactorModel() throws {
        #expect(findings("rmsea", "Table 2") == ["Four-factor Model, RMSEA"])
        let four = try check("rmsea", "Four-factor Model", "RMSEA")
        #expect(four.attainable == "0.0902")
        #expect(four.explanation.contains("needs N from 1325 to 1356, or 401 to 408 degrees of freedom"))
        let sample = try #require(checks.first { $0.rule.id == "fit-sample" })
        #expect(sample.verdict == .unusual && sample.attainable == "1305")
        #expect(sample.explanation.contains("W, Z were measured in another sample"))
        #expect(sample.explanation.contains("0 of 6 with N = 261"))
    }

    @Test func cfiSharesABaseline() {
        let cfi = checks.filter { $0.rule.id == "cfi-baseline" }
        #expect(cfi.count == 6 && cfi.allSatisfy { $0.verdict == .consistent })
        #expect(cfi[0].explanation.contains("30828 to 30890"))
        #expect(checks.filter { $0.rule.id == "nested-chi2" }.allSatisfy { $0.verdict == .consistent })
    }

    @Test func degreesOfFreedomOfTable2AreNotThoseOfMergedFactors() throws {
        #expect(findings("df-steps", "Table 2").count == 5)
        #expect(findings("df", "Table 2", .unusual).count == 6)
        let steps = checks.filter { $0.rule.id == "df-steps" }
        #expect(steps.map(\.attainable) == ["387", "387", "391", "394", "397"])
        #expect(steps[0].explanation.contains("`Five-factor Modela` has as many factors"))
        let single = try check("df", "Single Factor Model", "df")
        #expect(single.attainable == "405 or 434")
        #expect(single.explanation.contains("29 × 28 / 2"))
    }
}
