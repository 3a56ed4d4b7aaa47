import Optimization

/// Finds the maximum-likelihood estimates of a structure, under constraints if there are any.
struct Estimator {
    let plan: ModelPlan
    /// Expressions that have to be zero.
    let equalities: [CompiledExpression]
    /// Expressions that must not be negative, bounds among them.
    let inequalities: [CompiledExpression]

    /// Where the search ended.
    struct Solution {
        var parameters: [Double]
        var report: ConvergenceReport
        /// The gradient of the discrepancy.
        var gradient: [Double]
        /// The constraints that hold as equations at the solution.
        var active: ConstraintSet
        /// Which of the inequalities are among them, by position.
        var activeInequalities: [Int]
    }

    /// Minimises from each start in turn until one search converges; the last search counts when none does.
    func solve(_ objective: inout MaximumLikelihood, starts: [[Double]]) -> Solution {
        var last: Solution?
        for start in starts {
            let solution = solve(&objective, from: start)
            if solution.report.hasConverged { return solution }
            if last == nil || solution.report.value < last?.report.value ?? .infinity { last = solution }
        }
        return last
            ?? Solution(
                parameters: [],
                report: ConvergenceReport(outcome: .undefinedStart), gradient: [],
                active: ConstraintSet(expressions: [], parameterCount: 0),
                activeInequalities: [])
    }

    /// Minimises from one start.
    func solve(_ objective: inout MaximumLikelihood, from start: [Double]) -> Solution {
        var point = start
        guard !equalities.isEmpty || !inequalities.isEmpty else {
            var workspace = NewtonMinimizer.Workspace(count: point.count)
            let report = NewtonMinimizer().minimize(&objective, from: &point, workspace: &workspace)
            return Solution(
                parameters: point, report: report, gradient: workspace.gradient,
                active: ConstraintSet(expressions: [], parameterCount: point.count), activeInequalities: [])
        }
        return solveActiveSet(&objective, from: point)
    }

    /// Adds the inequality that is violated most, drops the one whose multiplier says that the objective falls inside
    /// the feasible region, until neither is left (primal active set; Nocedal & Wright 2006, 16.5).
    ///
    /// A search that runs away under too few of them begins again with those that it left behind.
    private func solveActiveSet(_ objective: inout MaximumLikelihood, from start: [Double]) -> Solution {
        var active: [Int] = []
        var point = start
        var seen: Set<[Int]> = [[]]
        while true {
            let set = ConstraintSet(
                expressions: equalities + active.map { inequalities[$0] }, parameterCount: point.count)
            var trial = point
            let solution = ConstrainedNewtonMinimizer().minimize(&objective, subjectTo: set, from: &trial)
            var result = Solution(
                parameters: trial, report: solution.report, gradient: solution.gradient, active: set,
                activeInequalities: active)
            let values = inequalities.map { $0.value(at: trial) }
            let violated = inequalities.indices.filter { !active.contains($0) && !(values[$0] > -1e-8) }
            var next = active
            if solution.report.hasConverged {
                point = trial
                let multipliers = solution.multipliers.dropFirst(equalities.count)
                if let worst = violated.min(by: { values[$0] < values[$1] }) {
                    next = (active + [worst]).sorted()
                } else if let released = zip(active, multipliers).filter({ $0.1 > 1e-9 }).max(by: { $0.1 < $1.1 })?.0 {
                    next.removeAll { $0 == released }
                } else {
                    return result
                }
            } else {
                guard !violated.isEmpty else { return result }
                next = (active + violated).sorted()
                point = start
            }
            // The same set twice would go round for ever.
            guard seen.insert(next).inserted else {
                result.report.outcome = .stalled
                return result
            }
            active = next
        }
    }
}
