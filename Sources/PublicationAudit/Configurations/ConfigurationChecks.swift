import Probability

extension Paper {
    /// Tables of one outcome against each other.
    func configurationChecks() -> [AuditCheck] { solutionOrderChecks() + configurationNecessityChecks() }

    /// The complex, intermediate and parsimonious solutions of an outcome against each other.
    private func solutionOrderChecks() -> [AuditCheck] {
        let order = ["complex", "intermediate", "parsimonious"]
        struct Coverage {
            let table: PublishedSolutionTable
            let rank: Int
            let figure: PrintedNumber
        }
        var outcomes: [(name: String, coverages: [Coverage])] = []
        for table in tables(PublishedSolutionTable.self) where table.solutions.count == 1 {
            guard let word = try? table.source.word(option: "solution", of: order),
                let rank = order.firstIndex(of: word),
                let figure = table.solutions.first?[.solutionCoverage]
            else { continue }
            let name = simplified(table.source.options["outcome"]?.text ?? "")
            let coverage = Coverage(table: table, rank: rank, figure: figure)
            if let place = outcomes.firstIndex(where: { $0.name == name }) {
                outcomes[place].coverages.append(coverage)
            } else {
                outcomes.append((name, [coverage]))
            }
        }
        return outcomes.flatMap { outcome in
            let sorted = outcome.coverages.sorted { $0.rank < $1.rank }
            return zip(sorted, sorted.dropFirst()).filter { $0.rank < $1.rank }.map { earlier, later in
                let holds = later.figure.interval.upper >= earlier.figure.interval.lower - 1e-9
                return AuditCheck(
                    .solutionOrder, at: PaperPlace(later.table.name, row: "solution coverage"),
                    printed: later.figure.text,
                    holds ? .consistent : .unusual, attainable: "from \(earlier.figure.text)",
                    "The \(order[earlier.rank]) solution of \(earlier.table.name) covers \(earlier.figure.text)"
                        + (holds
                            ? "."
                            : ", and the \(order[later.rank]) solution of the same rows covers no less; here it covers \(later.figure.text).")
                )
            }
        }
    }
}
