/// Shares a whole number out to several places in proportion to their claims, within bounds for each.
enum Apportionment {
    /// The exact shares clamp(λ·claim, lower, upper) with the λ that makes them sum to `total`.
    ///
    /// A place that would get more than its upper bound gets that bound, and the others share the rest in proportion
    /// (Cochran 1977, section 5.8), likewise for lower bounds. What is left when all places with a claim are full goes to
    /// those without one, in proportion to their room. The sums of the bounds must enclose `total`.
    static func shares(_ claims: [Double], total: Int, lower: [Int], upper: [Int]) -> [Double] {
        let places = claims.indices, wanted = Double(total)
        func clamped(_ factor: Double) -> [Double] {
            places.map { min(max(claims[$0] > 0 ? factor * claims[$0] : 0, Double(lower[$0])), Double(upper[$0])) }
        }
        let full = places.reduce(0.0) { $0 + Double(claims[$1] > 0 ? upper[$1] : lower[$1]) }
        guard full > wanted else {
            let idle = places.filter { claims[$0] <= 0 }
            let room = idle.reduce(0.0) { $0 + Double(upper[$1] - lower[$1]) }
            return places.map { place in
                guard claims[place] <= 0 else { return Double(upper[place]) }
                let own = Double(upper[place] - lower[place])
                return Double(lower[place]) + (room > 0 ? (wanted - full) * own / room : 0)
            }
        }
        let smallest = claims.filter { $0 > 0 }.min() ?? 1
        var low = 0.0, high = Double(upper.max() ?? 1) / smallest + 1
        for _ in 0..<200 {
            let middle = 0.5 * (low + high)
            if clamped(middle).reduce(0, +) < wanted { low = middle } else { high = middle }
        }
        // Which places lie between their bounds is known now; their common factor follows exactly.
        let shares = clamped(high)
        let free = places.filter { shares[$0] > Double(lower[$0]) && shares[$0] < Double(upper[$0]) }
        let claim = free.reduce(0.0) { $0 + claims[$1] }
        guard claim > 0 else { return shares }
        let fixed = places.filter { !free.contains($0) }.reduce(0.0) { $0 + shares[$1] }
        var result = shares
        for place in free { result[place] = (wanted - fixed) * claims[place] / claim }
        return result
    }

    /// Whole numbers that sum to `total`: the shares without their fractions, and one more for the largest fractions, ties in
    /// the order given (the method of largest remainders).
    static func rounded(_ shares: [Double], total: Int, upper: [Int]) -> [Int] {
        // A share that is whole but for rounding errors is whole.
        var result = shares.map { Int(($0 + 1e-9).rounded(.down)) }
        let order = shares.indices.sorted { a, b in
            let (x, y) = (shares[a] - Double(result[a]), shares[b] - Double(result[b]))
            return abs(x - y) > 1e-9 ? x > y : a < b
        }
        var missing = total - result.reduce(0, +)
        while missing > 0 {
            let before = missing
            for place in order where missing > 0 && result[place] < upper[place] {
                result[place] += 1
                missing -= 1
            }
            if missing == before { break }
        }
        return result
    }
}
