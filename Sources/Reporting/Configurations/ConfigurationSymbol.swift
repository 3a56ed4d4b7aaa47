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

    /// The symbol where there are no sizes of type. Core and peripheral conditions differ by the character, so that a
    /// terminal, a spreadsheet and a screen reader tell them apart as well.
    public var text: String {
        switch self {
        case .present(isCore: true): "●"
        case .present(isCore: false): "•"
        case .absent(isCore: true): "⊗"
        case .absent(isCore: false): "×"
        case .level(let level, isCore: true): "●\(level)"
        case .level(let level, isCore: false): "•\(level)"
        case .indifferent: ""
        }
    }

    /// The symbol as it is set on a page: core conditions large, peripheral ones small.
    public var richText: RichText {
        switch self {
        case .present(isCore: true), .absent(isCore: true): RichText(text, style: .large)
        case .present(isCore: false): RichText(.init("●", style: .small, plainText: text))
        case .absent(isCore: false): RichText(.init("⊗", style: .small, plainText: text))
        case .level(let level, isCore: true):
            RichText("●", style: .large) + RichText("\(level)", style: .strong)
        case .level(let level, isCore: false):
            RichText(.init("●", style: .small, plainText: "•")) + RichText("\(level)")
        case .indifferent: RichText()
        }
    }
}
