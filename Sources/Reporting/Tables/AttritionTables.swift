import Probability
public import Psychometrics

extension Table {
    /// The means of the cases kept and lost, or of two other groups, with Welch's test, effect size and test of equivalence.
    public static func attritionMeans(
        _ analysis: AttritionAnalysis, labels: VariableLabels = .none,
        title: RichText = "Cases Kept and Lost: Means", groups: (first: String, second: String) = ("Kept", "Lost")
    ) -> Table {
        let bound = NumberFormat.fixed(2).string(analysis.equivalenceBound)
        let percent = NumberFormat.percent(0).string(analysis.level)
        return Table(
            title: title,
            spanners: [
                [
                    Spanner("\(groups.first) (\(emphasis: "n") = \(analysis.kept))", columns: 1..<3),
                    Spanner("\(groups.second) (\(emphasis: "n") = \(analysis.lost))", columns: 3..<5),
                    Spanner("Equivalence", columns: 10..<12),
                ]
            ],
            columns: [
                Column("Variable"), Column("\(emphasis: "M")"), Column("\(emphasis: "SD")"), Column("\(emphasis: "M")"),
                Column("\(emphasis: "SD")"), Column("\(emphasis: "t")"), Column("\(emphasis: "df")"),
                Column("\(emphasis: "p")"), Column("\(emphasis: "d")"), Column("\(percent) CI"),
                Column("\(emphasis: "p")"), Column("|\(emphasis: "d")| < \(bound)"),
            ],
            rows: analysis.means.map { row in
                let test = row.test
                return Row([
                    .text(labels.text(row.variable)), .number(test.first.mean, .fixed(2)),
                    .number(test.first.standardDeviation, .fixed(2)), .number(test.second.mean, .fixed(2)),
                    .number(test.second.standardDeviation, .fixed(2)), .number(test.welch?.t, .fixed(2)),
                    .number(test.welch?.degreesOfFreedom, .fixed(1)), .probability(test.welch?.pValue),
                    .number(test.cohenD, .fixed(2)),
                    .interval(test.cohenDInterval?.first, test.cohenDInterval?.last, .fixed(2)),
                    .probability(test.equivalence?.pValue),
                    .text(test.equivalence.map { $0.isEquivalent ? "shown" : "not shown" } ?? "–"),
                ])
            },
            notes: Notes(general: [
                "\(emphasis: "t"): Welch's test. \(emphasis: "d"): difference in pooled standard deviations with the interval of the non-central t distribution (Cumming & Finch, 2001). Equivalence: two one-sided tests (Schuirmann, 1987; Lakens, 2017) against \(bound) average standard deviations; a difference that is not significant does not show equivalence."
            ]))
    }

    /// The distributions over categories of the cases kept and lost, or of two other groups.
    public static func attritionCategories(
        _ analysis: AttritionAnalysis, labels: VariableLabels = .none,
        title: RichText = "Cases Kept and Lost: Categories", groups: (first: String, second: String) = ("Kept", "Lost")
    ) -> Table {
        var rows: [Row] = [], hasExact = false
        for comparison in analysis.categories {
            let test = comparison.test
            let totals = (Double(max(test.first.reduce(0, +), 1)), Double(max(test.second.reduce(0, +), 1)))
            let isExact = test.hasSmallCells && test.exactPValue != nil
            hasExact = hasExact || isExact
            for (index, category) in test.categories.enumerated() {
                let isFirst = index == 0
                let p = Cell.probability(test.pValue)
                rows.append(
                    Row([
                        isFirst ? .text(labels.text(comparison.variable)) : .continued, .text(RichText(category)),
                        .integer(test.first[index]), .number(Double(test.first[index]) / totals.0, .percent(1)),
                        .integer(test.second[index]), .number(Double(test.second[index]) / totals.1, .percent(1)),
                        isFirst ? .number(test.chiSquared, .fixed(2)) : .continued,
                        isFirst ? .integer(test.degreesOfFreedom) : .continued,
                        isFirst ? (isExact ? p.marked("a") : p) : .continued,
                        isFirst ? .number(test.cramerV, .bounded(2)) : .continued,
                    ]))
            }
        }
        return Table(
            title: title,
            spanners: [[Spanner("\(groups.first)", columns: 2..<4), Spanner("\(groups.second)", columns: 4..<6)]],
            columns: [
                Column("Variable"), Column("Category"), Column("\(emphasis: "n")"), Column("%"),
                Column("\(emphasis: "n")"), Column("%"), Column("χ²"), Column("\(emphasis: "df")"),
                Column("\(emphasis: "p")"), Column("\(emphasis: "V")"),
            ], rows: rows,
            notes: Notes(
                general: ["χ²: Pearson's, without continuity correction. \(emphasis: "V"): Cramér's."],
                specific: hasExact
                    ? [Notes.Specific("a", "Fisher's exact test, as an expected count is below 5.")] : []))
    }

    /// The logistic regression of an event.
    public static func logisticRegression(
        _ regression: LogisticRegression, labels: VariableLabels = .none,
        title: RichText = "Logistic Regression", event: String = "event"
    ) -> Table {
        let percent = NumberFormat.percent(0).string(regression.level)
        var general: [RichText] = [
            "\(emphasis: "N") = \(regression.n), \(regression.events) with \(event). All predictors: χ²(\(regression.degreesOfFreedom)) = \(regression.chiSquared, .fixed(2)), \(p: regression.pValue); \(emphasis: "R")² = \(regression.nagelkerkeR2, .bounded(3)) (Nagelkerke, 1991). OR = odds ratio; Wald tests and intervals."
        ]
        if !regression.separated.isEmpty {
            general.append(
                "\(regression.separated.map { label(ofPredictor: $0, labels).plainText }.joined(separator: ", ")): separate the outcomes, so that there is no finite estimate (Albert & Anderson, 1984)."
            )
        }
        return Table(
            title: title,
            columns: [
                Column("Term"), Column("\(emphasis: "b")"), Column("\(emphasis: "SE")"), Column("\(emphasis: "z")"),
                Column("\(emphasis: "p")"), Column("OR"), Column("\(percent) CI"),
            ],
            rows: regression.terms.map { term in
                Row([
                    .text(term.term == "(Intercept)" ? "Constant" : label(ofPredictor: term.term, labels)),
                    .number(term.estimate, .fixed(3)), .number(term.standardError, .fixed(3)),
                    .number(term.z, .fixed(2)), .probability(term.pValue), .number(term.oddsRatio, .fixed(2)),
                    .interval(term.oddsRatioInterval?.first, term.oddsRatioInterval?.last, .fixed(2)),
                ])
            }, notes: Notes(general: general))
    }

    /// The words for a predictor: `variable`, or `variable: category`.
    private static func label(ofPredictor name: String, _ labels: VariableLabels) -> RichText {
        guard labels[name] == nil, let colon = name.firstIndex(of: ":") else { return labels.text(name) }
        return labels.text(String(name[..<colon])) + RichText(String(name[colon...]))
    }
}

extension Document.Block {
    /// The comparison of the cases a study kept with those it lost: what was found and how much could have been found, then
    /// the tables, then warnings.
    public static func attrition(
        _ analysis: AttritionAnalysis, labels: VariableLabels = .none
    ) -> [Document.Block] {
        var text: RichText =
            "\(analysis.lost) of \(analysis.kept + analysis.lost) cases (\(analysis.lossRate, .percent(2))) were lost."
        let hasTests =
            analysis.means.contains { $0.test.welch != nil } || analysis.categories.contains { $0.test.pValue != nil }
        if hasTests {
            let differing = analysis.differing
            text.append(
                differing.isEmpty
                    ? " They do not differ significantly from those kept in any variable tested."
                    : " They differ significantly from those kept in \(names(differing, labels)).")
        }
        if let test = analysis.hotelling {
            text.append(
                " All means at once: Hotelling's \(emphasis: "T")² = \(test.tSquared, .fixed(2)), \(emphasis: "F")(\(test.degreesOfFreedom[0]), \(test.degreesOfFreedom[1])) = \(test.f, .fixed(2)), \(p: test.pValue)."
            )
        }
        if let regression = analysis.regression {
            text.append(
                " All variables predict the loss with χ²(\(regression.degreesOfFreedom)) = \(regression.chiSquared, .fixed(2)), \(p: regression.pValue)."
            )
        }
        let powers = analysis.power.filter { $0.power != nil }
        if !powers.isEmpty {
            let list = powers.map {
                "\(NumberFormat.bounded(2).string($0.power)) for d = \(NumberFormat.fixed(1).string($0.d))"
            }
            text.append(" The power to find a difference of means was \(list.joined(separator: " and ")).")
        }
        if analysis.means.contains(where: { $0.test.equivalence != nil }) {
            let equivalent = analysis.equivalent
            text.append(
                equivalent.isEmpty
                    ? " No mean is shown to differ by less than \(analysis.equivalenceBound, .fixed(2)) standard deviations."
                    : " Means are shown to differ by less than \(analysis.equivalenceBound, .fixed(2)) standard deviations in \(names(equivalent, labels))."
            )
        }
        var blocks: [Document.Block] = [.paragraph(text)]
        if !analysis.means.isEmpty { blocks.append(.table(.attritionMeans(analysis, labels: labels))) }
        if !analysis.categories.isEmpty { blocks.append(.table(.attritionCategories(analysis, labels: labels))) }
        if let regression = analysis.regression {
            blocks.append(
                .table(
                    .logisticRegression(
                        regression, labels: labels, title: "Logistic Regression of the Loss of Cases", event: "loss")))
        }
        blocks += analysis.warnings.map { .callout(Document.Callout(.warning, RichText($0))) }
        return blocks
    }

    private static func names(_ variables: [String], _ labels: VariableLabels) -> String {
        variables.map { labels[$0] ?? $0 }.joined(separator: ", ")
    }
}
