public import SetTheoreticAnalysis

extension Table {
    /// The models of a solution: each term with its consistency, PRI, raw and unique coverage and cases, and the fit of
    /// the model below.
    ///
    /// - Parameters:
    ///   - solution: The solution.
    ///   - outcome: The outcome: `SURV`, `~SURV`.
    ///   - conditions: The conditions.
    ///   - cases: The names of the cases.
    ///   - labels: The words for the outcome.
    ///   - modelLimit: The most models that are shown; the note says how many there are.
    ///   - caseLimit: The most cases that a term names.
    public static func solution(
        _ solution: Solution, outcome: String, conditions: Conditions, cases: [String], labels: VariableLabels = .none,
        modelLimit: Int = 10, caseLimit: Int = 12
    ) -> Table {
        let format = NumberFormat.bounded(3)
        let shown = Array(solution.models.prefix(max(1, modelLimit)))
        let essential = Set(solution.essential)
        var rows: [Row] = [], hasMark = false
        for (index, model) in shown.enumerated() {
            if shown.count > 1 { rows.append(.heading(RichText(heading(index, model)))) }
            for (term, fit) in zip(model.terms, model.fit.terms) {
                let name = Cell.text(RichText(conditions.expression(term), style: .code))
                // Which terms all models share matters only where there are several.
                let isMarked = solution.proof.modelCount > 1 && essential.contains(term)
                hasMark = hasMark || isMarked
                rows.append(
                    Row([
                        isMarked ? name.marked("a") : name, .number(fit.sufficiency.inclusion, format),
                        .number(fit.sufficiency.pri, format), .number(fit.sufficiency.coverage, format),
                        .number(fit.uniqueCoverage, format), .integer(fit.cases.count),
                        .text(RichText(CaseNames.list(fit.cases, of: cases, limit: caseLimit))),
                    ]))
            }
            rows.append(
                Row(
                    [
                        "Solution", .number(model.fit.model.inclusion, format), .number(model.fit.model.pri, format),
                        .number(model.fit.model.coverage, format),
                    ], role: .total))
        }
        return Table(
            title: "\(solution.kind.title) for \(OutcomeSolution.title(outcome, labels))",
            spanners: [[Spanner("Coverage", columns: 3..<5)]],
            columns: [
                Column("Term"), Column("Consistency"), Column("PRI"), Column("Raw"), Column("Unique"),
                Column("\(emphasis: "n")"), Column("Cases"),
            ],
            rows: rows,
            notes: Notes(
                general: [
                    RichText(solution.statement(shown: shown.count)),
                    "\(emphasis: "n"): cases with a membership above .5 in the term.",
                ],
                specific: hasMark ? [Notes.Specific("a", "A term that every model has.")] : []))
    }

    private static func heading(_ index: Int, _ model: Solution.Model) -> String {
        "Model \(index + 1)" + (model.origins.isEmpty ? "" : " (from \(model.origins.joined(separator: ", ")))")
    }

    /// Which prime implicants cover which positive rows of a truth table.
    ///
    /// - Parameters:
    ///   - solution: The solution.
    ///   - table: The truth table.
    ///   - rowLimit: The most positive rows that are shown; the note says how many there are.
    public static func primeImplicants(_ solution: Solution, of table: TruthTable, rowLimit: Int = 24) -> Table {
        let positive = table.rows(.positive), shown = positive.prefix(max(1, rowLimit))
        let essential = Set(solution.essential)
        let rows = solution.primes.map { prime in
            let name = Cell.text(RichText(table.conditions.expression(prime), style: .code))
            return Row(
                [essential.contains(prime) ? name.marked("a") : name]
                    + shown.map { prime.covers($0.configuration) ? "×" : Cell.empty })
        }
        var general: [RichText] = ["×: the prime implicant covers the row of the truth table with that number."]
        if shown.count < positive.count {
            general.append("The first \(shown.count) of \(positive.count) positive rows.")
        }
        return Table(
            title: "Prime implicants of the \(solution.kind.rawValue) solution",
            columns: [Column("Prime implicant")]
                + shown.map { Column(RichText(String($0.number)), alignment: .center) },
            rows: rows,
            notes: Notes(
                general: general,
                specific: essential.isEmpty ? [] : [Notes.Specific("a", "Essential: every model has it.")]))
    }
}
