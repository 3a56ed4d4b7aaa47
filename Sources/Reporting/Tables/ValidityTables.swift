import Probability
import Psychometrics
public import StructuralModels

extension Table {
    /// Loadings, composite reliability and average variance extracted of constructs, as AMOS users report them.
    public static func convergentValidity(
        _ constructs: [ConstructValidity], labels: VariableLabels = .none, title: RichText = "Convergent Validity",
        note: RichText? = nil
    ) -> Table {
        var rows: [Row] = []
        // Second-order constructs come first, as in printed tables.
        for construct in constructs.filter(\.isSecondOrder) + constructs.filter({ !$0.isSecondOrder }) {
            for (index, loading) in construct.loadings.enumerated() {
                let isFirst = index == 0
                rows.append(
                    Row([
                        .text(RichText(loading.indicator)), "←", .text(RichText(construct.construct)),
                        .number(loading.raw.estimate, .fixed(3)),
                        loading.isMarker ? "" : .number(loading.raw.standardError, .fixed(3)),
                        loading.isMarker ? "" : .number(loading.raw.z, .fixed(3)),
                        loading.isMarker ? "" : .probability(loading.raw.pValue),
                        .number(loading.standardized?.estimate, .bounded(3)),
                        isFirst ? .number(construct.compositeReliability, .bounded(3)) : .continued,
                        isFirst ? .number(construct.averageVarianceExtracted, .bounded(3)) : .continued,
                    ]))
            }
        }
        var general: [RichText] = [
            "C.R. = critical ratio (estimate over standard error). CR = composite reliability, (Σλ)²/((Σλ)² + Σ(1 − λ²)), and AVE = average variance extracted, the mean of λ², from standardised loadings λ (Fornell & Larcker, 1981). Loadings without standard error are fixed at 1. Maximum likelihood."
        ]
        func below(_ limit: Double, _ figure: (ConstructValidity) -> Double?) -> [String] {
            constructs.filter { figure($0).map { $0 < limit } ?? false }.map(\.construct)
        }
        let weak = below(0.7, \.compositeReliability), thin = below(0.5, \.averageVarianceExtracted)
        if weak.isEmpty, thin.isEmpty {
            general.append("CR is at least .70 and AVE at least .50 throughout (Hair et al., 2019).")
        }
        if !weak.isEmpty { general.append("CR is below .70 for \(weak.joined(separator: ", ")).") }
        if !thin.isEmpty { general.append("AVE is below .50 for \(thin.joined(separator: ", ")).") }
        if let note { general.append(note) }
        return Table(
            title: title,
            columns: [
                Column("Indicator"), Column("", alignment: .center), Column("Construct"), Column("Estimate"),
                Column("S.E."), Column("C.R."), Column("\(emphasis: "p")"), Column("Std."), Column("CR"), Column("AVE"),
            ], rows: rows, notes: Notes(general: general))
    }

    /// Correlations of constructs with the roots of their AVE on the diagonal.
    public static func fornellLarcker(
        _ validity: DiscriminantValidity, labels: VariableLabels = .none,
        title: RichText = "Discriminant Validity: Fornell–Larcker Criterion"
    ) -> Table {
        var columns = [Column("Construct")] + validity.constructs.map { Column(RichText($0)) }
        columns += [Column("MSV"), Column("ASV")]
        let rows = validity.constructs.enumerated().map { i, name in
            var cells: [Cell] = [.text(labels.full(name))]
            for j in validity.constructs.indices {
                if j < i {
                    cells.append(.number(validity.correlations[i][j], .bounded(3)))
                } else if j == i {
                    cells.append(Cell.number(validity.rootAVE[i], .bounded(3)).strong)
                } else {
                    cells.append(.empty)
                }
            }
            cells.append(.number(validity.maximumSharedVariance[i], .bounded(3)))
            cells.append(.number(validity.averageSharedVariance[i], .bounded(3)))
            return Row(cells)
        }
        let violations = validity.violations
        let verdict: RichText =
            violations.isEmpty
            ? "The criterion holds for every pair."
            : "The criterion fails for \(violations.map { "\($0.first) and \($0.second)" }.joined(separator: ", "))."
        return Table(
            title: title, columns: columns, rows: rows,
            notes: Notes(general: [
                "Diagonal: √AVE; below: correlations of the latent variables. MSV, ASV = maximum and average shared variance. Discriminant validity asks that √AVE exceed every correlation of the construct (Fornell & Larcker, 1981).",
                verdict,
            ]))
    }

    /// Heterotrait–monotrait ratios below the diagonal, with their intervals.
    public static func heterotraitMonotrait(
        _ table: HeterotraitMonotraitTable, labels: VariableLabels = .none, draws: Int, note: RichText? = nil
    ) -> Table {
        let names = table.constructs
        let rows = names.enumerated().map { i, name in
            Row(
                [.text(labels.full(name))]
                    + names.indices.dropLast().map { j -> Cell in
                        guard j < i else { return j == i ? "–" : .empty }
                        let pair = table.pairs.first { $0.first == names[j] && $0.second == name }
                        let format = NumberFormat.bounded(3)
                        guard let ratio = pair?.ratio else { return .number(nil, format) }
                        guard let lower = pair?.lower, let upper = pair?.upper else { return .number(ratio, format) }
                        return .text(
                            "\(format.string(ratio)) [\(format.string(lower)), \(format.string(upper))]")
                    })
        }
        var general: [RichText] = [
            "Ratios below .85 speak for discriminant validity, below .90 for constructs that are alike in content (Henseler et al., 2015)."
        ]
        if draws > 0 { general.append("In brackets: 90% percentile bootstrap intervals (\(draws) draws).") }
        if let note { general.append(note) }
        return Table(
            title: "Discriminant Validity: Heterotrait–Monotrait Ratios",
            columns: [Column("Construct")] + names.dropLast().map { Column(RichText($0)) }, rows: rows,
            notes: Notes(general: general))
    }

    /// The correlations of constructs with a marker variable's taken out.
    public static func marker(_ marker: MethodBias.Marker, labels: VariableLabels = .none) -> Table {
        func name(_ variable: String) -> Cell { .text(RichText(labels[variable] ?? variable)) }
        return Table(
            title: "Correlations Adjusted for the Marker Variable",
            columns: [
                Column("Construct"), Column("Construct"), Column("\(emphasis: "r")"),
                Column("Adjusted"), Column("\(emphasis: "p")"),
            ],
            rows: marker.correlations.map { row in
                Row([
                    name(row.first), name(row.second), .number(row.r, .bounded(3)), .number(row.adjusted, .bounded(3)),
                    .probability(row.pValue),
                ])
            },
            notes: Notes(
                general: [
                    "Marker: \(labels[marker.variable] ?? marker.variable), smallest absolute correlation with a construct \(marker.correlation, .bounded(3)). Adjusted = (\(emphasis: "r") − \(emphasis: "r")\(sub: "M"))/(1 − \(emphasis: "r")\(sub: "M")) (Lindell & Whitney, 2001), tested with \(emphasis: "N") − 3 degrees of freedom."
                ]))
    }

    /// The battery of checks for common method bias.
    public static func methodBias(_ analysis: MethodBias) -> Table {
        var rows: [Row] = [
            Row([
                "Harman: first principal component", .number(analysis.harman.componentShare, .percent(1)), "", "", "",
                "",
                "", "", .text(analysis.harman.componentShare < 0.5 ? "below 50%" : "50% or more"),
            ])
        ]
        func row(_ name: RichText, _ fit: FitMeasures, _ comparison: ModelComparison?, _ reading: RichText) -> Row {
            Row([
                .text(name), "", .number(fit["chisq"], .fixed(2)), .number(fit["df"], .integer),
                .number(fit["cfi"], .bounded(3)), .number(fit["rmsea"], .bounded(3)),
                .number(comparison?.test.chiSquare, .fixed(2)), .probability(comparison?.pValue), .text(reading),
            ])
        }
        rows.append(row("Measurement model", analysis.measurement.fitMeasures(), nil, ""))
        rows[rows.count - 1].cells[6] = .empty
        rows[rows.count - 1].cells[7] = .empty
        for check in analysis.checks {
            let name = RichText(check.kind.title)
            switch check.fit {
            case .success(let fit):
                var reading = RichText()
                if let share = check.methodVariance {
                    reading = "method variance \(share, .percent(1))"
                    if let largest = check.loadings.map({ abs($0.difference) }).max() {
                        reading.append("; largest change of a loading \(NumberFormat.bounded(2).string(largest))")
                    }
                } else if check.kind == .singleFactor {
                    let worse = check.comparison?.pValue.map { $0 < 0.05 } ?? false
                    reading = worse ? "fits worse than the measurement model" : "does not fit worse"
                }
                rows.append(row(name, fit.fitMeasures(), check.comparison, reading))
            case .failure: rows.append(Row([.text(name), "", "", "", "", "", "", "", "could not be estimated"]))
            }
        }
        return Table(
            title: "Common Method Bias",
            columns: [
                Column("Check"), Column("Share"), Column("χ²"), Column("\(emphasis: "df")"), Column("CFI"),
                Column("RMSEA"), Column("Δχ²"), Column("\(emphasis: "p")"), Column("Reading"),
            ], rows: rows,
            notes: Notes(general: [
                "Harman's single-factor test (Podsakoff & Organ, 1986) is weak; the models follow Podsakoff et al. (2003). Δχ² is against the measurement model. Method variance is the mean squared standardised loading on the method factor."
            ]))
    }
}

extension MethodBias.Check.Kind {
    /// The name that tables and warnings give the check.
    public var title: String {
        switch self {
        case .singleFactor: "Single factor"
        case .commonLatentFactor: "Common latent factor, equal loadings"
        case .unmeasuredLatentMethodConstruct: "Unmeasured latent method construct"
        }
    }
}
