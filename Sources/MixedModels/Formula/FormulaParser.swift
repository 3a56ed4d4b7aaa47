/// Reads a formula by R's rules of precedence: ^, then signs, :, %in%, * and /, + and -, comparisons, and the bars.
struct FormulaParser {
    private let text: String
    private let tokens: [FormulaToken]
    private var position = 0
    private var nesting = 0

    /// Left and right of the `~`.
    static func sides(
        of text: String
    ) throws(FormulaError) -> (response: FormulaExpression, predictors: FormulaExpression) {
        guard text.utf8.count <= 20_000 else {
            throw FormulaError(
                .tooLarge("the formula has over 20,000 characters"), formula: String(text.prefix(60)), column: nil)
        }
        var parser = FormulaParser(text: text, tokens: try FormulaLexer.tokens(of: text))
        return try parser.sides()
    }

    private init(text: String, tokens: [FormulaToken]) {
        self.text = text
        self.tokens = tokens
    }

    private var current: FormulaToken { tokens[min(position, tokens.count - 1)] }

    private func isSymbol(_ symbols: String...) -> Bool {
        guard case .symbol(let symbol) = current.kind else { return false }
        return symbols.contains(symbol)
    }

    private mutating func advance() -> FormulaToken {
        defer { position += 1 }
        return current
    }

    private mutating func sides() throws(FormulaError) -> (FormulaExpression, FormulaExpression) {
        guard current.kind != .end else { throw error(.response("the formula is empty"), at: nil) }
        guard tokens.contains(where: { $0.kind == .symbol("~") }) else {
            throw error(.response("there is no ~ between the response and the predictors, as in `y ~ x + (1 | group)`"))
        }
        guard !isSymbol("~") else {
            throw error(.response("there is no response before the ~; write `y ~ …`"))
        }
        let response = try expression()
        guard isSymbol("~") else { throw unexpected() }
        _ = advance()
        guard current.kind != .end else {
            throw error(.missing("a predictor (or 1 for the mean alone)", found: "the end"))
        }
        let predictors = try expression()
        if isSymbol("~") { throw error(.response("there is a second ~; a formula has one")) }
        guard current.kind == .end else { throw unexpected() }
        return (response, predictors)
    }

    private mutating func expression() throws(FormulaError) -> FormulaExpression {
        nesting += 1
        defer { nesting -= 1 }
        guard nesting <= 50 else { throw error(.tooLarge("parentheses are nested more than 50 deep")) }
        let left = try comparison()
        guard isSymbol("|", "||") else { return left }
        let bar = advance()
        let right = try comparison()
        if isSymbol("|", "||") {
            throw error(
                .misplacedRandomTerm("a random term has one bar; write each as `(coefficients | group)`, joined by +"))
        }
        return try node(.bar(left, uncorrelated: bar.source == "||", right), at: left.column)
    }

    private mutating func comparison() throws(FormulaError) -> FormulaExpression {
        let left = try sum()
        guard isSymbol("<", ">", "<=", ">=", "==", "!=") else { return left }
        let symbol = advance()
        return try node(.binary(symbol.source, left, try sum()), at: left.column)
    }

    private mutating func sum() throws(FormulaError) -> FormulaExpression {
        let first = try product()
        guard isSymbol("+", "-") else { return first }
        var addends = [FormulaExpression.Addend(isSubtracted: false, expression: first)]
        while isSymbol("+", "-") {
            let sign = advance()
            addends.append(FormulaExpression.Addend(isSubtracted: sign.source == "-", expression: try product()))
        }
        return try node(.sum(addends), at: first.column)
    }

    private mutating func product() throws(FormulaError) -> FormulaExpression {
        var left = try special()
        while isSymbol("*", "/") {
            let symbol = advance().source
            left = try node(.binary(symbol, left, try special()), at: left.column)
        }
        return left
    }

    private mutating func special() throws(FormulaError) -> FormulaExpression {
        var left = try interaction()
        while isSymbol("%in%", "%%") {
            let symbol = advance().source
            left = try node(.binary(symbol, left, try interaction()), at: left.column)
        }
        return left
    }

    private mutating func interaction() throws(FormulaError) -> FormulaExpression {
        var left = try signed()
        while isSymbol(":") {
            _ = advance()
            left = try node(.binary(":", left, try signed()), at: left.column)
        }
        return left
    }

    private mutating func signed() throws(FormulaError) -> FormulaExpression {
        var signs: [FormulaToken] = []
        while isSymbol("+", "-") { signs.append(advance()) }
        var operand = try power()
        for sign in signs.reversed() { operand = try node(.prefixed(sign.source, operand), at: sign.column) }
        return operand
    }

    private mutating func power() throws(FormulaError) -> FormulaExpression {
        var operands = [try primary()]
        var signs: [[FormulaToken]] = [[]]
        while isSymbol("^") {
            _ = advance()
            var here: [FormulaToken] = []
            while isSymbol("+", "-") { here.append(advance()) }
            signs.append(here)
            operands.append(try primary())
        }
        var result = operands[operands.count - 1]
        for index in stride(from: operands.count - 1, to: 0, by: -1) {
            for sign in signs[index].reversed() { result = try node(.prefixed(sign.source, result), at: sign.column) }
            result = try node(.binary("^", operands[index - 1], result), at: operands[index - 1].column)
        }
        return result
    }

    private mutating func primary() throws(FormulaError) -> FormulaExpression {
        let token = current
        switch token.kind {
        case .number(let value):
            position += 1
            return FormulaExpression(.number(value), column: token.column)
        case .text(let text):
            position += 1
            return FormulaExpression(.text(text), column: token.column)
        case .name(let name):
            position += 1
            guard isSymbol("(") else {
                if name == ".", token.source == "." {
                    throw error(
                        .notATerm(".", advice: "“all other columns” must be written out by their names"),
                        at: token.column)
                }
                return FormulaExpression(.name(name), column: token.column)
            }
            return try node(.call(name, try arguments()), at: token.column)
        case .symbol("("):
            position += 1
            if isSymbol(")") { throw error(.missing("a term", found: "`)`")) }
            let inner = try expression()
            try close(token)
            return try node(.parenthesised(inner), at: token.column)
        case .symbol(")"):
            throw error(.parentheses(nesting > 1 ? "an operand is missing before `)`" : "`)` has no opening `(`"))
        case .symbol("~"):
            throw error(.missing("a term", found: "`~`"))
        case .symbol, .end:
            throw error(.missing("a term", found: token.kind == .end ? "the end" : "`\(token.source)`"))
        }
    }

    private mutating func arguments() throws(FormulaError) -> [FormulaExpression.Argument] {
        let opening = advance()
        var arguments: [FormulaExpression.Argument] = []
        if isSymbol(")") {
            position += 1
            return []
        }
        while true {
            var name: String?
            if case .name(let label) = current.kind, position + 1 < tokens.count,
                tokens[position + 1].kind == .symbol("=")
            {
                name = label
                position += 2
            }
            arguments.append(FormulaExpression.Argument(name: name, value: try expression()))
            guard isSymbol(",") else { break }
            position += 1
        }
        try close(opening)
        return arguments
    }

    private mutating func close(_ opening: FormulaToken) throws(FormulaError) {
        if isSymbol(")") {
            position += 1
            return
        }
        if current.kind == .end {
            throw error(.parentheses("`(` has no closing `)`"), at: opening.column)
        }
        throw unexpected()
    }

    private func unexpected() -> FormulaError {
        let token = current
        switch token.kind {
        case .symbol(")"): return error(.parentheses("`)` has no opening `(`"))
        case .symbol("("):
            return error(.unexpected("`(`", advice: "an operator such as + or * is missing before it"))
        case .symbol("="): return error(.unexpected("`=`", advice: "the response and the predictors are joined by ~"))
        case .symbol("<"), .symbol(">"), .symbol("=="), .symbol("<="), .symbol(">="), .symbol("!="):
            return error(.unexpected("`\(token.source)`", advice: "write comparisons as I(x > 1)"))
        case .symbol(","): return error(.unexpected("`,`", advice: "terms are joined by +"))
        case .symbol("~"):
            return error(.response("~ cannot stand inside parentheses; a formula has one, behind the response"))
        default:
            return error(
                .unexpected(
                    "`\(token.source)`",
                    advice: "an operator such as + or * is missing before it; put names with spaces in backticks"))
        }
    }

    private func node(_ kind: FormulaExpression.Kind, at column: Int) throws(FormulaError) -> FormulaExpression {
        let expression = FormulaExpression(kind, column: column)
        guard expression.depth <= 200 else {
            throw error(.tooLarge("the formula is nested more than 200 operators deep"), at: column)
        }
        return expression
    }

    private func error(_ fault: FormulaError.Fault) -> FormulaError { error(fault, at: current.column) }

    private func error(_ fault: FormulaError.Fault, at column: Int?) -> FormulaError {
        FormulaError(fault, formula: text, column: column)
    }
}
