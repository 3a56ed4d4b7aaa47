import Probability
public import Psychometrics

extension Table {
    /// Number, centre, spread and shape of variables.
    ///
    /// - Parameters:
    ///   - variables: The variables.
    ///   - varianceInflation: Their variance inflation factors, when they were computed.
    ///   - labels: The words for variables; a variable without stands by its name.
    ///   - title: The caption.
    public static func descriptives(
        _ variables: [VariableDescriptives], varianceInflation: [Double?] = [], labels: VariableLabels = .none,
        title: RichText = "Descriptive Statistics"
    ) -> Table {
        let hasInflation = varianceInflation.contains { $0 != nil }
        let hasMissing = variables.contains { $0.missing > 0 }
        var columns: [Column] = [Column("Variable"), Column("\(emphasis: "n")")]
        if hasMissing { columns.append(Column("Missing")) }
        columns += [
            Column("\(emphasis: "M")"), Column("\(emphasis: "SD")"), Column("Min"), Column("Max"), Column("Skew"),
            Column("Kurtosis"),
        ]
        if hasInflation { columns.append(Column("VIF")) }
        let rows = variables.enumerated().map { index, variable in
            var cells: [Cell] = [.text(labels.text(variable.variable)), .integer(variable.n)]
            if hasMissing { cells.append(.integer(variable.missing)) }
            cells += [
                .number(variable.mean, .fixed(2)), .number(variable.standardDeviation, .fixed(2)),
                .number(variable.minimum, .fixed(2)), .number(variable.maximum, .fixed(2)),
                .number(variable.skewness, .fixed(2)), .number(variable.kurtosis, .fixed(2)),
            ]
            if hasInflation {
                cells.append(
                    .number(varianceInflation.indices.contains(index) ? varianceInflation[index] : nil, .fixed(2)))
            }
            return Row(cells)
        }
        var note: RichText =
            "Skew and kurtosis are the sample-adjusted ones (G\(sub: "1"), G\(sub: "2")) of SPSS and SAS."
        if hasInflation { note.append(" VIF = variance inflation factor of the variable given all others.") }
        return Table(title: title, columns: columns, rows: rows, notes: Notes(general: [note]))
    }

    /// Correlations below the diagonal with stars, means and standard deviations beside them.
    ///
    /// - Parameters:
    ///   - table: The correlations.
    ///   - variables: The distributions of the same variables.
    ///   - diagonal: What stands on the diagonal, for example alphas; nil for a dash.
    ///   - labels: The words for variables.
    ///   - title: The caption.
    ///   - note: What the note says besides the number of cases.
    public static func correlations(
        _ table: CorrelationTable, variables: [VariableDescriptives] = [], diagonal: [Double?]? = nil,
        labels: VariableLabels = .none, title: RichText = "Means, Standard Deviations, and Correlations",
        note: RichText? = nil
    ) -> Table {
        let hasMoments = !variables.isEmpty
        var columns = [Column("Variable")]
        if hasMoments { columns += [Column("\(emphasis: "M")"), Column("\(emphasis: "SD")")] }
        let p = table.variables.count
        // Without a diagonal to show, the last column would be empty.
        let last = diagonal == nil ? max(p - 1, 0) : p
        for j in 0..<last { columns.append(Column("\(j + 1)")) }
        let rows = (0..<p).map { i in
            var cells: [Cell] = [.text("\(i + 1). \(labels.text(table.variables[i]))")]
            if hasMoments {
                let own = variables.first { $0.variable == table.variables[i] }
                cells += [.number(own?.mean, .fixed(2)), .number(own?.standardDeviation, .fixed(2))]
            }
            for j in 0..<last {
                if j < i {
                    cells.append(.estimate(table.correlations[i][j], .bounded(2), p: table.pValues[i][j]))
                } else if j == i, let diagonal {
                    cells.append(Cell.number(diagonal[i], .bounded(2)).strong)
                } else {
                    cells.append(j == i ? "–" : .empty)
                }
            }
            return Row(cells)
        }
        let counts = table.counts.flatMap { $0 }
        var general: [RichText] = []
        if let low = counts.min(), let high = counts.max() {
            general.append(
                low == high
                    ? "\(emphasis: "N") = \(low). Pearson correlations."
                    : "Pearson correlations with \(emphasis: "n") from \(low) to \(high) (pairwise deletion).")
        }
        if let note { general.append(note) }
        return Table(
            title: title, columns: columns, rows: rows,
            notes: Notes(general: general, probability: SignificanceStars.standard.note))
    }

    /// Mardia's test of multivariate normality.
    public static func mardia(_ test: MardiaTest) -> Table {
        Table(
            title: "Multivariate Normality",
            columns: [
                Column("Measure"), Column("Estimate"), Column("Statistic"), Column("\(emphasis: "df")"),
                Column("\(emphasis: "p")"),
            ],
            rows: [
                Row([
                    "Skewness", .number(test.skewness, .fixed(2)), .number(test.skewnessStatistic, .fixed(2)),
                    .integer(test.skewnessDegreesOfFreedom), .probability(test.skewnessPValue),
                ]),
                Row([
                    "Kurtosis", .number(test.kurtosis, .fixed(2)), .number(test.kurtosisStatistic, .fixed(2)), "",
                    .probability(test.kurtosisPValue),
                ]),
            ],
            notes: Notes(general: [
                "Mardia (1970); \(emphasis: "N") = \(test.n). The statistic of skewness is χ² with the degrees of freedom given, that of kurtosis standard normal."
            ]))
    }

    /// Intraclass correlations by group.
    public static func intraclassCorrelations(
        _ rows: [IntraclassCorrelation], group: String, labels: VariableLabels = .none
    ) -> Table {
        Table(
            title: "Intraclass Correlations by \(labels.text(group))",
            columns: [
                Column("Variable"), Column("Groups"), Column("ICC(1)"), Column("ICC(2)"), Column("\(emphasis: "F")"),
                Column("\(emphasis: "p")"),
            ],
            rows: rows.map {
                Row([
                    .text(labels.text($0.variable)), .integer($0.groups), .number($0.icc1, .bounded(3)),
                    .number($0.icc2, .bounded(3)), .number($0.f, .fixed(2)), .probability($0.pValue),
                ])
            },
            notes: Notes(general: [
                "One-way analysis of variance (Shrout & Fleiss, 1979; Bliese, 2000) with the mean group size."
            ]))
    }
}

/// The words that a report prints for variables.
public struct VariableLabels: Sendable, Equatable {
    private var words: [String: String]

    /// Makes a set of labels by variable name.
    public init(_ words: [String: String]) { self.words = words }

    /// No labels: every variable stands by its name.
    public static let none = VariableLabels([:])

    /// The label of a variable, or nil.
    public subscript(name: String) -> String? { words[name] }

    /// The label of a variable, or its name where it has none.
    public func text(_ name: String) -> RichText { RichText(words[name] ?? name) }

    /// The labels with fewer characters than a limit; variables with longer ones stand by their names.
    public func shorter(than limit: Int) -> VariableLabels { VariableLabels(words.filter { $0.value.count < limit }) }

    /// The label with the name behind it in parentheses, where they differ.
    public func full(_ name: String) -> RichText {
        guard let label = words[name], label != name else { return RichText(name) }
        // One pair of parentheses: "Stress (standardised; S.z)".
        if label.hasSuffix(")"), label.contains(" (") { return "\(String(label.dropLast())); \(name))" }
        return "\(label) (\(name))"
    }
}
