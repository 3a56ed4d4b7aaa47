import LinearAlgebra
import Optimization

extension StructuredLikelihood {
    /// Above this many multiplications an exact Hessian is no longer worth its cost in a minimisation.
    private static let exactCost = 2e9

    mutating func gradient(at theta: [Double], into gradient: inout [Double]) {
        guard let state = state(at: theta) else { return }
        let moments = moments(state, .gradient)
        let chain = chain(state, moments)
        for k in gradient.indices { gradient[k] = chain.gradient[k] }
    }

    mutating func derivatives(
        at theta: [Double], curvature: Curvature, gradient: inout [Double], hessian: inout [Double]
    ) {
        guard let state = state(at: theta) else { return }
        let cost = patterns.reduce(0.0) { $0 + Double($1.order * $1.order * $1.order) } * Double(parameterCount)
        let isExact = curvature == .exact && cost < Self.exactCost
        let moments = moments(state, isExact ? .exact : .average)
        let chain = chain(state, moments)
        let variance = state.sumOfSquares / degreesOfFreedom
        // Everything but σ², which is profiled out.
        let kept = (0..<(parameterCount + 1)).filter { $0 != termParameterCount }
        let count = parameterCount
        var natural = Matrix(rows: count, columns: count) { row, column in
            let k = kept[row], l = kept[column]
            let profile = moments.quadratic[k] * moments.quadratic[l] / (variance * state.sumOfSquares)
            let average = moments.average[k, l] / variance
            return isExact ? 2 * average - moments.projectedTraces[k, l] - profile : average - profile
        }
        if isExact { addSecondDerivatives(moments, to: &natural, first: termParameterCount) }
        var result = chain.jacobian.transposedTimes(natural * chain.jacobian)
        // Where a factor is near zero its derivatives vanish and the second ones are all there is: without them a step
        // knows no scale. Their absolute value keeps the matrix semidefinite.
        result = result + (curvature == .exact ? chain.curvature : Self.magnitude(chain.curvature))
        for k in gradient.indices { gradient[k] = chain.gradient[k] }
        for j in 0..<count { for i in j..<count { hessian[i + j * count] = result[i, j] } }
    }

    /// The symmetric matrix with the absolute values of the eigenvalues.
    private static func magnitude(_ matrix: Matrix) -> Matrix {
        guard let eigen = try? SymmetricEigen(matrix) else { return Matrix(rows: matrix.rows, columns: matrix.columns) }
        let scaled = Matrix(rows: matrix.rows, columns: matrix.rows) { eigen.vectors[$0, $1] * abs(eigen.values[$1]) }
        return scaled.timesTransposed(eigen.vectors)
    }

    private func addSecondDerivatives(_ moments: CovarianceMoments, to matrix: inout Matrix, first: Int) {
        for k in 0..<residual.parameterCount {
            for l in 0..<residual.parameterCount {
                matrix[first + k, first + l] += moments.second[max(k, l), min(k, l)]
            }
        }
    }

    /// The derivatives of the components by θ, and the gradient by θ; σ² left out.
    private func chain(
        _ state: State, _ moments: CovarianceMoments
    ) -> (gradient: [Double], jacobian: Matrix, curvature: Matrix) {
        let count = parameterCount, termCount = termParameterCount
        var natural = moments.gradient
        natural.remove(at: termCount)
        var jacobian = Matrix(rows: count, columns: count), curvature = jacobian
        func place(_ block: Matrix, _ bend: Matrix, at first: Int) {
            for j in 0..<block.columns {
                for i in 0..<block.rows {
                    jacobian[first + i, first + j] = block[i, j]
                    curvature[first + i, first + j] = bend[i, j]
                }
            }
        }
        var first = 0
        for term in design.terms {
            let last = first + term.parameterCount
            let factor = CovarianceFactor(theta: state.theta[first..<last], order: term.coefficientCount)
            place(factor.jacobian, factor.curvature(Array(natural[first..<last])), at: first)
            first = last
        }
        let tail = residual.chain(state.theta[termCount...], gradient: Array(natural[termCount...]))
        place(tail.jacobian, tail.curvature, at: termCount)
        let gradient = jacobian.transposedTimes(Matrix(rows: count, columns: 1, columnMajor: natural)).storage
        return (gradient, jacobian, curvature)
    }

    /// Writes V_k of one component.
    func writeDerivative(
        _ component: Int, _ pattern: BlockPattern, _ tables: ResidualModel.Tables, into derivative: inout [Double]
    ) {
        let termCount = termParameterCount
        guard component < termCount else {
            pattern.writeResidualDerivative(residual, tables, component - termCount - 1, into: &derivative)
            return
        }
        var rest = component
        for (f, term) in design.terms.enumerated() {
            if rest >= term.parameterCount {
                rest -= term.parameterCount
                continue
            }
            var column = 0
            while rest >= term.coefficientCount - column {
                rest -= term.coefficientCount - column
                column += 1
            }
            pattern.writeDerivative(term: f, column + rest, column, into: &derivative)
            return
        }
    }
}
