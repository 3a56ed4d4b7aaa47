/// The rows of a truth table for samples of its cases, from memberships that are worked out once.
struct ResampledRows: Sendable {
    private let table: TruthTable
    private let caseCount: Int
    /// For each row and case: x, min(x, y), min(x, y, 1 - y), and 1 for a member.
    private let terms: [SIMD4<Double>]
    /// The values of each condition.
    private let columns: [[Double]]
    /// The sums of the terms over all cases, for each row.
    private let totals: [SIMD4<Double>]

    init(_ table: TruthTable) {
        self.table = table
        let y = table.outcomeMembership
        caseCount = y.count
        columns = table.conditions.names.map { table.data[$0]?.values ?? [] }
        var terms: [SIMD4<Double>] = [], totals: [SIMD4<Double>] = []
        terms.reserveCapacity(table.rows.count * y.count)
        for row in table.rows {
            var membership = table.membership(in: row.configuration)
            for (condition, column) in columns.enumerated() where row.configuration[condition] == nil {
                // Only cases to which the condition does not apply either.
                for position in membership.indices where column[position] != CalibratedSet.notApplicable {
                    membership[position] = 0
                }
            }
            var total = SIMD4<Double>()
            for (x, y) in zip(membership, y) {
                let both = min(x, y)
                let term = SIMD4(x, both, min(both, 1 - y), x > 0.5 ? 1 : 0)
                terms.append(term)
                total += term
            }
            totals.append(total)
        }
        self.terms = terms
        self.totals = totals
    }

    /// The rows when case i counts `weights[i]` times; or what keeps them from being formed.
    func rows(weights: [Double]) -> Result<[TruthTable.Row], MinimizationOutcome.Failure> {
        guard weights.count == caseCount else { return .failure(.noRows) }
        if let name = constantCondition(sampleSize: caseCount, { weights[$0] > 0 }) {
            return .failure(.constantCondition(name))
        }
        var sums: [SIMD4<Double>] = []
        sums.reserveCapacity(table.rows.count)
        terms.withUnsafeBufferPointer { terms in
            weights.withUnsafeBufferPointer { weights in
                for row in table.rows.indices {
                    var sum = SIMD4<Double>()
                    let start = row * caseCount
                    for position in 0..<caseCount { sum += weights[position] * terms[start + position] }
                    sums.append(sum)
                }
            }
        }
        return .success(rows(sums))
    }

    /// The rows without one case; or what keeps them from being formed.
    func rows(without position: Int) -> Result<[TruthTable.Row], MinimizationOutcome.Failure> {
        if let name = constantCondition(sampleSize: caseCount - 1, { $0 != position }) {
            return .failure(.constantCondition(name))
        }
        return .success(rows(table.rows.indices.map { totals[$0] - terms[$0 * caseCount + position] }))
    }

    private func rows(_ sums: [SIMD4<Double>]) -> [TruthTable.Row] {
        zip(table.rows, sums).map { row, sum in
            let inclusion = ratio(sum[1], sum[0]), reduction = ratio(sum[1] - sum[2], sum[0] - sum[2])
            let count = Int(sum[3].rounded())
            return TruthTable.Row(
                number: row.number, configuration: row.configuration,
                output: table.options.output(count: count, inclusion: inclusion, pri: reduction), count: count,
                inclusion: inclusion, pri: reduction, cases: [], deviantCases: [])
        }
    }

    /// A condition with a single value among the cases of a sample of more than one case.
    private func constantCondition(sampleSize: Int, _ isIncluded: (Int) -> Bool) -> String? {
        guard sampleSize > 1, let first = (0..<caseCount).first(where: isIncluded) else { return nil }
        for (column, name) in zip(columns, table.conditions.names) {
            let value = column[first]
            if !((first + 1)..<caseCount).contains(where: { isIncluded($0) && column[$0] != value }) { return name }
        }
        return nil
    }
}

extension MinimizationOutcome.Failure: Error {}
