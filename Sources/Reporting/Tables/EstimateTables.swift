import Probability
public import StructuralModels

extension Table {
    /// The kinds of parameters, in the order of a printed result.
    public enum ParameterKind: String, Sendable, CaseIterable {
        case loadings = "=~"
        case regressions = "~"
        case covariances = "~~"
        case intercepts = "~1"
        case variances = "~~ "
        case definitions = ":="

        /// The heading.
        public var title: RichText {
            switch self {
            case .loadings: "Factor Loadings"
            case .regressions: "Regressions"
            case .covariances: "Covariances"
            case .intercepts: "Intercepts and Means"
            case .variances: "Variances and Residual Variances"
            case .definitions: "Defined Parameters"
            }
        }

        func holds(_ row: ParameterEstimate) -> Bool {
            switch self {
            case .covariances: row.op == "~~" && row.lhs != row.rhs
            case .variances: row.op == "~~" && row.lhs == row.rhs
            default: row.op == rawValue
            }
        }
    }

    /// The estimates of one kind; nil when the model has none.
    public static func estimates(
        _ rows: [ParameterEstimate], kind: ParameterKind, labels: VariableLabels = .none, note: RichText? = nil
    ) -> Table? {
        let own = rows.filter(kind.holds)
        guard !own.isEmpty else { return nil }
        var body: [Row] = []
        for row in own {
            let name: RichText
            switch kind {
            case .loadings, .regressions:
                // The left side heads the rows below it.
                if body.isEmpty || body.last(where: { $0.role == .heading })?.cells.first != .text(labels.text(row.lhs))
                {
                    body.append(.heading(labels.text(row.lhs)))
                }
                name = labels.text(row.rhs)
            case .covariances: name = labels.text(row.lhs) + " with " + labels.text(row.rhs)
            case .intercepts, .variances: name = labels.text(row.lhs)
            case .definitions: name = "\(row.lhs) = \(row.rhs)"
            }
            body.append(
                Row(
                    [
                        .text(name), .number(row.raw.estimate, .fixed(3)),
                        row.isEstimated ? .number(row.raw.standardError, .fixed(3)) : "",
                        row.isEstimated ? .number(row.raw.z, .fixed(2)) : "",
                        row.isEstimated ? .probability(row.raw.pValue) : "",
                        row.isEstimated ? .interval(row.raw.lower, row.raw.upper, .fixed(3)) : "",
                        .estimate(row.stdAll?.estimate, .bounded(3), p: row.isEstimated ? row.raw.pValue : nil),
                    ], indentation: kind == .loadings || kind == .regressions ? 1 : 0))
        }
        var notes = Notes(probability: SignificanceStars.standard.note)
        if own.contains(where: { !$0.isEstimated }) {
            notes.general.append("Estimates without standard error are fixed.")
        }
        if let note { notes.general.append(note) }
        return Table(
            title: kind.title,
            columns: [
                Column("Parameter"), Column("Estimate"), Column("\(emphasis: "SE")"), Column("\(emphasis: "z")"),
                Column("\(emphasis: "p")"), Column("95% CI"), Column("Std."),
            ], rows: body, notes: notes)
    }

    /// The share of variance explained in each dependent variable.
    public static func rSquared(_ values: [RSquared], labels: VariableLabels = .none) -> Table {
        Table(
            title: "Explained Variance",
            columns: [Column("Variable"), Column("\(emphasis: "R")\(super: "2")")],
            rows: values.map { Row([.text(labels.text($0.variable)), .number($0.value, .bounded(3))]) })
    }

    /// The largest modification indices.
    public static func modificationIndices(
        _ rows: [ModificationIndex], limit: Int = 20, labels: VariableLabels = .none
    ) -> Table {
        // The order of equal indices is that of the model.
        let largest = rows.enumerated().sorted { ($1.element.index, $0.offset) < ($0.element.index, $1.offset) }.prefix(
            limit)
        return Table(
            title: "Modification Indices",
            columns: [
                Column("Parameter"), Column("MI"), Column("\(emphasis: "p")"), Column("EPC"), Column("EPC std."),
            ],
            rows: largest.map { _, row in
                Row([
                    .text("\(code: "\(row.lhs) \(row.op) \(row.rhs)")"), .number(row.index, .fixed(2)),
                    .probability(row.pValue), .number(row.expectedChange, .fixed(3)),
                    .number(row.expectedChangeAll, .fixed(3)),
                ])
            },
            notes: Notes(general: [
                "MI = expected fall of χ² were the parameter free (Sörbom, 1989); EPC = its expected value. The \(largest.count) largest of \(rows.count). Free a parameter only with a reason from theory."
            ]))
    }
}

extension Table {
    /// What a bootstrap says of loadings, regressions, covariances and defined parameters; nil when it says nothing of them.
    ///
    /// - Parameters:
    ///   - estimates: The model's estimates.
    ///   - bootstrap: What the bootstrap says of each of them.
    ///   - intervalName: The kind of interval and the number of draws, for the note.
    ///   - title: The caption.
    public static func bootstrap(
        _ estimates: [ParameterEstimate], _ bootstrap: [BootstrapResult.RowSummary], intervalName: String,
        title: RichText = "Bootstrap Intervals of the Parameters"
    ) -> Table? {
        let rows = zip(estimates, bootstrap).filter { row, draws in
            draws.raw != nil && row.isEstimated && !(row.op == "~~" && row.lhs == row.rhs) && row.op != "~1"
        }
        guard !rows.isEmpty else { return nil }
        return Table(
            title: title,
            columns: [
                Column("Parameter"), Column("Estimate"), Column("Bias"), Column("\(emphasis: "SE")"), Column("95% CI"),
                Column("\(emphasis: "p")"), Column("Std."), Column("95% CI (std.)"),
            ],
            rows: rows.map { row, draws in
                Row([
                    .text("\(code: "\(row.lhs) \(row.op) \(row.rhs)")"), .number(row.raw.estimate, .fixed(3)),
                    .number(draws.raw?.bias, .fixed(3)), .number(draws.raw?.standardError, .fixed(3)),
                    .interval(draws.raw?.lower, draws.raw?.upper, .fixed(3)), .probability(draws.raw?.pValue),
                    .number(row.stdAll?.estimate, .bounded(3)),
                    .interval(draws.stdAll?.lower, draws.stdAll?.upper, .bounded(3)),
                ])
            },
            notes: Notes(general: [
                "Standard errors, intervals and probabilities are those of the bootstrap (\(intervalName)); the probability is the smallest α whose interval excludes zero."
            ]))
    }

    /// Indirect and total effects with their intervals.
    ///
    /// - Parameters:
    ///   - effects: The effects; direct ones are shown beside indirect ones of the same pair.
    ///   - bootstrap: What a bootstrap says of each of them.
    ///   - intervalName: The kind of interval and the number of draws, for the note.
    ///   - labels: The words for variables.
    ///   - title: The caption.
    public static func effects(
        _ effects: [Effect], bootstrap: [BootstrapResult.RowSummary]? = nil, intervalName: String? = nil,
        labels: VariableLabels = .none, title: RichText = "Direct, Indirect, and Total Effects"
    ) -> Table {
        var pairs: [[Int]] = []
        for index in effects.indices {
            let own = pairs.firstIndex { group in
                effects[group[0]].cause == effects[index].cause && effects[group[0]].outcome == effects[index].outcome
            }
            if let own { pairs[own].append(index) } else { pairs.append([index]) }
        }
        var rows: [Row] = []
        for group in pairs {
            let isIndirect = group.contains { effects[$0].kind == .specificIndirect } || group.count > 2
            // A pair with a direct effect alone is in the table of paths already, without what the bootstrap says of it.
            guard isIndirect || bootstrap != nil else { continue }
            let shown = isIndirect ? group : group.filter { effects[$0].kind == .direct }
            let first = effects[group[0]]
            rows.append(.heading(labels.text(first.cause) + " → " + labels.text(first.outcome)))
            for index in shown {
                let effect = effects[index]
                let name: RichText
                switch effect.kind {
                case .direct: name = "Direct"
                case .specificIndirect: name = RichText(effect.text)
                case .totalIndirect: name = "Total indirect"
                case .total: name = "Total"
                }
                let draws = bootstrap.flatMap { $0.indices.contains(index) ? $0[index] : nil }
                let hasDraws = bootstrap != nil
                rows.append(
                    Row(
                        [
                            .text(name), .number(effect.raw.estimate, .fixed(3)),
                            .number(hasDraws ? draws?.raw?.standardError : effect.raw.standardError, .fixed(3)),
                            hasDraws
                                ? .interval(draws?.raw?.lower, draws?.raw?.upper, .fixed(3))
                                : .interval(effect.raw.lower, effect.raw.upper, .fixed(3)),
                            .probability(hasDraws ? draws?.raw?.pValue : effect.raw.pValue),
                            .number(effect.stdAll?.estimate, .bounded(3)),
                            hasDraws
                                ? .interval(draws?.stdAll?.lower, draws?.stdAll?.upper, .bounded(3))
                                : .interval(effect.stdAll?.lower, effect.stdAll?.upper, .bounded(3)),
                        ], indentation: 1))
            }
        }
        let note: RichText =
            bootstrap == nil
            ? "Standard errors by the delta method (Sobel, 1982)."
            : "Standard errors, intervals and probabilities are those of the bootstrap (\(intervalName ?? "")); the probability is the smallest α whose interval excludes zero."
        return Table(
            title: title,
            columns: [
                Column("Effect"), Column("Estimate"), Column("\(emphasis: "SE")"), Column("95% CI"),
                Column("\(emphasis: "p")"), Column("Std."), Column("95% CI (std.)"),
            ], rows: rows, notes: Notes(general: [note]))
    }
}
