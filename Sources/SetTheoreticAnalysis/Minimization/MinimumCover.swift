/// A cover of all rows by as few columns as possible.
///
/// Depth-first branch and bound with Lagrangian bounds, fixing by reduced cost and a greedy cover at each node,
/// branching on the row that the fewest columns cover (Beasley 1987; Caprara, Toth and Fischetti 2000).
struct MinimumCover: Sendable {
    /// The best cover found, as groups of the problem.
    private(set) var groups: [Int] = []
    /// No cover is smaller than this.
    private(set) var lowerBound = 0
    /// Whether the search came to its end, so that no cover is smaller than ``groups``.
    private(set) var isProven = true
    /// Row multipliers that bound every cover.
    private(set) var multipliers: [Double]

    init(_ problem: CoveringProblem, effort: Int) {
        let maximal = problem.maximalGroups()
        var search = CoverSearch(matrix: CoverMatrix(problem, columns: maximal), effort: effort)
        search.run()
        groups = search.best.map { maximal[Int($0)] }.sorted()
        isProven = search.isComplete
        lowerBound = isProven ? groups.count : search.rootBound
        multipliers = search.rootMultipliers
    }
}

private struct CoverSearch {
    let matrix: CoverMatrix
    var effort: Int
    var best: [Int32] = []
    var rootBound = 0
    var rootMultipliers: [Double] = []
    var isComplete = true

    init(matrix: CoverMatrix, effort: Int) {
        self.matrix = matrix
        self.effort = effort
    }

    mutating func run() {
        let rows = Array(0..<matrix.rowCount), columns = Array(0..<Int32(matrix.columnCount))
        var covering = [Int](repeating: 0, count: matrix.rowCount)
        for column in columns { for row in matrix.rows(of: Int(column)) { covering[Int(row)] += 1 } }
        // Each row starts with the share of the largest column that covers it, a dual feasible point.
        var start = [Double](repeating: 1, count: matrix.rowCount)
        for column in columns {
            let entries = matrix.rows(of: Int(column))
            for row in entries { start[Int(row)] = min(start[Int(row)], 1 / Double(entries.count)) }
        }
        best = greedy(rows: rows, columns: columns, costs: [Double](repeating: 1, count: columns.count))
        rootMultipliers = start
        visit(rows: rows, columns: columns, chosen: [], start: start, isRoot: true)
    }

    /// Searches below a choice for a cover smaller than the best.
    private mutating func visit(
        rows: [Int], columns: [Int32], chosen: [Int32], start: [Double], isRoot: Bool = false
    ) {
        var rows = rows, columns = columns, chosen = chosen
        guard takeUnitRows(&rows, &columns, &chosen) else { return }
        if rows.isEmpty {
            if chosen.count < best.count { best = chosen }
            if isRoot { rootBound = chosen.count }
            return
        }
        let upper = best.count - chosen.count
        if upper <= 1 {
            if isRoot { rootBound = best.count }
            return
        }
        if effort < 0 {
            isComplete = false
            return
        }
        let steps = isRoot ? 400 : columns.count > 200 ? 40 : 20
        let bound = LagrangianBound(
            matrix, start: start, rows: rows, columns: columns, upper: upper, steps: steps)
        effort -= columns.count * 6 * steps
        let lower = Int((bound.bound - 1e-6).rounded(.up))
        if isRoot {
            rootBound = chosen.count + lower
            rootMultipliers = bound.multipliers
        }
        if lower >= upper { return }
        let cover = greedy(rows: rows, columns: columns, costs: bound.reducedCosts)
        if chosen.count + cover.count < best.count {
            best = chosen + cover
            if lower >= cover.count { return }
        }
        // A column whose reduced cost lifts the bound to the best cover is in no better one.
        let room = Double(best.count - chosen.count - 1) + 1e-6
        var costs = [Double](repeating: 0, count: matrix.columnCount)
        columns = zip(columns, bound.reducedCosts).compactMap { column, cost in
            costs[Int(column)] = cost
            return bound.bound + max(0, cost) > room ? nil : column
        }
        var lists = [[Int32]](repeating: [], count: matrix.rowCount)
        var isActive = [Bool](repeating: false, count: matrix.rowCount)
        for row in rows { isActive[row] = true }
        for column in columns {
            for row in matrix.rows(of: Int(column)) where isActive[Int(row)] { lists[Int(row)].append(column) }
        }
        guard let branch = rows.min(by: { lists[$0].count < lists[$1].count }) else { return }
        var excluded = Set<Int32>()
        for column in lists[branch].sorted(by: { (costs[Int($0)], $0) < (costs[Int($1)], $1) }) {
            excluded.insert(column)
            for row in matrix.rows(of: Int(column)) { isActive[Int(row)] = false }
            let left = rows.filter { isActive[$0] }
            let usable = columns.filter { candidate in
                !excluded.contains(candidate) && matrix.rows(of: Int(candidate)).contains { isActive[Int($0)] }
            }
            visit(rows: left, columns: usable, chosen: chosen + [column], start: bound.multipliers)
            for row in rows { isActive[row] = true }
            if chosen.count + lower >= best.count { return }
        }
    }

    /// Chooses the columns of rows that no other column covers; false if a row has none.
    private func takeUnitRows(_ rows: inout [Int], _ columns: inout [Int32], _ chosen: inout [Int32]) -> Bool {
        while true {
            var count = [Int32](repeating: 0, count: matrix.rowCount)
            var only = [Int32](repeating: 0, count: matrix.rowCount)
            for column in columns {
                for row in matrix.rows(of: Int(column)) {
                    count[Int(row)] += 1
                    only[Int(row)] = column
                }
            }
            if rows.contains(where: { count[$0] == 0 }) { return false }
            guard let unit = rows.first(where: { count[$0] == 1 }) else { return true }
            chosen.append(only[unit])
            let covered = Set(matrix.rows(of: Int(only[unit])).map(Int.init))
            rows.removeAll { covered.contains($0) }
            let left = Set(rows)
            columns.removeAll { column in
                column == only[unit] || !matrix.rows(of: Int(column)).contains { left.contains(Int($0)) }
            }
            if rows.isEmpty { return true }
        }
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
                for row in matrix.rows(of: Int(column)) where isOpen[Int(row)] { added += 1 }
                if added == 0 { continue }
                let cost = costs[position]
                let score = cost > 0 ? cost / Double(added) : cost * Double(added)
                if score < lowest { (lowest, chosen) = (score, column) }
            }
            guard let chosen else { return cover }
            cover.append(chosen)
            for row in matrix.rows(of: Int(chosen)) where isOpen[Int(row)] {
                isOpen[Int(row)] = false
                open -= 1
            }
        }
        // Columns that became superfluous.
        for column in cover.reversed() where cover.count > 1 {
            let others = cover.filter { $0 != column }
            if rows.allSatisfy({ row in others.contains { matrix.rows(of: Int($0)).contains(Int32(row)) } }) {
                cover = others
            }
        }
        return cover
    }
}
