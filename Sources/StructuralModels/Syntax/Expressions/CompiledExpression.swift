/// An expression over the free parameters of a model, ready to be evaluated and differentiated many times.
///
/// Evaluation allocates nothing on the heap. First derivatives are by the reverse mode of algorithmic differentiation, second
/// ones by forward over reverse (Griewank & Walther, 2008, *Evaluating Derivatives*, ch. 3 and 5): both exact to rounding.
public struct CompiledExpression: Sendable, Hashable {
    enum Step: Sendable, Hashable {
        case constant(Double)
        /// The index is a place in `parameters`.
        case parameter(Int)
        case negate(Int)
        case function(ElementaryFunction, Int)
        /// A power whose exponent does not depend on parameters.
        case fixedPower(Int, Double)
        case binary(ModelExpression.Operation, Int, Int)
    }

    /// The indices of the free parameters that the expression depends on, each once, ascending. The derivatives are given in
    /// this order.
    public let parameters: [Int]
    let steps: [Step]

    /// The coefficients of an expression of the form constant + Σ coefficient · parameter.
    public struct LinearForm: Sendable, Hashable {
        /// The value where all parameters are 0.
        public let constant: Double
        /// The coefficients, in the order of `parameters`.
        public let coefficients: [Double]
    }

    /// The linear form, or nil where the expression is not linear in the parameters by its build (`a*b`, `a^2`, `exp(a)`…).
    public let linearForm: LinearForm?

    init(steps: [Step], parameters: [Int]) {
        self.steps = steps
        self.parameters = parameters
        linearForm = Self.linearForm(steps, count: parameters.count)
    }

    /// The value at the parameter vector θ; NaN outside the expression's domain.
    ///
    /// `parameters` must be long enough for the indices of ``parameters``.
    public func value(at theta: [Double]) -> Double {
        withUnsafeTemporaryAllocation(of: Double.self, capacity: steps.count) { values in
            evaluate(theta, into: values)
            return values[steps.count - 1]
        }
    }

    /// The partial derivatives ∂/∂θₖ at θ for k in ``parameters``.
    public func gradient(at theta: [Double]) -> [Double] {
        var gradient = [Double](repeating: 0, count: parameters.count)
        reverse(theta) { place, derivative in gradient[place] += derivative }
        return gradient
    }

    /// Adds `scale` times the gradient at θ to a vector over all free parameters.
    public func addGradient(at theta: [Double], times scale: Double = 1, to gradient: inout [Double]) {
        reverse(theta) { place, derivative in gradient[parameters[place]] += scale * derivative }
    }

    /// The second derivatives ∂²/∂θⱼ∂θₖ at θ for j, k in ``parameters``: a symmetric matrix, row by row.
    public func hessian(at theta: [Double]) -> [Double] {
        let order = parameters.count
        var hessian = [Double](repeating: 0, count: order * order)
        guard linearForm == nil else { return hessian }
        let n = steps.count
        withUnsafeTemporaryAllocation(of: Double.self, capacity: 4 * n) { buffer in
            let values = UnsafeMutableBufferPointer(rebasing: buffer[0..<n])
            let tangents = UnsafeMutableBufferPointer(rebasing: buffer[n..<(2 * n)])
            let adjoints = UnsafeMutableBufferPointer(rebasing: buffer[(2 * n)..<(3 * n)])
            let adjointTangents = UnsafeMutableBufferPointer(rebasing: buffer[(3 * n)..<(4 * n)])
            evaluate(theta, into: values)
            for direction in 0..<order {
                propagateTangents(direction, values, tangents)
                for i in 0..<n {
                    adjoints[i] = 0
                    adjointTangents[i] = 0
                }
                adjoints[n - 1] = 1
                for i in stride(from: n - 1, through: 0, by: -1) {
                    let adjoint = adjoints[i]
                    let tangent = adjointTangents[i]
                    if adjoint == 0 && tangent == 0 { continue }
                    switch steps[i] {
                    case .constant: break
                    case .parameter(let place): hessian[direction * order + place] += tangent
                    case .negate, .function, .fixedPower:
                        let (a, first, second) = unary(i, values)
                        adjoints[a] += adjoint * first
                        adjointTangents[a] += tangent.times(first) + (adjoint * tangents[a]).times(second)
                    case .binary(let operation, let a, let b):
                        let d = operation.derivatives(values[a], values[b], value: values[i])
                        let usesA = !isConstant(a)
                        let usesB = !isConstant(b)
                        if usesA {
                            adjoints[a] += adjoint.times(d.a)
                            adjointTangents[a] += tangent.times(d.a) + (adjoint * tangents[a]).times(d.aa)
                            if usesB { adjointTangents[a] += (adjoint * tangents[b]).times(d.ab) }
                        }
                        if usesB {
                            adjoints[b] += adjoint.times(d.b)
                            adjointTangents[b] += tangent.times(d.b) + (adjoint * tangents[b]).times(d.bb)
                            if usesA { adjointTangents[b] += (adjoint * tangents[a]).times(d.ab) }
                        }
                    }
                }
            }
        }
        return hessian
    }

    // MARK: - Passes

    private func evaluate(_ theta: [Double], into values: UnsafeMutableBufferPointer<Double>) {
        for (i, step) in steps.enumerated() {
            switch step {
            case .constant(let number): values[i] = number
            case .parameter(let place): values[i] = theta[parameters[place]]
            case .negate(let a): values[i] = -values[a]
            case .function(let function, let a): values[i] = function.value(values[a])
            case .fixedPower(let a, let exponent): values[i] = raise(values[a], to: exponent)
            case .binary(let operation, let a, let b): values[i] = operation.value(values[a], values[b])
            }
        }
    }

    private func reverse(_ theta: [Double], _ body: (Int, Double) -> Void) {
        let n = steps.count
        withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * n) { buffer in
            let values = UnsafeMutableBufferPointer(rebasing: buffer[0..<n])
            let adjoints = UnsafeMutableBufferPointer(rebasing: buffer[n..<(2 * n)])
            evaluate(theta, into: values)
            adjoints.update(repeating: 0)
            adjoints[n - 1] = 1
            for i in stride(from: n - 1, through: 0, by: -1) where adjoints[i] != 0 {
                let adjoint = adjoints[i]
                switch steps[i] {
                case .constant: break
                case .parameter(let place): body(place, adjoint)
                case .negate, .function, .fixedPower:
                    let (a, first, _) = unary(i, values)
                    adjoints[a] += adjoint * first
                case .binary(let operation, let a, let b):
                    let d = operation.derivatives(values[a], values[b], value: values[i])
                    if !isConstant(a) { adjoints[a] += adjoint * d.a }
                    if !isConstant(b) { adjoints[b] += adjoint * d.b }
                }
            }
        }
    }

    private func propagateTangents(
        _ direction: Int, _ values: UnsafeMutableBufferPointer<Double>, _ tangents: UnsafeMutableBufferPointer<Double>
    ) {
        for (i, step) in steps.enumerated() {
            switch step {
            case .constant: tangents[i] = 0
            case .parameter(let place): tangents[i] = place == direction ? 1 : 0
            case .negate, .function, .fixedPower:
                let (a, first, _) = unary(i, values)
                tangents[i] = tangents[a].times(first)
            case .binary(let operation, let a, let b):
                let d = operation.derivatives(values[a], values[b], value: values[i])
                tangents[i] = tangents[a].times(d.a) + tangents[b].times(d.b)
            }
        }
    }

    private func isConstant(_ index: Int) -> Bool {
        if case .constant = steps[index] { true } else { false }
    }

    /// The operand of a step with one operand, and the derivatives with respect to it.
    private func unary(
        _ index: Int, _ values: UnsafeMutableBufferPointer<Double>
    ) -> (operand: Int, first: Double, second: Double) {
        switch steps[index] {
        case .negate(let a): return (a, -1, 0)
        case .function(let function, let a):
            let d = function.derivatives(at: values[a], value: values[index])
            return (a, d.first, d.second)
        case .fixedPower(let a, let exponent):
            let x = values[a]
            return (
                a, exponent.times(raise(x, to: exponent - 1)),
                (exponent * (exponent - 1)).times(raise(x, to: exponent - 2))
            )
        default: return (index, 0, 0)
        }
    }

    // MARK: - Linear form

    private static func linearForm(_ steps: [Step], count: Int) -> LinearForm? {
        // The degree of each step in the parameters; 2 stands for not linear.
        var degrees: [Int] = []
        degrees.reserveCapacity(steps.count)
        for step in steps {
            switch step {
            case .constant: degrees.append(0)
            case .parameter: degrees.append(1)
            case .negate(let a): degrees.append(degrees[a])
            case .function: degrees.append(2)
            case .fixedPower(let a, let exponent): degrees.append(exponent == 1 ? degrees[a] : 2)
            case .binary(.add, let a, let b), .binary(.subtract, let a, let b):
                degrees.append(max(degrees[a], degrees[b]))
            case .binary(.multiply, let a, let b): degrees.append(min(2, degrees[a] + degrees[b]))
            case .binary(.divide, let a, let b): degrees.append(degrees[b] == 0 ? degrees[a] : 2)
            case .binary: degrees.append(2)
            }
        }
        guard let degree = degrees.last, degree < 2 else { return nil }
        // Only reachable steps matter, but a linear result may sit beside steps that are not; those are never operands of it.
        var constants = [Double](repeating: 0, count: steps.count)
        for (i, step) in steps.enumerated() {
            switch step {
            case .constant(let number): constants[i] = number
            case .parameter: constants[i] = 0
            case .negate(let a): constants[i] = -constants[a]
            case .function, .fixedPower: constants[i] = 0
            case .binary(let operation, let a, let b): constants[i] = operation.value(constants[a], constants[b])
            }
        }
        var weights = [Double](repeating: 0, count: steps.count)
        var coefficients = [Double](repeating: 0, count: count)
        weights[steps.count - 1] = 1
        for i in stride(from: steps.count - 1, through: 0, by: -1) where weights[i] != 0 {
            let weight = weights[i]
            switch steps[i] {
            case .constant, .function: break
            case .parameter(let place): coefficients[place] += weight
            case .negate(let a): weights[a] -= weight
            case .fixedPower(let a, _): weights[a] += weight
            case .binary(.add, let a, let b):
                weights[a] += weight
                weights[b] += weight
            case .binary(.subtract, let a, let b):
                weights[a] += weight
                weights[b] -= weight
            case .binary(.multiply, let a, let b):
                if degrees[a] == 0 { weights[b] += weight * constants[a] } else { weights[a] += weight * constants[b] }
            case .binary(.divide, let a, let b): weights[a] += weight / constants[b]
            case .binary: break
            }
        }
        guard let constant = constants.last, constant.isFinite, coefficients.allSatisfy(\.isFinite) else { return nil }
        return LinearForm(constant: constant, coefficients: coefficients)
    }
}

extension Double {
    /// The product, where 0 times anything is 0: a path that carries no derivative adds none, even at a pole.
    fileprivate func times(_ other: Double) -> Double { self == 0 ? 0 : self * other }
}

extension ModelExpression.Operation {
    /// The partial derivatives with respect to the operands, first and second.
    fileprivate func derivatives(
        _ x: Double, _ y: Double, value: Double
    ) -> (a: Double, b: Double, aa: Double, ab: Double, bb: Double) {
        switch self {
        case .add: return (1, 1, 0, 0, 0)
        case .subtract: return (1, -1, 0, 0, 0)
        case .multiply: return (y, x, 0, 1, 0)
        case .divide:
            let inverse = 1 / y
            return (inverse, -value * inverse, 0, -inverse * inverse, 2 * value * inverse * inverse)
        case .power:
            let logarithm = naturalLogarithm(x)
            let lower = raise(x, to: y - 1)
            return (
                y * lower, value * logarithm, (y * (y - 1)).times(raise(x, to: y - 2)), lower * (1 + y * logarithm),
                value * logarithm * logarithm
            )
        case .minimum: return y < x ? (0, 1, 0, 0, 0) : (1, 0, 0, 0, 0)
        case .maximum: return y > x ? (0, 1, 0, 0, 0) : (1, 0, 0, 0, 0)
        }
    }
}
