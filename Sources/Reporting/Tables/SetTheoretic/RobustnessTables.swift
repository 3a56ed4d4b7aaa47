public import SetTheoreticAnalysis

extension Table {
    /// An initial solution against a test set: the fit-oriented and case-oriented measures of robustness (Oana & Schneider,
    /// 2024), with the test solutions.
    ///
    /// - Parameters:
    ///   - result: The comparison.
    ///   - modelCounts: For each test solution by name, the number of models that fit its truth table equally well.
    public static func robustness(_ result: TestSetRobustness, modelCounts: [String: Int] = [:]) -> Table {
        let format = NumberFormat.bounded(3)
        func measure(_ name: String, _ value: Double?, _ meaning: RichText) -> Row {
            Row([.text(RichText(name)), .number(value, format), .text(meaning)])
        }
        func fit(_ name: RichText, _ fit: SufficiencyFit) -> Row {
            let figures = "\(format.string(fit.inclusion)), \(format.string(fit.pri)), \(format.string(fit.coverage))"
            return Row([.text(name), .empty, .text(RichText(figures))])
        }
        var rows: [Row] = [
            .heading("Consistency, PRI, coverage"), fit("Initial solution (IS)", result.initialFit),
            fit("Robust core", result.coreFit), fit("minTS", result.minimumFit), fit("maxTS", result.maximumFit),
            .heading("Fit-oriented"), measure("RF_cov", result.coverageRatio, "coverage of the robust core / of IS"),
            measure("RF_cons", result.consistencyRatio, "consistency of IS / of the robust core"),
            measure("RF_SC_minTS", result.minimumCoincidence, "coincidence of IS and minTS"),
            measure("RF_SC_maxTS", result.maximumCoincidence, "coincidence of IS and maxTS"),
            .heading("Case-oriented"), measure("RCR_typ", result.typicalRatio, "robust among typical cases"),
            measure("RCR_dev", result.deviantRatio, "robust among deviant cases"),
            Row(["RCC_Rank", .integer(result.rank), .text(RichText(rankMeaning(result.rank)))]),
            .heading("Test solutions (coincidence with IS)"),
        ]
        rows += result.singleTests.map { test in
            let count = modelCounts[test.name] ?? 1
            let note = count > 1 ? " (one of \(count) models)" : ""
            return Row([
                .text(RichText(test.name)), .number(test.coincidence, format),
                .text(RichText(test.expression, style: .code) + RichText(note)),
            ])
        }
        var notes: [RichText] = [
            "minTS and maxTS: what all test solutions share and what any of them has; robust core: what IS shares with minTS (Oana & Schneider, 2024). Measures of 1 mean that the solution does not depend on the choices that were changed."
        ]
        notes.append("IS: \(RichText(result.initial, style: .code)).")
        return Table(
            title: result.singleTests.count == 1
                ? "Robustness of the solution against an alternative specification"
                : "Robustness of the solution against \(result.singleTests.count) alternative specifications",
            columns: [Column("Measure"), Column("Value"), Column("Meaning")], rows: rows, notes: Notes(general: notes))
    }

    /// The cases of robustness by region.
    ///
    /// - Parameters:
    ///   - result: The comparison.
    ///   - caseLimit: The most cases that a region names.
    public static func robustCases(_ result: TestSetRobustness, caseLimit: Int = 30) -> Table {
        let rows = zip(TestSetRobustness.Region.allCases, result.regions).map { region, positions in
            Row([
                .text(RichText(region.title)), .text(RichText(region.symbol)), .integer(positions.count),
                .text(RichText(CaseNames.list(positions, of: result.cases, limit: caseLimit))),
            ])
        }
        return Table(
            title: "Cases by robustness",
            columns: [Column("Cases"), Column("Region"), Column("\(emphasis: "n")"), Column("Names")], rows: rows,
            notes: Notes(
                general: result.ambiguous.isEmpty
                    ? []
                    : [
                        "At one half, in no region: \(CaseNames.list(result.ambiguous, of: result.cases, limit: caseLimit))."
                    ]))
    }

    private static func rankMeaning(_ rank: Int) -> String {
        switch rank {
        case 1: "no shaky and no possible cases"
        case 2: "possible, but no shaky cases"
        case 3: "shaky, but no possible cases"
        default: "shaky and possible cases"
        }
    }
}

extension TestSetRobustness.Region {
    /// The name in words.
    fileprivate var title: String {
        switch self {
        case .robustTypical: "Robust typical"
        case .robustDeviant: "Robust deviant"
        case .shakyTypical: "Shaky typical"
        case .shakyDeviant: "Shaky deviant"
        case .possibleTypical: "Possible typical"
        case .possibleDeviant: "Possible deviant"
        case .extremeDeviantCoverage: "Extreme deviant coverage"
        case .irrelevant: "Irrelevant"
        }
    }
}
