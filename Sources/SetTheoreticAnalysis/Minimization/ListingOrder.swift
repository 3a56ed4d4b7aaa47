/// The order in which prime implicants are listed: by number of literals, then condition by condition with `~A` before
/// `A` before no literal. It is QCA's, so that its models M1, M2 … are ours.
enum ListingOrder {
    /// The positions of terms in listing order.
    ///
    /// - Parameters:
    ///   - terms: The terms.
    ///   - conditionCount: The number of conditions.
    ///   - foundEarlier: Whether the algorithm of QCA would find the term of one position before that of another: the
    ///     order depends on it if all terms share a condition. It must order all positions.
    static func order(
        _ terms: [Conjunction], conditionCount: Int, foundEarlier: (Int, Int) -> Bool = { $0 < $1 }
    ) -> [Int] {
        if isIrregular(terms) {
            return orderWithSharedConditions(
                terms, conditionCount: conditionCount, start: terms.indices.sorted(by: foundEarlier))
        }
        let keyed = terms.enumerated().map { position, term in
            (count: term.count, key: key(term, conditionCount: conditionCount), position: position)
        }
        return keyed.sorted { ($0.count, $0.key, $0.position) < ($1.count, $1.key, $1.position) }.map(\.position)
    }

    /// Whether all terms share a condition, so that the rule of QCA is not the lexicographic one.
    static func isIrregular(_ terms: some Collection<Conjunction>) -> Bool {
        terms.count > 1 && terms.reduce(~UInt32(0)) { $0 & $1.conditions } != 0
    }

    /// A number that rises with the lexicographic order; a condition without a literal comes last.
    private static func key(_ term: Conjunction, conditionCount: Int) -> UInt128 {
        // A field of 0 becomes 15; the fields are then reversed, so that the first condition weighs most.
        let filled = term.code | ~Conjunction.occupied(term.code)
        var key = filled.byteSwapped
        key =
            (key & 0x0F0F_0F0F_0F0F_0F0F_0F0F_0F0F_0F0F_0F0F) << 4
            | (key >> 4) & 0x0F0F_0F0F_0F0F_0F0F_0F0F_0F0F_0F0F_0F0F
        return key
    }

    /// QCA sorts column by column, from the last: falling by code (0 without a literal, one more than the level
    /// otherwise), then rising among those with a literal, where a column that every term shares leaves its last one
    /// out. `A*~B + ~A*B` is therefore not listed as the rule above has it.
    private static func orderWithSharedConditions(
        _ terms: [Conjunction], conditionCount: Int, start: [Int]
    ) -> [Int] {
        var order = start
        for condition in (0..<conditionCount).reversed() {
            func code(_ position: Int) -> Int { terms[position][condition].map { $0 + 1 } ?? 0 }
            var sorted = stablySorted(order) { -code($0) }
            var rising = sorted.count { code($0) != 0 }
            if rising == sorted.count { rising -= 1 }
            sorted.replaceSubrange(0..<rising, with: stablySorted(Array(sorted[0..<rising]), by: code))
            order = sorted
        }
        return stablySorted(order) { terms[$0].count }
    }

    private static func stablySorted(_ positions: [Int], by key: (Int) -> Int) -> [Int] {
        positions.enumerated().map { (key($1), $0, $1) }.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
    }
}
