/// A conjunction of literals over conditions that are known by position: a row of the truth table, an implicant.
///
/// Each of up to 32 conditions takes four bits of one word: 0 where the condition has no literal, otherwise one more
/// than the level, so that every comparison is a few instructions whatever the number of conditions.
public struct Conjunction: Hashable, Sendable {
    /// The number of conditions that fit.
    public static let conditionLimit = 32
    /// The number of levels of a condition that fit.
    public static let levelLimit = 15

    /// Four bits for each condition.
    public private(set) var code: UInt128

    /// The conjunction without a literal, which covers everything.
    public init() { code = 0 }

    /// The conjunction with a literal for each condition that has a level.
    public init(levels: [Int?]) {
        code = 0
        for (condition, level) in levels.enumerated() { self[condition] = level }
    }

    /// The level that the conjunction demands of a condition; nil if the condition has no literal.
    public subscript(condition: Int) -> Int? {
        get {
            let field = Int(truncatingIfNeeded: code >> UInt128(4 * condition)) & 15
            return field == 0 ? nil : field - 1
        }
        set {
            code &= ~(15 << UInt128(4 * condition))
            if let newValue { code |= UInt128(newValue + 1) << UInt128(4 * condition) }
        }
    }

    /// The number of literals.
    public var count: Int { (Self.occupied(code) & Self.lowBits).nonzeroBitCount }

    /// The conditions that have a literal, as bits.
    public var conditions: UInt32 { Self.bits(Self.occupied(code)) }

    /// Whether everything in another conjunction lies in this one: the literals of this one are among the other's.
    public func covers(_ other: Conjunction) -> Bool { other.code & Self.occupied(code) == code }

    /// Whether some configuration lies in both: no condition has two levels.
    public func intersects(_ other: Conjunction) -> Bool {
        let both = Self.occupied(code) & Self.occupied(other.code)
        return code & both == other.code & both
    }

    /// The conjunction with the literals of both, which must intersect.
    public func intersection(_ other: Conjunction) -> Conjunction { Conjunction(code: code | other.code) }

    /// The literals of the conditions among the bits.
    public func keeping(_ conditions: UInt32) -> Conjunction { Conjunction(code: code & Self.fields(conditions)) }

    /// Four ones for each condition with a literal.
    static func occupied(_ code: UInt128) -> UInt128 {
        let some = (code | code >> 1 | code >> 2 | code >> 3) & lowBits
        return some * 15
    }

    static let lowBits: UInt128 = 0x1111_1111_1111_1111_1111_1111_1111_1111

    private init(code: UInt128) { self.code = code }
}
