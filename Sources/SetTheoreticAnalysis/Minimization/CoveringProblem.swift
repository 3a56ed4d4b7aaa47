/// Rows to be covered by columns: the prime implicant chart, stripped of what the columns mean.
///
/// Columns that cover the same rows are one group, so that the search meets each coverage once.
struct CoveringProblem: Sendable {
    /// The number of rows.
    let rowCount: Int
    /// The rows that each group covers.
    let groups: BitSets
    /// The columns of each group, rising.
    let members: [[Int32]]

    init(_ coverage: BitSets, rowCount: Int) {
        self.rowCount = rowCount
        let width = coverage.width
        var positions: [ArraySlice<UInt64>: Int] = [:]
        positions.reserveCapacity(coverage.count)
        var members: [[Int32]] = [], words: [UInt64] = []
        for column in 0..<coverage.count {
            let rows = coverage.words[column * width..<(column + 1) * width]
            if let group = positions[rows] {
                members[group].append(Int32(column))
            } else {
                positions[rows] = members.count
                members.append([Int32(column)])
                words.append(contentsOf: rows)
            }
        }
        var groups = BitSets(count: 0, elements: rowCount)
        groups.words = words
        self.groups = groups
        self.members = members
    }

    /// The groups whose rows lie in no other group: enough for a smallest cover.
    func maximalGroups() -> [Int] {
        let width = groups.width
        let sizes = members.indices.map { groups.cardinality(of: $0) }
        var kept: [Int] = []
        var byRow = [[Int]](repeating: [], count: rowCount)
        for group in members.indices.sorted(by: { (-sizes[$0], $0) < (-sizes[$1], $1) }) {
            let rows = groups.elements(of: group)
            guard let rarest = rows.min(by: { byRow[$0].count < byRow[$1].count }) else { continue }
            let base = group * width
            let isInside = byRow[rarest].contains { other in
                for word in 0..<width where groups.words[base + word] & ~groups.words[other * width + word] != 0 {
                    return false
                }
                return true
            }
            if isInside { continue }
            kept.append(group)
            for row in rows { byRow[row].append(group) }
        }
        return kept
    }
}
