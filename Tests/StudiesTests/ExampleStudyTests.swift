import Foundation
import LinearAlgebra
import MixedModels
import Psychometrics
import Reporting
import StudyDesign
import Testing

@testable import Studies

/// The studies of the folder Examples: they have no mistakes, and their figures are those of their README.
@Suite struct ExampleStudyTests {
    private static var examples: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Examples")
    }

    private func report(
        _ path: String, keeping isKept: (PlannedAnalysis.Kind) -> Bool = { _ in true }
    ) throws -> StudyReport {
        let file = try StudyFile(path: Self.examples.appendingPathComponent(path).path)
        #expect(file.problemText == "")
        let data = try #require(file.data)
        var study = file.study
        study.analyses = study.analyses.filter { isKept($0.kind) }
        let report = try study.run(data.imported, hash: data.hash)
        #expect(report.failures.isEmpty, "\(report.failures)")
        return report
    }

    private func models(_ report: StudyReport) throws -> MixedModelSequence {
        for case .mixed(_, let sequence) in report.results { return sequence }
        throw Missing()
    }

    private struct Missing: Error {}

    @Test func highSchoolsHaveTheFiguresOfRaudenbushAndBryk() throws {
        let report = try report("high-school-and-beyond/study.yaml")
        let null = try #require(try models(report)["ANOVA"])
        // lme4 1.1-31: 8.61402475; the book prints 8.61 (Table 4.2).
        #expect(abs(null.analysis.fit.covariances[0][0, 0] - 8.61402475) < 1e-5)
        #expect(report.verdicts.map(\.outcome) == Array(repeating: .supported, count: 5))
    }

    @Test func diaryHasTheFiguresOfItsReadme() throws {
        let report = try report("rare-earth-diary/study.yaml") { kind in
            switch kind {
            case .mixed(let plan): plan.models.count > 3
            case .schedule, .compliance: true
            default: false
            }
        }
        let model = try #require(try models(report)["M1"])
        #expect(abs((model.summary.varianceTests?.rows.first?.chiSquared ?? 0) - 438.17) < 0.005)
        for case .schedule(let schedule) in report.results {
            #expect(schedule.answers?.forms.map(\.form) == ["linkages", "collaboration", "performance"])
            #expect(schedule.answers?.forms.allSatisfy { $0.counts[.onTime] == 1305 } == true)
        }
    }

    @Test func attritionHasTheWordingOfTheCodebook() throws {
        let report = try report("rare-earth-diary/attrition.yaml")
        for case .attrition(let study) in report.results {
            let analysis = study.analysis
            #expect(
                analysis.categories[0].test.categories == [
                    "State-owned enterprise", "Private enterprise", "Foreign-funded enterprise", "Joint venture",
                ])
            // A category without lost leaders leaves the constant where it is.
            #expect(analysis.regression?.terms[0].estimate != nil)
        }
    }

    @Test(arguments: ["personality-items", "political-democracy", "sme-learning"])
    func otherStudiesHaveNoMistakes(name: String) throws {
        let path = Self.examples.appendingPathComponent("\(name)/study.yaml").path
        #expect(try StudyFile(path: path).problemText == "")
    }
}
