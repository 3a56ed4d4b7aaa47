/// The columns of a covering problem: their rows as bits, and as lists one after another.
struct CoverMatrix: Sendable {
    let rowCount: Int
    /// The words of each column.
    let width: Int
    let words: [UInt64]
    let starts: [Int32]
    let entries: [Int32]

    /// Some groups of a problem as columns.
    init(_ problem: CoveringProblem, groups: [Int]) {
        rowCount = problem.rowCount
        width = problem.groups.width
        var words: [UInt64] = [], starts: [Int32] = [0], entries: [Int32] = []
        for group in groups {
            words += problem.groups.words[group * width..<(group + 1) * width]
            entries.append(contentsOf: problem.groups.elements(of: group).map(Int32.init))
            starts.append(Int32(entries.count))
        }
        self.words = words
        self.starts = starts
        self.entries = entries
    }

    var columnCount: Int { starts.count - 1 }

    func rows(of column: Int32) -> ArraySlice<Int32> {
        entries[Int(starts[Int(column)])..<Int(starts[Int(column) + 1])]
    }
}
