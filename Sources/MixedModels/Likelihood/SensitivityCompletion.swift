import LinearAlgebra

/// The traces, forms and products by the covariance parameters of the random effects alone, with V in the units of the
/// response, from which those with the residual variance follow: V = Σφ_kV_k + σ²I is itself a combination of them.
struct RandomEffectMoments: Sendable {
    /// φ of the random effects (r − 1).
    var components: [Double]
    /// σ².
    var residualVariance: Double
    /// tr(PV_k), or tr(V⁻¹V_k) with ML; and n − p, or n.
    var traces: [Double]
    var degreesOfFreedom: Double
    /// yᵀPV_kPy; and yᵀPy.
    var forms: [Double]
    var residualForm: Double
    /// tr(PV_kPV_l), or with V⁻¹ under ML.
    var doubleTraces: Matrix
    /// yᵀPV_kPV_lPy.
    var doubleForms: Matrix
    /// XᵀV⁻¹V_kV⁻¹X; and XᵀV⁻¹X.
    var information: [Matrix]
    var totalInformation: Matrix
    /// Kenward and Roger's tr(V⁻¹V_kV⁻¹V_l), XᵀV⁻¹V_kV⁻¹V_lV⁻¹X, tr(V⁻¹V_k) and n; nil when not asked for.
    var second: (traces: Matrix, products: [[Matrix]], single: [Double], rowCount: Double)?

    /// With the residual variance as the last component.
    var sensitivity: VarianceSensitivity {
        let traces = completed(traces, total: degreesOfFreedom)
        let forms = completed(forms, total: residualForm)
        let doubleTraces = completed(doubleTraces, singles: traces)
        let doubleForms = completed(doubleForms, singles: forms)
        let information = completed(information, total: totalInformation)
        return VarianceSensitivity(
            gradient: zip(traces, forms).map { $0 - $1 },
            hessian: 2 * doubleForms - doubleTraces,
            information: information,
            second: second.map { second in
                let rows = second.products.enumerated().map { completed($1, total: information[$0]) }
                let last = (0..<rows.count + 1).map { l in
                    l < rows.count
                        ? rows[l][rows.count].transpose
                        : remainder(rows.map { $0[rows.count] }, total: information[rows.count])
                }
                return VarianceSensitivity.Second(
                    products: rows + [last],
                    traces: completed(
                        second.traces, singles: completed(second.single, total: second.rowCount)))
            })
    }

    private func completed(_ parts: [Double], total: Double) -> [Double] {
        parts + [(total - dot(parts, components)) / residualVariance]
    }

    private func completed(_ parts: Matrix, singles: [Double]) -> Matrix {
        let count = components.count
        let last = (0..<count).map { (singles[$0] - dot(parts.column($0), components)) / residualVariance }
        let corner = (singles[count] - dot(last, components)) / residualVariance
        return Matrix(rows: count + 1, columns: count + 1) { k, l in
            switch (k < count, l < count) {
            case (true, true): parts[k, l]
            case (true, false): last[k]
            case (false, true): last[l]
            case (false, false): corner
            }
        }
    }

    private func completed(_ parts: [Matrix], total: Matrix) -> [Matrix] {
        parts + [remainder(parts, total: total)]
    }

    private func remainder(_ parts: [Matrix], total: Matrix) -> Matrix {
        var rest = total
        for (part, component) in zip(parts, components) { rest = rest - component * part }
        return (1 / residualVariance) * rest
    }
}
