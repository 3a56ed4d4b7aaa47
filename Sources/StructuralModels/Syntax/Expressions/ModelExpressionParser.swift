/// Reads an expression from tokens, with R's precedence: `^` (from the right) before signs before `* /` before `+ -`.
///
/// The tokens must hold no line ends and finish with an `end` token.
struct ModelExpressionParser {
    /// Parentheses, calls, signs and powers may be nested so deeply.
    private static let deepest = 200

    private let tokens: ArraySlice<ModelToken>
    private let scalars: [Unicode.Scalar]
    private var index: Int
    private var depth = 0
    private var steps: [ModelExpression.Step] = []
    private var symbols: [ModelExpression.Symbol] = []
    private var symbolIndex: [String: Int] = [:]

    /// `end` is the token that follows the slice; errors at the end of the expression point to it.
    private let end: ModelToken

    init(_ tokens: ArraySlice<ModelToken>, followedBy end: ModelToken, in scalars: [Unicode.Scalar]) {
        self.tokens = tokens
        self.end = ModelToken(kind: .end, text: end.text, position: end.position)
        self.scalars = scalars
        index = tokens.startIndex
    }

    /// The expression that all tokens form.
    static func parse(
        _ tokens: ArraySlice<ModelToken>, followedBy end: ModelToken, in scalars: [Unicode.Scalar]
    ) throws(ModelSyntaxError) -> ModelExpression {
        var parser = ModelExpressionParser(tokens, followedBy: end, in: scalars)
        _ = try parser.sum()
        guard parser.index == tokens.endIndex else {
            let token = parser.current
            if token.kind == .rightParenthesis {
                throw parser.error(.parentheses("`)` has no matching `(`"), at: token)
            }
            throw parser.error(
                .malformedExpression("`\(token.text)` does not fit here; is an operator missing?"), at: token)
        }
        let text = tokens.map { $0.kind == .quotation ? "\"\($0.text)\"" : $0.text }.joined()
        return ModelExpression(steps: parser.steps, symbols: parser.symbols, text: text)
    }

    private var current: ModelToken { index < tokens.endIndex ? tokens[index] : end }

    private func error(_ fault: ModelSyntaxError.Fault, at token: ModelToken) -> ModelSyntaxError {
        ModelSyntaxError(fault, at: SourceExcerpt(token.position, in: scalars))
    }

    private mutating func push(_ step: ModelExpression.Step) -> Int {
        steps.append(step)
        return steps.count - 1
    }

    private mutating func deeper() throws(ModelSyntaxError) {
        depth += 1
        guard depth <= Self.deepest else {
            throw error(.parentheses("the expression is nested too deeply; split it with `:=`"), at: current)
        }
    }

    private mutating func sum() throws(ModelSyntaxError) -> Int {
        try deeper()
        defer { depth -= 1 }
        var left = try product()
        while current.kind == .plus || current.kind == .minus {
            let operation: ModelExpression.Operation = current.kind == .plus ? .add : .subtract
            index += 1
            left = push(.binary(operation, left, try product()))
        }
        return left
    }

    private mutating func product() throws(ModelSyntaxError) -> Int {
        var left = try signed()
        while current.kind == .times || current.kind == .divide {
            let operation: ModelExpression.Operation = current.kind == .times ? .multiply : .divide
            index += 1
            left = push(.binary(operation, left, try signed()))
        }
        return left
    }

    private mutating func signed() throws(ModelSyntaxError) -> Int {
        var isNegative = false
        while current.kind == .minus || current.kind == .plus {
            if current.kind == .minus { isNegative.toggle() }
            index += 1
        }
        let operand = try raised()
        return isNegative ? push(.negate(operand)) : operand
    }

    private mutating func raised() throws(ModelSyntaxError) -> Int {
        let base = try operand()
        guard current.kind == .power else { return base }
        index += 1
        try deeper()
        defer { depth -= 1 }
        return push(.binary(.power, base, try signed()))
    }

    private mutating func operand() throws(ModelSyntaxError) -> Int {
        let token = current
        switch token.kind {
        case .number(let value):
            index += 1
            return push(.constant(value))
        case .name where index + 1 < tokens.endIndex && tokens[index + 1].kind == .leftParenthesis:
            return try call(token)
        case .name, .quotation:
            index += 1
            let symbol = symbolIndex[token.text] ?? symbols.count
            if symbol == symbols.count {
                symbolIndex[token.text] = symbol
                symbols.append(ModelExpression.Symbol(name: token.text, position: token.position))
            }
            return push(.symbol(symbol))
        case .leftParenthesis:
            index += 1
            let result = try sum()
            try close(token)
            return result
        default:
            throw error(.missing("a number, a label or `(`"), at: token)
        }
    }

    private mutating func close(_ opening: ModelToken) throws(ModelSyntaxError) {
        guard current.kind == .rightParenthesis else {
            if index == tokens.endIndex {
                throw error(.parentheses("this `(` is not closed; add `)`"), at: opening)
            }
            throw error(
                .malformedExpression("`\(current.text)` does not fit here; is an operator missing?"), at: current)
        }
        index += 1
    }

    private mutating func call(_ name: ModelToken) throws(ModelSyntaxError) -> Int {
        index += 1
        let opening = current
        index += 1
        var arguments = [try sum()]
        while current.kind == .comma {
            index += 1
            arguments.append(try sum())
        }
        try close(opening)
        switch name.text {
        case "min", "max":
            let operation: ModelExpression.Operation = name.text == "min" ? .minimum : .maximum
            var result = arguments[0]
            for argument in arguments.dropFirst() { result = push(.binary(operation, result, argument)) }
            return result
        case "pow":
            guard arguments.count == 2 else {
                throw error(.malformedExpression("pow takes two numbers, pow(base, exponent)"), at: name)
            }
            return push(.binary(.power, arguments[0], arguments[1]))
        default:
            guard let function = ElementaryFunction(rawValue: name.text) else {
                let known = ElementaryFunction.allCases.map(\.rawValue) + ["min", "max", "pow"]
                throw error(.unknownFunction(name.text, nearest: nearestName(to: name.text, among: known)), at: name)
            }
            guard arguments.count == 1 else {
                throw error(.malformedExpression("\(name.text) takes one number, not \(arguments.count)"), at: name)
            }
            return push(.function(function, arguments[0]))
        }
    }
}
