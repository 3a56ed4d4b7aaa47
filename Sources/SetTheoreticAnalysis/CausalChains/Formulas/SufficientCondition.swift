/// A conjunction that is sufficient for an outcome, and no part of which is (a minimally sufficient condition, msc).
public struct SufficientCondition: Sendable, Hashable {
    /// The values that together are sufficient.
    public let values: [FactorValue]
    /// What they are sufficient for.
    public let outcome: FactorValue
    /// The measure of sufficiency.
    public let consistency: Double
    /// The measure of necessity; nil where its denominator is zero.
    public let coverage: Double?

    /// A condition from its figures.
    public init(values: [FactorValue], outcome: FactorValue, consistency: Double, coverage: Double?) {
        self.values = values
        self.outcome = outcome
        self.consistency = consistency
        self.coverage = coverage
    }

    /// The number of values.
    public var complexity: Int { values.count }

    /// The conjunction.
    public var expression: SetExpression { SetExpression(conjunctionOf: values) }
}

extension SufficientCondition: CustomStringConvertible {
    /// The condition as it is written: `A*~B -> C`.
    public var description: String { "\(expression.notation) -> \(outcome)" }
}
