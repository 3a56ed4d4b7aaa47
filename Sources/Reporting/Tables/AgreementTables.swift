import Probability
public import Psychometrics

extension Table {
    /// Whether answers may be aggregated to groups: agreement within groups and reliability of group means, one row per scale.
    ///
    /// - Parameters:
    ///   - agreement: The agreement on each scale.
    ///   - reliability: The intraclass correlations of the scale means; matched by name.
    ///   - labels: The words for variables.
    ///   - title: The title.
    public static func aggregation(
        _ agreement: [WithinGroupAgreement], reliability: [IntraclassCorrelation] = [], labels: VariableLabels = .none,
        title: RichText = "Agreement within Groups and Reliability of Group Means"
    ) -> Table {
        let hasReliability = !reliability.isEmpty
        var columns = [
            Column("Scale"), Column("Items"), Column("\(emphasis: "M")"), Column("\(emphasis: "Mdn")"),
            Column("≥ .70"), Column("r*\(sub: "wg(j)")"), Column("AD\(sub: "M")"), Column("AD\(sub: "Md")"),
        ]
        if hasReliability {
            columns += [Column("ICC(1)"), Column("95% CI"), Column("ICC(2)"), Column("\(emphasis: "F")")]
        }
        let rows = agreement.map { scale in
            var cells: [Cell] = [
                .text(labels.text(scale.scale)), .integer(scale.items.count), .number(scale.rwg.mean, .bounded(2)),
                .number(scale.rwg.median, .bounded(2)), .number(scale.rwg.acceptableShare, .percent(0)),
                .number(scale.rwgStar.mean, .bounded(2)), .number(scale.averageDeviation.mean, .fixed(2)),
                .number(scale.averageDeviationFromMedian.mean, .fixed(2)),
            ]
            if hasReliability {
                let own = reliability.first { $0.variable == scale.scale }
                cells += [
                    .number(own?.icc1, .bounded(2)),
                    .interval(own?.icc1Interval?.first, own?.icc1Interval?.last, .bounded(2)),
                    .number(own?.icc2, .bounded(2)), .estimate(own?.f, .fixed(2), p: own?.pValue),
                ]
            }
            return Row(cells)
        }
        return Table(
            title: title, spanners: [[Spanner("r\(sub: "wg(j)")", columns: 2..<5)]], columns: columns, rows: rows,
            notes: Notes(
                general: agreementNotes(agreement, hasReliability: hasReliability),
                probability: hasReliability ? SignificanceStars.standard.note : nil))
    }

    private static func agreementNotes(_ scales: [WithinGroupAgreement], hasReliability: Bool) -> [RichText] {
        var notes: [RichText] = []
        let nulls = scales.reduce(into: [String]()) { list, scale in
            let text =
                "\(scale.nullDistribution.title) (σ² = \(NumberFormat.fixed(2).string(scale.nullVariance)), \(scale.options) options)"
            if !list.contains(text) { list.append(text) }
        }
        let cuts = scales.reduce(into: [String]()) { list, scale in
            let text = NumberFormat.fixed(2).string(scale.averageDeviationCut)
            if !list.contains(text) { list.append(text) }
        }
        notes.append(
            "r\(sub: "wg(j)") (r\(sub: "wg") for one item; James et al., 1984) over groups with at least two complete members; null distribution: \(nulls.joined(separator: ", ")); item variances above that of the null distribution give 0."
        )
        notes.append(
            "r*\(sub: "wg(j)"): not cut at 0 (Lindell et al., 1999). AD: mean absolute deviation from the mean and from the median (Burke et al., 1999); agreement up to A/6 = \(cuts.joined(separator: ", ")) (Burke & Dunlap, 2002). Means over groups."
        )
        for scale in scales {
            if scale.truncatedCount > 0 {
                notes.append("\(scale.scale): r\(sub: "wg(j)") cut at 0 in \(scale.truncatedCount) groups.")
            }
            let undefined = scale.undefinedGroups
            if !undefined.isEmpty {
                let shown = undefined.prefix(10).joined(separator: ", ")
                let rest = undefined.count > 10 ? " and \(undefined.count - 10) more" : ""
                notes.append("\(scale.scale): fewer than two complete members in \(shown)\(rest).")
            }
        }
        if hasReliability {
            notes.append(
                "ICC(1), ICC(2): one-way analysis of variance of the scale means with the mean group size (Shrout & Fleiss, 1979; Bliese, 2000)."
            )
        }
        return notes
    }

    /// The agreement of each group on a scale.
    public static func groupAgreement(
        _ agreement: WithinGroupAgreement, group: String, labels: VariableLabels = .none
    ) -> Table {
        Table(
            title: "Agreement on \(labels.text(agreement.scale)) by \(labels.text(group))",
            columns: [
                Column(labels.text(group)), Column("\(emphasis: "n")"), Column("r\(sub: "wg(j)")"),
                Column("r*\(sub: "wg(j)")"), Column("AD\(sub: "M")"), Column("AD\(sub: "Md")"),
            ],
            rows: agreement.groups.map { row in
                let cell = Cell.number(row.rwg, .bounded(2))
                return Row([
                    .text(RichText(row.label)), .integer(row.size), row.isTruncated ? cell.marked("a") : cell,
                    .number(row.rwgStar, .bounded(2)), .number(row.averageDeviation, .fixed(2)),
                    .number(row.averageDeviationFromMedian, .fixed(2)),
                ])
            },
            notes: Notes(
                general: agreementNotes([agreement], hasReliability: false),
                specific: agreement.truncatedCount > 0
                    ? [Notes.Specific("a", "Cut at 0: answers vary more than the null distribution.")] : []))
    }

    /// Intraclass correlations with their intervals, group sizes and design effects.
    public static func clustering(
        _ rows: [IntraclassCorrelation], group: String, labels: VariableLabels = .none
    ) -> Table {
        Table(
            title: "Clustering by \(labels.text(group))", spanners: [[Spanner("Group size", columns: 3..<5)]],
            columns: [
                Column("Variable"), Column("\(emphasis: "N")"), Column("Groups"), Column("Mean"), Column("Harmonic"),
                Column("ICC(1)"), Column("95% CI"), Column("ICC(2)"), Column("95% CI"), Column("\(emphasis: "F")"),
                Column("\(emphasis: "p")"), Column("Design effect"),
            ],
            rows: rows.map {
                Row([
                    .text(labels.text($0.variable)), .integer($0.cases), .integer($0.groups),
                    .number($0.meanGroupSize, .fixed(2)), .number($0.harmonicGroupSize, .fixed(2)),
                    .number($0.icc1, .bounded(3)),
                    .interval($0.icc1Interval?.first, $0.icc1Interval?.last, .bounded(2)),
                    .number($0.icc2, .bounded(3)),
                    .interval($0.icc2Interval?.first, $0.icc2Interval?.last, .bounded(2)), .number($0.f, .fixed(2)),
                    .probability($0.pValue), .number($0.designEffect, .fixed(2)),
                ])
            },
            notes: Notes(general: [
                "One-way analysis of variance (Shrout & Fleiss, 1979; Bliese, 2000) with the mean group size. Intervals from that of \(emphasis: "F"), exact for groups of one size. Design effect = 1 + (mean size − 1)·ICC(1) (Kish, 1965)."
            ]))
    }
}
