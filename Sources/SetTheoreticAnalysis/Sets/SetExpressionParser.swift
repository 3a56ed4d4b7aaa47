extension SetExpression {
    /// How deep parentheses and negations may be nested.
    public static let depthLimit = 100

    /// Reads an expression in the notation of QCA 3 (Duşa 2019): `A*~B + C[1,2]*(D + ~E)`.
    ///
    /// `~` is the complement, `*` the conjunction, `+` the disjunction, `A[1]` a level of a multi-value set and
    /// `A[1,2]` either of two; `~` binds strongest, `+` weakest. `!`, `&` and `|` are read as `~`, `*` and `+`. "1" is
    /// the conjunction of nothing, which every case is in, and "0" the disjunction of nothing. A name has letters,
    /// digits, `_` and `.`; any other name is put in backquotes. Letter case matters, and adjacent letters are one name.
    /// Nested conjunctions are made one, and so are nested disjunctions.
    ///
    /// - Parameters:
    ///   - text: The expression.
    ///   - known: The names of the sets there are; nil takes any name.
    /// - Throws: ``SetTheoryError/malformedExpression(_:position:problem:)``, with the position of the first character
    ///   that is wrong, counted from 1.
    public init(parsing text: String, known: [String]? = nil) throws(SetTheoryError) {
        var parser = SetExpressionParser(text: text, known: known)
        self = try parser.expression()
    }

    /// The conjunction of parts, without nesting: "1" of none.
    static func conjunction(_ parts: [SetExpression]) -> SetExpression {
        var flat: [SetExpression] = []
        for part in parts {
            if case .and(let inner) = part { flat += inner } else { flat.append(part) }
        }
        return flat.count == 1 ? flat[0] : .and(flat)
    }

    /// The disjunction of parts, without nesting: "0" of none.
    static func disjunction(_ parts: [SetExpression]) -> SetExpression {
        var flat: [SetExpression] = []
        for part in parts {
            if case .or(let inner) = part { flat += inner } else { flat.append(part) }
        }
        return flat.count == 1 ? flat[0] : .or(flat)
    }

    /// The expression as text that ``init(parsing:known:)`` reads again, with a name that is not plain in backquotes.
    public var notation: String {
        switch self {
        case .set(let name, let levels):
            let plain = name != "0" && name != "1" && !name.isEmpty && name.allSatisfy(SetExpressionParser.isPlain)
            let quoted = plain ? name : "`\(name)`"
            return levels.map { "\(quoted)[\($0.map(String.init).joined(separator: ","))]" } ?? quoted
        case .not(let inner):
            if case .set = inner { return "~\(inner.notation)" }
            return "~(\(inner.notation))"
        case .and(let parts):
            if parts.count == 1 { return parts[0].notation }
            if parts.isEmpty { return "1" }
            return parts.map { part in
                part.isDisjunction ? "(\(part.notation))" : part.notation
            }.joined(separator: "*")
        case .or(let parts): return parts.isEmpty ? "0" : parts.map(\.notation).joined(separator: " + ")
        }
    }

    /// Whether the text of the expression has a `+` outside parentheses.
    private var isDisjunction: Bool {
        switch self {
        case .or(let parts): parts.count > 1 || parts.count == 1 && parts[0].isDisjunction
        case .and(let parts): parts.count == 1 && parts[0].isDisjunction
        case .set, .not: false
        }
    }
}

/// Reads an expression from left to right, one character ahead.
private struct SetExpressionParser {
    private let text: String
    private let characters: [Character]
    private let known: [String]?
    private let knownNames: Set<String>
    private var position = 0
    private var depth = 0

    init(text: String, known: [String]?) {
        self.text = text
        characters = Array(text)
        self.known = known
        knownNames = Set(known ?? [])
    }

    static func isPlain(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_" || character == "."
    }

    mutating func expression() throws(SetTheoryError) -> SetExpression {
        skipSpaces()
        if position == characters.count { throw problem("it is empty; write for example A*~B + C") }
        let result = try disjunction()
        if position < characters.count {
            if characters[position] == ")" { throw problem("this `)` closes nothing") }
            throw unexpected()
        }
        return result
    }

    private mutating func disjunction() throws(SetTheoryError) -> SetExpression {
        var parts = [try conjunction()]
        while take("+") || take("|") { parts.append(try conjunction()) }
        return .disjunction(parts)
    }

    private mutating func conjunction() throws(SetTheoryError) -> SetExpression {
        var parts = [try factor()]
        while take("*") || take("&") { parts.append(try factor()) }
        return .conjunction(parts)
    }

    private mutating func factor() throws(SetTheoryError) -> SetExpression {
        skipSpaces()
        guard position < characters.count else { throw problem("it ends where a set is expected") }
        let start = position
        let character = characters[position]
        switch character {
        case "~", "!":
            position += 1
            try enter(at: start)
            let inner = try factor()
            depth -= 1
            return .not(inner)
        case "(":
            position += 1
            try enter(at: start)
            let inner = try disjunction()
            depth -= 1
            guard take(")") else {
                if position < characters.count { throw unexpected() }
                throw problem("this `(` is not closed", at: start)
            }
            return inner
        case "`":
            position += 1
            guard let end = characters[position...].firstIndex(of: "`") else {
                throw problem("this backquote is not closed", at: start)
            }
            let name = String(characters[position..<end])
            position = end + 1
            return try literal(name, at: start)
        case _ where Self.isPlain(character):
            let end = characters[position...].firstIndex { !Self.isPlain($0) } ?? characters.count
            let name = String(characters[position..<end])
            position = end
            if name == "1" || name == "0" {
                skipSpaces()
                if position < characters.count, characters[position] == "[" {
                    throw problem("`\(name)` stands for \(name == "1" ? "all cases" : "no case") and has no levels")
                }
                return name == "1" ? .and([]) : .or([])
            }
            return try literal(name, at: start)
        case ")": throw problem("a set is expected before `)`")
        case "*", "+", "&", "|": throw problem("a set is expected before `\(character)`")
        default: throw unexpected()
        }
    }

    private mutating func literal(_ name: String, at start: Int) throws(SetTheoryError) -> SetExpression {
        if name.isEmpty { throw problem("the name between the backquotes is empty", at: start) }
        if let known, !knownNames.contains(name) { throw problem(unknown(name, known), at: start) }
        skipSpaces()
        if position < characters.count, characters[position] == "{" {
            throw problem("levels are written in square brackets: `\(name)[1]`")
        }
        guard take("[") else { return .set(name, levels: nil) }
        var levels: [Int] = []
        repeat {
            skipSpaces()
            let end = characters[position...].firstIndex { !$0.isASCII || !$0.isNumber } ?? characters.count
            guard end > position else { throw problem("a level is expected here, as in `\(name)[0,1]`") }
            guard let level = Int(String(characters[position..<end])), level < Conjunction.levelLimit else {
                throw problem("levels go from 0 to \(Conjunction.levelLimit - 1)")
            }
            levels.append(level)
            position = end
        } while take(",")
        guard take("]") else { throw problem("the levels of `\(name)` must end with `]`, as in `\(name)[0,1]`") }
        return .set(name, levels: levels)
    }

    private mutating func enter(at start: Int) throws(SetTheoryError) {
        depth += 1
        if depth > SetExpression.depthLimit {
            throw problem(
                "parentheses and negations are nested deeper than \(SetExpression.depthLimit) levels", at: start)
        }
    }

    private mutating func skipSpaces() {
        while position < characters.count, characters[position].isWhitespace { position += 1 }
    }

    private mutating func take(_ character: Character) -> Bool {
        skipSpaces()
        guard position < characters.count, characters[position] == character else { return false }
        position += 1
        return true
    }

    private func problem(_ problem: String, at place: Int? = nil) -> SetTheoryError {
        .malformedExpression(text, position: (place ?? position) + 1, problem: problem)
    }

    /// What is wrong with a character that can start or continue nothing.
    private func unexpected() -> SetTheoryError {
        let character = characters[position]
        switch character {
        case "<", ">", "=":
            return problem(
                "only the left side of a statement is an expression: give the outcome apart, without an arrow")
        case "-":
            if position + 1 < characters.count, characters[position + 1] == ">" {
                return problem(
                    "only the left side of a statement is an expression: give the outcome apart, without an arrow")
            }
            return problem(
                "`-` is not an operator; write ~A for a complement, and put a name with a hyphen in backquotes")
        case "{", "[": return problem("levels follow the name of a set, as in A[1]")
        case "]", "}", ",": return problem("`\(character)` is only expected within levels, as in A[0,1]")
        case "(", "~", "!", "`",
            _ where Self.isPlain(character):
            return problem("put `*` (and) or `+` (or) before `\(character)`")
        default:
            return problem(
                "`\(character)` is not expected; a name with other characters than letters, digits, _ and . "
                    + "is put in backquotes")
        }
    }

    private func unknown(_ name: String, _ known: [String]) -> String {
        var message = "there is no set `\(name)`; "
        let letters = name.map(String.init)
        if letters.count > 1, letters.allSatisfy({ knownNames.contains($0) }) {
            return message + "write `\(letters.joined(separator: "*"))` for a conjunction"
        }
        let same = known.filter { $0.lowercased() == name.lowercased() }
        let near = same.isEmpty ? nearest(to: name, among: known) : same
        if !near.isEmpty { message += "did you mean \(near.map { "`\($0)`" }.joined(separator: " or "))? " }
        if same.first?.uppercased() == same.first, !same.isEmpty { message += "A complement is written with ~. " }
        let listed = known.prefix(20).map { "`\($0)`" }.joined(separator: ", ")
        return message + "The sets are \(listed)\(known.count > 20 ? " and \(known.count - 20) more" : "")"
    }
}

/// Up to three names at the smallest number of single-character edits (Levenshtein 1966), if that is at most a third of
/// the name's length.
func nearest(to name: String, among known: [String]) -> [String] {
    let target = Array(name.lowercased())
    guard target.count <= 100 else { return [] }
    var best = max(1, target.count / 3), result: [String] = []
    for candidate in known where abs(candidate.count - target.count) <= best {
        let other = Array(candidate.lowercased())
        var row = Array(0...other.count)
        for (i, a) in target.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in other.enumerated() {
                let above = row[j + 1]
                row[j + 1] = min(above + 1, row[j] + 1, diagonal + (a == b ? 0 : 1))
                diagonal = above
            }
        }
        let distance = row[other.count]
        if distance < best { result = [] }
        if distance <= best {
            best = distance
            result.append(candidate)
        }
    }
    return Array(result.prefix(3))
}
