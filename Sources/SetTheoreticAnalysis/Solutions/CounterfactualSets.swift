/// The different sets of easy counterfactuals that pairs of a complex and a parsimonious model allow.
///
/// A pair allows what lies between a term of the one and a term of the other that covers it
/// (``DirectionalExpectations``). Thousands of models make millions of pairs but few sets: the conjunctions are numbered,
/// and the set of a pair is the union of bits over the terms of its parsimonious model.
struct CounterfactualSets {
    /// The conjunctions of each set, and the first of the pairs that allow it: `C1P1`.
    private(set) var sets: [(conjunctions: [Conjunction], origins: [String])] = []
    /// Whether all pairs were combined and all their sets kept.
    private(set) var isComplete = true

    private static let pairLimit = 4_000_000
    private static let setLimit = 1000
    private static let originLimit = 1000

    init(_ complex: Solution, _ parsimonious: Solution, expectations: DirectionalExpectations) {
        let (terms, complexModels) = Self.numbered(complex), (primes, models) = Self.numbered(parsimonious)
        var numbers: [Conjunction: Int] = [:], conjunctions: [Conjunction] = []
        var entries: [(term: Int, prime: Int, number: Int)] = []
        for (t, term) in terms.enumerated() {
            for (p, prime) in primes.enumerated() where prime.covers(term) {
                for conjunction in expectations.easy(from: term, to: prime) {
                    let number = numbers[conjunction] ?? conjunctions.count
                    if number == conjunctions.count {
                        numbers[conjunction] = number
                        conjunctions.append(conjunction)
                    }
                    entries.append((t, p, number))
                }
            }
        }
        let width = max(1, (conjunctions.count + 63) / 64)
        var byTerm = [[(prime: Int, number: Int)]](repeating: [], count: terms.count)
        for entry in entries { byTerm[entry.term].append((entry.prime, entry.number)) }
        var positions: [[UInt64]: Int] = [:], pairs = 0
        for (i, first) in complexModels.enumerated() {
            var rows = [UInt64](repeating: 0, count: primes.count * width)
            for term in first {
                for entry in byTerm[term] {
                    rows[entry.prime * width + entry.number >> 6] |= 1 << UInt64(entry.number & 63)
                }
            }
            for (j, model) in models.enumerated() {
                pairs += 1
                if pairs > Self.pairLimit {
                    isComplete = false
                    return
                }
                var union = [UInt64](repeating: 0, count: width)
                for prime in model { for word in 0..<width { union[word] |= rows[prime * width + word] } }
                let origin = "C\(i + 1)P\(j + 1)"
                if let position = positions[union] {
                    if sets[position].origins.count < Self.originLimit {
                        sets[position].origins.append(origin)
                    }
                } else if sets.count < Self.setLimit {
                    positions[union] = sets.count
                    let members = conjunctions.indices.filter { union[$0 >> 6] >> UInt64($0 & 63) & 1 != 0 }
                    sets.append((members.map { conjunctions[$0] }.sorted { $0.code < $1.code }, [origin]))
                } else {
                    isComplete = false
                }
            }
        }
    }

    /// The distinct terms of the models of a solution, and the models as their positions.
    private static func numbered(_ solution: Solution) -> (terms: [Conjunction], models: [[Int]]) {
        var positions: [Conjunction: Int] = [:], terms: [Conjunction] = []
        let models = solution.models.map { model in
            model.terms.map { term in
                if let position = positions[term] { return position }
                positions[term] = terms.count
                terms.append(term)
                return terms.count - 1
            }
        }
        return (terms, models)
    }
}
