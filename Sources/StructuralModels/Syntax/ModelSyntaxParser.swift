/// Reads statements from the tokens of a model.
struct ModelSyntaxParser {
    private let tokens: [ModelToken]
    let scalars: [Unicode.Scalar]

    init(_ tokens: [ModelToken], in scalars: [Unicode.Scalar]) {
        self.tokens = tokens
        self.scalars = scalars
    }

    func error(_ fault: ModelSyntaxError.Fault, at position: SourcePosition) -> ModelSyntaxError {
        ModelSyntaxError(fault, at: SourceExcerpt(position, in: scalars))
    }

    mutating func statements() throws(ModelSyntaxError) -> [ModelStatement] {
        var statements: [ModelStatement] = []
        var current: [ModelToken] = []
        var openings: [ModelToken] = []
        for (index, token) in tokens.enumerated() {
            switch token.kind {
            case .newline:
                if current.isEmpty || !openings.isEmpty { continue }
                if current.last?.joinsLines == true || nextJoins(after: index) { continue }
                statements.append(try statement(current, followedBy: token))
                current.removeAll(keepingCapacity: true)
            case .semicolon, .end:
                if let opening = openings.last {
                    throw error(.parentheses("this `(` is not closed; add `)`"), at: opening.position)
                }
                if current.isEmpty { continue }
                statements.append(try statement(current, followedBy: token))
                current.removeAll(keepingCapacity: true)
            case .leftParenthesis:
                openings.append(token)
                current.append(token)
            case .rightParenthesis:
                if openings.popLast() == nil {
                    throw error(.parentheses("`)` has no matching `(`"), at: token.position)
                }
                current.append(token)
            default: current.append(token)
            }
        }
        return statements
    }

    /// Whether the line after the line end at `index` belongs to the statement before.
    private func nextJoins(after index: Int) -> Bool { index + 1 < tokens.count && tokens[index + 1].joinsLines }

    private func statement(_ tokens: [ModelToken], followedBy end: ModelToken) throws(ModelSyntaxError)
        -> ModelStatement
    {
        if let block = try block(tokens) { return .block(block) }
        var operators: [Int] = []
        for (index, token) in tokens.enumerated() {
            if case .modelOperator = token.kind { operators.append(index) }
        }
        guard let place = operators.first, case .modelOperator(let relation) = tokens[place].kind else {
            throw error(.missingOperator, at: tokens[0].position)
        }
        if operators.count > 1 {
            let second = tokens[operators[1]]
            throw error(.secondOperator(second.text), at: second.position)
        }
        let left = tokens[..<place]
        let right = tokens[(place + 1)...]
        guard !left.isEmpty else {
            throw error(.missing("the left side of `\(tokens[place].text)`"), at: tokens[place].position)
        }
        guard !right.isEmpty else {
            throw error(.missing("the right side of `\(tokens[place].text)`"), at: end.position)
        }
        switch relation {
        case .definition, .equality, .less, .greater:
            if relation == .definition, left.count != 1 || !(left[0].kind == .name || left[0].kind == .quotation) {
                throw error(.malformedExpression("write one name on the left of `:=`"), at: left[0].position)
            }
            return .relation(
                ModelRelation(
                    left: try ModelExpressionParser.parse(left, followedBy: tokens[place], in: scalars),
                    relation: relation,
                    right: try ModelExpressionParser.parse(right, followedBy: end, in: scalars),
                    position: tokens[0].position))
        default:
            var terms = ModelTermParser(scalars: scalars, relation: relation)
            return .formula(
                ModelFormula(
                    left: try terms.terms(left, followedBy: tokens[place], isLeft: true), relation: relation,
                    right: try terms.terms(right, followedBy: end, isLeft: false), position: tokens[place].position))
        }
    }

    private func block(_ tokens: [ModelToken]) throws(ModelSyntaxError) -> ModelBlock? {
        guard tokens.count >= 2, tokens[0].kind == .name, tokens[1].kind == .colon,
            let kind = ModelBlock.Kind(rawValue: tokens[0].text.lowercased())
        else { return nil }
        guard tokens.count > 2 else {
            throw error(.missing("the number or name of the \(kind.rawValue)"), at: tokens[1].position)
        }
        let value: String
        switch tokens[2].kind {
        case .number, .name, .quotation: value = tokens[2].text
        default: throw error(.missing("the number or name of the \(kind.rawValue)"), at: tokens[2].position)
        }
        guard tokens.count == 3 else {
            throw error(.malformedTerm("begin a new line after `\(kind.rawValue): \(value)`"), at: tokens[3].position)
        }
        return ModelBlock(kind: kind, value: value, position: tokens[0].position)
    }
}
