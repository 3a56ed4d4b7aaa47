public import SetTheoreticAnalysis

extension Table {
    /// The analysis of necessity: consistency, relevance and coverage of conditions, for the outcome and its negation.
    ///
    /// - Parameters:
    ///   - outcome: The figures for the outcome.
    ///   - negation: The figures of the same conditions for the negated outcome.
    ///   - labels: The words for conditions and the outcome.
    ///   - title: The title; made from the outcome when nil.
    public static func necessity(
        _ outcome: NecessityTable, negation: NecessityTable? = nil, labels: VariableLabels = .none,
        title: RichText? = nil
    ) -> Table {
        let tables = [outcome] + (negation.map { [$0] } ?? [])
        let format = NumberFormat.bounded(3)
        func cells(_ row: NecessityTable.Row?) -> [Cell] {
            guard let row else { return [.empty, .empty, .empty] }
            let inclusion = Cell.number(row.fit.inclusion, format), relevance = Cell.number(row.fit.relevance, format)
            return [
                row.isNecessary ? inclusion.strong : inclusion, row.isTrivial ? relevance.marked("a") : relevance,
                .number(row.fit.coverage, format),
            ]
        }
        let others = Dictionary(
            negation?.rows.map { ($0.expression, $0) } ?? [], uniquingKeysWith: { first, _ in first })
        let body = outcome.rows.map { row in
            Row(
                [.text(literalTitle(row, in: outcome, labels: labels))] + cells(row)
                    + (negation == nil ? [] : cells(others[row.expression])))
        }
        let names = tables.map { OutcomeSolution.title($0.outcome.description, labels) }
        let rows = tables.flatMap(\.rows)
        var general: [RichText] = [
            "Consistency: Σ min(\(emphasis: "x"), \(emphasis: "y")) / Σ \(emphasis: "y"); coverage: Σ min(\(emphasis: "x"), \(emphasis: "y")) / Σ \(emphasis: "x"); RoN: relevance of necessity (Schneider & Wagemann, 2012)."
        ]
        general.append(
            rows.contains(where: \.isNecessary)
                ? "In bold: consistency of at least \(outcome.cuts.inclusion, .bounded(2))."
                : "No condition reaches a consistency of \(outcome.cuts.inclusion, .bounded(2)).")
        return Table(
            title: title ?? "Necessary conditions for \(names[0])",
            spanners: negation == nil
                ? [] : [names.enumerated().map { Spanner($1, columns: 1 + 3 * $0..<4 + 3 * $0) }],
            columns: [Column("Condition")]
                + tables.flatMap { _ in [Column("Consistency"), Column("RoN"), Column("Coverage")] },
            rows: body,
            notes: Notes(
                general: general,
                specific: rows.contains(where: \.isTrivial)
                    ? [
                        Notes.Specific(
                            "a",
                            "Relevance below \(outcome.cuts.relevance, .bounded(2)): nearly every case has the condition, so that it is necessary in a trivial way."
                        )
                    ] : []))
    }

    /// The expressions that contain the outcome: necessary conjunctions and disjunctions.
    ///
    /// - Parameters:
    ///   - search: What was found.
    ///   - labels: The words for the outcome.
    ///   - rowLimit: The most expressions that are shown.
    public static func supersets(
        _ search: SupersetSearch, labels: VariableLabels = .none, rowLimit: Int = 100
    ) -> Table {
        let format = NumberFormat.bounded(3), options = search.options
        var cuts = [("consistency", options.inclusionCut)]
        if options.relevanceCut > 0 { cuts.append(("relevance", options.relevanceCut)) }
        if options.coverageCut > 0 { cuts.append(("coverage", options.coverageCut)) }
        return Table(
            title: "Supersets of \(OutcomeSolution.title(search.outcome.description, labels))",
            columns: [Column("Expression"), Column("Consistency"), Column("RoN"), Column("Coverage")],
            rows: search.rows.prefix(max(1, rowLimit)).map { row in
                Row([
                    .text(RichText(row.expression, style: .code)), .number(row.fit.inclusion, format),
                    .number(row.fit.relevance, format), .number(row.fit.coverage, format),
                ])
            },
            notes: Notes(
                general: [
                    "Necessary conjunctions, and disjunctions without a necessary part. RoN: relevance of necessity. An expression found by search needs a reason why it is necessary."
                ] + searchNotes(search.rows.count, rowLimit, cuts: cuts, depth: options.depth, end: search.end)))
    }

    /// The conjunctions that lie in the outcome: sufficient by themselves, and no part of them is.
    ///
    /// - Parameters:
    ///   - search: What was found.
    ///   - labels: The words for the outcome.
    ///   - rowLimit: The most expressions that are shown.
    public static func subsets(_ search: SubsetSearch, labels: VariableLabels = .none, rowLimit: Int = 100) -> Table {
        let format = NumberFormat.bounded(3), options = search.options
        var cuts = [("consistency", options.inclusionCut)]
        if options.priCut > 0 { cuts.append(("PRI", options.priCut)) }
        if options.coverageCut > 0 { cuts.append(("coverage", options.coverageCut)) }
        return Table(
            title: "Subsets of \(OutcomeSolution.title(search.outcome.description, labels))",
            columns: [Column("Expression"), Column("Consistency"), Column("PRI"), Column("Coverage")],
            rows: search.rows.prefix(max(1, rowLimit)).map { row in
                Row([
                    .text(RichText(row.expression, style: .code)), .number(row.fit.inclusion, format),
                    .number(row.fit.pri, format), .number(row.fit.coverage, format),
                ])
            },
            notes: Notes(
                general: [
                    "Sufficient conjunctions without a sufficient part. PRI: proportional reduction in inconsistency."
                ] + searchNotes(search.rows.count, rowLimit, cuts: cuts, depth: options.depth, end: search.end)))
    }

    /// A literal in the words of the labels; the level of a multi-value set stays as it is written.
    private static func literalTitle(
        _ row: NecessityTable.Row, in table: NecessityTable, labels: VariableLabels
    ) -> RichText {
        guard table.conditions.names.indices.contains(row.condition) else { return RichText(row.expression) }
        let name = labels.text(table.conditions.names[row.condition])
        if table.conditions.isMultiValue { return "\(name)[\(row.level)]" }
        return row.level == 0 ? "~\(name)" : name
    }

    private static func searchNotes(
        _ count: Int, _ limit: Int, cuts: [(name: String, value: Double)], depth: Int?, end: SearchEnd
    ) -> [RichText] {
        let limit = max(1, limit)
        let list = cuts.map { "\($0.name) of at least \(NumberFormat.bounded(2).string($0.value))" }
        var notes: [RichText] = [
            RichText(
                "Searched for a " + list.joined(separator: ", ") + (depth.map { ", up to \($0) literals" } ?? "") + ".")
        ]
        if count == 0 { notes.append("None was found.") }
        if count > limit { notes.append("The first \(limit) of \(count) expressions.") }
        notes.append(RichText(sentence: end.description))
        return notes
    }
}
