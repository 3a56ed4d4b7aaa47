/// A lower bound on the size of a cover from Lagrangian multipliers of the rows, raised by subgradient steps.
///
/// With multipliers u ≥ 0 no cover is smaller than Σ u_r + Σ min(0, c_j), where c_j = 1 - Σ u_r over the rows of
/// column j is its reduced cost (Beasley 1987, "An algorithm for set covering problems", EJOR 31). The columns of low
/// reduced cost also guide a greedy cover (Caprara, Toth and Fischetti 2000, "Algorithms for the set covering
/// problem", Annals of Operations Research 98).
struct LagrangianBound {
    /// The multiplier of each row; zero for rows that are covered already.
    var multipliers: [Double]
    /// The best bound found, without rounding.
    var bound = 0.0
    /// The reduced cost of each active column at the best multipliers.
    var reducedCosts: [Double] = []

    /// Improves multipliers for the rows and columns of a subproblem.
    ///
    /// - Parameters:
    ///   - start: Multipliers to begin with, by row.
    ///   - rows: The rows to cover.
    ///   - columns: The columns that may be used.
    ///   - upper: The size of the best cover known for the subproblem.
    ///   - steps: The number of subgradient steps.
    init(
        _ matrix: CoverMatrix, start: [Double], rows: [Int], columns: [Int32], upper: Int, steps: Int
    ) {
        var current = [Double](repeating: 0, count: matrix.rowCount)
        for row in rows { current[row] = start[row] }
        multipliers = current
        bound = -Double.infinity
        var costs = [Double](repeating: 0, count: columns.count)
        var counts = [Int32](repeating: 0, count: matrix.rowCount)
        var scale = steps > 300 ? 1.0 : 0.3, sinceBetter = 0
        for step in 0..<max(1, steps) {
            let value = Self.evaluate(
                rows: rows, columns: columns, starts: matrix.starts, entries: matrix.entries, multipliers: current,
                costs: &costs, counts: &counts)
            if value > bound + 1e-9 {
                bound = value
                multipliers = current
                reducedCosts = costs
                sinceBetter = 0
            } else {
                sinceBetter += 1
                if sinceBetter >= 10 {
                    scale /= 2
                    sinceBetter = 0
                    current = multipliers
                    if scale < 0.005 { break }
                    continue
                }
            }
            if (bound - 1e-6).rounded(.up) >= Double(upper) || step == steps - 1 { break }
            var norm = 0.0
            for row in rows {
                let slope = 1 - Double(counts[row])
                norm += slope * slope
            }
            if norm == 0 { break }
            let length = scale * (Double(upper) - value + 0.1) / norm
            for row in rows { current[row] = max(0, current[row] + length * (1 - Double(counts[row]))) }
        }
        if reducedCosts.isEmpty { reducedCosts = costs }
    }

    private static func evaluate(
        rows: [Int], columns: [Int32], starts: UnsafePointer<Int32>, entries: UnsafePointer<Int32>,
        multipliers: UnsafePointer<Double>, costs: UnsafeMutablePointer<Double>, counts: UnsafeMutablePointer<Int32>
    ) -> Double {
        var value = 0.0
        for row in rows {
            value += multipliers[row]
            counts[row] = 0
        }
        for (position, column) in columns.enumerated() {
            let first = Int(starts[Int(column)]), last = Int(starts[Int(column) + 1])
            var cost = 1.0
            for entry in first..<last { cost -= multipliers[Int(entries[entry])] }
            costs[position] = cost
            if cost < 0 {
                value += cost
                for entry in first..<last { counts[Int(entries[entry])] += 1 }
            }
        }
        return value
    }
}
