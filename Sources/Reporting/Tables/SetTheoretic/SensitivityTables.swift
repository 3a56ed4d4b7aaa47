public import SetTheoreticAnalysis

extension Table {
    /// How far each cut can move, the others staying where they are, before the solution changes.
    public static func cutSensitivity(_ result: CutSensitivity, conditions: Conditions) -> Table {
        func value(_ value: Double, _ cut: CutSensitivity.Cut) -> String {
            cut == .frequency ? "\(Int(value))" : NumberFormat.bounded(3).string(value)
        }
        func bound(_ bound: CutSensitivity.Bound, _ range: CutSensitivity.Range) -> Cell {
            let text = value(bound.value, range.cut)
            return .text(RichText(bound.isIncluded ? text : "(\(text))"))
        }
        let rows = result.ranges.map { range in
            Row([
                .text(RichText(range.cut.title)), .text(RichText(value(range.value, range.cut))),
                bound(range.lower, range), bound(range.upper, range), beyond(range.lower.beyond, conditions),
                beyond(range.upper.beyond, conditions),
            ])
        }
        return Table(
            title: "Cuts between which the \(result.kind.rawValue) solution stays the same",
            spanners: [[Spanner("Same solution", columns: 2..<4), Spanner("Solution beyond", columns: 4..<6)]],
            columns: [
                Column("Cut"), Column("Value"), Column("From"), Column("To"), Column("Below"), Column("Above"),
            ],
            rows: rows,
            notes: Notes(
                general: [
                    "One cut is moved at a time; the ends are exact. In parentheses: the end itself does not belong to the range. –: the end of the scale.",
                    "Solution: \(RichText(result.reference.description(conditions), style: .code)).",
                ]))
    }

    /// How far each anchor can move, the others staying where they are, before the solution changes.
    public static func anchorSensitivity(
        _ result: AnchorSensitivity, conditions: Conditions, labels: VariableLabels = .none
    ) -> Table {
        var previous = ""
        let rows = result.ranges.map { range in
            defer { previous = range.set }
            return Row([
                range.set == previous ? .continued : .text(labels.text(range.set)), .text(RichText(range.anchor)),
                .text(RichText(CalibrationPlot.text(range.value))), end(range.lower), end(range.upper),
                beyond(range.lower.beyond, conditions), beyond(range.upper.beyond, conditions),
            ])
        }
        return Table(
            title: "Anchors between which the \(result.kind.rawValue) solution stays the same",
            spanners: [[Spanner("Same solution", columns: 3..<5), Spanner("Solution beyond", columns: 5..<7)]],
            columns: [
                Column("Set"), Column("Anchor"), Column("Value"), Column("From"), Column("To"), Column("Below"),
                Column("Above"),
            ],
            rows: rows,
            notes: Notes(
                general: [
                    "One anchor is moved at a time in steps of a hundredth of the range of the data. –: no change up to there, where the search ended: the next anchor, or one range beyond the data."
                ]))
    }

    private static func end(_ bound: AnchorSensitivity.Bound) -> Cell {
        let text = CalibrationPlot.text((bound.unchanged * 1e4).rounded() / 1e4)
        return .text(RichText(text))
    }

    private static func beyond(_ outcome: MinimizationOutcome?, _ conditions: Conditions) -> Cell {
        guard let outcome else { return .text(RichText(NumberFormat.notAvailable)) }
        guard let first = outcome.models.first else { return .text(RichText(outcome.description(conditions))) }
        let more = outcome.models.count - 1
        return .text(
            RichText(conditions.expression(first), style: .code)
                + RichText(more > 0 ? " and \(more) \(more == 1 ? "model" : "models") more" : ""))
    }
}

extension CutSensitivity.Cut {
    /// The name in words.
    fileprivate var title: String {
        switch self {
        case .inclusion: "Consistency"
        case .pri: "PRI"
        case .frequency: "Number of cases"
        case .contradiction: "Contradictions"
        }
    }
}
