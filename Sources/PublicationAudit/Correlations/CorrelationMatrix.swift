import LinearAlgebra
import Probability

extension AuditRule {
    static let positiveDefiniteness = AuditRule(
        "positive-definite", "A possible correlation matrix",
        basis:
            "v′Rv ≥ 0 for every v; with the eigenvector v of the smallest eigenvalue, v′Rv stays below zero over the whole "
            + "rounding box if v′Rv + 2 Σ |vᵢvⱼ| hᵢⱼ < 0, hᵢⱼ half a unit of the last digit")
    static let varianceInflation = AuditRule(
        "vif", "Variance inflation from the correlations",
        basis:
            "VIF = diagonal of R⁻¹ (Belsley, Kuh & Welsch, 1980); bounds by ‖(R+E)⁻¹ − R⁻¹‖ ≤ ‖R⁻¹‖²‖E‖ / (1 − ‖R⁻¹‖‖E‖)"
    )
}

/// A complete matrix of printed correlations with the half units of their last digits.
struct PrintedCorrelationMatrix {
    let variables: [Int]
    let r: Matrix
    let halfUnits: Matrix

    /// The matrix of some variables of a block; `nil` if a correlation is missing or out of range.
    init?(_ block: CorrelationBlock, _ variables: [Int]) {
        var r = Matrix.identity(variables.count)
        var halfUnits = Matrix(rows: variables.count, columns: variables.count)
        for i in variables.indices {
            for j in variables.indices where j < i {
                guard let entry = block.entry(variables[i], variables[j]), entry.r.relation == .equal,
                    abs(entry.r.value) <= 1
                else { return nil }
                (r[i, j], r[j, i]) = (entry.r.value, entry.r.value)
                (halfUnits[i, j], halfUnits[j, i]) = (entry.r.halfUnit, entry.r.halfUnit)
            }
        }
        (self.variables, self.r, self.halfUnits) = (variables, r, halfUnits)
    }

    /// The largest complete matrix that is left when variables with missing correlations are dropped, those with most first.
    static func largest(in block: CorrelationBlock) -> PrintedCorrelationMatrix? {
        var variables = Array(block.variables.indices)
        while variables.count > 2 {
            let missing = variables.map { i in variables.count { $0 != i && block.entry(i, $0) == nil } }
            guard let most = missing.max(), most > 0, let drop = missing.lastIndex(of: most) else { break }
            variables.remove(at: drop)
        }
        return variables.count > 2 ? PrintedCorrelationMatrix(block, variables) : nil
    }

    /// The smallest eigenvalue, and the largest value of v′Rv over the rounding box with its eigenvector v.
    var smallestEigenvalue: (value: Double, bound: Double)? {
        guard let eigen = try? SymmetricEigen(r), let smallest = eigen.values.last else { return nil }
        let v = eigen.vectors.column(eigen.values.count - 1).map(abs)
        return (smallest, smallest + halfUnits.quadraticForm(v))
    }

    /// The variance inflation factors of the variables over the rounding box; `nil` where the matrix may be singular.
    var inflationFactors: [Interval]? {
        guard let eigen = try? SymmetricEigen(r), let smallest = eigen.values.last, smallest > 0,
            let inverse = try? Cholesky(r).inverse
        else { return nil }
        let error = (0..<r.rows).map { halfUnits.row($0).reduce(0, +) }.max() ?? 0
        guard error < smallest else { return nil }
        let bound = error / (smallest * smallest) / (1 - error / smallest)
        return inverse.diagonal.map { Interval(max(1, $0 - bound), $0 + bound) }
    }
}

extension CorrelationBlock {
    /// Whether the correlations can belong to one set of data.
    func definitenessChecks(in table: PublishedCorrelations) -> [AuditCheck] {
        guard let matrix = PrintedCorrelationMatrix.largest(in: self), let smallest = matrix.smallestEigenvalue else {
            return []
        }
        let count = matrix.variables.count
        let printed = "\(count) × \(count) correlations"
        let eigenvalue =
            "The smallest eigenvalue of the printed correlations\(sampleText) is \(smallest.value.fixed(3))"
        guard smallest.bound < -1e-12 else {
            return [
                AuditCheck(
                    .positiveDefiniteness, at: PaperPlace(table.name), printed: printed, .consistent,
                    smallest.value < 0 ? "\(eigenvalue), which rounding explains." : "\(eigenvalue).")
            ]
        }
        return [
            AuditCheck(
                .positiveDefiniteness, at: PaperPlace(table.name), printed: printed, .notAttainable,
                "\(eigenvalue), and no correlations that round to the printed ones raise it above \(smallest.bound.fixed(3)): "
                    + "no complete data have them. One of them may be mistyped or have the wrong sign; correlations over "
                    + "different respondents (pairwise deletion), or corrected for unreliability, can give this too.")
        ]
    }

    /// Printed variance inflation factors, and the claim that all stay below a bound.
    func inflationChecks(in table: PublishedCorrelations) -> [AuditCheck] {
        let predictors = variables.indices.filter { i in
            !table.outcomes.contains { simplified($0) == simplified(variables[i].name) }
        }
        let isPrinted = !table.outcomes.isEmpty && predictors.contains { variables[$0].vif != nil }
        guard table.vifBelow != nil || isPrinted else { return [] }
        guard let matrix = PrintedCorrelationMatrix(self, predictors), let factors = matrix.inflationFactors else {
            return [
                AuditCheck(
                    .varianceInflation, at: PaperPlace(table.name), printed: "VIF", .notCheckable,
                    "The correlations\(sampleText) are not all printed, or too close to a singular matrix for their decimals."
                )
            ]
        }
        let printed = isPrinted ? printedInflationChecks(predictors, factors, in: table) : []
        return printed + [boundCheck(predictors, factors, in: table)].compactMap { $0 }
    }

    private func printedInflationChecks(
        _ predictors: [Int], _ factors: [Interval], in table: PublishedCorrelations
    ) -> [AuditCheck] {
        zip(predictors, factors).compactMap { i, factor in
            guard let vif = variables[i].vif else { return nil }
            let agreement = FigureAgreement(vif, with: factor)
            return AuditCheck(
                .varianceInflation, at: PaperPlace(table.name, row: variables[i].name, column: "VIF"),
                printed: vif.text,
                agreement.verdict == .consistent ? .consistent : .unusual, attainable: spanText(factor, decimals: 2),
                "The printed correlations give \(spanText(factor, decimals: 2)), if all variables but the outcomes predict."
                    + agreement.slip)
        }
    }

    private func boundCheck(
        _ predictors: [Int], _ factors: [Interval], in table: PublishedCorrelations
    ) -> AuditCheck? {
        guard let bound = table.vifBelow,
            let largest = factors.indices.max(by: { factors[$0].upper < factors[$1].upper })
        else { return nil }
        let factor = factors[largest]
        let verdict: Verdict =
            factor.lower <= bound.value ? .consistent : table.outcomes.isEmpty ? .notCheckable : .notAttainable
        let needed =
            verdict == .notCheckable ? " Say with `outcome:` which variables are not among the predictors." : ""
        return AuditCheck(
            .varianceInflation, at: PaperPlace(table.name), printed: "VIF < \(bound.text)", verdict,
            attainable: spanText(factor, decimals: 2),
            "The largest VIF that the printed correlations\(sampleText) give is \(spanText(factor, decimals: 2)) "
                + "(\(variables[predictors[largest]].name)).\(needed)")
    }
}
