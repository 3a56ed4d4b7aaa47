/// Values that theory rules out as causes of an outcome.
public struct CausalExclusion: Sendable, Hashable {
    /// The values that are no causes: `A`, `~A`, `A[1]`.
    public let causes: [SetExpression]
    /// The outcome.
    public let outcome: SetExpression

    /// An exclusion.
    public init(causes: [SetExpression], outcome: SetExpression) {
        self.causes = causes
        self.outcome = outcome
    }

    /// Reads an exclusion: `A, ~B -> Y`.
    ///
    /// - Throws: ``SetTheoryError/malformedExpression(_:position:problem:)``.
    public init(parsing text: String) throws(SetTheoryError) {
        guard let arrow = text.firstRange(of: "->") else {
            throw .malformedExpression(
                text, position: max(1, text.count), problem: "write causes, an arrow and an outcome, like A, ~B -> Y")
        }
        var causes: [SetExpression] = [], part = "", depth = 0
        for character in text[..<arrow.lowerBound] + "," {
            if character == "[" { depth += 1 }
            if character == "]" { depth -= 1 }
            if character == ",", depth == 0 {
                causes.append(try SetExpression(parsing: part))
                part = ""
            } else {
                part.append(character)
            }
        }
        self.init(causes: causes, outcome: try SetExpression(parsing: String(text[arrow.upperBound...])))
    }
}
