/// A JSON value (RFC 8259) whose objects keep the order in which their members were written.
///
/// It is what commands write with `--json`, so a figure that does not exist is `null`: a `number` that is not finite is
/// written as `null`.
public indirect enum JSON: Sendable {
    /// The value `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number without fraction, such as a sample size.
    case integer(Int)
    /// A number, written with the fewest digits that read back as the same double.
    case number(Double)
    /// A text.
    case string(String)
    /// A list of values.
    case array([JSON])
    /// Named values in the order given. Names are not checked for being unique.
    case object([(String, JSON)])
}

extension JSON {
    /// A number, or `null` when there is none.
    public init(_ value: Double?) { self = value.map(JSON.number) ?? .null }

    /// A whole number, or `null` when there is none.
    public init(_ value: Int?) { self = value.map(JSON.integer) ?? .null }

    /// A text, or `null` when there is none.
    public init(_ value: String?) { self = value.map(JSON.string) ?? .null }

    /// A list of numbers.
    public init(_ values: [Double]) { self = .array(values.map(JSON.number)) }

    /// A list of rows of numbers, such as a correlation matrix.
    public init(_ rows: [[Double]]) { self = .array(rows.map { JSON($0) }) }

    /// A list of texts.
    public init(_ values: [String]) { self = .array(values.map(JSON.string)) }

    /// The value of the first member with this name; `nil` when there is none or this is no object.
    public subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.0 == name }?.1
    }
}

extension JSON: Equatable {
    /// Whether two values are written the same; the order of members counts.
    public static func == (left: JSON, right: JSON) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.integer(let a), .integer(let b)): a == b
        case (.number(let a), .number(let b)): a == b
        case (.string(let a), .string(let b)): a == b
        case (.array(let a), .array(let b)): a == b
        case (.object(let a), .object(let b)):
            a.count == b.count && zip(a, b).allSatisfy { $0.0 == $1.0 && $0.1 == $1.1 }
        default: false
        }
    }
}

extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// `null`.
    public init(nilLiteral: ()) { self = .null }

    /// A truth value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }

    /// A whole number.
    public init(integerLiteral value: Int) { self = .integer(value) }

    /// A number.
    public init(floatLiteral value: Double) { self = .number(value) }

    /// A text.
    public init(stringLiteral value: String) { self = .string(value) }

    /// A list.
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }

    /// An object, in the order of the literal.
    public init(dictionaryLiteral elements: (String, JSON)...) { self = .object(elements) }
}
