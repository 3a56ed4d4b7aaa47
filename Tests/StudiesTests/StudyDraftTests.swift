import Datasets
import Testing

@testable import Studies

@Suite struct StudyDraftTests {
    private func dataset() throws -> Dataset {
        func answers(_ shift: Int, reversed: Bool = false) -> [Double] {
            (0..<40).map { row in
                let value = Double(1 + min(4, max(0, (row * 7 % 5) + ((row + shift) % 3 == 0 ? 1 : 0) - 0)))
                return reversed ? 6 - value : value
            }
        }
        return try Dataset(
            columns: [
                Column(name: "sex", texts: (0..<40).map { $0 % 2 == 0 ? "f" : "m" }),
                Column(name: "id", numbers: (0..<40).map(Double.init)),
                Column(name: "A1", numbers: answers(0)), Column(name: "A2", numbers: answers(1)),
                Column(name: "A3", numbers: answers(2, reversed: true)), Column(name: "A4", numbers: answers(4)),
                Column(name: "no_1", numbers: answers(1)), Column(name: "no_2", numbers: answers(3)),
                Column(name: "no_3", numbers: answers(5)),
            ], source: "d.csv")
    }

    @Test func scalesRangesAndReversedItemsAreFound() throws {
        let data = try dataset()
        let text = StudyDraft(data, dataPath: "d.csv").text
        #expect(text.contains("A: {label: A, items: A1-A4}"))
        #expect(text.contains("\"no\": {label: \"no\", items: no_1-no_3}"))
        #expect(text.contains("response range: 1-5"))
        #expect(text.contains("# reverse: [A3]"))
        #expect(text.contains("- sample: [sex]"))
    }

    @Test func aDraftHasNoMistakes() throws {
        let data = try dataset()
        let (study, problems) = Study.decode(StudyDraft(data, dataPath: "d.csv").text)
        #expect(problems.problems == [])
        #expect(study.problems(in: data) == [])
    }

    @Test(arguments: [
        ("plain", "plain"), ("no", "\"no\""), ("a: b", "\"a: b\""), ("1a", "\"1a\""), ("a\"b", "\"a\\\"b\""),
        ("问卷", "问卷"), ("a\u{1}", "\"a\\x01\""),
    ])
    func namesAreQuotedWhereNeeded(name: String, expected: String) {
        #expect(StudyDraft.quoted(name) == expected)
    }

    @Test(arguments: [
        ("d.csv", "study.yaml", "d.csv"), ("a/d.csv", "a/study.yaml", "d.csv"),
        ("d.csv", "a/b/study.yaml", "../../d.csv"),
        ("/x/d.csv", "/x/s.yaml", "d.csv"), ("/x/d.csv", "s.yaml", "/x/d.csv"),
    ])
    func dataPathsAreThoseOfTheStudyFile(data: String, file: String, expected: String) {
        #expect(StudyDraft.path(of: data, from: file) == expected)
    }
}
