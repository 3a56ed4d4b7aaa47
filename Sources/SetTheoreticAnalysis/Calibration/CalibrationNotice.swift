/// What should be looked at after a calibration.
public enum CalibrationNotice: Sendable, Hashable {
    /// Cases with a membership of 0.5 belong to no configuration.
    case halfMemberships([String])
    /// Cases without a raw value.
    case missing([String])
    /// Fewer than 20 % or more than 80 % of the cases are in the set (Oana, Schneider & Thomann 2021, chapter 2).
    case skewed(shareInSet: Double)
    /// More than 15 % of the cases have the highest raw value (Terwee et al. 2007).
    case ceiling(share: Double)
    /// More than 15 % of the cases have the lowest raw value.
    case floor(share: Double)
    /// No raw value reaches an anchor.
    case anchorOutsideData(name: String, value: Double, lowest: Double, highest: Double)
    /// Anchors were computed from the data.
    case percentileAnchors
    /// Rounding made memberships 0.5 that were not.
    case roundedToHalf([String])
    /// The regression of the indirect method did not converge.
    case notConverged
    /// Memberships of the indirect method do not rise with the raw values.
    case notMonotone
}

extension CalibrationNotice: CustomStringConvertible {
    /// What was found and what it means.
    public var description: String {
        switch self {
        case .halfMemberships(let cases):
            "exactly 0.5: \(Self.list(cases)); such a case is neither in nor out of the set and belongs to no "
                + "configuration: move the crossover to a value that no case has"
        case .missing(let cases):
            "no raw value: \(Self.list(cases)); the analysis takes complete cases only"
        case .skewed(let share):
            "\(Self.percent(share)) of the cases are in the set: with fewer than 20 % or more than 80 %, fit measures "
                + "are high for nearly any statement and for its opposite"
        case .ceiling(let share):
            "\(Self.percent(share)) of the cases have the highest raw value: the scale does not tell them apart"
        case .floor(let share):
            "\(Self.percent(share)) of the cases have the lowest raw value: the scale does not tell them apart"
        case .anchorOutsideData(let name, let value, let lowest, let highest):
            "\(name) (\(shortNumber(value))) lies outside the data, which run from \(shortNumber(lowest)) to "
                + "\(shortNumber(highest))"
        case .percentileAnchors:
            "the anchors are percentiles of this sample: they say where a case stands among the others, not whether it "
                + "is in the set; use external criteria where there are any"
        case .roundedToHalf(let cases):
            "rounding made the membership of \(Self.list(cases)) exactly 0.5: do not round, or move the crossover"
        case .notConverged:
            "the regression of the indirect method did not converge: the groups are separated completely, or there are "
                + "too few values; use the direct method"
        case .notMonotone:
            "memberships of the indirect method fall somewhere while raw values rise: use fewer groups or the direct "
                + "method"
        }
    }

    private static func list(_ cases: [String]) -> String {
        cases.prefix(10).map { "`\($0)`" }.joined(separator: ", ")
            + (cases.count > 10 ? " and \(cases.count - 10) more" : "")
    }

    private static func percent(_ share: Double) -> String { "\(shortNumber((share * 1000).rounded() / 10)) %" }
}
