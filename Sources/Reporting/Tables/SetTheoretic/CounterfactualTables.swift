public import SetTheoreticAnalysis

extension Table {
    /// The assumptions that the models of a solution make about remainders; for an intermediate solution, which are easy and
    /// which would be difficult.
    ///
    /// - Parameters:
    ///   - result: The assumptions.
    ///   - outcome: The outcome.
    ///   - conditions: The conditions.
    ///   - contradictory: Assumptions that are also made for the negated outcome.
    ///   - labels: The words for the outcome.
    ///   - modelLimit: The most models that are shown.
    ///   - rowLimit: The most assumptions of a model that are shown.
    public static func counterfactuals(
        _ result: Counterfactuals, outcome: String, conditions: Conditions,
        contradictory: [Counterfactuals.Assumption] = [], labels: VariableLabels = .none, modelLimit: Int = 10,
        rowLimit: Int = 100
    ) -> Table {
        let shown = result.models.prefix(max(1, modelLimit)), isIntermediate = result.kind == .intermediate
        let marked = Set(contradictory)
        var rows: [Row] = [], hasMark = false
        func add(_ assumptions: [Counterfactuals.Assumption], _ kind: String) {
            for one in assumptions.prefix(max(1, rowLimit)) {
                let isMarked = marked.contains(one), number = Cell.integer(one.row)
                hasMark = hasMark || isMarked
                rows.append(
                    Row([
                        isMarked ? number.marked("a") : number,
                        .text(RichText(conditions.expression(one.configuration), style: .code)), .text(RichText(kind)),
                    ]))
            }
            if assumptions.count > rowLimit {
                rows.append(Row([.empty, .text(RichText("and \(assumptions.count - rowLimit) more")), .empty]))
            }
        }
        for model in shown {
            let count = model.assumptions.map { "\($0.count)" } ?? "too many to list"
            rows.append(
                .heading(
                    "Model \(model.number): \(RichText(conditions.expression(model.terms), style: .code)) (\(count))"))
            add(model.assumptions ?? [], isIntermediate ? "easy" : "simplifying")
            for difficult in model.difficult {
                add(difficult.assumptions, "difficult (parsimonious model \(difficult.parsimoniousModel))")
            }
        }
        var general: [RichText] = [
            "Rows without enough cases that the model takes to lead to the outcome. Each assumption has to be tenable."
        ]
        if isIntermediate {
            general.append(
                "Easy: the model assumes it, in line with the expectations. Difficult: the parsimonious model assumes it, this model does not."
            )
        }
        let rest = result.models.count + result.omittedModels - shown.count
        if rest > 0 { general.append("\(rest) models more.") }
        return Table(
            title:
                "Counterfactuals of the \(result.kind.rawValue) solution for \(OutcomeSolution.title(outcome, labels))",
            columns: [Column("Row"), Column("Configuration"), Column("Assumption")], rows: rows,
            notes: Notes(
                general: general,
                specific: hasMark
                    ? [Notes.Specific("a", "Contradictory: assumed for the negation of the outcome too.")] : []))
    }
}
