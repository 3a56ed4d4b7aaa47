extension AtomicFormula {
    /// Whether another formula says the same and perhaps more: it has the same outcome, and each disjunct of this one lies
    /// within a disjunct of its own of the other (Baumgartner & Ambühl 2020; `is.submodel` of cna).
    public func isSubmodel(of other: AtomicFormula) -> Bool {
        guard outcome == other.outcome, disjuncts.count <= other.disjuncts.count else { return false }
        let own = disjuncts.map { Set($0) }, theirs = other.disjuncts.map { Set($0) }
        // Augmenting paths (Kuhn 1955) give every disjunct one of its own.
        var owner = [Int?](repeating: nil, count: theirs.count)
        func place(_ disjunct: Int, _ visited: inout Set<Int>) -> Bool {
            for (position, candidate) in theirs.enumerated()
            where own[disjunct].isSubset(of: candidate) && visited.insert(position).inserted {
                if let present = owner[position], !place(present, &visited) { continue }
                owner[position] = disjunct
                return true
            }
            return false
        }
        return own.indices.allSatisfy { disjunct in
            var visited = Set<Int>()
            return place(disjunct, &visited)
        }
    }
}

extension ComplexFormula {
    /// Whether another formula says the same and perhaps more: every atomic formula is a submodel of one of the other's.
    public func isSubmodel(of other: ComplexFormula) -> Bool {
        formulas.allSatisfy { formula in other.formulas.contains { formula.isSubmodel(of: $0) } }
    }
}
