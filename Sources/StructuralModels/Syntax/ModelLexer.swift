/// Cuts a model's text into tokens in one pass.
struct ModelLexer {
    let scalars: [Unicode.Scalar]
    private var index = 0
    private var line = 1
    private var lineStart = 0

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    /// The tokens of the whole text, comments left out, ended by an `end` token.
    mutating func tokens() throws(ModelSyntaxError) -> [ModelToken] {
        var tokens: [ModelToken] = []
        while let token = try next() {
            // Empty lines say nothing; without them the parser need never look far ahead.
            if token.kind == .newline, tokens.last?.kind ?? .newline == .newline { continue }
            tokens.append(token)
        }
        tokens.append(ModelToken(kind: .end, text: "", position: position))
        return tokens
    }

    private var position: SourcePosition {
        SourcePosition(line: line, column: index - lineStart + 1, offset: index)
    }

    private func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
        index + ahead < scalars.count ? scalars[index + ahead] : nil
    }

    private func error(_ fault: ModelSyntaxError.Fault) -> ModelSyntaxError {
        ModelSyntaxError(fault, at: SourceExcerpt(position, in: scalars))
    }

    private mutating func next() throws(ModelSyntaxError) -> ModelToken? {
        while let scalar = peek() {
            if scalar.endsLine { return newline() }
            if scalar == "#" || scalar == "!" {
                while let other = peek(), !other.endsLine { index += 1 }
            } else if scalar.isBlank {
                index += 1
            } else {
                return try token(startingWith: scalar)
            }
        }
        return nil
    }

    private mutating func newline() -> ModelToken {
        let start = position
        index += peek() == "\r" && peek(1) == "\n" ? 2 : 1
        line += 1
        lineStart = index
        return ModelToken(kind: .newline, text: "\n", position: start)
    }

    private mutating func token(startingWith scalar: Unicode.Scalar) throws(ModelSyntaxError) -> ModelToken {
        if scalar.isDigit || (scalar == "." && peek(1)?.isDigit == true) { return try number() }
        if scalar.startsName { return name() }
        if scalar == "\"" || scalar == "'" { return try quotation(scalar) }
        for (text, kind) in Self.symbols[scalar.withTildeUnified] ?? [] where matches(text) {
            let start = position
            index += text.count
            return ModelToken(
                kind: kind, text: kind.canonicalText ?? String(String.UnicodeScalarView(text)), position: start)
        }
        throw misplaced(scalar)
    }

    private func matches(_ text: [Unicode.Scalar]) -> Bool {
        guard starts(with: text) else { return false }
        return !(Self.nonOperators[text[0]] ?? []).contains { $0.count > text.count && starts(with: $0) }
    }

    private func starts(with text: [Unicode.Scalar]) -> Bool {
        guard index + text.count <= scalars.count else { return false }
        for ahead in text.indices where scalars[index + ahead].withTildeUnified != text[ahead] { return false }
        return true
    }

    private mutating func name() -> ModelToken {
        let start = position
        while let scalar = peek(), scalar.continuesName { index += 1 }
        return ModelToken(kind: .name, text: String(scalars[start.offset..<index]), position: start)
    }

    /// A name in double or, as lavaan takes them too, single quotation marks.
    private mutating func quotation(_ mark: Unicode.Scalar) throws(ModelSyntaxError) -> ModelToken {
        let start = position
        var end = index + 1
        while end < scalars.count, scalars[end] != mark, scalars[end] != "\"", !scalars[end].endsLine { end += 1 }
        guard end < scalars.count, scalars[end] == mark else { throw error(.unterminatedQuotation) }
        guard end > index + 1 else { throw error(.missing("a name between the quotation marks")) }
        let text = String(scalars[(index + 1)..<end])
        index = end + 1
        return ModelToken(kind: .quotation, text: text, position: start)
    }

    private mutating func number() throws(ModelSyntaxError) -> ModelToken {
        let start = position
        var end = index
        func digits() { while end < scalars.count, scalars[end].isDigit { end += 1 } }
        digits()
        if end < scalars.count, scalars[end] == "." {
            end += 1
            digits()
        }
        if end < scalars.count, scalars[end] == "e" || scalars[end] == "E" {
            var exponent = end + 1
            if exponent < scalars.count, scalars[exponent] == "+" || scalars[exponent] == "-" { exponent += 1 }
            if exponent < scalars.count, scalars[exponent].isDigit {
                end = exponent
                digits()
            }
        }
        var run = end
        while run < scalars.count, scalars[run].continuesName { run += 1 }
        let text = String(scalars[index..<run])
        // Swift wants a digit on either side of the point.
        let padded = "0" + (text.hasSuffix(".") ? text + "0" : text.replacingPointBeforeExponent)
        guard run == end, let value = Double(padded), value.isFinite else { throw error(.malformedNumber(text)) }
        index = end
        return ModelToken(kind: .number(value), text: text, position: start)
    }

    private func misplaced(_ scalar: Unicode.Scalar) -> ModelSyntaxError {
        if Self.operatorCharacters.contains(scalar.withTildeUnified) {
            var end = index
            while end < scalars.count, end - index < 4, Self.operatorCharacters.contains(scalars[end].withTildeUnified)
            {
                end += 1
            }
            let text = String(scalars[index..<end])
            let suggestion = Self.suggestions.first { text.hasPrefix($0.0) }
            return error(.notAnOperator(suggestion?.0 ?? text, suggestion: suggestion?.1))
        }
        let advice: String
        switch scalar {
        case "`", "\u{2018}", "\u{2019}", "\u{201C}", "\u{201D}":
            advice = "quote names with straight double quotation marks \"…\""
        case "\u{FF01}"..."\u{FF5D}":
            let half = Unicode.Scalar(scalar.value - 0xFEE0).map(String.init) ?? ""
            advice = "this is a full-width character; write `\(half)`"
        case "\u{3002}", "\u{3001}": advice = "this is a full-width character; write `.`, `,` or `+`"
        case "\u{2212}", "\u{2013}", "\u{2014}": advice = "write the minus sign as `-`"
        case "\u{00D7}": advice = "write `*`"
        default: advice = "put a name that holds it in double quotation marks, or remove it"
        }
        return error(.unexpectedCharacter(String(scalar), advice: advice))
    }

    private static func scalarList(_ text: String) -> [Unicode.Scalar] { Array(text.unicodeScalars) }

    /// By their first character, longest first.
    private static let symbols = Dictionary(
        grouping: symbolTexts.map { (scalarList($0.0), $0.1) }, by: { text, _ in text[0] })

    private static let symbolTexts: [(String, ModelToken.Kind)] = [
        ("~*~", .modelOperator(.scaling)), ("=~", .modelOperator(.measurement)), ("<~", .modelOperator(.composite)),
        ("~~", .modelOperator(.covariance)), ("|~", .modelOperator(.thresholdRegression)),
        (":=", .modelOperator(.definition)), ("==", .modelOperator(.equality)), ("**", .power),
        ("~", .modelOperator(.regression)), ("|", .modelOperator(.threshold)), ("<", .modelOperator(.less)),
        (">", .modelOperator(.greater)), ("+", .plus), ("-", .minus), ("*", .times), ("/", .divide), ("^", .power),
        ("?", .question), (":", .colon), (",", .comma), ("(", .leftParenthesis), (")", .rightParenthesis),
        (";", .semicolon),
    ]

    private static let operatorCharacters: Set<Unicode.Scalar> = [
        "=", "~", "<", ">", ":", "|", "-", "+", "*", "&", "%",
    ]

    /// Sequences that begin like an operator but are none.
    private static let nonOperators = Dictionary(
        grouping: ["->", "<=", ">=", "~=", ":~", "~~~", "===", "<>"].map(scalarList), by: { $0[0] })

    private static let suggestions: [(String, String)] = [
        ("===", "=="), ("=-", "=~"), ("=<", "<"), ("=>", ">"), ("<=", "<"), (">=", ">"), ("<>", "~~"), ("~=", "=~"),
        ("~~~", "~~"), ("->", "~"), (":~", ":="), ("=", "=~"),
    ]
}

extension ModelToken.Kind {
    /// How an operator is written whatever tilde the text uses; nil for other tokens.
    fileprivate var canonicalText: String? {
        switch self {
        case .modelOperator(let model): model.rawValue
        case .power: "^"
        default: nil
        }
    }
}

extension String {
    /// The number with a digit between its point and its exponent.
    fileprivate var replacingPointBeforeExponent: String {
        guard let point = firstIndex(of: "."), case let after = index(after: point), after < endIndex,
            self[after] == "e" || self[after] == "E"
        else { return self }
        return self[..<after] + "0" + self[after...]
    }
}

extension Unicode.Scalar {
    var isDigit: Bool { self >= "0" && self <= "9" }

    /// Whether a name may begin with this character: a letter of any script, `_` or `.`.
    var startsName: Bool {
        if isASCII { return (self >= "a" && self <= "z") || (self >= "A" && self <= "Z") || self == "_" || self == "." }
        return properties.isAlphabetic && !isFullWidthSign
    }

    var continuesName: Bool {
        if isASCII { return startsName || isDigit }
        return properties.isXIDContinue && !isFullWidthSign
    }

    fileprivate var isFullWidthSign: Bool { value >= 0xFF00 && value <= 0xFFEF && !properties.isAlphabetic }

    fileprivate var isBlank: Bool {
        self == " " || self == "\t" || properties.isWhitespace || self == "\u{FEFF}" || self == "\u{200B}"
    }

    /// `~` for the characters that word processors and input methods put in its place.
    fileprivate var withTildeUnified: Unicode.Scalar {
        switch self {
        case "\u{02DC}", "\u{223C}", "\u{FF5E}": "~"
        default: self
        }
    }
}
