#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The values between two ends, both included: what a printed figure may stand for, and what follows from several of them.
///
/// Operations give the smallest interval that holds every result (Moore, 1966), as far as an operand occurs once in a formula; where
/// one occurs twice the interval is wider than need be, which can hide a contradiction and never make one.
public struct Interval: Sendable, Hashable, Codable {
    /// The lower end; −∞ for none.
    public let lower: Double
    /// The upper end; ∞ for none.
    public let upper: Double

    /// The values between two ends, in either order. An end that is not a number leaves that side open.
    public init(_ first: Double, _ second: Double) {
        let low = first.isNaN ? -.infinity : first
        let high = second.isNaN ? .infinity : second
        (lower, upper) = (min(low, high), max(low, high))
    }

    /// One value.
    public init(_ value: Double) { self.init(value, value) }

    /// Every number.
    public static let everything = Interval(-.infinity, .infinity)

    /// The middle; not a number if an end is open.
    public var middle: Double { lower / 2 + upper / 2 }
    /// The distance between the ends.
    public var width: Double { upper - lower }
    /// Whether both ends are finite.
    public var isBounded: Bool { lower.isFinite && upper.isFinite }

    /// Whether a value lies in it, rounding errors of the arithmetic allowed for.
    public func contains(_ value: Double) -> Bool { overlaps(Interval(value)) }

    /// Whether the two have a value in common, rounding errors of the arithmetic allowed for.
    public func overlaps(_ other: Interval) -> Bool {
        let ends = [lower, upper, other.lower, other.upper].filter(\.isFinite).map(abs)
        let tolerance = 1e-11 * (ends.max() ?? 0)
        return lower <= other.upper + tolerance && other.lower <= upper + tolerance
    }

    /// The values in both; `nil` if there is none.
    public func intersection(_ other: Interval) -> Interval? {
        guard overlaps(other) else { return nil }
        let low = max(lower, other.lower)
        return Interval(low, max(low, min(upper, other.upper)))
    }

    /// The smallest interval that holds both.
    public func union(_ other: Interval) -> Interval { Interval(min(lower, other.lower), max(upper, other.upper)) }

    /// The values with a sign removed.
    public var magnitude: Interval {
        if lower >= 0 { return self }
        return upper <= 0 ? Interval(-upper, -lower) : Interval(0, max(-lower, upper))
    }

    /// The squares of the values.
    public var squared: Interval { Interval(magnitude.lower * magnitude.lower, magnitude.upper * magnitude.upper) }

    /// The square roots; of what is below zero, nothing: `nil` if all of it is.
    public var squareRoot: Interval? {
        upper < 0 ? nil : Interval(max(lower, 0).squareRoot(), upper.squareRoot())
    }

    /// The image under a function that only rises or only falls.
    public func monotone(_ function: (Double) -> Double) -> Interval { Interval(function(lower), function(upper)) }

    /// Cuts off what lies outside two bounds; `nil` if nothing is left.
    public func clamped(to range: ClosedRange<Double>) -> Interval? {
        intersection(Interval(range.lowerBound, range.upperBound))
    }

    /// The sums.
    public static func + (a: Interval, b: Interval) -> Interval { Interval(a.lower + b.lower, a.upper + b.upper) }
    /// The differences.
    public static func - (a: Interval, b: Interval) -> Interval { Interval(a.lower - b.upper, a.upper - b.lower) }
    /// The values with the sign changed.
    public static prefix func - (a: Interval) -> Interval { Interval(-a.upper, -a.lower) }

    /// The products.
    public static func * (a: Interval, b: Interval) -> Interval {
        let products = [
            product(a.lower, b.lower), product(a.lower, b.upper), product(a.upper, b.lower), product(a.upper, b.upper),
        ]
        return Interval(products.reduce(.infinity, min), products.reduce(-.infinity, max))
    }

    /// The quotients; everything if the divisor may be zero.
    public static func / (a: Interval, b: Interval) -> Interval {
        guard b.lower > 0 || b.upper < 0 else { return .everything }
        return a * Interval(1 / b.lower, 1 / b.upper)
    }

    /// Zero times an open end is zero.
    private static func product(_ x: Double, _ y: Double) -> Double { x == 0 || y == 0 ? 0 : x * y }
}

extension Interval: ExpressibleByFloatLiteral {
    /// One value.
    public init(floatLiteral value: Double) { self.init(value) }
}

extension Interval: ExpressibleByIntegerLiteral {
    /// One value.
    public init(integerLiteral value: Int) { self.init(Double(value)) }
}

extension Sequence where Element == Interval {
    /// The sums of one value of each.
    public func sum() -> Interval { reduce(Interval(0), +) }
}
