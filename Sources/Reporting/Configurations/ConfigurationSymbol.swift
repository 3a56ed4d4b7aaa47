/// What a configuration demands of a condition, as configuration tables show it (Ragin & Fiss, 2008; Fiss, 2011).
public enum ConfigurationSymbol: Sendable, Hashable {
    /// The condition is present.
    case present(isCore: Bool)
    /// The condition is absent.
    case absent(isCore: Bool)
    /// A condition of more than two levels has a certain one.
    case level(Int, isCore: Bool)
    /// The condition may be present or absent.
    case indifferent

    /// Whether the condition is core: part of the parsimonious solution too.
    public var isCore: Bool {
        switch self {
        case .present(let isCore), .absent(let isCore), .level(_, let isCore): isCore
        case .indifferent: false
        }
    }

    /// The symbol. Core and peripheral conditions differ by the character and not only by its size, so that a terminal, a
    /// spreadsheet and a screen reader tell them apart as well.
    public var text: String {
        switch self {
        case .present(isCore: true): "●"
        case .present(isCore: false): "•"
        case .absent(isCore: true): "⊗"
        case .absent(isCore: false): "ⓧ"
        case .level(let level, isCore: true): "●\(level)"
        case .level(let level, isCore: false): "•\(level)"
        case .indifferent: ""
        }
    }

    /// The symbol as it is set in a table: peripheral absence in small type, core levels in bold.
    public var richText: RichText {
        switch self {
        case .absent(isCore: false): RichText(text, style: .small)
        case .level(_, isCore: true): RichText(text, style: .strong)
        case .present, .absent, .level, .indifferent: RichText(text)
        }
    }
}
