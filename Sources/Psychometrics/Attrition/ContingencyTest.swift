import Probability

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Whether two groups of cases are spread alike over categories: Pearson's χ², Fisher's exact test, Cramér's V.
public struct ContingencyTest: Sendable, Codable, Equatable {
    /// The categories with a case.
    public let categories: [String]
    /// The number of cases of the first group in each category.
    public let first: [Int]
    /// The number of cases of the second group in each category.
    public let second: [Int]
    /// Pearson's χ² without continuity correction; nil with fewer than two categories or an empty group.
    public let chiSquared: Double?
    /// The number of categories less one.
    public let degreesOfFreedom: Int
    /// The p-value of χ².
    public let chiSquaredPValue: Double?
    /// Fisher's exact test for so many categories (Freeman & Halton 1951): the probability, given the margins, of a table at
    /// most as probable as this one. Nil when there are too many tables to go through.
    public let exactPValue: Double?
    /// Cramér's V = √(χ²/n) for two groups.
    public let cramerV: Double?
    /// The smallest expected count.
    public let smallestExpected: Double?

    /// Whether an expected count is below five, so that χ² is not to be trusted and the exact test is.
    public var hasSmallCells: Bool { (smallestExpected ?? 5) < 5 }
    /// The p-value to report: the exact one when counts are small and it is known, or else that of χ².
    public var pValue: Double? { hasSmallCells ? exactPValue ?? chiSquaredPValue : chiSquaredPValue }

    /// Compares counts; categories that neither group has are left out.
    ///
    /// Nil unless there are as many counts as categories and none is negative.
    public init?(categories names: [String], first a: [Int], second b: [Int]) {
        guard names.count == a.count, names.count == b.count, a.allSatisfy({ $0 >= 0 }), b.allSatisfy({ $0 >= 0 })
        else { return nil }
        let kept = names.indices.filter { a[$0] + b[$0] > 0 }
        let first = kept.map { a[$0] }, second = kept.map { b[$0] }
        categories = kept.map { names[$0] }
        self.first = first
        self.second = second
        degreesOfFreedom = max(kept.count - 1, 0)
        let totalA = Double(first.reduce(0, +)), totalB = Double(second.reduce(0, +)), n = totalA + totalB
        guard kept.count > 1, totalA > 0, totalB > 0 else {
            (chiSquared, chiSquaredPValue, exactPValue, cramerV, smallestExpected) = (nil, nil, nil, nil, nil)
            return
        }
        var statistic = 0.0, smallest = Double.infinity
        for (x, y) in zip(first, second) {
            let row = Double(x + y)
            for (count, total) in [(Double(x), totalA), (Double(y), totalB)] {
                let expected = row * total / n
                statistic += (count - expected) * (count - expected) / expected
                smallest = min(smallest, expected)
            }
        }
        chiSquared = statistic
        chiSquaredPValue = ChiSquared(degreesOfFreedom: Double(kept.count - 1)).upperTail(statistic)
        cramerV = (statistic / n).squareRoot()
        smallestExpected = smallest
        exactPValue = Self.exact(first, second)
    }

    /// Adds up the probabilities of all tables with these margins that are at most as probable as this one.
    private static func exact(_ first: [Int], _ second: [Int]) -> Double? {
        // The group with fewer cases has fewer ways to spread.
        let (few, many) = first.reduce(0, +) <= second.reduce(0, +) ? (first, second) : (second, first)
        let rows = zip(few, many).map { $0 + $1 }, total = few.reduce(0, +)
        // Ten million steps take about a tenth of a second.
        let steps = 1e7 / Double(rows.count)
        guard Double(total) < steps, tableCount(rows, total) < steps else { return nil }
        let n = rows.reduce(0, +)
        var logFactorials = [0.0]
        logFactorials.reserveCapacity(n + 1)
        for i in 1...n { logFactorials.append(logFactorials[i - 1] + log(Double(i))) }
        func logChoose(_ n: Int, _ k: Int) -> Double { logFactorials[n] - logFactorials[k] - logFactorials[n - k] }
        let all = logChoose(n, total)
        let observed = zip(rows, few).reduce(0) { $0 + logChoose($1.0, $1.1) } - all
        // How many cases the categories from each one on can take.
        var room = rows
        for i in room.indices.reversed().dropFirst() { room[i] += room[i + 1] }
        var sum = 0.0
        func spread(_ category: Int, _ left: Int, _ logProbability: Double) {
            if category == rows.count - 1 {
                let value = logProbability + logChoose(rows[category], left)
                // Tables of equal probability must not be told apart by rounding.
                if value <= observed + 1e-7 { sum += exp(value) }
                return
            }
            let least = max(0, left - room[category + 1])
            for count in least...min(left, rows[category]) {
                spread(category + 1, left - count, logProbability + logChoose(rows[category], count))
            }
        }
        spread(0, total, -all)
        return min(sum, 1)
    }

    /// The number of ways to spread `total` cases over categories with room for `rows`.
    private static func tableCount(_ rows: [Int], _ total: Int) -> Double {
        var ways = [Double](repeating: 0, count: total + 1)
        ways[0] = 1
        for row in rows {
            var sums = ways
            for i in ways.indices.dropFirst() { sums[i] += sums[i - 1] }
            for i in ways.indices { ways[i] = sums[i] - (i > row ? sums[i - row - 1] : 0) }
        }
        return ways[total]
    }
}
