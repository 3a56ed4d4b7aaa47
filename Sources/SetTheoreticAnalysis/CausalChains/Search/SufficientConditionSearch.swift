/// The search for minimally sufficient conditions, by rising number of values and depth first among each number.
///
/// Only conjunctions that some case shows are tried, and none that contains a condition already found; every number of
/// values costs no more than the conjunctions of that number that occur.
struct SufficientConditionSearch<Unit: MembershipUnit> {
    let table: CoincidenceTable
    /// A column of memberships for each value, one after the other.
    let columns: [Unit]
    let length: Int
    let outcome: [Unit]
    let totals: OutcomeTotals
    let measure: CoincidenceMeasure
    let threshold: Double
    /// The factors that may be causes.
    let causes: [Int]
    /// The values that are no causes of the outcome.
    let excluded: Set<Int>
    let limits: CoincidenceLimits
    private(set) var found: [[Int]] = []
    private(set) var isComplete = true
    private var known = Set<[Int]>()
    private var effort = 0
    private var chosen: [Int] = []

    init(
        table: CoincidenceTable, columns: [Unit], length: Int, outcome: [Unit], totals: OutcomeTotals,
        measure: CoincidenceMeasure, threshold: Double, causes: [Int], excluded: Set<Int>,
        limits: CoincidenceLimits
    ) {
        self.table = table
        self.columns = columns
        self.length = length
        self.outcome = outcome
        self.totals = totals
        self.measure = measure
        self.threshold = threshold
        self.causes = causes
        self.excluded = excluded
        self.limits = limits
    }

    mutating func run() {
        let largest = min(limits.conjuncts, limits.complexity, causes.count)
        guard largest > 0 else { return }
        let memberships = UnsafeMutablePointer<Unit>.allocate(capacity: (largest + 1) * length)
        memberships.initialize(repeating: .none, count: (largest + 1) * length)
        let rows = UnsafeMutablePointer<UInt64>.allocate(capacity: (largest + 1) * table.width)
        rows.initialize(repeating: ~0, count: (largest + 1) * table.width)
        defer {
            memberships.deallocate()
            rows.deallocate()
        }
        for size in 1...largest where isComplete {
            descend(from: 0, size: size, memberships: memberships, rows: rows)
        }
    }

    private mutating func descend(
        from start: Int, size: Int, memberships: UnsafeMutablePointer<Unit>, rows: UnsafeMutablePointer<UInt64>
    ) {
        let depth = chosen.count, isLast = depth + 1 == size, width = table.width
        let current = memberships + depth * length, next = current + length
        let currentRows = rows + depth * width, nextRows = currentRows + width
        guard causes.count - start >= size - depth else { return }
        for cause in start...causes.count - (size - depth) {
            let factor = table.factors[causes[cause]]
            for value in factor.start..<factor.start + factor.levels.count where !excluded.contains(value) {
                effort += 1
                if effort > limits.effort {
                    isComplete = false
                    return
                }
                var occurs: UInt64 = 0
                table.present.withUnsafeBufferPointer { present in
                    for word in 0..<width {
                        nextRows[word] = currentRows[word] & present[value * width + word]
                        occurs |= nextRows[word]
                    }
                }
                if occurs == 0 { continue }
                chosen.append(value)
                defer { chosen.removeLast() }
                if !isLast, containsKnown() { continue }
                columns.withUnsafeBufferPointer { columns in
                    let column = columns.baseAddress.map { $0 + value * length }
                    guard let column else { return }
                    if depth == 0 {
                        next.update(from: column, count: length)
                    } else {
                        for unit in 0..<length { next[unit] = Unit.conjunction(current[unit], column[unit]) }
                    }
                }
                guard isLast else {
                    descend(from: cause + 1, size: size, memberships: memberships, rows: rows)
                    if !isComplete { return }
                    continue
                }
                let consistency = outcome.withUnsafeBufferPointer { outcome in
                    measure.value(
                        Unit.tally(
                            UnsafeBufferPointer(start: next, count: length), outcome, weights: table.weights,
                            outcome: totals, onlyStandard: measure == .consistency))
                }
                if consistency >= threshold, !containsKnown() {
                    if found.count >= limits.formulas {
                        isComplete = false
                        return
                    }
                    found.append(chosen)
                    known.insert(chosen)
                }
            }
        }
    }

    /// Whether a condition already found is among the chosen values, the last of them included, as otherwise the
    /// branch would not have come so far.
    private func containsKnown() -> Bool {
        guard let last = chosen.last else { return false }
        let others = chosen.count - 1
        if others > 20 { return known.contains { Set($0).isSubset(of: chosen) } }
        for subset in 0..<(1 << others) {
            let part = (0..<others).filter { subset >> $0 & 1 != 0 }.map { chosen[$0] } + [last]
            if known.contains(part) { return true }
        }
        return false
    }
}
