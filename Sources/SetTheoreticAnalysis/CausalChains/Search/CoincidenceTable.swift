/// The distinct configurations of factors that cases show: what a coincidence analysis searches.
struct CoincidenceTable: Sendable {
    /// A factor as the table holds it.
    struct Factor: Sendable, Hashable {
        let name: String
        /// The levels that values can name, in listing order: presence before absence.
        let levels: [Int]
        let isFuzzy: Bool
        /// The position of the factor's first value among all values.
        let start: Int
    }

    let factors: [Factor]
    /// The values of all factors, factor by factor.
    let values: [FactorValue]
    /// The position of the factor of each value.
    let factorOf: [Int]
    let caseCount: Int
    let rowCount: Int
    let isCrisp: Bool
    let isMultiValue: Bool
    let weights: CaseWeights
    /// The membership of each row in each value, value by value.
    let memberships: [Double]
    /// The rows in which each value is present (a membership of one half or more), value by value.
    let present: [UInt64]
    let width: Int
    /// The names of factors that never change.
    let constants: [String]

    init(_ data: CalibratedData, factors names: [String]) throws(SetTheoryError) {
        if data.cases.isEmpty { throw .noCases }
        var sets: [CalibratedSet] = [], seen = Set<String>()
        for name in names {
            if !seen.insert(name).inserted { throw .duplicateSet(name) }
            let set = try data.set(name)
            if let row = set.values.firstIndex(where: { !$0.isFinite }) {
                throw .missingMembership(set: name, case: data.cases[row])
            }
            if set.kind != .fuzzy, set.values.contains(CalibratedSet.notApplicable) {
                throw .notApplicable(
                    "`\(name)` does not apply to some cases: coincidence analysis takes factors that every case has; "
                        + "leave `\(name)` or these cases out")
            }
            sets.append(set)
        }
        if sets.count < 2 {
            throw .notApplicable("a coincidence analysis needs two factors at least: name more sets")
        }
        let isMultiValue = sets.contains { $0.levelCount > 2 }
        var factors: [Factor] = [], values: [FactorValue] = [], factorOf: [Int] = []
        for set in sets {
            let levels =
                set.levelCount == 2
                ? (isMultiValue ? [0, 1] : [1, 0])
                : (0..<set.levelCount).filter { set.values.contains(Double($0)) }
            factors.append(
                Factor(name: set.name, levels: levels, isFuzzy: set.kind == .fuzzy, start: values.count))
            for level in levels {
                values.append(FactorValue(factor: set.name, level: level, isMultiValue: isMultiValue))
                factorOf.append(factors.count - 1)
            }
        }
        var rows: [[Double]: Int] = [:], first: [Int] = [], counts: [Int] = []
        for row in data.cases.indices {
            let key = sets.map { $0.values[row] }
            if let position = rows[key] {
                counts[position] += 1
            } else {
                rows[key] = first.count
                first.append(row)
                counts.append(1)
            }
        }
        let width = (first.count + 63) / 64
        let digits = Int.bitWidth - (counts.max() ?? 1).leadingZeroBitCount
        var planes = [UInt64](repeating: 0, count: digits * width)
        for (row, count) in counts.enumerated() {
            for digit in 0..<digits where count >> digit & 1 != 0 {
                planes[digit * width + row >> 6] |= 1 << UInt64(row & 63)
            }
        }
        var memberships: [Double] = []
        memberships.reserveCapacity(values.count * first.count)
        var present = [UInt64](repeating: 0, count: values.count * width)
        for (value, factor) in factorOf.enumerated() {
            let set = sets[factor], level = values[value].level
            for (row, source) in first.enumerated() {
                let given = set.values[source]
                let isPresent: Bool
                if set.kind == .fuzzy {
                    memberships.append(level == 1 ? given : 1 - given)
                    isPresent = (given >= 0.5) == (level == 1)
                } else {
                    memberships.append(given == Double(level) ? 1 : 0)
                    isPresent = given == Double(level)
                }
                if isPresent { present[value * width + row >> 6] |= 1 << UInt64(row & 63) }
            }
        }
        self.factors = factors
        self.values = values
        self.factorOf = factorOf
        self.isMultiValue = isMultiValue
        self.width = width
        self.memberships = memberships
        self.present = present
        caseCount = data.cases.count
        rowCount = first.count
        isCrisp = sets.allSatisfy { $0.kind != .fuzzy }
        weights = CaseWeights(values: counts.map(Double.init), planes: planes, planeCount: digits, width: width)
        constants = sets.filter { set in set.values.allSatisfy { $0 == set.values.first } }.map(\.name)
    }

    /// The membership of each row in a value.
    func membership(_ value: Int) -> ArraySlice<Double> { memberships[value * rowCount..<(value + 1) * rowCount] }

    /// Whether a value is present in a row.
    func isPresent(_ value: Int, in row: Int) -> Bool {
        present[value * width + row >> 6] >> UInt64(row & 63) & 1 != 0
    }

    /// The membership of each row in a disjunction of conjunctions of values.
    func membership(in disjuncts: [[Int]]) -> [Double] {
        var result = [Double](repeating: 0, count: rowCount)
        for disjunct in disjuncts {
            var conjunction = [Double](repeating: 1, count: rowCount)
            for value in disjunct {
                for (row, membership) in membership(value).enumerated() {
                    conjunction[row] = min(conjunction[row], membership)
                }
            }
            for row in 0..<rowCount { result[row] = max(result[row], conjunction[row]) }
        }
        return result
    }

    /// The value that an expression names: `Y`, `~Y`, `Y[2]`.
    ///
    /// - Throws: ``SetTheoryError`` if it is something else, or there is no such value.
    func value(_ expression: SetExpression) throws(SetTheoryError) -> Int {
        var inner = expression, isNegated = false
        if case .not(let other) = inner { (inner, isNegated) = (other, true) }
        guard case .set(let name, let levels) = inner, levels?.count ?? 1 == 1 else {
            throw .invalidSetting(
                name: "the outcome", value: "`\(expression)`", remedy: "name one value, like Y, ~Y or Y[1]")
        }
        guard let factor = factors.first(where: { $0.name == name }) else {
            throw .unknownSet(name, known: factors.map(\.name))
        }
        if isNegated || levels == nil, factor.levels.count > 2 {
            throw .invalidSetting(
                name: "the outcome", value: "`\(expression)`",
                remedy: "`\(name)` has \(factor.levels.count) levels; name one, like \(name)[1]")
        }
        var level = levels?.first ?? 1
        if isNegated { level = 1 - level }
        guard let position = factor.levels.firstIndex(of: level) else {
            throw .unknownLevel(set: name, level: level, levels: (factor.levels.max() ?? 0) + 1)
        }
        return factor.start + position
    }
}
