/// Inclusion cuts suggested from gaps: where neighbouring rows of a truth table lie furthest apart in consistency.
///
/// They are a suggestion only. A gap says that the cut matters little for these data, not that rows above it lead to the
/// outcome; 0.75 is the least that is usual (Ragin 2008, p. 136), and PRI and deviant cases have to be looked at too
/// (Schneider & Wagemann 2012, p. 128).
public struct SuggestedInclusionCuts: Sendable, Hashable {
    /// A gap between two rows.
    public struct Gap: Sendable, Hashable {
        /// The highest consistency below the gap.
        public let lower: Double
        /// The lowest consistency above the gap.
        public let upper: Double
        /// A cut inside the gap, with as few decimals as it needs.
        public let cut: Double
        /// The number of rows above the gap.
        public let rowsAbove: Int
        /// The number of cases in these rows.
        public let casesAbove: Int
        /// The lowest PRI of these rows; nil if a row has none.
        public let lowestPRI: Double?

        /// The width of the gap.
        public var width: Double { upper - lower }
    }

    /// The consistency below which gaps are not looked at.
    public static let floor = 0.5

    /// The number of rows with enough cases.
    public let rowCount: Int
    /// The gaps, the widest first; of equal ones the higher.
    public let gaps: [Gap]
    /// Always true: knowledge of the cases decides.
    public var isSuggestion: Bool { true }

    /// Finds the widest gaps between the consistencies of the rows that have enough cases.
    ///
    /// - Parameters:
    ///   - table: The truth table; its inclusion cut plays no part.
    ///   - limit: How many gaps are wanted.
    public init(_ table: TruthTable, limit: Int = 3) {
        let rows = table.rows.filter { $0.output != .remainder && $0.inclusion != nil }
            .sorted { ($0.inclusion ?? 0) > ($1.inclusion ?? 0) }
        var gaps: [Gap] = [], cases = 0, lowest: Double? = 1
        for (position, pair) in zip(rows, rows.dropFirst()).enumerated() {
            let (above, below) = pair
            cases += above.count
            lowest = lowest.flatMap { lowest in above.pri.map { min(lowest, $0) } }
            guard let upper = above.inclusion, let lower = below.inclusion, lower >= Self.floor - 1e-12,
                upper - lower > TruthTableOptions.tolerance * 4
            else { continue }
            gaps.append(
                Gap(
                    lower: lower, upper: upper, cut: Self.shortest(lower, upper), rowsAbove: position + 1,
                    casesAbove: cases, lowestPRI: lowest))
        }
        rowCount = rows.count
        self.gaps = Array(
            gaps.enumerated().sorted { ($1.element.width, $0.offset) < ($0.element.width, $1.offset) }.map(\.element)
                .prefix(max(1, limit)))
    }

    /// The number with the fewest decimals in the gap, next to its middle.
    private static func shortest(_ lower: Double, _ upper: Double) -> Double {
        let middle = (lower + upper) / 2
        for scale in [20.0, 100, 1000, 10_000] {
            let value = (middle * scale).rounded() / scale
            if value > lower + TruthTableOptions.tolerance, value < upper - TruthTableOptions.tolerance { return value }
        }
        return middle
    }
}
