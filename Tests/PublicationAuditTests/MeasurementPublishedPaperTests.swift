import PublicationAudit
import Testing

/// What a published paper is known to hold, found by its own tables and claims, and nothing else.
@Suite struct MeasurementPublishedPaperTests {
    private let report: AuditReport

    init() throws { report = try MeasurementPublishedPaper.paper().audit() }

    private func findings(_ rule: AuditRule) -> [AuditCheck] { report.findings.filter { $0.rule == rule } }
    private func count(_ rule: AuditRule) -> (all: Int, consistent: Int) {
        let checks = report.checks.filter { $0.rule == rule }
        return (checks.count, checks.count { $0.verdict == .consistent })
    }

    @Test func theBlocksOfTheSampleSumTo336AndNot366() throws {
        #expect(count(.countSum) == (5, 4))
        #expect(count(.percentage) == (14, 14))
        let finding = try #require(findings(.countSum).first)
        #expect(finding.attainable == "336")
        #expect(finding.explanation.contains("The percentages fit N = 336 and no other size."))
    }

    @Test func theAverageVarianceOfTwoDimensionsDoesNotFollowFromTheirLoadings() {
        #expect(count(.averageVariance) == (15, 13))
        #expect(findings(.averageVariance).map(\.place.row) == ["X11", "X12"])
        #expect(findings(.averageVariance).map(\.printed) == ["0.513", "0.504"])
        #expect(findings(.averageVariance).map(\.attainable) == ["0.450 to 0.463", "0.467 to 0.481"])
        #expect(findings(.averageVariance)[0].explanation.contains("as they stand 0.457"))
        #expect(findings(.averageVariance)[1].explanation.contains("as they stand 0.474"))
        #expect(count(.compositeReliability) == (15, 15))
    }

    @Test func everyCriticalRatioFollows() { #expect(count(.criticalRatio) == (68, 68)) }

    @Test func theStarsOfTwoPathsDoNotFollowTheLegend() {
        #expect(count(.stars) == (68, 66))
        #expect(findings(.stars).map(\.place.row) == ["EI ← IC", "EI ← IL"])
        #expect(findings(.stars).map(\.attainable) == ["*", "no star"])
        #expect(findings(.stars)[0].explanation.contains("p = .0064"))
        #expect(findings(.stars)[1].explanation.contains("p = .0497 to .0498"))
        #expect(findings(.stars).allSatisfy { $0.explanation.contains("the slip may be in the legend") })
    }

    @Test func theTextContradictsTheTables() throws {
        #expect(findings(.claimOfArithmetic).map(\.printed) == ["4364", "7152"])
        #expect(findings(.claimOfArithmetic).map(\.attainable) == ["5334", "7112"])
        let all = findings(.claimOfAll)
        #expect(
            all.map(\.place.table) == [
                "text before Table 2, X11", "text before Table 3", "text before Table 3", "text before Table 4",
                "text before Figure 2",
            ])
        for (finding, words) in zip(
            all, ["IL4 0.807", "X12 is printed as 0.504", "IL4 0.48", "KM 0.792", "M12 <-- KM 0.642, M13 <-- KM 0.684"])
        {
            #expect(finding.explanation.contains(words))
        }
        #expect(findings(.claimOfRange).map(\.attainable) == ["0.70 to 0.86"])
        #expect(try #require(findings(.claimOfRange).first).explanation.contains("EI2"))
        let probability = try #require(findings(.claimOfProbability).first)
        #expect(findings(.claimOfProbability).count == 1)
        #expect(probability.explanation.contains("EI ← IC: |z| = 2.728"))
        let weak = try #require(report.checks.first { $0.printed == "EI <-- IL: P < 0.05" })
        #expect(weak.explanation.hasSuffix("The table marks it *, which its legend explains as p < 0.01."))
    }

    @Test func reliabilitiesFollowFromEachOther() throws {
        #expect(count(.alphaFromDeleted) == (12, 11))
        let lost = try #require(report.checks.first { $0.rule == .alphaFromDeleted && $0.verdict == .notCheckable })
        #expect(lost.place.row == "Degree of information sharing")
        #expect(lost.explanation.contains("give 0.819"))
        #expect(count(.itemTotal) == (55, 55))
        #expect(count(.alphaVariance) == (11, 11))
        #expect(count(.alphaComposite) == (11, 11))
    }

    @Test func pathsAreCoherentAlongAllRoutes() {
        #expect(count(.pathCoherence) == (2, 2))
        #expect(count(.impliedVariance) == (15, 15))
    }

    @Test func whatIsNotReportedIsNamedWithWhatIsImplied() throws {
        #expect(
            findings(.required).map(\.printed) == [
                "discriminant validity", "chi-square", "degrees of freedom", "CFI", "TLI", "RMSEA", "SRMR", "R²",
                "indirect effect with interval", "interaction term",
            ])
        #expect(findings(.required).allSatisfy { $0.verdict == .missing })
        func words(_ name: String) throws -> String {
            try #require(findings(.required).first { $0.printed == name }).explanation
        }
        #expect(try words("degrees of freedom").contains("78 − 29 = 49"))
        #expect(try words("R²").contains("KM 0.407, IC 0.183, EI 0.397"))
        #expect(try words("discriminant validity").contains("EI 0.737, IC 0.841, IL 0.780, KM 0.750"))
        let mediation = try words("indirect effect with interval")
        #expect(mediation.contains("IL → KM → EI 0.241 (Sobel z 3.03), IL → IC → EI 0.087 (Sobel z 2.47)"))
        #expect(mediation.contains("total effect 0.528, of which 62 % are indirect"))
    }

    @Test func nothingElseAlarms() { #expect(report.findings.count == 24) }
}
