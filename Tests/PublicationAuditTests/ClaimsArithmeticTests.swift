import Probability
import PublicationAudit
import Testing

@Suite struct ClaimsArithmeticTests {
    private func value(_ text: String) throws -> Interval {
        try ArithmeticExpression(text).values { $0 == "persons" ? PrintedNumber(261) : nil }
    }

    @Test func rulesOfArithmeticHold() throws {
        #expect(try value("2 + 3 * 4 - 6 / 2") == Interval(11))
        #expect(try value("-(2 - 5) × 2") == Interval(6))
        #expect(try value("persons * 5") == Interval(1305))
        #expect(try value("1,305 / 5") == Interval(261))
        #expect(try value("1778 * 3 to 1778 * 4") == Interval(5334, 7112))
        #expect(abs(try value("(294 - 261) / 294").middle - 0.112244897959184) < 1e-14)
    }

    @Test func figuresWithDecimalsStandForWhatRoundsToThem() throws {
        let span = try value("240 * 1.4")
        #expect(abs(span.lower - 324) < 1e-9 && abs(span.upper - 348) < 1e-9)
    }

    @Test func faultsNameTheirPlace() throws {
        let cases = [
            ("(294 - 261", 11, "parenthesis"), ("294 /", 6, "missing"), ("294 / 0", 7, "zero"),
            ("3 + 4.5.6", 5, "no number"),
            ("cases * 2", 1, "no sample"), ("3 $ 4", 3, "not expected"), ("1 to 2 to 3", 8, "second"),
            ("", 1, "missing"),
        ]
        for (text, column, words) in cases {
            do {
                _ = try value(text)
                Issue.record("\(text) was read")
            } catch {
                let fault = try #require(error as? ArithmeticFault)
                #expect(fault.column == column, "\(text): \(fault)")
                #expect(fault.description.contains(words), "\(text): \(fault)")
            }
        }
        #expect(throws: ArithmeticFault.self) { try value(String(repeating: "(", count: 100_000)) }
        #expect(throws: ArithmeticFault.self) { try value(String(repeating: "-", count: 100_000) + "1") }
    }

    @Test func anyTextIsReadOrRefused() {
        var stream = RandomStream(seed: 8, stream: 3)
        let signs = Array("0123456789.,%+-*/() toabpersons×÷−\u{301}🂡")
        for _ in 0..<2_000 {
            let text = String((0..<stream.index(below: 24)).map { _ in signs[stream.index(below: signs.count)] })
            if let span = try? value(text) { #expect(!(span.lower.isNaN || span.upper.isNaN), "\(text)") }
            _ = StatedPath(text)
        }
    }
}
