import LinearAlgebra

/// What score tests, casewise influences and residuals need beyond gradient and Hessian.
extension LikelihoodKernel {
    /// The gradient at the parameters of the latest ``value(_:)``, with what ``expectedBlocks(modelCount:information:cross:diagonal:)``
    /// needs.
    func gradientAndProducts(into gradient: UnsafeMutablePointer<Double>) {
        products(curvature: true, exact: false)
        writeGradient(gradient)
    }

    /// The expected Hessian over the first `q` parameters, that of these with the remaining ones, and the diagonal over the
    /// remaining ones: all that score tests need, without the square over the remaining ones.
    func expectedBlocks(modelCount q: Int, information: inout Matrix, cross: inout Matrix, diagonal: inout [Double]) {
        for l in 0..<parts.count where parts.parameter[l] < q {
            let pu = bigP + parts.u[l] * n, pv = bigP + parts.v[l] * n, wl = 2 * parts.w[l], row = parts.parameter[l]
            for k in 0..<parts.count {
                let u = parts.u[k], v = parts.v[k], column = parts.parameter[k]
                var value = wl * parts.w[k] * (pu[u] * pv[v] + pv[u] * pu[v])
                if plan.hasMeans { value += 2 * meanScale(k) * meanScale(l) * bigP[parts.b[k] + parts.b[l] * n] }
                if column < q { information[row, column] += value } else { cross[row, column - q] += value }
            }
        }
        for k in 0..<parts.count where parts.parameter[k] >= q {
            let u = parts.u[k], v = parts.v[k], w = parts.w[k]
            var value = 2 * w * w * (bigP[u + u * n] * bigP[v + v * n] + bigP[u + v * n] * bigP[u + v * n])
            if plan.hasMeans { value += 2 * meanScale(k) * meanScale(k) * bigP[parts.b[k] + parts.b[k] * n] }
            diagonal[parts.parameter[k] - q] = value
        }
    }

    /// The gradient of each case's own discrepancy log|Σ| + (x − μ)ᵀΣ⁻¹(x − μ), as columns (q × N), at the parameters of
    /// the latest derivatives.
    ///
    /// - Parameter deviations: the cases' deviations from the implied means, or from the sample's where means are not
    ///   modelled (p × N, a column for each case).
    func casewiseGradients(deviations: Matrix) -> Matrix {
        // y = UᵀΣ⁻¹(x − μ) for every case; U = [I, dense] and P = UᵀΣ⁻¹U, whose first p rows are Σ⁻¹U.
        let cases = deviations.columns
        var y = Matrix(rows: n, columns: cases)
        BLAS.gemm(true, false, n, cases, p, 1, bigP, n, deviations.storage, p, 0, &y.storage, n)
        var result = Matrix(rows: plan.parameterCount, columns: cases)
        for k in 0..<parts.count {
            let u = parts.u[k], v = parts.v[k], w = parts.w[k], row = parts.parameter[k]
            let constant = bigP[u + v * n], mean = plan.hasMeans ? meanScale(k) : 0
            for i in 0..<cases {
                result[row, i] -= 2 * w * (y[u, i] * y[v, i] - constant)
                if mean != 0 { result[row, i] -= 2 * mean * y[parts.b[k], i] }
            }
        }
        return result
    }

    /// How Σ (and μ) change with each place of a free parameter, dΣ = w(u vᵀ + v uᵀ) and dμ = s·b, at the latest evaluation.
    func covarianceChanges() -> CovarianceChanges {
        products(curvature: false, exact: false)
        let d = 2 * m + 1
        var columns = Matrix(rows: p, columns: p + d)
        for i in 0..<p { columns[i, i] = 1 }
        for k in 0..<(p * d) { columns.storage[p * p + k] = dense[k] }
        return CovarianceChanges(
            columns: columns,
            parts: (0..<parts.count).map { k in
                CovarianceChanges.Part(
                    parameter: parts.parameter[k], u: parts.u[k], v: parts.v[k], weight: parts.w[k],
                    mean: plan.hasMeans ? (parts.b[k], meanScale(k)) : nil)
            })
    }
}

/// The rank-two changes of Σ, and the changes of μ, with the free parameters.
struct CovarianceChanges {
    struct Part {
        let parameter: Int
        let u: Int, v: Int
        let weight: Double
        let mean: (column: Int, scale: Double)?
    }

    /// The columns that u, v and b point to (p × n).
    let columns: Matrix
    /// One part for each place of a free parameter.
    let parts: [Part]
}
