import PublicationAudit
import Testing

/// The findings of an audit of the paper by hand, each as a test.
@Suite struct MultilevelRareEarthTests {
    private static let audited = Result { try RareEarthPaper.paper().audit().checks }
    private let checks: [AuditCheck]

    init() throws { checks = try Self.audited.get() }

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

    @Test func eightStarsOfTable3DoNotFit() {
        let (w, z, m) = (
            "Technology Absorptive Capacity", "Strategic Information Identification", "Collaborative Innovation"
        )
        #expect(
            findings("stars", "Table 3") == [
                "\(w)*\(m), M5", "\(w), M6", "\(z)*\(m), M6", "\(w)*\(z), M6", "\(w), M7", "\(w)*\(z)*\(m), M7",
                "\(w), M8",
                "Job Level, M8",
            ])
        #expect(checks.count { $0.rule.id == "stars" } == 64)
        let interaction = checks.first { $0.printed == "0.031* (0.028)" }
        #expect(interaction?.attainable == "no star")
    }

    @Test func chiSquareOfTable3FollowsREMLWithPersonsAsGroups() throws {
        let tests = checks.filter { $0.rule.id == "hlm-chi2" }
        #expect(tests.count == 8 && tests.allSatisfy { $0.verdict == .consistent })
        #expect(tests[0].attainable == "440.0 to 441.8")
        for (test, df) in zip(tests, [256, 256, 256, 256, 255, 253, 253, 253]) {
            #expect(test.explanation.contains("with the 261 persons as groups, \(df) degrees of freedom and REML"))
        }
    }

    @Test func pseudoRSquaredOfTable3HasNoCommonNullModel() throws {
        #expect(findings("pseudo-r2", "Table 3") == ["Pseudo-R² level 1", "Pseudo-R² level 2"])
        let level1 = try check("pseudo-r2", "Pseudo-R² level 1")
        #expect(level1.explanation.contains("M1 1.245 to 1.249, M2 1.187 to 1.191"))
        #expect(level1.explanation.contains("M8 1.145 to 1.150"))
        #expect(try check("pseudo-r2", "Pseudo-R² level 2").explanation.contains("M1 0.337 to 0.339"))
        let icc = try check("icc-outcome", "ICC of Y", "M1")
        #expect(icc.verdict == .unusual && icc.explanation.contains("0.126 to 0.127"))
    }

    @Test func oneStandardErrorOfTable3IsOut() {
        #expect(findings("se-models", "Table 3", .unusual) == ["Weak Inter-organizational Linkage, M4"])
        #expect(checks.count { $0.place.table == "Table 3" && $0.verdict.isFinding } == 8 + 2 + 1 + 1)
    }

    @Test func table4DiffersFromTable3AndIgnoresNesting() throws {
        #expect(findings("effects-models", "Table 4", .unusual).count == 4)
        #expect(try check("effects-models", "X1->M->Y", "direct").attainable == "0.185")
        let errors = checks.filter { $0.rule.id == "single-level-se" }
        #expect(errors.count == 4 && errors.allSatisfy { $0.verdict == .unusual })
        #expect(errors[0].explanation.contains("0.0264 to 0.0266"))
        #expect(errors[1].explanation.contains("16 to 20 % smaller"))
        // Everything else of the table agrees: sums, intervals, stars.
        #expect(checks.filter { $0.place.table == "Table 4" && $0.verdict.isFinding }.count == 8)
    }

    @Test func table5HoldsNoIndirectEffectsNorTheSlopesOfTable3() throws {
        let (strong, weak) = ("Strong Inter-organizational Linkage", "Weak Inter-organizational Linkage")
        #expect(findings("conditional-indirect", "Table 5") == [strong, weak])
        #expect(try check("conditional-indirect", strong).explanation.contains("0.76, 0.90, 1.43, 1.59 (M7"))
        let other = try check("conditional-indirect", weak)
        #expect(
            other.explanation.contains("0.73, 0.71, 1.63, 1.75 (M8")
                && other.explanation.contains("other sign in every row"))
        let slopes = try check("conditional-slopes", strong)
        #expect(slopes.verdict == .unusual)
        #expect(slopes.explanation.contains("imply a slope of 0.311 at the means, 0.134 for W, -0.029 for Z and 0.061"))
        let difference = try check("conditional-difference", "\(strong) (+1 S.D.) (+1 S.D.)")
        #expect(difference.verdict == .unusual && difference.explanation.contains("z = 0.80 to 0.83"))
        #expect(checks.filter { $0.place.table == "Table 5" && $0.verdict.isFinding }.count == 6)
    }
}
