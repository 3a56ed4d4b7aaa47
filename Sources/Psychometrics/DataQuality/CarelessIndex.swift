/// An index of careless responding: what it is, where it is cut, and why there.
public enum CarelessIndex: String, Sendable, Codable, CaseIterable {
    /// The longest run of the same answer.
    case longestString = "longstring"
    /// The mean length of runs of the same answer.
    case averageString = "average string"
    /// The standard deviation of a case's answers.
    case variability = "irv"
    /// Mahalanobis' distance.
    case mahalanobis
    /// The even–odd consistency.
    case evenOdd = "even-odd"
    /// The consistency over pairs of items that correlate highly.
    case synonyms
    /// The consistency over pairs of items that correlate highly and negatively.
    case antonyms
    /// Seconds per item.
    case time
    /// Failed attention checks.
    case attention
    /// The same answers as another case.
    case duplicate
    /// The largest share of answers in common with another case.
    case match
    /// The share of missing answers.
    case missing

    /// Its name in tables.
    public var title: String {
        switch self {
        case .longestString: "Longest string"
        case .averageString: "Average string"
        case .variability: "Response variability (IRV)"
        case .mahalanobis: "Mahalanobis D²"
        case .evenOdd: "Even–odd consistency"
        case .synonyms: "Psychometric synonyms"
        case .antonyms: "Psychometric antonyms"
        case .time: "Seconds per item"
        case .attention: "Failed attention checks"
        case .duplicate: "Identical cases"
        case .match: "Percent match"
        case .missing: "Share missing"
        }
    }

    /// Whether low values are suspicious.
    public var flagsLowValues: Bool {
        switch self {
        case .variability, .evenOdd, .synonyms, .time: true
        default: false
        }
    }

    /// Whether a value at the threshold itself is flagged.
    public var includesThreshold: Bool {
        switch self {
        case .longestString, .averageString, .attention, .duplicate, .match: true
        default: false
        }
    }

    /// The source of the threshold that is taken unless another is given.
    public var source: String {
        switch self {
        case .longestString: "half of the items; Curran (2016)"
        case .averageString: "no accepted threshold; Meade and Craig (2012)"
        case .variability: "two standard deviations below the mean, a convention; Dunn et al. (2018)"
        case .mahalanobis: "p < .001 by χ²; Meade and Craig (2012)"
        case .evenOdd: "Jackson (1976), in Johnson (2005)"
        case .synonyms: "against the direction of the pairs, a convention; Meade and Craig (2012)"
        case .antonyms: "Goldberg, in Johnson (2005)"
        case .time: "Huang et al. (2012)"
        case .attention: "any failed check; Meade and Craig (2012)"
        case .duplicate: "identical in all items"
        case .match: "Kuriakose and Robbins (2016)"
        case .missing: "more than half, a convention"
        }
    }

    /// What is wrong with a threshold; nil when nothing is.
    public func fault(ofThreshold threshold: Double) -> String? {
        let most: Double? =
            switch self {
            case .mahalanobis, .match, .missing: 1
            case .evenOdd, .synonyms, .antonyms: 1
            default: nil
            }
        let least = [.evenOdd, .synonyms, .antonyms].contains(self) ? -1.0 : 0
        guard threshold.isFinite, threshold >= least, threshold <= most ?? .infinity else {
            return "the threshold of \(rawValue) is \(threshold), but must be a number "
                + (most.map { "from \(Int(least)) to \(Int($0))" } ?? "of 0 or more")
                + (self == .mahalanobis ? ", the probability below which a distance is flagged" : "")
        }
        return nil
    }

    /// Whether a value is flagged at a threshold.
    public func flags(_ value: Double, at threshold: Double) -> Bool {
        if includesThreshold, value == threshold { return true }
        return flagsLowValues ? value < threshold : value > threshold
    }
}
