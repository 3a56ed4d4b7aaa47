/// Figures by which conditions are judged in a coincidence analysis: four for sufficiency, four for necessity.
///
/// With X the membership in the condition, Y in the outcome, sums over cases, and I = Σ min(x, y, 1 - x, 1 - y), the
/// inconsistency that fuzzy cases have with both a set and its complement, which is zero for crisp sets (De Souter
/// 2024, "Evaluating Boolean relationships in configurational comparative methods", Journal of Causal Inference 12;
/// De Souter & Baumgartner 2025). All eight lie between 0 and 1.
public enum CoincidenceMeasure: String, Sendable, Hashable, CaseIterable {
    /// Σ min(x, y) / Σ x (Ragin 2006).
    case consistency
    /// Σ min(x, y) / Σ y (Ragin 2006).
    case coverage
    /// Consistency of the contraposition ~Y → ~X: Σ(1 - max(x, y)) / Σ(1 - y).
    case contrapositiveConsistency = "contrapositive consistency"
    /// Coverage of the contraposition ~X → ~Y: Σ(1 - max(x, y)) / Σ(1 - x).
    case contrapositiveCoverage = "contrapositive coverage"
    /// Consistency as it would be if half of the cases had the outcome.
    case prevalenceAdjustedConsistency = "prevalence-adjusted consistency"
    /// Coverage as it would be if half of the cases had the condition.
    case antecedentAdjustedCoverage = "antecedent-adjusted coverage"
    /// Contrapositive consistency as it would be if half of the cases had the condition.
    case antecedentAdjustedContrapositiveConsistency = "antecedent-adjusted contrapositive consistency"
    /// Contrapositive coverage as it would be if half of the cases had the outcome.
    case prevalenceAdjustedContrapositiveCoverage = "prevalence-adjusted contrapositive coverage"

    /// The measure of memberships; nil where a denominator is zero.
    ///
    /// - Parameters:
    ///   - x: The membership of each case in the condition.
    ///   - y: The membership of each case in the outcome.
    public func value(_ x: [Double], _ y: [Double]) -> Double? {
        let count = min(x.count, y.count)
        let weights = CaseWeights(values: [Double](repeating: 1, count: count), planes: [], planeCount: 0, width: 0)
        let figure = x.withUnsafeBufferPointer { x in
            y.withUnsafeBufferPointer { y in
                value(Double.tally(x, y, weights: weights, outcome: .init(x: 0, total: 0), onlyStandard: false))
            }
        }
        return figure.isFinite ? figure : nil
    }

    /// Whether the measure is one of sufficiency.
    public var isSufficiency: Bool {
        switch self {
        case .consistency, .contrapositiveConsistency, .prevalenceAdjustedConsistency,
            .antecedentAdjustedContrapositiveConsistency:
            true
        default: false
        }
    }

    /// The measure of sums; not a number where a denominator is zero.
    func value(_ tally: Tally) -> Double {
        func adjusted(_ hits: Double, _ misses: Double, prevalence: Double) -> Double {
            let weight = prevalence / (tally.total - prevalence)
            return hits / (hits + weight * (misses - tally.middle))
        }
        return switch self {
        case .consistency: tally.both / tally.x
        case .coverage: tally.both / tally.y
        case .contrapositiveConsistency: tally.neither / (tally.total - tally.y)
        case .contrapositiveCoverage: tally.neither / (tally.total - tally.x)
        case .prevalenceAdjustedConsistency: adjusted(tally.both, tally.onlyX, prevalence: tally.y)
        case .antecedentAdjustedCoverage: adjusted(tally.both, tally.onlyY, prevalence: tally.x)
        case .antecedentAdjustedContrapositiveConsistency:
            adjusted(tally.neither, tally.onlyX, prevalence: tally.total - tally.x)
        case .prevalenceAdjustedContrapositiveCoverage:
            adjusted(tally.neither, tally.onlyY, prevalence: tally.total - tally.y)
        }
    }
}

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
