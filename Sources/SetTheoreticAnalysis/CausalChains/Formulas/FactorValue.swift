/// A factor taking a value: what causes and effects are in a coincidence analysis.
public struct FactorValue: Sendable, Hashable {
    /// The name of the factor.
    public let factor: String
    /// The level: 1 for presence and 0 for absence of a crisp or fuzzy set.
    public let level: Int
    /// Whether values are written `A[1]`, as they are when some factor has more than two levels.
    public let isMultiValue: Bool

    /// A factor and its level.
    public init(factor: String, level: Int, isMultiValue: Bool = false) {
        self.factor = factor
        self.level = level
        self.isMultiValue = isMultiValue
    }

    /// The value as an expression: `A`, `~A` or `A[2]`.
    public var expression: SetExpression {
        if isMultiValue { return .set(factor, levels: [level]) }
        return level == 0 ? .not(.set(factor, levels: nil)) : .set(factor, levels: nil)
    }
}

extension FactorValue: CustomStringConvertible {
    /// The value as it is written: `A`, `~A` or `A[2]`.
    public var description: String { expression.notation }
}

extension SetExpression {
    /// The conjunction of values.
    init(conjunctionOf values: [FactorValue]) { self = .conjunction(values.map(\.expression)) }

    /// The disjunction of conjunctions of values.
    init(disjunctionOf disjuncts: [[FactorValue]]) {
        self = .disjunction(disjuncts.map { SetExpression(conjunctionOf: $0) })
    }
}
