/// A disjunction of minimally sufficient conditions that is necessary for an outcome, and no part of which is (an atomic
/// solution formula, asf).
public struct AtomicFormula: Sendable, Hashable {
    /// The conjunctions, each sufficient.
    public let disjuncts: [[FactorValue]]
    /// What the disjunction is sufficient and necessary for.
    public let outcome: FactorValue
    /// The measure of sufficiency of the disjunction.
    public let consistency: Double
    /// The measure of necessity of the disjunction.
    public let coverage: Double
    /// The share of the configurations that the formula allows that some case shows; nil if there are too many.
    public let exhaustiveness: Double?
    /// The share of the configurations that cases show that the formula allows; nil if there are too many.
    public let faithfulness: Double?
    /// Whether no value and no conjunction can be left out whatever the data, so that each is an insufficient but
    /// necessary part of an unnecessary but sufficient condition (Mackie 1974); nil if there are too many
    /// configurations.
    public let isINUS: Bool?

    /// A formula from its figures.
    public init(
        disjuncts: [[FactorValue]], outcome: FactorValue, consistency: Double, coverage: Double,
        exhaustiveness: Double?, faithfulness: Double?, isINUS: Bool?
    ) {
        self.disjuncts = disjuncts
        self.outcome = outcome
        self.consistency = consistency
        self.coverage = coverage
        self.exhaustiveness = exhaustiveness
        self.faithfulness = faithfulness
        self.isINUS = isINUS
    }

    /// The number of values, the outcome not counted.
    public var complexity: Int { disjuncts.reduce(0) { $0 + $1.count } }

    /// The disjunction.
    public var expression: SetExpression { SetExpression(disjunctionOf: disjuncts) }
}

extension AtomicFormula: CustomStringConvertible {
    /// The formula as it is written: `A*~B + C <-> D`.
    public var description: String { "\(expression.notation) <-> \(outcome)" }
}
