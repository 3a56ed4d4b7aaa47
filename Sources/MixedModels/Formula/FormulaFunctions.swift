/// Gives the functions and the arithmetic inside a formula their meaning.
struct FormulaFunctions {
    /// The formula, for errors.
    let formula: String

    /// The functions that formulas know.
    static let names =
        ["I", "scale", "center", "poly", "factor", "as.factor", "C", "relevel", "offset"]
        + ElementaryFunction.allCases.map(\.rawValue)

    /// The variable that a name or a call stands for.
    func variable(_ expression: FormulaExpression) throws(FormulaError) -> FormulaVariable {
        let label = expression.description
        switch expression.kind {
        case .name(let name): return FormulaVariable(label: label, value: .column(name))
        case .call(let function, let arguments):
            return FormulaVariable(
                label: label, value: try value(of: function, arguments, in: expression))
        default: throw error(.notATerm(label, advice: "write arithmetic inside I(…)"), expression)
        }
    }

    private func value(
        of function: String, _ arguments: [FormulaExpression.Argument], in call: FormulaExpression
    ) throws(FormulaError) -> FormulaVariable.Value {
        switch function {
        case "I":
            let content = try single(arguments, of: call).stripped
            if case .binary(let symbol, let left, let right) = content.kind,
                ["<", ">", "<=", ">=", "==", "!="].contains(symbol)
            {
                return try comparison(symbol, left.stripped, right.stripped, in: call)
            }
            return .numeric(try numeric(content))
        case "poly":
            let values = try matched(arguments, to: ["x", "degree", "raw"], of: call)
            guard let x = values["x"] else { throw self.error(.call("\(call)", advice: "write poly(x, 2)"), call) }
            let degree = try values["degree"].map { value throws(FormulaError) in try number(value) } ?? 1
            guard degree >= 1, degree <= 50, degree == degree.rounded() else {
                throw error(.call("\(call)", advice: "the degree is a whole number from 1, as in poly(x, 2)"), call)
            }
            return .polynomial(
                try numeric(x), degree: Int(degree), raw: try values["raw"].map(truth) ?? false)
        case "factor", "as.factor", "C", "relevel":
            return .factor(try factor(call))
        case "offset":
            throw error(.call("\(call)", advice: "an offset is added on its own, as in y ~ x + offset(z)"), call)
        default:
            return .numeric(try numeric(call))
        }
    }

    /// The numbers that an expression stands for.
    func numeric(_ expression: FormulaExpression) throws(FormulaError) -> NumericExpression {
        switch expression.kind {
        case .number(let value): return .constant(value)
        case .name("pi"): return .constant(.pi)
        case .name(let name): return .column(name)
        case .parenthesised(let inner): return try numeric(inner)
        case .prefixed(let sign, let operand):
            let value = try numeric(operand)
            return sign == "-" ? .negative(value) : value
        case .sum(let addends):
            var total: NumericExpression?
            for addend in addends {
                let value = try numeric(addend.expression)
                total = total.map { .arithmetic(addend.isSubtracted ? "-" : "+", $0, value) } ?? value
            }
            return total ?? .constant(0)
        case .binary(let symbol, let left, let right):
            guard arithmetic(symbol) != nil else {
                throw error(
                    .notATerm("\(expression)", advice: "\(symbol) is not arithmetic; here are + - * / ^ and %%"),
                    expression)
            }
            return .arithmetic(symbol, try numeric(left), try numeric(right))
        case .text:
            throw error(.notATerm("\(expression)", advice: "a number or a variable is expected"), expression)
        case .bar:
            throw error(.misplacedRandomTerm("a random term cannot stand inside a function"), expression)
        case .call(let function, let arguments):
            return try call(function, arguments, in: expression)
        }
    }

    private func call(
        _ function: String, _ arguments: [FormulaExpression.Argument], in call: FormulaExpression
    ) throws(FormulaError) -> NumericExpression {
        switch function {
        case "I": return try numeric(try single(arguments, of: call))
        case "center":
            return .standardized(try numeric(try single(arguments, of: call)), center: .sample, scale: .none)
        case "scale":
            let values = try matched(arguments, to: ["x", "center", "scale"], of: call)
            guard let x = values["x"] else { throw error(.call("\(call)", advice: "write scale(x)"), call) }
            return .standardized(
                try numeric(x), center: try values["center"].map(standard) ?? .sample,
                scale: try values["scale"].map(standard) ?? .sample)
        case "log" where arguments.count > 1:
            let values = try matched(arguments, to: ["x", "base"], of: call)
            guard let x = values["x"], let base = try values["base"].map(number), base > 0, base != 1 else {
                throw error(.call("\(call)", advice: "the base of a logarithm is a positive number but 1"), call)
            }
            return .logarithm(try numeric(x), base: base)
        case "poly", "factor", "as.factor", "C", "relevel", "offset":
            throw error(.call("\(call)", advice: "\(function)() is not a number; it stands as a term of its own"), call)
        default:
            guard let known = ElementaryFunction(rawValue: function) else {
                throw error(.unknownFunction(function, nearest: nearest(to: function)), call)
            }
            return .function(known, try numeric(try single(arguments, of: call)))
        }
    }

    private func comparison(
        _ symbol: String, _ left: FormulaExpression, _ right: FormulaExpression, in call: FormulaExpression
    ) throws(FormulaError) -> FormulaVariable.Value {
        guard case .text(let text) = right.kind else {
            return .comparison(symbol, try numeric(left), try numeric(right))
        }
        guard case .name(let column) = left.kind, symbol == "==" || symbol == "!=" else {
            throw error(.call("\(call)", advice: "text is compared as in I(sex == \"F\")"), call)
        }
        return .textComparison(column: column, isEqual: symbol == "==", text: text)
    }

    /// A categorical variable: a column, or `factor`, `C` and `relevel` around one.
    func factor(_ expression: FormulaExpression) throws(FormulaError) -> FactorExpression {
        guard case .call(let function, let arguments) = expression.stripped.kind else {
            if case .name(let name) = expression.stripped.kind { return .column(name) }
            throw error(
                .notATerm("\(expression)", advice: "factor(), C() and relevel() take the name of a column"), expression)
        }
        switch function {
        case "factor", "as.factor":
            let values = try matched(
                arguments, to: function == "factor" ? ["x", "levels"] : ["x"], of: expression)
            guard let x = values["x"] else {
                throw error(.call("\(expression)", advice: "write factor(x)"), expression)
            }
            let inner = try factor(x)
            guard let levels = values["levels"] else { return inner }
            return .levels(inner, try texts(levels))
        case "relevel":
            let values = try matched(arguments, to: ["x", "ref"], of: expression)
            guard let x = values["x"], let reference = values["ref"], let level = try texts(reference).first else {
                throw error(.call("\(expression)", advice: "write relevel(x, ref = \"level\")"), expression)
            }
            return .reference(try factor(x), level)
        case "C":
            let advice =
                "write C(x, sum), with one of \(FactorContrast.names.joined(separator: ", ")), or C(x, treatment, base = \"level\")"
            guard arguments.count <= 2 || arguments[2].name == "base" else {
                throw error(.call("\(expression)", advice: advice), expression)
            }
            let values = try matched(arguments, to: ["object", "contr", "base"], of: expression)
            guard let x = values["object"] ?? values["x"], let kind = values["contr"] else {
                throw error(.call("\(expression)", advice: advice), expression)
            }
            var name = ""
            if case .name(let text) = kind.kind { name = text }
            if case .text(let text) = kind.kind { name = text }
            guard let contrast = FactorContrast(named: name) else {
                throw error(.call("\(expression)", advice: advice), expression)
            }
            var coding = ContrastCoding(contrast: contrast)
            if let base = values["base"] {
                guard contrast == .treatment else {
                    throw error(
                        .call("\(expression)", advice: "only treatment contrasts have a base"), expression)
                }
                if case .number(let number) = base.kind {
                    guard number >= 1, number == number.rounded(), number < 1e6 else {
                        throw error(.call("\(expression)", advice: "a base is a level or its number"), expression)
                    }
                    coding.base = .number(Int(number))
                } else {
                    coding.base = .level(try texts(base).first ?? "")
                }
            }
            return .contrast(try factor(x), coding)
        default:
            throw error(
                .call("\(expression)", advice: "factor(), C() and relevel() take the name of a column"), expression)
        }
    }

    // MARK: - Arguments

    private func single(
        _ arguments: [FormulaExpression.Argument], of call: FormulaExpression
    ) throws(FormulaError) -> FormulaExpression {
        guard let first = arguments.first, arguments.count == 1, first.name == nil || first.name == "x" else {
            throw error(.call("\(call)", advice: "it takes one variable"), call)
        }
        return first.value
    }

    /// The arguments by the names of the parameters: named ones first, then the others in order, as R matches them.
    private func matched(
        _ arguments: [FormulaExpression.Argument], to parameters: [String], of call: FormulaExpression
    ) throws(FormulaError) -> [String: FormulaExpression] {
        var values: [String: FormulaExpression] = [:]
        for argument in arguments {
            guard let name = argument.name else { continue }
            guard parameters.contains(name), values[name] == nil else {
                throw error(
                    .call(
                        "\(call)",
                        advice: parameters.contains(name)
                            ? "`\(name)` is given twice"
                            : "there is no argument `\(name)`; there are \(parameters.joined(separator: ", "))"), call)
            }
            values[name] = argument.value
        }
        var free = parameters.filter { values[$0] == nil }[...]
        for argument in arguments where argument.name == nil {
            guard let parameter = free.popFirst() else {
                throw error(
                    .call("\(call)", advice: "it takes at most \(parameters.count) arguments"), call)
            }
            values[parameter] = argument.value
        }
        return values
    }

    private func number(_ expression: FormulaExpression) throws(FormulaError) -> Double {
        switch expression.stripped.kind {
        case .number(let value): return value
        case .prefixed("-", let operand): return -(try number(operand))
        default: throw error(.notATerm("\(expression)", advice: "a number is expected here"), expression)
        }
    }

    private func truth(_ expression: FormulaExpression) throws(FormulaError) -> Bool {
        switch expression.kind {
        case .name("TRUE"), .name("T"): return true
        case .name("FALSE"), .name("F"): return false
        default: throw error(.notATerm("\(expression)", advice: "TRUE or FALSE is expected here"), expression)
        }
    }

    private func standard(_ expression: FormulaExpression) throws(FormulaError) -> NumericExpression.Standard {
        if case .name = expression.kind { return try truth(expression) ? .sample : .none }
        return .value(try number(expression))
    }

    private func texts(_ expression: FormulaExpression) throws(FormulaError) -> [String] {
        switch expression.stripped.kind {
        case .text(let text): return [text]
        case .number(let value): return [levelText(value)]
        case .prefixed: return [levelText(try number(expression))]
        case .name("TRUE"), .name("T"): return ["TRUE"]
        case .name("FALSE"), .name("F"): return ["FALSE"]
        case .call("c", let arguments):
            var result: [String] = []
            for argument in arguments { result += try texts(argument.value) }
            return result
        default:
            throw error(
                .notATerm("\(expression)", advice: "levels are written as \"a\" or c(\"a\", \"b\")"), expression)
        }
    }

    private func nearest(to function: String) -> String? {
        let known = [
            "ln": "log", "lg": "log10", "centre": "center", "gmc": "center", "cen": "center", "z": "scale",
            "std": "scale", "standardize": "scale", "as.numeric": "I", "contrasts": "C", "square": "I",
        ]
        return known[function] ?? nearestName(to: function, among: Self.names)
    }

    private func error(_ fault: FormulaError.Fault, _ expression: FormulaExpression) -> FormulaError {
        FormulaError(fault, formula: formula, column: expression.column)
    }
}
