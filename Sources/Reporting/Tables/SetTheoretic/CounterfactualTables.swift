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
        _ result: SimplifyingAssumptions, outcome: String, conditions: Conditions,
        contradictory: [SimplifyingAssumptions.Assumption] = [], labels: VariableLabels = .none, modelLimit: Int = 10,
        rowLimit: Int = 100
    ) -> Table {
        let shown = result.models.prefix(max(1, modelLimit)), isIntermediate = result.kind == .intermediate
        let marked = Set(contradictory)
        var rows: [Row] = [], hasMark = false
        func add(_ assumptions: [SimplifyingAssumptions.Assumption], _ kind: String) {
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
            let assumed = Set(model.assumptions ?? [])
            for pair in model.pairs.prefix(3) {
                add(pair.easy.filter { !assumed.contains($0) }, "easy, not needed (\(pair.name))")
                add(pair.difficult, "difficult (\(pair.name))")
            }
            if model.pairs.count > 3 {
                rows.append(Row([.empty, .text("and \(model.pairs.count - 3) pairs more"), .empty]))
            }
        }
        var general: [RichText] = [
            "Rows without enough cases that the model takes to lead to the outcome. Each assumption has to be tenable."
        ]
        if isIntermediate {
            general.append(
                "Easy: in line with the expectations. Difficult: the parsimonious model of the pair assumes it, the intermediate model does not."
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
