import LinearAlgebra

/// Newton's method with step halving, falling back on the expected curvature where the Hessian is indefinite and on
/// a ridge where that is singular.
///
/// The stopping rule is the Newton decrement ½·gᵀH⁻¹g (Boyd & Vandenberghe 2004, Convex Optimization, 9.5.1), which is
/// free of scale. The step whose decrement is below the tolerance is still taken: convergence is quadratic, so the point
/// returned is far better than the tolerance asks for.
public struct NewtonMinimizer: Sendable {
    /// The largest number of steps.
    public var maximumIterations = 300
    /// The decrement at which to stop.
    public var tolerance = 1e-10

    /// Below this decrement a factored Hessian serves for the next steps too, as long as each lowers the decrement tenfold:
    /// near the minimum it hardly changes, and the gradient alone is cheap. Zero takes a new Hessian at each step.
    public var chordThreshold = 0.0

    /// Memory that minimisations of the same size can share, so that replicates allocate nothing.
    public struct Workspace {
        /// The gradient at the last point whose derivatives were taken.
        public fileprivate(set) var gradient: [Double]
        fileprivate var hessian: [Double]
        fileprivate var factor: [Double]
        fileprivate var direction: [Double]
        fileprivate var trial: [Double]

        /// Makes room for `count` parameters.
        public init(count: Int) {
            gradient = [Double](repeating: 0, count: count)
            hessian = [Double](repeating: 0, count: count * count)
            factor = hessian
            direction = gradient
            trial = gradient
        }
    }

    /// Creates a minimiser with the default limits.
    public init() {}

    /// Moves `point` to a minimum of `objective`.
    ///
    /// - Parameters:
    ///   - objective: the function, whose derivatives are asked for at accepted points only.
    ///   - point: the start, replaced by the end.
    ///   - workspace: memory for as many parameters as `point` has.
    /// - Returns: how it ended; `point` holds the best point found whatever the outcome.
    public func minimize(
        _ objective: inout some Objective, from point: inout [Double], workspace w: inout Workspace
    ) -> ConvergenceReport {
        let count = point.count
        guard var value = objective.value(at: point), value.isFinite else {
            return ConvergenceReport(outcome: .undefinedStart)
        }
        var report = ConvergenceReport(outcome: .iterationLimit, value: value)
        guard count > 0 else {
            report.outcome = .converged
            return report
        }
        var ridge = 0.0
        var hasFactor = false
        while report.iterations < maximumIterations {
            if hasFactor {
                let previous = report.decrement
                objective.gradient(at: point, into: &w.gradient)
                w.solveDirection(count)
                report.decrement = -0.5 * dot(w.gradient, w.direction)
                hasFactor = report.decrement < 0.1 * previous
                if hasFactor {
                    let isLast = report.decrement < tolerance
                    let accepted = lineSearch(
                        &objective, &point, &value, &w, decrement: report.decrement, isLast: isLast)
                    if accepted { report.iterations += 1 }
                    if isLast {
                        report.outcome = .converged
                        report.value = value
                        return report
                    }
                    hasFactor = accepted
                    if accepted { continue }
                    guard objective.value(at: point) != nil else { break }
                }
            }
            var curvature = Curvature.exact
            objective.derivatives(at: point, curvature: .exact, gradient: &w.gradient, hessian: &w.hessian)
            w.copyHessian(count)
            if ridge > 0 || !BLAS.choleskyLower(count, &w.factor) {
                curvature = .expected
                report.expectedSteps += 1
                objective.derivatives(at: point, curvature: .expected, gradient: &w.gradient, hessian: &w.hessian)
            }
            var accepted = false
            while !accepted {
                if curvature == .expected {
                    if ridge > 0 { report.ridgeSteps += 1 }
                    guard w.factorWithRidge(count, &ridge) else { break }
                }
                w.solveDirection(count)
                report.decrement = -0.5 * dot(w.gradient, w.direction)
                // Under a ridge of any size the decrement says little.
                let isLast = report.decrement < tolerance && ridge <= 1e-6
                accepted = lineSearch(&objective, &point, &value, &w, decrement: report.decrement, isLast: isLast)
                if isLast {
                    report.outcome = .converged
                    report.value = value
                    if accepted { report.iterations += 1 }
                    return report
                }
                if !accepted {
                    // A direction that fails although it descends: the quadratic model is wrong at this length.
                    if curvature == .exact {
                        curvature = .expected
                        report.expectedSteps += 1
                        guard objective.value(at: point) != nil else { break }
                        objective.derivatives(
                            at: point, curvature: .expected, gradient: &w.gradient, hessian: &w.hessian)
                    } else {
                        ridge = max(ridge * 10, 1e-4)
                        guard ridge < 1e8 else { break }
                    }
                }
            }
            guard accepted else {
                report.outcome = .stalled
                break
            }
            report.iterations += 1
            hasFactor = curvature == .exact && report.decrement < chordThreshold
            ridge = ridge > 1e-5 ? ridge / 10 : 0
        }
        report.value = value
        // Leave the objective where the point is.
        _ = objective.value(at: point)
        return report
    }

    /// Tries steps of 1, ½, ¼ … along the direction; moves `point` and `value` when one is good enough.
    private func lineSearch(
        _ objective: inout some Objective, _ point: inout [Double], _ value: inout Double, _ w: inout Workspace,
        decrement: Double, isLast: Bool
    ) -> Bool {
        if isLast {
            // The decrease is below what the value could show: the quadratic model says what it is.
            for i in point.indices { w.trial[i] = point[i] + w.direction[i] }
            guard objective.settle(at: w.trial) else {
                _ = objective.value(at: point)
                return false
            }
            swap(&point, &w.trial)
            value -= max(decrement, 0)
            return true
        }
        var length = 1.0
        // Near the minimum the true decrease is lost in rounding: allow for it.
        let rounding = 1e-13 * max(1, abs(value))
        for _ in 0..<40 {
            for i in point.indices { w.trial[i] = point[i] + length * w.direction[i] }
            if let next = objective.value(at: w.trial), next <= value - 2e-4 * length * decrement + rounding {
                swap(&point, &w.trial)
                value = next
                return true
            }
            length *= 0.5
        }
        return false
    }
}

extension NewtonMinimizer.Workspace {
    fileprivate mutating func copyHessian(_ count: Int) {
        hessian.withUnsafeBufferPointer { source in
            factor.withUnsafeMutableBufferPointer { target in _ = target.update(from: source) }
        }
    }

    /// Factors the curvature plus `ridge` times its diagonal, raising the ridge until that succeeds.
    fileprivate mutating func factorWithRidge(_ count: Int, _ ridge: inout Double) -> Bool {
        var largest = 0.0
        for i in 0..<count { largest = max(largest, abs(hessian[i + i * count])) }
        guard largest.isFinite else { return false }
        while true {
            copyHessian(count)
            if ridge > 0 {
                for i in 0..<count {
                    // A parameter without any curvature still needs something to divide by.
                    factor[i + i * count] += ridge * max(abs(hessian[i + i * count]), 1e-8 * largest, 1e-300)
                }
            }
            if BLAS.choleskyLower(count, &factor) { return true }
            ridge = max(ridge * 10, 1e-8)
            guard ridge < 1e8 else { return false }
        }
    }

    fileprivate mutating func solveDirection(_ count: Int) {
        for i in 0..<count { direction[i] = -gradient[i] }
        BLAS.solveCholeskyLower(count, factor, 1, &direction)
    }
}
