/// The conditions and atomic formulas of one outcome.
struct OutcomeSearch: Sendable {
    private(set) var conditions: [SufficientCondition] = []
    private(set) var candidates: [AtomicCandidate] = []
    private(set) var reached: [CoincidenceLimits.Reached] = []
    /// The number of formulas over too many factors for redundancies to be looked for.
    private(set) var unchecked = 0

    init(table: CoincidenceTable, outcome: Int, causes: [Int], excluded: Set<Int>, options: CoincidenceOptions) {
        if table.isCrisp {
            search(
                table, outcome: outcome, causes: causes, excluded: excluded, options: options, columns: table.present,
                length: table.width)
        } else {
            search(
                table, outcome: outcome, causes: causes, excluded: excluded, options: options,
                columns: table.memberships,
                length: table.rowCount)
        }
    }

    private mutating func search<Unit: MembershipUnit>(
        _ table: CoincidenceTable, outcome: Int, causes: [Int], excluded: Set<Int>, options: CoincidenceOptions,
        columns: [Unit],
        length: Int
    ) {
        // What rounding may take from a sum over the configurations, as in cna.
        let slack = Double(table.rowCount) * 0x1p-52
        func column(_ value: Int) -> ArraySlice<Unit> { columns[value * length..<(value + 1) * length] }
        let y = Array(column(outcome))
        var totals = OutcomeTotals(x: 0, total: 0)
        for (membership, weight) in zip(table.membership(outcome), table.weights.values) {
            totals.x += membership * weight
            totals.total += weight
        }
        func tally(_ x: [Unit]) -> Tally {
            x.withUnsafeBufferPointer { x in
                y.withUnsafeBufferPointer { y in
                    Unit.tally(x, y, weights: table.weights, outcome: totals, onlyStandard: false)
                }
            }
        }
        func conjunction(_ values: [Int]) -> [Unit] {
            var result = Array(column(values[0]))
            for value in values.dropFirst() {
                for (unit, other) in column(value).enumerated() {
                    result[unit] = Unit.conjunction(result[unit], other)
                }
            }
            return result
        }
        var first = SufficientConditionSearch(
            table: table, columns: columns, length: length, outcome: y, totals: totals, measure: options.sufficiency,
            threshold: max(0, (options.conditionConsistency ?? options.consistency) - slack), causes: causes,
            excluded: excluded,
            limits: options.limits)
        first.run()
        let name = table.values[outcome].description
        if !first.isComplete { reached.append(.sufficientConditions(outcome: name, count: first.found.count)) }
        if first.found.isEmpty { return }
        var conditionColumns: [Unit] = []
        conditionColumns.reserveCapacity(first.found.count * length)
        var figures: [(condition: SufficientCondition, text: String)] = []
        for values in first.found {
            let x = conjunction(values), tally = tally(x), coverage = options.necessity.value(tally)
            conditionColumns += x
            let condition = SufficientCondition(
                values: values.map { table.values[$0] }, outcome: table.values[outcome],
                consistency: options.sufficiency.value(tally), coverage: coverage.isFinite ? coverage : nil)
            figures.append((condition, condition.expression.notation))
        }
        conditions = figures.sorted { a, b in
            if a.condition.complexity != b.condition.complexity {
                return a.condition.complexity < b.condition.complexity
            }
            let fitA = a.condition.consistency * (a.condition.coverage ?? 0)
            let fitB = b.condition.consistency * (b.condition.coverage ?? 0)
            return fitA != fitB ? fitA > fitB : a.text < b.text
        }.map(\.condition)

        var second = AtomicFormulaSearch(
            columns: conditionColumns, length: length, sizes: first.found.map(\.count), outcome: y, totals: totals,
            weights: table.weights, options: options, consistency: max(0, options.consistency - slack),
            coverage: max(0, options.coverage - slack))
        second.run()
        if !second.isComplete { reached.append(.atomicFormulas(outcome: name, count: second.found.count)) }
        var formulas: [(candidate: AtomicCandidate, text: String)] = []
        var spaces: [[Int]: ConfigurationSpace?] = [:]
        for found in second.found {
            let disjuncts = found.map { first.found[$0] }.sorted {
                $0.count != $1.count ? $0.count < $1.count : $0.lexicographicallyPrecedes($1)
            }
            let membership = table.membership(in: disjuncts)
            if !Self.variesWhereItHolds(membership, table.membership(outcome)) { continue }
            var x = [Unit](repeating: .none, count: length)
            for condition in found {
                for unit in 0..<length {
                    x[unit] = Unit.disjunction(x[unit], conditionColumns[condition * length + unit])
                }
            }
            let sums = tally(x)
            let factors = Set(disjuncts.flatMap { $0.map { table.factorOf[$0] } } + [table.factorOf[outcome]]).sorted()
            let space: ConfigurationSpace?
            if let known = spaces[factors] {
                space = known
            } else {
                space = ConfigurationSpace(factors, of: table)
                if spaces.count < 1024, space?.count ?? 0 <= 1 << 12 { spaces[factors] = .some(space) }
            }
            var isINUS: Bool?, fit: (exhaustiveness: Double?, faithfulness: Double?) = (nil, nil)
            if let space {
                isINUS =
                    space.varies(space.having(any: disjuncts), within: space.everything)
                    && space.isMinimal(disjuncts, within: space.everything)
                fit = space.fit(of: space.allowed(by: disjuncts, outcome: outcome))
            } else {
                unchecked += 1
            }
            if options.onlyINUS, isINUS == false { continue }
            let formula = AtomicFormula(
                disjuncts: disjuncts.map { $0.map { table.values[$0] } }, outcome: table.values[outcome],
                consistency: options.sufficiency.value(sums), coverage: options.necessity.value(sums),
                exhaustiveness: fit.exhaustiveness, faithfulness: fit.faithfulness, isINUS: isINUS)
            formulas.append(
                (AtomicCandidate(disjuncts: disjuncts, outcome: outcome, formula: formula), formula.expression.notation)
            )
        }
        candidates = formulas.sorted { a, b in
            let first = a.candidate.formula, second = b.candidate.formula
            if first.complexity != second.complexity { return first.complexity < second.complexity }
            let fitA = first.consistency * first.coverage, fitB = second.consistency * second.coverage
            return fitA != fitB ? fitA > fitB : a.text < b.text
        }.map(\.candidate)
    }

    /// Whether, among the cases that agree with a formula, some have the outcome and some do not; otherwise all that
    /// the outcome varies is noise to the formula.
    private static func variesWhereItHolds(_ x: [Double], _ y: ArraySlice<Double>) -> Bool {
        var some = false, none = false
        for (x, y) in zip(x, y) where (x >= 0.5) == (y >= 0.5) {
            if y >= 0.5 { some = true } else { none = true }
        }
        return some && none
    }
}
