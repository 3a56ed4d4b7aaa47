#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension PublishedSolutionTable {
    /// Of crisp sets, whether shares of cases are shares of whole numbers.
    func crispChecks(_ solution: SolutionFigures) -> [AuditCheck] {
        guard (try? source.word(option: "data", of: ["crisp", "fuzzy"])) == "crisp" else { return [] }
        guard let total = (try? source.number(option: "outcome cases"))?.value, total >= 1 else {
            return [
                AuditCheck(
                    .crispCounts, at: PaperPlace(name), printed: "crisp sets", .notCheckable,
                    "With the number of cases that have the outcome (`outcome cases:`) it could be checked whether the coverages "
                        + "stand for whole numbers of cases.")
            ]
        }
        var checks: [AuditCheck] = []
        func check(_ measure: SolutionMeasure, _ number: PrintedNumber?, _ term: String?) {
            guard let number else { return }
            let counts = number.interval * Interval(total)
            let whole = Interval((counts.lower - 1e-9).rounded(.up), (counts.upper + 1e-9).rounded(.down))
            let holds = (counts.lower - 1e-9).rounded(.up) <= (counts.upper + 1e-9).rounded(.down)
            let near = "\((number.value * total).rounded(.down) / total)".prefix(6)
            let above = "\((number.value * total).rounded(.up) / total)".prefix(6)
            checks.append(
                AuditCheck(
                    .crispCounts, at: place(measure, term, in: solution), printed: number.text,
                    holds ? .consistent : .notAttainable,
                    attainable: holds ? nil : "\(near) or \(above)",
                    holds
                        ? "\(Int(whole.lower)) of \(Int(total)) cases."
                        : "No whole number of the \(Int(total)) cases with the outcome gives \(number.text): the nearest are \(near) and "
                            + "\(above). Another number of cases, or fuzzy sets, would explain it."))
        }
        for term in solution.terms {
            check(.rawCoverage, term[.rawCoverage], term.name)
            check(.uniqueCoverage, term[.uniqueCoverage], term.name)
        }
        check(.solutionCoverage, solution[.solutionCoverage], nil)
        for term in solution.terms {
            guard let consistency = term[.consistency], let count = term[.cases], count.isWhole, count.value >= 1 else {
                continue
            }
            let members = consistency.interval * count.interval.middleInterval
            let holds = (members.lower - 1e-9).rounded(.up) <= (members.upper + 1e-9).rounded(.down)
            checks.append(
                AuditCheck(
                    .crispCounts, at: place(.consistency, term.name, in: solution), printed: consistency.text,
                    holds ? .consistent : .notAttainable,
                    "Consistency is the share with the outcome of the \(count.text) cases of the configuration"
                        + (holds ? "." : ", and no whole number of them gives \(consistency.text).")))
        }
        return checks
    }
}

extension Interval {
    /// Its middle as an interval: a printed count without the half unit.
    var middleInterval: Interval { Interval(middle) }
}
