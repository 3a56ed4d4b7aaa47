/// A rule that printed figures must obey. Each family of rules declares its own as static members.
public struct AuditRule: Sendable, Hashable {
    /// Its short name, as in the JSON: `ave`, `r-stars`.
    public let id: String
    /// Its name for readers: "AVE from loadings".
    public let title: String
    /// The formula, with its source.
    public let basis: String

    /// A rule.
    public init(_ id: String, _ title: String, basis: String) {
        self.id = id
        self.title = title
        self.basis = basis
    }
}

extension AuditRule: Codable {
    /// As its short name.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(id)
    }

    /// From its short name.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let id = try container.decode(String.self)
        guard let rule = AuditRule.all.first(where: { $0.id == id }) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no rule is called `\(id)`")
        }
        self = rule
    }
}
