/// The remainders that a parsimonious model assumes to lead to the outcome, as theory sees them (Ragin & Sonnett 2005).
public struct Counterfactuals: Sendable, Hashable {
    /// The rows, by number, that agree with the directional expectations: the intermediate solution assumes them.
    public let easy: [Int]
    /// The other rows, by number.
    public let difficult: [Int]

    /// Counterfactuals from row numbers.
    public init(easy: [Int], difficult: [Int]) {
        self.easy = easy
        self.difficult = difficult
    }
}

extension StandardAnalysis {
    /// The easy and difficult counterfactuals of a pair of models, whose intermediate models are named after it:
    /// `C1P2` for the first complex and the second parsimonious model.
    ///
    /// - Parameters:
    ///   - complex: The position of the complex model, from 0.
    ///   - parsimonious: The position of the parsimonious model, from 0.
    ///   - limit: The number of rows of the full table up to which they are listed.
    /// - Returns: The rows; nil without directional expectations or where there is no such model.
    public func counterfactuals(complex: Int, parsimonious: Int, limit: Int = 1 << 16) -> Counterfactuals? {
        guard let expectations = options.expectations, let first = self.complex, let second = self.parsimonious,
            first.models.indices.contains(complex), second.models.indices.contains(parsimonious)
        else { return nil }
        let assumed = second.models[parsimonious].terms
        var easy: [Conjunction] = []
        for term in first.models[complex].terms {
            for prime in assumed where prime.covers(term) { easy += expectations.easy(from: term, to: prime) }
        }
        let rows = table.simplifyingAssumptions(of: assumed, limit: limit)
        func isEasy(_ row: Conjunction) -> Bool { easy.contains { $0.covers(row) } }
        return Counterfactuals(
            easy: rows.filter { isEasy($0.configuration) }.map(\.number),
            difficult: rows.filter { !isEasy($0.configuration) }.map(\.number))
    }
}
