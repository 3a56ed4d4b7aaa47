/// The lexicographically first of many rising sequences of one length, and their number.
struct LexicographicList {
    private let limit: Int
    private let length: Int
    private var items: [Int32] = []
    private var first: [Int32]
    /// The last sequence that would still be listed, once the list is full.
    private var last: [Int32]?
    /// How many were offered.
    private(set) var count = 0
    /// Whether the count has outgrown a whole number.
    private(set) var isCountExact = true

    init(limit: Int, length: Int) {
        self.limit = limit
        self.length = max(1, length)
        first = [Int32](repeating: 0, count: self.length)
    }

    /// Offers every way to choose one element from each of some disjoint rising lists.
    ///
    /// - Parameters:
    ///   - chosen: Which of the lists.
    ///   - lists: The lists.
    mutating func offer(_ chosen: UnsafeBufferPointer<Int32>, of lists: [[Int32]]) {
        var product = 1
        for list in chosen {
            let (value, overflow) = product.multipliedReportingOverflow(by: lists[Int(list)].count)
            product = overflow ? Int.max : value
        }
        let (sum, overflow) = count.addingReportingOverflow(product)
        count = overflow ? Int.max : sum
        if overflow || product == Int.max { isCountExact = false }
        if limit == 0 { return }
        // The first sequence, sorted by insertion.
        for (position, list) in chosen.enumerated() {
            let element = lists[Int(list)][0]
            var place = position
            while place > 0, first[place - 1] > element {
                first[place] = first[place - 1]
                place -= 1
            }
            first[place] = element
        }
        if let last, !first.lexicographicallyPrecedes(last) { return }
        if product == 1 {
            append(first)
        } else {
            var taken = 0, prefix: [Int32] = []
            offer(chosen.map { lists[Int($0)] }, after: -1, prefix: &prefix, taken: &taken)
        }
    }

    /// Goes through the sequences in lexicographic order and stops at the first that would not be listed.
    @discardableResult private mutating func offer(
        _ lists: [[Int32]], after previous: Int32, prefix: inout [Int32], taken: inout Int
    ) -> Bool {
        if lists.isEmpty {
            if let last, !prefix.lexicographicallyPrecedes(last) { return false }
            append(prefix)
            taken += 1
            return taken < limit
        }
        // The smallest element of what is left must leave each other list an element above it.
        let ceiling = lists.map { $0[$0.count - 1] }.min() ?? 0
        let candidates = lists.enumerated().flatMap { position, list in
            list.filter { $0 > previous && $0 <= ceiling }.map { (element: $0, list: position) }
        }
        for candidate in candidates.sorted(by: { $0.element < $1.element }) {
            var rest = lists
            rest.remove(at: candidate.list)
            prefix.append(candidate.element)
            let goesOn = offer(rest, after: candidate.element, prefix: &prefix, taken: &taken)
            prefix.removeLast()
            if !goesOn { return false }
        }
        return true
    }

    private mutating func append(_ sequence: [Int32]) {
        items.append(contentsOf: sequence)
        if items.count >= 2 * limit * length + length { compact() }
    }

    private mutating func compact() {
        let sorted = ordered()
        items = sorted.flatMap { $0 }
        last = sorted.count == limit ? sorted.last : nil
    }

    /// The listed sequences, first to last.
    func ordered() -> [[Int32]] {
        let sequences = stride(from: 0, to: items.count, by: length).map { Array(items[$0..<$0 + length]) }
        return Array(sequences.sorted { $0.lexicographicallyPrecedes($1) }.prefix(limit))
    }
}
