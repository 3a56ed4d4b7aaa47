/// An expression as a disjunction of conjunctions of literals (disjunctive normal form).
///
/// This is Boolean algebra of configurations: `A*~A` is empty and leaves, although a fuzzy case can have some
/// membership in it. For memberships use ``CalibratedData/membership(in:)`` of the expression itself. The disjunction has
/// no term within another term, but is not minimised.
public struct SumOfProducts: Sendable, Hashable {
    /// How many terms are allowed by default.
    public static let defaultLimit = 10_000

    /// The terms, none of which covers another, in the order in which they arise; none for a contradiction, and the
    /// conjunction without a literal for "1".
    public let terms: [Conjunction]

    /// Multiplies an expression out: De Morgan's laws, distribution, the other levels for the negation of a
    /// multi-value literal; contradictory and absorbed terms leave.
    ///
    /// - Parameters:
    ///   - expression: The expression.
    ///   - conditions: The conditions that positions in a term stand for.
    ///   - limit: How many terms are allowed; four times as many may arise in between.
    /// - Throws: ``SetTheoryError`` if a set is not among the conditions, a level does not exist, a multi-value set is
    ///   used without a level, or there are too many terms.
    public init(
        _ expression: SetExpression, over conditions: Conditions, limit: Int = SumOfProducts.defaultLimit
    ) throws(SetTheoryError) {
        let expansion = Expansion(conditions: conditions, limit: max(1, limit))
        terms = try expansion.absorbing(try expansion.terms(of: expression, negated: false))
    }

    /// Everything that a disjunction of conjunctions does not cover.
    ///
    /// - Parameters:
    ///   - terms: The conjunctions.
    ///   - conditions: The conditions that positions in a term stand for.
    ///   - limit: How many terms are allowed.
    /// - Throws: ``SetTheoryError/invalidSetting(name:value:remedy:)`` if there are too many terms.
    public init(
        complementOf terms: [Conjunction], over conditions: Conditions, limit: Int = SumOfProducts.defaultLimit
    ) throws(SetTheoryError) {
        let expansion = Expansion(conditions: conditions, limit: max(1, limit))
        self.terms = try expansion.product(try expansion.absorbing(terms).map { expansion.complement(of: $0) })
    }

    /// Whether some term covers a configuration, or another conjunction as a whole.
    public func covers(_ configuration: Conjunction) -> Bool { terms.contains { $0.covers(configuration) } }
}

extension SetExpression {
    /// The disjunction of conjunctions as an expression: levels are named if some condition has more than two.
    public init(_ terms: [Conjunction], over conditions: Conditions) {
        self = .disjunction(
            terms.map { term in
                .conjunction(
                    conditions.names.indices.compactMap { condition in
                        guard let level = term[condition] else { return nil }
                        let name = conditions.names[condition]
                        if conditions.isMultiValue { return .set(name, levels: [level]) }
                        return level == 0 ? .not(.set(name, levels: nil)) : .set(name, levels: nil)
                    })
            })
    }
}

/// The expansion of expressions over conditions.
private struct Expansion {
    let conditions: Conditions
    let limit: Int

    func terms(of expression: SetExpression, negated: Bool) throws(SetTheoryError) -> [Conjunction] {
        switch expression {
        case .set(let name, let levels): return try literal(name, levels: levels, negated: negated)
        case .not(let inner): return try terms(of: inner, negated: !negated)
        case .and(let parts): return try combine(parts, asProduct: !negated, negated: negated)
        case .or(let parts): return try combine(parts, asProduct: negated, negated: negated)
        }
    }

    private func combine(
        _ parts: [SetExpression], asProduct: Bool, negated: Bool
    ) throws(SetTheoryError) -> [Conjunction] {
        var expanded: [[Conjunction]] = []
        for part in parts { expanded.append(try terms(of: part, negated: negated)) }
        if asProduct { return try product(expanded) }
        return try absorbing(expanded.flatMap { $0 })
    }

    private func literal(_ name: String, levels: [Int]?, negated: Bool) throws(SetTheoryError) -> [Conjunction] {
        guard let condition = conditions.names.firstIndex(of: name) else {
            throw .unknownSet(name, known: conditions.names)
        }
        let count = conditions.levelCounts[condition]
        if levels == nil, count > 2 {
            throw .invalidSetting(
                name: "the literal `\(name)`", value: "used without a level",
                remedy: "the set has \(count) levels; write `\(name)[1]`")
        }
        let named = levels ?? [1]
        if let level = named.first(where: { !(0..<count).contains($0) }) {
            throw .unknownLevel(set: name, level: level, levels: count)
        }
        let wanted = (0..<count).filter { named.contains($0) != negated }
        if wanted.count == count { return [Conjunction()] }
        return wanted.map { single(condition, level: $0) }
    }

    private func single(_ condition: Int, level: Int) -> Conjunction {
        var term = Conjunction()
        term[condition] = level
        return term
    }

    /// The complement of one conjunction: any other level of any of its conditions (De Morgan).
    func complement(of term: Conjunction) -> [Conjunction] {
        conditions.names.indices.flatMap { condition -> [Conjunction] in
            guard let level = term[condition] else { return [] }
            return (0..<conditions.levelCounts[condition]).filter { $0 != level }.map {
                single(condition, level: $0)
            }
        }
    }

    /// The product of sums, the shortest first, which keeps what arises in between small.
    func product(_ sums: [[Conjunction]]) throws(SetTheoryError) -> [Conjunction] {
        var result = [Conjunction()]
        for sum in sums.enumerated().sorted(by: { ($0.1.count, $0.0) < ($1.1.count, $1.0) }).map(\.element) {
            var terms: [Conjunction] = [], seen = Set<Conjunction>()
            for a in result {
                for b in sum where a.intersects(b) {
                    let both = a.intersection(b)
                    guard seen.insert(both).inserted else { continue }
                    terms.append(both)
                    if terms.count > 4 * limit { throw tooMany }
                }
            }
            result = try absorbing(terms)
        }
        return result
    }

    /// The terms that no other covers, in the order given.
    func absorbing(_ terms: [Conjunction]) throws(SetTheoryError) -> [Conjunction] {
        var seen = Set<Conjunction>()
        let unique = terms.filter { seen.insert($0).inserted }
        if unique.count > 4 * limit { throw tooMany }
        let counts = unique.map(\.count)
        var kept: [Int] = [], keptTerms: [Conjunction] = []
        // Only a term with fewer literals can cover another one.
        var shorter = 0, length = -1
        for position in unique.indices.sorted(by: { (counts[$0], $0) < (counts[$1], $1) }) {
            let term = unique[position]
            if counts[position] > length {
                length = counts[position]
                shorter = keptTerms.count
            }
            if keptTerms[..<shorter].contains(where: { $0.covers(term) }) { continue }
            kept.append(position)
            keptTerms.append(term)
            if kept.count > limit { throw tooMany }
        }
        return kept.sorted().map { unique[$0] }
    }

    private var tooMany: SetTheoryError {
        .invalidSetting(
            name: "the expression", value: "multiplied out",
            remedy: "it gives more than \(limit) conjunctions; split it into simpler expressions")
    }
}
