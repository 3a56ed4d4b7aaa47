/// Sets of small whole numbers as rows of 64-bit words in one buffer.
struct BitSets: Sendable, Hashable {
    /// The words of each set.
    let width: Int
    var words: [UInt64]

    init(count: Int, elements: Int) {
        width = max(1, (elements + 63) / 64)
        words = [UInt64](repeating: 0, count: count * width)
    }

    var count: Int { words.count / width }

    func contains(_ element: Int, in set: Int) -> Bool {
        words[set * width + element >> 6] >> UInt64(element & 63) & 1 != 0
    }

    mutating func insert(_ element: Int, in set: Int) {
        words[set * width + element >> 6] |= 1 << UInt64(element & 63)
    }

    func cardinality(of set: Int) -> Int {
        words[set * width..<(set + 1) * width].reduce(0) { $0 + $1.nonzeroBitCount }
    }

    /// The elements of a set, rising.
    func elements(of set: Int) -> [Int] {
        var result: [Int] = []
        for word in 0..<width {
            var bits = words[set * width + word]
            while bits != 0 {
                result.append(word << 6 + bits.trailingZeroBitCount)
                bits &= bits - 1
            }
        }
        return result
    }

    func isSubset(_ set: Int, of other: Int) -> Bool {
        (0..<width).allSatisfy { words[set * width + $0] & ~words[other * width + $0] == 0 }
    }
}
