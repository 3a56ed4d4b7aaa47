/// How raters would answer who do not agree at all: the yardstick of ``WithinGroupAgreement``.
///
/// The variances of the skewed distributions are those of LeBreton & Senter (2008, Organizational Research Methods 11,
/// table 2), which exist for five and seven response options.
public enum NullDistribution: Sendable, Codable, Hashable {
    /// Every option is as likely as any other: variance (A² − 1)/12 (James, Demaree & Wolf 1984).
    case uniform
    /// Answers lean a little to one end of the scale: 1.34 for five options, 2.90 for seven.
    case slightSkew
    /// Answers lean to one end of the scale: .90 for five options, 2.14 for seven.
    case moderateSkew
    /// Answers crowd at one end of the scale: .44 for five options, 1.39 for seven.
    case heavySkew
    /// Any other distribution, by its variance.
    case variance(Double)

    /// The variance σ²ᴇᴜ with so many response options; nil when it is not known or not positive.
    public func variance(options: Int) -> Double? {
        guard options > 1 else { return nil }
        let skewed: (five: Double, seven: Double)
        switch self {
        case .uniform: return (Double(options) * Double(options) - 1) / 12
        case .slightSkew: skewed = (1.34, 2.90)
        case .moderateSkew: skewed = (0.90, 2.14)
        case .heavySkew: skewed = (0.44, 1.39)
        case .variance(let value): return value > 0 && value < .infinity ? value : nil
        }
        return options == 5 ? skewed.five : options == 7 ? skewed.seven : nil
    }

    /// The distribution in words.
    public var title: String {
        switch self {
        case .uniform: "uniform"
        case .slightSkew: "slightly skewed"
        case .moderateSkew: "moderately skewed"
        case .heavySkew: "heavily skewed"
        case .variance: "given variance"
        }
    }
}
