extension TruthTable {
    /// The number of rows of the full table, or nil if it does not fit a whole number.
    public var fullRowCount: Int? {
        var count = 1
        for levels in conditions.levelCounts {
            let (product, overflow) = count.multipliedReportingOverflow(by: levels)
            if overflow { return nil }
            count = product
        }
        return count
    }

    /// The configurations that no case shows, with their row numbers.
    ///
    /// - Parameter limit: The number of rows of the full table up to which they are listed; beyond it none are.
    public func remainderRows(limit: Int = 1 << 16) -> [(number: Int, configuration: Conjunction)] {
        guard let count = fullRowCount, count <= limit else { return [] }
        let observed = Set(rows.map(\.configuration))
        return rows(in: Conjunction(), limit: limit).filter { !observed.contains($0.configuration) }
    }

    /// The rows of the full table that a conjunction covers, by number; none if there are more than a limit.
    public func rows(in conjunction: Conjunction, limit: Int = 1 << 16) -> [(number: Int, configuration: Conjunction)] {
        var found = [(number: 0, configuration: Conjunction())]
        for (condition, levels) in conditions.levelCounts.enumerated() {
            let digits = data[conditions.names[condition]]?.digitCount ?? levels
            let choices = conjunction[condition].map { [$0] } ?? Array(0..<levels)
            if found.count * choices.count > limit { return [] }
            found = found.flatMap { row in
                choices.map { level in
                    var configuration = row.configuration
                    configuration[condition] = level
                    return (row.number * digits + level, configuration)
                }
            }
        }
        return found.map { ($0.number + 1, $0.configuration) }
    }

    /// The remainders that a model assumes to lead to the outcome: what its terms cover beyond the positive rows.
    ///
    /// - Parameter limit: The number of rows of the full table up to which they are listed.
    public func simplifyingAssumptions(
        of terms: [Conjunction], limit: Int = 1 << 16
    ) -> [(number: Int, configuration: Conjunction)] {
        let positives = rows(.positive).map(\.configuration)
        var found: [Conjunction: Int] = [:]
        for term in terms {
            for row in rows(in: term, limit: limit) where !positives.contains(row.configuration) {
                found[row.configuration] = row.number
            }
        }
        return found.map { ($0.value, $0.key) }.sorted { $0.number < $1.number }
    }
}

extension TruthTable {
    /// The configuration of a row of the full table.
    ///
    /// - Parameter number: The number of the row, from 1; the last condition varies fastest.
    public func configuration(number: Int) -> Conjunction {
        var rest = number - 1, configuration = Conjunction()
        for condition in conditions.names.indices.reversed() {
            let digits = data[conditions.names[condition]]?.digitCount ?? conditions.levelCounts[condition]
            let level = rest % digits
            configuration[condition] = level < conditions.levelCounts[condition] ? level : nil
            rest /= digits
        }
        return configuration
    }
}
