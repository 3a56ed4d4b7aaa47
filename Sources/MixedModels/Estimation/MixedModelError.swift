/// Why a mixed model cannot be fitted.
public enum MixedModelError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The analysis cannot be done; the text says what is wrong, where, and what to do.
    case notEstimable(String)
    /// A method does not apply to this model; the text says why and what does.
    case notAvailable(String)

    /// What is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .notEstimable(let text), .notAvailable(let text): text
        }
    }
}
