/// A raw value at which membership is fixed from outside: a number, or a percentile of the data.
public enum Anchor: Sendable, Hashable {
    /// A number on the scale of the raw values.
    case value(Double)
    /// A percentile, 0 to 100, of the raw values (definition 7 of Hyndman & Fan 1996, the default of R).
    case percentile(Double)

    /// Whether the anchor comes from the data.
    public var isPercentile: Bool { if case .percentile = self { true } else { false } }

    /// The raw value of the anchor in sorted values; not a number if there are none.
    func resolved(in sorted: [Double]) -> Double {
        switch self {
        case .value(let value): return value
        case .percentile(let percentage):
            guard let last = sorted.last, (0...100).contains(percentage) else { return .nan }
            let place = Double(sorted.count - 1) * percentage / 100
            let below = Int(place.rounded(.down))
            guard below + 1 < sorted.count else { return last }
            return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
        }
    }

    /// The anchor as text: `2.5`, or `p50`.
    var text: String {
        switch self {
        case .value(let value): plainNumber(value)
        case .percentile(let percentage): "p\(plainNumber(percentage))"
        }
    }
}

extension Anchor: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    /// A number.
    public init(floatLiteral value: Double) { self = .value(value) }

    /// A number.
    public init(integerLiteral value: Int) { self = .value(Double(value)) }
}

/// The three anchors of a set: rising, or falling for a set that shrinks as raw values grow.
public struct Anchors: Sendable, Hashable {
    /// Where full exclusion begins.
    public let exclusion: Anchor
    /// The point of maximum ambiguity, at which membership is 0.5.
    public let crossover: Anchor
    /// Where full inclusion begins.
    public let inclusion: Anchor

    /// Puts anchors together; their order is checked when they are used.
    public init(exclusion: Anchor, crossover: Anchor, inclusion: Anchor) {
        self.exclusion = exclusion
        self.crossover = crossover
        self.inclusion = inclusion
    }
}

/// A number without a needless ".0".
func plainNumber(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
}
