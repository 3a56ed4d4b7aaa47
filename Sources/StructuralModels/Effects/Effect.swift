/// The effect of one variable on another along the regressions of a model.
public struct Effect: Sendable, Hashable, Codable {
    /// The part of the influence that is meant.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// The path from cause to effect itself.
        case direct
        /// The product of the paths along one chain.
        case specificIndirect
        /// All but the direct path.
        case totalIndirect
        /// Direct and indirect together.
        case total
    }

    /// The part of the influence that is meant.
    public var kind: Kind
    /// The variables from cause to effect; for totals these two only.
    public var chain: [String]
    /// The effect in the variables' own units.
    public var raw: Inference
    /// The effect in units of standard deviations; nil where a variance is not positive.
    public var stdAll: Inference?

    /// The cause.
    public var cause: String { chain.first ?? "" }
    /// The effect.
    public var outcome: String { chain.last ?? "" }
    /// The chain with arrows: `IL → KM → EI`.
    public var text: String { chain.joined(separator: " → ") }
}
