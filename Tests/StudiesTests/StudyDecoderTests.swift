import Datasets
import StructuralModels
import Testing

@testable import Studies

@Suite struct StudyDecoderTests {
    @Test func everyKeyIsRead() throws {
        let (study, problems) = Study.decode(
            """
            title: Learning
            authors: [A. Author, B. Author]
            data: {file: d.csv, delimiter: ";", decimal mark: ",", missing: [., none]}
            codebook:
              response range: 1-5
              reverse: [IL4]
              missing: [99, -9--1]
              labels: {sex: Gender}
              answers: {1: never, 5: always}
              categories:
                sex: {1: female, 2: male}
              scales:
                A: {label: Amount, items: IL1-IL5}
                B: [IL6, IL7]
                C: {dimensions: [A, B], response range: 1 to 7}
            alpha: 0.01
            seed: 7
            analyses:
              - sample: sex
              - efa: {items: [A], factors: parallel, method: pa, rotation: varimax}
              - method bias
              - sem:
                  name: s
                  likelihood: wishart
                  std lv: yes
                  bootstrap: {draws: 200, interval: bc, seed: 3, bollen stine: yes}
                  modification indices: 5
                  model: |
                    # the model
                    F =~ A + B
            hypotheses:
              H1: B ~ A, negative
              H2: {claim: Words, test: A -> B -> C, expect: nonzero, alpha: 0.1, model: s}
            report: {formats: md, directory: out}
            """)
        #expect(problems.problems == [])
        #expect(study.title == "Learning")
        #expect(study.authors == ["A. Author", "B. Author"])
        #expect(study.data.value == "d.csv")
        #expect(study.reading.delimiter == .semicolon)
        #expect(study.reading.decimalMark == .comma)
        #expect(study.reading.missingStrings == ["", "NA", ".", "none"])
        let codebook = study.codebook.codebook
        #expect(codebook.responseRange == 1...5)
        #expect(codebook.reversed == ["IL4"])
        #expect(codebook.missing == DeclaredMissing(codes: [.number(99)], ranges: [-9...(-1)]))
        #expect(codebook.itemLabels == ["sex": "Gender"])
        #expect(codebook.valueLabels.map(\.label) == ["never", "always"])
        #expect(codebook["A"]?.content == .items(["IL1-IL5"]))
        #expect(codebook["B"]?.content == .items(["IL6", "IL7"]))
        #expect(codebook["C"]?.content == .dimensions(["A", "B"]))
        #expect(codebook["C"]?.responseRange == 1...7)
        #expect(study.codebook.constructs.map(\.name) == ["C"])
        #expect(study.alpha == 0.01)
        #expect(study.seed == 7)
        #expect(study.analyses.count == 4)
        guard case .structural(let plan)? = study.analyses.last?.kind else {
            Issue.record("no model")
            return
        }
        #expect(plan.name.value == "s")
        #expect(plan.estimation.likelihood == .wishart)
        #expect(plan.bootstrap?.draws == 200)
        #expect(plan.bootstrap?.interval == .biasCorrected)
        #expect(plan.bootstrap?.seed == 3)
        #expect(plan.bootstrap?.testsModel == true)
        #expect(plan.modificationIndices == 5)
        // The second line of the block is line 30 of the file, indented by 8.
        #expect(plan.model.place(line: 2, column: 1) == StudyPlace(line: 30, column: 9))
        #expect(study.hypotheses.map(\.test.value) == [.path(cause: "A", outcome: "B"), .chain(["A", "B", "C"])])
        #expect(study.hypotheses.map(\.expectation) == [.negative, .nonzero])
        #expect(study.hypotheses[1].alpha == 0.1)
        #expect(study.report.formats == [.markdown])
        #expect(study.report.directory == "out")
    }

    @Test(arguments: [
        ("titel: x\ndata: d.csv", 1, 1, "did you mean `title`"),
        ("title: x", 1, 1, "`data:` is missing"),
        ("data: d.csv\ncodebook:\n  response range: 5-1", 3, 19, "5 is not below 1"),
        ("data: d.csv\ncodebook:\n  response range: many", 3, 19, "two numbers"),
        ("data: d.csv\nanalyses:\n  - sampel: [a]", 3, 5, "did you mean `sample`"),
        ("data: d.csv\nanalyses:\n  - efa: {method: mll}", 3, 19, "did you mean `ml`"),
        ("data: d.csv\nanalyses:\n  - sem: {model: f =~ x}\n    name: m", 4, 5, "belongs under `sem`"),
        ("data: d.csv\nhypotheses:\n  H1: {claim: c}", 3, 3, "H1 needs `test:`"),
        ("data: d.csv\nhypotheses:\n  H1: A is B", 3, 7, "cannot be read"),
        ("data: d.csv\nalpha: 5", 2, 8, "between 0 and 1"),
        ("data: d.csv\ndata: e.csv", 1, 1, "given twice"),
        ("data: d.csv\nreport: {formats: [pdf]}", 2, 20, "cannot be `pdf`"),
        ("data: d.csv\ncodebook:\n  scales: {A: {items: x1, dimensions: B}}", 3, 39, "not both"),
        ("data: [d.csv", 2, 1, "not closed"),
        ("", 1, 1, "empty"),
        ("title: \"a", 1, 10, "not closed"),
    ])
    func mistakesHaveTheirPlace(text: String, line: Int, column: Int, message: String) {
        let problems = Study.decode(text).problems.problems
        #expect(
            problems.contains {
                $0.place.line == line && ($0.place.column == column || message == "not closed")
                    && $0.message.contains(message)
            }, "\(problems)")
    }

    @Test func allMistakesAreFoundAtOnce() {
        let problems = Study.decode("titel: x\nalpha: 7\nseed: -1\nanalyses: {frob: 1}\n").problems.problems
        #expect(problems.map(\.place.line) == [1, 1, 2, 3, 4])
    }

    @Test(arguments: [
        ("1-5", [1, 5]), ("-3-3", [-3, 3]), ("-3 - -1", [-3, -1]), ("1 to 7", [1, 7]), ("0..10", [0, 10]),
        ("1–5", [1, 5]), ("0.5-1.5", [0.5, 1.5]),
    ])
    func rangesAreRead(text: String, ends: [Double]) {
        #expect(StudyDecoder.ends(text) == ends)
    }

    @Test func deepNestingIsRefused() {
        for text in [
            String(repeating: "[", count: 100_000), String(repeating: "- ", count: 10_000),
            String(repeating: "{a: ", count: 5000), String(repeating: "? ", count: 5000),
        ] {
            #expect(Study.decode(text).problems.problems.first?.message.contains("nested") == true)
        }
    }

    @Test func aliasesCannotMultiply() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let parts = (0..<10).map { _ in "*a\(level - 1)" }.joined(separator: ", ")
            text += "a\(level): &a\(level) [\(parts)]\n"
        }
        #expect(Study.decode(text).problems.problems.first?.message.contains("aliases") == true)
    }
}
