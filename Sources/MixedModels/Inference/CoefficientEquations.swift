import LinearAlgebra

/// The columns of X sorted into HLM's level-2 equations: column c belongs to that of the random coefficient q of a factor
/// when within every group it is a multiple of the column z_q, that is, z_q times a level-2 predictor.
struct CoefficientEquations: Sendable {
    /// A random coefficient.
    struct Equation: Sendable {
        /// The index of its term.
        let term: Int
        /// Its index in the term.
        let coefficient: Int
        /// The columns of X in its equation; the intercept of the equation is one of them.
        var columns: [Int]
    }

    /// One equation for each random coefficient, those of factors with fewer groups first.
    let equations: [Equation]
    /// The index in ``equations`` of each column of X; nil for a level-1 predictor with a fixed slope.
    let assignment: [Int?]

    init(_ design: MixedDesign) {
        // The coarsest factor first: what is constant within schools is so within their classes too.
        let order = design.terms.indices.sorted {
            (design.terms[$0].levels.count, $0) < (design.terms[$1].levels.count, $1)
        }
        var equations: [Equation] = []
        for term in order {
            for k in 0..<design.terms[term].coefficientCount {
                equations.append(Equation(term: term, coefficient: k, columns: []))
            }
        }
        var assignment = [Int?](repeating: nil, count: design.fixedCount)
        for column in 0..<design.fixedCount {
            let values = design.fixed.column(column)
            for (index, equation) in equations.enumerated() {
                let random = design.terms[equation.term]
                if Self.isMultiple(values, of: random.columns.column(equation.coefficient), in: random) {
                    assignment[column] = index
                    equations[index].columns.append(column)
                    break
                }
            }
        }
        self.equations = equations
        self.assignment = assignment
    }

    private static func isMultiple(_ values: [Double], of base: [Double], in random: RandomTerm) -> Bool {
        var squares = [Double](repeating: 0, count: random.levels.count)
        var products = squares, totals = squares
        for (row, group) in random.groups.enumerated() {
            squares[group] += base[row] * base[row]
            products[group] += base[row] * values[row]
            totals[group] += values[row] * values[row]
        }
        var remainders = [Double](repeating: 0, count: squares.count)
        for (row, group) in random.groups.enumerated() where squares[group] > 0 {
            let remainder = values[row] - products[group] / squares[group] * base[row]
            remainders[group] += remainder * remainder
        }
        return squares.indices.allSatisfy { group in
            totals[group] == 0 || (squares[group] > 0 && remainders[group] <= 1e-14 * totals[group])
        }
    }

    /// HLM's degrees of freedom of each fixed effect: groups less the columns of X that belong to the equation, those of
    /// its equations at higher levels included.
    /// - Throws: ``MixedModelError/notAvailable(_:)`` where factors are crossed, for which there is no such rule.
    func degreesOfFreedom(_ design: MixedDesign) throws -> [Double] {
        for (index, term) in design.terms.enumerated() {
            for other in design.terms.dropFirst(index + 1) where term.factor != other.factor {
                guard term.isNested(in: other) || other.isNested(in: term) || term.groups == other.groups else {
                    throw MixedModelError.notAvailable(
                        "HLM's degrees of freedom: `\(term.factor)` and `\(other.factor)` are crossed, for which HLM's rule "
                            + "does not say what they are: choose Satterthwaite")
                }
            }
        }
        return assignment.map { index in
            guard let index else { return Double(design.rowCount - design.fixedCount) }
            let equation = equations[index], random = design.terms[equation.term]
            let base = random.columns.column(equation.coefficient)
            let columns = (0..<design.fixedCount).count {
                Self.isMultiple(design.fixed.column($0), of: base, in: random)
            }
            return Double(random.occupiedLevelCount - columns)
        }
    }
}

extension RandomTerm {
    /// The number of levels that have rows.
    var occupiedLevelCount: Int { Set(groups).count }
}
