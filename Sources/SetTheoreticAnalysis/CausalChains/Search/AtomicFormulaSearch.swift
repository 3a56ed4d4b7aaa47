/// The search for disjunctions of conditions that meet both thresholds and contain no smaller one that does.
///
/// Depth first, with the conditions that remain sorted by what they add to the coverage. Standard coverage is monotone
/// and submodular: what a condition adds shrinks as others are chosen. So a branch ends when the largest additions that
/// are left do not reach the threshold, and a condition that adds nothing leaves its whole branch, since a formula with
/// it would meet the thresholds without it. With the other measures everything within the limits is tried.
struct AtomicFormulaSearch<Unit: MembershipUnit> {
    /// The columns of the conditions, one after the other.
    let columns: [Unit]
    let length: Int
    let sizes: [Int]
    let outcome: [Unit]
    let totals: OutcomeTotals
    let weights: CaseWeights
    let sufficiency: CoincidenceMeasure
    let necessity: CoincidenceMeasure
    let consistency: Double
    let coverage: Double
    let limits: CoincidenceLimits
    private(set) var found: [[Int]] = []
    private(set) var isComplete = true
    private var effort = 0
    private var chosen: [Int] = []

    private struct Candidate {
        let condition: Int
        let gain: Double
        let tally: Tally
    }

    init(
        columns: [Unit], length: Int, sizes: [Int], outcome: [Unit], totals: OutcomeTotals, weights: CaseWeights,
        options: CoincidenceOptions, consistency: Double, coverage: Double
    ) {
        self.columns = columns
        self.length = length
        self.sizes = sizes
        self.outcome = outcome
        self.totals = totals
        self.weights = weights
        sufficiency = options.sufficiency
        necessity = options.necessity
        self.consistency = consistency
        self.coverage = coverage
        limits = options.limits
    }

    private var isStandard: Bool { sufficiency == .consistency && necessity == .coverage }

    mutating func run() {
        guard length > 0, !sizes.isEmpty else { return }
        let depth = min(limits.disjuncts, sizes.count)
        let stack = UnsafeMutablePointer<Unit>.allocate(capacity: (depth + 2) * length)
        stack.initialize(repeating: .none, count: (depth + 2) * length)
        defer { stack.deallocate() }
        descend(Array(sizes.indices), covered: 0, complexity: 0, stack: stack)
    }

    private func tally(_ x: UnsafeMutablePointer<Unit>) -> Tally {
        outcome.withUnsafeBufferPointer {
            Unit.tally(
                UnsafeBufferPointer(start: x, count: length), $0, weights: weights, outcome: totals,
                onlyStandard: isStandard)
        }
    }

    private func join(_ condition: Int, to current: UnsafeMutablePointer<Unit>, into next: UnsafeMutablePointer<Unit>) {
        columns.withUnsafeBufferPointer { columns in
            let start = condition * length
            for unit in 0..<length { next[unit] = Unit.disjunction(current[unit], columns[start + unit]) }
        }
    }

    private func meets(_ tally: Tally) -> Bool {
        sufficiency.value(tally) >= consistency && necessity.value(tally) >= coverage
    }

    private mutating func descend(
        _ remaining: [Int], covered: Double, complexity: Int, stack: UnsafeMutablePointer<Unit>
    ) {
        let current = stack, next = stack + length
        let slots = min(limits.disjuncts, sizes.count) - chosen.count
        var candidates: [Candidate] = []
        candidates.reserveCapacity(remaining.count)
        for condition in remaining where complexity + sizes[condition] <= limits.complexity {
            join(condition, to: current, into: next)
            let tally = tally(next)
            let gain = tally.both - covered
            if isStandard, gain <= 0 { continue }
            candidates.append(Candidate(condition: condition, gain: gain, tally: tally))
        }
        effort += remaining.count
        if effort > limits.effort {
            isComplete = false
            return
        }
        if isStandard { candidates.sort { ($1.gain, $0.condition) < ($0.gain, $1.condition) } }
        let needed = coverage * totals.x * (1 - 1e-12) - covered - 1e-12
        var isMet = [Bool](repeating: false, count: candidates.count), deeper: [Int] = []
        for (position, candidate) in candidates.enumerated() {
            if isStandard {
                var reachable = 0.0
                for other in candidates[position..<min(position + slots, candidates.count)] {
                    reachable += other.gain
                }
                if reachable < needed { break }
            }
            if meets(candidate.tally) {
                isMet[position] = true
                chosen.append(candidate.condition)
                if !containsSmaller(chosen) {
                    if found.count >= limits.formulas {
                        isComplete = false
                    } else {
                        found.append(chosen.sorted())
                    }
                }
                chosen.removeLast()
                if !isComplete { return }
            } else if slots > 1 {
                deeper.append(position)
            }
        }
        for position in deeper {
            let candidate = candidates[position]
            join(candidate.condition, to: current, into: next)
            chosen.append(candidate.condition)
            descend(
                (position + 1..<candidates.count).filter { !isMet[$0] }.map { candidates[$0].condition },
                covered: candidate.tally.both,
                complexity: complexity + sizes[candidate.condition], stack: next)
            chosen.removeLast()
            if !isComplete { return }
        }
    }

    /// Whether some of the conditions, but not all, meet the thresholds.
    private mutating func containsSmaller(_ conditions: [Int]) -> Bool {
        guard conditions.count > 1 else { return false }
        for left in conditions.indices {
            var fewer = conditions
            fewer.remove(at: left)
            effort += 1
            if effort > limits.effort {
                isComplete = false
                return true
            }
            let tally = tally(of: fewer)
            if meets(tally) { return true }
            if isStandard, !(necessity.value(tally) >= coverage) { continue }
            if containsSmaller(fewer) { return true }
        }
        return false
    }

    private func tally(of conditions: [Int]) -> Tally {
        var union = [Unit](repeating: .none, count: length)
        for condition in conditions {
            for unit in 0..<length {
                union[unit] = Unit.disjunction(union[unit], columns[condition * length + unit])
            }
        }
        return union.withUnsafeMutableBufferPointer { $0.baseAddress.map { tally($0) } ?? Tally() }
    }
}
