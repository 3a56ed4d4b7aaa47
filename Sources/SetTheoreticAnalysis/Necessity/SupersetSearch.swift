/// All minimal disjunctions and all conjunctions of literals that are necessary for an outcome: supersets of it.
///
/// A combination of literals is tried as a conjunction first, and as a disjunction if it is not necessary as one. A
/// disjunction is left out if it contains an expression with fewer literals that was found. Conjunctions are not
/// pruned: a longer one says more. Rows and their order are those of QCA's `superSubset(relation = "necessity")`:
/// conjunctions first, then disjunctions, each by the number of literals, the conditions and the levels. The search of
/// ``SearchExtent/exhaustive`` finds in addition what QCA's stopping rule leaves out.
public struct SupersetSearch: Sendable, Hashable {
    /// What is asked of an expression, and how far to search.
    public struct Options: Sendable, Hashable {
        /// The lowest consistency of necessity, 0 to 1.
        public var inclusionCut: Double
        /// The lowest coverage of necessity, 0 to 1.
        public var coverageCut: Double
        /// The lowest relevance of necessity, 0 to 1.
        public var relevanceCut: Double
        /// The largest number of literals; nil for as many as there are conditions.
        public var depth: Int?
        /// When the search ends.
        public var extent: SearchExtent
        /// Bounds of rows and work.
        public var limits: SearchLimits

        /// Options.
        public init(
            inclusionCut: Double = 0.9, coverageCut: Double = 0, relevanceCut: Double = 0, depth: Int? = nil,
            extent: SearchExtent = .exhaustive, limits: SearchLimits = SearchLimits()
        ) {
            self.inclusionCut = inclusionCut
            self.coverageCut = coverageCut
            self.relevanceCut = relevanceCut
            self.depth = depth
            self.extent = extent
            self.limits = limits
        }
    }

    /// A necessary expression.
    public struct Row: Sendable, Hashable {
        /// The expression as text: `A*~B`, `A + C`.
        public let expression: String
        /// The expression over the sets.
        public let set: SetExpression
        /// The literals that are joined.
        public let literals: Conjunction
        /// Whether they are joined by "or".
        public let isDisjunction: Bool
        /// The number of literals.
        public let depth: Int
        /// Consistency, relevance and coverage.
        public let fit: NecessityFit
    }

    /// The outcome.
    public let outcome: SetExpression
    /// The conditions.
    public let conditions: Conditions
    /// The options.
    public let options: Options
    /// The necessary expressions.
    public let rows: [Row]
    /// Whether the search was exhaustive.
    public let end: SearchEnd

    /// Searches the supersets of an outcome.
    ///
    /// - Throws: ``SetTheoryError`` if a set does not exist, the outcome is among the conditions, or a setting is out
    ///   of range.
    public init(
        _ data: CalibratedData, outcome: SetExpression, conditions names: [String], options: Options = Options()
    ) throws(SetTheoryError) {
        try checkedCut(options.inclusionCut, name: "the inclusion cut")
        try checkedCut(options.coverageCut, name: "the coverage cut")
        try checkedCut(options.relevanceCut, name: "the relevance cut")
        try checkedDepth(options.depth)
        let conditions = try distinctConditions(names, outcome: outcome, in: data)
        let y = try data.membership(in: outcome)
        let search = try LiteralSearch(
            data, y: y, conditions: conditions, isNecessity: true,
            cuts: LiteralSearch.Cuts(
                inclusion: options.inclusionCut, coverage: options.coverageCut, third: options.relevanceCut),
            depth: options.depth, extent: options.extent, limits: options.limits)
        self.outcome = outcome
        self.conditions = conditions
        self.options = options
        rows = search.rows.map { found in
            Row(
                expression: conditions.expression(found.literals, isDisjunction: found.isDisjunction),
                set: conditions.setExpression(found.literals, isDisjunction: found.isDisjunction),
                literals: found.literals, isDisjunction: found.isDisjunction, depth: found.depth,
                fit: NecessityFit(found.membership, of: y))
        }
        end = search.end
    }
}

/// Refuses a depth without a literal.
func checkedDepth(_ depth: Int?) throws(SetTheoryError) {
    if let depth, depth < 1 {
        throw .invalidSetting(name: "the depth of the search", value: "\(depth)", remedy: "choose 1 or more")
    }
}

extension Conditions {
    /// Literals joined by "and" or by "or", as text.
    func expression(_ literals: Conjunction, isDisjunction: Bool) -> String {
        if !isDisjunction { return expression(literals) }
        return names.indices.compactMap { condition in
            literals[condition].map { literal(condition, level: $0) }
        }.joined(separator: " + ")
    }

    /// Literals joined by "and" or by "or", as an expression over the sets.
    func setExpression(_ literals: Conjunction, isDisjunction: Bool) -> SetExpression {
        let parts = names.indices.compactMap { condition in
            literals[condition].map { literalExpression(condition, level: $0) }
        }
        if parts.count == 1 { return parts[0] }
        return isDisjunction ? .or(parts) : .and(parts)
    }
}
