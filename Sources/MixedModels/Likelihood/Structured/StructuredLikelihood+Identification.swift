import LinearAlgebra

extension StructuredLikelihood {
    /// Two covariance parameters with proportional derivatives of V, or several with dependent ones, have no estimates: the
    /// least eigenvalue of the cosines between the derivatives shows it, and its vector which they are.
    func requireIdentified() throws {
        let count = parameterCount + 1
        guard count > 1 else { return }
        // Columns that are orthonormal over the rows span the same matrices, without the illusion that a late year makes.
        var scaled = patterns
        for (f, term) in design.terms.enumerated() {
            let orthonormal = OrthonormalColumns(term.columns)
            if let dependent = orthonormal.dependentColumn {
                throw MixedModelError.notEstimable(
                    "in the random term \(term.name), \(term.coefficientNames[dependent]) is a combination of the "
                        + "coefficients before it")
            }
            let rows = Double(design.rowCount).squareRoot()
            for index in scaled.indices {
                scaled[index].terms[f].columns = rows * (scaled[index].terms[f].columns * orthonormal.inverse)
            }
        }
        // A point without accidental coincidences.
        let ratios = residual.strataNames.indices.map { 1 + 0.15 * Double($0) / Double($0 + 1) }
        let theta = residual.start(rho: 0.37, ratios: ratios.isEmpty ? [1] : ratios)
        let tables = residual.tables(residual.natural(theta[...]))
        var gram = Matrix(rows: count, columns: count)
        for pattern in scaled {
            let n = pattern.order
            var matrices = [[Double]](repeating: [Double](repeating: 0, count: n * n), count: count)
            for component in 0..<count {
                writeDerivative(component, pattern, tables, into: &matrices[component])
            }
            for a in 0..<count {
                for b in 0...a { gram[a, b] += Double(pattern.blockCount) * dot(matrices[a], matrices[b]) }
            }
        }
        let names = componentNames
        for component in 0..<count where !(gram[component, component] > 0) {
            throw MixedModelError.notEstimable(
                "the rows of the model say nothing about \(names[component]): no cluster has rows that it would relate. "
                    + "Choose a simpler residual structure or random part")
        }
        let cosines = Matrix(rows: count, columns: count) {
            gram[max($0, $1), min($0, $1)] / (gram[$0, $0] * gram[$1, $1]).squareRoot()
        }
        guard let eigen = try? SymmetricEigen(cosines), let least = eigen.values.last, least < 1e-10 else { return }
        let vector = eigen.vectors.column(count - 1)
        let involved = vector.indices.filter { abs(vector[$0]) > 1e-4 }.map { names[$0] }
        throw MixedModelError.notEstimable(
            "these data cannot tell apart \(involved.joined(separator: ", ")): different values of them give the same "
                + "covariances of the rows. Leave out a random term or choose a simpler residual structure than "
                + "\(structure)")
    }

    /// What each component is, in words.
    private var componentNames: [String] {
        let terms = design.terms.flatMap { term in
            (0..<term.coefficientCount).flatMap { column in
                (column..<term.coefficientCount).map { row in
                    row == column
                        ? "the variance of \(term.coefficientNames[row]) between \(term.name)"
                        : "the covariance of \(term.coefficientNames[row]) and \(term.coefficientNames[column]) between "
                            + "\(term.name)"
                }
            }
        }
        let omega: [String] =
            residual.isUnstructured
            ? residual.components(variance: 1, omega: [Double](repeating: 0, count: residual.parameterCount))
                .dropFirst()
                .map { "the residual \($0.name)" }
            : residual.parameterNames.map { "the residual \($0)" }
        return terms + ["the residual variance"] + omega
    }
}
