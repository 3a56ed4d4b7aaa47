/// The configurations of conditions that cases show, and how consistently each leads to the outcome.
public struct TruthTable: Sendable, Hashable {
    /// What a row says about the outcome.
    public enum Output: String, Sendable, Hashable {
        /// Consistent enough: the configuration leads to the outcome.
        case positive = "1"
        /// Not consistent enough.
        case negative = "0"
        /// Between the two inclusion cuts.
        case contradiction = "C"
        /// Too few cases: a logical remainder.
        case remainder = "?"
    }

    /// A configuration that some case shows.
    public struct Row: Sendable, Hashable {
        /// The number of the row in the full table, from 1; the last condition varies fastest.
        public let number: Int
        /// The levels of the conditions; a temporal condition that does not apply has none.
        public let configuration: Conjunction
        /// What the row says about the outcome, or that it has too few cases.
        public let output: Output
        /// The number of cases whose membership exceeds one half.
        public let count: Int
        /// The consistency with which the configuration is a subset of the outcome.
        public let inclusion: Double?
        /// The proportional reduction in inconsistency.
        public let pri: Double?
        /// The positions of the cases.
        public let cases: [Int]
        /// The positions of the cases whose membership in the outcome is below one half: deviant in consistency.
        public let deviantCases: [Int]

        /// A row from its figures.
        public init(
            number: Int, configuration: Conjunction, output: Output, count: Int, inclusion: Double?, pri: Double?,
            cases: [Int], deviantCases: [Int]
        ) {
            self.number = number
            self.configuration = configuration
            self.output = output
            self.count = count
            self.inclusion = inclusion
            self.pri = pri
            self.cases = cases
            self.deviantCases = deviantCases
        }
    }

    /// The data that the table was made of, with memberships of one half as the options treat them.
    public let data: CalibratedData
    /// The conditions.
    public let conditions: Conditions
    /// The outcome as it was asked for: `Y`, `~Y`, `Y[1]`.
    public let outcome: SetExpression
    /// The membership of each case in the outcome.
    public let outcomeMembership: [Double]
    /// The cut-offs.
    public let options: TruthTableOptions
    /// The rows that some case shows, by number.
    public let rows: [Row]
    /// What the reader should know.
    public internal(set) var warnings: [String]

    /// The rows with an output.
    public func rows(_ output: Output) -> [Row] { rows.filter { $0.output == output } }
}
