/// A path as papers write it: `EI <-- IC`, `IC → EI`, or two columns.
public struct StatedPath: Sendable, Hashable {
    /// The variable that the path ends at.
    public let outcome: String
    /// The variable that it starts from.
    public let predictor: String

    /// A path.
    public init(outcome: String, predictor: String) {
        self.outcome = outcome
        self.predictor = predictor
    }

    /// Reads a path; `nil` without one arrow that points one way.
    public init?(_ text: some StringProtocol) {
        let plain = String(
            text.map { character in
                switch character {
                case "−", "–", "—", "‐", "‑", "─": "-"
                case "←", "⟵", "⇐": "<"
                case "→", "⟶", "⇒": ">"
                default: character
                }
            })
        let leftward = plain.contains("<"), rightward = plain.contains(">")
        guard leftward != rightward else { return nil }
        let parts = plain.split(separator: leftward ? "<" : ">", omittingEmptySubsequences: true)
        guard parts.count == 2 else { return nil }
        let ends = parts.map { part in
            let start = part.drop { $0 == "-" || $0.isWhitespace }
            guard let last = start.lastIndex(where: { $0 != "-" && !$0.isWhitespace }) else { return "" }
            return String(start[...last])
        }
        guard !ends[0].isEmpty, !ends[1].isEmpty else { return nil }
        self.init(outcome: leftward ? ends[0] : ends[1], predictor: leftward ? ends[1] : ends[0])
    }
}

extension StatedPath: CustomStringConvertible {
    /// `EI ← IC`.
    public var description: String { "\(outcome) ← \(predictor)" }
}
