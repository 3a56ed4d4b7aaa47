import SetTheoreticAnalysis

/// Minimization by trying everything, for a handful of conditions: written from the definitions alone.
struct BruteForce {
    let levelCounts: [Int]

    /// Every configuration.
    var configurations: [[Int]] {
        levelCounts.reduce([[]]) { rows, levels in rows.flatMap { row in (0..<levels).map { row + [$0] } } }
    }

    /// Every conjunction: a level or nothing for each condition.
    var conjunctions: [[Int?]] {
        levelCounts.reduce([[]]) { terms, levels in
            terms.flatMap { term in [term + [nil]] + (0..<levels).map { term + [$0] } }
        }
    }

    static func covers(_ term: [Int?], _ row: [Int]) -> Bool {
        zip(term, row).allSatisfy { $0 == nil || $0 == $1 }
    }

    /// The maximal conjunctions all of whose configurations are allowed, and that cover some positive row.
    func primes(positives: [[Int]], allowed: (Set<[Int]>)) -> [[Int?]] {
        let all = configurations
        let implicants = conjunctions.filter { term in
            all.allSatisfy { !Self.covers(term, $0) || allowed.contains($0) }
        }
        let known = Set(implicants)
        return implicants.filter { term in
            positives.contains { Self.covers(term, $0) }
                && term.indices.allSatisfy { condition in
                    if term[condition] == nil { return true }
                    var wider = term
                    wider[condition] = nil
                    return !known.contains(wider)
                }
        }
    }

    /// The covers of the positive rows with the fewest terms, by trying all combinations of rising size.
    func minimalCovers(_ primes: [[Int?]], of positives: [[Int]]) -> Set<Set<[Int?]>> {
        let masks = primes.map { term in
            positives.enumerated().reduce(0) { $0 | (Self.covers(term, $1.element) ? 1 << $1.offset : 0) }
        }
        let goal = (1 << positives.count) - 1
        var result = Set<Set<[Int?]>>()
        func extend(_ start: Int, _ left: Int, _ mask: Int, _ chosen: [Int]) {
            if left == 0 {
                if mask == goal { result.insert(Set(chosen.map { primes[$0] })) }
                return
            }
            // What the terms still to come can add at all.
            guard start + left <= primes.count else { return }
            for position in start..<primes.count {
                extend(position + 1, left - 1, mask | masks[position], chosen + [position])
            }
        }
        for size in 1...max(1, positives.count) where result.isEmpty { extend(0, size, 0, []) }
        return result
    }

    /// Every cover from which no term can be taken away.
    func irredundantCovers(_ primes: [[Int?]], of positives: [[Int]]) -> Set<Set<[Int?]>> {
        var result = Set<Set<[Int?]>>()
        for subset in 1..<(1 << primes.count) {
            let terms = primes.indices.filter { subset >> $0 & 1 != 0 }.map { primes[$0] }
            func isCover(_ terms: [[Int?]]) -> Bool {
                positives.allSatisfy { row in terms.contains { Self.covers($0, row) } }
            }
            guard isCover(terms) else { continue }
            let isIrredundant = terms.indices.allSatisfy { position in
                var fewer = terms
                fewer.remove(at: position)
                return !isCover(fewer)
            }
            if isIrredundant { result.insert(Set(terms)) }
        }
        return result
    }
}
