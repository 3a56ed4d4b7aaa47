/// What would make the figures of a solution agree: exchanged labels, or else one other digit.
struct LabelDiagnosis {
    /// An exchange of labels under which every rule holds.
    struct Exchange {
        /// The labels that move: what is printed, and what the figures there are.
        let moves: [(printed: SolutionMeasure, meant: SolutionMeasure)]
        /// The figures under their right labels.
        let figures: SolutionFigures
    }

    /// A figure that, with other digits, agrees with all others.
    struct Slip: Hashable {
        let term: Int?
        let measure: SolutionMeasure
        let printed: PrintedNumber
        let likely: PrintedNumber
    }

    /// The exchanges that move the fewest labels.
    let exchanges: [Exchange]
    /// The slips, at most three, if no exchange helps.
    let slips: [Slip]

    /// Tries every exchange of the labels of the configurations' figures and of the solution's.
    init(_ solution: SolutionFigures) {
        let ofTerms = [SolutionMeasure.consistency, .rawCoverage, .uniqueCoverage, .pri].filter { measure in
            solution.terms.allSatisfy { $0[measure] != nil }
        }
        let ofSolution = [SolutionMeasure.solutionConsistency, .solutionCoverage].filter { solution[$0] != nil }
        var found: [Exchange] = []
        for termOrder in Self.permutations(ofTerms) {
            for solutionOrder in Self.permutations(ofSolution) {
                let moves = (Array(zip(ofTerms, termOrder)) + Array(zip(ofSolution, solutionOrder))).filter { $0 != $1 }
                guard !moves.isEmpty, moves.count <= (found.first?.moves.count ?? .max) else { continue }
                var figures = solution
                for (printed, meant) in zip(ofTerms, termOrder) {
                    for place in figures.terms.indices {
                        figures.terms[place].figures[meant] = solution.terms[place].figures[printed]
                    }
                }
                for (printed, meant) in zip(ofSolution, solutionOrder) {
                    figures.figures[meant] = solution.figures[printed]
                }
                guard figures.agrees(.rounded) else { continue }
                if moves.count < (found.first?.moves.count ?? .max) { found = [] }
                found.append(Exchange(moves: moves.map { (printed: $0, meant: $1) }, figures: figures))
            }
        }
        exchanges = found
        slips = found.isEmpty ? Self.slips(solution) : []
    }

    private static func permutations(_ items: [SolutionMeasure]) -> [[SolutionMeasure]] {
        guard items.count > 1 else { return [items] }
        return items.indices.flatMap { index in
            var rest = items
            let first = rest.remove(at: index)
            return permutations(rest).map { [first] + $0 }
        }
    }

    /// The figures that would do with two digits exchanged, or else with one other digit.
    private static func slips(_ solution: SolutionFigures) -> [Slip] {
        guard solution.terms.count <= 12 else { return [] }
        var slips: [Slip] = []
        func look(_ term: Int?, _ measure: SolutionMeasure, _ printed: PrintedNumber) {
            let candidate = (printed.withDigitsExchanged + printed.withOneDigitChanged).first { candidate in
                var figures = solution
                if let term {
                    figures.terms[term].figures[measure] = candidate
                } else {
                    figures.figures[measure] = candidate
                }
                return figures.agrees(.rounded)
            }
            if let candidate { slips.append(Slip(term: term, measure: measure, printed: printed, likely: candidate)) }
        }
        for measure in SolutionMeasure.allCases where measure != .cases {
            for (place, term) in solution.terms.enumerated() {
                if let figure = term[measure] { look(place, measure, figure) }
            }
            if let figure = solution[measure] { look(nil, measure, figure) }
        }
        return slips.count <= 3 ? slips : []
    }
}

extension PrintedNumber {
    /// The same figure with two neighbouring digits exchanged.
    var withDigitsExchanged: [PrintedNumber] {
        var characters = Array(text), found: [PrintedNumber] = []
        let digits = characters.indices.filter { "0123456789".contains(characters[$0]) }
        for (first, second) in zip(digits, digits.dropFirst()) where characters[first] != characters[second] {
            characters.swapAt(first, second)
            if let number = variant(String(characters)) { found.append(number) }
            characters.swapAt(first, second)
        }
        return found
    }

    /// The same figure with one other digit, the last digit first.
    var withOneDigitChanged: [PrintedNumber] {
        let characters = Array(text)
        var found: [PrintedNumber] = []
        for place in characters.indices.reversed() where "0123456789".contains(characters[place]) {
            for digit in "0123456789" where digit != characters[place] {
                var changed = characters
                changed[place] = digit
                if let number = variant(String(changed)) { found.append(number) }
            }
        }
        return found
    }

    private func variant(_ text: String) -> PrintedNumber? {
        guard let number = try? PrintedNumber(text) else { return nil }
        return isPercentage ? number.asPercentage : number
    }
}
