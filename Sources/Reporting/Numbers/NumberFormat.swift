import Probability

/// How a figure is written, after the seventh edition of the Publication Manual of the American Psychological
/// Association (APA, 2020, sections 6.36 and 6.44).
public enum NumberFormat: Sendable, Equatable, Hashable {
    /// A whole number: counts, degrees of freedom.
    case integer
    /// A fixed number of decimals with a zero before the point: means, regression weights, χ².
    case fixed(Int)
    /// A statistic that cannot leave −1…1, written without a zero before the point: r, α, ω, AVE, loadings, R².
    case bounded(Int)
    /// A proportion written as a percentage: 0.2381 with two decimals is "23.81%".
    case percent(Int)
    /// A probability: three decimals, "< .001" below, "> .999" above.
    case probability

    /// What stands for a figure that does not exist.
    public static let notAvailable = "–"

    /// The text of a figure.
    ///
    /// - Parameters:
    ///   - value: The figure; `nil` and not-a-number are written "–", infinities "∞".
    ///   - minus: The sign of negative numbers.
    public func string(_ value: Double?, minus: MinusSign = .typographic) -> String {
        guard let value, !value.isNaN else { return Self.notAvailable }
        guard value.isFinite else { return value < 0 ? minus.rawValue + "∞" : "∞" }
        let text =
            switch self {
            case .integer: value.fixed(0)
            case .fixed(let decimals): value.fixed(decimals)
            case .bounded(let decimals): Self.withoutLeadingZero(value.fixed(decimals))
            case .percent(let decimals): (100 * value).fixed(decimals) + "%"
            case .probability: Self.probabilityText(value)
            }
        guard text.hasPrefix("-") else { return text }
        return minus.rawValue + text.dropFirst()
    }

    /// A probability as it stands in running text after its letter: "= .023", "< .001".
    public static func probabilityStatement(_ value: Double?) -> String {
        let text = NumberFormat.probability.string(value)
        return text.hasPrefix("<") || text.hasPrefix(">") ? text : "= " + text
    }

    private static func probabilityText(_ value: Double) -> String {
        if value < 0.001 { return "< .001" }
        // A probability that would round to one is never printed as certainty.
        if value >= 0.9995 { return "> .999" }
        return withoutLeadingZero(value.fixed(3))
    }

    private static func withoutLeadingZero(_ text: String) -> String {
        if text.hasPrefix("0.") { return String(text.dropFirst()) }
        if text.hasPrefix("-0.") { return "-" + text.dropFirst(2) }
        return text
    }
}

/// The sign that stands before a negative number.
public enum MinusSign: String, Sendable {
    /// U+2212, as wide as a plus sign: for pages and figures.
    case typographic = "\u{2212}"
    /// The hyphen of keyboards: for terminals and files that programs read.
    case hyphen = "-"
}
