/// How often each value of a variable occurs.
public struct FrequencyTable: Sendable, Codable, Equatable {
    /// One value with its counts.
    public struct Row: Sendable, Codable, Equatable {
        /// The value.
        public let value: Double
        /// The number of cases with it.
        public let count: Int
        /// The share of all cases, missing ones included.
        public let share: Double
        /// The share of the cases that are not missing.
        public let validShare: Double
        /// The share of the cases that are not missing with this value or a smaller one.
        public let cumulativeShare: Double
    }

    /// The variable's name.
    public let variable: String
    /// The values in ascending order.
    public let rows: [Row]
    /// The number of cases that are not missing.
    public let n: Int
    /// The number of missing cases.
    public let missing: Int

    /// Counts `values`, of which those that are not finite count as missing.
    public init(variable: String, values: [Double]) {
        let sorted = values.filter(\.isFinite).sorted()
        var rows: [Row] = []
        var start = 0
        while start < sorted.count {
            var end = start
            while end < sorted.count, sorted[end] == sorted[start] { end += 1 }
            rows.append(
                Row(
                    value: sorted[start], count: end - start,
                    share: Double(end - start) / Double(values.count),
                    validShare: Double(end - start) / Double(sorted.count),
                    cumulativeShare: Double(end) / Double(sorted.count)))
            start = end
        }
        self.variable = variable
        self.rows = rows
        n = sorted.count
        missing = values.count - sorted.count
    }
}
