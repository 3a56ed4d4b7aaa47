import PublicationAudit
import Testing

@Suite struct ClaimsCheckTests {
    private let rows = """
        | Item | Factor | Estimate | S.E. | C.R. | P | Std | CR | AVE |
        | a1 | A | 1.000 | | | | .80 | .84 | .64 |
        | a2 | A | 1.020 | .080 | 12.75 | *** | .80 | | |
        | a3 | A | .950 | .080 | 11.88 | *** | .80 | | |
        | b1 | B | 1.000 | | | | .60 | .63 | .36 |
        | b2 | B | .300 | .160 | 1.875 | .061 | .60 | | |
        | b3 | B | .900 | .090 | 10.00 | *** | .60 | | |
        """

    private func check(_ statement: TextClaim.Statement) throws -> AuditCheck {
        let table = try LoadingTable(PastedTable(name: "Table 3", text: TextTable(rows, table: "Table 3")))
        let other = try OtherTable(
            PastedTable(name: "Table 4", text: TextTable("Path | Effect\nX->M->Y | 0.077\n", table: "Table 4")))
        let paper = Paper(
            samples: [Sample("persons", size: PrintedNumber(261))], tables: [table, other],
            claims: [TextClaim(says: "…", place: "Results", statement: statement)])
        return try #require(paper.audit().checks.last)
    }

    private func column(_ name: String?, rows: [String] = []) -> TextClaim.ColumnReference {
        TextClaim.ColumnReference(table: "table 3", column: name, rows: rows)
    }

    @Test func allFiguresOfAColumnAreCompared() throws {
        let ave = try check(.all(column("AVE"), .above, PrintedNumber("0.5")))
        #expect(ave.verdict == .notAttainable && ave.explanation.contains("B .36"))
        #expect(try check(.all(column("AVE"), .atLeast, PrintedNumber("0.36"))).verdict == .consistent)
        #expect(
            try check(.all(column("average variance extracted"), .below, PrintedNumber("0.7"))).verdict == .consistent)
        #expect(try check(.all(column("CR", rows: ["A"]), .above, PrintedNumber("0.8"))).verdict == .consistent)
        #expect(try check(.all(column("C.R."), .above, PrintedNumber("10.5"))).explanation.contains("b2 1.875"))
    }

    @Test func rangesRepetitionsAndFormulasAreCompared() throws {
        #expect(
            try check(.range(column("standardized"), from: PrintedNumber("0.60"), to: PrintedNumber("0.80"))).verdict
                == .consistent)
        let range = try check(.range(column("Std"), from: PrintedNumber("0.65"), to: PrintedNumber("0.80")))
        #expect(range.attainable == ".60 to .80")
        let effect = TextClaim.ColumnReference(table: "Table 4", column: "Effect", rows: ["X -> M -> Y"])
        #expect(try check(.repeats(effect, PrintedNumber("0.08"))).verdict == .consistent)
        #expect(try check(.repeats(effect, PrintedNumber("0.071"))).verdict == .notAttainable)
        let loss = try check(.equals(PrintedNumber("10.92%"), ArithmeticExpression("(294 - 261) / 294")))
        #expect(loss.verdict == .notAttainable && loss.attainable == "11.22 %")
        #expect(try check(.equals(PrintedNumber("1305"), ArithmeticExpression("persons * 5"))).verdict == .consistent)
    }

    @Test func probabilitiesOfTheTextFollowFromTheTable() throws {
        let p = try check(.probability(column(nil, rows: ["b2"]), PrintedNumber("< .05")))
        #expect(p.verdict == .notAttainable && p.explanation.contains("A test with one tail would give it."))
        #expect(try check(.probability(column(nil, rows: ["a2"]), PrintedNumber("< .001"))).verdict == .consistent)
        let all = try check(.significant(column(nil), level: PrintedNumber("0.05")))
        #expect(all.verdict == .notAttainable && all.explanation.hasPrefix("1 of 4"))
    }

    @Test func whatIsNotThereIsNamed() throws {
        let table = try check(.all(TextClaim.ColumnReference(table: "Table 9"), .above, PrintedNumber("0.5")))
        #expect(table.verdict == .notCheckable && table.explanation.contains("`Table 3`, `Table 4`"))
        #expect(try check(.all(column("HTMT"), .above, PrintedNumber("0.5"))).explanation.contains("no column `HTMT`"))
        #expect(
            try check(.all(column("AVE", rows: ["Z"]), .above, PrintedNumber("0.5"))).explanation.contains("no row `Z`")
        )
        let formula = try check(.equals(PrintedNumber("1"), ArithmeticExpression("1 / 0")))
        #expect(formula.verdict == .notCheckable && formula.explanation.contains("divides by zero"))
    }
}
