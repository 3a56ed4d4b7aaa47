import Probability
public import Psychometrics

extension Table {
    /// Which correlations of level-1 variables a table shows.
    public enum LevelOneCorrelations: Sendable {
        /// Those within units below the diagonal, those of unit means above it.
        case withinAndBetween
        /// Those of all rows, which mix both levels and whose tests take the rows for independent.
        case pooled
    }

    /// Table 1 of a multilevel study: a block of the level-2 variables and a block of those of level 1, each with means,
    /// standard deviations and correlations tested at its own number of units.
    ///
    /// - Parameters:
    ///   - descriptives: The figures.
    ///   - labels: The words for variables.
    ///   - levelTwoTitle: What the upper block is headed, such as "Person level".
    ///   - levelOneTitle: What the lower block is headed, such as "Month level".
    ///   - diagonal: What the figures on the diagonal are, such as "AVE"; named in the note when there are any.
    ///   - levelOneCorrelations: Which correlations of level-1 variables are shown.
    ///   - title: The caption.
    public static func multilevelDescriptives(
        _ descriptives: MultilevelDescriptives, labels: VariableLabels = .none, levelTwoTitle: String = "Level 2",
        levelOneTitle: String = "Level 1", diagonal: String = "AVE",
        levelOneCorrelations: LevelOneCorrelations = .withinAndBetween,
        title: RichText = "Means, Standard Deviations, and Correlations at Each Level"
    ) -> Table {
        let upper = descriptives.levelTwo, lower = descriptives.levelOne
        let width = max(upper.count, lower.count)
        let hasInflation = (upper + lower).contains { $0.varianceInflation != nil }
        var columns = [Column("Variable"), Column("\(emphasis: "M")"), Column("\(emphasis: "SD")")]
        for j in 0..<width { columns.append(Column("\(j + 1)")) }
        if !lower.isEmpty { columns.append(Column("Within")) }
        if hasInflation { columns.append(Column("VIF")) }

        func row(_ index: Int, _ variable: MultilevelDescriptives.Variable, _ correlation: (Int) -> Cell) -> Row {
            var cells: [Cell] = [
                .text("\(index + 1). \(labels.text(variable.name))"), .number(variable.descriptives.mean, .fixed(2)),
                .number(variable.descriptives.standardDeviation, .fixed(2)),
            ]
            for j in 0..<width {
                if j == index {
                    cells.append(variable.diagonal.map { Cell.number($0, .bounded(2)).strong } ?? "–")
                } else {
                    cells.append(correlation(j))
                }
            }
            if !lower.isEmpty {
                cells.append(variable.withinShare == nil ? .empty : .number(variable.withinShare, .percent(0)))
            }
            if hasInflation { cells.append(.number(variable.varianceInflation, .fixed(2))) }
            return Row(cells)
        }
        var rows: [Row] = []
        if !upper.isEmpty {
            rows.append(.heading("\(levelTwoTitle) (\(emphasis: "N") = \(descriptives.groups))"))
            let table = descriptives.levelTwoCorrelations
            rows += upper.enumerated().map { i, variable in
                row(i, variable) { j in
                    j < i ? .estimate(table.correlations[i][j], .bounded(2), p: table.pValues[i][j]) : .empty
                }
            }
        }
        if !lower.isEmpty {
            rows.append(.heading("\(levelOneTitle) (\(emphasis: "N") = \(descriptives.cases))"))
            let table = descriptives.correlations, offset = upper.count
            rows += lower.enumerated().map { i, variable in
                row(i, variable) { j in
                    guard j < lower.count else { return .empty }
                    if levelOneCorrelations == .pooled {
                        let pooled = descriptives.pooledCorrelations
                        return j < i
                            ? .estimate(pooled.correlations[i][j], .bounded(2), p: pooled.pValues[i][j]) : .empty
                    }
                    let (a, b) = (i + offset, j + offset)
                    return j < i
                        ? .estimate(table.within[a][b], .bounded(2), p: table.withinPValues[a][b])
                        : .estimate(table.between[a][b], .bounded(2), p: table.betweenPValues[a][b])
                }
            }
        }
        var general: [RichText] = []
        if !upper.isEmpty {
            general.append(
                "\(levelTwoTitle): one value per unit, correlations tested with \(descriptives.groups) units.")
        }
        if !lower.isEmpty {
            let weighted = descriptives.correlations.weights == .groupSize ? ", weighted by size" : ""
            general.append(
                levelOneCorrelations == .pooled
                    ? "\(levelOneTitle): correlations of all rows, which mix the levels; their tests take the rows for independent."
                    : "\(levelOneTitle): below the diagonal correlations within units (\(emphasis: "df") = \(emphasis: "N") − \(emphasis: "J") − 1), above it correlations of the unit means\(weighted) (\(emphasis: "df") = \(emphasis: "J") − 2), \(emphasis: "J") = \(descriptives.groups)."
            )
            general.append(shareNote(lower))
        }
        if (upper + lower).contains(where: { $0.diagonal != nil }) { general.append("On the diagonal: \(diagonal).") }
        if hasInflation {
            general.append(
                "VIF = variance inflation factor among the variables of the level (level 1: centred on the unit means)."
            )
        }
        if (upper + lower).contains(where: { $0.descriptives.missing > 0 }) {
            general.append("Missing values are left out pair by pair.")
        }
        return Table(
            title: title, columns: columns, rows: rows,
            notes: Notes(general: general, probability: SignificanceStars.standard.note))
    }

    private static func shareNote(_ variables: [MultilevelDescriptives.Variable]) -> RichText {
        let byAnova = variables.filter { $0.withinShare != nil && $0.isShareByAnalysisOfVariance }.count
        let byModel = variables.filter { $0.withinShare != nil && !$0.isShareByAnalysisOfVariance }.count
        let source =
            byModel == 0
            ? "1 − ICC(1) by one-way analysis of variance"
            : byAnova == 0
                ? "σ²/(σ² + τ²) of the random-intercept model without predictors"
                : "from the random-intercept model without predictors where it was fitted, else 1 − ICC(1) by one-way analysis of variance"
        return "Within = share of the variance within units, \(source)."
    }

    /// Correlations within groups below the diagonal and between groups above it, each with stars for its own degrees of
    /// freedom.
    public static func multilevelCorrelations(
        _ table: MultilevelCorrelations, group: String, labels: VariableLabels = .none,
        title: RichText = "Correlations within and between Groups"
    ) -> Table {
        let p = table.variables.count
        let columns =
            [Column("Variable")] + (0..<p).map { Column("\($0 + 1)") }
            + [Column("η\(sub: "between")"), Column("η\(sub: "within")")]
        let rows = (0..<p).map { i in
            var cells: [Cell] = [.text("\(i + 1). \(labels.text(table.variables[i]))")]
            for j in 0..<p {
                if j == i {
                    cells.append("–")
                } else if j < i {
                    // A level-2 variable has nothing within groups: an empty place, no figure that is missing.
                    cells.append(
                        table.levels[i] == .between || table.levels[j] == .between
                            ? .empty : .estimate(table.within[i][j], .bounded(2), p: table.withinPValues[i][j]))
                } else {
                    cells.append(
                        table.levels[i] == .within || table.levels[j] == .within
                            ? .empty : .estimate(table.between[i][j], .bounded(2), p: table.betweenPValues[i][j]))
                }
            }
            cells += [.number(table.etaBetween[i], .bounded(2)), .number(table.etaWithin[i], .bounded(2))]
            return Row(cells)
        }
        func span(_ figures: [[Int]]) -> String {
            let off = (0..<p).flatMap { i in (0..<p).filter { $0 != i }.map { figures[i][$0] } }
            guard let low = off.min(), let high = off.max() else { return NumberFormat.notAvailable }
            return low == high ? "\(low)" : "\(low)–\(high)"
        }
        let weights = table.weights == .groupSize ? "weighted by group size" : "each group counting once"
        return Table(
            title: title, columns: columns, rows: rows,
            notes: Notes(
                general: [
                    "Below the diagonal: within \(labels.text(group)), \(emphasis: "df") = \(emphasis: "N") − \(emphasis: "J") − 1 = \(span(table.withinDegreesOfFreedom)). Above: between group means, \(weights), \(emphasis: "df") = \(emphasis: "J") − 2 = \(span(table.betweenDegreesOfFreedom)). Variables that do not vary at a level have no correlation there.",
                    "η = correlation of a variable with its group means and with the deviations from them (Dansereau et al., 1984).",
                ], probability: SignificanceStars.standard.note))
    }

    /// Cronbach's alpha within and between groups.
    public static func multilevelReliability(
        _ scales: [MultilevelAlpha], group: String, labels: VariableLabels = .none,
        title: RichText = "Reliability within and between Groups"
    ) -> Table {
        let hasIndefinite = scales.contains(where: \.isBetweenIndefinite)
        return Table(
            title: title,
            columns: [
                Column("Scale"), Column("Items"), Column("\(emphasis: "N")"), Column("Groups"), Column("α within"),
                Column("α between"), Column("α ignoring groups"),
            ],
            rows: scales.map { scale in
                let between = Cell.number(scale.between, .bounded(3))
                return Row([
                    .text(labels.text(scale.scale)), .integer(scale.items.count), .integer(scale.cases),
                    .integer(scale.groups), .number(scale.within, .bounded(3)),
                    scale.isBetweenIndefinite ? between.marked("a") : between,
                    .number(scale.ignoringGroups, .bounded(3)),
                ])
            },
            notes: Notes(
                general: [
                    "Groups: \(labels.text(group)). α of the covariance matrices within groups (pooled) and between groups, (MSB − MSW)/\(emphasis: "n")\(sub: "0") (Geldhof et al., 2014)."
                ],
                specific: hasIndefinite
                    ? [
                        Notes.Specific(
                            "a",
                            "The estimated covariance matrix between groups is not positive semidefinite: α is kept to at most 1, or not given, and should not be relied upon."
                        )
                    ] : []))
    }
}
