/// Reads a side of a formula: terms joined by `+`, each a variable with modifiers before it.
struct ModelTermParser {
    let scalars: [Unicode.Scalar]
    let relation: ModelOperator

    private func error(_ fault: ModelSyntaxError.Fault, at token: ModelToken) -> ModelSyntaxError {
        ModelSyntaxError(fault, at: SourceExcerpt(token.position, in: scalars))
    }

    mutating func terms(
        _ tokens: ArraySlice<ModelToken>, followedBy end: ModelToken, isLeft: Bool
    ) throws(ModelSyntaxError) -> [ModelTerm] {
        var terms: [ModelTerm] = []
        var start = tokens.startIndex
        var depth = 0
        for index in tokens.indices {
            switch tokens[index].kind {
            case .leftParenthesis: depth += 1
            case .rightParenthesis: depth -= 1
            case .plus where depth == 0:
                terms.append(try term(tokens[start..<index], followedBy: tokens[index], isLeft: isLeft))
                start = index + 1
            default: break
            }
        }
        terms.append(try term(tokens[start...], followedBy: end, isLeft: isLeft))
        return terms
    }

    private struct Segment {
        let tokens: ArraySlice<ModelToken>
        let end: ModelToken
    }

    private func term(
        _ tokens: ArraySlice<ModelToken>, followedBy end: ModelToken, isLeft: Bool
    ) throws(ModelSyntaxError) -> ModelTerm {
        var segments: [Segment] = []
        var start = tokens.startIndex
        var depth = 0
        for index in tokens.indices {
            switch tokens[index].kind {
            case .leftParenthesis: depth += 1
            case .rightParenthesis: depth -= 1
            case .times where depth == 0, .question where depth == 0:
                guard index > start else { throw error(.missing("a modifier"), at: tokens[index]) }
                segments.append(Segment(tokens: tokens[start..<index], end: tokens[index]))
                start = index + 1
            default: break
            }
        }
        let variable = tokens[start...]
        guard let first = variable.first else { throw error(.missing("a variable"), at: end) }
        let subject = try subject(variable, followedBy: end, isLeft: isLeft)
        let modifiers = try modifiers(segments)
        if isLeft, let modifier = modifiers.first(where: { $0.kind != .exploratoryBlock }) {
            throw ModelSyntaxError(
                .malformedModifier("modifiers stand on the right side of a formula; on the left only efa(\"…\") may"),
                at: SourceExcerpt(modifier.position, in: scalars))
        }
        return ModelTerm(subject: subject, modifiers: modifiers, position: first.position)
    }

    // MARK: - Variables

    private func subject(
        _ tokens: ArraySlice<ModelToken>, followedBy end: ModelToken, isLeft: Bool
    ) throws(ModelSyntaxError) -> ModelTerm.Subject {
        guard let first = tokens.first else { throw error(.missing("a variable"), at: end) }
        switch first.kind {
        case .number(let value):
            if tokens.count == 1, !isLeft, value == 0 || value == 1, relation == .regression {
                return .constant(Int(value))
            }
            if tokens.count == 1, !isLeft, value == 0, relation == .measurement { return .constant(0) }
            if tokens.count > 1, tokens[tokens.startIndex + 1].kind == .name {
                throw error(.malformedTerm("write `*` between the number and the variable"), at: first)
            }
            throw error(
                .malformedTerm(
                    "`\(first.text)` is not a variable; a modifier is written before it, as in `\(first.text)*x`"),
                at: first)
        case .minus:
            throw error(.malformedTerm("terms are added, never subtracted; write `+ -1*x`"), at: first)
        case .name, .quotation: break
        default: throw error(.malformedTerm("`\(first.text)` does not fit here; a variable is expected"), at: first)
        }
        if first.kind == .name, ["NA", "NaN", "Inf", "NULL", "TRUE", "FALSE"].contains(first.text) {
            throw error(.malformedTerm("`\(first.text)` is not a variable"), at: first)
        }
        guard tokens.count > 1 else { return .variable(first.text) }
        let second = tokens[tokens.startIndex + 1]
        switch second.kind {
        case .colon:
            guard tokens.count > 2 else { throw error(.missing("the second variable of the product"), at: end) }
            let factor = tokens[tokens.startIndex + 2]
            guard factor.kind == .name || factor.kind == .quotation else {
                throw error(.missing("the second variable of the product"), at: factor)
            }
            guard tokens.count == 3 else {
                let third = tokens[tokens.startIndex + 3]
                throw error(.malformedTerm("only products of two variables, `x1:x2`, can be used"), at: third)
            }
            return .product(first.text, factor.text)
        case .leftParenthesis:
            throw error(
                .malformedTerm("functions of variables cannot be used; add a column with \(first.text)(…) to the data"),
                at: first)
        case .minus: throw error(.malformedTerm("terms are added, never subtracted; write `+ -1*x`"), at: second)
        case .name, .quotation, .number:
            throw error(.malformedTerm("`+` or an operator is missing before `\(second.text)`"), at: second)
        default: throw error(.malformedTerm("`\(second.text)` does not fit here"), at: second)
        }
    }

    // MARK: - Modifiers

    private func modifiers(_ segments: [Segment]) throws(ModelSyntaxError) -> [ModelModifier] {
        var modifiers: [ModelModifier] = []
        var previousIsFactor = false
        for segment in segments {
            var (modifier, isNumeric) = try self.modifier(segment)
            let isStart = segment.end.kind == .question
            // `2*1/3*x` is one number: neighbouring numbers joined by `*` are multiplied.
            if previousIsFactor, isNumeric, let last = modifiers.last, case .number(let a)? = last.values.first,
                case .number(let b)? = modifier.values.first
            {
                modifiers.removeLast()
                modifier = ModelModifier(kind: .value, values: [.number(a * b)], position: last.position)
            }
            if isStart {
                guard modifier.kind == .value else {
                    throw ModelSyntaxError(
                        .malformedModifier("only a number, or c(…) of numbers, may stand before `?`"),
                        at: SourceExcerpt(modifier.position, in: scalars))
                }
                modifier = ModelModifier(kind: .start, values: modifier.values, position: modifier.position)
            }
            try check(modifier)
            modifiers.append(modifier)
            previousIsFactor = isNumeric && !isStart
        }
        return modifiers
    }

    private func modifier(_ segment: Segment) throws(ModelSyntaxError) -> (ModelModifier, isNumeric: Bool) {
        guard let first = segment.tokens.first, let last = segment.tokens.last else {
            throw error(.missing("a modifier"), at: segment.end)
        }
        if segment.tokens.count >= 3, first.kind == .name,
            segment.tokens[segment.tokens.startIndex + 1].kind == .leftParenthesis,
            let kind = ModelModifier.Kind(rawValue: first.text)
        {
            guard last.kind == .rightParenthesis, closesAtEnd(segment.tokens) else {
                throw error(.malformedModifier("write `*` after \(first.text)(…)"), at: first)
            }
            let values = try arguments(
                segment.tokens.dropFirst(2).dropLast(), followedBy: last, mayNest: kind != .value)
            return (ModelModifier(kind: kind, values: values, position: first.position), false)
        }
        let value = try value(segment.tokens, followedBy: segment.end)
        let isNumeric = if case .number = value { true } else { false }
        return (ModelModifier(kind: .value, values: [value], position: first.position), isNumeric)
    }

    /// Whether the first parenthesis is closed by the last token.
    private func closesAtEnd(_ tokens: ArraySlice<ModelToken>) -> Bool {
        var depth = 0
        for index in tokens.indices {
            if tokens[index].kind == .leftParenthesis { depth += 1 }
            if tokens[index].kind == .rightParenthesis {
                depth -= 1
                if depth == 0 { return index == tokens.endIndex - 1 }
            }
        }
        return false
    }

    private func arguments(
        _ tokens: ArraySlice<ModelToken>, followedBy end: ModelToken, mayNest: Bool
    ) throws(ModelSyntaxError) -> [ModelModifier.Value] {
        if mayNest, tokens.count >= 3, tokens.first?.text == "c",
            tokens[tokens.startIndex + 1].kind == .leftParenthesis,
            closesAtEnd(tokens), let last = tokens.last
        {
            return try arguments(tokens.dropFirst(2).dropLast(), followedBy: last, mayNest: false)
        }
        var values: [ModelModifier.Value] = []
        var start = tokens.startIndex
        var depth = 0
        for index in tokens.indices {
            switch tokens[index].kind {
            case .leftParenthesis: depth += 1
            case .rightParenthesis: depth -= 1
            case .comma where depth == 0:
                values.append(try value(tokens[start..<index], followedBy: tokens[index]))
                start = index + 1
            default: break
            }
        }
        values.append(try value(tokens[start...], followedBy: end))
        return values
    }

    private func value(
        _ tokens: ArraySlice<ModelToken>, followedBy end: ModelToken
    ) throws(ModelSyntaxError) -> ModelModifier.Value {
        guard let first = tokens.first else { throw error(.missing("a value"), at: end) }
        if tokens.count == 1, first.kind == .quotation { return .name(first.text) }
        if tokens.count == 1, first.kind == .name, first.text != "Inf" {
            return first.text == "NA" ? .notAvailable : .name(first.text)
        }
        if first.kind == .name, first.text == "c", tokens.count > 1 {
            throw error(.malformedModifier("vectors c(…) cannot be nested or calculated with"), at: first)
        }
        let expression = try ModelExpressionParser.parse(tokens, followedBy: end, in: scalars)
        if let symbol = expression.symbols.first(where: { $0.name != "Inf" }) {
            throw ModelSyntaxError(
                .malformedModifier(
                    "`\(symbol.name)` cannot be calculated with in a modifier; use numbers only, or label the parameter "
                        + "and write a constraint with `==`"),
                at: SourceExcerpt(symbol.position, in: scalars))
        }
        let number = expression.value(symbols: expression.symbols.map { _ in .infinity })
        guard !number.isNaN else { throw error(.malformedModifier("`\(expression.text)` is not a number"), at: first) }
        return .number(number)
    }

    /// The values must be of the kind that the modifier takes.
    private func check(_ modifier: ModelModifier) throws(ModelSyntaxError) {
        for value in modifier.values {
            let advice: String? =
                switch (modifier.kind, value) {
                case (.value, .number(let x)), (.fixed, .number(let x)), (.start, .number(let x)):
                    x.isFinite ? nil : "the number is not finite"
                case (.lower, .number), (.upper, .number): nil
                case (.value, _), (.start, .notAvailable), (.lower, .notAvailable), (.upper, .notAvailable): nil
                case (.label, .name), (.equal, .name), (.randomSlope, .name), (.exploratoryBlock, .name): nil
                case (.label, .notAvailable), (.equal, .notAvailable), (.fixed, .notAvailable): nil
                case (.start, _), (.lower, _), (.upper, _), (.fixed, _):
                    "\(modifier.kind.rawValue)() takes numbers"
                default: "\(modifier.kind.rawValue)() takes a name, as in \(modifier.kind.rawValue)(\"a\")"
                }
            if let advice {
                throw ModelSyntaxError(.malformedModifier(advice), at: SourceExcerpt(modifier.position, in: scalars))
            }
        }
    }
}
