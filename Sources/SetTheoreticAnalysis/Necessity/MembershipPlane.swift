/// Cases in the plane of two memberships, a set X across and an outcome Y upwards: what an XY plot shows, and which
/// cases are worth a closer look.
///
/// The types of cases are those of Schneider & Rohlfing (2013, "Combining QCA and process tracing in set-theoretic
/// multi-method research", Sociological Methods & Research 42), and the figures by which the best cases of a type are
/// chosen those of SetMethods' `smmr` (Oana, Schneider & Thomann 2021, ch. 6).
public struct MembershipPlane: Sendable, Hashable {
    /// Which relation the plane is read for.
    public enum Reading: String, Sendable, Hashable, CaseIterable {
        /// X as a subset of Y: cases on or above the diagonal are consistent.
        case sufficiency
        /// X as a superset of Y: cases on or below the diagonal are consistent.
        case necessity
    }

    /// A quarter of the plane; the borders lie at one half.
    public enum Quadrant: String, Sendable, Hashable, CaseIterable {
        /// In X and in Y.
        case upperRight
        /// In Y only.
        case upperLeft
        /// In neither.
        case lowerLeft
        /// In X only.
        case lowerRight
    }

    /// What a case says about the relation.
    public enum CaseType: String, Sendable, Hashable, CaseIterable {
        /// In both sets, and on the consistent side of the diagonal.
        case typical
        /// In both sets, but on the other side of the diagonal: deviant consistency in degree.
        case deviantInDegree
        /// Against the relation: in X without Y for sufficiency, in Y without X for necessity.
        case deviantConsistency
        /// For sufficiency: in Y, which X does not explain.
        case deviantCoverage
        /// For necessity: in X without Y, so that X is less relevant.
        case deviantRelevance
        /// In neither set.
        case irrelevant
        /// At exactly one half in a set: neither in nor out.
        case ambiguous
    }

    /// A case in the plane.
    public struct Case: Sendable, Hashable {
        /// The position among the cases.
        public let position: Int
        /// The name.
        public let name: String
        /// The membership in X.
        public let x: Double
        /// The membership in Y.
        public let y: Double
        /// What the case says about the relation.
        public let type: CaseType
        /// How good an example of its type the case is, the lower the better; nil where no figure is defined.
        ///
        /// With d = |x - y|: typical 2d + (1 - x); deviant consistency (1 - d) + (1 - x) for sufficiency and 1 - d for
        /// necessity; deviant relevance (1 - d) + (1 - x); deviant coverage 1 - t, with t the membership in the case's
        /// own row of the truth table, where it was given.
        public let distance: Double?
        /// Whether no case of the type is a better example.
        public let isBest: Bool
    }

    /// What X is called.
    public let xName: String
    /// What Y is called.
    public let yName: String
    /// The names of the cases.
    public let names: [String]
    /// The membership of each case in X.
    public let x: [Double]
    /// The membership of each case in Y.
    public let y: [Double]
    /// The membership of each case in its own row of the truth table.
    public let rowMembership: [Double]?

    /// Puts cases into the plane.
    ///
    /// - Parameters:
    ///   - xName: What X is called.
    ///   - yName: What Y is called.
    ///   - names: The names of the cases.
    ///   - x: The membership of each case in X, 0 to 1.
    ///   - y: The membership of each case in Y, 0 to 1.
    ///   - rowMembership: The membership of each case in its own row of the truth table, by which cases of deviant
    ///     coverage are compared; see ``CalibratedData/ownRowMembership(_:)``.
    /// - Throws: ``SetTheoryError`` if there is no case, the numbers of values differ, or a membership lies outside 0
    ///   to 1.
    public init(
        xName: String, yName: String, names: [String], x: [Double], y: [Double], rowMembership: [Double]? = nil
    ) throws(SetTheoryError) {
        if names.isEmpty { throw .noCases }
        for (set, values) in [(xName, x), (yName, y), ("the rows of the truth table", rowMembership ?? x)] {
            if values.count != names.count {
                throw .unequalLengths(set: set, count: values.count, cases: names.count)
            }
            for (value, name) in zip(values, names) where !(value >= 0 && value <= 1) {
                if !value.isFinite { throw .missingMembership(set: set, case: name) }
                throw .membershipOutOfRange(set: set, case: name, value: value)
            }
        }
        self.xName = xName
        self.yName = yName
        self.names = names
        self.x = x
        self.y = y
        self.rowMembership = rowMembership
    }

    /// The plane of two expressions.
    ///
    /// - Parameters:
    ///   - data: The cases.
    ///   - x: The set X: a condition, a term, a solution.
    ///   - y: The outcome.
    ///   - conditions: The conditions of the truth table, for the comparison of cases of deviant coverage.
    /// - Throws: ``SetTheoryError`` if a set or a level does not exist.
    public init(
        _ data: CalibratedData, x: SetExpression, y: SetExpression, conditions: [String]? = nil
    ) throws(SetTheoryError) {
        var own: [Double]?
        if let conditions { own = try data.ownRowMembership(conditions) }
        try self.init(
            xName: x.description, yName: y.description, names: data.cases, x: try data.membership(in: x),
            y: try data.membership(in: y), rowMembership: own)
    }

    /// The quarter that a case lies in; one half counts as out.
    public func quadrant(_ position: Int) -> Quadrant {
        switch (x[position] > 0.5, y[position] > 0.5) {
        case (true, true): .upperRight
        case (false, true): .upperLeft
        case (false, false): .lowerLeft
        case (true, false): .lowerRight
        }
    }

    /// What a case says about the relation.
    public func type(_ position: Int, _ reading: Reading) -> CaseType {
        let x = x[position], y = y[position]
        if x == 0.5 || y == 0.5 { return .ambiguous }
        switch (reading, x > 0.5, y > 0.5) {
        case (.sufficiency, true, true): return x <= y ? .typical : .deviantInDegree
        case (.sufficiency, true, false): return .deviantConsistency
        case (.sufficiency, false, true): return .deviantCoverage
        case (.necessity, true, true): return x >= y ? .typical : .deviantInDegree
        case (.necessity, true, false): return .deviantRelevance
        case (.necessity, false, true): return .deviantConsistency
        case (_, false, false): return .irrelevant
        }
    }

    /// The cases by type, in the order of ``CaseType``; within a type the best examples first, equal ones as they come.
    public func cases(_ reading: Reading) -> [Case] {
        let types = names.indices.map { type($0, reading) }
        let distances = names.indices.map { distance($0, types[$0], reading) }
        var best: [CaseType: Double] = [:]
        for (type, distance) in zip(types, distances) {
            if let distance { best[type] = min(best[type] ?? .infinity, distance) }
        }
        let order = Dictionary(uniqueKeysWithValues: CaseType.allCases.enumerated().map { ($1, $0) })
        return names.indices.sorted { a, b in
            let typeA = order[types[a]] ?? 0, typeB = order[types[b]] ?? 0
            if typeA != typeB { return typeA < typeB }
            let distanceA = distances[a] ?? 0, distanceB = distances[b] ?? 0
            return distanceA != distanceB ? distanceA < distanceB : a < b
        }.map { position in
            let distance = distances[position]
            return Case(
                position: position, name: names[position], x: x[position], y: y[position], type: types[position],
                distance: distance,
                // A tie may be broken by rounding.
                isBest: distance.map { $0 <= (best[types[position]] ?? .infinity) + 1e-12 } ?? false)
        }
    }

    /// The cases of a type, the best examples first.
    public func cases(_ reading: Reading, of type: CaseType) -> [Case] { cases(reading).filter { $0.type == type } }

    /// The cases at exactly one half in X or Y.
    public var ambiguousCases: [String] {
        names.indices.filter { x[$0] == 0.5 || y[$0] == 0.5 }.map { names[$0] }
    }

    /// How far X is a subset of Y.
    public var sufficiency: SufficiencyFit { SufficiencyFit(x, in: y) }

    /// How far X is a superset of Y.
    public var necessity: NecessityFit { NecessityFit(x, of: y) }

    /// The typical cases that only one of several planes has: uniquely covered cases of the terms of a solution.
    ///
    /// - Parameter planes: One plane for each term, with the same cases and outcome.
    /// - Returns: For each plane the positions of the cases that are typical for it and for no other.
    public static func uniquelyTypical(_ planes: [MembershipPlane]) -> [[Int]] {
        let typical = planes.map { plane in
            plane.names.indices.filter { plane.type($0, .sufficiency) == .typical }
        }
        var counts: [Int: Int] = [:]
        for position in typical.joined() { counts[position, default: 0] += 1 }
        return typical.map { $0.filter { counts[$0] == 1 } }
    }

    private func distance(_ position: Int, _ type: CaseType, _ reading: Reading) -> Double? {
        let x = x[position], y = y[position]
        switch (reading, type) {
        case (_, .typical): return 2 * abs(x - y) + (1 - x)
        case (.sufficiency, .deviantConsistency), (.necessity, .deviantRelevance): return (1 - (x - y)) + (1 - x)
        case (.necessity, .deviantConsistency): return 1 - (y - x)
        case (.sufficiency, .deviantCoverage): return rowMembership.map { 1 - $0[position] }
        default: return nil
        }
    }
}

extension CalibratedData {
    /// The membership of each case in its own row of the truth table: the smallest of its memberships in each condition
    /// or its absence, whichever is larger.
    ///
    /// - Throws: ``SetTheoryError/unknownSet(_:known:)``.
    public func ownRowMembership(_ conditions: [String]) throws(SetTheoryError) -> [Double] {
        var result = [Double](repeating: 1, count: cases.count)
        for name in conditions {
            let set = try set(name)
            guard set.kind == .fuzzy else { continue }
            for row in result.indices { result[row] = min(result[row], max(set.values[row], 1 - set.values[row])) }
        }
        return result
    }
}
