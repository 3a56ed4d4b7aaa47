import PublicationAudit
import Testing

@Suite struct TextTableTests {
    @Test(arguments: [
        "| Path | Est |\n|---|---:|\n| a | 1 |\n| b | |", "Path\tEst\na\t1\nb\t", "Path,Est\na,1\n\nb,",
        "Path;Est\n\"a\";1\nb;",
    ])
    func everyLayoutGivesTheSameCells(text: String) throws {
        let table = try TextTable(text, table: "Table 1", firstLine: 10)
        #expect(table.columns == ["Path", "Est"])
        #expect(table.rows.map(\.cells) == [["a", "1"], ["b", ""]])
        #expect(table.rows[0].line > 10)
    }

    @Test func aFieldInQuotationMarksKeepsItsSeparators() throws {
        let table = try TextTable("a,b\n\"x, \"\"y\"\"\",\"1,778\"", table: "T")
        #expect(table.rows[0].cells == ["x, \"y\"", "1,778"])
    }

    @Test func aRaggedRowIsNamedWithItsLine() {
        #expect(throws: AuditFault.raggedRow("T", line: 7, expected: 3, found: 2, begins: "b")) {
            try TextTable("x\ty\tz\na\t1\t2\nb\t1", table: "T", firstLine: 5)
        }
        #expect(throws: AuditFault.openQuotation("T", line: 2)) { try TextTable("a,b\n\"x,1", table: "T") }
        #expect(throws: AuditFault.emptyTable("T", line: 1)) { try TextTable("a,b\n\n", table: "T") }
    }
}
