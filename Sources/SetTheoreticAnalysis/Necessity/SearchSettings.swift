/// When a search over conjunctions and disjunctions ends, and which cuts decide what is minimal.
public enum SearchExtent: String, Sendable, Hashable, CaseIterable {
    /// Every level up to the depth is searched, and an expression is left out only if it contains a smaller one that
    /// meets all cuts.
    case exhaustive
    /// As QCA's `superSubset` does: the search ends at the first level above three that adds nothing once something was
    /// found, and a smaller expression that meets the cuts of inclusion and coverage, but not that of relevance or PRI,
    /// still keeps larger ones out. Both can miss expressions that meet every cut.
    case asQCA
}

/// Bounds of a search, so that it always ends soon.
public struct SearchLimits: Sendable, Hashable {
    /// The largest number of rows.
    public var rows: Int
    /// The largest number of memberships that are compared: combinations of literals times cases.
    public var comparisons: Int

    /// Limits.
    public init(rows: Int = 10_000, comparisons: Int = 1_000_000_000) {
        self.rows = rows
        self.comparisons = comparisons
    }
}

/// How a search ended.
public enum SearchEnd: Sendable, Hashable {
    /// Every combination up to the depth was examined or ruled out.
    case exhausted
    /// QCA's rule ended the search after a level that added nothing; deeper levels were not examined.
    case levelAddedNothing(Int)
    /// There are more rows than the limit; those listed are complete below the level.
    case rowLimit(level: Int)
    /// There is more to compare than the limit; the rows are complete below the level.
    case comparisonLimit(level: Int)

    /// Whether no row up to the depth can be missing.
    public var isExhaustive: Bool { self == .exhausted }
}

extension SearchEnd: CustomStringConvertible {
    /// What the reader should know about completeness.
    public var description: String {
        switch self {
        case .exhausted: "the search is exhaustive up to its depth"
        case .levelAddedNothing(let level):
            "the search ended at \(level) literals, which added nothing; longer expressions were not examined"
        case .rowLimit(let level):
            "the limit of rows was reached at \(level) literals; expressions from there on are missing: "
                + "raise the cuts, the limit, or lower the depth"
        case .comparisonLimit(let level):
            "the limit of comparisons was reached at \(level) literals; expressions from there on are missing: "
                + "lower the depth or raise the limit"
        }
    }
}
