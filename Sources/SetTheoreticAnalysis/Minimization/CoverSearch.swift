/// Branch and bound over the covers of a problem, for a smallest one or for all that are as small.
///
/// Each branch takes the row that the fewest columns cover. Large subproblems are bounded by Lagrangian multipliers, and
/// columns whose reduced cost lifts the bound beyond the size sought are fixed at zero (Beasley 1987; Caprara, Toth and
/// Fischetti 2000); what is left is handed to ``BitCoverSearch``.
struct CoverSearch {
    /// What is looked for.
    enum Goal { case smallest, all(size: Int) }

    let matrix: CoverMatrix
    let goal: Goal
    /// What is left of the permitted number of elementary steps.
    private(set) var effort: Int
    /// The smallest cover found.
    private(set) var best: [Int32] = []
    /// No cover is smaller than this.
    private(set) var rootBound = 0
    /// Multipliers that gave the bound.
    private(set) var rootMultipliers: [Double]
    /// Whether the search came to its end.
    private(set) var isComplete = true
    private let visitCover: (UnsafeBufferPointer<Int32>) -> Bool

    /// Carries out a search.
    ///
    /// - Parameters:
    ///   - matrix: The columns.
    ///   - goal: What is looked for.
    ///   - start: Row multipliers to begin with; nil for a feasible guess.
    ///   - effort: The number of elementary steps that may be taken.
    ///   - visit: Takes each cover when all are looked for.
    init(
        _ matrix: CoverMatrix, goal: Goal, start: [Double]? = nil, effort: Int,
        visit: @escaping (UnsafeBufferPointer<Int32>) -> Bool = { _ in true }
    ) {
        self.matrix = matrix
        self.goal = goal
        self.effort = effort
        visitCover = visit
        let rows = Array(0..<matrix.rowCount), columns = Array(0..<Int32(matrix.columnCount))
        if let start {
            rootMultipliers = start
        } else {
            // Each row begins with the share of the largest column that covers it.
            var start = [Double](repeating: 1, count: matrix.rowCount)
            for column in columns {
                let entries = matrix.rows(of: column)
                for row in entries { start[Int(row)] = min(start[Int(row)], 1 / Double(entries.count)) }
            }
            rootMultipliers = start
        }
        if case .smallest = goal {
            best = greedy(rows: rows, columns: columns, costs: [Double](repeating: 1, count: columns.count))
        }
        descend(rows: rows, columns: columns, chosen: [], start: rootMultipliers, isRoot: true)
    }

    /// How many more columns a cover below a choice may have.
    private func budget(_ chosen: [Int32]) -> Int {
        switch goal {
        case .smallest: best.count - 1 - chosen.count
        case .all(let size): size - chosen.count
        }
    }

    private mutating func accept(_ cover: [Int32]) {
        switch goal {
        case .smallest: if cover.count < best.count { best = cover }
        case .all: cover.withUnsafeBufferPointer { _ = visitCover($0) }
        }
    }

    private mutating func descend(
        rows: [Int], columns: [Int32], chosen: [Int32], start: [Double], isRoot: Bool = false
    ) {
        var rows = rows, columns = columns, chosen = chosen
        guard takeUnitRows(&rows, &columns, &chosen) else { return }
        if rows.isEmpty {
            if budget(chosen) >= 0 { accept(chosen) }
            if isRoot { rootBound = chosen.count }
            return
        }
        if isRoot { rootBound = chosen.count + 1 }
        if budget(chosen) <= 0 { return }
        if effort < 0 {
            isComplete = false
            return
        }
        if budget(chosen) <= bitSearchBudget, !isRoot {
            searchBits(rows: rows, columns: columns, chosen: chosen, start: start)
            return
        }
        if isForAll, !isRoot, budget(chosen) <= 6, tryBits(rows: rows, columns: columns, chosen: chosen, start: start) {
            return
        }
        let steps = isRoot ? 400 : 120
        let bound = LagrangianBound(
            matrix, start: start, rows: rows, columns: columns, upper: budget(chosen) + 1, steps: steps)
        effort -= columns.count * 6 * steps
        let lower = Int((bound.bound - 1e-6).rounded(.up))
        if isRoot {
            rootBound = chosen.count + lower
            rootMultipliers = bound.multipliers
        }
        if case .smallest = goal {
            let cover = greedy(rows: rows, columns: columns, costs: bound.reducedCosts)
            accept(chosen + cover)
        }
        if lower > budget(chosen) { return }
        // A column whose reduced cost lifts the bound above the budget is in no cover that is looked for.
        let room = Double(budget(chosen)) + 1e-6
        var costs = [Double](repeating: 0, count: matrix.columnCount)
        columns = zip(columns, bound.reducedCosts).compactMap { column, cost in
            costs[Int(column)] = cost
            return bound.bound + max(0, cost) > room ? nil : column
        }
        if columns.count <= Self.bitSearchColumns {
            searchBits(rows: rows, columns: columns, chosen: chosen, start: bound.multipliers)
            return
        }
        var lists = [[Int32]](repeating: [], count: matrix.rowCount)
        var isActive = [Bool](repeating: false, count: matrix.rowCount)
        for row in rows { isActive[row] = true }
        for column in columns {
            for row in matrix.rows(of: column) where isActive[Int(row)] { lists[Int(row)].append(column) }
        }
        guard let branch = rows.min(by: { lists[$0].count < lists[$1].count }) else { return }
        var excluded = [Bool](repeating: false, count: matrix.columnCount)
        for column in lists[branch].sorted(by: { (costs[Int($0)], $0) < (costs[Int($1)], $1) }) {
            excluded[Int(column)] = true
            for row in matrix.rows(of: column) { isActive[Int(row)] = false }
            let left = rows.filter { isActive[$0] }
            let usable = columns.filter { candidate in
                !excluded[Int(candidate)] && matrix.rows(of: candidate).contains { isActive[Int($0)] }
            }
            descend(rows: left, columns: usable, chosen: chosen + [column], start: bound.multipliers)
            for row in rows { isActive[row] = true }
            if lower > budget(chosen) { return }
        }
    }

    /// Up to how many columns more the bounds of a subproblem cost more than they save.
    private var bitSearchBudget: Int {
        switch goal {
        case .smallest: 2
        case .all: 3
        }
    }
    private static let bitSearchColumns = 60

    /// Hands a subproblem to the search on bits; a smaller cover tightens the budget and starts it anew.
    private mutating func searchBits(rows: [Int], columns: [Int32], chosen: [Int32], start: [Double]) {
        if isForAll {
            let search = BitCoverSearch(
                matrix, rows: rows, columns: columns, size: budget(chosen), chosen: chosen, multipliers: start,
                effort: effort, visit: visitCover)
            effort = search.effort
            if effort < 0 { isComplete = false }
            return
        }
        var columns = columns
        dropDominated(&columns, rows: rows)
        while budget(chosen) > 0 {
            var found: [Int32]?
            let search = BitCoverSearch(
                matrix, rows: rows, columns: columns, size: budget(chosen), chosen: chosen, multipliers: start,
                effort: effort
            ) { cover in
                found = Array(cover)
                return false
            }
            effort = search.effort
            if effort < 0 { isComplete = false }
            guard let found else { return }
            accept(found)
        }
    }

    /// Takes all covers of a subproblem by the search on bits, if that costs no more than bounding it would.
    private mutating func tryBits(rows: [Int], columns: [Int32], chosen: [Int32], start: [Double]) -> Bool {
        let permitted = min(effort, columns.count * 15000)
        var covers: [Int32] = []
        let search = BitCoverSearch(
            matrix, rows: rows, columns: columns, size: budget(chosen), chosen: chosen, multipliers: start,
            effort: permitted
        ) { cover in
            covers.append(Int32(cover.count))
            covers.append(contentsOf: cover)
            return true
        }
        effort -= permitted - search.effort
        guard search.effort >= 0 else { return false }
        covers.withUnsafeBufferPointer { covers in
            var position = 0
            while position < covers.count {
                let end = position + 1 + Int(covers[position])
                _ = visitCover(UnsafeBufferPointer(rebasing: covers[position + 1..<end]))
                position = end
            }
        }
        return true
    }

    private var isForAll: Bool { if case .all = goal { true } else { false } }

    /// Chooses the columns of rows that no other column covers; false if a row has none.
    private func takeUnitRows(_ rows: inout [Int], _ columns: inout [Int32], _ chosen: inout [Int32]) -> Bool {
        var count = [Int32](repeating: 0, count: matrix.rowCount), only = count
        while true {
            for row in rows { count[row] = 0 }
            for column in columns {
                for row in matrix.rows(of: column) {
                    count[Int(row)] += 1
                    only[Int(row)] = column
                }
            }
            if rows.contains(where: { count[$0] == 0 }) { return false }
            guard let unit = rows.first(where: { count[$0] == 1 }) else { return true }
            let taken = only[unit]
            chosen.append(taken)
            var isOpen = [Bool](repeating: false, count: matrix.rowCount)
            for row in rows { isOpen[row] = true }
            for row in matrix.rows(of: taken) { isOpen[Int(row)] = false }
            rows.removeAll { !isOpen[$0] }
            columns.removeAll { column in
                column == taken || !matrix.rows(of: column).contains { isOpen[Int($0)] }
            }
            if rows.isEmpty { return true }
        }
    }

    /// Leaves out columns whose open rows lie in another's; of equal ones the first stays.
    private func dropDominated(_ columns: inout [Int32], rows: [Int]) {
        let width = matrix.width
        var open = [UInt64](repeating: 0, count: width)
        for row in rows { open[row >> 6] |= 1 << UInt64(row & 63) }
        var sets = BitSets(count: columns.count, elements: matrix.rowCount)
        for (position, column) in columns.enumerated() {
            for word in 0..<width {
                sets.words[position * width + word] = matrix.words[Int(column) * width + word] & open[word]
            }
        }
        columns = sets.maximal(elements: matrix.rowCount).sorted().map { columns[$0] }
    }

    /// A cover built by taking, again and again, the column with the lowest reduced cost for each row it adds.
    private func greedy(rows: [Int], columns: [Int32], costs: [Double]) -> [Int32] {
        var isOpen = [Bool](repeating: false, count: matrix.rowCount), open = rows.count
        for row in rows { isOpen[row] = true }
        var cover: [Int32] = []
        while open > 0 {
            var chosen: Int32?, lowest = Double.infinity
            for (position, column) in columns.enumerated() {
                var added = 0
                for row in matrix.rows(of: column) where isOpen[Int(row)] { added += 1 }
                if added == 0 { continue }
                let cost = costs[position]
                let score = cost > 0 ? cost / Double(added) : cost * Double(added)
                if score < lowest { (lowest, chosen) = (score, column) }
            }
            guard let chosen else { return cover }
            cover.append(chosen)
            for row in matrix.rows(of: chosen) where isOpen[Int(row)] {
                isOpen[Int(row)] = false
                open -= 1
            }
        }
        // Columns that became superfluous.
        for column in cover.reversed() where cover.count > 1 {
            let others = cover.filter { $0 != column }
            if rows.allSatisfy({ row in others.contains { matrix.rows(of: $0).contains(Int32(row)) } }) {
                cover = others
            }
        }
        return cover
    }
}
