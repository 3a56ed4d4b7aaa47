import LinearAlgebra
import Optimization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension Double {
    var naturalLogarithm: Double { log(self) }
}

/// The likelihood of a linear mixed model whose residuals may correlate and differ in variance, by generalised least
/// squares on independent blocks of rows with dense covariance matrices V₁ = Σ_f Z_fG_fZ_fᵀ + R(ω), relative to σ².
///
/// It takes any random terms, crossed ones and none at all included, at a cost that grows with the cube of the largest
/// block. Blocks of one ``BlockPattern`` share a factorisation. The Hessian is exact; where it would cost too much, and as
/// the expected curvature, it is the average information (Gilmour, Thompson & Cullis 1995) of the profiled criterion with
/// what the bend of ΛΛᵀ adds: the information alone vanishes where Λ does, and steps from there knew no scale.
struct StructuredLikelihood: MixedLikelihood {
    let design: MixedDesign
    let criterion: MixedCriterion
    let structure: ResidualStructure
    /// R and its parameters.
    let residual: ResidualModel
    let patterns: [BlockPattern]
    /// The fixed part in orthonormal columns, and the least-squares coefficients that are subtracted from the response:
    /// sums of squares then lose no digits to means.
    let columns: OrthonormalColumns
    let offsetCoefficients: [Double]
    private(set) var start: [Double] = []

    /// The factored state at the point of the latest value.
    private var state: State?

    /// What one evaluation leaves behind.
    struct State: Sendable {
        var theta: [Double]
        var covariances: [Matrix]
        var omega: [Double]
        var tables: ResidualModel.Tables
        /// The Cholesky factor of V₁ of each pattern.
        var factors: [[Double]]
        /// L⁻¹[Q, y − Xβ̂] of each pattern.
        var whitened: [[Double]]
        /// (QᵀV₁⁻¹Q)⁻¹.
        var covariance: Matrix
        /// The coefficients of Q after those of least squares.
        var coefficients: [Double]
        /// (y − Xβ̂)ᵀV₁⁻¹(y − Xβ̂).
        var sumOfSquares: Double
        var deviance: Double
    }

    /// The likelihood of a design whose residuals have the structure that columns of `frame` describe; `frame` is the data
    /// that the design was made from.
    ///
    /// - Throws: ``MixedModelError`` where columns are missing or unfit, parameters cannot be told apart, or blocks of
    ///   dependent rows are too large.
    init(
        design: MixedDesign, criterion: MixedCriterion, structure: ResidualStructure = .independent,
        frame: ModelFrame? = nil
    ) throws {
        if design.weights != nil, structure.isCorrelated {
            throw MixedModelError.notAvailable(
                "case weights have no meaning for the correlated residuals of \(structure): leave the weights out, or "
                    + "let the variances differ with diag(…)")
        }
        guard design.rowCount > design.fixedCount else {
            throw MixedModelError.notEstimable(
                "\(design.rowCount) rows cannot give \(design.fixedCount) fixed effects and a variance")
        }
        guard design.response.allSatisfy(\.isFinite), design.fixed.storage.allSatisfy(\.isFinite) else {
            throw MixedModelError.notEstimable(
                "the response \(design.responseName) or the fixed effects have values that are missing or not finite")
        }
        if let weights = design.weights, let row = weights.firstIndex(where: { !($0 > 0 && $0.isFinite) }) {
            throw MixedModelError.notEstimable(
                "case weights must be positive: that of row \(design.rows[row] + 1) of the data is \(weights[row])")
        }
        let layout = try ResidualLayout(structure, design: design, frame: frame)
        let partition = try BlockPartition(design, layout: layout, structure: structure)
        residual = ResidualModel(structure, layout: layout, distances: partition.distances)
        self.design = design
        self.criterion = criterion
        self.structure = structure
        columns = OrthonormalColumns(design.fixed)
        if let dependent = columns.dependentColumn {
            throw MixedModelError.notEstimable(
                "the column \(design.fixedNames[dependent]) of the fixed effects is a combination of those before it")
        }
        var response = design.response
        if let offset = design.offset { for row in response.indices { response[row] -= offset[row] } }
        // Twice, so that what is left is orthogonal to X to the last digit.
        var coefficients = [Double](repeating: 0, count: design.fixedCount)
        let scale = dot(response, response)
        for _ in 0..<2 {
            let projection = columns.basis.transposedTimes(
                Matrix(rows: response.count, columns: 1, columnMajor: response))
            let fit = columns.basis * projection.storage
            for row in response.indices { response[row] -= fit[row] }
            for k in coefficients.indices { coefficients[k] += projection.storage[k] }
        }
        offsetCoefficients = coefficients
        guard dot(response, response) > 1e-26 * scale else {
            throw MixedModelError.notEstimable(
                "the fixed effects fit \(design.responseName) exactly: there is no residual variance to estimate")
        }
        let (basis, centred) = (columns.basis, response)
        patterns = partition.patterns.map { $0.filled(with: basis, centred) }
        try requireIdentified()
        start = bestStart(response: response, layout: layout)
    }

    /// The number of covariance parameters of the random terms.
    var termParameterCount: Int { design.terms.reduce(0) { $0 + $1.parameterCount } }

    var parameterCount: Int { termParameterCount + residual.parameterCount }

    /// n, or n − p for restricted maximum likelihood.
    var degreesOfFreedom: Double {
        Double(criterion == .reml ? design.rowCount - design.fixedCount : design.rowCount)
    }

    /// The residual parameters ω as they are reported: correlations, and ratios of standard deviations.
    func residualParameters(at theta: [Double]) -> [(name: String, value: Double)] {
        let omega = residual.natural(theta[termParameterCount...])
        return Array(zip(residual.parameterNames, residual.reported(omega)))
    }

    /// The names and values of the components φ of ``VarianceSensitivity`` from σ² on. Where V is linear in variances and
    /// covariances of the residuals they are those, else σ² and ω.
    func residualComponents(at theta: [Double], variance: Double) -> [(name: String, value: Double)] {
        residual.components(variance: variance, omega: residual.natural(theta[termParameterCount...]))
    }

    // MARK: - Value

    mutating func value(at theta: [Double]) -> Double? {
        guard theta.count == parameterCount, theta.allSatisfy(\.isFinite) else { return nil }
        if let state, state.theta == theta { return state.deviance }
        // Out of `self`, so that the arrays of the last state are reused.
        var next = state
        state = nil
        guard evaluate(theta, into: &next), let next else { return nil }
        state = next
        return next.deviance
    }

    /// The state at a point, evaluated if it is not the latest.
    mutating func state(at theta: [Double]) -> State? {
        guard value(at: theta) != nil else { return nil }
        return state
    }

    private func evaluate(_ theta: [Double], into state: inout State?) -> Bool {
        let p = design.fixedCount, width = p + 1
        let covariances = covariances(theta)
        let omega = residual.natural(theta[termParameterCount...])
        let tables = residual.tables(omega)
        var factors = state?.factors ?? patterns.map { [Double](repeating: 0, count: $0.order * $0.order) }
        var whitened = state?.whitened ?? patterns.map(\.data)
        state = nil
        var cross = [Double](repeating: 0, count: width * width)
        var logDeterminant = 0.0
        for (index, pattern) in patterns.enumerated() {
            let n = pattern.order, count = n * pattern.blockCount
            pattern.writeCovariance(covariances, tables, into: &factors[index])
            guard BLAS.choleskyLower(n, &factors[index]) else { return false }
            var sum = 0.0
            for i in 0..<n { sum += factors[index][i + i * n].naturalLogarithm }
            logDeterminant += 2 * sum * Double(pattern.blockCount)
            whitened[index].withUnsafeMutableBufferPointer { target in
                pattern.data.withUnsafeBufferPointer { source in _ = target.update(from: source) }
            }
            BLAS.solveTriangularLower(
                transposed: false, n, factors[index], pattern.blockCount * width, &whitened[index])
            BLAS.syrkLower(transposesA: true, width, count, 1, whitened[index], count, 1, &cross, width)
        }
        var coefficients = [Double](repeating: 0, count: p)
        var covariance = Matrix(rows: p, columns: p)
        var fixedLogDeterminant = columns.logDeterminant
        if p > 0 {
            guard
                let cholesky = try? Cholesky(
                    Matrix(rows: p, columns: p) { cross[max($0, $1) + min($0, $1) * width] })
            else { return false }
            coefficients = cholesky.solve((0..<p).map { cross[p + $0 * width] })
            covariance = cholesky.inverse
            fixedLogDeterminant += cholesky.logDeterminant
        }
        // From the residuals themselves: a difference of sums of squares would lose digits.
        var sumOfSquares = 0.0
        for (index, pattern) in patterns.enumerated() {
            let count = pattern.order * pattern.blockCount
            whitened[index].withUnsafeMutableBufferPointer { values in
                for k in 0..<p {
                    let coefficient = coefficients[k]
                    for row in 0..<count { values[p * count + row] -= coefficient * values[k * count + row] }
                }
                for row in 0..<count { sumOfSquares += values[p * count + row] * values[p * count + row] }
            }
        }
        var deviance =
            logDeterminant + degreesOfFreedom * (1 + (2 * Double.pi * sumOfSquares / degreesOfFreedom).naturalLogarithm)
        if criterion == .reml { deviance += fixedLogDeterminant }
        guard deviance.isFinite else { return false }
        state = State(
            theta: theta, covariances: covariances, omega: omega, tables: tables, factors: factors, whitened: whitened,
            covariance: covariance, coefficients: coefficients, sumOfSquares: sumOfSquares, deviance: deviance)
        return true
    }

    /// G_f of each term.
    private func covariances(_ theta: [Double]) -> [Matrix] {
        var first = 0
        return design.terms.map { term in
            defer { first += term.parameterCount }
            return CovarianceFactor(theta: theta[first..<(first + term.parameterCount)], order: term.coefficientCount)
                .product
        }
    }

    // MARK: - Start

    /// Random effects as large as the residuals and no correlation among them; where residuals correlate, the better of
    /// two minima.
    ///
    /// What a cluster has in common is explained by random effects or by correlated residuals, and in small samples the
    /// criterion can have a minimum for either: both sides are searched.
    private func bestStart(response: [Double], layout: ResidualLayout) -> [Double] {
        let large = startOfTerms(scale: 1)
        guard residual.parameterCount > 0 else { return large }
        let ratios = startingRatios(response: response, layout: layout)
        let cost = patterns.reduce(0.0) { $0 + Double($1.order * $1.order * $1.order) }
        // Correlations at the shortest distance between occasions.
        var low: [Double] = [0], high: [Double] = []
        switch residual.correlation {
        case .none: break
        case .power(let distances):
            let shortest = distances.filter { $0 > 0 }.min() ?? 1
            low = (residual.lowerBound < 0 ? [-0.3, 0, 0.2] : [0.2]).map { copysign(pow(abs($0), 1 / shortest), $0) }
            high = [0.5, 0.8].map { pow($0, 1 / shortest) }
            if cost > 1e9 { (low, high) = ([high[0]], []) }
        case .exchangeable, .unstructured: high = [0.3, 0.6]
        }
        var likelihood = self
        func best(_ terms: [Double], _ correlations: [Double]) -> (value: Double, theta: [Double])? {
            var best: (value: Double, theta: [Double])?
            for correlation in correlations {
                let point = terms + residual.start(rho: correlation, ratios: ratios)
                if let value = likelihood.value(at: point), value < best?.value ?? .infinity { best = (value, point) }
            }
            return best
        }
        guard termParameterCount > 0, residual.hasCorrelation, cost < 1e8, let first = best(large, low),
            let second = best(startOfTerms(scale: 0.1), high)
        else {
            return best(large, low + high)?.theta ?? large + residual.start(rho: 0.1, ratios: ratios.map { _ in 1 })
        }
        var workspace = NewtonMinimizer.Workspace(count: parameterCount)
        var minimizer = NewtonMinimizer()
        minimizer.maximumIterations = 50
        var ends = [first.theta, second.theta]
        let values = ends.indices.map { minimizer.minimize(&likelihood, from: &ends[$0], workspace: &workspace).value }
        return values[1] < values[0] - 1e-7 ? ends[1] : ends[0]
    }

    /// Λ_f diagonal, with effects of `scale` residual standard deviations at the typical value of each column.
    private func startOfTerms(scale: Double) -> [Double] {
        design.terms.flatMap { term in
            let q = term.coefficientCount
            return (0..<q).flatMap { j in
                let column = term.columns.column(j)
                let meanSquare = dot(column, column) / Double(max(column.count, 1))
                return [meanSquare > 0 ? scale / meanSquare.squareRoot() : scale]
                    + [Double](repeating: 0, count: q - 1 - j)
            }
        }
    }

    /// Standard deviations of the least-squares residuals by stratum, relative to that of all.
    private func startingRatios(response: [Double], layout: ResidualLayout) -> [Double] {
        guard !layout.strata.isEmpty else { return [1] }
        var sums = [Double](repeating: 0, count: layout.strataNames.count), counts = sums
        for (row, stratum) in layout.strata.enumerated() {
            sums[stratum] += response[row] * response[row] * (design.weights?[row] ?? 1)
            counts[stratum] += 1
        }
        let total = sums.reduce(0, +) / counts.reduce(0, +)
        return zip(sums, counts).map { min(max(($0 / $1 / total).squareRoot(), 0.1), 10) }
    }
}

extension BlockPattern {
    /// The pattern with the columns and the response of its rows.
    fileprivate func filled(with columns: Matrix, _ response: [Double]) -> BlockPattern {
        var pattern = self
        pattern.data.reserveCapacity(rows.count * (columns.columns + 1))
        for k in 0..<columns.columns {
            for row in rows { pattern.data.append(columns.storage[row + k * columns.rows]) }
        }
        for row in rows { pattern.data.append(response[row]) }
        return pattern
    }
}
