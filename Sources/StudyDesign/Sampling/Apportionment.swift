/// Shares a whole number out to several places in proportion to their claims, within bounds for each.
enum Apportionment {
    /// The exact shares clamp(λ·claim, lower, upper) with the λ that makes them sum to `total`.
    ///
    /// A place that would get more than its upper bound gets that bound, and the others share the rest in proportion
    /// (Cochran 1977, section 5.8), likewise for lower bounds. What is left when all places with a claim are full goes to
    /// those without one, in proportion to their room. The sums of the bounds must enclose `total`.
    static func shares(_ claims: [Double], total: Int, lower: [Int], upper: [Int]) -> [Double] {
        let places = claims.indices, wanted = Double(total)
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
        // As λ grows, each share rises from its lower to its upper bound. Between two of the λ where one leaves or reaches a
        // bound, the sum is linear in λ.
        let largest = claims.max() ?? 1
        let claims = claims.map { $0 / largest }
        let leaving = places.map { claims[$0] > 0 ? Double(lower[$0]) / claims[$0] : .infinity }
        let reaching = places.map { claims[$0] > 0 ? Double(upper[$0]) / claims[$0] : .infinity }
        func shares(_ factor: Double) -> [Double] {
            places.map { place in
                if factor >= reaching[place] { return Double(upper[place]) }
                return factor <= leaving[place] ? Double(lower[place]) : factor * claims[place]
            }
        }
        let marks = ([0] + leaving + reaching).filter(\.isFinite).sorted()
        var below = 0, above = marks.count
        while above - below > 1 {
            let middle = (below + above) / 2
            if shares(marks[middle]).reduce(0, +) <= wanted { below = middle } else { above = middle }
        }
        let mark = marks[below]
        var result = shares(mark)
        let free = places.filter { leaving[$0] <= mark && mark < reaching[$0] }
        let claim = free.reduce(0.0) { $0 + claims[$1] }
        guard claim > 0 else { return result }
        let fixed = places.filter { !free.contains($0) }.reduce(0.0) { $0 + result[$1] }
        for place in free { result[place] = (wanted - fixed) * claims[place] / claim }
        return result
    }

    /// Whole numbers that sum to `total`: the shares without their fractions, and one more for the largest fractions, ties in
    /// the order given (the method of largest remainders).
    static func rounded(_ shares: [Double], total: Int, upper: [Int]) -> [Int] {
        // A share that is whole but for rounding errors is whole.
        var result = shares.map { Int(($0 + 1e-9).rounded(.down)) }
        // Fractions that differ by rounding errors only are ties.
        let fractions = shares.indices.map { ((shares[$0] - Double(result[$0])) * 1e8).rounded() }
        let order = shares.indices.sorted { (-fractions[$0], $0) < (-fractions[$1], $1) }
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
