import LinearAlgebra

/// Newton's method with an exact Hessian for parameters that share a lower bound.
enum BoundedNewton {
    struct Value {
        let value: Double
        let gradient: [Double]
        let hessian: Matrix
    }

    struct Minimum {
        let point: [Double]
        let value: Double
        let iterations: Int
        let converged: Bool
    }

    /// The lowest of the minima that are reached from `starts`; the earlier start's when they agree.
    static func lowestMinimum(
        from starts: [[Double]], lowerBound: Double, _ function: ([Double]) throws -> Value
    ) throws -> Minimum {
        var best = Minimum(point: [], value: .infinity, iterations: 0, converged: false)
        for start in starts {
            let found = try minimum(from: start, lowerBound: lowerBound, function)
            if found.converged == best.converged ? found.value < best.value - 1e-9 : found.converged { best = found }
        }
        return best
    }

    /// Minimises `function` from `start`: Newton steps for the parameters off the bound, with a ridge where the Hessian is
    /// indefinite and halving until the function falls.
    static func minimum(
        from start: [Double], lowerBound: Double, _ function: ([Double]) throws -> Value
    ) throws -> Minimum {
        let limit = 500
        var x = start.map { max($0, lowerBound) }
        var current = try function(x)
        for iteration in 1...limit {
            guard current.value.isFinite else { break }
            let free = x.indices.filter { x[$0] > lowerBound || current.gradient[$0] < 0 }
            let slope = free.map { current.gradient[$0] }
            var step = try newtonStep(current.hessian.submatrix(rows: free, columns: free), slope)
            let fall = -dot(step, slope)
            // A fall that rounding of the function would hide: the last step cannot be judged, only taken.
            if fall <= 1e-13 * (1 + abs(current.value)) {
                for (a, i) in free.enumerated() { x[i] = max(x[i] + step[a], lowerBound) }
                return Minimum(point: x, value: current.value, iterations: iteration, converged: true)
            }
            // No parameter moves by more than one unit at once, far from the quadratic region.
            let longest = step.reduce(0) { max($0, abs($1)) }
            if longest > 1 { step = step.map { $0 / longest } }
            var scale = 1.0, accepted = false
            for _ in 0..<40 {
                var trial = x
                for (a, i) in free.enumerated() { trial[i] = max(x[i] + scale * step[a], lowerBound) }
                let value = try function(trial)
                var expected = 0.0
                for i in free { expected += current.gradient[i] * (trial[i] - x[i]) }
                if value.value <= current.value + 1e-4 * min(expected, 0) {
                    (x, current, accepted) = (trial, value, true)
                    break
                }
                scale /= 2
            }
            if !accepted {
                // Rounding of the function hides any further fall: the minimum, if the gradient is small.
                let largest = slope.reduce(0) { max($0, abs($1)) }
                return Minimum(point: x, value: current.value, iterations: iteration, converged: largest < 1e-6)
            }
        }
        return Minimum(point: x, value: current.value, iterations: limit, converged: false)
    }

    private static func newtonStep(_ hessian: Matrix, _ gradient: [Double]) throws -> [Double] {
        let size = max(hessian.diagonal.reduce(0) { max($0, abs($1)) }, 1e-8)
        var ridge = 0.0
        for _ in 0..<40 {
            let shifted = ridge == 0 ? hessian : hessian + Matrix.diagonal(gradient.map { _ in ridge })
            if let factorization = try? Cholesky(shifted) { return factorization.solve(gradient.map { -$0 }) }
            ridge = ridge == 0 ? 1e-4 * size : 4 * ridge
        }
        return gradient.map { -$0 / size }
    }
}
