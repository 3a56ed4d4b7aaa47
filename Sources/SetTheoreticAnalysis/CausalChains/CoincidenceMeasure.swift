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
