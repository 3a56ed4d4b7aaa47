public import SetTheoreticAnalysis

extension Table {
    /// How variables were turned into sets: method, anchors, the share of cases in the set, and cases at exactly one half.
    ///
    /// - Parameters:
    ///   - results: The calibrations.
    ///   - labels: The words for variables.
    public static func calibration(_ results: [CalibrationResult], labels: VariableLabels = .none) -> Table {
        // Anchors of one kind stand in columns of their own, as most studies have them.
        let names = results.first?.anchors.map(\.name) ?? []
        let isUniform = !names.isEmpty && results.allSatisfy { $0.anchors.map(\.name) == names }
        let hasHalf = results.contains { !$0.halfMemberships.isEmpty }
        let hasMissing = results.contains { !$0.missing.isEmpty }
        let isSkewed = results.map { result in
            result.notices.contains { if case .skewed = $0 { true } else { false } }
        }
        let rows = zip(results, isSkewed).map { result, isSkewed in
            var cells: [Cell] = [.text(labels.text(result.name)), .text(RichText(method(result.calibration)))]
            if isUniform {
                cells += result.anchors.map { .text(RichText(anchorText($0))) }
            } else {
                let list = result.anchors.map { "\($0.name) \(anchorText($0))" }
                cells.append(.text(RichText(list.isEmpty ? NumberFormat.notAvailable : list.joined(separator: ", "))))
            }
            let share = Cell.number(result.shareInSet, .percent(0))
            cells += [.integer(result.count), isSkewed ? share.marked("a") : share]
            if hasHalf { cells.append(.integer(result.halfMemberships.count)) }
            if hasMissing { cells.append(.integer(result.missing.count)) }
            return Row(cells)
        }
        let anchors = isUniform ? names.map { Column(heading($0), alignment: .center) } : [Column("Anchors")]
        return Table(
            title: "Calibration of the sets",
            spanners: isUniform && names.count > 1 ? [[Spanner("Anchors", columns: 2..<(2 + names.count))]] : [],
            columns: [Column("Set"), Column("Method")] + anchors + [Column("\(emphasis: "N")"), Column("> .5")]
                + (hasHalf ? [Column("= .5")] : []) + (hasMissing ? [Column("Missing")] : []),
            rows: rows,
            notes: Notes(
                general: calibrationNotes(results, labels: labels),
                specific: isSkewed.contains(true)
                    ? [
                        Notes.Specific(
                            "a",
                            "Skewed: most cases are on one side, which makes consistency easy to reach and lets one configuration look sufficient for the outcome and for its negation."
                        )
                    ] : []))
    }

    private static func calibrationNotes(_ results: [CalibrationResult], labels: VariableLabels) -> [RichText] {
        var notes: [RichText] = ["> .5: share of cases that are more in the set than out."]
        for result in results {
            let name = labels.text(result.name)
            if !result.halfMemberships.isEmpty {
                let half = result.halfMemberships
                let limit = result.cases.count > 100 ? 5 : 20
                notes.append(
                    "\(name) is exactly .5 for \(CaseNames.list(Array(half.indices), of: half, limit: limit)).")
            }
            for notice in result.notices {
                switch notice {
                // These stand in the table.
                case .halfMemberships, .missing, .skewed: continue
                default: notes.append("\(name): \(RichText(sentence: notice.description))")
                }
            }
        }
        return notes
    }

    private static func anchorText(_ anchor: CalibrationResult.ResolvedAnchor) -> String {
        let percentile = anchor.percentile.map { " (P\(CalibrationPlot.text($0)))" } ?? ""
        return CalibrationPlot.text(anchor.value) + percentile
    }

    private static func heading(_ name: String) -> RichText {
        RichText(name.prefix(1).uppercased() + name.dropFirst())
    }

    /// The method with its convention, in a few words.
    static func method(_ calibration: Calibration) -> String {
        switch calibration.method {
        case .direct(_, .logOdds3): "direct, log odds ±3"
        case .direct(_, .degree(let degree)): "direct, degree \(NumberFormat.bounded(2).string(degree))"
        case .power(_, .linear): "linear"
        case .power(_, .quadratic): "quadratic (Clarke-type)"
        case .power: "power functions"
        case .bell(_, _, .linear): "bell, linear"
        case .bell(_, _, .quadratic): "bell, quadratic"
        case .bell: "bell, power functions"
        case .cumulative: "empirical distribution"
        case .cuts(let cuts): cuts.count == 1 ? "crisp" : "levels"
        case .indirect: "indirect"
        case .totallyFuzzyRelative: "totally fuzzy and relative"
        }
    }
}
