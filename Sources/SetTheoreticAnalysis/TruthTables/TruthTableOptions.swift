/// The cut-offs that turn rows of a truth table into positive, negative, contradictory rows and remainders.
public struct TruthTableOptions: Sendable, Hashable {
    /// What becomes of a case whose membership in a fuzzy condition is exactly one half.
    public enum HalfMembership: String, Sendable, Hashable, CaseIterable {
        /// The case counts as out of the condition when rows are formed, but belongs to no row (QCA).
        case absent
        /// A thousandth is added to the membership (Fiss 2011), in all figures.
        case shift
        /// The case is left out of the analysis (fsQCA).
        case drop
        /// The analysis is refused.
        case refuse
    }

    /// The inclusion (consistency) from which a row is positive.
    public var inclusionCut: Double
    /// The inclusion from which a row that is not positive is a contradiction; nil for none.
    public var contradictionCut: Double?
    /// The number of cases from which a row is not a remainder.
    public var frequencyCut: Int
    /// The PRI from which a row may be positive.
    public var priCut: Double
    /// What becomes of memberships of one half.
    public var halfMembership: HalfMembership
    /// Rows, by number, that are negative whatever their figures, such as simultaneous subset relations (QCA's
    /// `exclude`).
    public var negativeRows: Set<Int>

    /// Cut-offs; the defaults are those of QCA.
    public init(
        inclusionCut: Double = 1, contradictionCut: Double? = nil, frequencyCut: Int = 1, priCut: Double = 0,
        halfMembership: HalfMembership = .absent, negativeRows: Set<Int> = []
    ) {
        self.inclusionCut = inclusionCut
        self.contradictionCut = contradictionCut
        self.frequencyCut = frequencyCut
        self.priCut = priCut
        self.halfMembership = halfMembership
        self.negativeRows = negativeRows
    }

    /// Cut-offs are met within this tolerance, the square root of the machine epsilon (QCA's `admisc.tol`).
    public static let tolerance = 1.4901161193847656e-08
}
