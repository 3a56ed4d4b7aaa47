/// A set relation within clusters or a panel: pooled over all cases, between the clusters (months, industries), and within
/// the units (persons, firms) (Garcia-Castro & Ariño 2016, "A general approach to panel data set-theoretic research",
/// Journal of Advances in Management Sciences & Information Systems 2).
///
/// Every figure comes from the cases themselves: a unit may miss occasions, and clusters may differ in size. SetMethods
/// adds 1e-10 to numerators and denominators, this type does not; there a group without any membership has a
/// consistency of 1, here none.
public struct ClusterDiagnostics: Sendable, Hashable {
    /// The relation that is looked at.
    public enum Relation: String, Sendable, Hashable, CaseIterable {
        /// X is a subset of Y: consistency Σ min(x, y) / Σ x.
        case sufficiency
        /// X is a superset of Y: consistency Σ min(x, y) / Σ y.
        case necessity
    }

    /// The relation in a group of cases.
    public struct Group: Sendable, Hashable {
        /// The label of the cluster or the unit.
        public let label: String
        /// The number of cases.
        public let count: Int
        /// Consistency; nil if no case has any membership in the set that must lie within the other.
        public let consistency: Double?
        /// Coverage; nil if no case has any membership in the other set.
        public let coverage: Double?
    }

    /// How far the consistencies of groups are from each other.
    public struct Distance: Sendable, Hashable {
        /// The Euclidean distance √Σ(c_j / Σc - 1/J)² of the shares that the J groups have in the sum of consistencies
        /// from equal shares: 0 if all groups are equally consistent. A group without a consistency counts as 1, as
        /// the relation is not violated in it.
        public let value: Double
        /// The distance in units of √(J / (J² + 3J + 2)), the root mean square distance of J + 1 shares that are drawn
        /// uniformly, which makes few months and many persons comparable.
        public let adjusted: Double
        /// The number of groups.
        public let groupCount: Int
        /// The number of groups without a consistency.
        public let undefinedCount: Int

        init?(_ groups: [Group]) {
            guard !groups.isEmpty else { return nil }
            let consistencies = groups.map { $0.consistency ?? 1 }
            let total = consistencies.reduce(0, +), count = Double(groups.count)
            value = consistencies.reduce(0) { sum, consistency in
                // All zero is equal as well.
                let share = total > 0 ? consistency / total : 1 / count
                return sum + (share - 1 / count) * (share - 1 / count)
            }.squareRoot()
            adjusted = value / (count / (count * count + 3 * count + 2)).squareRoot()
            groupCount = groups.count
            undefinedCount = groups.count { $0.consistency == nil }
        }
    }

    /// Cases with the same unit in the same cluster.
    public struct Repetition: Sendable, Hashable {
        /// The unit.
        public let unit: String
        /// The cluster.
        public let cluster: String
        /// The number of cases.
        public let count: Int
    }

    /// What the relation is between: `A*~B`.
    public let name: String
    /// The relation.
    public let relation: Relation
    /// The relation over all cases; its label is empty.
    public let pooled: Group
    /// The relation in each cluster: numbers by size, other labels by their characters.
    public let between: [Group]
    /// The relation in each unit, ordered likewise; none if no units were given.
    public let within: [Group]
    /// How far the clusters are from each other (dBP); nil if there is only one.
    public let betweenDistance: Distance?
    /// How far the units are from each other (dWP); nil without units or with a single one.
    public let withinDistance: Distance?
    /// Units that are more than once in a cluster: an error in a panel, in order where units hold several cases.
    public let repetitions: [Repetition]
    /// The number of cases that were left out because a membership is missing.
    public let missingCount: Int

    /// Looks at a relation.
    ///
    /// - Parameters:
    ///   - name: What the relation is between.
    ///   - x: The membership of each case in the set X; not a number where it is missing.
    ///   - y: The membership of each case in the outcome; not a number where it is missing.
    ///   - relation: Sufficiency or necessity of X for Y.
    ///   - clusters: The cluster of each case: month, industry.
    ///   - units: The unit of each case: person, firm; nil if every case is a unit of its own.
    /// - Throws: ``SetTheoryError`` if the numbers of values differ, a membership lies outside 0 to 1, or no case is left.
    public init(
        name: String, x: [Double], y: [Double], relation: Relation = .sufficiency, clusters: [String],
        units: [String]? = nil
    ) throws(SetTheoryError) {
        if x.isEmpty { throw .noCases }
        for (set, count) in [
            ("the outcome", y.count), ("the clusters", clusters.count), ("the units", units?.count ?? x.count),
        ] where count != x.count {
            throw .unequalLengths(set: set, count: count, cases: x.count)
        }
        for (set, values) in [(name, x), ("the outcome", y)] {
            if let row = values.firstIndex(where: { $0 < 0 || $0 > 1 }) {
                let unit = units.map { "\($0[row]), " } ?? ""
                throw .membershipOutOfRange(set: set, case: "\(unit)\(clusters[row])", value: values[row])
            }
        }
        let rows = x.indices.filter { x[$0].isFinite && y[$0].isFinite }
        if rows.isEmpty { throw .noCases }
        func groups(by labels: [String]) -> [Group] {
            var sums: [String: RelationSums] = [:]
            for row in rows { sums[labels[row], default: .init()].add(x[row], y[row]) }
            return orderedLabels(Array(sums.keys)).map { sums[$0, default: .init()].group($0, relation) }
        }
        var all = RelationSums()
        for row in rows { all.add(x[row], y[row]) }
        self.name = name
        self.relation = relation
        pooled = all.group("", relation)
        between = groups(by: clusters)
        within = units.map(groups) ?? []
        betweenDistance = between.count > 1 ? Distance(between) : nil
        withinDistance = within.count > 1 ? Distance(within) : nil
        missingCount = x.count - rows.count
        guard let units else {
            repetitions = []
            return
        }
        var counts: [[String]: Int] = [:]
        for row in rows { counts[[units[row], clusters[row]], default: 0] += 1 }
        let repeated = counts.filter { $0.value > 1 }
        let byUnit = Dictionary(grouping: repeated.keys) { $0[0] }
        repetitions = orderedLabels(Array(byUnit.keys)).flatMap { unit in
            orderedLabels((byUnit[unit] ?? []).map { $0[1] }).map { cluster in
                Repetition(unit: unit, cluster: cluster, count: repeated[[unit, cluster]] ?? 0)
            }
        }
    }

    /// The units whose consistency is below a limit, or that have none, the least consistent first.
    public func units(below limit: Double) -> [Group] {
        within.enumerated().filter { ($0.element.consistency ?? 1) < limit }
            .sorted { ($0.element.consistency ?? 1, $0.offset) < ($1.element.consistency ?? 1, $1.offset) }
            .map(\.element)
    }
}

extension ClusterDiagnostics {
    /// The diagnostics of the sufficiency of each term of a model, and of the model as the last.
    ///
    /// - Parameters:
    ///   - terms: The terms.
    ///   - table: The truth table that they come from; clusters and units belong to the cases of its data.
    ///   - clusters: The cluster of each case.
    ///   - units: The unit of each case; nil if every case is a unit of its own.
    /// - Throws: ``SetTheoryError/unequalLengths(set:count:cases:)``.
    public static func sufficiency(
        of terms: [Conjunction], in table: TruthTable, clusters: [String], units: [String]? = nil
    ) throws(SetTheoryError) -> [ClusterDiagnostics] {
        var sets = terms.map { [$0] }
        if terms.count != 1 { sets.append(terms) }
        var result: [ClusterDiagnostics] = []
        for set in sets {
            result.append(
                try ClusterDiagnostics(
                    name: table.conditions.expression(set), x: table.membership(in: set), y: table.outcomeMembership,
                    relation: .sufficiency, clusters: clusters, units: units))
        }
        return result
    }

    /// The diagnostics of the necessity of single conditions and of their absence.
    ///
    /// - Parameters:
    ///   - table: The truth table; clusters and units belong to the cases of its data.
    ///   - clusters: The cluster of each case.
    ///   - units: The unit of each case; nil if every case is a unit of its own.
    /// - Throws: ``SetTheoryError/unequalLengths(set:count:cases:)``.
    public static func necessityOfConditions(
        in table: TruthTable, clusters: [String], units: [String]? = nil
    ) throws(SetTheoryError) -> [ClusterDiagnostics] {
        var result: [ClusterDiagnostics] = []
        for (condition, name) in table.conditions.names.enumerated() {
            let set = try table.data.set(name)
            for level in (0..<set.levelCount).reversed() {
                result.append(
                    try ClusterDiagnostics(
                        name: table.conditions.literal(condition, level: level), x: set.membership(level: level),
                        y: table.outcomeMembership, relation: .necessity, clusters: clusters, units: units))
            }
        }
        return result
    }

    /// The diagnostics of a relation between expressions.
    ///
    /// - Parameters:
    ///   - data: The cases.
    ///   - x: The set X.
    ///   - y: The outcome.
    ///   - relation: Sufficiency or necessity of X for Y.
    ///   - clusters: The cluster of each case.
    ///   - units: The unit of each case; nil if every case is a unit of its own.
    /// - Throws: ``SetTheoryError`` if a set or a level does not exist, or the numbers of values differ.
    public init(
        _ data: CalibratedData, x: SetExpression, y: SetExpression, relation: Relation = .sufficiency,
        clusters: [String], units: [String]? = nil
    ) throws(SetTheoryError) {
        try self.init(
            name: x.description, x: try data.membership(in: x), y: try data.membership(in: y), relation: relation,
            clusters: clusters, units: units)
    }
}

/// The sums that consistency and coverage consist of.
private struct RelationSums {
    var count = 0, x = 0.0, y = 0.0, both = 0.0

    mutating func add(_ x: Double, _ y: Double) {
        count += 1
        self.x += x
        self.y += y
        both += min(x, y)
    }

    func group(_ label: String, _ relation: ClusterDiagnostics.Relation) -> ClusterDiagnostics.Group {
        let isSufficiency = relation == .sufficiency
        return ClusterDiagnostics.Group(
            label: label, count: count, consistency: ratio(both, isSufficiency ? x : y),
            coverage: ratio(both, isSufficiency ? y : x))
    }
}

/// Labels by size if all are numbers, otherwise by their characters.
func orderedLabels(_ labels: [String]) -> [String] {
    let numbers = labels.compactMap(Double.init)
    guard numbers.count == labels.count else { return labels.sorted() }
    return zip(numbers, labels).sorted { $0 < $1 }.map(\.1)
}
