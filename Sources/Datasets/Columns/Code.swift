/// What stands in a cell for a category or for a reason of missingness: a number, a text, or one of the letters
/// that Stata and SAS keep for missing values (`.a` to `.z`).
public enum Code: Sendable, Hashable, Codable, CustomStringConvertible {
    /// A numeric code such as 5 or 99.
    case number(Double)
    /// A text code such as `refused`.
    case text(String)
    /// The letter of a tagged missing value of Stata or SAS, without its point.
    case tag(String)

    /// The code as it is printed: `99`, `refused`, `.a`.
    public var description: String {
        switch self {
        case .number(let value): shortest(value)
        case .text(let value): value
        case .tag(let letter): "." + letter
        }
    }
}

/// The words that a questionnaire gives to one code of a variable.
public struct ValueLabel: Sendable, Hashable, Codable {
    /// The code in the data.
    public var code: Code
    /// Its wording, for example `strongly agree`.
    public var label: String

    /// Creates the label of a code.
    public init(code: Code, label: String) {
        self.code = code
        self.label = label
    }
}

/// The shortest decimal that reads back as `value`, without a trailing `.0`.
func shortest(_ value: Double) -> String {
    if let integer = Int64(exactly: value), abs(value) < 1e15 { return String(integer) }
    return value.description
}
