/// Which matrix of second derivatives an objective is asked for.
public enum Curvature: Sendable {
    /// The Hessian itself.
    case exact
    /// Its expectation (Fisher's), or another approximation that is positive semidefinite wherever the objective is
    /// defined.
    case expected
}

/// A function to be minimised, with its first and second derivatives in closed form.
///
/// The minimiser asks for derivatives only at the point of the latest call of ``value(at:)`` that gave a value, so
/// that an objective may keep what the two share.
public protocol Objective {
    /// The value at `point`, or nil where the function is not defined.
    mutating func value(at point: [Double]) -> Double?

    /// Makes `point`, the last one of a search, that of what the objective has besides its value; false where the
    /// objective is not defined.
    mutating func settle(at point: [Double]) -> Bool

    /// Writes the gradient (q).
    mutating func gradient(at point: [Double], into gradient: inout [Double])

    /// Writes the gradient (q) and the lower triangle of the curvature (q × q, column-major).
    mutating func derivatives(
        at point: [Double], curvature: Curvature, gradient: inout [Double], hessian: inout [Double])
}

/// Equations h(x) = 0 that a minimiser has to satisfy, with their derivatives in closed form.
public protocol EqualityConstraints {
    /// The number of equations.
    var count: Int { get }

    /// The values of h, and the Jacobian ∂h/∂xᵀ (count × q).
    func evaluate(at point: [Double]) -> (values: [Double], jacobian: [[Double]])

    /// Adds Σ multiplierᵢ·∇²hᵢ to the lower triangle of `hessian` (q × q, column-major).
    func addHessian(at point: [Double], multipliers: [Double], to hessian: inout [Double])
}

extension Objective {
    /// An evaluation, for objectives that have nothing cheaper.
    public mutating func settle(at point: [Double]) -> Bool { value(at: point) != nil }

    /// The gradient by way of the curvature, for objectives that have no cheaper way to it.
    public mutating func gradient(at point: [Double], into gradient: inout [Double]) {
        var hessian = [Double](repeating: 0, count: point.count * point.count)
        derivatives(at: point, curvature: .expected, gradient: &gradient, hessian: &hessian)
    }
}
