/// The terms on one side of a model: products of variables, as Wilkinson & Rogers (1973) and R expand them.
struct FormulaTerms: Sendable {
    /// The variables in the order of their first appearance.
    var variables: [FormulaVariable] = []
    /// The terms, each the ascending indexes of its variables; main effects first, then products of two, and so on.
    var terms: [[Int]] = []
    /// Whether there is an intercept.
    var hasIntercept = true
    /// The terms that are added with a coefficient of 1.
    var offsets: [FormulaOffset] = []

    /// The name of a term: its variables in the order of ``variables``, joined by colons.
    func name(of term: [Int]) -> String { term.map { variables[$0].label }.joined(separator: ":") }

    /// The names of the terms, `(Intercept)` first where there is one.
    var names: [String] { (hasIntercept ? ["(Intercept)"] : []) + terms.map(name) }

    /// The columns of data that the terms are made of, each once.
    var columns: [String] {
        unique(terms.flatMap { $0.flatMap { variables[$0].columns } } + offsets.flatMap(\.value.columns))
    }

    /// The terms as a formula writes them.
    func text(withIntercept: Bool) -> String {
        let parts =
            (hasIntercept ? (withIntercept || terms.isEmpty ? ["1"] : []) : ["0"]) + terms.map(name)
            + offsets.map(\.label)
        return parts.joined(separator: " + ")
    }

    /// A text that is the same for the same terms, `a:b` and `b:a` alike.
    var key: String {
        ([hasIntercept ? "1" : "0"] + terms.map { $0.map { variables[$0].label }.sorted().joined(separator: ":") }
            + offsets.map(\.label)).joined(separator: " + ")
    }

    /// The model of one of the terms alone, without intercept.
    func isolating(_ term: [Int]) -> FormulaTerms {
        FormulaTerms(
            variables: term.map { variables[$0] }, terms: [Array(term.indices)], hasIntercept: false)
    }
}

/// A known part of the expectation.
struct FormulaOffset: Sendable {
    /// As it was written, `offset(…)`.
    var label: String
    var value: NumericExpression
}

/// Expands the operators of a formula into terms, with R's rules and in R's order.
struct TermExpansion {
    typealias Term = [Int]

    private let functions: FormulaFunctions
    private var result = FormulaTerms()
    private var indexes: [String: Int] = [:]
    private var isRemoving = false
    private static let limit = 5_000

    /// The terms of a sum of expressions without bars.
    static func terms(
        of addends: [FormulaExpression.Addend], formula: String
    ) throws(FormulaError) -> FormulaTerms {
        var expansion = TermExpansion(functions: FormulaFunctions(formula: formula))
        let terms = try expansion.sum(addends)
        let longest = terms.map(\.count).max() ?? 0
        // R orders terms by degree, and within a degree by appearance.
        expansion.result.terms =
            longest == 0 ? [] : (1...longest).flatMap { degree in terms.filter { $0.count == degree } }
        return expansion.result
    }

    private init(functions: FormulaFunctions) { self.functions = functions }

    private mutating func sum(_ addends: [FormulaExpression.Addend]) throws(FormulaError) -> [Term] {
        var terms: [Term] = []
        var seen: Set<Term> = []
        for addend in addends {
            if addend.isSubtracted {
                try remove(addend.expression, from: &terms)
                seen = Set(terms)
            } else {
                for term in try expand(addend.expression) where seen.insert(term).inserted { terms.append(term) }
                try check(terms.count, addend.expression)
            }
        }
        return terms
    }

    private mutating func remove(_ expression: FormulaExpression, from terms: inout [Term]) throws(FormulaError) {
        isRemoving.toggle()
        defer { isRemoving.toggle() }
        let removed = try expand(expression)
        for term in removed where !terms.contains(term) {
            throw error(.nothingToRemove(result.name(of: term), terms: terms.map(result.name)), expression)
        }
        terms.removeAll(where: Set(removed).contains)
    }

    private mutating func expand(_ expression: FormulaExpression) throws(FormulaError) -> [Term] {
        switch expression.kind {
        case .number(let value):
            guard value == 0 || value == 1 else {
                throw error(
                    .notATerm(numberText(value), advice: "only 1 and 0 stand for the intercept and none"), expression)
            }
            result.hasIntercept = (value == 1) != isRemoving
            return []
        case .text(let text):
            throw error(
                .notATerm("\"\(text)\"", advice: "write names without quotation marks, or in backticks"), expression)
        case .call("offset", let arguments):
            guard let argument = arguments.first, arguments.count == 1, !isRemoving else {
                throw error(
                    .call("\(expression)", advice: "an offset is added on its own, as in y ~ x + offset(z)"), expression
                )
            }
            let offset = FormulaOffset(label: "\(expression)", value: try functions.numeric(argument.value))
            if !result.offsets.contains(where: { $0.label == offset.label }) { result.offsets.append(offset) }
            return []
        case .name, .call:
            return [[try index(of: try functions.variable(expression))]]
        case .parenthesised(let inner): return try expand(inner)
        case .prefixed(let sign, let operand):
            guard sign == "-" else { return try expand(operand) }
            var terms: [Term] = []
            try remove(operand, from: &terms)
            return terms
        case .sum(let addends): return try sum(addends)
        case .bar:
            throw error(
                .misplacedRandomTerm(
                    "a random term is added to the others with +; it cannot be part of a product, a function, or another random term"
                ), expression)
        case .binary("^", let base, let exponent): return try power(base, exponent, in: expression)
        case .binary(let symbol, let left, let right):
            guard ["*", ":", "/", "%in%"].contains(symbol) else {
                throw error(
                    .notATerm("\(expression)", advice: "write arithmetic and comparisons inside I(…)"), expression)
            }
            return try product(symbol, left, right, in: expression)
        }
    }

    private mutating func product(
        _ symbol: String, _ left: FormulaExpression, _ right: FormulaExpression, in expression: FormulaExpression
    ) throws(FormulaError) -> [Term] {
        let first = try factor(left, in: expression)
        let second = try factor(right, in: expression)
        try check(first.count * second.count, expression)
        switch symbol {
        case "*": return unique(first + second + products(first, second))
        case ":": return unique(products(first, second))
        case "%in%": return unique(products(first, [second.reduce([], union)]))
        default: return unique(first + products([first.reduce([], union)], second))
        }
    }

    /// The terms of an operand, of which there must be at least one.
    private mutating func factor(
        _ operand: FormulaExpression, in expression: FormulaExpression
    ) throws(FormulaError) -> [Term] {
        if case .number = operand.stripped.kind {
            throw error(.notATerm("\(expression)", advice: "write arithmetic with numbers inside I(…)"), expression)
        }
        let terms = try expand(operand)
        guard !terms.isEmpty else {
            throw error(
                .notATerm("\(expression)", advice: "there must be a variable on both sides of the operator"), expression
            )
        }
        return terms
    }

    private mutating func power(
        _ base: FormulaExpression, _ exponent: FormulaExpression, in expression: FormulaExpression
    ) throws(FormulaError) -> [Term] {
        guard case .number(let value) = exponent.stripped.kind, value >= 1, value == value.rounded() else {
            throw error(
                .notATerm("\(expression)", advice: "for a power of a variable write I(\(expression))"), expression)
        }
        let terms = try factor(base, in: expression)
        // R takes x^2 for x crossed with itself, which is x: nobody means that.
        var isVariable = false
        switch base.stripped.kind {
        case .name, .call: isVariable = true
        default: break
        }
        guard !isVariable || value == 1 else {
            throw error(
                .notATerm(
                    "\(expression)", advice: "this crosses \(base) with itself; for its power write I(\(expression))"),
                expression)
        }
        var result = terms
        var degree = 1
        while Double(degree) < value, degree < terms.count {
            try check(result.count * terms.count, expression)
            result = unique(products(result, terms))
            degree += 1
        }
        return result
    }

    private func products(_ first: [Term], _ second: [Term]) -> [Term] {
        first.flatMap { left in second.map { union(left, $0) } }
    }

    private func union(_ left: Term, _ right: Term) -> Term { Set(left).union(right).sorted() }

    private mutating func index(of variable: FormulaVariable) throws(FormulaError) -> Int {
        if let index = indexes[variable.label] { return index }
        indexes[variable.label] = result.variables.count
        result.variables.append(variable)
        return result.variables.count - 1
    }

    private func check(_ count: Int, _ expression: FormulaExpression) throws(FormulaError) {
        guard count <= Self.limit else {
            throw error(.tooLarge("the formula makes more than \(Self.limit) terms"), expression)
        }
    }

    private func error(_ fault: FormulaError.Fault, _ expression: FormulaExpression) -> FormulaError {
        FormulaError(fault, formula: functions.formula, column: expression.column)
    }
}
