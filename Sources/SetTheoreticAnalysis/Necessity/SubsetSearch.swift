/// All minimal conjunctions of literals that are sufficient for an outcome: subsets of it.
///
/// A conjunction is left out if it contains one with fewer literals that was found. Rows and their order are those of
/// QCA's `superSubset(relation = "sufficiency")`: by the number of literals, the conditions and the levels. The search
/// of ``SearchExtent/exhaustive`` finds in addition what QCA's stopping rule leaves out, and conjunctions that reach
/// the PRI cut while a part of them, consistent enough, does not.
public struct SubsetSearch: Sendable, Hashable {
    /// What is asked of an expression, and how far to search.
    public struct Options: Sendable, Hashable {
        /// The lowest consistency of sufficiency, 0 to 1.
        public var inclusionCut: Double
        /// The lowest proportional reduction in inconsistency, 0 to 1.
        public var priCut: Double
        /// The lowest coverage, 0 to 1.
        public var coverageCut: Double
        /// The largest number of literals; nil for as many as there are conditions.
        public var depth: Int?
        /// When the search ends.
        public var extent: SearchExtent
        /// Bounds of rows and work.
        public var limits: SearchLimits

        /// Options.
        public init(
            inclusionCut: Double = 0.8, priCut: Double = 0, coverageCut: Double = 0, depth: Int? = nil,
            extent: SearchExtent = .exhaustive, limits: SearchLimits = SearchLimits()
        ) {
            self.inclusionCut = inclusionCut
            self.priCut = priCut
            self.coverageCut = coverageCut
            self.depth = depth
            self.extent = extent
            self.limits = limits
        }
    }

    /// A sufficient conjunction.
    public struct Row: Sendable, Hashable {
        /// The conjunction as text: `A*~B`.
        public let expression: String
        /// The conjunction over the sets.
        public let set: SetExpression
        /// The literals.
        public let literals: Conjunction
        /// The number of literals.
        public let depth: Int
        /// Consistency, PRI and coverage.
        public let fit: SufficiencyFit
    }

    /// The outcome.
    public let outcome: SetExpression
    /// The conditions.
    public let conditions: Conditions
    /// The options.
    public let options: Options
    /// The sufficient conjunctions.
    public let rows: [Row]
    /// Whether the search was exhaustive.
    public let end: SearchEnd

    /// Searches the subsets of an outcome.
    ///
    /// - Throws: ``SetTheoryError`` if a set does not exist, the outcome is among the conditions, or a setting is out
    ///   of range.
    public init(
        _ data: CalibratedData, outcome: SetExpression, conditions names: [String], options: Options = Options()
    ) throws(SetTheoryError) {
        try checkedCut(options.inclusionCut, name: "the inclusion cut")
        try checkedCut(options.priCut, name: "the PRI cut")
        try checkedCut(options.coverageCut, name: "the coverage cut")
        try checkedDepth(options.depth)
        let conditions = try distinctConditions(names, outcome: outcome, in: data)
        let y = try data.membership(in: outcome)
        let search = try LiteralSearch(
            data, y: y, conditions: conditions, isNecessity: false,
            cuts: LiteralSearch.Cuts(
                inclusion: options.inclusionCut, coverage: options.coverageCut, third: options.priCut),
            depth: options.depth, extent: options.extent, limits: options.limits)
        self.outcome = outcome
        self.conditions = conditions
        self.options = options
        rows = search.rows.map { found in
            Row(
                expression: conditions.expression(found.literals),
                set: conditions.setExpression(found.literals, isDisjunction: false), literals: found.literals,
                depth: found.depth, fit: SufficiencyFit(found.membership, in: y))
        }
        end = search.end
    }
}
