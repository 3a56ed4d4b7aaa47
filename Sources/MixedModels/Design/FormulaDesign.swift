import LinearAlgebra

extension MixedDesign {
    /// Applies a formula to data.
    ///
    /// Rows that lack a value in a variable of the model are left out, as are levels that the other rows do not have. Text
    /// columns are categorical, their levels in the order of Unicode scalars (A to Z before a to z) unless the options say
    /// otherwise, and columns of TRUE and FALSE are R's logical variables; numbers are categories only by `factor()` and
    /// behind the bar. `scale`, `center` and `poly` use every row in which their variable has a value, as R does.
    ///
    /// Throws ``DesignError`` where the columns do not fit the formula or the model cannot be estimated from them.
    public init(
        _ formula: MixedFormula, _ frame: ModelFrame, options: DesignOptions = DesignOptions()
    ) throws(DesignError) {
        var evaluation = VariableEvaluation(frame, options)
        let columns = unique(formula.variables + (options.weights.map { [$0] } ?? []))
        let missing = columns.filter { frame[$0] == nil }
        guard missing.isEmpty else { throw .missingColumns(missing.map(evaluation.missing)) }

        // Everything is evaluated in all rows of the frame, then the complete rows are taken.
        var response = try Self.response(formula, &evaluation)
        var values: [String: VariableEvaluation.Values] = [:]
        for terms in [formula.fixed] + formula.randomTerms.map(\.terms) {
            for index in Set(terms.terms.joined()).sorted() where values[terms.variables[index].label] == nil {
                values[terms.variables[index].label] = try evaluation.values(of: terms.variables[index])
            }
        }
        var offsets: [[Double]] = []
        for offset in formula.fixed.offsets {
            offsets.append(try evaluation.numbers(offset.value, label: offset.label))
        }
        var groupings: [String: Factor] = [:]
        for name in formula.randomTerms.flatMap(\.grouping.columns) where groupings[name] == nil {
            groupings[name] = try evaluation.factor(name)
        }
        var weights: [Double]?
        if let name = options.weights {
            guard case .numeric(let numbers)? = frame[name] else {
                _ = try evaluation.numbers(.column(name), label: name)
                throw .notNumeric(variable: name, column: name, value: "TRUE", row: 1)
            }
            weights = numbers
        }

        let rows = Self.completeRows(
            frame.rowCount, among: options.rows, numbers: [response] + offsets + (weights.map { [$0] } ?? []),
            values: Array(values.values), factors: Array(groupings.values))
        guard rows.count >= 2 else {
            throw .tooFewRows(complete: rows.count, rows: frame.rowCount, missing: Self.missing(columns, frame))
        }
        if rows.count < frame.rowCount {
            response = rows.map { response[$0] }
            offsets = offsets.map { offset in rows.map { offset[$0] } }
            weights = weights.map { weights in rows.map { weights[$0] } }
        }
        for (label, content) in values {
            switch content {
            case .numeric(let columns, let suffixes):
                guard rows.count < frame.rowCount else { continue }
                values[label] = .numeric(columns.map { column in rows.map { column[$0] } }, suffixes: suffixes)
            case .categorical(let factor): values[label] = .categorical(factor.selecting(rows))
            }
        }
        groupings = groupings.mapValues { $0.selecting(rows) }

        func check(_ column: [Double], _ label: String, _ inputs: [String]) throws(DesignError) {
            guard let row = column.firstIndex(where: { !$0.isFinite }) else { return }
            throw .notFinite(variable: label, row: rows[row] + 1, detail: evaluation.detail(inputs, row: rows[row]))
        }
        try check(response, formula.responseName, formula.response.columns)
        for (offset, column) in zip(formula.fixed.offsets, offsets) {
            try check(column, offset.label, offset.value.columns)
        }
        for terms in [formula.fixed] + formula.randomTerms.map(\.terms) {
            for index in Set(terms.terms.joined()).sorted() {
                let variable = terms.variables[index]
                guard case .numeric(let columns, _)? = values[variable.label] else { continue }
                for column in columns { try check(column, variable.label, variable.columns) }
            }
        }
        if let weights, let name = options.weights,
            let row = weights.firstIndex(where: { !($0 > 0 && $0.isFinite) })
        {
            throw .weight(column: name, row: rows[row] + 1, value: weights[row])
        }
        if let first = response.first, response.allSatisfy({ $0 == first }) {
            throw .constantResponse(formula.responseName, value: first, rows: rows.count)
        }

        let fixed = try Self.fixed(formula.fixed, values, rowCount: rows.count, options)
        let terms = try Self.terms(formula.randomTerms, values, groupings, rowCount: rows.count, options)
        var offset = offsets.first
        for other in offsets.dropFirst() { offset = offset.map { zip($0, other).map { $0 + $1 } } }
        self.init(
            responseName: formula.responseName, response: response, fixed: fixed.matrix, fixedNames: fixed.names,
            fixedTerms: fixed.terms, fixedAssignment: fixed.assignment, terms: terms, weights: weights, offset: offset,
            rows: rows, frameRowCount: frame.rowCount)
        warnings = Self.scaleWarnings(fixed)
    }

    private static func response(
        _ formula: MixedFormula, _ evaluation: inout VariableEvaluation
    ) throws(DesignError) -> [Double] {
        switch formula.response.value {
        case .column(let name):
            switch evaluation.frame[name] {
            case .numeric(let numbers)?: return numbers
            case .categorical(let texts)?:
                let row = texts.firstIndex { $0 != nil } ?? 0
                let text = texts.indices.contains(row) ? texts[row] ?? "" : ""
                throw .categoricalResponse(name, value: text.truncated, row: row + 1)
            case nil: throw .missingColumns([evaluation.missing(name)])
            }
        case .numeric(let expression): return try evaluation.numbers(expression, label: formula.responseName)
        default: return []
        }
    }

    // MARK: - Rows

    private static func completeRows(
        _ count: Int, among candidates: [Int]?, numbers: [[Double]], values: [VariableEvaluation.Values],
        factors: [Factor]
    ) -> [Int] {
        var isComplete = [Bool](repeating: candidates == nil, count: count)
        for row in candidates ?? [] where isComplete.indices.contains(row) { isComplete[row] = true }
        func exclude(_ numbers: [Double]) {
            for row in 0..<count where numbers[row].isNaN { isComplete[row] = false }
        }
        func exclude(_ factor: Factor) {
            for row in 0..<count where factor.codes[row] < 0 { isComplete[row] = false }
        }
        numbers.forEach(exclude)
        factors.forEach(exclude)
        for content in values {
            switch content {
            case .numeric(let columns, _): columns.forEach(exclude)
            case .categorical(let factor): exclude(factor)
            }
        }
        return (0..<count).filter { isComplete[$0] }
    }

    private static func missing(_ columns: [String], _ frame: ModelFrame) -> [DesignError.MissingValues] {
        columns.map { name in
            let count =
                switch frame[name] {
                case .numeric(let values)?: values.count { $0.isNaN }
                case .categorical(let values)?: values.count { $0 == nil }
                case nil: 0
                }
            return DesignError.MissingValues(column: name, rows: count)
        }
    }

    // MARK: - Fixed terms

    private static func fixed(
        _ terms: FormulaTerms, _ values: [String: VariableEvaluation.Values], rowCount: Int, _ options: DesignOptions
    ) throws(DesignError) -> ModelMatrix {
        guard terms.hasIntercept || !terms.terms.isEmpty else { throw .noFixedTerms }
        for term in terms.terms where term.count == 1 && terms.hasIntercept {
            let label = terms.variables[term[0]].label
            if case .numeric(let columns, _)? = values[label], let first = columns.first?.first,
                columns.count == 1, columns[0].allSatisfy({ $0 == first })
            {
                throw .constantPredictor(label, value: first, rows: rowCount)
            }
        }
        let result = try ModelMatrix(terms, of: "the fixed terms", values: values, rowCount: rowCount, options: options)
        let dependent = LinearDependence.columns(of: result.matrix)
        guard dependent.isEmpty else { throw .aliased(dependent.map { aliased($0, result.names) }) }
        return result
    }

    private static func aliased(_ column: LinearDependence.Column, _ names: [String]) -> DesignError.AliasedColumn {
        DesignError.AliasedColumn(
            name: names[column.index],
            combination: column.combination.map {
                DesignError.AliasedColumn.Summand(coefficient: $0.coefficient, name: names[$0.column])
            })
    }

    /// Predictors whose standard deviations differ by more than a thousand times, which lme4 warns of too.
    private static func scaleWarnings(_ fixed: ModelMatrix) -> [String] {
        var smallest: (name: String, deviation: Double)?
        var largest: (name: String, deviation: Double)?
        for column in 0..<fixed.matrix.columns where fixed.names[column] != "(Intercept)" {
            let values = fixed.matrix.column(column)
            guard values.contains(where: { $0 != 0 && $0 != 1 }) else { continue }
            let count = Double(values.count)
            let mean = values.reduce(0, +) / count
            let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)).squareRoot()
            guard deviation > 0 else { continue }
            if deviation < smallest?.deviation ?? .infinity { smallest = (fixed.names[column], deviation) }
            if deviation > largest?.deviation ?? 0 { largest = (fixed.names[column], deviation) }
        }
        guard let smallest, let largest, largest.deviation > 1000 * smallest.deviation else { return [] }
        return [
            "The predictors `\(largest.name)` and `\(smallest.name)` are on very different scales: their standard deviations are in the ratio \(numberText((largest.deviation / smallest.deviation).rounded())) to 1. Consider other units, or scale()."
        ]
    }

    // MARK: - Random terms

    private static func terms(
        _ formulas: [RandomTermFormula], _ values: [String: VariableEvaluation.Values], _ groupings: [String: Factor],
        rowCount: Int, _ options: DesignOptions
    ) throws(DesignError) -> [RandomTerm] {
        var factors: [String: Factor] = [:]
        var terms: [RandomTerm] = []
        for formula in formulas {
            let name = formula.factor
            let factor =
                factors[name] ?? Factor.cells(of: formula.grouping.columns.compactMap { groupings[$0] })
            factors[name] = factor
            let count = factor.levels.count
            guard count > 1 else {
                throw .oneGroup(name, level: factor.levels.first?.truncated ?? "", rows: rowCount)
            }
            guard count < rowCount else { throw .groupForEachRow(name, levels: count, rows: rowCount) }
            let columns = try ModelMatrix(
                formula.terms, of: "the random term \(formula)", values: values, rowCount: rowCount, options: options)
            let effects = count * columns.names.count
            guard effects < rowCount else {
                throw .tooManyRandomEffects(term: formula.description, effects: effects, rows: rowCount)
            }
            if let dependent = LinearDependence.columns(of: columns.matrix).first {
                throw .aliasedRandomTerm(formula.description, aliased(dependent, columns.names))
            }
            let term = RandomTerm(
                factor: name, coefficientNames: columns.names, columns: columns.matrix, groups: factor.codes,
                levels: factor.levels)
            for (earlier, other) in zip(terms, formulas) where haveSameGroups(earlier, term) {
                throw .sameGroups(other.description, formula.description)
            }
            terms.append(term)
        }
        return named(sorted(terms))
    }

    /// Whether two terms of different factors divide the rows alike and share a coefficient.
    private static func haveSameGroups(_ a: RandomTerm, _ b: RandomTerm) -> Bool {
        guard a.factor != b.factor, a.levels.count == b.levels.count,
            a.coefficientNames.contains(where: b.coefficientNames.contains)
        else { return false }
        var image = [Int](repeating: -1, count: a.levels.count)
        for (first, second) in zip(a.groups, b.groups) {
            if image[first] < 0 { image[first] = second }
            guard image[first] == second else { return false }
        }
        return true
    }

    /// lme4's order: unchanged where the numbers of groups do not rise, else by falling number with ties reversed.
    private static func sorted(_ terms: [RandomTerm]) -> [RandomTerm] {
        guard zip(terms, terms.dropFirst()).contains(where: { $0.levels.count < $1.levels.count }) else { return terms }
        return terms.indices.sorted { (terms[$0].levels.count, $0) > (terms[$1].levels.count, $1) }.map { terms[$0] }
    }

    /// Names the second and later terms of a factor `g.1`, `g.2` …
    private static func named(_ terms: [RandomTerm]) -> [RandomTerm] {
        var used = Set(terms.map(\.factor))
        var seen: Set<String> = []
        return terms.map { term in
            var term = term
            if !seen.insert(term.factor).inserted {
                var number = 1
                while used.contains("\(term.factor).\(number)") { number += 1 }
                term.name = "\(term.factor).\(number)"
                used.insert(term.name)
            }
            return term
        }
    }
}
