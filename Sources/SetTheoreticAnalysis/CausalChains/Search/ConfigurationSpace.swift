/// Every configuration of some factors, observed or not, as sets of bits: what is true of formulas whatever the data.
struct ConfigurationSpace: Sendable {
    /// The number of configurations that are listed at most.
    static let limit = 1 << 20

    /// The positions of the factors.
    let factors: [Int]
    let count: Int
    private let table: CoincidenceTable
    /// The configurations that have a value, by the value's position among all.
    private var columns: [Int: [UInt64]] = [:]
    let everything: [UInt64]
    /// The configurations that some case shows, each once.
    let observed: [UInt64]

    /// The configurations of factors; nil if there are too many.
    init?(_ factors: [Int], of table: CoincidenceTable) {
        var count = 1
        for factor in factors {
            count *= max(1, table.factors[factor].levels.count)
            if count > Self.limit { return nil }
        }
        self.factors = factors
        self.count = count
        self.table = table
        let width = (count + 63) / 64
        var everything = [UInt64](repeating: ~0, count: width)
        if count & 63 != 0 { everything[width - 1] = (1 << UInt64(count & 63)) - 1 }
        self.everything = everything
        var observed = [UInt64](repeating: 0, count: width), strides: [Int] = [], stride = 1
        for factor in factors {
            let item = table.factors[factor], levels = item.levels.count
            strides.append(stride)
            var bits = [[UInt64]](repeating: [UInt64](repeating: 0, count: width), count: levels)
            for run in 0..<count / stride { Self.fill(run * stride..<(run + 1) * stride, in: &bits[run % levels]) }
            for level in 0..<levels { columns[item.start + level] = bits[level] }
            stride *= levels
        }
        for row in 0..<table.rowCount {
            var configuration = 0
            for (factor, stride) in zip(factors, strides) {
                let item = table.factors[factor]
                let level = item.levels.indices.first { table.isPresent(item.start + $0, in: row) } ?? 0
                configuration += level * stride
            }
            observed[configuration >> 6] |= 1 << UInt64(configuration & 63)
        }
        self.observed = observed
    }

    /// Sets a run of bits, whole words at a time.
    private static func fill(_ range: Range<Int>, in bits: inout [UInt64]) {
        var bit = range.lowerBound
        while bit < range.upperBound {
            let length = min(64 - (bit & 63), range.upperBound - bit)
            bits[bit >> 6] |= (length == 64 ? ~0 : (1 << UInt64(length)) - 1) << UInt64(bit & 63)
            bit += length
        }
    }

    func having(_ value: Int) -> [UInt64] {
        columns[value] ?? [UInt64](repeating: 0, count: everything.count)
    }

    func having(all values: [Int]) -> [UInt64] {
        values.reduce(everything) { zip($0, having($1)).map { $0 & $1 } }
    }

    func having(any disjuncts: [[Int]]) -> [UInt64] {
        disjuncts.reduce([UInt64](repeating: 0, count: everything.count)) {
            zip($0, having(all: $1)).map { $0 | $1 }
        }
    }

    /// The configurations in which a disjunction is true exactly where the outcome is.
    func allowed(by disjuncts: [[Int]], outcome: Int) -> [UInt64] {
        let left = having(any: disjuncts), right = having(outcome)
        return everything.indices.map { ~(left[$0] ^ right[$0]) & everything[$0] }
    }

    static func intersection(_ sets: [[UInt64]], within everything: [UInt64]) -> [UInt64] {
        sets.reduce(everything) { zip($0, $1).map { $0 & $1 } }
    }

    /// Whether a set has configurations, but not all of them.
    func varies(_ set: [UInt64], within region: [UInt64]) -> Bool {
        var some = false, all = true
        for (bits, region) in zip(set, region) {
            if bits & region != 0 { some = true }
            if ~bits & region != 0 { all = false }
        }
        return some && !all
    }

    /// Whether within some configurations every conjunction, and every value of every conjunction, makes a difference
    /// to the disjunction.
    func isMinimal(_ disjuncts: [[Int]], within region: [UInt64]) -> Bool {
        let terms = disjuncts.map { having(all: $0) }, whole = having(any: disjuncts)
        if disjuncts.count > 1 {
            for (position, term) in terms.enumerated() {
                let isNeeded = everything.indices.contains { word in
                    var own = term[word] & region[word]
                    for (other, bits) in terms.enumerated() where other != position { own &= ~bits[word] }
                    return own != 0
                }
                if !isNeeded { return false }
            }
        }
        for disjunct in disjuncts where disjunct.count > 1 {
            for left in disjunct.indices {
                var others = disjunct
                others.remove(at: left)
                let wider = having(all: others), own = having(disjunct[left])
                let isNeeded = everything.indices.contains { word in
                    wider[word] & ~own[word] & ~whole[word] & region[word] != 0
                }
                if !isNeeded { return false }
            }
        }
        return true
    }

    /// Exhaustiveness and faithfulness of what a formula allows (Baumgartner & Ambühl 2020): the share of the allowed
    /// configurations that cases show, and the share of the shown configurations that are allowed.
    func fit(of allowed: [UInt64]) -> (exhaustiveness: Double?, faithfulness: Double?) {
        var both = 0, possible = 0, shown = 0
        for word in everything.indices {
            both += (allowed[word] & observed[word]).nonzeroBitCount
            possible += allowed[word].nonzeroBitCount
            shown += observed[word].nonzeroBitCount
        }
        return (ratio(Double(both), Double(possible)), ratio(Double(both), Double(shown)))
    }
}
