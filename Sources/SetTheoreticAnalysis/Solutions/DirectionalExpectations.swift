/// What theory expects of the conditions: which levels should lead to the outcome.
///
/// An expectation of a single condition makes a remainder an easy counterfactual if it differs from a positive row only
/// by having the expected level (Ragin & Sonnett 2005). A conjunctural expectation concerns several conditions at once
/// (Schneider & Wagemann 2013): a remainder is easy if it differs on these conditions together.
public struct DirectionalExpectations: Sendable, Hashable {
    /// The levels expected of each condition; empty where nothing is expected.
    public let levels: [Set<Int>]
    /// The expected conjunctions.
    public let conjunctions: [Conjunction]

    /// Expectations for conditions.
    public init(levels: [Set<Int>], conjunctions: [Conjunction] = []) {
        self.levels = levels
        self.conjunctions = conjunctions
    }

    /// Reads expectations: `1,0,-` one for each condition in order (several levels of a multi-value condition as
    /// `1;2`), or literals by name, `A,~B,C[2]`, with conjunctions such as `A*~D`.
    ///
    /// - Throws: ``SetTheoryError`` for another number of entries than conditions, and unknown names and levels.
    public init(parsing text: String, conditions: Conditions) throws(SetTheoryError) {
        let entries = Self.split(text)
        func isPositional(_ entry: String) -> Bool {
            !entry.isEmpty && entry.allSatisfy { $0.isNumber || $0 == "-" || $0 == ";" }
        }
        var levels = [Set<Int>](repeating: [], count: conditions.count)
        var conjunctions: [Conjunction] = []
        func require(_ condition: Int, _ level: Int) throws(SetTheoryError) {
            guard (0..<conditions.levelCounts[condition]).contains(level) else {
                throw .unknownLevel(
                    set: conditions.names[condition], level: level, levels: conditions.levelCounts[condition])
            }
        }
        if !entries.isEmpty, entries.allSatisfy(isPositional) {
            guard entries.count == conditions.count else {
                throw .invalidSetting(
                    name: "the directional expectations", value: "`\(text)`",
                    remedy: "\(entries.count) are given for \(conditions.count) conditions "
                        + "(\(conditions.names.joined(separator: ", "))); use - where nothing is expected")
            }
            for (condition, entry) in entries.enumerated() where entry != "-" {
                for part in entry.split(separator: ";") {
                    guard let level = Int(part), level >= 0 else {
                        throw .invalidSetting(
                            name: "the directional expectation of `\(conditions.names[condition])`",
                            value: "`\(entry)`", remedy: "write the expected level (1, 0), or - for none")
                    }
                    try require(condition, level)
                    levels[condition].insert(level)
                }
            }
        } else {
            for entry in entries {
                let expression = try SetExpression(parsing: entry, known: conditions.names)
                for term in try SumOfProducts(expression, over: conditions).terms {
                    if term.count == 1, let condition = conditions.names.indices.first(where: { term[$0] != nil }),
                        let level = term[condition]
                    {
                        levels[condition].insert(level)
                    } else {
                        conjunctions.append(term)
                    }
                }
            }
        }
        self.init(levels: levels, conjunctions: conjunctions)
    }

    /// The entries between commas outside brackets.
    private static func split(_ text: String) -> [String] {
        var entries: [String] = [""], depth = 0
        for character in text {
            if character == "[" { depth += 1 }
            if character == "]" { depth -= 1 }
            if character == ",", depth <= 0 {
                entries.append("")
            } else if character != " " {
                entries[entries.count - 1].append(character)
            }
        }
        return entries == [""] ? [] : entries
    }

    /// The opposite expectations, for the negation of the outcome: of each condition the levels that are not expected
    /// to lead to the outcome. What a conjunction of conditions does for the negation does not follow from what it does
    /// for the outcome, so that conjunctions are left out.
    public func mirrored(_ conditions: Conditions) -> DirectionalExpectations {
        DirectionalExpectations(
            levels: zip(levels, conditions.levelCounts).map { expected, count in
                expected.isEmpty ? [] : Set(0..<count).subtracting(expected)
            })
    }

    /// The expectations in words: `A, ~B, C*D`.
    public func description(_ conditions: Conditions) -> String {
        var parts: [String] = []
        for (condition, expected) in levels.enumerated() where !expected.isEmpty {
            parts += expected.sorted().map { conditions.literal(condition, level: $0) }
        }
        parts += conjunctions.map { conditions.expression($0) }
        return parts.isEmpty ? "none" : parts.joined(separator: ", ")
    }

    /// The conjunctions between a term of the complex and a term of the parsimonious solution all of whose remainders
    /// are easy counterfactuals: the complex term without the literals that the parsimonious term does not need and
    /// that contradict an expectation (Ragin 2008, ch. 9). Each kind of expectation gives one.
    func easy(from complex: Conjunction, to parsimonious: Conjunction) -> [Conjunction] {
        var individual = complex
        for (condition, expected) in levels.enumerated() where parsimonious[condition] == nil {
            if let level = complex[condition], !expected.isEmpty, !expected.contains(level) {
                individual[condition] = nil
            }
        }
        var result = [individual]
        for conjunction in conjunctions {
            let free = conjunction.conditions & ~parsimonious.conditions & complex.conditions
            if complex.differences(from: conjunction) & free != 0 {
                result.append(complex.keeping(~free))
            }
        }
        return result
    }
}
