/// How a minimisation ended.
public struct ConvergenceReport: Sendable, Hashable, Codable {
    /// The reason for stopping.
    public enum Outcome: String, Sendable, Hashable, Codable {
        /// The Newton decrement fell below the tolerance.
        case converged
        /// The objective has no value at the starting point.
        case undefinedStart
        /// No step along any descent direction lowered the objective further.
        case stalled
        /// The iteration limit was reached.
        case iterationLimit
    }

    /// The reason for stopping.
    public var outcome: Outcome
    /// The number of steps taken.
    public var iterations: Int
    /// The number of steps for which the exact Hessian was not positive definite and the expected one was used.
    public var expectedSteps: Int
    /// The number of steps that needed a ridge on the diagonal of the curvature.
    public var ridgeSteps: Int
    /// Half the squared Newton decrement, ½·gᵀH⁻¹g, at the last point whose derivatives were taken: the decrease of
    /// the objective that a quadratic model still expects. It does not depend on the scale of any parameter.
    public var decrement: Double
    /// The objective at the end.
    public var value: Double

    /// A report of no steps.
    public init(outcome: Outcome, value: Double = .infinity, decrement: Double = .infinity) {
        self.outcome = outcome
        self.value = value
        self.decrement = decrement
        iterations = 0
        expectedSteps = 0
        ridgeSteps = 0
    }

    /// Whether the minimiser reports a minimum.
    public var hasConverged: Bool { outcome == .converged }
}
