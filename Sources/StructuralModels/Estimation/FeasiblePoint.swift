import LinearAlgebra

/// The point nearest to a start at which constraints hold, as far as there is one.
///
/// Least squares of the violations by the method of Levenberg and Marquardt: with linear constraints a violation that is
/// left proves that they contradict one another.
struct FeasiblePoint {
    /// Where the search ended.
    private(set) var parameters: [Double]
    /// The constraints that do not hold there: equalities first, then inequalities, by position; largest violation first.
    let violated: [Int]

    init(equalities: [CompiledExpression], inequalities: [CompiledExpression], near start: [Double]) {
        let expressions = equalities + inequalities
        func violations(_ point: [Double]) -> [Double] {
            expressions.enumerated().map { index, expression in
                let value = expression.value(at: point)
                return index < equalities.count ? value : min(value, 0)
            }
        }
        let q = start.count
        var point = start, residuals = violations(start), damping = 1e-3
        var square = dot(residuals, residuals)
        for _ in 0..<500 where square > 1e-20 && damping < 1e12 {
            var gradient = [Double](repeating: 0, count: q)
            var normal = Matrix(rows: q, columns: q)
            for (expression, residual) in zip(expressions, residuals) where residual != 0 {
                let partials = expression.gradient(at: point)
                for (a, i) in expression.parameters.enumerated() {
                    gradient[i] -= partials[a] * residual
                    for (b, j) in expression.parameters.enumerated() { normal[i, j] += partials[a] * partials[b] }
                }
            }
            for i in 0..<q { normal[i, i] += damping }
            guard gradient.allSatisfy(\.isFinite), let step = (try? Cholesky(normal))?.solve(gradient) else { break }
            let trial = zip(point, step).map { $0 + $1 }
            let next = violations(trial), nextSquare = dot(next, next)
            if nextSquare < square {
                let isStationary = square - nextSquare < 1e-12 * square
                (point, residuals, square) = (trial, next, nextSquare)
                damping = max(damping * 0.1, 1e-14)
                if isStationary { break }
            } else {
                damping *= 10
            }
        }
        parameters = point
        violated = residuals.indices.filter { !(abs(residuals[$0]) < 1e-6) }
            .sorted { abs(residuals[$0]) > abs(residuals[$1]) }
    }
}

extension StructuralModel {
    /// The texts of the constraints that cannot hold together, as far as can be told from the starts; empty where they can.
    func contradictoryConstraints(_ starts: [[Double]]) -> [String] {
        var texts: [String] = []
        for case .constraint(let constraint) in table.relations where constraint.op == .equality {
            texts.append("\(constraint.lhs) == \(constraint.rhs)")
        }
        texts += inequalities.map(\.text)
        var result: [String] = []
        for start in starts {
            let point = FeasiblePoint(
                equalities: equalities, inequalities: inequalities.map(\.expression), near: start)
            if point.violated.isEmpty { return [] }
            if result.isEmpty { result = point.violated.filter(texts.indices.contains).map { texts[$0] } }
        }
        return result
    }
}
