public import SetTheoreticAnalysis

extension Table {
    /// How often the configurations and models of a solution come again when cases leave or are drawn anew.
    public static func stability(_ result: SolutionStability) -> Table {
        let single = result.leaveOneOut, drawn = result.bootstrap, hasBootstrap = drawn.replications > 0
        func share(_ count: Int, _ summary: SolutionStability.Summary) -> Cell {
            .number(
                summary.replications > 0 ? Double(count) / Double(summary.replications) : nil, .percent(1))
        }
        func cells(_ count: SolutionStability.Recurrence, _ summary: SolutionStability.Summary) -> [Cell] {
            [share(count.exact, summary), share(count.related, summary)]
        }
        func total(_ title: RichText, _ value: (SolutionStability.Summary) -> Int, role: Row.Role = .body) -> Row {
            Row(
                [.text(title), share(value(single), single), .empty]
                    + (hasBootstrap ? [share(value(drawn), drawn), .empty] : []), role: role)
        }
        var rows = result.configurations.map { configuration in
            Row(
                [.text(RichText(configuration.expression, style: .code))] + cells(configuration.leaveOneOut, single)
                    + (hasBootstrap ? cells(configuration.bootstrap, drawn) : []))
        }
        if result.models.count > 1 {
            rows += result.models.prefix(20).enumerated().map { index, model in
                Row(
                    [.text("Model \(index + 1)"), share(model.leaveOneOut, single), .empty]
                        + (hasBootstrap ? [share(model.bootstrap, drawn), .empty] : []))
            }
        }
        rows.append(total("Same solution", \.sameSolution, role: .total))
        rows.append(total("No solution", \.failed))
        var notes: [RichText] = [
            "Shares of the replications. Exact: the configuration is a term of some model; related: it is, or a term that contains it or lies in it."
        ]
        for (name, summary) in [("Leaving out a case", single), ("Bootstrap", drawn)] where !summary.failures.isEmpty {
            let reasons = summary.failures.map { "\($0.failure) (\($0.count))" }.joined(separator: ", ")
            notes.append("\(name), no solution: \(reasons).")
        }
        if hasBootstrap { notes.append("\(drawn.replications) samples of the cases with replacement.") }
        return Table(
            title: "Stability of the \(result.kind.rawValue) solution",
            spanners: [
                [Spanner("One case left out", columns: 1..<3)]
                    + (hasBootstrap ? [Spanner("Bootstrap", columns: 3..<5)] : [])
            ],
            columns: [Column("Configuration"), Column("Exact"), Column("Related")]
                + (hasBootstrap ? [Column("Exact"), Column("Related")] : []), rows: rows,
            notes: Notes(general: notes))
    }

    /// The cases without which there is another solution.
    public static func influentialCases(_ result: SolutionStability, rowLimit: Int = 100) -> Table {
        let conditions = result.conditions
        func list(_ terms: [Conjunction]) -> Cell {
            .text(RichText(terms.map { conditions.expression($0) }.joined(separator: ", "), style: .code))
        }
        let shown = result.influentialCases.prefix(max(1, rowLimit))
        var notes: [RichText] = []
        if result.influentialCases.isEmpty {
            notes.append("No single case changes the solution when it is left out.")
        } else {
            notes.append(
                "Terms that are in no model without the case, and terms that are only there without it. The others of \(result.leaveOneOut.replications) cases change nothing."
            )
        }
        if shown.count < result.influentialCases.count {
            notes.append("The first \(shown.count) of \(result.influentialCases.count) cases.")
        }
        return Table(
            title: "Cases without which the \(result.kind.rawValue) solution is another",
            columns: [Column("Case"), Column("Terms lost"), Column("Terms gained")],
            rows: shown.map { one in
                guard case .models = one.outcome else {
                    return Row([
                        .text(RichText(one.name)), list(one.lost), .text(RichText(one.outcome.description(conditions))),
                    ])
                }
                return Row([.text(RichText(one.name)), list(one.lost), list(one.gained)])
            }, notes: Notes(general: notes))
    }
}
