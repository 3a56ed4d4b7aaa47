/// The smallest parts of a formula, each with the character where it begins, counted from 1.
struct FormulaToken: Equatable {
    enum Kind: Equatable {
        case number(Double)
        case text(String)
        case name(String)
        /// An operator, a bracket, a comma or `=`.
        case symbol(String)
        case end
    }

    var kind: Kind
    var column: Int
    /// As it was written.
    var source: String
}

/// Splits a formula into tokens by the rules of R.
struct FormulaLexer {
    private let text: String
    private let characters: [Character]
    private var position = 0

    private init(_ text: String) {
        self.text = text
        characters = Array(text)
    }

    /// The tokens of `text`, the last of which is the end.
    static func tokens(of text: String) throws(FormulaError) -> [FormulaToken] {
        var lexer = FormulaLexer(text)
        var tokens: [FormulaToken] = []
        while let token = try lexer.next() { tokens.append(token) }
        tokens.append(FormulaToken(kind: .end, column: lexer.characters.count + 1, source: "the end"))
        return tokens
    }

    private var current: Character? { peek(0) }

    private func peek(_ distance: Int) -> Character? {
        position + distance < characters.count ? characters[position + distance] : nil
    }

    private mutating func next() throws(FormulaError) -> FormulaToken? {
        while let character = current, character.isWhitespace { position += 1 }
        guard let first = current else { return nil }
        let start = position
        if first == "\"" || first == "'" || first == "`" {
            let content = try quoted(by: first)
            guard first == "`" else { return token(.text(content), from: start) }
            guard !content.isEmpty else {
                throw error(.unexpectedCharacter("``", advice: "a name in backticks cannot be empty"), at: start)
            }
            return token(.name(content), from: start)
        }
        if isDigit(first) || (first == "." && peek(1).map(isDigit) == true) {
            return token(.number(try number()), from: start)
        }
        if first.isLetter || first == "." || first == "_" {
            while let character = current, isNameCharacter(character) { position += 1 }
            return token(.name(String(characters[start..<position])), from: start)
        }
        if first == "%" {
            guard
                let end = (position + 1..<min(characters.count, position + 12)).first(where: { characters[$0] == "%" })
            else { throw error(.unexpectedCharacter("%", advice: "operators with % are %in% and %%"), at: start) }
            position = end + 1
            let symbol = String(characters[start...end])
            guard symbol == "%in%" || symbol == "%%" else {
                throw error(.unexpectedCharacter(symbol, advice: "operators with % are %in% and %%"), at: start)
            }
            return token(.symbol(symbol), from: start)
        }
        if let second = peek(1) {
            let pair = String([first, second])
            if pair == "**" {
                position += 2
                return token(.symbol("^"), from: start)
            }
            if ["||", "==", "!=", "<=", ">="].contains(pair) {
                position += 2
                return token(.symbol(pair), from: start)
            }
        }
        guard "~+-:*/^()|,=<>".contains(first) else {
            throw error(.unexpectedCharacter(String(first), advice: Self.advice(on: first)), at: start)
        }
        position += 1
        return token(.symbol(String(first)), from: start)
    }

    private mutating func quoted(by mark: Character) throws(FormulaError) -> String {
        let start = position
        position += 1
        while let character = current, character != mark { position += 1 }
        guard current != nil else { throw error(.unterminated(String(mark)), at: start) }
        position += 1
        return String(characters[(start + 1)..<(position - 1)])
    }

    private mutating func number() throws(FormulaError) -> Double {
        let start = position
        while let character = current, isDigit(character) || character == "." { position += 1 }
        if let exponent = current, exponent == "e" || exponent == "E" {
            let signed = peek(1) == "+" || peek(1) == "-" ? 2 : 1
            if peek(signed).map(isDigit) == true {
                position += signed
                while let character = current, isDigit(character) { position += 1 }
            }
        }
        let digits = String(characters[start..<position])
        if current == "L" { position += 1 }
        if let character = current, isNameCharacter(character) {
            while let character = current, isNameCharacter(character) { position += 1 }
            throw error(.malformedNumber(String(characters[start..<position])), at: start)
        }
        let complete = digits.hasPrefix(".") ? "0" + digits : digits.hasSuffix(".") ? digits + "0" : digits
        guard let value = Double(complete), value.isFinite else { throw error(.malformedNumber(digits), at: start) }
        return value
    }

    private func isDigit(_ character: Character) -> Bool { character >= "0" && character <= "9" && character.isASCII }

    private func isNameCharacter(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "." || character == "_"
    }

    private func token(_ kind: FormulaToken.Kind, from start: Int) -> FormulaToken {
        FormulaToken(kind: kind, column: start + 1, source: String(characters[start..<position]))
    }

    private func error(_ fault: FormulaError.Fault, at position: Int) -> FormulaError {
        FormulaError(fault, formula: text, column: position + 1)
    }

    private static func advice(on character: Character) -> String {
        switch character {
        case "−", "–", "—", "‐", "‑": "write the hyphen-minus -"
        case "∼", "˜", "～": "write the tilde ~"
        case "×", "∗", "·": "write *, or : for the interaction alone"
        case "“", "”", "„", "‘", "’", "«", "»": "write straight quotation marks"
        case "¦", "∣", "｜": "write the vertical bar |"
        case "$": "columns are written by their name alone, without that of the data"
        case "[", "]": "write the name of a column; rows and columns are not picked by brackets"
        case "&", "!": "logical operators are not available; make the variable in the data"
        case ";", "{", "}": "a formula is a single expression"
        case "#": "a formula has no comments"
        case "@", "\\", "?": "it has no meaning here"
        default: "put names with unusual characters in backticks"
        }
    }
}
