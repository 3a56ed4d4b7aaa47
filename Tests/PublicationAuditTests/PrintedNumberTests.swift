import PublicationAudit
import Testing

@Suite struct PrintedNumberTests {
    @Test(arguments: [
        (".513", 0.513, 3), ("0.50", 0.5, 2), ("-.07", -0.07, 2), ("−0.340", -0.34, 3), ("1,778", 1778, 0),
        ("12746.729", 12746.729, 3), ("1 305", 1305, 0), ("5.", 5, 0), ("+0.5", 0.5, 1),
    ])
    func figuresAreReadWithTheirDecimals(text: String, value: Double, decimals: Int) throws {
        let number = try PrintedNumber(text)
        #expect(number.value == value)
        #expect(number.decimals == decimals)
        #expect(number.interval.contains(value))
    }

    @Test func aPercentageIsTheHundredthPart() throws {
        let rate = try PrintedNumber("10.92%")
        #expect(rate.interval.contains(32.0 / 293))
        #expect(!rate.interval.contains(33.0 / 294))
        #expect(try PrintedNumber("23.81").asPercentage.interval.contains(80.0 / 336))
    }

    @Test func anInequalityIsOpenOnOneSide() throws {
        #expect(try PrintedNumber("< .001").interval == Interval(-.infinity, 0.001))
        #expect(try PrintedNumber("≥0.70").interval == Interval(0.7, .infinity))
    }

    @Test func faultsNameTheFigure() {
        #expect(throws: PrintedNumberFault.twoDecimalPoints("0.7.65")) { try PrintedNumber("0.7.65") }
        #expect(throws: PrintedNumberFault.decimalComma("0,76")) { try PrintedNumber("0,76") }
        #expect(throws: PrintedNumberFault.notANumber("abc")) { try PrintedNumber("abc") }
        #expect(throws: PrintedNumberFault.empty) { try PrintedNumber("  ") }
        for text in ["1,77,8", "1e5", "٣", "1/2", "--3", "12,3456", "nan", "inf", "0x10", "%", "<"] {
            #expect(throws: PrintedNumberFault.self) { try PrintedNumber(text) }
        }
    }

    @Test func cellsHoldFigureMarksErrorAndInterval() throws {
        let cell = try PrintedCell("- 0.340** * (0.036)")
        #expect(cell.figure?.value == -0.34)
        #expect(cell.marks == "***")
        #expect(cell.inParentheses?.value == 0.036)
        let effect = try PrintedCell("0.088 [- 0.031,0.208]")
        #expect(effect.range?.lower.value == -0.031)
        #expect(effect.range?.upper.value == 0.208)
        let diagonal = try PrintedCell("(0.61) [46%]")
        #expect(diagonal.figure == nil)
        #expect(diagonal.inParentheses?.value == 0.61)
        #expect(diagonal.inBrackets?.value == 0.46)
        #expect(try PrintedCell("—").isEmpty)
        #expect(try PrintedCell("***").marks == "***")
        #expect(throws: PrintedNumberFault.self) { try PrintedCell("0.3 (0.02") }
    }
}
