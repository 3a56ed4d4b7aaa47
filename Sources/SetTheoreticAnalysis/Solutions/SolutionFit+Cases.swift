extension SolutionFit {
    /// The fit of a model to cases.
    ///
    /// Unique coverage is the coverage of the model less that of the model without the term (Ragin 2006).
    ///
    /// - Parameters:
    ///   - memberships: The membership of each case in each term.
    ///   - outcome: The membership of each case in the outcome.
    init(_ memberships: [[Double]], outcome: [Double]) {
        let count = memberships.count, cases = outcome.count
        // The largest membership among the terms before, and among the terms from, each position.
        var after = [[Double]](repeating: [Double](repeating: 0, count: cases), count: count + 1)
        for position in memberships.indices.reversed() {
            for row in 0..<cases { after[position][row] = max(after[position + 1][row], memberships[position][row]) }
        }
        let total = outcome.reduce(0, +)
        var before = [Double](repeating: 0, count: cases), terms: [Term] = []
        for (position, x) in memberships.enumerated() {
            let fit = SufficiencyFit(x, in: outcome)
            var shared = 0.0
            for row in 0..<cases {
                shared += min(min(x[row], outcome[row]), max(before[row], after[position + 1][row]))
                before[row] = max(before[row], x[row])
            }
            terms.append(
                Term(
                    sufficiency: fit,
                    uniqueCoverage: count == 1 ? nil : fit.coverage.map { $0 - shared / total },
                    cases: x.indices.filter { x[$0] > 0.5 }))
        }
        self.init(terms: terms, model: SufficiencyFit(after[0], in: outcome))
    }
}

/// The memberships of cases in terms, each worked out once.
struct TermMemberships {
    private let levels: [[[Double]]]
    private let cases: Int
    private var known: [Conjunction: [Double]] = [:]

    init(_ table: TruthTable) {
        cases = table.data.cases.count
        levels = table.conditions.names.map { name in
            guard let set = table.data[name] else { return [] }
            return (0..<set.levelCount).map { set.membership(level: $0) }
        }
    }

    /// The membership of each case in a term.
    mutating func membership(_ term: Conjunction) -> [Double] {
        if let membership = known[term] { return membership }
        var membership = [Double](repeating: 1, count: cases)
        for condition in levels.indices {
            guard let level = term[condition] else { continue }
            let values = levels[condition][level]
            for row in 0..<cases { membership[row] = min(membership[row], values[row]) }
        }
        known[term] = membership
        return membership
    }
}

extension TruthTable {
    /// The membership of each case in a conjunction of the conditions.
    public func membership(in term: Conjunction) -> [Double] {
        var memberships = TermMemberships(self)
        return memberships.membership(term)
    }

    /// The membership of each case in a disjunction of terms.
    public func membership(in terms: [Conjunction]) -> [Double] {
        var memberships = TermMemberships(self), result = [Double](repeating: 0, count: data.cases.count)
        for term in terms {
            for (row, value) in memberships.membership(term).enumerated() { result[row] = max(result[row], value) }
        }
        return result
    }

    /// How terms fit the cases.
    public func fit(of terms: [Conjunction]) -> SolutionFit {
        var memberships = TermMemberships(self)
        return SolutionFit(terms.map { memberships.membership($0) }, outcome: outcomeMembership)
    }
}
