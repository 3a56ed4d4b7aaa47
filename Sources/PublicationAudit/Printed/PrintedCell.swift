/// What stands in one cell of a printed table: `0.266***`, `-0.340*** (0.036)`, `.077 [.053, .104]`, `(0.54)`, `[46%]`, `-`.
public struct PrintedCell: Sendable, Hashable {
    /// The text of the cell.
    public let text: String
    /// The figure itself.
    public let figure: PrintedNumber?
    /// The marks behind it: `***`, `†`, or empty.
    public let marks: String
    /// The figure in parentheses, usually a standard error.
    public let inParentheses: PrintedNumber?
    /// The two ends in brackets, usually a confidence interval.
    public let range: PrintedRange?
    /// The one figure in brackets.
    public let inBrackets: PrintedNumber?

    /// Whether nothing is printed.
    public var isEmpty: Bool {
        figure == nil && inParentheses == nil && range == nil && inBrackets == nil && marks.isEmpty
    }

    /// Reads a cell. Blanks inside figures and marks, as line breaks of narrow columns leave them (`0.340** *`, `- 0.34`), are closed.
    /// A cell with no digit in it is empty.
    ///
    /// - Throws: ``PrintedNumberFault``.
    public init(_ cell: some StringProtocol) throws(PrintedNumberFault) {
        text = trimmed(cell)
        var outside = "", marks = ""
        var groups: [(opening: Character, content: String)] = []
        for character in text {
            if let open = groups.last, open.content.last != ")", open.content.last != "]" {
                groups[groups.count - 1].content.append(character)
            } else if character == "(" || character == "[" {
                groups.append((character, ""))
            } else if Self.isMark(character), character != "+" || Self.hasDigit(outside) {
                marks.append(character == "＊" || character == "∗" ? "*" : character)
            } else {
                outside.append(character)
            }
        }
        var inParentheses: PrintedNumber?
        var range: PrintedRange?, inBrackets: PrintedNumber?
        for group in groups where Self.hasDigit(group.content) {
            guard let last = group.content.last, last == ")" || last == "]" else { throw .notANumber(text) }
            let content = group.content.dropLast()
            if let ends = PrintedRange.ends(content) {
                range = try PrintedRange(ends.0, ends.1)
            } else if group.opening == "(" {
                inParentheses = try PrintedNumber(closed(content))
            } else {
                inBrackets = try PrintedNumber(closed(content))
            }
        }
        figure = Self.hasDigit(outside) ? try PrintedNumber(closed(outside)) : nil
        self.marks = marks
        self.inParentheses = inParentheses
        self.range = range
        self.inBrackets = inBrackets
    }

    private static func isMark(_ character: Character) -> Bool { "*＊∗†‡+".contains(character) }
    private static func hasDigit(_ text: some StringProtocol) -> Bool { text.contains { "0123456789".contains($0) } }
}

/// The two printed ends of an interval.
public struct PrintedRange: Sendable, Hashable {
    /// The lower end.
    public let lower: PrintedNumber
    /// The upper end.
    public let upper: PrintedNumber

    /// Two figures.
    public init(_ lower: some StringProtocol, _ upper: some StringProtocol) throws(PrintedNumberFault) {
        self.lower = try PrintedNumber(closed(lower))
        self.upper = try PrintedNumber(closed(upper))
    }

    /// The two texts around the one separator: `;`, `,`, ` to `, `~` or `…`.
    static func ends(_ text: some StringProtocol) -> (Substring, Substring)? {
        for separator in [";", "，", ",", " to ", "~", "…"] {
            let parts = String(text).components(around: separator)
            if parts.count == 2 { return (parts[0], parts[1]) }
        }
        return nil
    }
}

extension String {
    /// The parts of a text between the places where another stands.
    func components(around separator: String) -> [Substring] {
        var parts: [Substring] = []
        var start = startIndex, place = startIndex
        while place < endIndex {
            if self[place...].hasPrefix(separator) {
                parts.append(self[start..<place])
                place = index(place, offsetBy: separator.count)
                start = place
            } else {
                place = index(after: place)
            }
        }
        return parts + [self[start...]]
    }
}

/// A figure without the blanks inside it.
private func closed(_ text: some StringProtocol) -> String { String(text.filter { !$0.isWhitespace }) }
