public import SetTheoreticAnalysis

extension Table {
    /// The cases worth a closer look, by term (Schneider & Rohlfing, 2013).
    ///
    /// - Parameters:
    ///   - selection: The cases.
    ///   - caseLimit: The most cases that a cell names.
    public static func caseSelection(_ selection: CaseSelection, caseLimit: Int = 12) -> Table {
        let names = selection.solution.plane.names
        func list(_ cases: [MembershipPlane.Case], unique: Set<Int> = []) -> Cell {
            let shown = cases.prefix(max(1, caseLimit)).map { $0.name + (unique.contains($0.position) ? "*" : "") }
            let rest = cases.count - shown.count
            return .text(RichText(shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")))
        }
        func row(_ group: CaseSelection.Group, _ title: RichText, role: Row.Role = .body) -> Row {
            Row(
                [
                    .text(title),
                    list(group.typical, unique: role == .body ? Set(group.uniquelyTypical) : []),
                    list(group.deviantInDegree), list(group.deviantConsistency),
                ], role: role)
        }
        var rows = selection.terms.map { row($0, RichText($0.expression, style: .code)) }
        if selection.terms.count > 1 { rows.append(row(selection.solution, "Solution", role: .total)) }
        var general: [RichText] = [
            "The best examples first (Schneider & Rohlfing, 2013). Typical: in term and outcome, consistent; in degree: in both, but more in the term than in the outcome; in kind: in the term, not in the outcome. *: typical for no other term."
        ]
        if !selection.ambiguous.isEmpty {
            general.append(
                "At one half in the solution or the outcome: \(CaseNames.list(selection.ambiguous, of: names, limit: 30))."
            )
        }
        return Table(
            title: "Cases by term", spanners: [[Spanner("Deviant consistency", columns: 2..<4)]],
            columns: [Column("Term"), Column("Typical"), Column("In degree"), Column("In kind")], rows: rows,
            notes: Notes(general: general))
    }

    /// The cases that the solution does not explain: those with the outcome, and those without it.
    public static func uncoveredCases(_ selection: CaseSelection, rowLimit: Int = 100) -> Table {
        let format = NumberFormat.bounded(2)
        var rows: [Row] = []
        for (title, cases) in [
            ("Deviant coverage: with the outcome", selection.deviantCoverage),
            ("Individually irrelevant: without the outcome", selection.irrelevant),
        ] {
            rows.append(.heading(RichText("\(title) (\(cases.count))")))
            rows += cases.prefix(max(1, rowLimit)).map { one in
                Row([
                    .text(RichText(one.name)), .number(one.solution, format), .number(one.outcome, format),
                    .integer(one.row), .text(RichText(one.configuration ?? "", style: .code)),
                    .number(one.rowMembership, format), one.isBestOfRow ? "×" : .empty,
                ])
            }
        }
        return Table(
            title: "Cases that the solution does not cover",
            spanners: [[Spanner("Membership", columns: 1..<3), Spanner("Row of the truth table", columns: 3..<6)]],
            columns: [
                Column("Case"), Column("Solution"), Column("Outcome"), Column("No."), Column("Configuration"),
                Column("Membership"), Column("Best", alignment: .center),
            ], rows: rows,
            notes: Notes(general: ["Best: no case of the same row and type has a higher membership in the row."]))
    }

    /// A theory held against a solution: the four intersections with their cases.
    public static func theory(_ result: TheoryEvaluation, caseLimit: Int = 12) -> Table {
        let format = NumberFormat.bounded(3)
        func fit(_ title: RichText, _ fit: SufficiencyFit, role: Row.Role = .body) -> Row {
            Row(
                [
                    .text(title), .number(fit.inclusion, format), .number(fit.pri, format),
                    .number(fit.coverage, format), .empty, .empty,
                ], role: role)
        }
        func list(_ positions: [Int], _ name: String) -> Cell {
            if positions.isEmpty { return .empty }
            return .text(
                RichText("\(name): \(CaseNames.list(positions, of: result.cases, limit: caseLimit))"))
        }
        var rows = [fit("Theory (T)", result.theoryFit), fit("Solution (S)", result.solutionFit)]
        rows += result.intersections.enumerated().map { index, area in
            Row(
                [
                    .text(RichText(area.area.symbol)), .number(area.fit.inclusion, format),
                    .number(area.fit.pri, format), .number(area.fit.coverage, format),
                    list(area.withOutcome, area.area.namesWithOutcome),
                    list(area.withoutOutcome, area.area.namesWithoutOutcome),
                ], role: index == 0 ? .total : .body)
        }
        var general: [RichText] = [
            "T: \(RichText(result.theory.description, style: .code)). S: \(RichText(result.solution, style: .code))."
        ]
        for area in result.intersections {
            guard let expression = area.expression, expression.count <= 300 else { continue }
            general.append("\(area.area.symbol): \(RichText(expression, style: .code)).")
        }
        if !result.ambiguous.isEmpty {
            general.append(
                "At one half, in no area: \(CaseNames.list(result.ambiguous, of: result.cases, limit: 30)).")
        }
        return Table(
            title: "Theory and solution", spanners: [[Spanner("Cases", columns: 4..<6)]],
            columns: [
                Column("Area"), Column("Consistency"), Column("PRI"), Column("Coverage"), Column("With the outcome"),
                Column("Without the outcome"),
            ], rows: rows, notes: Notes(general: general))
    }
}
