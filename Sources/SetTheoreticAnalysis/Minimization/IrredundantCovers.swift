/// Every cover from which no column can be taken away: the minimal hitting sets of the columns that cover each row.
///
/// The algorithm is that of ``MinimalHittingSets``, over columns instead of conditions; the covers are then put in
/// order of size and, within a size, of the prime implicants.
struct IrredundantCovers: Sendable {
    private(set) var models: [[Int]] = []
    let proof: Solution.Proof

    init(_ chart: PrimeImplicants, rowCount: Int, limits: MinimizationLimits) {
        var search = IrredundantSearch(chart, rowCount: rowCount, effort: limits.effort, capacity: limits.models)
        search.run()
        let found = search.found.sorted {
            $0.count != $1.count ? $0.count < $1.count : $0.lexicographicallyPrecedes($1)
        }
        models = Array(found.prefix(limits.models))
        proof = Solution.Proof(
            modelCount: search.count, countIsExact: search.isComplete,
            isExhaustive: search.isComplete && search.count == models.count, isMinimumProven: search.isComplete,
            lowerBound: search.isComplete ? models.first?.count ?? 0 : 1)
    }
}

private struct IrredundantSearch {
    private let rowSets: [[Int]]
    private let coverage: BitSets
    private let columnCount: Int
    private var effort: Int
    private let capacity: Int
    private(set) var found: [[Int]] = []
    private(set) var count = 0
    private(set) var isComplete = true

    init(_ chart: PrimeImplicants, rowCount: Int, effort: Int, capacity: Int) {
        coverage = chart.coverage
        columnCount = chart.terms.count
        var sets = [[Int]](repeating: [], count: rowCount)
        for column in chart.terms.indices { for row in coverage.elements(of: column) { sets[row].append(column) } }
        rowSets = sets
        self.effort = effort
        self.capacity = capacity
    }

    mutating func run() {
        descend(
            chosen: [], critical: [], open: BitSets.full(rowSets.count),
            candidates: [Bool](repeating: true, count: columnCount))
    }

    private mutating func descend(chosen: [Int], critical: [[UInt64]], open: [UInt64], candidates: [Bool]) {
        if effort < 0 {
            isComplete = false
            return
        }
        // Copies and filters of a branch weigh more than its comparisons.
        effort -= 2000 + 4 * columnCount
        var best: [Int] = [], fewest = Int.max
        for row in rowSets.indices where open[row >> 6] >> UInt64(row & 63) & 1 != 0 {
            let usable = rowSets[row].filter { candidates[$0] }
            effort -= 8 * rowSets[row].count
            if usable.count < fewest { (fewest, best) = (usable.count, usable) }
            if fewest == 0 { return }
        }
        if fewest == Int.max {
            count += 1
            // Keeping twice what is listed bounds the memory; what is dropped is longer or later.
            found.append(chosen.sorted())
            if found.count >= 2 * capacity + 1000 {
                found.sort { $0.count != $1.count ? $0.count < $1.count : $0.lexicographicallyPrecedes($1) }
                found.removeLast(found.count - capacity)
            }
            return
        }
        var candidates = candidates
        for column in best { candidates[column] = false }
        for column in best {
            let start = column * coverage.width
            var kept = critical, isMinimal = true
            for position in kept.indices {
                var some: UInt64 = 0
                for word in open.indices {
                    kept[position][word] &= ~coverage.words[start + word]
                    some |= kept[position][word]
                }
                if some == 0 {
                    isMinimal = false
                    break
                }
            }
            guard isMinimal else { continue }
            let own = open.indices.map { open[$0] & coverage.words[start + $0] }
            let rest = open.indices.map { open[$0] & ~coverage.words[start + $0] }
            descend(chosen: chosen + [column], critical: kept + [own], open: rest, candidates: candidates)
            candidates[column] = true
        }
    }
}
