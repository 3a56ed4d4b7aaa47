import Probability
import Testing

@testable import Reporting

/// Expected strings follow APA 7, sections 6.36 and 6.44.
@Suite struct NumberFormatTests {
    @Test(arguments: [
        (NumberFormat.bounded(2), 0.638, ".64"), (.bounded(3), -0.2, "−.200"), (.bounded(2), 1.0, "1.00"),
        (.bounded(2), 1.024, "1.02"), (.bounded(2), 0.999, "1.00"), (.bounded(2), -0.001, ".00"),
        (.bounded(0), 0.2, "0"),
        (.fixed(2), 0.638, "0.64"), (.fixed(3), 12.41, "12.410"), (.fixed(2), -0.004, "0.00"), (.fixed(0), -0.4, "0"),
        (.fixed(2), -3.456, "−3.46"), (.fixed(2), -0.0, "0.00"), (.integer, 336, "336"), (.integer, -3, "−3"),
        (.percent(2), 0.2381, "23.81%"), (.percent(0), 1, "100%"),
        (.probability, 0.0234, ".023"), (.probability, 0.0009999, "< .001"), (.probability, 0.001, ".001"),
        (.probability, 0, "< .001"), (.probability, 0.9996, "> .999"), (.probability, 0.9994, ".999"),
        (.probability, 0.05, ".050"),
    ])
    func writes(format: NumberFormat, value: Double, expected: String) {
        #expect(format.string(value) == expected)
    }

    /// The exact binary values decide: 2.675 lies below its decimal text, 0.125 is a tie and goes to the even digit.
    /// These are the strings of C's printf and of R's sprintf.
    @Test(arguments: [
        (2.675, 2, "2.67"), (0.125, 2, "0.12"), (0.375, 2, "0.38"), (2.5, 0, "2"), (3.5, 0, "4"), (1.005, 2, "1.00"),
        (0.1, 20, "0.10000000000000000555"), (1e21, 0, "1000000000000000000000"), (.leastNonzeroMagnitude, 3, "0.000"),
        (-0.0005, 3, "-0.001"), (-0.00049, 3, "0.000"), (123456.789, 1, "123456.8"),
    ])
    func rounds(value: Double, decimals: Int, expected: String) {
        #expect(value.fixed(decimals) == expected)
    }

    @Test func writesExtremes() {
        #expect(Double.greatestFiniteMagnitude.fixed(40).count == 309 + 1 + 40)
        #expect((-Double.greatestFiniteMagnitude).fixed(40).count == 1 + 309 + 1 + 40)
    }

    @Test func writesWhatDoesNotExist() {
        for format in [NumberFormat.integer, .fixed(2), .bounded(2), .percent(1), .probability] {
            #expect(format.string(nil) == "–")
            #expect(format.string(.nan) == "–")
        }
        #expect(NumberFormat.fixed(2).string(.infinity) == "∞")
        #expect(NumberFormat.fixed(2).string(-.infinity, minus: .hyphen) == "-∞")
    }

    @Test func writesHyphensForPrograms() {
        #expect(NumberFormat.bounded(2).string(-0.31, minus: .hyphen) == "-.31")
    }

    @Test func writesStatements() {
        #expect(NumberFormat.probabilityStatement(0.02) == "= .020")
        #expect(NumberFormat.probabilityStatement(0.0002) == "< .001")
        #expect(RichText("\(p: 0.0002)").plainText == "p < .001")
    }

    @Test func givesStars() {
        let stars = SignificanceStars.standard
        #expect(
            [0.0009, 0.001, 0.0099, 0.01, 0.0499, 0.05].map { stars.mark($0) } == ["***", "**", "**", "*", "*", ""])
        #expect(stars.mark(nil) == "")
        #expect(stars.mark(.nan) == "")
        #expect(stars.note.plainText == "*p < .05. **p < .01. ***p < .001.")
        let own = SignificanceStars(levels: [.init(threshold: 0.005, mark: "**"), .init(threshold: 0.1, mark: "†")])
        #expect(own.note.plainText == "†p < .10. **p < .005.")
        #expect(own.mark(0.004) == "**")
    }
}
