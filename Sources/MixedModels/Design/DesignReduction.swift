import LinearAlgebra

extension MixedDesign {
    /// The design without one of its random terms, the rows unchanged.
    public func removing(termAt index: Int) -> MixedDesign {
        var result = self
        if terms.indices.contains(index) { result.terms.remove(at: index) }
        return result
    }

    /// The design without one coefficient of a random term, the rows unchanged; without the term where it was the last.
    public func removing(coefficient: Int, fromTermAt index: Int) -> MixedDesign {
        guard terms.indices.contains(index), terms[index].coefficientNames.indices.contains(coefficient) else {
            return self
        }
        guard terms[index].coefficientCount > 1 else { return removing(termAt: index) }
        var result = self
        let term = terms[index]
        let kept = term.coefficientNames.indices.filter { $0 != coefficient }
        result.terms[index] = RandomTerm(
            factor: term.factor, name: term.name, coefficientNames: kept.map { term.coefficientNames[$0] },
            columns: Matrix(rows: rowCount, columns: kept.count) { term.columns[$0, kept[$1]] }, groups: term.groups,
            levels: term.levels)
        return result
    }

    /// The design without predictors: the mean and a random intercept of each grouping factor, the rows, weights and
    /// offset unchanged; what R² compares a model with.
    public var nullModel: MixedDesign {
        var seen: Set<String> = []
        let ones = Matrix(rows: rowCount, columns: 1, repeating: 1)
        return MixedDesign(
            responseName: responseName, response: response, fixed: ones, fixedNames: ["(Intercept)"],
            fixedTerms: ["(Intercept)"], fixedAssignment: [0],
            terms: terms.filter { seen.insert($0.factor).inserted }.map {
                RandomTerm(
                    factor: $0.factor, coefficientNames: ["(Intercept)"], columns: ones, groups: $0.groups,
                    levels: $0.levels)
            },
            weights: weights, offset: offset, rows: rows, frameRowCount: frameRowCount)
    }
}
