/// The level of measurement that the source of a variable states.
public enum Measure: String, Sendable, Hashable, Codable, CaseIterable {
    /// Categories without order.
    case nominal
    /// Ordered categories.
    case ordinal
    /// An interval or ratio scale.
    case scale
    /// Not stated.
    case unknown
}
