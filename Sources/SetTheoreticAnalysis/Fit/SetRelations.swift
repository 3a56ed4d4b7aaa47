/// How far a set X is a subset of an outcome Y: X is sufficient for Y.
///
/// A figure that has no meaning because its denominator is zero is nil.
public struct SufficiencyFit: Sendable, Hashable {
    /// Consistency, Σ min(x, y) / Σ x (Ragin 2006, eq. 1).
    public let inclusion: Double?
    /// Proportional reduction in inconsistency, (Σ min(x, y) - Σ min(x, y, 1 - y)) / (Σ x - Σ min(x, y, 1 - y))
    /// (Schneider & Wagemann 2012, p. 242).
    public let pri: Double?
    /// Raw coverage, Σ min(x, y) / Σ y (Ragin 2006, eq. 2).
    public let coverage: Double?

    /// The fit of memberships.
    ///
    /// - Parameters:
    ///   - x: The membership of each case in the set.
    ///   - y: The membership of each case in the outcome.
    public init(_ x: [Double], in y: [Double]) {
        var sumX = 0.0, sumY = 0.0, both = 0.0, contradictory = 0.0
        for (x, y) in zip(x, y) {
            let common = min(x, y)
            sumX += x
            sumY += y
            both += common
            contradictory += min(common, 1 - y)
        }
        inclusion = ratio(both, sumX)
        pri = ratio(both - contradictory, sumX - contradictory)
        coverage = ratio(both, sumY)
    }

    /// Fit from figures.
    public init(inclusion: Double?, pri: Double?, coverage: Double?) {
        self.inclusion = inclusion
        self.pri = pri
        self.coverage = coverage
    }
}

/// How far a set X is a superset of an outcome Y: X is necessary for Y.
public struct NecessityFit: Sendable, Hashable {
    /// Consistency, Σ min(x, y) / Σ y (Ragin 2006).
    public let inclusion: Double?
    /// Relevance of necessity, Σ(1 - x) / Σ(1 - min(x, y)) (Schneider & Wagemann 2012, p. 236): low for a condition
    /// that nearly every case has.
    public let relevance: Double?
    /// Coverage, Σ min(x, y) / Σ x (Ragin 2006).
    public let coverage: Double?

    /// The fit of memberships.
    ///
    /// - Parameters:
    ///   - x: The membership of each case in the set.
    ///   - y: The membership of each case in the outcome.
    public init(_ x: [Double], of y: [Double]) {
        var sumX = 0.0, sumY = 0.0, both = 0.0, absent = 0.0, notBoth = 0.0
        for (x, y) in zip(x, y) {
            let common = min(x, y)
            sumX += x
            sumY += y
            both += common
            absent += 1 - x
            notBoth += 1 - common
        }
        inclusion = ratio(both, sumY)
        relevance = ratio(absent, notBoth)
        coverage = ratio(both, sumX)
    }
}

/// A quotient, or nil where the denominator is zero.
func ratio(_ numerator: Double, _ denominator: Double) -> Double? {
    denominator > 0 ? numerator / denominator : nil
}
