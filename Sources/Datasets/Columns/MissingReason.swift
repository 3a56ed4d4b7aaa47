/// Why a cell holds no value.
public enum MissingReason: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The cell is empty, or holds the source's system-missing value.
    case system
    /// The cell holds a code that was declared to mean "missing", for example 99 for "refused".
    case declared(Code)
    /// The cell holds this text where a number was asked for.
    case notNumeric(String)

    /// The reason in words.
    public var description: String {
        switch self {
        case .system: "empty"
        case .declared(let code): "declared missing (\(code))"
        case .notNumeric(let text): "not a number (\"\(excerpt(text))\")"
        }
    }
}

/// How many cells are missing for one reason.
public struct MissingCount: Sendable, Hashable, Codable {
    /// The reason.
    public var reason: MissingReason
    /// The number of cells.
    public var count: Int

    /// Creates a count of cells that are missing for a reason.
    public init(reason: MissingReason, count: Int) {
        self.reason = reason
        self.count = count
    }
}

/// At most forty characters of `text`, so that a message stays readable whatever a cell holds.
func excerpt(_ text: String) -> String {
    let limit = 40
    let line = text.prefix(limit + 1).map { $0.isNewline ? "⏎" : String($0) }
    return line.count > limit ? line.prefix(limit).joined() + "…" : line.joined()
}
