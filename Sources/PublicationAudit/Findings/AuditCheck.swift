/// What a check finds of a printed figure.
public enum Verdict: String, Sendable, Hashable, Codable, CaseIterable {
    /// It agrees with the rest of the paper within rounding.
    case consistent
    /// No values that round to the rest of what is printed give it.
    case notAttainable
    /// It is possible, but looks like something that the paper does not say, such as standard errors that ignore nesting.
    case unusual
    /// What the field expects to be reported is not there.
    case missing
    /// The paper does not hold enough to check it.
    case notCheckable

    /// Whether a reader should look at it: what is consistent or cannot be checked is no finding.
    public var isFinding: Bool { self == .notAttainable || self == .unusual || self == .missing }
}

/// Where in a paper a checked figure stands.
public struct PaperPlace: Sendable, Hashable, Codable {
    /// The table, or the part of the text.
    public let table: String
    /// The row, if one.
    public let row: String?
    /// The column, if one.
    public let column: String?

    /// A place.
    public init(_ table: String, row: String? = nil, column: String? = nil) {
        self.table = table
        self.row = row
        self.column = column
    }
}

extension PaperPlace: CustomStringConvertible {
    /// `Table 3, X11, AVE`.
    public var description: String { ([table] + [row, column].compactMap { $0 }).joined(separator: ", ") }
}

/// One check of one printed figure (or a few that belong together), with its answer.
public struct AuditCheck: Sendable, Hashable, Codable {
    /// The rule that was applied.
    public let rule: AuditRule
    /// Where the figure stands.
    public let place: PaperPlace
    /// What is printed: `.513`, `0.031* (0.028)`.
    public let printed: String
    /// The answer.
    public let verdict: Verdict
    /// What the rest of the paper allows: `.450 to .463`, `no star`; `nil` where that cannot be said.
    public let attainable: String?
    /// Sentences for a reader: the arithmetic, and of findings the likeliest slip. Of what is not checkable: what would be needed.
    public let explanation: String

    /// A check with its answer.
    public init(
        _ rule: AuditRule, at place: PaperPlace, printed: String, _ verdict: Verdict, attainable: String? = nil,
        _ explanation: String
    ) {
        self.rule = rule
        self.place = place
        self.printed = printed
        self.verdict = verdict
        self.attainable = attainable
        self.explanation = explanation
    }
}
