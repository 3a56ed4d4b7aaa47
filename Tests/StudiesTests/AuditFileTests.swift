import PublicationAudit
import Studies
import Testing

@Suite struct AuditFileTests {
    private let head = "title: A paper\nsamples: {persons: 261, occasions: 1305}\n"

    private func messages(_ text: String) -> [String] {
        AuditFile(text, path: "paper.yaml").problems.map { "\($0.place.line): \($0.message)" }
    }

    @Test func everyPartIsRead() throws {
        let file = AuditFile(
            head + """
                source: A journal
                legend: {"*": .05, "**": .01}
                tails: 2
                designs: [cfa, multilevel]
                also reported: software
                constructs:
                  X1: {label: Strong linkage, alpha: .888, items: 5}
                tables:
                  Table 1:
                    kind: other
                    rows: |
                      | Path | Est |
                      |---|---|
                      | a | 0.50 |
                claims:
                  - {says: "10.92%", printed: 10.92%, equals: (294 - 261) / 294}
                  - {says: "all above", table: table 1, all: Est, above: 0.4}
                text: "t(28) = 2.20, p = .036"
                report: {formats: [html], directory: out}
                """, path: "dir/paper.yaml")
        #expect(file.problems == [])
        #expect(file.source == "A journal")
        #expect(file.paper.samples.map(\.size.value) == [261, 1305])
        #expect(file.paper.legend?.mark(for: 0.03) == "*")
        #expect(file.paper.designs == [.cfa, .multilevel])
        #expect(file.paper.construct("strong linkage")?.alpha?.text == ".888")
        #expect(file.paper.tables.map(\.name) == ["Table 1"])
        #expect(file.paper.claims.count == 2)
        #expect(
            file.paper.claims[1].statement
                == .all(.init(table: "Table 1", column: "Est"), .above, try PrintedNumber("0.4")))
        #expect(file.paper.runningText.count == 1)
        #expect(file.reportDirectory == "dir/out")
        #expect(AuditFile(head + "text: none", path: "dir/my.paper.yaml").reportDirectory == "dir/my.paper-audit")
    }

    @Test func mistakesAreNamedWithTheirLines() {
        let ragged = head + "tables:\n  Table 1:\n    kind: other\n    rows: |\n      a\tb\n      1\t2\n      3\n"
        #expect(
            messages(ragged).first?.hasPrefix(
                "9: Table 1: the row that begins with `3` has 1 cell, and the table has 2 columns") == true)
        let claim = head + "claims:\n  - {says: x, printed: 1.0.5, equals: 3 / 2}\n"
        #expect(messages(claim).first?.hasPrefix("4: `printed`: `1.0.5` has two decimal points") == true)
        let kind = head + "tables:\n  Table 1: {kind: loading, rows: x}\n"
        #expect(messages(kind).first?.contains("there is no check for tables of kind `loading`") == true)
        #expect(messages("titel: x").first == "1: an audit file has no key `titel`; did you mean `title`?")
        #expect(messages(head).first?.contains("nothing to check") == true)
        let unknown =
            head
            + "tables:\n  Table 1: {kind: other, rows: \"a,b\"}\nclaims:\n  - {says: x, table: Table 2, all: b, above: 1}\n"
        #expect(messages(unknown).contains { $0.contains("Table 1 has no rows") })
        #expect(messages(unknown).contains { $0.contains("there is no table `Table 2`") })
        #expect(
            messages(head + "legend: {\"*\": 5}\ntext: x").first?.contains("write a probability between 0 and 1")
                == true)
        #expect(messages(head + "claims: [{says: x}]").first?.contains("a claim says one thing") == true)
        #expect(messages(head + "designs: [sen]\ntext: x").first == "3: a design cannot be `sen`; did you mean `sem`?")
    }
}
