extension AuditRule {
    /// Configurations against the analysis of necessity.
    public static let configurationNecessity = AuditRule(
        "configuration-necessity", "Raw coverage against the necessity of its conditions",
        basis:
            "a configuration lies within each of its conditions, so that its raw coverage Σ min(x, y) / Σ y is at most their "
            + "consistency of necessity; of a single condition the two are the same (Ragin, 2006)")
}

extension Paper {
    /// Each configuration against the necessity of its conditions, where two tables name the same outcome.
    func configurationNecessityChecks() -> [AuditCheck] {
        func outcome(_ table: some AuditedTable) -> String? {
            table.source.options["outcome"].map { simplified($0.text) }
        }
        return tables(PublishedSolutionTable.self).flatMap { table in
            guard let named = outcome(table),
                let necessity = tables(PublishedNecessity.self).first(where: { outcome($0) == named })
            else { return [AuditCheck]() }
            return table.solutions.flatMap { solution in
                solution.terms.compactMap { table.necessityCheck($0, in: solution, necessity) }
            }
        }
    }
}

extension PublishedSolutionTable {
    fileprivate func necessityCheck(
        _ term: SolutionFigures.Term, in solution: SolutionFigures, _ necessity: PublishedNecessity
    ) -> AuditCheck? {
        guard let raw = term[.rawCoverage], let literals = term.literals else { return nil }
        let conditions = literals.sorted().compactMap { literal in
            necessity.conditions.first {
                $0.isAbsence == literal.hasPrefix("~") && $0.base == simplified(literal.filter { $0 != "~" })
            }
        }
        guard let least = conditions.min(by: { $0.consistency.value < $1.consistency.value }) else { return nil }
        let isSingle = literals.count == 1
        let range = Interval(isSingle ? least.consistency.interval.lower : 0, least.consistency.interval.upper)
        return AuditCheck.comparing(
            .configurationNecessity, at: place(.rawCoverage, term.name, in: solution), raw, with: range,
            because: isSingle
                ? "\(least.name) alone has a consistency of necessity of \(least.consistency.text) in \(necessity.name), which is its raw coverage."
                : "It lies within \(least.name), whose consistency of necessity is \(least.consistency.text) in \(necessity.name)."
        )
    }
}
