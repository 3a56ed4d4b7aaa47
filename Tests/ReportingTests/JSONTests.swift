import Foundation
import Testing

@testable import Reporting

@Suite struct JSONTests {
    static let example: JSON = [
        "name": "assay", "n": 301, "chisq": 85.306, "missing": nil, "converged": true, "empty": [], "none": [:],
        "rows": [["a": 1], ["a": 2.5]], "matrix": [[1, 0.5], [0.5, 1]],
    ]

    @Test func writesCompactText() {
        #expect(
            Self.example.text(.compact)
                == #"{"name":"assay","n":301,"chisq":85.306,"missing":null,"converged":true,"empty":[],"none":{},"#
                + #""rows":[{"a":1},{"a":2.5}],"matrix":[[1,0.5],[0.5,1]]}"#)
    }

    @Test func writesPrettyText() {
        let value: JSON = ["a": [1, 2], "b": [["c": nil]], "d": [:]]
        #expect(
            value.text() == """
                {
                  "a": [1, 2],
                  "b": [
                    {
                      "c": null
                    }
                  ],
                  "d": {}
                }
                """)
    }

    @Test func escapesStrings() {
        let text = "quote \" backslash \\ newline \n tab \t bell \u{7} delete \u{7F} 学习 😀 / <b>"
        #expect(
            JSON.string(text).text()
                == #""quote \" backslash \\ newline \n tab \t bell \u0007 delete \u007f 学习 😀 / <b>""#)
    }

    @Test func isReadByOthers() throws {
        let strings = (0..<0x80).map { String(UnicodeScalar(UInt8($0))) } + ["\u{2028}", "学\u{301}"]
        for layout in [JSON.Layout.compact, .pretty] {
            let data = Data(JSON(strings).bytes(layout))
            #expect(try JSONDecoder().decode([String].self, from: data) == strings)
        }
    }

    @Test func keepsEveryDigit() throws {
        let numbers = [
            0.1, 1 / 3.0, Double.leastNonzeroMagnitude, 1e-308, 1.7976931348623157e308, -2.5e-10, 123_456_789.123, 1e16,
            0.0,
        ]
        let data = Data(JSON(numbers).bytes(.compact))
        #expect(try JSONDecoder().decode([Double].self, from: data) == numbers)
        #expect(JSON.number(0.1).text() == "0.1")
    }

    @Test func writesNullForWhatDoesNotExist() {
        #expect(JSON([Double.nan, .infinity, -.infinity, 1]).text(.compact) == "[null,null,null,1.0]")
        #expect(JSON(Double?.none) == .null)
        #expect(JSON(Int?.none) == nil)
    }

    @Test func findsMembers() {
        #expect(Self.example["n"] == 301)
        #expect(Self.example["no such"] == nil)
        #expect(Self.example == Self.example)
        #expect((["a": 1, "b": 2] as JSON) != ["b": 2, "a": 1])
    }
}
