/// A random term of a formula, `(coefficients | group)`, nested groups and `||` written out.
public struct RandomTermFormula: Sendable, Hashable, CustomStringConvertible {
    let terms: FormulaTerms
    let grouping: GroupingFactor

    init(terms: FormulaTerms, grouping: GroupingFactor) {
        self.terms = terms
        self.grouping = grouping
    }

    /// The grouping factor as lme4 names it: `Subject`, `cask:batch`.
    public var factor: String { grouping.name }
    /// The columns of the data whose combinations are the groups.
    public var groupingColumns: [String] { grouping.columns }
    /// The terms whose coefficients vary between the groups, `(Intercept)` first where there is one.
    public var coefficientTermNames: [String] { terms.names }
    /// Whether the intercept varies.
    public var hasIntercept: Bool { terms.hasIntercept }

    /// The term as a formula writes it.
    public var description: String { "(\(terms.text(withIntercept: true)) | \(grouping.text))" }

    var key: String { "(\(terms.key) | \(grouping.text))" }

    /// Terms are equal when they have the same coefficients of the same groups.
    public static func == (left: RandomTermFormula, right: RandomTermFormula) -> Bool {
        left.key == right.key
    }

    /// Hashes the coefficients and the groups.
    public func hash(into hasher: inout Hasher) { hasher.combine(key) }
}
