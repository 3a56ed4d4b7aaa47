/// The conditions of an analysis, in order: what positions in a ``Conjunction`` stand for.
public struct Conditions: Sendable, Hashable {
    /// The names.
    public let names: [String]
    /// The number of levels of each: two for fuzzy and crisp sets.
    public let levelCounts: [Int]

    /// Whether literals are written `A[1]`: some condition has more than two levels, or the outcome is a level.
    public let isMultiValue: Bool

    /// Takes the conditions from data.
    ///
    /// - Parameters:
    ///   - names: The names of the conditions, in order.
    ///   - data: The sets.
    ///   - outcome: The outcome, if there is one: with a level of it, `Y[1]`, all literals name their levels.
    /// - Throws: ``SetTheoryError`` if a set does not exist, is named twice, or there are none or too many.
    public init(
        _ names: [String], in data: CalibratedData, outcome: SetExpression? = nil
    ) throws(SetTheoryError) {
        if names.isEmpty { throw .noConditions }
        if names.count > Conjunction.conditionLimit { throw .tooManyConditions(names.count) }
        var counts: [Int] = [], seen = Set<String>()
        for name in names {
            if !seen.insert(name).inserted { throw .duplicateSet(name) }
            counts.append(try data.set(name).levelCount)
        }
        self.names = names
        levelCounts = counts
        isMultiValue = counts.contains { $0 > 2 } || outcome?.namesLevels == true
    }

    /// Conditions with known numbers of levels.
    public init(names: [String], levelCounts: [Int]) {
        self.names = names
        self.levelCounts = levelCounts
        isMultiValue = levelCounts.contains { $0 > 2 }
    }

    /// The number of conditions.
    public var count: Int { names.count }

    /// The conjunction as text: `A*~B`, or `A[1]*B[0]` with multi-value sets; "1" if it has no literal.
    public func expression(_ conjunction: Conjunction) -> String {
        let literals = names.indices.compactMap { condition in
            conjunction[condition].map { literal(condition, level: $0) }
        }
        return literals.isEmpty ? "1" : literals.joined(separator: "*")
    }

    /// A disjunction of conjunctions as text: `A*~B + C`; "0" if there is none.
    public func expression(_ terms: [Conjunction]) -> String {
        terms.isEmpty ? "0" : terms.map { expression($0) }.joined(separator: " + ")
    }

    /// One literal as text.
    public func literal(_ condition: Int, level: Int) -> String {
        isMultiValue ? "\(names[condition])[\(level)]" : (level == 0 ? "~" : "") + names[condition]
    }
}
