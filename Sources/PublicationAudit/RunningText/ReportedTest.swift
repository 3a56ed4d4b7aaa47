/// A test that a text reports: a statistic, its degrees of freedom, and p.
struct ReportedTest: Hashable {
    /// The statistic.
    enum Statistic: String, Hashable {
        case t, r, z
        case f = "F"
        case q = "Q"
        case h = "H"
        case chiSquared = "χ²"
        case gSquared = "G²"
    }

    /// The p value.
    enum Probability: Hashable {
        case number(PrintedNumber)
        /// `ns`.
        case notSignificant

        /// As it is printed.
        var text: String {
            switch self {
            case .number(let number):
                number.relation == .equal
                    ? "p = \(number.text)" : "p \(number.text.first.map(String.init) ?? "<") \(number.digits)"
            case .notSignificant: "ns"
            }
        }
    }

    /// Which statistic.
    let statistic: Statistic
    /// Degrees of freedom: of F two, of z none, of t none if they are not printed.
    let degreesOfFreedom: [PrintedNumber]
    /// The value, with the sign before it if it is not `=`.
    let value: PrintedNumber
    /// The p value.
    let probability: Probability
    /// Where it stands among the folded signs.
    let range: Range<Int>
}

extension PrintedNumber {
    /// The figure without a sign of relation before it.
    var digits: String {
        trimmed(text.drop { "=<>≤≥＜＞ ".contains($0) })
    }
}
