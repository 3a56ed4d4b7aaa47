import Datasets
import Reporting
import StructuralModels
import Testing

@testable import Studies

@Suite struct StudyRunTests {
    private func report(threads: Int = 1) throws -> StudyReport {
        let file = try StudyFile(path: TestFiles.path("democracy.yaml"))
        #expect(file.problemText == "")
        let data = try #require(file.data)
        return try file.study.run(data.imported, hash: data.hash, threads: threads)
    }

    @Test func verdictsRestOnTheModel() throws {
        let report = try report()
        #expect(report.failures.isEmpty)
        #expect(report.verdicts.map(\.outcome) == [.supported, .contradicted, .supported, .supported])
        // lavaan 0.7.2.3170, to the precision of its own search: dem60 ~ ind60 1.4713302234 (0.3923166888), std.all 0.4476390675; dem65 ~ dem60 0.8650429860.
        let first = report.verdicts[0]
        #expect(abs((first.estimate?.estimate ?? 0) - 1.4713302234) < 1e-5)
        #expect(abs((first.estimate?.standardError ?? 0) - 0.3923166888) < 1e-5)
        #expect(abs((report.verdicts[1].estimate?.estimate ?? 0) - 0.8650429860) < 1e-5)
        #expect(abs((first.standardized ?? 0) - 0.44763906754) < 1e-5)
        // The indirect effect is the product of its paths, and rests on the bootstrap.
        #expect(abs((report.verdicts[2].estimate?.estimate ?? 0) - 1.4713302234 * 0.8650429860) < 1e-5)
        #expect(report.verdicts[2].bootstrap != nil)
        #expect(report.verdicts[0].bootstrap == nil)
    }

    @Test func reportsAreTheSameByteForByte() throws {
        let one = try report(threads: 1).files, two = try report(threads: 3).files
        #expect(one.map(\.name) == two.map(\.name))
        for (a, b) in zip(one, two) { #expect(a.content == b.content, "\(a.name)") }
        #expect(one.contains { $0.name == "report.html" })
        #expect(one.contains { $0.name.hasPrefix("tables/table-1-") })
        let pages = one.filter { $0.name.hasPrefix("report.") }.map { String(decoding: $0.content, as: UTF8.self) }
        // Nothing of the machine is in the report.
        for page in pages { #expect(!page.contains(TestFiles.path("")) && !page.contains("/tmp")) }
    }

    @Test func reportNamesItsDataAndTables() throws {
        let report = try report()
        let document = report.document
        #expect(report.data.hash.count == 64)
        #expect(document.notes[0].plainText.contains("political_democracy.csv"))
        let titles = document.tables.map(\.title.plainText)
        for title in [
            "Reliability of the Scales", "Convergent Validity", "Discriminant Validity: Fornell–Larcker Criterion",
            "Alternative Models", "Path Coefficients of the Model", "Direct, Indirect, and Total Effects",
            "Tests of the Hypotheses",
        ] {
            #expect(titles.contains(title), "\(title)")
        }
        #expect(document.figures.count >= 5)
        #expect(document.tables.map(\.number) == (1...document.tables.count).map { $0 })
    }

    @Test func aFailingAnalysisDoesNotStopTheOthers() throws {
        let text = """
            data: political_democracy.csv
            analyses:
              - sem: {name: bad, model: "f =~ x1 + x2"}
              - describe: x1-x3
            hypotheses: {H1: f ~~ f}
            """
        var (study, _) = Study.decode(text)
        study.data.value = TestFiles.path("political_democracy.csv")
        let data = try study.readData(in: "")
        let report = try study.run(data.imported, hash: data.hash)
        #expect(report.failures.count == 1)
        #expect(report.failures[0].reason.contains("not identified"))
        #expect(report.verdicts.map(\.outcome) == [.untested])
        #expect(report.results.count == 2)
        #expect(report.document.tables.contains { $0.title.plainText == "Descriptive Statistics" })
    }

    @Test func tenLinesMakeAFullReport() throws {
        let text = """
            data: political_democracy.csv
            codebook:
              scales: {ind: x1-x3, dem60: y1-y4, dem65: y5-y8}
            hypotheses: {H1: dem60 ~ ind, H2: ind => dem65, H3: dem60 -> dem65}
            """
        var (study, problems) = Study.decode(text)
        #expect(problems.problems == [])
        study.data.value = TestFiles.path("political_democracy.csv")
        let data = try study.readData(in: "")
        study.addUsualAnalyses(for: data.imported.dataset)
        #expect(study.problems(in: data.imported.dataset) == [])
        #expect(study.analyses.count == 6)
        guard case .structural(let plan)? = study.analyses.last?.kind else {
            Issue.record("no model")
            return
        }
        #expect(
            plan.model.text == """
                ind =~ x1 + x2 + x3
                dem60 =~ y1 + y2 + y3 + y4
                dem65 =~ y5 + y6 + y7 + y8
                dem60 ~ ind
                dem65 ~ dem60

                """)
        #expect(plan.bootstrap?.draws == 5000)
    }
}
