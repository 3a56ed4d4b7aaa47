import Datasets
public import Reporting
public import StudyDesign

extension Table {
    /// The strata with their parts of a sample.
    public static func allocation(_ allocation: StratumAllocation) -> Table {
        let strata = allocation.rows.map(\.stratum)
        let hasDeviations = strata.contains { $0.standardDeviation != nil },
            hasCosts = strata.contains { $0.cost != nil }
        func cells(_ row: StratumAllocation.Row) -> [Cell] {
            var cells: [Cell] = [.text(RichText(row.stratum.name)), .integer(row.stratum.size)]
            if hasDeviations { cells.append(.number(row.stratum.standardDeviation, .fixed(2))) }
            if hasCosts { cells.append(.number(row.stratum.cost, .fixed(2))) }
            return cells + [
                .number(row.share, .fixed(2)), .integer(row.n), .number(row.fraction, .percent(1)),
                .number(row.weight, .fixed(2)),
            ]
        }
        var columns = [Column("Stratum"), Column("\(emphasis: "N")")]
        if hasDeviations { columns.append(Column("\(emphasis: "SD")")) }
        if hasCosts { columns.append(Column("Cost")) }
        columns += [Column("Share"), Column("\(emphasis: "n")"), Column("Fraction"), Column("Weight")]
        var total: [Cell] = [.text("Total"), .integer(allocation.population)]
        if hasDeviations { total.append(.empty) }
        if hasCosts { total.append(.number(allocation.cost, .fixed(2)).marked("a")) }
        total += [
            .number(Double(allocation.n), .fixed(2)), .integer(allocation.n),
            .number(Double(allocation.n) / Double(allocation.population), .percent(1)), .empty,
        ]
        let words: RichText =
            switch allocation.rule {
            case .proportional: "Proportional to the size of the stratum."
            case .equal: "The same number in each stratum."
            case .neyman: "Neyman's (1934) allocation: proportional to size and standard deviation."
            case .optimal:
                "Optimal allocation: proportional to size and standard deviation, and inversely to the square root of the cost (Cochran, 1977)."
            }
        return Table(
            title: "Allocation of the Sample", columns: columns,
            rows: allocation.rows.map { Row(cells($0)) } + [Row(total, role: .total)],
            notes: Notes(
                general: [
                    words,
                    "Shares are rounded to whole numbers by largest remainders; at least \(allocation.minimum) in each stratum, and never more than it has. Weight = \(emphasis: "N")/\(emphasis: "n").",
                ],
                specific: hasCosts ? [Notes.Specific("a", "Cost of the whole sample.")] : []))
    }

    /// The precision that an allocation promises.
    public static func precision(_ precision: ExpectedPrecision, n: Int) -> Table {
        func row(_ name: RichText, _ value: Double?, _ format: NumberFormat) -> Row? {
            value.map { Row([.text(name), .number($0, format)]) }
        }
        let rows = [
            row("Standard error of the mean", precision.standardError, .fixed(3)),
            row("– proportional allocation", precision.proportionalStandardError, .fixed(3)),
            row("– Neyman's allocation", precision.neymanStandardError, .fixed(3)),
            row("– simple random sample", precision.simpleStandardError, .fixed(3)),
            row("Design effect", precision.designEffect, .fixed(3)),
            row("Effect of unequal weights", precision.weightingEffect, .fixed(3)),
            row("Effective sample size", precision.effectiveSize, .fixed(1)),
            row("Standard error of a proportion of one half", precision.proportionStandardError, .bounded(3)),
            row(
                "95% margin of error of a proportion", precision.proportionStandardError.map { 1.959963984540054 * $0 },
                .percent(1)),
        ]
        return Table(
            title: "Expected Precision", columns: [Column("Figure"), Column("Value")], rows: rows.compactMap { $0 },
            notes: Notes(general: [
                "Standard errors of a sample of \(n) with the correction for a finite population (Cochran, 1977, equations 5.7, 5.11, 5.27). Effect of unequal weights: 1 + cv² (Kish, 1965)."
            ]))
    }

    /// What each stage of a sample drew.
    public static func stages(_ draw: SampleDraw) -> Table {
        Table(
            title: "Sampling Plan",
            columns: [
                Column("Stage"), Column("Unit"), Column("Selection"), Column("Strata"), Column("Available"),
                Column("Drawn"), Column("Probability"),
            ],
            rows: draw.stages.enumerated().map { index, stage in
                let low = stage.groups.map(\.lowestProbability).min(),
                    high = stage.groups.map(\.highestProbability).max()
                let isEqual = (high ?? 0) - (low ?? 0) < 1e-12
                return Row([
                    .integer(index + 1), .text(RichText(stage.stage.unitName)), .text(stage.words),
                    .text(RichText(stage.stage.strata.isEmpty ? "–" : stage.stage.strata.joined(separator: " × "))),
                    .integer(stage.available), .integer(stage.drawn),
                    isEqual ? .number(low, .bounded(4)) : .interval(low, high, .bounded(4)),
                ])
            },
            notes: Notes(general: [
                "Available: in those units of the stage before that are in the sample. Probability: of being drawn at this stage; the smallest and the largest where they differ."
            ]))
    }

    /// The strata, or units of the stage before, from which a stage drew.
    public static func groups(_ stage: SampleDraw.Stage) -> Table {
        Table(
            title: "Sample by Stratum: \(stage.stage.unitName)",
            columns: [
                Column("Drawn from"), Column("Available"), Column("Drawn"), Column("Fraction"),
                Column("Taken for certain"),
            ],
            rows: stage.groups.map { group in
                Row([
                    .text(RichText(group.name.isEmpty ? "the frame" : group.name)), .integer(group.available),
                    .integer(group.drawn), .number(Double(group.drawn) / Double(max(group.available, 1)), .percent(1)),
                    .integer(group.certain),
                ])
            })
    }

    /// The precision of a sample at several intraclass correlations.
    public static func precision(_ draw: SampleDraw, correlations: [Double]) -> Table {
        Table(
            title: "Expected Precision",
            columns: [
                Column("ICC"), Column("Effect of weights"), Column("Effect of clusters"), Column("Design effect"),
                Column("Effective \(emphasis: "n")"), Column("Margin of error"),
            ],
            rows: correlations.map { correlation in
                Row([
                    .number(correlation, .bounded(2)), .number(draw.weightingEffect, .fixed(3)),
                    .number(draw.clusterEffect(correlation), .fixed(3)),
                    .number(draw.weightingEffect * draw.clusterEffect(correlation), .fixed(3)),
                    .number(draw.effectiveSize(correlation), .fixed(1)),
                    .number(1.959963984540054 * draw.proportionStandardError(correlation), .percent(1)),
                ])
            },
            notes: Notes(general: [
                "Effect of weights: 1 + cv² (Kish, 1965). Effect of clusters: 1 + (\(emphasis: "b") − 1)ρ with the number of units per cluster \(emphasis: "b") = Σ\(emphasis: "b")ᵢ²/Σ\(emphasis: "b")ᵢ (Kish, 1965) and the intraclass correlation ρ (ICC). Margin of error: of a proportion of one half at 95%. What strata gain is not counted."
            ]))
    }

    /// The units drawn.
    public static func sample(_ draw: SampleDraw, limit: Int) -> Table {
        let identifier = draw.frame.identifier
        let names = identifier.flatMap { draw.frame.dataset[$0]?.texts }
        let hasNumbers = draw.selected.contains { $0.number != nil }
        let hasStrata = draw.selected.contains { !$0.stratum.isEmpty }
        var columns = [Column(RichText(identifier ?? "Data row"))]
        if hasNumbers { columns.append(Column(RichText(draw.stages.last?.stage.unitName ?? "Number"))) }
        if hasStrata { columns.append(Column("Stratum")) }
        columns += [Column("Probability"), Column("Weight")]
        return Table(
            title: "The Sample", columns: columns,
            rows: draw.selected.prefix(limit).map { unit in
                var cells: [Cell] = [names.map { .text(RichText($0[unit.row] ?? "")) } ?? .integer(unit.row + 1)]
                if hasNumbers { cells.append(.integer(unit.number)) }
                if hasStrata { cells.append(.text(RichText(unit.stratum))) }
                return Row(cells + [.number(unit.probability, .bounded(4)), .number(unit.weight, .fixed(2))])
            },
            notes: Notes(
                general: draw.n > limit
                    ? ["The first \(limit) of \(draw.n) units; `--output` writes all of them."] : []))
    }
}

extension SampleDraw.Stage {
    /// How the stage drew, in words.
    var words: RichText {
        if stage.take == .all || groups.allSatisfy({ $0.drawn == $0.available }) { return "all" }
        return switch stage.selection {
        case .simple: "simple random"
        case .systematic: "systematic"
        case .proportionalToSize: "systematic, proportional to \(stage.measure ?? "size")"
        }
    }
}
