import Probability

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A figure as it is printed, with the decimals that it was printed with.
///
/// `0.50` and `.5` are different statements: the first stands for values from 0.495 to 0.505, the second for 0.45 to 0.55.
public struct PrintedNumber: Sendable, Hashable {
    /// What a sign before the figure says of it.
    public enum Relation: String, Sendable, Hashable {
        /// No sign, or `=`: rounded.
        case equal = "="
        /// `<`, `≤`: no more than this.
        case less = "<"
        /// `>`, `≥`: no less than this.
        case greater = ">"
    }

    /// The figure as it stands there, blanks trimmed: `.513`, `10.92%`, `< .001`.
    public let text: String
    /// Its value; of a percentage the hundredth part.
    public let value: Double
    /// How many digits stand after the decimal point.
    public let decimals: Int
    /// Whether a per-cent sign stands behind it.
    public let isPercentage: Bool
    /// What the sign before it says.
    public let relation: Relation

    /// The values that round to what is printed (rounding half up and half to even alike, so that both ends belong to it).
    public var interval: Interval {
        switch relation {
        case .equal: Interval(value - halfUnit, value + halfUnit)
        case .less: Interval(-.infinity, value)
        case .greater: Interval(value, .infinity)
        }
    }

    /// Half a unit of the last printed digit.
    public var halfUnit: Double { 0.5 * pow(10, -Double(decimals)) * (isPercentage ? 0.01 : 1) }

    /// Whether it is a whole number, printed without decimals.
    public var isWhole: Bool { decimals == 0 && !isPercentage && relation == .equal }

    /// The same figure in a column whose head says that it holds percentages: 23.81 is 0.2381.
    public var asPercentage: PrintedNumber {
        isPercentage
            ? self
            : PrintedNumber(text: text, value: value / 100, decimals: decimals, isPercentage: true, relation: relation)
    }

    private init(text: String, value: Double, decimals: Int, isPercentage: Bool, relation: Relation) {
        self.text = text
        self.value = value
        self.decimals = decimals
        self.isPercentage = isPercentage
        self.relation = relation
    }

    /// A whole number.
    public init(_ count: Int) {
        self.init(text: String(count), value: Double(count), decimals: 0, isPercentage: false, relation: .equal)
    }

    /// A value that is printed with some decimals.
    public init(_ value: Double, decimals: Int) {
        let text = value.fixed(decimals)
        self.init(
            text: text, value: Double(text) ?? value, decimals: decimals, isPercentage: false, relation: .equal)
    }

    /// Reads a figure: digits with at most one decimal point, a sign (also − and –), thousands separated by commas or blanks that
    /// stand three digits apart, `%` behind it, one of `= < > ≤ ≥` before it.
    ///
    /// - Throws: ``PrintedNumberFault`` if it is none.
    public init(_ printed: some StringProtocol) throws(PrintedNumberFault) {
        let text = trimmed(printed)
        guard !text.isEmpty else { throw .empty }
        var rest = Substring(text)
        var relation = Relation.equal
        if let first = rest.first, let sign = Self.relations[first] {
            relation = sign
            rest = rest.dropFirst()
            if rest.first == "=" { rest = rest.dropFirst() }
        }
        rest = rest.drop { $0.isWhitespace }
        var isPercentage = false
        if rest.last == "%" || rest.last == "％" {
            isPercentage = true
            rest = rest.dropLast()
            while rest.last?.isWhitespace == true { rest = rest.dropLast() }
        }
        var isNegative = false
        if let first = rest.first, "-−–‐‑+".contains(first) {
            isNegative = first != "+"
            rest = rest.dropFirst().drop { $0.isWhitespace }
        }
        let digits = try Self.digits(of: String(rest), in: text)
        guard let magnitude = Double(digits.hasPrefix(".") ? "0" + digits : digits), magnitude.isFinite else {
            throw .notANumber(text)
        }
        let decimals = digits.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first?.count ?? 0
        guard decimals <= 15 else { throw .tooManyDecimals(text) }
        let value = isNegative ? -magnitude : magnitude
        self.init(
            text: text, value: isPercentage ? value / 100 : value, decimals: decimals, isPercentage: isPercentage,
            relation: relation)
    }

    private static let relations: [Character: Relation] = [
        "=": .equal, "<": .less, "≤": .less, ">": .greater, "≥": .greater, "＜": .less, "＞": .greater,
    ]

    /// The digits and the point, separators of thousands removed.
    private static func digits(of text: String, in printed: String) throws(PrintedNumberFault) -> String {
        guard text.contains(where: { "0123456789".contains($0) }) else { throw .notANumber(printed) }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2 else { throw .twoDecimalPoints(printed) }
        let groups = parts[0].split(omittingEmptySubsequences: false) { $0 == "," || $0.isWhitespace }
        if groups.count > 1 {
            let isDecimalComma = parts.count == 1 && groups.count == 2 && groups[1].count != 3
            guard !isDecimalComma else { throw .decimalComma(printed) }
            guard (1...3).contains(groups[0].count), groups.dropFirst().allSatisfy({ $0.count == 3 }) else {
                throw .notANumber(printed)
            }
        }
        let whole = groups.joined()
        let fraction = parts.count == 2 ? String(parts[1]) : ""
        guard (whole + fraction).allSatisfy({ "0123456789".contains($0) }) else { throw .notANumber(printed) }
        return parts.count == 2 ? whole + "." + fraction : whole
    }
}

/// Why a text is not a printed figure.
public enum PrintedNumberFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// Nothing stands there.
    case empty
    /// It is not a number.
    case notANumber(String)
    /// It has two decimal points.
    case twoDecimalPoints(String)
    /// It has a comma for the decimal point.
    case decimalComma(String)
    /// It has more decimals than any figure.
    case tooManyDecimals(String)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .empty: "nothing is printed here; write the figure, or `-` for an empty cell"
        case .notANumber(let text):
            "`\(text)` is not a number; write digits with one decimal point, such as 0.513 or -.07"
        case .twoDecimalPoints(let text):
            "`\(text)` has two decimal points; look in the paper which of them is meant, or whether two figures run together"
        case .decimalComma(let text): "`\(text)` has a decimal comma; write a point"
        case .tooManyDecimals(let text): "`\(text)` has more than 15 decimals; write the figure as it is printed"
        }
    }
}

/// A text without the blanks at its ends.
func trimmed(_ text: some StringProtocol) -> String {
    let start = text.drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
}
