/// The range that the coverage of a solution can have, from the raw and unique coverages of its configurations.
///
/// With y the outcome and x_c the memberships, the covered part Σ min(max_c x_c, y) / Σ y is a submodular function of the set of
/// configurations (a sum of maxima). So what a configuration adds to some others is at least its unique coverage u and at most its raw
/// coverage r: r_c + Σ_{j≠c} u_j ≤ R ≤ u_c + Σ_{j≠c} r_j for every c. With two configurations both sides are equal.
struct CoverageBounds: Hashable {
    /// The least coverage.
    let lower: Double
    /// The greatest.
    let upper: Double

    /// The bounds; a unique coverage that is not printed lies between zero and the raw coverage.
    init(_ terms: [(raw: Interval, unique: Interval?)]) {
        let raw = terms.map(\.raw)
        let unique = terms.map { $0.unique ?? Interval(0, max($0.raw.upper, 0)) }
        let uniqueSum = unique.map { max($0.lower, 0) }.reduce(0, +), rawSum = raw.map(\.upper).reduce(0, +)
        lower = terms.indices.map { raw[$0].lower - max(unique[$0].lower, 0) + uniqueSum }.reduce(0, max)
        upper = terms.indices.map { unique[$0].upper - raw[$0].upper + rawSum }.reduce(1, min)
    }

    /// The values between the bounds; `nil` if there is none.
    var interval: Interval? { lower <= upper + 1e-11 ? Interval(lower, max(lower, upper)) : nil }
}

/// The range that the consistency of a solution can have.
///
/// In units of Σ y, a configuration has the size a = r / k and the part d = r (1/k − 1) outside the outcome. The solution, the largest
/// membership of each case, has a size R / K and a part R (1/K − 1) outside, each between the largest and the sum of those of its
/// configurations.
func consistencyBounds(_ terms: [(raw: Interval, consistency: Interval)], coverage: Interval) -> Interval? {
    var largestSize = 0.0, sizes = 0.0, largestOutside = 0.0, outside = 0.0
    for term in terms {
        let raw = (max(term.raw.lower, 0), max(term.raw.upper, 0))
        let consistency = (max(term.consistency.lower, 0), min(max(term.consistency.upper, 0), 1))
        let most = consistency.0 > 0 ? 1 / consistency.0 : .infinity
        let least = consistency.1 > 0 ? 1 / consistency.1 : .infinity
        largestSize = max(largestSize, raw.0 > 0 ? raw.0 * least : 0)
        sizes += raw.1 > 0 ? raw.1 * most : 0
        largestOutside = max(largestOutside, raw.0 > 0 ? raw.0 * (least - 1) : 0)
        outside += raw.1 > 0 ? raw.1 * max(most - 1, 0) : 0
    }
    let least = max(coverage.lower, 0), most = max(coverage.upper, 0)
    let lower = least > 0 ? max(least / sizes, 1 / (1 + outside / least)) : 0
    let upper = most > 0 ? min(most / largestSize, 1 / (1 + largestOutside / most), 1) : 1
    guard !lower.isNaN, !upper.isNaN else { return Interval(0, 1) }
    return lower <= upper + 1e-11 ? Interval(lower, max(lower, upper)) : nil
}
