import LinearAlgebra

/// The matrices of a pattern. All are n × n, column-major; those said to be written as a lower triangle leave the rest.
extension BlockPattern {
    /// Writes the lower triangle of V₁ = Σ_f Z_fG_fZ_fᵀ + R.
    func writeCovariance(_ covariances: [Matrix], _ tables: ResidualModel.Tables, into v: inout [Double]) {
        let n = order
        for index in 0..<(n * n) { v[index] = 0 }
        for (term, covariance) in zip(terms, covariances) {
            let q = term.columns.columns
            let scaled = term.columns * covariance
            for group in term.groups {
                for (position, j) in group.enumerated() {
                    for i in group[position...] {
                        var sum = 0.0
                        for k in 0..<q { sum += scaled.storage[i + k * n] * term.columns.storage[j + k * n] }
                        v[max(i, j) + min(i, j) * n] += sum
                    }
                }
            }
        }
        for index in pairRows.indices {
            let i = Int(pairRows[index]), j = Int(pairColumns[index])
            v[max(i, j) + min(i, j) * n] += tables.correlation[Int(pairClasses[index])] * scale(i, j, tables)
        }
    }

    /// R_ij without its correlation.
    private func scale(_ i: Int, _ j: Int, _ tables: ResidualModel.Tables) -> Double {
        spreads[i] * spreads[j] * ratio(i, tables) * ratio(j, tables)
    }

    /// The ratio of a row; an unstructured matrix has none.
    private func ratio(_ i: Int, _ tables: ResidualModel.Tables) -> Double {
        tables.ratios.count > 1 ? tables.ratios[strata[i]] : 1
    }

    /// Σ Z_gᵀKZ_g over the groups of a term, for symmetric K.
    func contract(term f: Int, _ k: [Double]) -> Matrix {
        let term = terms[f], q = term.columns.columns, n = order
        var result = Matrix(rows: q, columns: q), sums = [Double](repeating: 0, count: q)
        for group in term.groups {
            for j in group {
                for a in 0..<q {
                    var sum = 0.0
                    for i in group { sum += term.columns.storage[i + a * n] * k[i + j * n] }
                    sums[a] = sum
                }
                for b in 0..<q {
                    let z = term.columns.storage[j + b * n]
                    for a in 0..<q { result.storage[a + b * q] += sums[a] * z }
                }
            }
        }
        return result
    }

    /// What a symmetric matrix K makes of R: ⟨K, R⟩, ⟨K, ∂R/∂ω⟩ and ⟨K, ∂²R/∂ω∂ωᵀ⟩, added to the arguments.
    func contractResidual(
        _ model: ResidualModel, _ tables: ResidualModel.Tables, _ k: [Double], value: inout Double,
        gradient: inout [Double], second: inout Matrix
    ) {
        let n = order
        let offset = model.hasCorrelation ? 0 : -1
        for index in pairRows.indices {
            let i = Int(pairRows[index]), j = Int(pairColumns[index]), pairClass = Int(pairClasses[index])
            let weight = (i == j ? 1 : 2) * k[i + j * n] * spreads[i] * spreads[j]
            let correlation = tables.correlation[pairClass]
            if model.isUnstructured {
                value += weight * correlation
                if pairClass > 0 { gradient[pairClass - 1] += weight }
                continue
            }
            let ri = ratio(i, tables), rj = ratio(j, tables)
            value += weight * ri * rj * correlation
            if model.hasCorrelation {
                gradient[0] += weight * ri * rj * tables.first[pairClass]
                second[0, 0] += weight * ri * rj * tables.second[pairClass]
            }
            guard tables.ratios.count > 1 else { continue }
            let si = strata[i], sj = strata[j]
            if si > 0 {
                gradient[si + offset] += weight * rj * correlation
                if model.hasCorrelation { second[si, 0] += weight * rj * tables.first[pairClass] }
            }
            if sj > 0 {
                gradient[sj + offset] += weight * ri * correlation
                if model.hasCorrelation { second[sj, 0] += weight * ri * tables.first[pairClass] }
            }
            if si > 0, sj > 0 {
                second[max(si, sj) + offset, min(si, sj) + offset] += (si == sj ? 2 : 1) * weight * correlation
            }
        }
    }

    /// Writes ∂V₁/∂G_ab (a ≥ b) of a term.
    func writeDerivative(term f: Int, _ a: Int, _ b: Int, into d: inout [Double]) {
        let term = terms[f], n = order
        for index in 0..<(n * n) { d[index] = 0 }
        for group in term.groups {
            for j in group {
                let za = term.columns.storage[j + a * n], zb = term.columns.storage[j + b * n]
                for i in group {
                    let other = term.columns.storage[i + a * n] * zb
                    d[i + j * n] = a == b ? other : other + term.columns.storage[i + b * n] * za
                }
            }
        }
    }

    /// Writes ∂R/∂ω_k, or R itself for k = −1.
    func writeResidualDerivative(
        _ model: ResidualModel, _ tables: ResidualModel.Tables, _ k: Int, into d: inout [Double]
    ) {
        let n = order
        for index in 0..<(n * n) { d[index] = 0 }
        let stratum = model.hasCorrelation ? k : k + 1
        for index in pairRows.indices {
            let i = Int(pairRows[index]), j = Int(pairColumns[index]), pairClass = Int(pairClasses[index])
            let value: Double
            if k < 0 {
                value = tables.correlation[pairClass] * scale(i, j, tables)
            } else if model.isUnstructured {
                value = pairClass == k + 1 ? spreads[i] * spreads[j] : 0
            } else if model.hasCorrelation, k == 0 {
                value = tables.first[pairClass] * scale(i, j, tables)
            } else {
                value =
                    tables.correlation[pairClass] * spreads[i] * spreads[j]
                    * ((strata[i] == stratum ? ratio(j, tables) : 0) + (strata[j] == stratum ? ratio(i, tables) : 0))
            }
            d[i + j * n] = value
            d[j + i * n] = value
        }
    }
}
