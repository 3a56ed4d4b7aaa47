import LinearAlgebra

/// The residual variances with which all variables of a structure have variance 1.
///
/// With Z = (I − A)⁻¹, variances d and residual correlations R, the condition is diag(Z S Zᵀ) = 1 for
/// S[a,b] = R[a,b]√(dₐd_b). It is linear in d when no residuals correlate, (Z∘Z)d = 1, also for paths in circles and
/// factors of any order; otherwise Newton's method goes on from that solution.
struct StandardizedVariances {
    /// The variances d, of residuals where a variable is dependent.
    let residual: [Double]
    /// S.
    let disturbances: Matrix

    /// - Parameter structure: standardised paths in A and residual correlations beside the diagonal of S.
    /// - Throws: ``SimulationError/negativeVariances(_:)``, ``SimulationError/noStandardizedSolution``.
    init(_ structure: PathMatrices, variables: [String]) throws(SimulationError) {
        let t = variables.count
        let z = try structure.totalEffects()
        let squares = z.map { $0 * $0 }
        var r = structure.symmetric
        for i in 0..<t { r[i, i] = 1 }
        guard var d = (try? LU(squares))?.solve(Matrix(rows: t, columns: 1, repeating: 1)).storage else {
            throw .noStandardizedSolution
        }
        func disturbances(_ d: [Double]) -> Matrix {
            Matrix(rows: t, columns: t) { i, j in
                i == j ? d[i] : r[i, j] == 0 ? 0 : r[i, j] * (max(d[i], 0) * max(d[j], 0)).squareRoot()
            }
        }
        func surplus(_ d: [Double]) -> [Double] { (z * disturbances(d)).timesTransposed(z).diagonal.map { $0 - 1 } }

        var excess = surplus(d), iteration = 0
        func size(_ x: [Double]) -> Double { x.reduce(0) { max($0, abs($1)) } }
        while size(excess) > 1e-14, iteration < 100 {
            // ∂diag(ZSZᵀ)[i]/∂d[a] = Z[i,a]² + Σ_b Z[i,a]Z[i,b] R[a,b] √(d_b/dₐ)
            let jacobian = Matrix(rows: t, columns: t) { i, a in
                var sum = squares[i, a]
                for b in 0..<t where b != a && r[a, b] != 0 && d[a] > 0 && d[b] > 0 {
                    sum += z[i, a] * z[i, b] * r[a, b] * (d[b] / d[a]).squareRoot()
                }
                return sum
            }
            guard let factors = try? LU(jacobian) else { throw .noStandardizedSolution }
            let step = factors.solve(Matrix(rows: t, columns: 1, columnMajor: excess)).storage
            let next = zip(d, step).map { $0 - $1 }
            let nextExcess = surplus(next)
            iteration += 1
            if size(nextExcess) >= size(excess), size(excess) < 1e-12 { break }
            (d, excess) = (next, nextExcess)
            if !size(d).isFinite { throw .noStandardizedSolution }
        }
        // A standardised path of 1 leaves nothing over, up to rounding.
        d = d.map { abs($0) < 1e-12 ? 0 : $0 }
        try structure.checkSigns(d, variables: variables)
        guard size(excess) < 1e-9 else { throw .noStandardizedSolution }
        residual = d
        self.disturbances = disturbances(d)
    }
}
