public import SetTheoreticAnalysis

extension Table {
    /// The complex formulas of a coincidence analysis: rival models of what causes what.
    public static func complexFormulas(_ analysis: CoincidenceAnalysis, rowLimit: Int = 50) -> Table {
        let format = NumberFormat.bounded(3), formulas = analysis.complexFormulas
        let shown = formulas.prefix(max(1, rowLimit))
        var general: [RichText] = [
            RichText(
                "Coincidence analysis of \(analysis.factors.joined(separator: ", ")): consistency of at least "
                    + "\(NumberFormat.bounded(2).string(analysis.options.consistency)), coverage of at least "
                    + "\(NumberFormat.bounded(2).string(analysis.options.coverage))"
                    + (analysis.options.ordering.map { ", ordering \($0)" } ?? ", no ordering") + "."),
            "Exh.: share of the configurations that the formula allows that some case shows. A formula may be read causally only if no common cause is missing and the factors differ in meaning; formulas that fit equally well are rivals.",
        ]
        if formulas.isEmpty { general.append("No formula reaches consistency and coverage.") }
        if !analysis.areCombined, !formulas.isEmpty {
            general.append("The formulas of different outcomes cannot be combined without redundancy.")
        }
        if shown.count < formulas.count { general.append("The first \(shown.count) of \(formulas.count) formulas.") }
        return Table(
            title: "Causal models",
            columns: [
                Column("Formula"), Column("Consistency"), Column("Coverage"), Column("Coherence"), Column("Exh."),
                Column("Complexity"),
            ],
            rows: shown.map { formula in
                let name = Cell.text(RichText(formula.description, style: .code))
                return Row([
                    formula.isCyclic ? name.marked("a") : name, .number(formula.consistency, format),
                    .number(formula.coverage, format), .number(formula.coherence, format),
                    .number(formula.exhaustiveness, format), .integer(formula.complexity),
                ])
            },
            notes: Notes(
                general: general,
                specific: shown.contains(where: \.isCyclic)
                    ? [Notes.Specific("a", "Cyclic: a factor is a cause of itself.")] : []))
    }

    /// What the complex formulas claim, with the number of formulas that claim it.
    public static func causalClaims(_ analysis: CoincidenceAnalysis, rowLimit: Int = 50) -> Table {
        let claims = analysis.claims, total = analysis.complexFormulas.count
        return Table(
            title: "Causal claims",
            columns: [Column("Cause"), Column("Effect"), Column("Models"), Column("Share")],
            rows: claims.prefix(max(1, rowLimit)).map { claim in
                Row([
                    .text(RichText(claim.cause.description, style: .code)),
                    .text(RichText(claim.effect.description, style: .code)), .integer(claim.count),
                    .number(total > 0 ? Double(claim.count) / Double(total) : nil, .percent(0)),
                ])
            },
            notes: Notes(general: ["Only what all of the \(total) models claim is established by the data."]))
    }

    /// Every set as the outcome of the others, by truth tables.
    public static func causalChain(_ chain: CausalChain, modelLimit: Int = 10) -> Table {
        let format = NumberFormat.bounded(3)
        var rows: [Row] = []
        for link in chain.links {
            let outcome = Cell.text(RichText(link.outcome.description, style: .code))
            if link.models.isEmpty {
                let reason = link.problem.map { _ in "no solution" } ?? "no model reaches consistency and coverage"
                rows.append(Row([outcome, .text(RichText(reason)), .empty, .empty]))
            }
            for (index, pair) in zip(link.formulas, link.models).prefix(max(1, modelLimit)).enumerated() {
                rows.append(
                    Row([
                        index == 0 ? outcome : .continued, .text(RichText(pair.0, style: .code)),
                        .number(pair.1.fit.model.inclusion, format), .number(pair.1.fit.model.coverage, format),
                    ]))
            }
            if link.models.count > modelLimit {
                rows.append(Row([.continued, .text("and \(link.models.count - modelLimit) more"), .empty, .empty]))
            }
        }
        return Table(
            title: "Every set as an outcome of the others",
            columns: [Column("Outcome"), Column("Model"), Column("Consistency"), Column("Coverage")], rows: rows,
            notes: Notes(
                general: [
                    "Parsimonious models by truth table and minimization (causal chain, Duşa, 2019), which assume remainders; compare them with the models of coincidence analysis."
                ]))
    }
}
