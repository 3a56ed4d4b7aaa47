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
}

extension BitSets {
    /// The sets that lie in no other; of equal ones the first.
    func maximal(elements: Int) -> [Int] {
        let sizes = (0..<count).map { cardinality(of: $0) }
        var kept: [Int] = [], byElement = [[Int]](repeating: [], count: elements)
        for set in (0..<count).sorted(by: { (-sizes[$0], $0) < (-sizes[$1], $1) }) {
            let own = self.elements(of: set)
            guard let rarest = own.min(by: { byElement[$0].count < byElement[$1].count }) else { continue }
            if byElement[rarest].contains(where: { isSubset(set, of: $0) }) { continue }
            kept.append(set)
            for element in own { byElement[element].append(set) }
        }
        return kept
    }
}
