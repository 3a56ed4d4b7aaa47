/// A theory held against a solution: where both agree, where one goes further than the other, and which cases lie there
/// (Ragin 1987, ch. 7; Schneider & Wagemann 2012, ch. 11.3; Oana, Schneider & Thomann 2021, ch. 6).
///
/// Memberships in the intersections are the smaller of the two memberships, as in SetMethods. The simplified Boolean
/// expression of an intersection loses terms such as `A*~A`, in which fuzzy cases have some membership; it is given for
/// reading only.
public struct TheoryEvaluation: Sendable, Hashable {
    /// Where a case lies.
    public enum Area: String, Sendable, Hashable, CaseIterable {
        /// The theory expects what the solution finds, T·S.
        case expectedAndFound
        /// The solution finds more than the theory expects, ~T·S.
        case foundOnly
        /// The theory expects what the solution does not find, T·~S.
        case expectedOnly
        /// Neither expected nor found, ~T·~S.
        case neither

        /// The intersection: `T*~S`.
        public var symbol: String {
            switch self {
            case .expectedAndFound: "T*S"
            case .foundOnly: "~T*S"
            case .expectedOnly: "T*~S"
            case .neither: "~T*~S"
            }
        }

        /// What cases with the outcome are called there: "covered most likely".
        public var namesWithOutcome: String {
            switch self {
            case .expectedAndFound: "covered most likely"
            case .foundOnly: "covered least likely"
            case .expectedOnly: "uncovered most likely"
            case .neither: "uncovered least likely"
            }
        }

        /// What cases without the outcome are called there: "inconsistent most likely".
        public var namesWithoutOutcome: String {
            switch self {
            case .expectedAndFound: "inconsistent most likely"
            case .foundOnly: "inconsistent least likely"
            case .expectedOnly: "consistent most likely"
            case .neither: "consistent least likely"
            }
        }
    }

    /// An intersection of theory and solution.
    public struct Intersection: Sendable, Hashable {
        /// Which one.
        public let area: Area
        /// The intersection multiplied out; nil if it has too many terms to read.
        public let expression: String?
        /// How far the intersection is a subset of the outcome.
        public let fit: SufficiencyFit
        /// The positions of the cases in it (above one half) that have the outcome (above one half).
        public let withOutcome: [Int]
        /// The positions of the cases in it that do not have the outcome (below one half).
        public let withoutOutcome: [Int]
        /// The share of the cases with the outcome that lie in it; nil if no case has the outcome.
        public let shareOfOutcome: Double?
        /// The share of the cases without the outcome that lie in it; nil if every case has the outcome.
        public let shareOfAbsence: Double?
    }

    /// The theory.
    public let theory: SetExpression
    /// The terms of the solution.
    public let terms: [Conjunction]
    /// The solution as text.
    public let solution: String
    /// The names of the cases.
    public let cases: [String]
    /// How far the theory is a subset of the outcome.
    public let theoryFit: SufficiencyFit
    /// How far the solution is a subset of the outcome.
    public let solutionFit: SufficiencyFit
    /// The four intersections, in the order of ``Area``.
    public let intersections: [Intersection]
    /// The positions of the cases at exactly one half in the theory, the solution or the outcome, which lie nowhere.
    public let ambiguous: [Int]

    /// Holds a theory against a solution.
    ///
    /// - Parameters:
    ///   - theory: What the theory expects; it may name any set of the data but the outcome.
    ///   - terms: The terms of a model.
    ///   - table: The truth table that the model comes from.
    /// - Throws: ``SetTheoryError`` if the theory names a set or a level that does not exist, or the outcome.
    public init(_ theory: SetExpression, against terms: [Conjunction], in table: TruthTable) throws(SetTheoryError) {
        let outcomeSets = table.outcome.setNames
        if let name = theory.setNames.first(where: outcomeSets.contains) {
            throw .invalidSetting(
                name: "the theory `\(theory)`", value: "given with the outcome `\(name)` in it",
                remedy: "write what leads to the outcome, without the outcome itself")
        }
        let t = try table.data.membership(in: theory), s = table.membership(in: terms)
        let y = table.outcomeMembership, rows = y.indices
        let present = y.count { $0 > 0.5 }, absent = y.count { $0 < 0.5 }
        var names = table.conditions.names
        for name in theory.setNames where !names.contains(name) { names.append(name) }
        let conditions = try? Conditions(names, in: table.data)
        let found = SetExpression(terms, over: table.conditions)
        var intersections: [Intersection] = []
        for area in Area.allCases {
            let expected = area == .expectedAndFound || area == .expectedOnly
            let isFound = area == .expectedAndFound || area == .foundOnly
            let x = rows.map { min(expected ? t[$0] : 1 - t[$0], isFound ? s[$0] : 1 - s[$0]) }
            var text: String?
            if let conditions {
                let both = SetExpression.and([expected ? theory : .not(theory), isFound ? found : .not(found)])
                if let sum = try? SumOfProducts(both, over: conditions, limit: 1000) {
                    text = sum.terms.isEmpty ? "0" : conditions.expression(sum.terms)
                }
            }
            let with = rows.filter { x[$0] > 0.5 && y[$0] > 0.5 }, without = rows.filter { x[$0] > 0.5 && y[$0] < 0.5 }
            intersections.append(
                Intersection(
                    area: area, expression: text, fit: SufficiencyFit(x, in: y), withOutcome: with,
                    withoutOutcome: without, shareOfOutcome: ratio(Double(with.count), Double(present)),
                    shareOfAbsence: ratio(Double(without.count), Double(absent))))
        }
        self.theory = theory
        self.terms = terms
        solution = table.conditions.expression(terms)
        cases = table.data.cases
        theoryFit = SufficiencyFit(t, in: y)
        solutionFit = SufficiencyFit(s, in: y)
        self.intersections = intersections
        ambiguous = rows.filter { t[$0] == 0.5 || s[$0] == 0.5 || y[$0] == 0.5 }
    }

    /// The intersection of an area.
    public subscript(area: Area) -> Intersection? { intersections.first { $0.area == area } }
}
