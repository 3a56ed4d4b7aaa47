/// How much a search may list and how long it may go on, so that no truth table leads to an endless wait.
///
/// The effort is counted in elementary steps, not timed, so that a result never depends on the machine.
public struct MinimizationLimits: Sendable, Hashable {
    /// The number of models that are listed.
    public var models: Int
    /// The number of elementary steps, some 10⁹ a second, after which a search ends with what is proven so far.
    public var effort: Int

    /// Limits.
    ///
    /// - Parameters:
    ///   - models: The number of models that are listed.
    ///   - effort: The number of elementary steps of each search; some five seconds for the default.
    public init(models: Int = 10_000, effort: Int = 5_000_000_000) {
        self.models = models
        self.effort = effort
    }
}
