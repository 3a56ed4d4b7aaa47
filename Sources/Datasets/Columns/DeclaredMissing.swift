/// The codes and ranges of codes of a variable that mean "missing".
public struct DeclaredMissing: Sendable, Hashable, Codable {
    /// Single codes.
    public var codes: [Code]
    /// Closed ranges of numeric codes, for example −99…−1.
    public var ranges: [ClosedRange<Double>]

    /// Creates a declaration; by default nothing is declared missing.
    public init(codes: [Code] = [], ranges: [ClosedRange<Double>] = []) {
        self.codes = codes
        self.ranges = ranges
    }

    /// Whether nothing is declared missing.
    public var isEmpty: Bool { codes.isEmpty && ranges.isEmpty }

    /// Whether `value` is declared missing.
    public func contains(_ value: Double) -> Bool {
        for case .number(let code) in codes where code == value { return true }
        return ranges.contains { $0.contains(value) }
    }

    /// Whether `text` is declared missing.
    public func contains(_ text: String) -> Bool {
        for case .text(let code) in codes where code == text { return true }
        return false
    }

    /// What either of the two declares missing.
    public func union(_ other: DeclaredMissing) -> DeclaredMissing {
        DeclaredMissing(
            codes: codes + other.codes.filter { !codes.contains($0) },
            ranges: ranges + other.ranges.filter { !ranges.contains($0) })
    }
}
