extension PublishedSolutionTable {
    /// Configurations that contain each other, from their symbols.
    func nestedChecks(_ solution: SolutionFigures) -> [AuditCheck] {
        var checks: [AuditCheck] = []
        for (place, inner) in solution.terms.enumerated() {
            guard let literals = inner.literals, !literals.isEmpty else { continue }
            let outer = solution.terms.indices.first { other in
                guard other != place, let others = solution.terms[other].literals, !others.isEmpty else { return false }
                return others.isSubset(of: literals)
            }
            guard let outer else { continue }
            let same = solution.terms[outer].literals == literals
            if same && outer > place { continue }
            let figure = inner[.uniqueCoverage]
            let holds = figure.map { $0.interval.contains(0) } ?? true
            let words =
                same
                ? "has the same conditions as"
                : "has all conditions of another, \(solution.terms[outer].name), and more:"
            let consequence = same ? solution.terms[outer].name : "it is a part of it"
            checks.append(
                AuditCheck(
                    .nestedConfigurations, at: self.place(.uniqueCoverage, inner.name, in: solution),
                    printed: figure?.text ?? "—", holds ? .unusual : .notAttainable,
                    attainable: figure == nil ? nil : "0",
                    "\(inner.name) \(words) \(consequence), so that it covers nothing alone, and a minimal solution would not list it. "
                        + "A symbol may stand in the wrong cell, or be lost."))
        }
        if checks.isEmpty, solution.terms.count > 1, solution.terms.allSatisfy({ $0.literals != nil }) {
            let names = solution.terms.map(\.name).joined(separator: ", ")
            checks.append(
                AuditCheck(
                    .nestedConfigurations, at: PaperPlace(name), printed: names, .consistent,
                    "No configuration has all conditions of another."))
        }
        return checks
    }
}
