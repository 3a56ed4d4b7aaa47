import LinearAlgebra

/// What the sample's moments say before anything is estimated.
enum SampleScreening {
    /// log|S|.
    ///
    /// - Throws: ``StructuralModelError`` that names the constant, duplicate or dependent variables when S is singular.
    static func logDeterminant(of moments: SampleMoments) throws(StructuralModelError) -> Double {
        let s = moments.covariance, names = moments.names
        let variances = try checkVariances(moments)
        let deviations = variances.map { $0.squareRoot() }
        let r = Matrix(rows: s.rows, columns: s.rows) { s[$0, $1] / (deviations[$0] * deviations[$1]) }
        for j in 0..<s.rows {
            for i in 0..<j where abs(r[i, j]) > 1 - 1e-10 { throw .duplicateVariables(names[i], names[j]) }
        }
        // A factor without a small pivot: no need to look at the eigenvalues.
        if let factor = try? Cholesky(r), factor.factor.diagonal.allSatisfy({ $0 > 1e-3 }) {
            return factor.logDeterminant + variances.reduce(0) { $0 + $1.naturalLogarithm }
        }
        guard let eigen = try? SymmetricEigen(r) else {
            throw .invalidCovarianceMatrix("a covariance is not a number")
        }
        let smallest = eigen.values.last ?? 1
        if smallest < 1e-10 {
            if smallest < -1e-8 {
                throw .invalidCovarianceMatrix(
                    "it is not positive definite (smallest eigenvalue of the correlations "
                        + "\(rounded(smallest))); a pairwise or mistyped matrix does this")
            }
            let weights = eigen.vectors.column(s.rows - 1)
            let largest = weights.reduce(0) { max($0, abs($1)) }
            let involved = weights.indices.filter { abs(weights[$0]) > 0.1 * largest }
                .sorted { abs(weights[$0]) > abs(weights[$1]) }
            throw .singularSample(
                .init(
                    caseCount: moments.caseCount, variableCount: s.rows,
                    dependentVariables: involved.prefix(8).map { names[$0] }))
        }
        guard let cholesky = try? Cholesky(s) else {
            throw .singularSample(.init(caseCount: moments.caseCount, variableCount: s.rows, dependentVariables: []))
        }
        return cholesky.logDeterminant
    }

    /// The variances, all of them positive numbers.
    static func checkVariances(_ moments: SampleMoments) throws(StructuralModelError) -> [Double] {
        let variances = moments.covariance.diagonal
        for (name, variance) in zip(moments.names, variances) {
            guard variance.isFinite else { throw .invalidCovarianceMatrix("the variance of `\(name)` is not a number") }
            guard variance >= 0 else { throw .invalidCovarianceMatrix("the variance of `\(name)` is negative") }
            guard variance > 0 else { throw .constantVariable(name) }
        }
        return variances
    }

    /// Warnings about scaling and sample size.
    static func warnings(_ moments: SampleMoments, parameterCount: Int) -> [String] {
        var result: [String] = []
        let variances = moments.covariance.diagonal
        if let largest = variances.indices.max(by: { variances[$0] < variances[$1] }),
            let smallest = variances.indices.min(by: { variances[$0] < variances[$1] }),
            variances[largest] > 1000 * variances[smallest]
        {
            result.append(
                "the variance of `\(moments.names[largest])` is \(Int(variances[largest] / variances[smallest])) times "
                    + "that of `\(moments.names[smallest])`: estimates are unaffected, but consider rescaling one of "
                    + "them so that coefficients are readable")
        }
        if moments.caseCount < parameterCount {
            result.append(
                "there are fewer cases (\(moments.caseCount)) than free parameters (\(parameterCount)): standard errors "
                    + "and tests cannot be trusted")
        }
        return result
    }
}
