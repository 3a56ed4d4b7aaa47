import LinearAlgebra
import Optimization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Covariance matrices on the boundary of the positive semidefinite ones: whether a minimum of the deviance there is
/// one, its factor, and its explanation.
extension MixedModel {
    /// Eigenvalues of a relative covariance matrix below this part of its scale count as zero.
    private static let negligible = 1e-10

    /// A point of lower deviance next to a stationary point at which a covariance matrix is singular, or nil when there
    /// is none: the Karush–Kuhn–Tucker condition that vᵀ(∂D/∂G)v ≥ 0 for all v with Gv = 0.
    static func descentFromBoundary(
        _ likelihood: inout some MixedLikelihood, _ theta: [Double], _ templates: [FactorTemplate], value: Double
    ) throws -> [Double]? {
        let factors = split(theta, templates)
        let relative = factors.map { $0.timesTransposed($0) }
        // Only a singular matrix can be at a false minimum.
        let isSingular = zip(factors, relative).contains { factor, matrix in
            let scale = max(matrix.diagonal.max() ?? 0, 1e-12)
            return zip(factor.diagonal, matrix.diagonal).contains { $0 * $0 < 1e-6 * max($1, scale) }
        }
        guard isSingular, let gradients = likelihood.covarianceGradients(at: theta) else { return nil }
        var offset = 0
        for (f, template) in templates.enumerated() {
            defer { offset += template.entries.count }
            let eigen = try SymmetricEigen(relative[f])
            let scale = max(eigen.values.map(abs).max() ?? 0, 1e-6)
            let null = eigen.values.indices.filter { abs(eigen.values[$0]) < 1e-6 * scale }
            guard !null.isEmpty else { continue }
            let basis = eigen.vectors.submatrix(rows: Array(0..<template.order), columns: null)
            let slope = basis.transposedTimes(gradients[f] * basis)
            let slopes = try SymmetricEigen(slope.symmetrized)
            guard let (k, steepest) = slopes.values.enumerated().min(by: { $0.1 < $1.1 }), steepest < 0 else {
                continue
            }
            let direction = basis * slopes.vectors.column(k)
            // Lengths from far to near; a decrease above rounding is worth a new search.
            var length = 1.0
            while length > 1e-9 {
                let trial =
                    relative[f]
                    + Matrix(rows: template.order, columns: template.order) {
                        length * direction[$0] * direction[$1]
                    }
                var candidate = theta
                let factor = semidefiniteFactor(trial)
                for (i, entry) in template.entries.enumerated() {
                    candidate[offset + i] = factor[entry.row, entry.column]
                }
                if let next = likelihood.value(at: candidate), next < value - 1e-8 { return candidate }
                length *= 0.1
            }
        }
        return nil
    }

    /// The same model with the diagonal of each factor not negative, and variances and directions that are zero up to
    /// rounding exactly zero.
    static func canonical(
        _ likelihood: inout some MixedLikelihood, _ theta: [Double], _ templates: [FactorTemplate], value: Double
    ) -> [Double] {
        func rebuilt(_ snapping: Bool) -> [Double] {
            var result = theta
            var offset = 0
            for (template, factor) in zip(templates, split(theta, templates)) {
                let rebuilt = semidefiniteFactor(factor.timesTransposed(factor), tolerance: snapping ? negligible : 0)
                // A factor without zero pivots keeps its digits: only signs change.
                let isRegular = (0..<template.order).allSatisfy { rebuilt[$0, $0] > 0 && factor[$0, $0] != 0 }
                for (i, entry) in template.entries.enumerated() {
                    let sign = factor[entry.column, entry.column] < 0 ? -1.0 : 1.0
                    result[offset + i] =
                        isRegular ? sign * factor[entry.row, entry.column] : rebuilt[entry.row, entry.column]
                }
                offset += template.entries.count
            }
            return result
        }
        let snapped = rebuilt(true)
        if snapped == theta { return theta }
        if let next = likelihood.value(at: snapped), next <= value + 1e-9 * max(1, abs(value)) * 0.01 { return snapped }
        return rebuilt(false)
    }

    /// The lower triangular L with LLᵀ = G, diagonal not negative, and zero columns where a pivot is below `tolerance`
    /// times the variance.
    static func semidefiniteFactor(_ matrix: Matrix, tolerance: Double = 1e-14) -> Matrix {
        let order = matrix.rows
        var factor = Matrix(rows: order, columns: order)
        for column in 0..<order {
            var pivot = matrix[column, column]
            for k in 0..<column { pivot -= factor[column, k] * factor[column, k] }
            guard pivot > max(tolerance * max(matrix[column, column], 1e-2), 1e-300) else { continue }
            let root = pivot.squareRoot()
            factor[column, column] = root
            for row in (column + 1)..<max(order, column + 1) {
                var sum = matrix[row, column]
                for k in 0..<column { sum -= factor[row, k] * factor[column, k] }
                factor[row, column] = sum / root
            }
        }
        return factor
    }

    /// What boundary estimates mean, in words.
    static func boundaryWarnings(
        _ terms: [RandomTerm], _ covariances: [Matrix], _ residualVariance: Double
    ) -> [String] {
        var warnings: [String] = []
        for (term, covariance) in zip(terms, covariances) {
            let zero = (0..<term.coefficientCount).filter { covariance[$0, $0] == 0 }
            for k in zero {
                let coefficient = term.coefficientNames[k]
                let what =
                    coefficient == "(Intercept)"
                    ? "the variance between the groups of `\(term.factor)`"
                    : "the variance of the coefficient of `\(coefficient)` between the groups of `\(term.factor)`"
                warnings.append(
                    "\(what) is estimated at 0, the boundary: the groups differ by no more than chance among their members "
                        + "would make them. The fit is valid; it equals that without this term, and the variance's test "
                        + "is not significant.")
            }
            let varying = (0..<term.coefficientCount).filter { !zero.contains($0) }
            for (i, a) in varying.enumerated() {
                for b in varying.dropFirst(i + 1) {
                    let correlation = covariance[a, b] / (covariance[a, a] * covariance[b, b]).squareRoot()
                    guard abs(correlation) > 1 - 1e-7 else { continue }
                    warnings.append(
                        "the coefficients of `\(term.coefficientNames[a])` and `\(term.coefficientNames[b])` are estimated "
                            + "to correlate at \(correlation > 0 ? "1" : "−1") between the groups of `\(term.factor)`, the "
                            + "boundary: the data do not tell their variances apart. Estimates and deviance are valid; a "
                            + "simpler term, such as `(\(term.coefficientNames[b]) || \(term.factor))` or a random "
                            + "intercept alone, may describe the data as well: compare the deviances.")
                }
            }
            if zero.isEmpty, term.coefficientCount > 2, let eigen = try? SymmetricEigen(covariance),
                let smallest = eigen.values.min(), let largest = eigen.values.max(), smallest < 1e-10 * largest,
                !warnings.contains(where: { $0.contains("between the groups of `\(term.factor)`") })
            {
                warnings.append(
                    "the covariance matrix of the \(term.coefficientCount) coefficients of `\(term.factor)` is singular, "
                        + "the boundary: one of them is a combination of the others in the estimates. Estimates and "
                        + "deviance are valid; a simpler term may describe the data as well: compare the deviances.")
            }
        }
        return warnings
    }
}
