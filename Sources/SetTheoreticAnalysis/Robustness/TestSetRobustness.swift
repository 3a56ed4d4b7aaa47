/// The membership of cases in a solution, by which solutions of different calibrations, cuts and conditions are compared.
public struct SolutionMembership: Sendable, Hashable {
    /// What the solution is called: `inclusion 0.85`.
    public let name: String
    /// The solution as text.
    public let expression: String
    /// The names of the cases.
    public let cases: [String]
    /// The membership of each case.
    public let values: [Double]

    /// A solution by its memberships.
    public init(name: String, expression: String, cases: [String], values: [Double]) {
        self.name = name
        self.expression = expression
        self.cases = cases
        self.values = values
    }

    /// A model of a truth table.
    public init(name: String, terms: [Conjunction], in table: TruthTable) {
        self.init(
            name: name, expression: table.conditions.expression(terms), cases: table.data.cases,
            values: table.membership(in: terms))
    }
}

/// How an initial solution stands against a test set of alternative solutions: the fit-oriented and case-oriented measures
/// of Oana & Schneider (2024, "A robustness test protocol for applied QCA", Sociological Methods & Research 53).
///
/// IS is the initial solution, minTS what all test solutions share (the smallest membership), maxTS what any of them has
/// (the largest). The figures do not depend on the order of the test solutions; those of SetMethods 4.1 do from three
/// test solutions on, of which it takes the first and the last only.
public struct TestSetRobustness: Sendable, Hashable {
    /// Where a case lies, and whether it has the outcome.
    public enum Region: String, Sendable, Hashable, CaseIterable {
        /// In IS and all test solutions, with the outcome.
        case robustTypical
        /// In IS and all test solutions, without the outcome.
        case robustDeviant
        /// In IS, but not in all test solutions, with the outcome.
        case shakyTypical
        /// In IS, but not in all test solutions, without the outcome.
        case shakyDeviant
        /// Not in IS, but in some test solution, with the outcome.
        case possibleTypical
        /// Not in IS, but in some test solution, without the outcome.
        case possibleDeviant
        /// In no solution, with the outcome.
        case extremeDeviantCoverage
        /// In no solution, without the outcome.
        case irrelevant

        /// The region as text: `IS*~minTS, Y > 0.5`.
        public var symbol: String {
            switch self {
            case .robustTypical: "IS*minTS, Y > 0.5"
            case .robustDeviant: "IS*minTS, Y < 0.5"
            case .shakyTypical: "IS*~minTS, Y > 0.5"
            case .shakyDeviant: "IS*~minTS, Y < 0.5"
            case .possibleTypical: "~IS*maxTS, Y > 0.5"
            case .possibleDeviant: "~IS*maxTS, Y < 0.5"
            case .extremeDeviantCoverage: "~IS*~maxTS, Y > 0.5"
            case .irrelevant: "~IS*~maxTS, Y < 0.5"
            }
        }
    }

    /// One test solution by itself.
    public struct SingleTest: Sendable, Hashable {
        /// What the test solution is called.
        public let name: String
        /// The test solution as text.
        public let expression: String
        /// The rank of IS against it, as ``TestSetRobustness/rank``.
        public let rank: Int
        /// How far both coincide, Σ min / Σ max; nil if both are empty.
        public let coincidence: Double?
    }

    /// What the initial solution is called.
    public let initial: String
    /// The names of the cases.
    public let cases: [String]
    /// The fit of IS.
    public let initialFit: SufficiencyFit
    /// The fit of the robust core min(IS, minTS).
    public let coreFit: SufficiencyFit
    /// The fit of minTS.
    public let minimumFit: SufficiencyFit
    /// The fit of maxTS.
    public let maximumFit: SufficiencyFit
    /// The coverage of the robust core over that of IS (RF_cov): 1 if IS is as narrow as the core.
    public let coverageRatio: Double?
    /// The consistency of IS over that of the robust core (RF_cons); nil if the core is empty.
    public let consistencyRatio: Double?
    /// How far IS and minTS coincide, Σ min / Σ max (RF_SC_minTS).
    public let minimumCoincidence: Double?
    /// How far IS and maxTS coincide (RF_SC_maxTS).
    public let maximumCoincidence: Double?
    /// Robust typical cases among robust, shaky and possible typical cases (RCR_typ); nil if there are none.
    public let typicalRatio: Double?
    /// Robust deviant cases among robust, shaky and possible deviant cases (RCR_dev); nil if there are none.
    public let deviantRatio: Double?
    /// The rank of case robustness (RCC_Rank): 1 if no case is shaky or possible, 2 if some are possible, 3 if some are
    /// shaky, 4 if both.
    public let rank: Int
    /// The positions of the cases in each region, in the order of ``Region``.
    public let regions: [[Int]]
    /// The positions of the cases at exactly one half in the outcome or between the regions.
    public let ambiguous: [Int]
    /// Each test solution by itself, the most different first.
    public let singleTests: [SingleTest]

    /// Compares an initial solution with test solutions.
    ///
    /// - Parameters:
    ///   - initial: The initial solution.
    ///   - tests: The test solutions, one at least; their cases are matched by name.
    ///   - outcome: The membership of each case of the initial solution in the outcome.
    /// - Throws: ``SetTheoryError`` if there is no test solution, one lacks a case, two cases have one name, or the
    ///   numbers of values differ.
    public init(
        _ initial: SolutionMembership, against tests: [SolutionMembership], outcome: [Double]
    ) throws(SetTheoryError) {
        let count = initial.cases.count
        if count == 0 { throw .noCases }
        if tests.isEmpty {
            throw .invalidSetting(
                name: "the test set", value: "empty", remedy: "name at least one alternative solution")
        }
        if outcome.count != count { throw .unequalLengths(set: "the outcome", count: outcome.count, cases: count) }
        if initial.values.count != count {
            throw .unequalLengths(set: initial.name, count: initial.values.count, cases: count)
        }
        let aligned = try tests.map { test throws(SetTheoryError) in try test.aligned(to: initial.cases) }
        let rows = 0..<count, y = outcome, x = initial.values
        var lowest = aligned[0], highest = aligned[0]
        for values in aligned.dropFirst() {
            for row in rows {
                lowest[row] = min(lowest[row], values[row])
                highest[row] = max(highest[row], values[row])
            }
        }
        let core = rows.map { min(x[$0], lowest[$0]) }
        let regions = Self.regions(x, lowest, highest, y)
        initialFit = SufficiencyFit(x, in: y)
        coreFit = SufficiencyFit(core, in: y)
        minimumFit = SufficiencyFit(lowest, in: y)
        maximumFit = SufficiencyFit(highest, in: y)
        coverageRatio = quotient(coreFit.coverage, initialFit.coverage)
        consistencyRatio = quotient(initialFit.inclusion, coreFit.inclusion)
        minimumCoincidence = coincidence(x, lowest)
        maximumCoincidence = coincidence(x, highest)
        func share(_ robust: Region, _ others: [Region]) -> Double? {
            let robust = Double(regions[robust]?.count ?? 0)
            return ratio(robust, others.reduce(robust) { $0 + Double(regions[$1]?.count ?? 0) })
        }
        typicalRatio = share(.robustTypical, [.shakyTypical, .possibleTypical])
        deviantRatio = share(.robustDeviant, [.shakyDeviant, .possibleDeviant])
        rank = Self.rank(x, lowest, highest)
        self.regions = Region.allCases.map { regions[$0] ?? [] }
        let placed = Set(self.regions.joined())
        ambiguous = rows.filter { !placed.contains($0) }
        self.initial = initial.expression
        cases = initial.cases
        let single = zip(tests, aligned).map { test, values in
            SingleTest(
                name: test.name, expression: test.expression, rank: Self.rank(x, values, values),
                coincidence: coincidence(x, values))
        }
        singleTests = single.enumerated().sorted { a, b in
            if a.element.rank != b.element.rank { return a.element.rank > b.element.rank }
            let first = a.element.coincidence ?? 1, second = b.element.coincidence ?? 1
            return first != second ? first < second : a.offset < b.offset
        }.map(\.element)
    }

    /// The names of the cases in a region.
    public subscript(region: Region) -> [String] {
        guard let position = Region.allCases.firstIndex(of: region) else { return [] }
        return regions[position].map { cases[$0] }
    }

    private static func regions(
        _ x: [Double], _ lowest: [Double], _ highest: [Double], _ y: [Double]
    ) -> [Region: [Int]] {
        var regions: [Region: [Int]] = [:]
        for row in x.indices where y[row] != 0.5 {
            let hasOutcome = y[row] > 0.5
            let region: Region
            if min(x[row], lowest[row]) > 0.5 {
                region = hasOutcome ? .robustTypical : .robustDeviant
            } else if min(x[row], 1 - lowest[row]) > 0.5 {
                region = hasOutcome ? .shakyTypical : .shakyDeviant
            } else if min(1 - x[row], highest[row]) > 0.5 {
                region = hasOutcome ? .possibleTypical : .possibleDeviant
            } else if min(1 - x[row], 1 - highest[row]) > 0.5 {
                region = hasOutcome ? .extremeDeviantCoverage : .irrelevant
            } else {
                continue
            }
            regions[region, default: []].append(row)
        }
        return regions
    }

    private static func rank(_ x: [Double], _ lowest: [Double], _ highest: [Double]) -> Int {
        let isShaky = x.indices.contains { x[$0] > 0.5 && lowest[$0] < 0.5 }
        let isPossible = x.indices.contains { x[$0] < 0.5 && highest[$0] > 0.5 }
        return 1 + (isPossible ? 1 : 0) + (isShaky ? 2 : 0)
    }
}

extension SolutionMembership {
    /// The memberships in the order of other cases.
    fileprivate func aligned(to others: [String]) throws(SetTheoryError) -> [Double] {
        if values.count != cases.count { throw .unequalLengths(set: name, count: values.count, cases: cases.count) }
        if cases == others { return values }
        var positions: [String: Int] = [:]
        for (position, name) in cases.enumerated() {
            if positions.updateValue(position, forKey: name) != nil {
                throw .notApplicable(
                    "the test solution `\(self.name)` has two cases named `\(name)`: give each case a name of its own")
            }
        }
        var result: [Double] = []
        for name in others {
            guard let position = positions[name] else {
                throw .notApplicable(
                    "the test solution `\(self.name)` lacks the case `\(name)`: solutions are compared on the same cases"
                )
            }
            result.append(values[position])
        }
        return result
    }
}

/// The sum of the smaller over the sum of the larger memberships (set coincidence, Ragin 2006); nil if both are empty.
private func coincidence(_ a: [Double], _ b: [Double]) -> Double? {
    ratio(zip(a, b).reduce(0) { $0 + min($1.0, $1.1) }, zip(a, b).reduce(0) { $0 + max($1.0, $1.1) })
}

private func quotient(_ numerator: Double?, _ denominator: Double?) -> Double? {
    guard let numerator, let denominator else { return nil }
    return ratio(numerator, denominator)
}
