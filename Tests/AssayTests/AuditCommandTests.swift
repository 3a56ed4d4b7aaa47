import Foundation
import Testing

/// `assay audit` as scripts see it.
@Suite struct AuditCommandTests {
    private let scratch: ScratchDirectory

    init() throws { scratch = try ScratchDirectory() }

    private func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: scratch.url.appendingPathComponent(name))
    }

    private func run(_ arguments: String...) throws -> ProgramRun {
        try ProgramRun(["audit"] + arguments, in: scratch.url)
    }

    private let paper = """
        title: A paper
        samples: {N: 336}
        tables:
          Table 1:
            kind: counts
            rows: |
              Ownership,Frequency,Percent
              private,108,32.14%
              state,79,23.51%
              foreign,149,43.45%
        claims:
          - {says: "a loss of 10.92%", place: Methods, printed: 10.92%, equals: (294 - 261) / 294}
        """

    @Test func aPaperIsCheckedAndItsReportWritten() throws {
        try write(paper, to: "paper.yaml")
        let outcome = try run("paper.yaml", "--json", "-")
        #expect(outcome.code == 0)
        let json = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
        #expect(json["analysis"] as? String == "audit")
        let counts = try #require(json["counts"] as? [String: Int])
        // 149 of 336 are 44.35 %: one digit is wrong, and the shares no longer sum to 100 %.
        #expect(counts["notAttainable"] == 3)
        let checks = try #require(json["checks"] as? [[String: Any]])
        let share = try #require(checks.first { $0["printed"] as? String == "43.45%" })
        #expect(share["verdict"] as? String == "notAttainable")
        #expect((share["explanation"] as? String)?.contains("44.35") == true)
        for name in ["audit.html", "audit.md", "audit.json"] {
            #expect(
                FileManager.default.fileExists(atPath: scratch.url.appendingPathComponent("paper-audit/\(name)").path))
        }
        let words = try run("paper.yaml", "-o", "out")
        #expect(words.output.contains("Methods: 10.92% (attainable: 11.22 %)"))
        #expect(words.output.contains("wrote out/audit.html"))
    }

    @Test func theTestsOfATextAreRead() throws {
        try write("It differed, t(28) = 2.20, p = .001.\n", to: "paper.txt")
        #expect(try run("paper.txt").output.contains("1 is not attainable"))
        let outcome = try run("paper.txt", "--json", "-")
        #expect(outcome.code == 0)
        #expect(outcome.output.contains("t(28) = 2.20 gives p = .0358 to .0366"))
    }

    @Test(arguments: [
        ("title: x\n", "nothing to check"), ("tables:\n  T: {kind: cuonts, rows: x}\n", "did you mean `counts`?"),
        (
            "tables:\n  T:\n    kind: counts\n    rows: |\n      a,n\n      x,1,2\n",
            "6:1: T: the row that begins with `x`"
        ),
        ("tables:\n  T:\n    kind: means\n    rows: |\n      v,mean\n      x,1.2.3\n", "two decimal points"),
        ("claims:\n  - {says: x, printed: 3, equals: 1 +}\n", "cannot be read"), ("", "the file is empty"),
    ])
    func mistakesEndWithTheirLines(text: String, message: String) throws {
        try write(text, to: "paper.yaml")
        let outcome = try run("paper.yaml")
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains(message), "\(outcome.errors)")
        #expect(outcome.lastLine.hasPrefix("error: paper.yaml has 1 mistake"))
    }

    @Test func usageIsTold() throws {
        #expect(try run().code == 2)
        #expect(try run("paper.yaml", "--kinds").code == 2)
        #expect(try run("nowhere.yaml").code == 1)
        let kinds = try run("--kinds")
        #expect(kinds.code == 0)
        #expect(kinds.output.contains("conditional effects"))
    }
}
