extension PrimeImplicants {
    /// The prime implicants of a union of conjunctions that cover some of a list of rows: nothing else may be used to
    /// simplify.
    ///
    /// For each row the minimal hitting sets are taken as in ``init(covering:avoiding:conditionCount:)``, but the
    /// configurations outside the union are found as they are needed: a hitting set whose conjunction reaches outside
    /// the union yields a configuration there, moved as close to the row as it can be, whose differing conditions
    /// become a further set to be hit (the dualisation of Gunopulos et al. 2003, "Discovering all most specific
    /// sentences", ACM TODS 28). The complement of the union is never formed.
    ///
    /// - Parameters:
    ///   - rows: The rows to cover, each inside the union.
    ///   - union: The conjunctions.
    ///   - conditions: The conditions.
    ///   - effort: The number of elementary steps that may be taken; beyond it a row is covered by the conjunctions of
    ///     the union that cover it, and ``isComplete`` is false.
    init(
        covering rows: [Conjunction], within union: [Conjunction], conditions: Conditions,
        effort: Int = MinimizationLimits().effort
    ) {
        var left = effort
        let terms = Self.implicants(of: rows, within: union, conditions: conditions, effort: &left)
        var listed = Self.listed(terms, rows: rows, conditionCount: conditions.count)
        // Where all terms share a condition, QCA's order depends on those, too, that cover none of the rows.
        if left > 0, ListingOrder.isIrregular(terms),
            let others = Self.configurations(in: union, besides: rows, conditions: conditions, limit: 256)
        {
            var more = left
            let all = Self.implicants(of: rows + others, within: union, conditions: conditions, effort: &more)
            if more >= 0 {
                listed = Self.listed(all, rows: rows + others, conditionCount: conditions.count).filter(terms.contains)
            }
        }
        self.init(listed: listed, covering: rows)
        isComplete = left >= 0
    }

    private static func implicants(
        of rows: [Conjunction], within union: [Conjunction], conditions: Conditions, effort: inout Int
    ) -> Set<Conjunction> {
        var found = Set<Conjunction>()
        for row in rows {
            found.formUnion(implicants(of: row, within: union, conditions: conditions, effort: &effort))
        }
        return found
    }

    /// The terms in listing order, found earlier the earlier the first row that they cover.
    private static func listed(_ terms: Set<Conjunction>, rows: [Conjunction], conditionCount: Int) -> [Conjunction] {
        // A set has no order of its own.
        let terms = terms.sorted { $0.code < $1.code }
        let firstRow = terms.map { term in rows.firstIndex(where: term.covers) ?? rows.count }
        let order = ListingOrder.order(terms, conditionCount: conditionCount) { first, second in
            let (one, other) = (terms[first], terms[second])
            // The second configuration of a term differs from its first in the last condition that is free.
            return (one.count, firstRow[first], one.conditions, first)
                < (other.count, firstRow[second], other.conditions, second)
        }
        return order.map { terms[$0] }
    }

    /// The configurations of a union that are not among some rows, by number; nil if there are none or too many.
    private static func configurations(
        in union: [Conjunction], besides rows: [Conjunction], conditions: Conditions, limit: Int
    ) -> [Conjunction]? {
        var found = Set<Conjunction>()
        for term in union {
            var parts = [term]
            for (condition, levels) in conditions.levelCounts.enumerated() where term[condition] == nil {
                parts = parts.flatMap { part in
                    (0..<levels).map { level in
                        var part = part
                        part[condition] = level
                        return part
                    }
                }
                if parts.count + found.count > limit { return nil }
            }
            found.formUnion(parts)
        }
        found.subtract(rows)
        if found.isEmpty { return nil }
        return found.sorted { one, other in
            guard let condition = conditions.names.indices.first(where: { one[$0] != other[$0] }) else { return false }
            return (one[condition] ?? 0) < (other[condition] ?? 0)
        }
    }

    private static func implicants(
        of row: Conjunction, within union: [Conjunction], conditions: Conditions, effort: inout Int
    ) -> [Conjunction] {
        var open: [UInt32] = [0], proven: [UInt32] = []
        while let candidate = open.popLast() {
            let outside = escape(
                from: row.keeping(candidate), union: union, near: row, conditions: conditions, effort: &effort)
            effort -= 20 * (open.count + proven.count)
            if effort < 0 { return union.filter { $0.covers(row) } }
            guard let outside else {
                proven.append(candidate)
                continue
            }
            var edge = outside.differences(from: row)
            // Each condition that can go back to the row's level without re-entering the union does.
            var point = row.overwritten(by: outside)
            for condition in 0..<conditions.count where edge >> UInt32(condition) & 1 != 0 {
                var closer = point
                closer[condition] = row[condition]
                if !union.contains(where: { $0.intersects(closer) }) {
                    point = closer
                    edge &= ~(1 << UInt32(condition))
                }
            }
            // Berge's step: keep what hits the edge, extend the others by each of its conditions.
            let missing = (open + [candidate]).filter { $0 & edge == 0 }
            var kept = open.filter { $0 & edge != 0 }
            let settled = kept + proven
            for set in missing {
                var bits = edge
                while bits != 0 {
                    let extended = set | bits & (~bits &+ 1)
                    bits &= bits - 1
                    if !settled.contains(where: { $0 & ~extended == 0 }) { kept.append(extended) }
                }
            }
            open = kept
        }
        return proven.map { row.keeping($0) }
    }

    /// A conjunction inside a cube and outside the union, or nil if the union covers the cube.
    ///
    /// Where the terms together are smaller than the cube, one of the parts of a split has that property too, so that
    /// the way to an uncovered configuration needs no turning back.
    private static func escape(
        from cube: Conjunction, union: [Conjunction], near row: Conjunction, conditions: Conditions, effort: inout Int
    ) -> Conjunction? {
        effort -= 10 * union.count * conditions.count
        if effort < 0 { return nil }
        var inside: [Conjunction] = []
        for term in union where term.intersects(cube) {
            if term.covers(cube) { return nil }
            inside.append(term)
        }
        if inside.isEmpty { return cube }
        // Split where most conjunctions have a literal.
        var condition = 0, most = 0
        for candidate in 0..<conditions.count where cube[candidate] == nil {
            let count = inside.count { $0[candidate] != nil }
            if count > most { (condition, most) = (candidate, count) }
        }
        let near = row[condition] ?? 0
        let parts = ([near] + (0..<conditions.levelCounts[condition]).filter { $0 != near }).map { level in
            var part = cube
            part[condition] = level
            return part
        }
        let open = parts.first { part in
            let covered = inside.reduce(0.0) { sum, term in
                term.intersects(part) ? sum + conditions.size(of: term.intersection(part)) : sum
            }
            return covered < conditions.size(of: part) * (1 - 1e-9)
        }
        if let open { return escape(from: open, union: inside, near: row, conditions: conditions, effort: &effort) }
        for part in parts {
            if let found = escape(from: part, union: inside, near: row, conditions: conditions, effort: &effort) {
                return found
            }
        }
        return nil
    }
}

extension Conditions {
    /// The number of configurations in a conjunction.
    func size(of conjunction: Conjunction) -> Double {
        var size = 1.0
        for condition in 0..<count where conjunction[condition] == nil { size *= Double(levelCounts[condition]) }
        return size
    }
}

extension Conjunction {
    /// The literals of another conjunction where it has one, and one's own elsewhere.
    func overwritten(by other: Conjunction) -> Conjunction { keeping(~other.conditions).intersection(other) }
}
