import LinearAlgebra

/// What the model leaves of the observed moments.
public struct ModelResiduals: Sendable, Hashable, Codable {
    /// The names of the observed variables, in the order of the rows.
    public var variables: [String]
    /// S − Σ.
    public var raw: Matrix
    /// The observed less the implied correlations (Bollen 1989).
    public var correlation: Matrix
    /// The residuals over the standard deviations of the observed variables (Bentler 1995).
    public var standardizedByObserved: Matrix
    /// The residuals over the standard errors of the observed covariances (Jöreskog & Sörbom 1981).
    public var normalized: Matrix
    /// The residuals over their own standard errors, z values where the model holds (Haberman 1973; Maydeu-Olivares & Shi
    /// 2017); nil where a residual cannot vary.
    public var standardized: [[Double?]]
    /// x̄ − μ, when means are modelled.
    public var means: [Double]?

    /// The pairs with the largest standardised residuals, largest first.
    public func largest(_ count: Int) -> [(first: String, second: String, z: Double)] {
        var all: [(first: String, second: String, z: Double)] = []
        for j in variables.indices {
            for i in 0..<j { if let z = standardized[i][j] { all.append((variables[i], variables[j], z)) } }
        }
        return Array(all.sorted { abs($0.z) > abs($1.z) }.prefix(count))
    }
}

extension FittedModel {
    /// The residuals of the covariances (and means).
    ///
    /// With Γ the normal-theory covariance matrix of the observed moments and A its inverse at the model, the covariance
    /// matrix of the residuals is QΓQᵀ/N, Q = I − Δ(ΔᵀAΔ)⁻¹ΔᵀA. No p*-square matrix is formed: with dΣₖ = wₖ(uₖvₖᵀ + vₖuₖᵀ),
    /// the variance of residual (i, j) needs only Σ⁻¹S-products of the columns u and v.
    public func residuals() -> ModelResiduals {
        let s = moments.covariance, sigma = impliedObservedCovariance, p = s.rows, n = Double(caseCount)
        let raw = s - sigma
        func scaled(_ element: (Int, Int) -> Double) -> Matrix { Matrix(rows: p, columns: p, element: element) }
        let errors = residualVariances(s: s, sigma: sigma)
        var means: [Double]?
        if let observed = moments.means, let implied = impliedMeans {
            means = zip(observed, implied).map { $0 - $1 }
        }
        return ModelResiduals(
            variables: moments.names, raw: raw,
            correlation: scaled { i, j in
                s[i, j] / (s[i, i] * s[j, j]).squareRoot() - sigma[i, j] / (sigma[i, i] * sigma[j, j]).squareRoot()
            },
            standardizedByObserved: scaled { i, j in raw[i, j] / (s[i, i] * s[j, j]).squareRoot() },
            normalized: scaled { i, j in raw[i, j] / ((s[i, i] * s[j, j] + s[i, j] * s[i, j]) / n).squareRoot() },
            standardized: (0..<p).map { i in
                (0..<p).map { j in
                    let variance = errors[i, j], whole = (s[i, i] * s[j, j] + s[i, j] * s[i, j]) / n
                    // A residual whose variance is rounding error is fixed at zero by the model.
                    return variance > 1e-8 * whole ? raw[i, j] / variance.squareRoot() : nil
                }
            }, means: means)
    }

    /// The variances of the residuals, element (i, j) that of s_ij − σ_ij.
    private func residualVariances(s: Matrix, sigma: Matrix) -> Matrix {
        let p = s.rows, q = parameters.count, n = Double(caseCount)
        let whole = Matrix(rows: p, columns: p) { i, j in s[i, i] * s[j, j] + s[i, j] * s[i, j] }
        guard q > 0, let inverse = (try? Cholesky(sigma))?.inverse else { return (1 / n) * whole }
        let changes = evaluatedKernel().covarianceChanges()
        let u = changes.columns
        // a = SΣ⁻¹u, and T = Σ⁻¹SΣ⁻¹ between the columns.
        let weighted = inverse * u, a = s * weighted
        let t = weighted.transposedTimes(a)
        var spread = Matrix(rows: q, columns: q)
        for k in changes.parts {
            for l in changes.parts {
                spread[k.parameter, l.parameter] +=
                    k.weight * l.weight * (t[k.u, l.u] * t[k.v, l.v] + t[k.u, l.v] * t[k.v, l.u])
                if let first = k.mean, let second = l.mean {
                    spread[k.parameter, l.parameter] += first.scale * second.scale * t[first.column, second.column]
                }
            }
        }
        // Rows of Δ and of ΔᵀAΓ for all pairs (i ≥ j), q numbers each.
        var delta = Matrix(rows: q, columns: p * (p + 1) / 2), cross = delta
        var column = 0
        for j in 0..<p {
            for i in j..<p {
                for k in changes.parts {
                    delta[k.parameter, column] += k.weight * (u[i, k.u] * u[j, k.v] + u[i, k.v] * u[j, k.u])
                    cross[k.parameter, column] += k.weight * (a[i, k.u] * a[j, k.v] + a[i, k.v] * a[j, k.u])
                }
                column += 1
            }
        }
        // (ΔᵀAΔ)⁻¹ is N times the covariance matrix of the estimates.
        let effect = (weight * parameterCovariance) * delta
        let spreadEffect = spread * effect
        var result = Matrix(rows: p, columns: p)
        column = 0
        for j in 0..<p {
            for i in j..<p {
                var value = whole[i, j]
                for k in 0..<q {
                    value += effect[k, column] * (spreadEffect[k, column] - 2 * cross[k, column])
                }
                result[i, j] = value / n
                result[j, i] = result[i, j]
                column += 1
            }
        }
        return result
    }

}
