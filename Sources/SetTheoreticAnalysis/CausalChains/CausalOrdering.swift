/// Which factors may be causes of which: tiers of factors, earlier tiers first.
///
/// A factor can be caused by factors of earlier tiers and, unless the ordering is strict, of its own tier. Factors that
/// are not named come before all others.
public struct CausalOrdering: Sendable, Hashable {
    /// The factors of each tier.
    public let tiers: [[String]]
    /// Whether factors of one tier cannot cause each other.
    public let isStrict: Bool

    /// An ordering from its tiers.
    public init(tiers: [[String]], isStrict: Bool = false) {
        self.tiers = tiers.filter { !$0.isEmpty }
        self.isStrict = isStrict
    }

    /// Reads an ordering: `A, B < C < D`.
    ///
    /// - Parameters:
    ///   - text: Tiers separated by `<`, factors of one tier by commas.
    ///   - isStrict: Whether factors of one tier cannot cause each other.
    /// - Throws: ``SetTheoryError/malformedExpression(_:position:problem:)`` where a name is missing.
    public init(parsing text: String, isStrict: Bool = false) throws(SetTheoryError) {
        var tiers: [[String]] = [[]], name = ""
        var position = 0
        for character in text + "<" {
            position += 1
            guard character == "<" || character == "," else {
                name.append(character)
                continue
            }
            let trimmed = String(
                name.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
            if trimmed.isEmpty {
                throw .malformedExpression(
                    text, position: min(position, max(1, text.count)),
                    problem: "the name of a factor is missing; write an ordering like A, B < C < D")
            }
            tiers[tiers.count - 1].append(trimmed)
            name = ""
            if character == "<" { tiers.append([]) }
        }
        self.init(tiers: tiers, isStrict: isStrict)
    }

    /// The tier of each factor, the factors not named in tier 0 if there are any.
    ///
    /// - Throws: ``SetTheoryError`` if a factor does not exist or is named twice.
    func tierNumbers(of factors: [String]) throws(SetTheoryError) -> [Int] {
        var numbers: [String: Int] = [:]
        for (number, tier) in tiers.enumerated() {
            for name in tier {
                if !factors.contains(name) { throw .unknownSet(name, known: factors) }
                if numbers.updateValue(number + 1, forKey: name) != nil { throw .duplicateSet(name) }
            }
        }
        return factors.map { numbers[$0] ?? 0 }
    }
}

extension CausalOrdering: CustomStringConvertible {
    /// The ordering as it is written: `A, B < C`.
    public var description: String { tiers.map { $0.joined(separator: ", ") }.joined(separator: " < ") }
}
