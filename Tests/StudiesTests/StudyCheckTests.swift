import Datasets
import Testing

@testable import Studies

@Suite struct StudyCheckTests {
    private let data: Dataset

    init() throws {
        let names = ["x1", "x2", "x3", "y1", "y2", "y3"]
        var columns = names.enumerated().map { index, name in
            Column(name: name, numbers: (0..<20).map { Double(1 + ($0 * (index + 3) + $0 / 3) % 5) })
        }
        columns.append(Column(name: "sex", texts: (0..<20).map { $0 % 2 == 0 ? "f" : "m" }))
        data = try Dataset(columns: columns, source: "d.csv")
    }

    private func messages(_ text: String) -> [String] {
        let (study, problems) = Study.decode(text)
        return StudyProblems(problems.problems + study.problems(in: data)).problems.map { $0.text(file: "s") }
    }

    @Test func aRightStudyHasNoProblems() {
        let text = """
            data: d.csv
            codebook:
              response range: 1-5
              reverse: x3
              scales: {X: {items: x1-x3}, Y: {items: "y1, y2, y3"}}
            analyses:
              - sample: sex
              - describe: [X, y1-y3]
              - sem:
                  model: |
                    F =~ X + y1 + y2
                    y3 ~ F
            hypotheses: {H1: y3 ~ F, H2: F => y3}
            """
        #expect(messages(text) == [])
    }

    @Test(arguments: [
        ("codebook:\n  scales:\n    X: {items: x1-x9}", "s:4:16: \"x1-x9\": there is no variable \"x9\""),
        ("codebook:\n  scales:\n    X: [x1, x1]", "s:4:13: X names the item x1 twice"),
        ("codebook:\n  scales:\n    X: [sex]", "s:4:9: sex holds text"),
        ("codebook:\n  reverse: x1\n  scales:\n    X: [x1, x2]", "s:3:12: x1 cannot be reversed without"),
        ("codebook:\n  response range: 1-4\n  scales:\n    X: [x1, x2]", "answers outside the response range"),
        ("analyses:\n  - sample: sexx", "s:3:13: the data have no variable `sexx`; did you mean `sex`?"),
        ("analyses:\n  - reliability: all", "s:3:5: there are no scales"),
        ("analyses:\n  - sem: |\n      F =~ x1 + x2 +* x3", "s:4:21: in the model: "),
        ("analyses:\n  - sem: |\n      F =~ x1 + x2 + x4", "s:4:22: the model's variable `x4` is neither"),
        ("analyses:\n  - sem: |\n      x1 =~ x2 + x3", "`x1` is a latent variable of the model, but"),
        ("analyses:\n  - sem: |\n      y1 ~ x1\nhypotheses: {H: x1 ~ y1}", "it has one from x1 to y1"),
        ("analyses:\n  - sem: |\n      y1 ~ x1\nhypotheses: {H: y1 ~ x2}", "no variable `x2`"),
        ("analyses:\n  - sem: |\n      y1 ~ x1\n      y2 ~ x2\nhypotheses: {H: x1 => y2}", "no chain of paths leads"),
        ("analyses:\n  - sem: |\n      y1 ~ a*x1\nhypotheses: {H: b}", "no parameter of the model has the label"),
        ("analyses:\n  - sem: |\n      y1 ~ x1\nhypotheses: {H: {test: y1 ~ x1, model: z}}", "there is no model `z`"),
        ("hypotheses: {H: y1 ~ x1}", "H needs a model"),
        ("codebook:\n  scales:\n    X: [x1, x2]\n    x1: y1-y3", "x1 is an item and the name of a scale"),
        ("analyses:\n  - sem: |\n      y1 ~ sex", "s:4:12: the model's variable `sex` holds text"),
        ("analyses:\n  - describe: [x1, sex]", "s:3:20: sex holds text, but numbers are needed"),
        ("analyses:\n  -\n", "an analysis is missing here"),
        ("report: {formats: []}", "`formats` is empty"),
    ])
    func mistakesInTheLightOfTheData(text: String, expected: String) {
        let found = messages("data: d.csv\n" + text)
        #expect(found.contains { $0.contains(expected) }, "\(found)")
    }

    @Test func oneProblemForEachMissingVariable() {
        let found = messages("data: d.csv\nanalyses:\n  - sem: |\n      y1 ~ a + b\n      y2 ~ c\n")
        #expect(found.map { $0.split(separator: " ")[0] } == ["s:4:12:", "s:4:16:", "s:5:12:"])
    }
}
