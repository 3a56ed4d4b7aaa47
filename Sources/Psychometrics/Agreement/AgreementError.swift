/// Why the agreement of raters within groups cannot be judged.
public enum AgreementError: Error, Equatable, CustomStringConvertible {
    /// There is no item.
    case noItems
    /// A response scale has at least two options.
    case tooFewOptions(Int)
    /// The variance of the null distribution is not known for this number of response options, or is not positive.
    case unknownNullVariance(NullDistribution, options: Int)
    /// The answers to an item are further apart than the response options allow.
    case answersBeyondScale(item: String, smallest: Double, largest: Double, options: Int)
    /// No group has two members with complete answers.
    case noComparableGroup

    /// A sentence that says what is wrong and what to do about it.
    public var description: String {
        switch self {
        case .noItems: "agreement needs at least one item; name the items of the scale"
        case .tooFewOptions(let options):
            "a response scale with \(options) options has nothing to agree on; give the number of answers to choose "
                + "from, such as 5 or 7"
        case .unknownNullVariance(let distribution, let options):
            "there is no variance of a \(distribution.title) null distribution with \(options) response options "
                + "(LeBreton & Senter, 2008, give those of 5 and 7); use the uniform one, or give a positive variance"
        case .answersBeyondScale(let item, let smallest, let largest, let options):
            "\(item): answers go from \(smallest) to \(largest), which \(options) response options do not span; check "
                + "for wrong codes, or give the right number of options"
        case .noComparableGroup:
            "no group has two members who answered every item, so that there is no agreement to judge; check the "
                + "variable that forms the groups"
        }
    }
}
