/// A cover of all rows by as few columns as possible.
struct MinimumCover: Sendable {
    /// The best cover found, as groups of the problem.
    let groups: [Int]
    /// No cover is smaller than this.
    let lowerBound: Int
    /// Whether it is proven that no cover is smaller than ``groups``.
    let isProven: Bool
    /// Row multipliers that bound every cover.
    let multipliers: [Double]

    /// Searches among the groups whose rows lie in no other.
    init(_ problem: CoveringProblem, effort: Int) {
        let maximal = problem.groups.maximal(elements: problem.rowCount)
        let search = CoverSearch(CoverMatrix(problem, groups: maximal), goal: .smallest, effort: effort)
        groups = search.best.map { maximal[Int($0)] }.sorted()
        isProven = search.isComplete || search.rootBound >= search.best.count
        lowerBound = isProven ? search.best.count : search.rootBound
        multipliers = search.rootMultipliers
    }
}

/// Every cover of the smallest size.
struct MinimumCovers {
    /// The first covers, as rising columns, and their number.
    let list: LexicographicList
    /// Whether all covers were met.
    let isComplete: Bool

    /// - Parameters:
    ///   - problem: The rows and columns.
    ///   - size: The smallest size.
    ///   - multipliers: Row multipliers that bound every cover.
    ///   - limits: How many to list and how long to search.
    init(_ problem: CoveringProblem, size: Int, multipliers: [Double], limits: MinimizationLimits) {
        var list = LexicographicList(limit: limits.models, length: size)
        let search = CoverSearch(
            CoverMatrix(problem, groups: Array(problem.members.indices)), goal: .all(size: size), start: multipliers,
            effort: limits.effort
        ) { cover in
            if cover.count == size { list.offer(cover, of: problem.members) }
            return true
        }
        isComplete = search.isComplete
        self.list = list
    }
}
