import Foundation
import LinearAlgebra
import MixedModels
import Psychometrics
import PublicationAudit
import Reporting
import SetTheoreticAnalysis
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
        // The printed figures of a report never contradict each other.
        let alarms = try report.paper().audit().checks.filter { $0.verdict == .notAttainable || $0.verdict == .unusual }
        #expect(alarms.map { "\($0.place): \($0.rule.id): \($0.printed): \($0.explanation)" } == [])
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

    @Test func firmsAreDrawnInThreeStages() throws {
        let report = try report("firm-sample/study.yaml")
        for case .sampling(let study) in report.results {
            #expect(study.draw.stages.map(\.drawn).prefix(2) == [5, 96])
            #expect(study.draw.stages[1].groups.map(\.drawn) == [25, 22, 21, 16, 12])
            #expect(study.draw.population == 6681)
            #expect(Set(study.draw.selected.map(\.row)).count == 96)
        }
        let response = try self.report("firm-sample/response.yaml")
        for case .response(let study) in response.results {
            #expect(study.total.invited == 336 && study.total.valid == 210)
            #expect(abs((study.weights?.sum ?? 0) - 330) < 1e-9)
            #expect(study.weights?.raking?.hasConverged == true)
        }
    }

    private func configurations(_ report: StudyReport) -> [ConfigurationalStudy] {
        report.results.compactMap { if case .configurational(_, let study) = $0 { study } else { nil } }
    }

    private func figures(_ fit: SufficiencyFit) -> [Double] {
        [fit.inclusion, fit.pri, fit.coverage].map { (($0 ?? .nan) * 1000).rounded() / 1000 }
    }

    @Test func lipsetHasThePublishedMembershipsAndSolutions() throws {
        let analysis = try #require(configurations(try report("lipset-democracy/study.yaml")).first).analysis
        // The data LF of QCA 3.23, after Ragin (2009).
        let printed: [String: [Double]] = [
            "DEV": [
                0.81, 0.99, 0.58, 0.16, 0.58, 0.98, 0.89, 0.04, 0.07, 0.72, 0.34, 0.98, 0.02, 0.01, 0.01, 0.03, 0.95,
                0.98,
            ],
            "URB": [
                0.12, 0.89, 0.98, 0.07, 0.03, 0.03, 0.79, 0.09, 0.16, 0.05, 0.1, 1, 0.17, 0.02, 0.03, 0.3, 0.13, 0.99,
            ],
            "LIT": [
                0.99, 0.98, 0.98, 0.98, 0.99, 0.99, 0.99, 0.13, 0.88, 0.98, 0.41, 0.99, 0.59, 0.01, 0.17, 0.09, 0.99,
                0.99,
            ],
            "IND": [0.73, 1, 0.9, 0.01, 0.08, 0.81, 0.96, 0.36, 0.07, 0.01, 0.47, 0.94, 0, 0.11, 0, 0.21, 0.67, 1],
            "STB": [
                0.43, 0.98, 0.91, 0.91, 0.58, 0.95, 0.31, 0.43, 0.13, 0.95, 0.58, 0.99, 0, 0.01, 0.84, 0.2, 0.91, 0.98,
            ],
            "SURV": [
                0.05, 0.95, 0.89, 0.12, 0.77, 0.95, 0.05, 0.06, 0.42, 0.92, 0.05, 0.95, 0.12, 0.05, 0.21, 0.06, 0.95,
                0.95,
            ],
        ]
        for (name, values) in printed {
            let own = try analysis.cases.data.set(name).values
            #expect(zip(own, values).allSatisfy { abs($0 - $1) < 1e-9 }, "\(name)")
        }
        let conditions = analysis.outcome.table.conditions, solutions = try #require(analysis.outcome.solutions)
        func terms(_ kind: Solution.Kind) -> [[String]]? {
            solutions[kind]?.models.map { $0.terms.map { conditions.expression($0) } }
        }
        // Ragin (2009, pp. 112-118); figures of QCA 3.23.
        #expect(terms(.complex) == [["DEV*URB*LIT*IND*STB", "DEV*~URB*LIT*~IND*STB"]])
        #expect(terms(.parsimonious) == [["DEV*~IND", "URB*STB"]])
        #expect(terms(.intermediate) == [["DEV*URB*LIT*STB", "DEV*LIT*~IND*STB"]])
        let model = try #require(solutions.intermediate?.models.first)
        #expect(figures(model.fit.model) == [0.866, 0.839, 0.66])
        #expect(figures(model.fit.terms[0].sufficiency) == [0.901, 0.879, 0.468])
        #expect(figures(model.fit.terms[1].sufficiency) == [0.814, 0.721, 0.282])
    }

    @Test func diaryHasTheConfigurationsOfItsReadme() throws {
        let report = try report("rare-earth-diary/configurations.yaml")
        let studies = configurations(report)
        try #require(studies.count == 2)
        let table = studies[0].analysis.outcome.table, conditions = table.conditions
        #expect(table.rows.count == 32)
        #expect(table.rows(.positive).count == 31)
        #expect(studies[0].analysis.negation?.solutions == nil)
        let all = try #require(studies[0].analysis.outcome.solutions?.intermediate?.models.first)
        #expect(conditions.expression(all.terms) == "X1 + ~X2 + M + ~W + Z")
        #expect(figures(all.fit.model) == [0.573, 0.316, 0.975])
        let own = try #require(studies[1].analysis.outcome.solutions?.intermediate?.models)
        #expect(own.map { conditions.expression($0.terms) } == ["X1*~X2*M"])
        #expect(figures(own[0].fit.model) == [0.879, 0.624, 0.426])
        let months = try #require(studies[1].supplements?.outcome.sufficiencyInClusters.first)
        #expect(months.between.map { (($0.consistency ?? 0) * 1000).rounded() } == [904, 896, 909, 843, 850])
        #expect(months.within.count == 261)
        #expect(abs((months.betweenDistance?.adjusted ?? 0) - 0.041) < 5e-4)
    }

    @Test(arguments: ["personality-items", "political-democracy", "sme-learning"])
    func otherStudiesHaveNoMistakes(name: String) throws {
        let path = Self.examples.appendingPathComponent("\(name)/study.yaml").path
        #expect(try StudyFile(path: path).problemText == "")
    }
}
