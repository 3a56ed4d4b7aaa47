/// The range within which condition and outcome can lie; an end that is not given is the smallest or largest value.
public struct NecessityScope: Sendable, Hashable {
    /// The smallest possible value of the condition.
    public var conditionMinimum: Double?
    /// The largest possible value of the condition.
    public var conditionMaximum: Double?
    /// The smallest possible value of the outcome.
    public var outcomeMinimum: Double?
    /// The largest possible value of the outcome.
    public var outcomeMaximum: Double?

    /// The empirical scope: everything from the data.
    public static let empirical = NecessityScope()

    /// A scope, theoretical where an end is given.
    public init(
        conditionMinimum: Double? = nil, conditionMaximum: Double? = nil, outcomeMinimum: Double? = nil,
        outcomeMaximum: Double? = nil
    ) {
        self.conditionMinimum = conditionMinimum
        self.conditionMaximum = conditionMaximum
        self.outcomeMinimum = outcomeMinimum
        self.outcomeMaximum = outcomeMaximum
    }
}

/// How a necessary condition analysis is carried out.
public struct NecessaryConditionOptions: Sendable, Hashable {
    /// The ceilings to draw.
    public var ceilings: [CeilingTechnique]
    /// The corner that is expected to be empty.
    public var corner: NecessityCorner
    /// The range of condition and outcome.
    public var scope: NecessityScope
    /// The number of random permutations of the test; 0 for no test.
    public var permutations: Int
    /// The seed of the permutations.
    public var seed: UInt64
    /// The confidence of the accuracy of the p value.
    public var confidence: Double
    /// The level of the threshold of the effect size.
    public var significance: Double
    /// The number of threads; results do not depend on it.
    public var threads: Int

    /// Options.
    public init(
        ceilings: [CeilingTechnique] = [.stepFreeDisposal, .regressionFreeDisposal],
        corner: NecessityCorner = .upperLeft, scope: NecessityScope = .empirical, permutations: Int = 0,
        seed: UInt64 = 1, confidence: Double = 0.95, significance: Double = 0.05, threads: Int = 1
    ) {
        self.ceilings = ceilings
        self.corner = corner
        self.scope = scope
        self.permutations = permutations
        self.seed = seed
        self.confidence = confidence
        self.significance = significance
        self.threads = threads
    }
}
