/// What a rule says of one printed figure of a solution.
struct SolutionStatement: Hashable {
    /// The rule.
    let rule: AuditRule
    /// The figure.
    let measure: SolutionMeasure
    /// The configuration that it belongs to; `nil` for the solution as a whole.
    let term: Int?
    /// The values that the rest of the table allows; `nil` if the rest contradicts itself.
    let attainable: Interval?
    /// Whether the figure agrees.
    let holds: Bool
}

extension SolutionFigures {
    /// What the rules of set theory say of the printed figures.
    func statements(_ reading: FigureReading) -> [SolutionStatement] {
        var result: [SolutionStatement] = []
        func state(_ rule: AuditRule, _ measure: SolutionMeasure, _ term: Int?, _ attainable: Interval?) {
            guard let number = term.map({ terms[$0][measure] }) ?? self[measure] else { return }
            let holds = attainable.map { reading.interval(number).overlaps($0) } ?? false
            result.append(
                SolutionStatement(rule: rule, measure: measure, term: term, attainable: attainable, holds: holds))
        }
        func interval(_ number: PrintedNumber?) -> Interval? { number.map(reading.interval) }
        for (place, term) in terms.enumerated() {
            state(.configurationBounds, .consistency, place, Interval(0, 1))
            state(.configurationBounds, .rawCoverage, place, Interval(0, 1))
            let raw = interval(term[.rawCoverage])?.upper ?? 1
            state(.configurationBounds, .uniqueCoverage, place, Interval(0, min(max(raw, 0), 1)))
            let consistency = interval(term[.consistency])?.upper ?? 1
            state(.configurationPRI, .pri, place, Interval(0, min(max(consistency, 0), 1)))
        }
        state(
            .configurationPRI, .solutionPRI, nil, Interval(0, min(interval(self[.solutionConsistency])?.upper ?? 1, 1)))
        let raws = terms.compactMap { interval($0[.rawCoverage]) }
        guard raws.count == terms.count else {
            state(.configurationBounds, .solutionCoverage, nil, Interval(0, 1))
            state(.configurationBounds, .solutionConsistency, nil, Interval(0, 1))
            return result
        }
        let uniques = terms.map { interval($0[.uniqueCoverage]) }
        if terms.count == 1 {
            state(.singleConfiguration, .uniqueCoverage, 0, raws[0])
            state(.singleConfiguration, .solutionCoverage, nil, raws[0])
            state(.singleConfiguration, .solutionConsistency, nil, interval(terms[0][.consistency]) ?? Interval(0, 1))
            return result
        }
        result += sharedStatements(raws, uniques, reading)
        let bounds = CoverageBounds(zip(raws, uniques).map { (raw: $0, unique: $1) })
        state(.solutionCoverage, .solutionCoverage, nil, bounds.interval)
        let consistencies = terms.compactMap { interval($0[.consistency]) }
        if consistencies.count == terms.count, let coverage = interval(self[.solutionCoverage]) ?? bounds.interval {
            state(
                .solutionConsistency, .solutionConsistency, nil,
                consistencyBounds(zip(raws, consistencies).map { (raw: $0, consistency: $1) }, coverage: coverage))
        } else {
            state(.configurationBounds, .solutionConsistency, nil, Interval(0, 1))
        }
        return result
    }

    /// What configurations have in common; nothing where a unique coverage exceeds its raw coverage, which is said already.
    private func sharedStatements(
        _ raws: [Interval], _ uniques: [Interval?], _ reading: FigureReading
    ) -> [SolutionStatement] {
        let shared = zip(raws, uniques).compactMap { raw, unique -> Interval? in
            guard let unique, raw.upper - unique.lower >= -1e-11 else { return nil }
            return Interval(max(raw.lower - unique.upper, 0), max(raw.upper - max(unique.lower, 0), 0))
        }
        guard shared.count == raws.count else { return [] }
        // Of two configurations, the second says the same as the first.
        return terms.indices.dropFirst(terms.count == 2 ? 1 : 0).compactMap { place in
            guard let unique = uniques[place] else { return nil }
            let others = shared.indices.filter { $0 != place }.map { shared[$0] }
            let most = others.map(\.upper).reduce(0, +)
            let least = terms.count == 2 ? others[0].lower : 0
            let attainable = Interval(max(raws[place].lower - most, 0), max(raws[place].upper - least, 0))
            return SolutionStatement(
                rule: .sharedCoverage, measure: .uniqueCoverage, term: place, attainable: attainable,
                holds: unique.overlaps(attainable))
        }
    }

    /// Whether all figures agree with each other.
    func agrees(_ reading: FigureReading) -> Bool { statements(reading).allSatisfy(\.holds) }
}
