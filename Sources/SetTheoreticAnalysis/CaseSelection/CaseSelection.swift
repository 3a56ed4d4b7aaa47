/// The cases worth a closer look after a sufficiency analysis, for each term and for the solution (Schneider & Rohlfing
/// 2013, "Combining QCA and process tracing in set-theoretic multi-method research", Sociological Methods & Research 42).
///
/// Types and figures are those of ``MembershipPlane``: typical cases and cases of deviant consistency belong to terms,
/// cases of deviant coverage and individually irrelevant cases to the solution and to a row of the truth table.
public struct CaseSelection: Sendable, Hashable {
    /// The cases of a term, or of the solution as a whole.
    public struct Group: Sendable, Hashable {
        /// The term, or the solution, as text.
        public let expression: String
        /// The plane that the cases lie in.
        public let plane: MembershipPlane
        /// Typical cases, the most typical first, by 2(y - x) + (1 - x).
        public let typical: [MembershipPlane.Case]
        /// The positions of typical cases that are typical for no other term.
        public let uniquelyTypical: [Int]
        /// Cases in the set and the outcome with x > y: deviant consistency in degree.
        public let deviantInDegree: [MembershipPlane.Case]
        /// Cases in the set without the outcome: deviant consistency in kind, the most deviant first, by
        /// (1 - (x - y)) + (1 - x).
        public let deviantConsistency: [MembershipPlane.Case]

        init(_ plane: MembershipPlane, uniquelyTypical: [Int]) {
            let cases = plane.cases(.sufficiency)
            expression = plane.xName
            self.plane = plane
            typical = cases.filter { $0.type == .typical }
            self.uniquelyTypical = uniquelyTypical
            deviantInDegree = cases.filter { $0.type == .deviantInDegree }
            deviantConsistency = cases.filter { $0.type == .deviantConsistency }
        }
    }

    /// A case that no term explains, with its row of the truth table.
    public struct UncoveredCase: Sendable, Hashable {
        /// The position.
        public let position: Int
        /// The name.
        public let name: String
        /// The membership in the solution.
        public let solution: Double
        /// The membership in the outcome.
        public let outcome: Double
        /// The number of the row of the truth table; nil if a membership of one half keeps the case out of every row.
        public let row: Int?
        /// The configuration of the row as text; nil without a row.
        public let configuration: String?
        /// The membership in the row.
        public let rowMembership: Double
        /// Whether the membership in the row does not exceed that in the outcome.
        public let isRowConsistent: Bool
        /// Whether no other case of the same row and type has a higher membership in the row.
        public let isBestOfRow: Bool
    }

    /// The terms, in the order of the model.
    public let terms: [Group]
    /// The solution as a whole.
    public let solution: Group
    /// Cases with the outcome that the solution does not cover, by row; within a row those with a consistent row
    /// membership first, then the highest row membership.
    public let deviantCoverage: [UncoveredCase]
    /// Individually irrelevant cases, with neither the solution nor the outcome, ordered likewise.
    public let irrelevant: [UncoveredCase]
    /// The positions of the cases at exactly one half in the solution or the outcome.
    public let ambiguous: [Int]

    /// Selects cases after a sufficiency analysis.
    ///
    /// - Parameters:
    ///   - terms: The terms of a model.
    ///   - table: The truth table that the model comes from.
    /// - Throws: ``SetTheoryError``.
    public init(_ terms: [Conjunction], in table: TruthTable) throws(SetTheoryError) {
        let names = table.data.cases, y = table.outcomeMembership, outcome = table.outcome.description
        let own = try table.data.ownRowMembership(table.conditions.names)
        var planes: [MembershipPlane] = []
        for set in terms.map({ [$0] }) + [terms] {
            planes.append(
                try MembershipPlane(
                    xName: table.conditions.expression(set), yName: outcome, names: names,
                    x: table.membership(in: set), y: y, rowMembership: own))
        }
        let whole = planes.removeLast()
        self.terms = zip(planes, MembershipPlane.uniquelyTypical(planes)).map(Group.init)
        solution = Group(whole, uniquelyTypical: MembershipPlane.uniquelyTypical([whole])[0])
        var rows: [Int: TruthTable.Row] = [:]
        for row in table.rows { for position in row.cases { rows[position] = row } }
        func uncovered(_ type: MembershipPlane.CaseType) -> [UncoveredCase] {
            let cases = whole.cases(.sufficiency, of: type)
            var best: [Int?: Double] = [:]
            for one in cases {
                let row = rows[one.position]?.number
                best[row] = max(best[row] ?? 0, own[one.position])
            }
            return cases.map { one in
                let row = rows[one.position], membership = own[one.position]
                return UncoveredCase(
                    position: one.position, name: one.name, solution: one.x, outcome: one.y, row: row?.number,
                    configuration: row.map { table.conditions.expression($0.configuration) },
                    rowMembership: membership, isRowConsistent: membership <= one.y,
                    isBestOfRow: membership >= best[row?.number] ?? 0)
            }.sorted { a, b in
                let first = a.row ?? .max, second = b.row ?? .max
                if first != second { return first < second }
                if a.isRowConsistent != b.isRowConsistent { return a.isRowConsistent }
                return a.rowMembership != b.rowMembership
                    ? a.rowMembership > b.rowMembership : a.position < b.position
            }
        }
        deviantCoverage = uncovered(.deviantCoverage)
        irrelevant = uncovered(.irrelevant)
        ambiguous = names.indices.filter { whole.x[$0] == 0.5 || y[$0] == 0.5 }
    }
}

/// The cases worth a closer look after an analysis of necessity (Schneider & Rohlfing 2013).
public struct NecessityCaseSelection: Sendable, Hashable {
    /// The set that is necessary, as text.
    public let expression: String
    /// The plane that the cases lie in.
    public let plane: MembershipPlane
    /// Cases in both sets with x ≥ y, the most typical first.
    public let typical: [MembershipPlane.Case]
    /// Cases in both sets with x < y: deviant consistency in degree.
    public let deviantInDegree: [MembershipPlane.Case]
    /// Cases with the outcome but without the set, the most deviant first.
    public let deviantConsistency: [MembershipPlane.Case]
    /// Cases in the set without the outcome, which make it less relevant, the clearest first.
    public let deviantRelevance: [MembershipPlane.Case]
    /// Cases in neither set.
    public let irrelevant: [MembershipPlane.Case]

    /// Selects cases.
    ///
    /// - Parameters:
    ///   - x: The set that is necessary.
    ///   - y: The outcome.
    ///   - data: The cases.
    /// - Throws: ``SetTheoryError`` if a set or a level does not exist.
    public init(_ x: SetExpression, for y: SetExpression, in data: CalibratedData) throws(SetTheoryError) {
        plane = try MembershipPlane(data, x: x, y: y)
        expression = plane.xName
        let cases = plane.cases(.necessity)
        typical = cases.filter { $0.type == .typical }
        deviantInDegree = cases.filter { $0.type == .deviantInDegree }
        deviantConsistency = cases.filter { $0.type == .deviantConsistency }
        deviantRelevance = cases.filter { $0.type == .deviantRelevance }
        irrelevant = cases.filter { $0.type == .irrelevant }
    }
}
