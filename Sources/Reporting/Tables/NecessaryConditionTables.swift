import Probability
public import SetTheoreticAnalysis

extension Table {
    /// Necessary condition analysis: effect size, accuracy and test of each ceiling of each condition (Dul, 2016; Dul, van
    /// der Laan & Kuik, 2020).
    ///
    /// - Parameters:
    ///   - analyses: The conditions of one outcome.
    ///   - labels: The words for conditions and the outcome.
    public static func ceilings(_ analyses: [NecessaryConditionAnalysis], labels: VariableLabels = .none) -> Table {
        let tests = analyses.flatMap(\.ceilings).compactMap(\.test)
        let rows = analyses.flatMap { analysis in
            analysis.ceilings.enumerated().map { index, ceiling in
                var cells: [Cell] = [
                    index == 0 ? .text(labels.text(analysis.condition)) : .continued,
                    .text(RichText(ceiling.technique.description)), .number(ceiling.effectSize, .fixed(2)),
                    .text(RichText(ceiling.magnitude?.rawValue ?? NumberFormat.notAvailable)),
                ]
                if !tests.isEmpty { cells.append(.probability(ceiling.test?.p)) }
                cells += [
                    .number(ceiling.accuracy.map { $0 / 100 }, .percent(1)), .integer(ceiling.casesAbove),
                    .number(ceiling.slope, .fixed(3)), .number(ceiling.intercept, .fixed(3)),
                ]
                return Row(cells)
            }
        }
        var general: [RichText] = [
            "\(emphasis: "d"): empty zone as a share of the scope; below 0.1 small, below 0.3 medium, below 0.5 large (Dul, 2016). Accuracy: share of cases on or below the ceiling."
        ]
        if let test = tests.first {
            general.append(
                tests.allSatisfy(\.isExact)
                    ? "\(emphasis: "p"): every order of the cases was enumerated."
                    : "\(emphasis: "p"): approximate permutation test with \(test.permutations) permutations (Dul et al., 2020)."
            )
        }
        for note in analyses.flatMap(\.notes).reduce(into: [String](), { if !$0.contains($1) { $0.append($1) } }) {
            general.append(RichText(sentence: note))
        }
        let outcome = analyses.first.map { labels.text($0.outcome) } ?? ""
        return Table(
            title: "Necessary condition analysis of \(outcome)",
            columns: [Column("Condition"), Column("Ceiling"), Column("\(emphasis: "d")"), Column("Size")]
                + (tests.isEmpty ? [] : [Column("\(emphasis: "p")")])
                + [Column("Accuracy"), Column("Cases above"), Column("Slope"), Column("Intercept")],
            rows: rows, notes: Notes(general: general))
    }

    /// Which level of each condition is necessary for which level of the outcome (Dul, 2016).
    ///
    /// - Parameters:
    ///   - bottlenecks: The levels.
    ///   - labels: The words for conditions and the outcome.
    public static func bottlenecks(_ bottlenecks: BottleneckTable, labels: VariableLabels = .none) -> Table {
        let format: NumberFormat = bottlenecks.conditionUnit == .actual ? .fixed(2) : .fixed(1)
        return Table(
            title: "Bottlenecks of \(labels.text(bottlenecks.outcome)) (\(bottlenecks.technique.description))",
            columns: [Column(labels.text(bottlenecks.outcome))]
                + bottlenecks.conditions.map { Column(labels.text($0)) },
            rows: bottlenecks.rows.map { row in
                Row(
                    [.number(row.level, bottlenecks.outcomeUnit == .actual ? .fixed(2) : .fixed(1))]
                        + row.cells.map { cell in
                            if case .level(let value, _) = cell { return .number(value, format) }
                            return .text(RichText(cell.description))
                        })
            },
            notes: Notes(
                general: [
                    "Conditions in \(unit(bottlenecks.conditionUnit)), outcome in \(unit(bottlenecks.outcomeUnit)). NN: not necessary; NA: more is needed than the scope holds."
                ] + bottlenecks.notes.map { RichText(sentence: $0) }))
    }

    private static func unit(_ unit: BottleneckTable.Unit) -> String {
        switch unit {
        case .percentageOfRange: "per cent of the range"
        case .percentageOfMaximum: "per cent of the largest value"
        case .actual: "units of the data"
        case .percentile: "percentiles"
        }
    }
}
