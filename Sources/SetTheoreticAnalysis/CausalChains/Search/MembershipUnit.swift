/// The sums over cases that measures are made of.
struct Tally: Sendable {
    /// The number of cases.
    var total = 0.0
    /// Σ x.
    var x = 0.0
    /// Σ y.
    var y = 0.0
    /// Σ min(x, y).
    var both = 0.0
    /// Σ min(1 - x, 1 - y).
    var neither = 0.0
    /// Σ min(x, 1 - y).
    var onlyX = 0.0
    /// Σ min(1 - x, y).
    var onlyY = 0.0
    /// Σ min(x, y, 1 - x, 1 - y).
    var middle = 0.0
}

/// What sums have in common as long as the outcome stays the same.
struct OutcomeTotals: Sendable {
    /// Σ y.
    var x: Double
    /// The number of cases.
    var total: Double
}

/// How many cases each distinct configuration stands for.
struct CaseWeights: Sendable {
    /// The number of cases.
    let values: [Double]
    /// The binary digits of the numbers, a plane of bits over the configurations for each digit.
    let planes: [UInt64]
    let planeCount: Int
    let width: Int
}

/// A unit of a column of memberships: one fuzzy membership, or 64 crisp ones.
protocol MembershipUnit: Sendable {
    static var none: Self { get }
    static func conjunction(_ a: Self, _ b: Self) -> Self
    static func disjunction(_ a: Self, _ b: Self) -> Self
    static func tally(
        _ x: UnsafeBufferPointer<Self>, _ y: UnsafeBufferPointer<Self>, weights: CaseWeights, outcome: OutcomeTotals,
        onlyStandard: Bool
    ) -> Tally
}

extension Double: MembershipUnit {
    static var none: Double { 0 }

    @inline(__always)
    static func conjunction(_ a: Double, _ b: Double) -> Double { b < a ? b : a }

    @inline(__always)
    static func disjunction(_ a: Double, _ b: Double) -> Double { b > a ? b : a }

    static func tally(
        _ x: UnsafeBufferPointer<Double>, _ y: UnsafeBufferPointer<Double>, weights: CaseWeights,
        outcome: OutcomeTotals, onlyStandard: Bool
    ) -> Tally {
        var result = Tally()
        weights.values.withUnsafeBufferPointer { weights in
            if onlyStandard {
                var sumX = 0.0, both = 0.0
                for row in 0..<x.count {
                    sumX += x[row] * weights[row]
                    both += conjunction(x[row], y[row]) * weights[row]
                }
                result.x = sumX
                result.both = both
                result.y = outcome.x
                result.total = outcome.total
                return
            }
            for row in 0..<min(x.count, y.count) {
                let weight = weights[row], x = x[row], y = y[row]
                result.total += weight
                result.x += x * weight
                result.y += y * weight
                result.both += min(x, y) * weight
                result.neither += (1 - max(x, y)) * weight
                result.onlyX += min(x, 1 - y) * weight
                result.onlyY += min(1 - x, y) * weight
                result.middle += min(min(x, y), min(1 - x, 1 - y)) * weight
            }
        }
        return result
    }
}

extension UInt64: MembershipUnit {
    static var none: UInt64 { 0 }

    @inline(__always)
    static func conjunction(_ a: UInt64, _ b: UInt64) -> UInt64 { a & b }

    @inline(__always)
    static func disjunction(_ a: UInt64, _ b: UInt64) -> UInt64 { a | b }

    static func tally(
        _ x: UnsafeBufferPointer<UInt64>, _ y: UnsafeBufferPointer<UInt64>, weights: CaseWeights,
        outcome: OutcomeTotals, onlyStandard: Bool
    ) -> Tally {
        var sumX = 0, both = 0
        weights.planes.withUnsafeBufferPointer { planes in
            for digit in 0..<weights.planeCount {
                let start = digit * weights.width
                var countX = 0, countBoth = 0
                for word in 0..<x.count {
                    let bits = x[word] & planes[start + word]
                    countX += bits.nonzeroBitCount
                    countBoth += (bits & y[word]).nonzeroBitCount
                }
                sumX += countX << digit
                both += countBoth << digit
            }
        }
        var result = Tally()
        result.total = outcome.total
        result.x = Double(sumX)
        result.y = outcome.x
        result.both = Double(both)
        result.onlyX = result.x - result.both
        result.onlyY = result.y - result.both
        result.neither = result.total - result.x - result.onlyY
        return result
    }
}
