import LinearAlgebra

/// Missing values by variable and by pattern.
public struct MissingPatterns: Sendable, Codable, Equatable {
    /// The missing values of one variable.
    public struct Variable: Sendable, Codable, Equatable {
        /// The variable's name.
        public let variable: String
        /// The number of missing values.
        public let missing: Int
        /// Their share of all cases.
        public let share: Double
    }

    /// The cases that lack the same variables.
    public struct Pattern: Sendable, Codable, Equatable {
        /// The names of the variables that are missing; empty for complete cases.
        public let missing: [String]
        /// The number of cases.
        public let count: Int
    }

    /// The number of cases.
    public let n: Int
    /// The number of complete cases.
    public let complete: Int
    /// The variables in the order of the data.
    public let variables: [Variable]
    /// The patterns, most frequent first; equally frequent ones by the number of variables missing, then in the order of
    /// the data.
    public let patterns: [Pattern]

    /// Counts the missing values (those that are not finite) of `data` (rows are cases).
    /// - Throws: ``PsychometricsError/mismatchedInput(expected:found:)``.
    public init(_ data: Matrix, variables: [String]) throws {
        guard variables.count == data.columns else {
            throw PsychometricsError.mismatchedInput(expected: data.columns, found: variables.count)
        }
        var counts: [[Int]: Int] = [:]
        var missing = [Int](repeating: 0, count: data.columns)
        for i in 0..<data.rows {
            let pattern = (0..<data.columns).filter { !data[i, $0].isFinite }
            counts[pattern, default: 0] += 1
            for j in pattern { missing[j] += 1 }
        }
        n = data.rows
        complete = counts[[]] ?? 0
        let total = Double(max(n, 1))
        self.variables = variables.indices.map {
            Variable(variable: variables[$0], missing: missing[$0], share: Double(missing[$0]) / total)
        }
        patterns =
            counts.sorted { first, second in
                if first.value != second.value { return first.value > second.value }
                if first.key.count != second.key.count { return first.key.count < second.key.count }
                return first.key.lexicographicallyPrecedes(second.key)
            }.map { Pattern(missing: $0.key.map { variables[$0] }, count: $0.value) }
    }
}
