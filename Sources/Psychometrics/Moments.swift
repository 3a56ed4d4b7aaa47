import LinearAlgebra

/// First and second moments of complete data (rows are cases), checked on the way in.
struct Moments {
    let names: [String]
    let cases: Int
    let means: [Double]
    /// The covariance matrix with divisor n − 1.
    let covariances: Matrix

    init(_ data: Matrix, names: [String]) throws {
        guard names.count == data.columns else {
            throw PsychometricsError.mismatchedInput(expected: data.columns, found: names.count)
        }
        let n = data.rows
        for j in 0..<data.columns {
            for i in 0..<n where !data[i, j].isFinite {
                throw PsychometricsError.missingValue(variable: names[j], row: i + 1)
            }
        }
        guard n > 1 else { throw PsychometricsError.tooFewCases(needed: 2, found: n) }
        let centred = Self.centred(data)
        self.names = names
        cases = n
        means = centred.means
        covariances = centred.data.crossProduct.map { $0 / Double(n - 1) }
    }

    /// The data with the mean taken from each column; a constant column becomes exactly zero.
    static func centred(_ data: Matrix) -> (data: Matrix, means: [Double]) {
        var result = data, means: [Double] = []
        let n = data.rows
        for j in 0..<data.columns {
            let column = data.column(j)
            let mean = Self.mean(column)
            means.append(mean)
            for i in 0..<n { result[i, j] = column[i] - mean }
        }
        return (result, means)
    }

    /// The mean with one correction step; the common value itself when all values are equal.
    static func mean(_ values: [Double]) -> Double {
        guard let first = values.first else { return .nan }
        let n = Double(values.count)
        // Deviations from the first value keep a constant column exact.
        let mean = first + values.reduce(0) { $0 + ($1 - first) } / n
        return mean + values.reduce(0) { $0 + ($1 - mean) } / n
    }

    /// The names of the variables without variance.
    var constantVariables: [String] {
        names.indices.filter { !(covariances[$0, $0] > 0) }.map { names[$0] }
    }

    /// The correlation matrix; throws when a variable is constant.
    func correlations() throws -> Matrix {
        let constant = constantVariables
        guard constant.isEmpty else { throw PsychometricsError.constantVariables(constant) }
        return Self.correlations(of: covariances)
    }

    /// Scales a covariance matrix with a positive diagonal to correlations.
    static func correlations(of covariances: Matrix) -> Matrix {
        let scales = covariances.diagonal.map { $0.squareRoot() }
        return Matrix(rows: scales.count, columns: scales.count) { i, j in
            i == j ? 1 : min(max(covariances[i, j] / (scales[i] * scales[j]), -1), 1)
        }
    }
}

/// The inverse of a correlation matrix, or an error that names the variables that make it singular.
func inverse(ofCorrelations correlations: Matrix, names: [String]) throws -> (inverse: Matrix, logDeterminant: Double) {
    let eigen = try SymmetricEigen(correlations)
    let smallest = eigen.values.last ?? 1
    guard smallest > 1e-10 else {
        if smallest < -1e-8 { throw PsychometricsError.indefiniteCorrelations }
        let last = correlations.rows - 1
        let vector = eigen.vectors.column(last)
        let threshold = 0.1 * vector.reduce(0) { max($0, abs($1)) }
        throw PsychometricsError.singularCorrelations(
            variables: names.indices.filter { abs(vector[$0]) > threshold }.map { names[$0] })
    }
    let factorization = try Cholesky(correlations)
    return (factorization.inverse, factorization.logDeterminant)
}
