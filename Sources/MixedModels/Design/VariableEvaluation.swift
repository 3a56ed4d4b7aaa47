/// The values of the variables of a formula in the rows of a frame.
///
/// As in R, `scale`, `center` and `poly` see every row in which their variable has a value, not only the complete rows.
struct VariableEvaluation {
    /// A variable: columns of numbers (NaN where missing) and what their names add to that of the variable, or levels.
    enum Values {
        case numeric([[Double]], suffixes: [String])
        case categorical(Factor)
    }

    let frame: ModelFrame
    let options: DesignOptions
    private var factors: [String: Factor] = [:]
    private var variables: [String: Values] = [:]

    init(_ frame: ModelFrame, _ options: DesignOptions) {
        self.frame = frame
        self.options = options
    }

    /// The values of a variable.
    mutating func values(of variable: FormulaVariable) throws(DesignError) -> Values {
        if let known = variables[variable.label] { return known }
        let result = try evaluate(variable)
        variables[variable.label] = result
        return result
    }

    private mutating func evaluate(_ variable: FormulaVariable) throws(DesignError) -> Values {
        switch variable.value {
        case .column(let name):
            guard let column = frame[name] else { throw .missingColumns([missing(name)]) }
            switch column {
            case .numeric(let values):
                guard options.contrasts[name] == nil, options.references[name] == nil
                else { throw .contrastOfNumbers(name) }
                return .numeric([values], suffixes: [""])
            case .categorical: return .categorical(try factor(name))
            }
        case .numeric(let expression):
            return .numeric([try numbers(expression, label: variable.label)], suffixes: [""])
        case .polynomial(let expression, let degree, let raw):
            let x = try finite(numbers(expression, label: variable.label), expression, label: variable.label)
            let suffixes = degree == 1 ? [""] : (1...degree).map(String.init)
            if raw {
                var powers = [x]
                for _ in 1..<max(degree, 1) { powers.append(zip(powers[powers.count - 1], x).map { $0 * $1 }) }
                return .numeric(powers, suffixes: suffixes)
            }
            let distinct = Set(x.filter { !$0.isNaN }).count
            guard distinct > degree else { throw .polynomialDegree(variable.label, distinct: distinct) }
            return .numeric(orthogonalPolynomials(x, degree: degree), suffixes: suffixes)
        case .factor(let expression):
            return .categorical(try factor(expression, label: variable.label))
        case .comparison(let symbol, let left, let right):
            let a = try numbers(left, label: variable.label)
            let b = try numbers(right, label: variable.label)
            return .categorical(
                logical(
                    zip(a, b).map { x, y in
                        guard !x.isNaN, !y.isNaN else { return nil }
                        return switch symbol {
                        case "<": x < y
                        case ">": x > y
                        case "<=": x <= y
                        case ">=": x >= y
                        case "==": x == y
                        default: x != y
                        }
                    }))
        case .textComparison(let name, let isEqual, let text):
            let factor = try self.factor(name)
            let level = factor.levels.firstIndex(of: text)
            guard let level else {
                throw .unknownLevel(
                    variable: name, level: text, nearest: nearestName(to: text, among: factor.levels))
            }
            return .categorical(logical(factor.codes.map { $0 < 0 ? nil : ($0 == level) == isEqual }))
        }
    }

    private func logical(_ values: [Bool?]) -> Factor {
        Factor(codes: values.map { $0.map { $0 ? 1 : 0 } ?? -1 }, levels: ["FALSE", "TRUE"])
    }

    // MARK: - Categories

    /// The column as categories, its levels in the order that the options ask for.
    mutating func factor(_ name: String) throws(DesignError) -> Factor {
        if let known = factors[name] { return known }
        guard let column = frame[name] else { throw .missingColumns([missing(name)]) }
        if case .numeric(let values) = column, let row = values.firstIndex(where: \.isInfinite) {
            throw .notFinite(variable: name, row: row + 1, detail: "")
        }
        var factor = Factor(column)
        if let names = options.levels[name] {
            let declared = Set(names)
            if let row = factor.codes.firstIndex(where: { $0 >= 0 && !declared.contains(factor.levels[$0]) }) {
                throw .undeclaredLevel(column: name, value: factor.levels[factor.codes[row]].truncated, row: row + 1)
            }
            factor = factor.ordered(by: unique(names))
        }
        if let reference = options.references[name] { factor = try self.factor(factor, first: reference, label: name) }
        factors[name] = factor
        return factor
    }

    private mutating func factor(_ expression: FactorExpression, label: String) throws(DesignError) -> Factor {
        switch expression {
        case .column(let name): return try factor(name)
        case .levels(let inner, let names): return try factor(inner, label: label).ordered(by: unique(names))
        case .reference(let inner, let level):
            return try factor(try factor(inner, label: label), first: level, label: label)
        case .contrast(let inner, let coding):
            var result = try factor(inner, label: label)
            result.coding = coding
            return result
        }
    }

    private func factor(_ factor: Factor, first level: String, label: String) throws(DesignError) -> Factor {
        guard factor.levels.contains(level) else {
            throw .unknownLevel(
                variable: label, level: level, nearest: nearestName(to: level, among: factor.levels))
        }
        return factor.ordered(by: [level] + factor.levels.filter { $0 != level })
    }

    // MARK: - Numbers

    /// The numbers of an expression; where it is not defined although its variables are there, the value is infinite.
    mutating func numbers(_ expression: NumericExpression, label: String) throws(DesignError) -> [Double] {
        switch expression {
        case .constant(let value): return [Double](repeating: value, count: frame.rowCount)
        case .column(let name): return try numbers(ofColumn: name, label: label)
        case .negative(let x): return try numbers(x, label: label).map { -$0 }
        case .arithmetic(let symbol, let left, let right):
            guard let operation = arithmetic(symbol) else { return [] }
            let a = try numbers(left, label: label)
            if case .constant(let y) = right { return a.map { Self.defined(operation($0, y), !$0.isNaN) } }
            let b = try numbers(right, label: label)
            return zip(a, b).map { Self.defined(operation($0, $1), !$0.isNaN && !$1.isNaN) }
        case .function(let function, let x):
            return try numbers(x, label: label).map { Self.defined(function($0), !$0.isNaN) }
        case .logarithm(let x, let base):
            let logarithm = ElementaryFunction.naturalLogarithm
            return try numbers(x, label: label).map {
                base == 10
                    ? Self.defined(ElementaryFunction.decimalLogarithm($0), !$0.isNaN)
                    : base == 2
                        ? Self.defined(ElementaryFunction.binaryLogarithm($0), !$0.isNaN)
                        : Self.defined(logarithm($0) / logarithm(base), !$0.isNaN)
            }
        case .standardized(let x, let center, let scale):
            let values = try finite(try numbers(x, label: label), x, label: label)
            return try standardized(values, center, scale, label: label)
        }
    }

    private static func defined(_ value: Double, _ isPresent: Bool) -> Double {
        isPresent && value.isNaN ? .infinity : isPresent ? value : .nan
    }

    private func standardized(
        _ values: [Double], _ center: NumericExpression.Standard, _ scale: NumericExpression.Standard, label: String
    ) throws(DesignError) -> [Double] {
        let present = values.filter { !$0.isNaN }
        let count = Double(present.count)
        var shift = 0.0
        switch center {
        case .none: break
        case .value(let value): shift = value
        case .sample:
            let mean = present.reduce(0, +) / count
            // A second pass takes out the rounding of the first.
            shift = mean + present.reduce(0) { $0 + ($1 - mean) } / count
        }
        var unit = 1.0
        switch scale {
        case .none: break
        case .value(let value): unit = value
        case .sample: unit = (present.reduce(0) { $0 + ($1 - shift) * ($1 - shift) } / max(1, count - 1)).squareRoot()
        }
        guard unit != 0 else {
            throw .constantPredictor(label, value: present.first ?? 0, rows: present.count)
        }
        return values.map { ($0 - shift) / unit }
    }

    private mutating func numbers(ofColumn name: String, label: String) throws(DesignError) -> [Double] {
        guard let column = frame[name] else { throw .missingColumns([missing(name)]) }
        switch column {
        case .numeric(let values): return values
        case .categorical(let texts):
            let factor = try self.factor(name)
            if factor.levels.allSatisfy({ $0 == "TRUE" || $0 == "FALSE" }) {
                let truths = factor.levels.map { $0 == "TRUE" ? 1.0 : 0 }
                return factor.codes.map { $0 < 0 ? .nan : truths[$0] }
            }
            let row = texts.firstIndex { $0 != nil } ?? 0
            throw .notNumeric(variable: label, column: name, value: (texts[row] ?? "").truncated, row: row + 1)
        }
    }

    private func finite(
        _ values: [Double], _ expression: NumericExpression, label: String
    ) throws(DesignError) -> [Double] {
        if let row = values.firstIndex(where: { $0.isInfinite }) {
            throw .notFinite(variable: label, row: row + 1, detail: detail(expression.columns, row: row))
        }
        return values
    }

    /// The values of columns in a row, for an error: `x = 0, z = 2`.
    func detail(_ columns: [String], row: Int) -> String {
        columns.compactMap { name in
            guard case .numeric(let values)? = frame[name], values.indices.contains(row) else { return nil }
            return "\(name) = \(numberText(values[row]))"
        }.joined(separator: ", ")
    }

    func missing(_ name: String) -> DesignError.MissingColumn {
        DesignError.MissingColumn(name: name, nearest: nearestName(to: name, among: frame.names.prefix(10_000)))
    }
}

extension String {
    /// At most 40 characters, for errors.
    var truncated: String { count > 40 ? prefix(40) + "…" : self }
}
