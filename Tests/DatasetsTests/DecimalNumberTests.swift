import Testing

@testable import Datasets

@Suite struct DecimalNumberTests {
    @Test func everyDoubleReadsBack() {
        var random = SplitMix(state: 7)
        for _ in 0..<20_000 {
            let value = Double(bitPattern: random.next())
            guard value.isFinite else { continue }
            #expect(decimalNumber(value.description) == value)
            let short = Double(Int.random(in: -999_999...999_999, using: &random)) / 1000
            #expect(decimalNumber("\(short)") == short)
        }
    }

    @Test(arguments: [
        ("5", 5), ("-0.25", -0.25), ("+3", 3), (".5", 0.5), ("5.", 5), (" 7\t", 7), ("1e3", 1000), ("1E-2", 0.01),
        ("0.1", 0.1), ("123456789012345678901234567890", 1.2345678901234568e29),
        ("9007199254740993", 9_007_199_254_740_992), ("1e23", 1e23), ("0.000000000000000000000000000001", 1e-30),
        ("00000000000000000000000001", 1), ("1e-400", 0),
    ])
    func numbers(text: String, value: Double) { #expect(decimalNumber(text) == value) }

    @Test(arguments: [
        "", " ", "-", ".", "e5", "1e", "1e+", "1.2.3", "0x10", "inf", "NaN", "1e400", "1 2", "1,5", "--1",
    ])
    func notNumbers(text: String) { #expect(decimalNumber(text) == nil) }

    @Test func decimalComma() {
        #expect(Array("3,5".utf8).withUnsafeBufferPointer { decimalNumber($0, mark: 0x2C) } == 3.5)
        #expect(
            Array("0,12345678901234567890".utf8).withUnsafeBufferPointer { decimalNumber($0, mark: 0x2C) }
                == 0.12345678901234567890)
    }
}
