/// The rows of data in the order of their groups.
struct GroupedRows: Sendable {
    /// Where each group starts in that order, and the number of rows (J + 1).
    let starts: [Int]
    /// The row at each place; nil where the rows are in order already.
    let order: [Int]?

    init(groups: [Int], count: Int) {
        var starts = [Int](repeating: groups.count, count: count + 1)
        if Self.fill(&starts, groups, groups.count) {
            order = nil
        } else {
            starts = [Int](repeating: 0, count: count + 1)
            for group in groups { starts[group + 1] += 1 }
            for group in 0..<count { starts[group + 1] += starts[group] }
            var order = [Int](repeating: 0, count: groups.count)
            var next = starts
            for (row, group) in groups.enumerated() {
                order[next[group]] = row
                next[group] += 1
            }
            self.order = order
        }
        self.starts = starts
    }

    /// Writes the starts of rows that are in order; false where they are not.
    private static func fill(_ starts: UnsafeMutablePointer<Int>, _ groups: UnsafePointer<Int>, _ count: Int) -> Bool {
        var latest = -1
        for row in 0..<count where groups[row] != latest {
            guard groups[row] > latest else { return false }
            while latest < groups[row] {
                latest += 1
                starts[latest] = row
            }
        }
        return true
    }

    /// The order from the place `first` on, for C.
    func withOrder<Result>(from first: Int, _ body: (UnsafePointer<Int>?) -> Result) -> Result {
        guard let order else { return body(nil) }
        return order.withUnsafeBufferPointer { body($0.baseAddress.map { $0 + first }) }
    }
}
