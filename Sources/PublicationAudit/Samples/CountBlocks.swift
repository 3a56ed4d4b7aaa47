/// The blocks of a table of counts, one characteristic each.
///
/// Pasted tables lose merged cells: the name of a characteristic may stand in any row of its block. The borders are those between two
/// names that give as many blocks as possible the same sum, and of these the ones that let blocks begin with their names.
struct CountBlocks: Hashable {
    /// The rows of each block.
    let ranges: [Range<Int>]

    init(counts: [Int], named: [Bool], expected: Int?) {
        let names = counts.indices.filter { named[$0] }
        guard let first = names.first, names.count > 1 else {
            ranges = Self.repeated(counts, expected)
            return
        }
        let literal = zip([0] + names.dropFirst(), names.dropFirst() + [counts.count]).map { $0..<$1 }
        guard first >= 0, counts.count <= 500 else {
            ranges = literal
            return
        }
        let total = counts.reduce(0, Self.sum)
        var sums = literal.map { counts[$0].reduce(0, Self.sum) }
        if total.isMultiple(of: names.count) { sums.append(total / names.count) }
        if let expected { sums.append(expected) }
        var best = (score: -1, ranges: literal)
        for sum in Set(sums).sorted() {
            let found = Self.borders(counts, names: names, sum: sum)
            // One block has any sum; only that of the sample, or one that several blocks share, says where borders are.
            let isShared = sum == expected ? found.fits > 0 : found.fits > 1
            if isShared, found.score > best.score { best = (found.score, found.ranges) }
        }
        ranges = best.ranges
    }

    private static func sum(_ a: Int, _ b: Int) -> Int { a.addingReportingOverflow(b).partialValue }

    /// Without names: as many blocks as sum to the expected size one after the other, otherwise one block.
    private static func repeated(_ counts: [Int], _ expected: Int?) -> [Range<Int>] {
        guard let expected, expected > 0 else { return [counts.indices] }
        var ranges: [Range<Int>] = [], start = 0, running = 0
        for (place, count) in counts.enumerated() {
            running = sum(running, count)
            if running == expected {
                ranges.append(start..<place + 1)
                (start, running) = (place + 1, 0)
            }
        }
        return start == counts.count && !ranges.isEmpty ? ranges : [counts.indices]
    }

    /// The borders that give most blocks a sum, by dynamic programming over the place where a block ends.
    private static func borders(_ counts: [Int], names: [Int], sum target: Int) -> (
        score: Int, fits: Int, ranges: [Range<Int>]
    ) {
        let running = counts.reduce(into: [0]) { $0.append(sum($0.last ?? 0, $1)) }
        // A block with the sum counts more than any number of blocks that begin with their names.
        let weight = names.count + 1
        var ends: [Int: (score: Int, ranges: [Range<Int>])] = [0: (0, [])]
        for (block, name) in names.enumerated() {
            let next = block + 1 < names.count ? names[block + 1] : counts.count
            let candidates = block + 1 < names.count ? Array(name + 1...next) : [counts.count]
            var longer: [Int: (score: Int, ranges: [Range<Int>])] = [:]
            for (start, before) in ends.sorted(by: { $0.key < $1.key }) {
                for end in candidates {
                    let fits = running[end] - running[start] == target ? weight : 0
                    let score = before.score + fits + (start == name ? 1 : 0)
                    if score > longer[end]?.score ?? -1 { longer[end] = (score, before.ranges + [start..<end]) }
                }
            }
            ends = longer
        }
        let best = ends[counts.count] ?? (0, [])
        return (best.score, best.score / weight, best.ranges)
    }
}
