/// Atomic formulas of several outcomes that hold together: a causal model with common causes, chains, or both (a complex
/// solution formula, csf).
public struct ComplexFormula: Sendable, Hashable {
    /// What makes a cycle.
    public enum CycleType: String, Sendable, Hashable, CaseIterable {
        /// A factor that is, over others, a cause of itself, whatever the values.
        case factor
        /// A value of a factor that is, over others, a cause of itself.
        case value
    }

    /// The atomic formulas, in the order of the outcomes.
    public let formulas: [AtomicFormula]
    /// The lowest sufficiency measure of the atomic formulas.
    public let consistency: Double
    /// The lowest necessity measure of the atomic formulas.
    public let coverage: Double
    /// How far the cases in which one atomic formula holds are those in which the others hold; 1 if no two atomic
    /// formulas share a factor.
    public let coherence: Double?
    /// The share of the configurations that the formula allows that some case shows; nil if there are too many.
    public let exhaustiveness: Double?
    /// The share of the configurations that cases show that the formula allows; nil if there are too many.
    public let faithfulness: Double?
    /// Whether a factor, or a value, is a cause of itself.
    public let isCyclic: Bool
    /// Whether nothing can be left out whatever the data: no atomic formula follows from the others (structural
    /// redundancy), no value or conjunction is superfluous given the whole (partial structural redundancy), and no
    /// factor is constant; nil if there are too many configurations.
    public let isINUS: Bool?

    /// A formula from its figures.
    public init(
        formulas: [AtomicFormula], consistency: Double, coverage: Double, coherence: Double?, exhaustiveness: Double?,
        faithfulness: Double?, isCyclic: Bool, isINUS: Bool?
    ) {
        self.formulas = formulas
        self.consistency = consistency
        self.coverage = coverage
        self.coherence = coherence
        self.exhaustiveness = exhaustiveness
        self.faithfulness = faithfulness
        self.isCyclic = isCyclic
        self.isINUS = isINUS
    }

    /// The number of values, the outcomes not counted.
    public var complexity: Int { formulas.reduce(0) { $0 + $1.complexity } }

    /// What causes what.
    public var graph: CausalGraph { CausalGraph(formulas) }
}

extension ComplexFormula: CustomStringConvertible {
    /// The formula as it is written: `(A + B <-> C)*(C*~D <-> E)`.
    public var description: String {
        formulas.count == 1
            ? formulas[0].description : formulas.map { "(\($0))" }.joined(separator: "*")
    }
}
