public import Psychometrics
public import Reporting

extension Table {
    /// The indices with their distributions, thresholds and the cases they flag.
    public static func carelessIndices(_ screening: CarelessScreening) -> Table {
        Table(
            title: "Screening for Careless Responding",
            columns: [
                Column("Index"), Column("\(emphasis: "n")"), Column("\(emphasis: "M")"), Column("\(emphasis: "SD")"),
                Column("Min"), Column("Max"), Column("Flagged if", alignment: .leading), Column("Flagged"), Column("%"),
                Column("Source of the threshold", alignment: .leading),
            ],
            rows: screening.results.map { result in
                let row = VariableDescriptives(variable: "", values: result.values.map { $0 ?? .nan })
                return Row([
                    .text(RichText(result.index.title)), .integer(row.n), .number(row.mean, .fixed(2)),
                    .number(row.standardDeviation, .fixed(2)), .number(row.minimum, .fixed(2)),
                    .number(row.maximum, .fixed(2)), .text(RichText(result.rule)), .integer(result.flagged.count),
                    .number(Double(result.flagged.count) / Double(screening.caseCount), .percent(1)),
                    .text(
                        RichText(
                            result.threshold == nil && result.source != "as given" ? "no threshold" : result.source)),
                ])
            },
            notes: Notes(general: [
                "\(screening.caseCount) cases, \(screening.items.count) items in the order of the questionnaire, as they were answered. A flag is a reason to look at a case, not to leave it out: no case was deleted."
            ]))
    }

    /// How many indices flag how many cases.
    public static func flagCounts(_ screening: CarelessScreening) -> Table {
        let most = screening.flagCounts.max() ?? 0
        return Table(
            title: "Cases by Number of Flags",
            columns: [Column("Flags"), Column("Cases"), Column("%"), Column("That many or more"), Column("%")],
            rows: (0...most).map { count in
                let own = screening.flagCounts.count { $0 == count }, above = screening.flagged(byAtLeast: count).count
                let total = Double(screening.caseCount)
                return Row([
                    .integer(count), .integer(own), .number(Double(own) / total, .percent(1)), .integer(above),
                    .number(Double(above) / total, .percent(1)),
                ])
            },
            notes: Notes(general: [
                "Flags are not independent of each other: who gives the same answer throughout has a long string, no variability and, often, a case much alike."
            ]))
    }

    /// The flagged cases, those with most flags first, and the indices that flag them.
    public static func flaggedCases(_ study: ScreeningStudy, limit: Int) -> Table? {
        let screening = study.screening
        let flagged = screening.flagged(byAtLeast: 1).sorted {
            (-screening.flagCounts[$0], $0) < (-screening.flagCounts[$1], $1)
        }
        guard !flagged.isEmpty else { return nil }
        return Table(
            title: "Flagged Cases",
            columns: [
                Column(RichText(study.identifier ?? "Data row")), Column("Flags"),
                Column("Flagged by", alignment: .leading),
            ],
            rows: flagged.prefix(limit).map { row in
                let reasons = screening.results.filter { $0.flagged.contains(row) }.map { result in
                    let value = NumberFormat.fixed(2).string(result.values[row])
                    return result.index == .duplicate
                        ? "\(result.index.title.lowercased()) (\(study.copies(of: row)))"
                        : result.index == .match
                            ? "\(result.index.title.lowercased()) \(value) (\(study.partner(of: row)))"
                            : "\(result.index.title) \(value)"
                }
                return Row([
                    .text(RichText(study.cases[row])), .integer(screening.flagCounts[row]),
                    .text(RichText(reasons.joined(separator: "; "))),
                ])
            },
            notes: Notes(
                general: flagged.count > limit ? ["The first \(limit) of \(flagged.count) flagged cases."] : []))
    }

    /// The scales with and without the flagged cases.
    public static func screeningSensitivity(_ screening: CarelessScreening) -> Table {
        func cells(_ figures: ScreeningSensitivity.Figures) -> [Cell] {
            [
                .integer(figures.n), .number(figures.mean, .fixed(2)), .number(figures.standardDeviation, .fixed(2)),
                .number(figures.alpha, .bounded(3)),
            ]
        }
        let heads = [
            Column("\(emphasis: "n")"), Column("\(emphasis: "M")"), Column("\(emphasis: "SD")"), Column("α"),
        ]
        return Table(
            title: "Scales With and Without the Flagged Cases",
            spanners: [
                [
                    Spanner("All cases", columns: 1..<5), Spanner("Without two or more flags", columns: 5..<9),
                    Spanner("Without any flag", columns: 9..<13),
                ]
            ], columns: [Column("Scale")] + heads + heads + heads,
            rows: screening.sensitivity.map { row in
                Row(
                    [.text(RichText(row.scale))] + cells(row.all) + cells(row.withoutFlaggedTwice)
                        + cells(row.withoutFlagged))
            }, notes: Notes(general: ["Cases with an answer to all items of the scale."]))
    }
}

extension CarelessScreening.Result {
    /// When the index flags a case, in words.
    var rule: String {
        guard let threshold else { return "–" }
        let number = NumberFormat.fixed(3).string(threshold)
        let text =
            number.hasSuffix("000")
            ? NumberFormat.fixed(0).string(threshold) : number.hasSuffix("0") ? String(number.dropLast()) : number
        if index == .mahalanobis { return "p < \(text)" }
        let sign = index.flagsLowValues ? "<" : index.includesThreshold ? "≥" : ">"
        return "\(sign) \(text)"
    }
}

extension ScreeningStudy {
    /// The cases that gave the same answers as this one.
    func copies(of row: Int) -> String {
        guard let group = screening.matches.duplicates.first(where: { $0.contains(row) }) else { return "" }
        let others = group.filter { $0 != row }
        return "as " + others.prefix(3).map { cases[$0] }.joined(separator: ", ") + (others.count > 3 ? ", …" : "")
    }

    /// The case with most answers in common.
    func partner(of row: Int) -> String { screening.matches.partners[row].map { "with \(cases[$0])" } ?? "" }
}
