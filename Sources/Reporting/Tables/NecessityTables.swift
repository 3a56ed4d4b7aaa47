public import SetTheoreticAnalysis

/// How necessary an expression is for an outcome and for its negation.
public struct NecessityRow: Sendable, Hashable {
    /// The expression: `DEV`, `~DEV`, `DEV + URB`.
    public var expression: String
    /// The fit to the outcome.
    public var outcome: NecessityFit
    /// The fit to the negated outcome; nil where it was not asked for.
    public var negation: NecessityFit?

    /// Puts the figures of an expression together.
    public init(expression: String, outcome: NecessityFit, negation: NecessityFit? = nil) {
        self.expression = expression
        self.outcome = outcome
        self.negation = negation
    }
}

extension Table {
    /// The analysis of necessity: consistency, relevance and coverage of conditions, for the outcome and its negation.
    ///
    /// - Parameters:
    ///   - rows: The expressions with their figures.
    ///   - outcome: The name of the outcome.
    ///   - labels: The words for conditions and the outcome.
    ///   - consistencyCut: The consistency from which a condition counts as necessary, set in bold.
    ///   - relevanceCut: The relevance below which a necessary condition is marked as trivial.
    ///   - title: The title; made from the outcome when nil.
    public static func necessity(
        _ rows: [NecessityRow], outcome: String, labels: VariableLabels = .none, consistencyCut: Double = 0.9,
        relevanceCut: Double = 0.5, title: RichText? = nil
    ) -> Table {
        let hasNegation = rows.contains { $0.negation != nil }
        let format = NumberFormat.bounded(3)
        var hasTrivial = false, hasNecessary = false
        func cells(_ fit: NecessityFit?) -> [Cell] {
            guard let fit else { return [.empty, .empty, .empty] }
            let isNecessary = fit.inclusion.map { $0 >= consistencyCut - TruthTableOptions.tolerance } ?? false
            let isTrivial = isNecessary && (fit.relevance.map { $0 < relevanceCut } ?? true)
            hasNecessary = hasNecessary || isNecessary
            hasTrivial = hasTrivial || isTrivial
            let inclusion = Cell.number(fit.inclusion, format), relevance = Cell.number(fit.relevance, format)
            return [
                isNecessary ? inclusion.strong : inclusion, isTrivial ? relevance.marked("a") : relevance,
                .number(fit.coverage, format),
            ]
        }
        let body = rows.map { row in
            Row(
                [.text(OutcomeSolution.title(row.expression, labels))] + cells(row.outcome)
                    + (hasNegation ? cells(row.negation) : []))
        }
        let name = OutcomeSolution.title(outcome, labels)
        let negated = outcome.hasPrefix("~") ? labels.text(String(outcome.dropFirst())) : "~\(name)"
        let measures = [Column("Consistency"), Column("RoN"), Column("Coverage")]
        var general: [RichText] = [
            "Consistency: Σ min(\(emphasis: "x"), \(emphasis: "y")) / Σ \(emphasis: "y"); coverage: Σ min(\(emphasis: "x"), \(emphasis: "y")) / Σ \(emphasis: "x"); RoN: relevance of necessity (Schneider & Wagemann, 2012)."
        ]
        if hasNecessary { general.append("In bold: consistency of at least \(consistencyCut, .bounded(2)).") }
        return Table(
            title: title ?? "Necessary conditions for \(name)",
            spanners: hasNegation ? [[Spanner(name, columns: 1..<4), Spanner(negated, columns: 4..<7)]] : [],
            columns: [Column("Condition")] + measures + (hasNegation ? measures : []), rows: body,
            notes: Notes(
                general: general,
                specific: hasTrivial
                    ? [
                        Notes.Specific(
                            "a",
                            "Relevance below \(relevanceCut, .bounded(2)): nearly every case has the condition, so that it is necessary in a trivial way."
                        )
                    ] : []))
    }

    /// The expressions that a search for supersets of the outcome has found: necessary conjunctions and disjunctions.
    ///
    /// - Parameters:
    ///   - rows: The expressions with their figures, in the order of the search.
    ///   - outcome: The name of the outcome.
    ///   - note: The cut-offs of the search in words.
    ///   - labels: The words for the outcome.
    ///   - rowLimit: The most expressions that are shown.
    public static func supersets(
        _ rows: [(expression: String, fit: NecessityFit)], outcome: String, note: RichText? = nil,
        labels: VariableLabels = .none, rowLimit: Int = 100
    ) -> Table {
        let format = NumberFormat.bounded(3)
        return Table(
            title: "Supersets of \(OutcomeSolution.title(outcome, labels))",
            columns: [Column("Expression"), Column("Consistency"), Column("RoN"), Column("Coverage")],
            rows: rows.prefix(max(1, rowLimit)).map { row in
                Row([
                    .text(RichText(row.expression, style: .code)), .number(row.fit.inclusion, format),
                    .number(row.fit.relevance, format), .number(row.fit.coverage, format),
                ])
            },
            notes: Notes(
                general: [
                    "Minimal expressions that contain the outcome; RoN: relevance of necessity. An expression found by search needs a reason why it is necessary."
                ] + (note.map { [$0] } ?? []) + searchNotes(rows.count, rowLimit)))
    }

    /// The conjunctions that a search for subsets of the outcome has found: sufficient by themselves.
    ///
    /// - Parameters:
    ///   - rows: The expressions with their figures, in the order of the search.
    ///   - outcome: The name of the outcome.
    ///   - note: The cut-offs of the search in words.
    ///   - labels: The words for the outcome.
    ///   - rowLimit: The most expressions that are shown.
    public static func subsets(
        _ rows: [(expression: String, fit: SufficiencyFit)], outcome: String, note: RichText? = nil,
        labels: VariableLabels = .none, rowLimit: Int = 100
    ) -> Table {
        let format = NumberFormat.bounded(3)
        return Table(
            title: "Subsets of \(OutcomeSolution.title(outcome, labels))",
            columns: [Column("Expression"), Column("Consistency"), Column("PRI"), Column("Coverage")],
            rows: rows.prefix(max(1, rowLimit)).map { row in
                Row([
                    .text(RichText(row.expression, style: .code)), .number(row.fit.inclusion, format),
                    .number(row.fit.PRI, format), .number(row.fit.coverage, format),
                ])
            },
            notes: Notes(
                general: ["Minimal expressions that lie in the outcome; PRI: proportional reduction in inconsistency."]
                    + (note.map { [$0] } ?? []) + searchNotes(rows.count, rowLimit)))
    }

    private static func searchNotes(_ count: Int, _ limit: Int) -> [RichText] {
        let limit = max(1, limit)
        if count == 0 { return ["None was found."] }
        return count > limit ? ["The first \(limit) of \(count) expressions."] : []
    }
}
