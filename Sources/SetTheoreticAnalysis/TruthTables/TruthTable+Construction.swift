extension TruthTable {
    /// Assigns cases to configurations and measures how consistently each configuration leads to the outcome.
    ///
    /// A case belongs to the configuration in which its membership exceeds one half (Ragin 2008, ch. 7). Inclusion and
    /// PRI of a row are taken over all cases, not its members only. A row is positive if inclusion and PRI reach
    /// their cuts, contradictory if inclusion lies between the two inclusion cuts, a remainder if it has fewer cases
    /// than the frequency cut, and negative otherwise.
    ///
    /// - Parameters:
    ///   - data: The cases and sets.
    ///   - outcome: The outcome: a set, its negation, a level, or any expression.
    ///   - conditions: The names of the conditions; the row number counts the last fastest.
    ///   - options: The cut-offs.
    /// - Throws: ``SetTheoryError`` for sets that do not exist, an outcome among the conditions, a constant
    ///   condition, cut-offs outside their range, or when no row has enough cases.
    public init(
        _ data: CalibratedData, outcome: SetExpression, conditions names: [String], options: TruthTableOptions = .init()
    ) throws(SetTheoryError) {
        try options.verify()
        let outcomeSets = outcome.setNames
        if let name = names.first(where: outcomeSets.contains) { throw .outcomeAmongConditions(name) }
        let conditions = try Conditions(names, in: data, outcome: outcome)
        var sets: [CalibratedSet] = []
        for name in names {
            let set = try data.set(name)
            if let value = set.values.first, data.cases.count > 1, set.values.allSatisfy({ $0 == value }) {
                throw .constantCondition(set: name, value: value)
            }
            sets.append(set)
        }
        var warnings: [String] = []
        let data = try data.treatingHalves(of: sets, by: options.halfMembership, warnings: &warnings)
        for position in sets.indices { sets[position] = try data.set(names[position]) }
        let y = try data.membership(in: outcome)

        let isHalf = data.cases.indices.map { row in
            sets.contains { $0.kind == .fuzzy && abs($0.values[row] - 0.5) < TruthTableOptions.tolerance }
        }
        var members: [Conjunction: [Int]] = [:], numbers: [Conjunction: Int] = [:]
        for row in data.cases.indices {
            var corner = Conjunction(), number = 0
            for (condition, set) in sets.enumerated() {
                let level = set.cornerLevel(row)
                corner[condition] = level
                number = number * set.digitCount + (level ?? set.levelCount)
            }
            members[corner, default: []].append(row)
            numbers[corner] = number + 1
        }
        let memberships = sets.map { set in (0..<set.levelCount).map { set.membership(level: $0) } }
        var rows: [Row] = []
        for (corner, cases) in members {
            var membership = [Double](repeating: 1, count: data.cases.count)
            for (condition, set) in sets.enumerated() {
                if let level = corner[condition] {
                    for row in membership.indices {
                        membership[row] = min(membership[row], memberships[condition][level][row])
                    }
                } else {
                    for row in membership.indices where set.values[row] != CalibratedSet.notApplicable {
                        membership[row] = 0
                    }
                }
            }
            let fit = SufficiencyFit(membership, in: y)
            let count = membership.count { $0 > 0.5 }, number = numbers[corner] ?? 0
            let output = options.output(count: count, inclusion: fit.inclusion, pri: fit.pri)
            rows.append(
                Row(
                    number: number, configuration: corner,
                    output: options.negativeRows.contains(number) ? .negative : output, count: count,
                    inclusion: fit.inclusion, pri: fit.pri, cases: cases.filter { !isHalf[$0] },
                    deviantCases: membership.indices.filter { membership[$0] > 0.5 && y[$0] < 0.5 }))
        }
        rows.sort { $0.number < $1.number }
        if rows.allSatisfy({ $0.count < options.frequencyCut }) {
            throw .noRowsLeft(frequencyCut: options.frequencyCut, highest: rows.map(\.count).max() ?? 0)
        }
        for (condition, set) in sets.enumerated() where set.kind == .fuzzy {
            if let level = rows.first?.configuration[condition],
                rows.allSatisfy({ $0.configuration[condition] == level })
            {
                warnings.append(
                    "every case is \(level == 1 ? "more in than out of" : "more out than in") `\(set.name)`: "
                        + "the condition does not tell the rows apart; look at its anchors")
            }
        }
        self.data = data
        self.conditions = conditions
        self.outcome = outcome
        outcomeMembership = y
        self.options = options
        self.rows = rows
        self.warnings = warnings
        if let warning = chanceWarning { self.warnings.append(warning) }
    }
}

extension CalibratedSet {
    /// The level in which a case is more in than out; nil where the condition does not apply.
    func cornerLevel(_ row: Int) -> Int? {
        switch kind {
        case .fuzzy: values[row] > 0.5 ? 1 : 0
        case .levels: values[row] == Self.notApplicable ? nil : Int(values[row])
        }
    }

    /// The number of values a digit of the row number takes: "does not apply" comes after the levels.
    var digitCount: Int { levelCount + (isTemporal ? 1 : 0) }
}

extension TruthTableOptions {
    /// What a row with these figures is.
    func output(count: Int, inclusion: Double?, pri: Double?) -> TruthTable.Output {
        guard count >= frequencyCut else { return .remainder }
        let inclusion = (inclusion ?? 0) + Self.tolerance
        if inclusion > inclusionCut { return (pri ?? 0) + Self.tolerance > priCut ? .positive : .negative }
        if let contradictionCut, inclusion > contradictionCut { return .contradiction }
        return .negative
    }

    func verify() throws(SetTheoryError) {
        func share(_ name: String, _ value: Double) throws(SetTheoryError) {
            guard value >= 0, value <= 1 else {
                throw .invalidSetting(name: name, value: "\(value)", remedy: "choose a number between 0 and 1")
            }
        }
        try share("the inclusion cut", inclusionCut)
        try share("the PRI cut", priCut)
        if let contradictionCut {
            try share("the second inclusion cut", contradictionCut)
            if contradictionCut > inclusionCut {
                throw .invalidSetting(
                    name: "the second inclusion cut", value: "\(contradictionCut)",
                    remedy: "it must not be above the first, \(inclusionCut)")
            }
        }
        if frequencyCut < 1 {
            throw .invalidSetting(name: "the frequency cut", value: "\(frequencyCut)", remedy: "a row needs a case")
        }
    }
}

extension CalibratedData {
    /// Treats memberships of exactly one half in fuzzy conditions.
    func treatingHalves(
        of conditions: [CalibratedSet], by treatment: TruthTableOptions.HalfMembership, warnings: inout [String]
    ) throws(SetTheoryError) -> CalibratedData {
        var affected = Set<Int>(), data = self
        for set in conditions where set.kind == .fuzzy {
            let halves = cases.indices.filter { abs(set.values[$0] - 0.5) < TruthTableOptions.tolerance }
            guard !halves.isEmpty else { continue }
            affected.formUnion(halves)
            let names = halves.prefix(10).map { "`\(cases[$0])`" }.joined(separator: ", ")
            let list = halves.count > 10 ? "\(names) and \(halves.count - 10) more" : names
            switch treatment {
            case .refuse: throw .halfMembership(set: set.name, cases: halves.map { cases[$0] })
            case .absent:
                warnings.append(
                    "`\(set.name)` is exactly 0.5 for \(list): neither in nor out, so counted in no row")
            case .drop: warnings.append("`\(set.name)` is exactly 0.5 for \(list): left out of the analysis")
            case .shift:
                warnings.append("`\(set.name)` is exactly 0.5 for \(list): 0.001 was added to these memberships")
                var values = set.values
                for row in halves { values[row] = 0.501 }
                data = try data.setting(CalibratedSet(unchecked: set.name, kind: .fuzzy, values: values))
            }
        }
        guard treatment == .drop, !affected.isEmpty else { return data }
        let kept = cases.indices.filter { !affected.contains($0) }
        if kept.isEmpty { throw .noCases }
        return selecting(kept)
    }
}
