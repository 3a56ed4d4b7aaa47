import LinearAlgebra
import Optimization

/// A deviance for Newton's method that leaves saddles along the directions in which it falls.
///
/// Where a variance is near zero and wants to grow, the deviance has negative curvature in the factor, and its expected
/// curvature, which grows with the factor, has next to none: neither says how far to go. The expected curvature is
/// replaced by the Hessian with the signs of its eigenvalues made positive, on the scale of each parameter (Dauphin et
/// al. 2014): from such a point a step at least doubles the factor.
struct SaddleFreeObjective<Likelihood: MixedLikelihood>: Objective {
    /// The deviance, in place: it has memory of its own that is not to be copied.
    let likelihood: UnsafeMutablePointer<Likelihood>

    mutating func value(at point: [Double]) -> Double? { likelihood.pointee.value(at: point) }

    mutating func settle(at point: [Double]) -> Bool { likelihood.pointee.settle(at: point) }

    mutating func gradient(at point: [Double], into gradient: inout [Double]) {
        likelihood.pointee.gradient(at: point, into: &gradient)
    }

    mutating func derivatives(
        at point: [Double], curvature: Curvature, gradient: inout [Double], hessian: inout [Double]
    ) {
        likelihood.pointee.derivatives(at: point, curvature: .exact, gradient: &gradient, hessian: &hessian)
        guard curvature == .expected else { return }
        let count = point.count
        let exact = Matrix(rows: count, columns: count) { hessian[max($0, $1) + min($0, $1) * count] }
        let largest = exact.maximumMagnitude
        guard largest > 0, largest.isFinite else { return }
        let scales = exact.diagonal.map { max(abs($0), 1e-10 * largest).squareRoot() }
        let scaled = Matrix(rows: count, columns: count) { exact[$0, $1] / (scales[$0] * scales[$1]) }
        guard let eigen = try? SymmetricEigen(scaled) else { return }
        let floor = 1e-3 * (eigen.values.map(abs).max() ?? 1)
        let positive = eigen.values.map { max(abs($0), floor) }
        for column in 0..<count {
            for row in column..<count {
                var sum = 0.0
                for k in 0..<count { sum += positive[k] * eigen.vectors[row, k] * eigen.vectors[column, k] }
                hessian[row + column * count] = sum * scales[row] * scales[column]
            }
        }
    }
}
