import Foundation
import PublicationAudit
import Studies
import Testing

/// The audit files of the folder Examples/published: they have no mistakes, and find what is known of the papers.
@Suite struct PublishedExampleTests {
    private func report(_ name: String) throws -> AuditReport {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Examples/published/\(name).yaml").path
        let file = try AuditFile(path: path)
        #expect(file.problemText == "")
        return file.paper.audit()
    }

    /// The places of the figures that are not attainable or unusual by a rule.
    private func places(_ report: AuditReport, _ rule: String) -> [String] {
        report.checks.filter { $0.rule.id == rule && ($0.verdict == .notAttainable || $0.verdict == .unusual) }.map {
            [$0.place.table, $0.place.row, $0.place.column].compactMap { $0 }.joined(separator: ", ")
        }
    }

    private func missing(_ report: AuditReport) -> [String] {
        report.checks.filter { $0.verdict == .missing }.map(\.printed)
    }

    @Test func interOrganizationalLearning() throws {
        let report = try report("inter-organizational-learning")
        let sample = try #require(report.checks.first { $0.place.table == "Table 1" && $0.verdict == .notAttainable })
        #expect(sample.printed.contains("366"))
        #expect(sample.attainable == "336")
        #expect(places(report, "ave") == ["Table 3, X11, AVE", "Table 3, X12, AVE"])
        #expect(places(report, "cr") == [])
        #expect(places(report, "critical-ratio") == [])
        #expect(places(report, "stars").map { $0.prefix(16) } == ["Table 7, EI ← IC", "Table 7, EI ← IL"])
        let texts = report.checks.filter { $0.verdict == .notAttainable }.map(\.printed)
        for words in [
            "4364", "7152", "AVE of each dimension", "component reliability (CR) is greater than 0.8", "0.70 to 0.84",
            "almost greater than 0.7", "after each item is deleted",
        ] {
            #expect(texts.contains { $0.contains(words) }, "\(words)")
        }
        #expect(texts.contains { $0.contains("P < 0.001") })
        #expect(
            Set(missing(report)).isSuperset(of: [
                "chi-square", "degrees of freedom", "CFI", "TLI", "RMSEA", "SRMR", "indirect effect with interval",
                "discriminant validity",
            ]))
        #expect(report.count(.notAttainable) == 14)
        #expect(report.count(.unusual) == 0)
    }

    @Test func rareEarthInnovation() throws {
        let report = try report("rare-earth-innovation")
        #expect(report.checks.contains { $0.printed.contains("10.92%") && $0.verdict == .notAttainable })
        #expect(places(report, "stars").count == 8)
        #expect(places(report, "r-stars").count == 5)
        #expect(places(report, "df-steps").count == 5)
        #expect(places(report, "rmsea") == ["Table 2, Four-factor Model, RMSEA"])
        let identity = report.checks.filter { $0.rule.id == "hlm-chi2" }
        #expect(identity.count == 8)
        #expect(identity.allSatisfy { $0.verdict == .consistent && $0.explanation.contains("REML") })
        #expect(places(report, "pseudo-r2").count == 2)
        #expect(places(report, "effects-models").count == 4)
        #expect(places(report, "single-level-se").count == 4)
        #expect(places(report, "conditional-indirect").count == 2)
        let labels = try #require(report.checks.first { $0.rule.id == "solution-labels" })
        #expect(labels.explanation.contains("coverage 0.369"))
        #expect(report.checks.contains { $0.printed == "82.6%" && $0.verdict == .notAttainable })
        #expect(missing(report).contains("PRI"))
        #expect(!missing(report).contains("ICC"))
    }
}
