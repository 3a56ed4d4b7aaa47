/// Covers of a subproblem by at most some columns, by depth-first search on bits.
///
/// With multipliers u that no column exceeds (Σ u_r ≤ 1 over its rows) the rows still open need at least Σ u_r columns
/// more, so that a column is dropped when it would leave more than the columns after it can cover. The search branches
/// on the open row with the fewest columns left; a column that was tried is kept out of the branches after it, so that
/// each cover is met once.
struct BitCoverSearch: ~Copyable {
    private let visit: (UnsafeBufferPointer<Int32>) -> Bool
    /// What is left of the permitted number of elementary steps.
    private(set) var effort: Int
    /// Whether the visitor ended the search.
    private(set) var isStopped = false

    private let columns: [Int32]
    private let size: Int
    private let rowWidth: Int
    private let columnWidth: Int
    private let columnRows: UnsafeMutablePointer<UInt64>
    private let rowColumns: UnsafeMutablePointer<UInt64>
    private let multipliers: UnsafeMutablePointer<Int>
    private let openRows: UnsafeMutablePointer<UInt64>
    private let usable: UnsafeMutablePointer<UInt64>
    /// The columns chosen before, then those of this search.
    private let chosen: UnsafeMutablePointer<Int32>
    private let chosenBefore: Int
    private static let unit = 1_000_000

    /// Searches for covers.
    ///
    /// - Parameters:
    ///   - matrix: The columns of the whole problem.
    ///   - rows: The rows to cover.
    ///   - columns: The columns that may be used.
    ///   - size: The number of columns a cover may have.
    ///   - before: Columns chosen already, which are put before those of each cover.
    ///   - start: Row multipliers, brought below every column here.
    ///   - effort: The number of elementary steps that may be taken.
    ///   - visit: Takes the columns of a cover; false ends the search.
    init(
        _ matrix: CoverMatrix, rows: [Int], columns: [Int32], size: Int, chosen before: [Int32],
        multipliers start: [Double], effort: Int, visit: @escaping (UnsafeBufferPointer<Int32>) -> Bool
    ) {
        self.visit = visit
        self.effort = effort
        self.columns = columns
        self.size = size
        rowWidth = matrix.width
        columnWidth = max(1, (columns.count + 63) / 64)
        columnRows = .allocate(capacity: max(1, columns.count * rowWidth))
        rowColumns = .allocate(capacity: max(1, matrix.rowCount * columnWidth))
        rowColumns.initialize(repeating: 0, count: max(1, matrix.rowCount * columnWidth))
        multipliers = .allocate(capacity: max(1, matrix.rowCount))
        openRows = .allocate(capacity: (size + 1) * rowWidth)
        openRows.initialize(repeating: 0, count: (size + 1) * rowWidth)
        usable = .allocate(capacity: (size + 1) * columnWidth)
        chosen = .allocate(capacity: before.count + size)
        chosenBefore = before.count
        for (position, column) in before.enumerated() { chosen[position] = column }
        for row in rows { openRows[row >> 6] |= 1 << UInt64(row & 63) }
        for (position, column) in columns.enumerated() {
            for word in 0..<rowWidth {
                var bits = matrix.words[Int(column) * rowWidth + word] & openRows[word]
                columnRows[position * rowWidth + word] = bits
                while bits != 0 {
                    let row = word << 6 + bits.trailingZeroBitCount
                    bits &= bits - 1
                    rowColumns[row * columnWidth + position >> 6] |= 1 << UInt64(position & 63)
                }
            }
        }
        for (word, bits) in BitSets.full(columns.count).enumerated() { usable[word] = bits }
        let needed = makeFeasible(start, rows: rows, rowCount: matrix.rowCount)
        self.effort -= rows.count * columnWidth + columns.count * 30
        if needed <= size * Self.unit { descend(depth: 0, needed: needed) }
    }

    deinit {
        columnRows.deallocate()
        rowColumns.deallocate()
        multipliers.deallocate()
        openRows.deallocate()
        usable.deallocate()
        chosen.deallocate()
    }

    /// Sets multipliers that no column exceeds, in units: too large ones are scaled down, then each row is raised as
    /// far as its tightest column lets it. Their sum.
    private func makeFeasible(_ start: [Double], rows: [Int], rowCount: Int) -> Int {
        for row in 0..<rowCount { multipliers[row] = 0 }
        for row in rows { multipliers[row] = Int(max(0, start[row]) * Double(Self.unit)) }
        var slack = [Int](repeating: 0, count: columns.count)
        for position in columns.indices {
            let sum = covered(position, open: openRows)
            if sum > Self.unit {
                for word in 0..<rowWidth {
                    var bits = columnRows[position * rowWidth + word]
                    while bits != 0 {
                        let row = word << 6 + bits.trailingZeroBitCount
                        bits &= bits - 1
                        multipliers[row] = multipliers[row] * Self.unit / sum
                    }
                }
            }
        }
        for position in columns.indices { slack[position] = Self.unit - covered(position, open: openRows) }
        var total = 0
        for row in rows {
            var tightest = Self.unit
            forEachColumn(of: row) { tightest = min(tightest, slack[$0]) }
            if tightest > 0 {
                multipliers[row] += tightest
                forEachColumn(of: row) { slack[$0] -= tightest }
            }
            total += multipliers[row]
        }
        return total
    }

    private func forEachColumn(of row: Int, _ body: (Int) -> Void) {
        for word in 0..<columnWidth {
            var bits = rowColumns[row * columnWidth + word]
            while bits != 0 {
                body(word << 6 + bits.trailingZeroBitCount)
                bits &= bits - 1
            }
        }
    }

    /// The multipliers of the open rows of a column.
    @inline(__always)
    private func covered(_ position: Int, open: UnsafeMutablePointer<UInt64>) -> Int {
        var sum = 0
        for word in 0..<rowWidth {
            var bits = columnRows[position * rowWidth + word] & open[word]
            while bits != 0 {
                sum += multipliers[word << 6 + bits.trailingZeroBitCount]
                bits &= bits - 1
            }
        }
        return sum
    }

    private mutating func descend(depth: Int, needed: Int) {
        if effort < 0 || isStopped { return }
        let open = openRows + depth * rowWidth, candidates = usable + depth * columnWidth
        let left = size - depth
        if left == 1 {
            finish(depth: depth, open: open, candidates: candidates)
            return
        }
        // The open row with the fewest candidates.
        var branch = -1, fewest = Int.max, visited = 0
        search: for word in 0..<rowWidth {
            var bits = open[word]
            while bits != 0 {
                let row = word << 6 + bits.trailingZeroBitCount
                bits &= bits - 1
                visited += 1
                var count = 0
                for word in 0..<columnWidth {
                    count += (rowColumns[row * columnWidth + word] & candidates[word]).nonzeroBitCount
                }
                if count < fewest {
                    (fewest, branch) = (count, row)
                    if count == 0 { return }
                    if count == 1 { break search }
                }
            }
        }
        effort -= visited * columnWidth * 2 + 20
        if branch < 0 {
            _ = report(depth)
            return
        }
        let nextOpen = open + rowWidth, next = candidates + columnWidth
        let room = (left - 2) * Self.unit
        for word in 0..<columnWidth {
            var bits = rowColumns[branch * columnWidth + word] & candidates[word]
            while bits != 0 {
                let bit = bits & (~bits &+ 1)
                let position = word << 6 + bits.trailingZeroBitCount
                bits &= bits - 1
                candidates[word] &= ~bit
                let rest = needed - covered(position, open: open)
                if rest > room + Self.unit { continue }
                for word in 0..<rowWidth { nextOpen[word] = open[word] & ~columnRows[position * rowWidth + word] }
                chosen[chosenBefore + depth] = columns[position]
                switch left {
                case 2: finish(depth: depth + 1, open: nextOpen, candidates: candidates)
                case 3:
                    // The next level weighs the few candidates of one row itself.
                    next.update(from: candidates, count: columnWidth)
                    descend(depth: depth + 1, needed: rest)
                default:
                    narrow(candidates, next, open: nextOpen, needed: rest, room: room)
                    descend(depth: depth + 1, needed: rest)
                }
                if effort < 0 || isStopped { return }
            }
        }
    }

    /// Keeps the candidates that leave no more than the columns after them can cover.
    private mutating func narrow(
        _ candidates: UnsafeMutablePointer<UInt64>, _ kept: UnsafeMutablePointer<UInt64>,
        open: UnsafeMutablePointer<UInt64>, needed: Int, room: Int
    ) {
        var visited = 0
        for word in 0..<columnWidth {
            var bits = candidates[word], result: UInt64 = 0
            while bits != 0 {
                let position = word << 6 + bits.trailingZeroBitCount
                if needed - covered(position, open: open) <= room { result |= bits & (~bits &+ 1) }
                bits &= bits - 1
                visited += 1
            }
            kept[word] = result
        }
        effort -= visited * 10
    }

    /// Takes every candidate that covers all the rows that are still open.
    private mutating func finish(
        depth: Int, open: UnsafeMutablePointer<UInt64>, candidates: UnsafeMutablePointer<UInt64>
    ) {
        var isOpen = false
        for word in 0..<rowWidth where open[word] != 0 { isOpen = true }
        if !isOpen {
            _ = report(depth)
            return
        }
        for word in 0..<columnWidth {
            var fitting = candidates[word]
            for openWord in 0..<rowWidth {
                var bits = open[openWord]
                while bits != 0, fitting != 0 {
                    let row = openWord << 6 + bits.trailingZeroBitCount
                    bits &= bits - 1
                    fitting &= rowColumns[row * columnWidth + word]
                }
            }
            while fitting != 0 {
                chosen[chosenBefore + depth] = columns[word << 6 + fitting.trailingZeroBitCount]
                fitting &= fitting - 1
                effort -= 50
                if !report(depth + 1) { return }
            }
        }
        effort -= columnWidth * 8
    }

    private mutating func report(_ count: Int) -> Bool {
        if !visit(UnsafeBufferPointer(start: chosen, count: chosenBefore + count)) { isStopped = true }
        return !isStopped
    }
}
