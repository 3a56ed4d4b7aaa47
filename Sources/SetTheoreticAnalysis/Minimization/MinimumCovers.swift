/// Every cover of a given smallest size.
///
/// Depth first over the row that the fewest columns cover; a column that was tried is kept out of the branches after
/// it, so that each cover is met once. With multipliers u that no column exceeds (Σ u_r ≤ 1 over its rows) the rows
/// left need at least Σ u_r columns more; a column that would leave more than the remaining columns can cover is
/// dropped.
struct MinimumCovers: ~Copyable {
    /// The first covers, as rising columns.
    private(set) var list: LexicographicList
    /// Whether the search came to its end.
    private(set) var isComplete = true

    private let problem: CoveringProblem
    private let size: Int
    private var effort: Int
    /// The groups that can be part of such a cover.
    private let groups: [Int]
    private let rowWidth: Int
    private let groupWidth: Int
    /// The rows of each group, and the groups of each row.
    private let groupRows: UnsafeMutablePointer<UInt64>
    private let rowGroups: UnsafeMutablePointer<UInt64>
    /// Row multipliers in units of 1 / ``unit``, rounded down.
    private let multipliers: UnsafeMutablePointer<Int>
    private let openRows: UnsafeMutablePointer<UInt64>
    private let usable: UnsafeMutablePointer<UInt64>
    private var chosen: [Int] = []
    private static let unit = 1_000_000

    init(_ problem: CoveringProblem, size: Int, multipliers start: [Double], limits: MinimizationLimits) {
        self.problem = problem
        self.size = size
        effort = limits.effort
        list = LexicographicList(limit: limits.models, length: size)
        let dual = Self.dualFeasible(problem, start)
        let total = dual.reduce(0, +)
        var kept: [Int] = []
        for group in problem.members.indices {
            let gain = problem.groups.elements(of: group).reduce(0) { $0 + dual[$1] }
            if total - gain <= (size - 1) * Self.unit { kept.append(group) }
        }
        groups = kept
        rowWidth = problem.groups.width
        groupWidth = max(1, (kept.count + 63) / 64)
        groupRows = .allocate(capacity: max(1, kept.count * rowWidth))
        rowGroups = .allocate(capacity: max(1, problem.rowCount * groupWidth))
        rowGroups.initialize(repeating: 0, count: max(1, problem.rowCount * groupWidth))
        multipliers = .allocate(capacity: max(1, problem.rowCount))
        openRows = .allocate(capacity: (size + 1) * rowWidth)
        usable = .allocate(capacity: (size + 1) * groupWidth)
        for row in 0..<problem.rowCount { multipliers[row] = dual[row] }
        for (position, group) in kept.enumerated() {
            for word in 0..<rowWidth {
                groupRows[position * rowWidth + word] = problem.groups.words[group * rowWidth + word]
            }
            for row in problem.groups.elements(of: group) {
                rowGroups[row * groupWidth + position >> 6] |= 1 << UInt64(position & 63)
            }
        }
        for (word, bits) in BitSets.full(problem.rowCount).enumerated() { openRows[word] = bits }
        for (word, bits) in BitSets.full(kept.count).enumerated() where word < groupWidth { usable[word] = bits }
        chosen = [Int](repeating: 0, count: size)
        descend(depth: 0, needed: total)
    }

    deinit {
        groupRows.deallocate()
        rowGroups.deallocate()
        multipliers.deallocate()
        openRows.deallocate()
        usable.deallocate()
    }

    /// Multipliers that no column exceeds, in units: too large ones are scaled down, then each row is raised as far as
    /// its tightest column lets it.
    private static func dualFeasible(_ problem: CoveringProblem, _ start: [Double]) -> [Int] {
        var dual = start
        let rows = problem.members.indices.map { problem.groups.elements(of: $0) }
        for elements in rows {
            let sum = elements.reduce(0) { $0 + dual[$1] }
            if sum > 1 { for row in elements { dual[row] /= sum } }
        }
        var result = dual.map { Int($0 * Double(unit)) }
        var slack = rows.map { elements in unit - elements.reduce(0) { $0 + result[$1] } }
        var tightest = [Int](repeating: unit, count: problem.rowCount)
        var columns = [[Int]](repeating: [], count: problem.rowCount)
        for (group, elements) in rows.enumerated() { for row in elements { columns[row].append(group) } }
        for row in 0..<problem.rowCount {
            tightest[row] = columns[row].map { slack[$0] }.min() ?? 0
            result[row] += tightest[row]
            for column in columns[row] { slack[column] -= tightest[row] }
        }
        return result
    }

    private mutating func descend(depth: Int, needed: Int) {
        if effort < 0 {
            isComplete = false
            return
        }
        let open = openRows + depth * rowWidth, columns = usable + depth * groupWidth
        let left = size - depth
        if left == 1 {
            finish(depth: depth, open: open, columns: columns)
            return
        }
        // The open row with the fewest usable columns.
        var branch = -1, fewest = Int.max, visited = 0
        search: for word in 0..<rowWidth {
            var bits = open[word]
            while bits != 0 {
                let row = word << 6 + bits.trailingZeroBitCount
                bits &= bits - 1
                visited += 1
                var count = 0
                for word in 0..<groupWidth {
                    count += (rowGroups[row * groupWidth + word] & columns[word]).nonzeroBitCount
                }
                if count < fewest {
                    (fewest, branch) = (count, row)
                    if count == 0 { return }
                    if count == 1 { break search }
                }
            }
        }
        effort -= visited * groupWidth + 20
        if branch < 0 { return }
        let nextOpen = open + rowWidth, nextColumns = columns + groupWidth
        let room = (left - 2) * Self.unit
        for word in 0..<groupWidth {
            var candidates = rowGroups[branch * groupWidth + word] & columns[word]
            while candidates != 0 {
                let bit = candidates & (~candidates &+ 1)
                let group = word << 6 + candidates.trailingZeroBitCount
                candidates &= candidates - 1
                columns[word] &= ~bit
                var rest = needed
                for word in 0..<rowWidth {
                    var covered = open[word] & groupRows[group * rowWidth + word]
                    nextOpen[word] = open[word] & ~covered
                    while covered != 0 {
                        rest -= multipliers[word << 6 + covered.trailingZeroBitCount]
                        covered &= covered - 1
                    }
                }
                if rest > room + Self.unit { continue }
                chosen[depth] = group
                narrow(columns, nextColumns, open: nextOpen, needed: rest, room: room)
                descend(depth: depth + 1, needed: rest)
                if !isComplete { return }
            }
        }
    }

    /// Keeps the columns that leave no more than the columns after them can cover.
    private mutating func narrow(
        _ columns: UnsafeMutablePointer<UInt64>, _ kept: UnsafeMutablePointer<UInt64>,
        open: UnsafeMutablePointer<UInt64>, needed: Int, room: Int
    ) {
        var visited = 0
        for word in 0..<groupWidth {
            var bits = columns[word], result: UInt64 = 0
            while bits != 0 {
                let bit = bits & (~bits &+ 1)
                let group = word << 6 + bits.trailingZeroBitCount
                bits &= bits - 1
                visited += 1
                var rest = needed
                for word in 0..<rowWidth {
                    var covered = open[word] & groupRows[group * rowWidth + word]
                    while covered != 0 {
                        rest -= multipliers[word << 6 + covered.trailingZeroBitCount]
                        covered &= covered - 1
                    }
                }
                if rest <= room { result |= bit }
            }
            kept[word] = result
        }
        effort -= visited * 8
    }

    /// Takes every column that covers all the rows that are still open.
    private mutating func finish(
        depth: Int, open: UnsafeMutablePointer<UInt64>, columns: UnsafeMutablePointer<UInt64>
    ) {
        for word in 0..<groupWidth {
            var fitting = columns[word]
            for openWord in 0..<rowWidth {
                var bits = open[openWord]
                while bits != 0, fitting != 0 {
                    let row = openWord << 6 + bits.trailingZeroBitCount
                    bits &= bits - 1
                    fitting &= rowGroups[row * groupWidth + word]
                }
            }
            while fitting != 0 {
                chosen[depth] = word << 6 + fitting.trailingZeroBitCount
                fitting &= fitting - 1
                list.offer(choosingFrom: chosen.map { problem.members[groups[$0]] })
                effort -= 100
            }
        }
        effort -= groupWidth * 8
    }
}
