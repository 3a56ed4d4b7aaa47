/// The prime implicants that cover some of a list of rows, with the rows that each covers.
public struct PrimeImplicants: Sendable, Hashable {
    /// The prime implicants, in listing order.
    public var terms: [Conjunction]
    /// The rows that each covers, in the order of the terms.
    var coverage: BitSets
    /// Whether all prime implicants were found.
    var isComplete = true

    /// The prime implicants of positive rows when everything but the negative rows may be used to simplify.
    ///
    /// The prime implicants that cover a positive row p are the minimal hitting sets of the sets of conditions on
    /// which p differs from each negative row: a literal of p is needed to keep every negative row out, and none may
    /// be superfluous. Neither the 2^k rows nor the 3^k implicants are ever formed, and the number of levels of a
    /// condition plays no part. A prime implicant that covers several rows is taken at the first.
    ///
    /// - Parameters:
    ///   - positives: The rows to cover; a condition without a level does not apply.
    ///   - negatives: Conjunctions that no implicant may intersect.
    public init(covering positives: [Conjunction], avoiding negatives: [Conjunction], conditionCount: Int) {
        // Which positive rows have the literal of a row on a condition, for every row and condition.
        var sharing: [BitSets] = []
        for condition in 0..<conditionCount {
            var sets = BitSets(count: 16, elements: positives.count)
            for (row, positive) in positives.enumerated() {
                if let level = positive[condition] { sets.insert(row, in: level) }
            }
            sharing.append(sets)
        }
        var found: [(term: Conjunction, rows: Int)] = []
        var words: [UInt64] = []
        let width = BitSets(count: 0, elements: positives.count).width
        var search = MinimalHittingSets(edgeCapacity: negatives.count)
        var coverage = [UInt64](repeating: 0, count: width)
        var literals = [UInt64](repeating: 0, count: 32 * width)
        let all = BitSets.full(positives.count)
        for (row, positive) in positives.enumerated() {
            for condition in 0..<conditionCount {
                let level = positive[condition] ?? 15
                for word in 0..<width {
                    literals[condition * width + word] = sharing[condition].words[level * width + word]
                }
            }
            search.visit(negatives.map { positive.differences(from: $0) }) { chosen in
                for word in 0..<width { coverage[word] = all[word] }
                var bits = chosen
                while bits != 0 {
                    let condition = bits.trailingZeroBitCount
                    bits &= bits - 1
                    for word in 0..<width { coverage[word] &= literals[condition * width + word] }
                }
                guard let word = coverage.firstIndex(where: { $0 != 0 }),
                    word << 6 + coverage[word].trailingZeroBitCount == row
                else { return }
                found.append((positive.keeping(chosen), words.count))
                words.append(contentsOf: coverage)
            }
        }
        self.init(found, words: words, width: width, elements: positives.count, conditionCount: conditionCount)
    }

    /// Puts terms into listing order, with their words of coverage.
    private init(
        _ found: [(term: Conjunction, rows: Int)], words: [UInt64], width: Int, elements: Int, conditionCount: Int
    ) {
        let order = ListingOrder.order(found.map(\.term), conditionCount: conditionCount) { first, second in
            // By conditions; the search has already put equal ones in the order of the rows.
            let (one, other) = (found[first].term, found[second].term)
            if one.count != other.count { return one.count < other.count }
            let differing = one.conditions ^ other.conditions
            if differing == 0 { return first < second }
            return one.conditions & differing & (~differing &+ 1) != 0
        }
        terms = order.map { found[$0].term }
        coverage = BitSets(count: 0, elements: elements)
        coverage.words.reserveCapacity(words.count)
        for position in order {
            let start = found[position].rows
            for word in start..<start + width { coverage.words.append(words[word]) }
        }
    }

    /// Terms that are known to be the prime implicants, in listing order.
    init(listed terms: [Conjunction], covering rows: [Conjunction]) {
        self.terms = terms
        coverage = BitSets(count: terms.count, elements: rows.count)
        for (position, term) in terms.enumerated() {
            for (row, configuration) in rows.enumerated() where term.covers(configuration) {
                coverage.insert(row, in: position)
            }
        }
    }

    /// The prime implicants without those that cover only a part of what another covers.
    func withoutDominated() -> PrimeImplicants {
        var kept: [Int] = []
        let sizes = terms.indices.map { coverage.cardinality(of: $0) }
        for position in terms.indices
        where !terms.indices.contains(where: {
            sizes[$0] > sizes[position] && coverage.isSubset(position, of: $0)
        }) { kept.append(position) }
        return selecting(kept)
    }

    /// Some of the prime implicants, by position.
    func selecting(_ positions: [Int]) -> PrimeImplicants {
        var result = self
        result.terms = positions.map { terms[$0] }
        result.coverage.words = positions.flatMap {
            coverage.words[$0 * coverage.width..<($0 + 1) * coverage.width]
        }
        return result
    }
}

extension BitSets {
    /// The words of a set that has every element.
    static func full(_ elements: Int) -> [UInt64] {
        (0..<max(1, (elements + 63) / 64)).map { word in
            let left = elements - word * 64
            return left >= 64 ? ~0 : left <= 0 ? 0 : (1 << UInt64(left)) - 1
        }
    }
}

extension Conjunction {
    /// The conditions on which two conjunctions demand different levels, as bits.
    func differences(from other: Conjunction) -> UInt32 {
        let both = Self.occupied(code) & Self.occupied(other.code)
        return Self.bits(Self.occupied((code ^ other.code) & both))
    }

    /// One bit for each field of four ones.
    static func bits(_ fields: UInt128) -> UInt32 {
        half(UInt64(truncatingIfNeeded: fields)) | half(UInt64(truncatingIfNeeded: fields >> 64)) << 16
    }

    /// Every fourth bit, gathered.
    private static func half(_ fields: UInt64) -> UInt32 {
        var bits = fields & 0x1111_1111_1111_1111
        bits = (bits | bits >> 3) & 0x0303_0303_0303_0303
        bits = (bits | bits >> 6) & 0x000F_000F_000F_000F
        bits = (bits | bits >> 12) & 0x0000_00FF_0000_00FF
        return UInt32(truncatingIfNeeded: (bits | bits >> 24) & 0xFFFF)
    }

    /// Four ones for each of the bits: the inverse of ``bits(_:)``.
    static func fields(_ bits: UInt32) -> UInt128 {
        func half(_ bits: UInt32) -> UInt64 {
            var fields = UInt64(bits & 0xFFFF)
            fields = (fields | fields << 24) & 0x0000_00FF_0000_00FF
            fields = (fields | fields << 12) & 0x000F_000F_000F_000F
            fields = (fields | fields << 6) & 0x0303_0303_0303_0303
            return (fields | fields << 3) & 0x1111_1111_1111_1111
        }
        return (UInt128(half(bits >> 16)) << 64 | UInt128(half(bits))) * 15
    }
}
