import LinearAlgebra

/// The matrices of a structure in reticular form (McArdle & McDonald 1984) with all values in place: directed paths A,
/// symmetric paths S and intercepts m of all t variables.
struct PathMatrices {
    private(set) var directed: Matrix
    private(set) var symmetric: Matrix
    private(set) var intercepts: [Double]

    /// - Parameter values: the value at each of the plan's elements.
    init(_ plan: ModelPlan, values: [Double]) {
        let t = plan.variables.count
        directed = Matrix(rows: t, columns: t)
        symmetric = directed
        intercepts = [Double](repeating: 0, count: t)
        for (element, value) in zip(plan.elements, values) {
            switch element.path {
            case .directed(let to, let from): directed[to, from] += value
            case .symmetric(let i, let j):
                symmetric[i, j] = value
                symmetric[j, i] = value
            case .intercept(let i): intercepts[i] = value
            }
        }
    }

    /// (I − A)⁻¹.
    ///
    /// - Throws: ``SimulationError/endlessPaths`` when paths form a circle of total strength one.
    func totalEffects() throws(SimulationError) -> Matrix {
        guard let factors = try? LU(Matrix.identity(directed.rows) - directed) else { throw .endlessPaths }
        return factors.inverse
    }

    /// Σ = (I − A)⁻¹S(I − A)⁻ᵀ and μ = (I − A)⁻¹m of all variables.
    func impliedMoments() throws(SimulationError) -> (covariance: Matrix, means: [Double]) {
        let total = try totalEffects()
        return ((total * symmetric).timesTransposed(total), total * intercepts)
    }

    /// Replaces S.
    mutating func setDisturbances(_ matrix: Matrix) { symmetric = matrix }

    /// - Throws: ``SimulationError/negativeVariances(_:)`` or ``SimulationError/notPositiveDefinite(_:)`` where S is not
    ///   the covariance matrix of anything.
    func checkDisturbances(variables: [String]) throws(SimulationError) {
        try checkSigns(symmetric.diagonal, variables: variables)
        if let fault = Indefiniteness(symmetric, names: variables, isStrict: false) {
            throw .notPositiveDefinite(fault)
        }
    }

    /// - Throws: ``SimulationError/negativeVariances(_:)``.
    func checkSigns(_ variances: [Double], variables: [String]) throws(SimulationError) {
        let negative = variables.indices.filter { variances[$0] < -1e-9 }.map { index in
            SimulationError.NegativeVariance(
                variable: variables[index], value: variances[index],
                isResidual: (0..<directed.columns).contains { directed[index, $0] != 0 })
        }
        if !negative.isEmpty { throw .negativeVariances(negative) }
    }
}

/// What makes a matrix impossible as a covariance matrix.
public struct Indefiniteness: Sendable, Hashable {
    /// The variables that contradict one another, largest weight first.
    public let variables: [String]
    /// The smallest eigenvalue of the correlation matrix.
    public let smallestEigenvalue: Double

    /// Nil when `matrix` is positive definite or, unless `isStrict`, positive semidefinite with some variances of zero.
    init?(_ matrix: Matrix, names: [String], isStrict: Bool) {
        let variances = matrix.diagonal
        let constant = names.indices.filter { !(variances[$0] > 0) }
        if isStrict, !constant.isEmpty {
            variables = constant.map { names[$0] }
            smallestEigenvalue = constant.map { variances[$0] }.min() ?? 0
            return
        }
        // A variable without variance has no covariance either.
        let lone = constant.filter { i in names.indices.contains { $0 != i && abs(matrix[i, $0]) > 1e-12 } }
        if !lone.isEmpty {
            variables = lone.map { names[$0] }
            smallestEigenvalue = 0
            return
        }
        let varying = names.indices.filter { variances[$0] > 0 }
        guard varying.count > 1 else { return nil }
        let r = Matrix(rows: varying.count, columns: varying.count) { i, j in
            matrix[varying[i], varying[j]] / (variances[varying[i]] * variances[varying[j]]).squareRoot()
        }
        guard let eigen = try? SymmetricEigen(r), let smallest = eigen.values.last else {
            variables = varying.map { names[$0] }
            smallestEigenvalue = .nan
            return
        }
        guard smallest < (isStrict ? 1e-10 : -1e-9) else { return nil }
        let weights = eigen.vectors.column(varying.count - 1)
        let largest = weights.reduce(0) { max($0, abs($1)) }
        variables = weights.indices.filter { abs(weights[$0]) > 0.1 * largest }
            .sorted { abs(weights[$0]) > abs(weights[$1]) + 1e-9 }.map { names[varying[$0]] }
        smallestEigenvalue = smallest
    }
}
