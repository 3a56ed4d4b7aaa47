import Optimization

/// Expressions over the free parameters that have to be zero.
struct ConstraintSet: EqualityConstraints {
    /// The expressions h(θ).
    var expressions: [CompiledExpression]
    /// The number q of free parameters.
    var parameterCount: Int

    var count: Int { expressions.count }

    func evaluate(at point: [Double]) -> (values: [Double], jacobian: [[Double]]) {
        (expressions.map { $0.value(at: point) }, jacobian(at: point))
    }

    /// The rows ∂h/∂θ.
    func jacobian(at point: [Double]) -> [[Double]] {
        expressions.map { expression in
            var row = [Double](repeating: 0, count: parameterCount)
            expression.addGradient(at: point, to: &row)
            return row
        }
    }

    func addHessian(at point: [Double], multipliers: [Double], to hessian: inout [Double]) {
        for (expression, multiplier) in zip(expressions, multipliers)
        where multiplier != 0 && expression.linearForm == nil {
            let second = expression.hessian(at: point)
            let order = expression.parameters.count
            for (a, i) in expression.parameters.enumerated() {
                for (b, j) in expression.parameters.enumerated() where i >= j {
                    hessian[i + j * parameterCount] += multiplier * second[a * order + b]
                }
            }
        }
    }
}
