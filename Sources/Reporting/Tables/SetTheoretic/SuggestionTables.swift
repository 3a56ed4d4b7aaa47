public import SetTheoreticAnalysis

extension Table {
    /// Cuts suggested for raw variables from gaps in the data.
    ///
    /// - Parameters:
    ///   - variables: The suggestions of each variable.
    ///   - groups: The number of groups.
    ///   - labels: The words for variables.
    public static func suggestedCuts(
        _ variables: [(name: String, suggestions: [SuggestedCuts])], groups: Int, labels: VariableLabels = .none
    ) -> Table {
        let rows = variables.flatMap { variable in
            variable.suggestions.enumerated().map { index, suggestion in
                Row(
                    [
                        index == 0 ? .text(labels.text(variable.name)) : .continued,
                        .text(
                            RichText(suggestion.method == .completeLinkage ? "complete linkage" : "natural breaks")),
                    ]
                        + suggestion.cuts.map {
                            .text(RichText(CalibrationPlot.text(($0 * 1e4).rounded() / 1e4)))
                        } + [.text(RichText(suggestion.groupSizes.map(String.init).joined(separator: ", ")))])
            }
        }
        let cuts = groups - 1
        return Table(
            title: "Suggested cuts",
            spanners: cuts > 1 ? [[Spanner("Cuts", columns: 2..<2 + cuts)]] : [],
            columns: [Column("Variable"), Column("Method")]
                + (0..<max(0, cuts)).map { Column(RichText(cuts > 1 ? "\($0 + 1)" : "Cut")) } + [Column("Cases")],
            rows: rows,
            notes: Notes(
                general: [
                    "Suggestions only: they show where the data have gaps, not what full membership means. Anchors follow from theory and knowledge of the cases. Complete linkage: as findTh of QCA; natural breaks: Fisher (1958)."
                ]))
    }

    /// Inclusion cuts suggested from gaps between the consistencies of rows.
    public static func suggestedInclusionCuts(
        _ suggestions: SuggestedInclusionCuts, outcome: String, labels: VariableLabels = .none
    ) -> Table {
        let format = NumberFormat.bounded(3)
        let isLow = suggestions.gaps.contains { $0.upper < 0.75 }
        var general: [RichText] = [
            "Suggestions only: thresholds from the widest gaps between neighbouring consistencies above \(SuggestedInclusionCuts.floor, .bounded(2)), of \(suggestions.rowCount) rows. Look at PRI and deviant cases of the rows above, too."
        ]
        if suggestions.gaps.isEmpty { general.append("There is no gap.") }
        return Table(
            title: "Thresholds suggested from gaps, \(OutcomeSolution.title(outcome, labels))",
            spanners: [[Spanner("Gap", columns: 1..<3), Spanner("Rows above", columns: 3..<6)]],
            columns: [
                Column("Threshold"), Column("From"), Column("To"), Column("Rows"), Column("Cases"),
                Column("Lowest PRI"),
            ],
            rows: suggestions.gaps.map { gap in
                let cut = Cell.number(gap.cut, format)
                return Row([
                    gap.upper < 0.75 ? cut.marked("a") : cut, .number(gap.lower, format), .number(gap.upper, format),
                    .integer(gap.rowsAbove), .integer(gap.casesAbove), .number(gap.lowestPRI, format),
                ])
            },
            notes: Notes(
                general: general,
                specific: isLow
                    ? [Notes.Specific("a", "Below .75, the least consistency that is usual (Ragin, 2008).")] : []))
    }
}
