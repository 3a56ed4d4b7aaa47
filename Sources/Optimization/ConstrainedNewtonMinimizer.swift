import LinearAlgebra

/// Newton's method on the Lagrangian for a minimum under equality constraints, linear or not, in the null space of
/// their Jacobian (sequential quadratic programming; Nocedal & Wright 2006, Numerical Optimization, 18.1–18.3).
public struct ConstrainedNewtonMinimizer: Sendable {
    /// The largest number of steps.
    public var maximumIterations = 500
    /// The reduced Newton decrement at which to stop.
    public var tolerance = 1e-10
    /// The largest violation of a constraint at which to stop.
    public var feasibility = 1e-9

    /// The outcome of a constrained minimisation.
    public struct Solution: Sendable {
        /// How it ended.
        public var report: ConvergenceReport
        /// The Lagrange multipliers λ of L = f + λᵀh.
        public var multipliers: [Double]
        /// The gradient of the objective alone.
        public var gradient: [Double]
    }

    /// Creates a minimiser with the default limits.
    public init() {}

    /// Moves `point` to a minimum of `objective` at which all of `constraints` hold.
    public func minimize(
        _ objective: inout some Objective, subjectTo constraints: some EqualityConstraints, from point: inout [Double]
    ) -> Solution {
        let count = point.count
        var gradient = [Double](repeating: 0, count: count)
        var hessian = [Double](repeating: 0, count: count * count)
        var multipliers = [Double](repeating: 0, count: constraints.count)
        guard var value = objective.value(at: point), value.isFinite else {
            return Solution(
                report: ConvergenceReport(outcome: .undefinedStart), multipliers: multipliers, gradient: gradient)
        }
        var report = ConvergenceReport(outcome: .iterationLimit, value: value)
        var penalty = 1.0

        while report.iterations < maximumIterations {
            let (h, jacobianRows) = constraints.evaluate(at: point)
            guard h.allSatisfy(\.isFinite), jacobianRows.allSatisfy({ $0.allSatisfy(\.isFinite) }) else {
                report.outcome = .stalled
                break
            }
            // With its own shape, so that no constraint at all is still a matrix of `count` columns.
            let jacobian = Matrix(rows: jacobianRows.count, columns: count) { jacobianRows[$0][$1] }
            let basis = OrthogonalBasis(jacobian)
            objective.derivatives(at: point, curvature: .exact, gradient: &gradient, hessian: &hessian)
            multipliers = Self.multipliers(jacobian, basis, gradient)
            constraints.addHessian(at: point, multipliers: multipliers, to: &hessian)

            let normal = Self.normalStep(jacobian, basis, h)
            var step = Self.step(hessian, gradient, basis.nullSpace, normal, ridge: nil)
            if step == nil {
                report.expectedSteps += 1
                objective.derivatives(at: point, curvature: .expected, gradient: &gradient, hessian: &hessian)
                var ridge: Double? = nil
                while step == nil, (ridge ?? 0) < 1e8 {
                    step = Self.step(hessian, gradient, basis.nullSpace, normal, ridge: ridge)
                    if step == nil {
                        ridge = max((ridge ?? 0) * 10, 1e-8)
                        report.ridgeSteps += 1
                    }
                }
            }
            guard let (direction, decrement) = step else {
                report.outcome = .stalled
                break
            }
            report.decrement = decrement
            let violation = h.reduce(0) { $0 + abs($1) }
            let isLast = decrement < tolerance && violation < feasibility
            penalty = max(penalty, 2 * (multipliers.map(abs).max() ?? 0))
            if violation > feasibility {
                // Enough for the step to be downhill although the objective rises along it (Nocedal & Wright 2006, 18.36).
                let curvature = Self.curvature(hessian, along: direction)
                penalty = max(penalty, 2 * (dot(gradient, direction) + 0.5 * max(curvature, 0)) / violation)
            }

            // ℓ₁ merit function, with the second-order remainder of the constraints left to the next step.
            let slope = dot(gradient, direction) - penalty * violation
            var length = 1.0
            var accepted = false
            let merit = value + penalty * violation
            for _ in 0..<40 {
                let trial = zip(point, direction).map { $0 + length * $1 }
                if let next = objective.value(at: trial) {
                    let trialViolation = constraints.evaluate(at: trial).values.reduce(0) { $0 + abs($1) }
                    let rounding = 1e-12 * max(1, abs(merit))
                    if next + penalty * trialViolation <= merit + 1e-4 * length * min(slope, 0) + rounding {
                        point = trial
                        value = next
                        accepted = true
                        break
                    }
                }
                if isLast { break }
                length *= 0.5
            }
            if accepted { report.iterations += 1 } else { _ = objective.value(at: point) }
            if isLast {
                report.outcome = .converged
                break
            }
            guard accepted else {
                report.outcome = .stalled
                break
            }
        }
        report.value = value
        return Solution(report: report, multipliers: multipliers, gradient: gradient)
    }

    /// dᵀHd, of which H has its lower triangle.
    private static func curvature(_ hessian: [Double], along d: [Double]) -> Double {
        var result = 0.0
        for j in d.indices {
            for i in j..<d.count { result += (i == j ? 1 : 2) * hessian[i + j * d.count] * d[i] * d[j] }
        }
        return result
    }

    /// The least-squares multipliers: Jᵀλ ≈ −g over the independent rows of J, zero for the others.
    private static func multipliers(_ jacobian: Matrix, _ basis: OrthogonalBasis, _ gradient: [Double]) -> [Double] {
        var result = [Double](repeating: 0, count: jacobian.rows)
        let rows = basis.independentRows
        guard !rows.isEmpty else { return result }
        let independent = jacobian.submatrix(rows: rows, columns: Array(0..<jacobian.columns))
        guard let normal = try? Cholesky(independent.timesTransposed(independent)) else { return result }
        for (row, value) in zip(rows, normal.solve((independent * gradient).map { -$0 })) { result[row] = value }
        return result
    }

    /// The shortest step d with J·d = −h.
    private static func normalStep(_ jacobian: Matrix, _ basis: OrthogonalBasis, _ h: [Double]) -> [Double] {
        let rows = basis.independentRows
        let none = [Double](repeating: 0, count: jacobian.columns)
        guard !rows.isEmpty else { return none }
        let independent = jacobian.submatrix(rows: rows, columns: Array(0..<jacobian.columns))
        guard let normal = try? Cholesky(independent.timesTransposed(independent)) else { return none }
        return independent.transpose * normal.solve(rows.map { -h[$0] })
    }

    /// The full step, and half the squared decrement within the null space; nil where the reduced curvature is not
    /// positive definite.
    private static func step(
        _ hessian: [Double], _ gradient: [Double], _ nullSpace: Matrix, _ normal: [Double], ridge: Double?
    ) -> (direction: [Double], decrement: Double)? {
        let count = gradient.count
        guard nullSpace.columns > 0 else { return (normal, 0) }
        let full = Matrix(rows: count, columns: count) { hessian[max($0, $1) + min($0, $1) * count] }
        var reduced = nullSpace.transposedTimes(full * nullSpace)
        if let ridge {
            let largest = reduced.diagonal.map(abs).max() ?? 1
            for i in 0..<reduced.rows { reduced[i, i] += ridge * max(abs(reduced[i, i]), 1e-8 * largest, 1e-300) }
        }
        guard let factor = try? Cholesky(reduced) else { return nil }
        let shifted = zip(gradient, full * normal).map { $0 + $1 }
        let target = nullSpace.transpose * shifted
        let tangent = factor.solve(target.map { -$0 })
        let decrement = -0.5 * dot(target, tangent)
        return (zip(normal, nullSpace * tangent).map { $0 + $1 }, decrement)
    }
}
