import LinearAlgebra

/// The small-sample covariance matrix and tests of fixed effects of Kenward & Roger (1997, Biometrics 53, 983-997).
struct KenwardRoger: Sendable {
    /// Φ, the model-based covariance matrix (p × p).
    let unadjusted: Matrix
    /// Φ_A, the adjusted covariance matrix (p × p).
    let adjusted: Matrix
    /// W, the covariance matrix of the variance components from the expected information (r × r).
    let componentCovariance: Matrix
    /// ΦP_kΦ with the sign of XᵀV⁻¹V_kV⁻¹X.
    let derivatives: [Matrix]

    init(_ fit: MixedModelFit, _ sensitivity: VarianceSensitivity) throws {
        guard fit.criterion == .reml else {
            throw MixedModelError.notAvailable(
                "Kenward–Roger needs a REML fit; this model was fitted by ML: fit it by REML, or choose Satterthwaite")
        }
        guard let second = sensitivity.second else {
            throw MixedModelError.notAvailable(
                "Kenward–Roger is not available for this model, whose covariance is not linear in its parameters: "
                    + "choose Satterthwaite")
        }
        let phi = fit.coefficientCovariance
        let r = sensitivity.information.count, p = phi.rows
        let left = sensitivity.information.map { phi * $0 }
        var information = Matrix(rows: r, columns: r)
        for k in 0..<r {
            for l in k..<r {
                var value = second.traces[k, l] - 2 * traceOfProduct(phi, second.products[k][l])
                value += traceOfProduct(left[k], left[l])
                information[k, l] = 0.5 * value
                information[l, k] = 0.5 * value
            }
        }
        componentCovariance = try scaledPseudoInverse(information, tolerance: 1e-12)
        var middle = Matrix(rows: p, columns: p)
        for k in 0..<r {
            for l in 0..<r {
                let weight = componentCovariance[k, l]
                let difference = second.products[k][l] - sensitivity.information[k] * left[l]
                for index in middle.storage.indices {
                    middle.storage[index] += weight * difference.storage[index]
                }
            }
        }
        unadjusted = phi
        adjusted = (phi + 2 * phi * (middle * phi)).symmetrized
        derivatives = left.map { $0 * phi }
    }

    /// The denominator degrees of freedom and the scale λ of F for L (q × p), their section 3 in the form of
    /// Kenward & Roger's equations 6 to 8: λF is compared with F(q, df).
    func approximation(_ contrasts: Matrix) throws -> (degreesOfFreedom: Double, scale: Double) {
        let q = Double(contrasts.rows)
        let middle = try LU((contrasts * unadjusted).timesTransposed(contrasts)).inverse
        // tr(Θ ΦP_kΦ) with Θ = Lᵀ(LΦLᵀ)⁻¹L, in q × q matrices.
        let reduced = derivatives.map { middle * (contrasts * $0).timesTransposed(contrasts) }
        var a1 = 0.0, a2 = 0.0
        for k in reduced.indices {
            for l in reduced.indices {
                let weight = componentCovariance[k, l]
                a1 += weight * reduced[k].trace * reduced[l].trace
                a2 += weight * traceOfProduct(reduced[k], reduced[l])
            }
        }
        guard a2 > 1e-12 else { return (.infinity, 1) }
        if contrasts.rows == 1 { return (2 / a2, 1) }
        let b = (a1 + 6 * a2) / (2 * q)
        let g = ((q + 1) * a1 - (q + 4) * a2) / ((q + 2) * a2)
        let denominator = 3 * q + 2 * (1 - g)
        let c1 = g / denominator, c2 = (q - g) / denominator, c3 = (q + 2 - g) / denominator
        let mean = 1 / (1 - a2 / q)
        let v0 = 1 + c1 * b, v1 = 1 - c2 * b, v2 = 1 - c3 * b
        let variance = 2 / q * v0 / (v1 * v1 * v2)
        let rho = variance / (2 * mean * mean)
        let df = 4 + (q + 2) / (q * rho - 1)
        let scale = df / (mean * (df - 2))
        guard df > 2, scale > 0, df.isFinite else {
            throw MixedModelError.notAvailable(
                "the Kenward–Roger approximation does not exist for this joint test: too few groups; test the effects one "
                    + "by one")
        }
        return (df, scale)
    }
}

/// tr(AB) without the product.
func traceOfProduct(_ a: Matrix, _ b: Matrix) -> Double {
    var sum = 0.0
    for j in 0..<a.columns { for i in 0..<a.rows { sum += a[i, j] * b[j, i] } }
    return sum
}
