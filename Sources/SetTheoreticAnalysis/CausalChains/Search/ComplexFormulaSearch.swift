/// An atomic formula with what the search needs to combine it.
struct AtomicCandidate: Sendable, Hashable {
    /// The values of each disjunct, by position among all values.
    let disjuncts: [[Int]]
    /// The position of the outcome among all values.
    let outcome: Int
    let formula: AtomicFormula

    static func == (a: AtomicCandidate, b: AtomicCandidate) -> Bool {
        a.outcome == b.outcome && a.disjuncts == b.disjuncts
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(outcome)
        hasher.combine(disjuncts)
    }
}

/// The combination of atomic formulas, one for each outcome, into complex ones.
struct ComplexFormulaSearch: Sendable {
    let table: CoincidenceTable
    let options: CoincidenceOptions
    private(set) var formulas: [ComplexFormula] = []
    private(set) var reached: [CoincidenceLimits.Reached] = []
    private var spaces: [[Int]: ConfigurationSpace] = [:]
    private var latest: ConfigurationSpace?

    /// The atomic formulas of each outcome that has some.
    init(_ outcomes: [[AtomicCandidate]], table: CoincidenceTable, options: CoincidenceOptions) {
        self.table = table
        self.options = options
        let given = outcomes.filter { !$0.isEmpty }
        if given.isEmpty { return }
        let tried = combinations(given)
        var unique = Set<[AtomicCandidate]>(), models: [(parts: [AtomicCandidate], isINUS: Bool?)] = []
        var unchecked = 0
        var pending = tried
        var next = 0
        if options.onlyINUS {
            var seen = Set(pending)
            // Every way to leave out an atomic formula that follows from the others, until none is left.
            while next < pending.count {
                let parts = pending[next]
                next += 1
                let redundant = redundantParts(parts)
                if redundant.isEmpty, unique.insert(parts).inserted {
                    let isINUS = isINUS(parts)
                    if isINUS == nil { unchecked += 1 }
                    if isINUS != false { models.append((parts, isINUS)) }
                }
                for left in redundant {
                    var fewer = parts
                    fewer.remove(at: left)
                    if seen.insert(fewer).inserted { pending.append(fewer) }
                }
            }
        } else {
            models = pending.map { ($0, isINUS($0)) }
            unchecked = models.filter { $0.isINUS == nil }.count
        }
        var complete = models.map { model in formula(model.parts, isINUS: model.isINUS) }
        if options.onlyAcyclic {
            let kept = complete.indices.filter { !complete[$0].isCyclic }
            models = kept.map { models[$0] }
            complete = kept.map { complete[$0] }
        }
        if options.onlyINUS {
            let sets = models.map { Set($0.parts) }
            let sizes = Set(sets.map(\.count))
            if sizes.count > 1 {
                complete = complete.indices.filter { position in
                    !sets.contains { $0.count > sets[position].count && $0.isSuperset(of: sets[position]) }
                }.map { complete[$0] }
            }
        }
        formulas = complete.sorted(by: Self.precedes)
        if unchecked > 0 { reached.append(.configurations(formulas: unchecked)) }
    }

    /// The simpler first, then the better fitting, then in alphabetical order.
    static func precedes(_ a: ComplexFormula, _ b: ComplexFormula) -> Bool {
        if a.complexity != b.complexity { return a.complexity < b.complexity }
        let fitA = a.consistency * a.coverage, fitB = b.consistency * b.coverage
        if fitA != fitB { return fitA > fitB }
        return a.description < b.description
    }

    /// One formula for each outcome, the simplest combinations first; the sum of complexities is monotone, so that a
    /// combination among the simplest is made of combinations among the simplest.
    private mutating func combinations(_ outcomes: [[AtomicCandidate]]) -> [[AtomicCandidate]] {
        struct Partial {
            var parts: [Int]
            var complexity: Int
            var consistency: Double
            var coverage: Double
        }
        var partials = [Partial(parts: [], complexity: 0, consistency: 1, coverage: 1)]
        // With one outcome nothing is combined.
        let limit = outcomes.count == 1 ? Int.max : options.limits.complexFormulas
        var possible = 1.0
        for candidates in outcomes {
            possible *= Double(candidates.count)
            var extended: [Partial] = []
            let used = Array(candidates.prefix(limit))
            // Both lists rise in complexity, so that a pair has (i + 1)(j + 1) - 1 pairs before it that are as simple.
            let isLarge = partials.count * used.count > 1_000_000
            for (first, partial) in partials.enumerated() {
                let enough = isLarge ? max(1, limit / (first + 1)) : used.count
                for (position, candidate) in used.prefix(enough).enumerated() {
                    extended.append(
                        Partial(
                            parts: partial.parts + [position],
                            complexity: partial.complexity + candidate.formula.complexity,
                            consistency: min(partial.consistency, candidate.formula.consistency),
                            coverage: min(partial.coverage, candidate.formula.coverage)))
                }
            }
            if extended.count > limit {
                let order = extended.indices.sorted { a, b in
                    let first = extended[a], second = extended[b]
                    if first.complexity != second.complexity { return first.complexity < second.complexity }
                    let fitA = first.consistency * first.coverage, fitB = second.consistency * second.coverage
                    return fitA != fitB ? fitA > fitB : a < b
                }
                extended = order.prefix(limit).map { extended[$0] }
            }
            partials = extended
        }
        if Double(partials.count) < possible {
            reached.append(.complexFormulas(tried: partials.count, possible: possible))
        }
        return partials.map { partial in zip(outcomes, partial.parts).map { $0[$1] } }
    }

    private mutating func space(of parts: [AtomicCandidate]) -> ConfigurationSpace? {
        var factors = Set<Int>()
        for part in parts {
            factors.insert(table.factorOf[part.outcome])
            for disjunct in part.disjuncts { factors.formUnion(disjunct.map { table.factorOf[$0] }) }
        }
        let key = factors.sorted()
        if let latest, latest.factors == key { return latest }
        if let known = spaces[key] { return known }
        guard let made = ConfigurationSpace(key, of: table) else { return nil }
        // A few spaces are shared by nearly all formulas; more, or larger ones, would only fill the memory.
        if spaces.count < 64, made.count <= 1 << 14 { spaces[key] = made }
        latest = made
        return made
    }

    /// The positions of the atomic formulas that follow from the others.
    private mutating func redundantParts(_ parts: [AtomicCandidate]) -> [Int] {
        guard parts.count > 1, let space = space(of: parts) else { return [] }
        let allowed = parts.map { space.allowed(by: $0.disjuncts, outcome: $0.outcome) }
        return parts.indices.filter { position in
            !space.everything.indices.contains { word in
                var others = space.everything[word] & ~allowed[position][word]
                for (other, bits) in allowed.enumerated() where other != position { others &= bits[word] }
                return others != 0
            }
        }
    }

    /// Whether nothing can be left out of the whole; see ``ComplexFormula/isINUS``.
    private mutating func isINUS(_ parts: [AtomicCandidate]) -> Bool? {
        if parts.count == 1 { return parts[0].formula.isINUS }
        if parts.contains(where: { $0.formula.isINUS == false }) { return false }
        guard let space = space(of: parts) else { return nil }
        let allowed = parts.map { space.allowed(by: $0.disjuncts, outcome: $0.outcome) }
        let whole = ConfigurationSpace.intersection(allowed, within: space.everything)
        if !space.varies(whole, within: space.everything) { return false }
        for factor in space.factors {
            let item = table.factors[factor]
            for value in item.start..<item.start + item.levels.count
            where !space.varies(space.having(value), within: whole) {
                return false
            }
        }
        if !redundantParts(parts).isEmpty { return false }
        return parts.allSatisfy { space.isMinimal($0.disjuncts, within: whole) }
    }

    private mutating func formula(_ parts: [AtomicCandidate], isINUS: Bool?) -> ComplexFormula {
        var fit: (exhaustiveness: Double?, faithfulness: Double?) = (nil, nil)
        if let space = space(of: parts) {
            let allowed = parts.map { space.allowed(by: $0.disjuncts, outcome: $0.outcome) }
            fit = space.fit(of: ConfigurationSpace.intersection(allowed, within: space.everything))
        }
        let formulas = parts.map(\.formula)
        return ComplexFormula(
            formulas: formulas, consistency: formulas.map(\.consistency).min() ?? 0,
            coverage: formulas.map(\.coverage).min() ?? 0, coherence: coherence(parts),
            exhaustiveness: fit.exhaustiveness, faithfulness: fit.faithfulness,
            isCyclic: CausalGraph(formulas).isCyclic(options.cycles), isINUS: isINUS)
    }

    /// The lowest, over the parts of the formula that share factors, of Σ min sᵢ / Σ max sᵢ, with sᵢ = 1 - |x - y| the
    /// degree to which atomic formula i holds for a case.
    private func coherence(_ parts: [AtomicCandidate]) -> Double? {
        if parts.count == 1 { return 1 }
        let factors = parts.map { part in
            Set([table.factorOf[part.outcome]] + part.disjuncts.flatMap { $0.map { table.factorOf[$0] } })
        }
        let holding = parts.map { part in
            zip(table.membership(in: part.disjuncts), table.membership(part.outcome)).map { 1 - abs($0 - $1) }
        }
        var left = Array(parts.indices), lowest: Double?
        while let first = left.first {
            var group = [first], reached = factors[first]
            left.removeFirst()
            while let position = left.firstIndex(where: { !factors[$0].isDisjoint(with: reached) }) {
                reached.formUnion(factors[left[position]])
                group.append(left.remove(at: position))
            }
            var lower = 0.0, upper = 0.0
            for row in 0..<table.rowCount {
                let degrees = group.map { holding[$0][row] }
                lower += (degrees.min() ?? 0) * table.weights.values[row]
                upper += (degrees.max() ?? 0) * table.weights.values[row]
            }
            if let value = ratio(lower, upper) { lowest = min(lowest ?? value, value) }
        }
        return lowest
    }
}
