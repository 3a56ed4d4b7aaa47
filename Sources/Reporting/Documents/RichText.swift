/// Text with the few styles that statistical writing needs.
///
/// It is written as a string whose interpolations carry the style:
/// `"The mean was \(emphasis: "M") = 3.20, see \(code: "IL ~ KM")"`.
public struct RichText: Sendable, Equatable, Hashable {
    /// How a run of text is set.
    public enum Style: Sendable, Equatable, Hashable {
        /// Upright text.
        case plain
        /// Italic: statistical symbols such as M, SD, p, and titles.
        case emphasis
        /// Bold.
        case strong
        /// Names of variables and model lines.
        case code
        /// Lowered small text.
        case subscripted
        /// Raised small text: note markers.
        case superscripted
        /// Small text on the line: the symbols of peripheral conditions.
        case small
        /// Large text on the line: the symbols of core conditions.
        case large
    }

    /// A stretch of text in one style.
    public struct Run: Sendable, Equatable, Hashable {
        /// The text.
        public var text: String
        /// Its style.
        public var style: Style
        /// What stands for the text where there are no sizes of type: a terminal, a spreadsheet, Markdown.
        public var plainText: String

        /// Makes a run; the plain text is the text itself when nil.
        public init(_ text: String, style: Style = .plain, plainText: String? = nil) {
            self.text = text
            self.style = style
            self.plainText = plainText ?? text
        }
    }

    /// The runs, in reading order; neighbours of one style are joined and none is empty.
    public private(set) var runs: [Run] = []

    /// Makes an empty text.
    public init() {}

    /// Makes a text in one style.
    public init(_ text: String, style: Style = .plain) { append(text, style: style) }

    /// Makes a text of one run.
    public init(_ run: Run) { append(run) }

    /// A message as a sentence: with a capital at its start unless it begins with a symbol (t, χ², df =), a full stop at its
    /// end, and what stands between backticks set as names of variables.
    public init(sentence message: String) {
        let parts = message.split(separator: "`", omittingEmptySubsequences: false)
        // An odd backtick opens nothing.
        guard parts.count % 2 == 1 else {
            append(message)
            return
        }
        for (index, part) in parts.enumerated() {
            let text =
                index == 0 && !Self.beginsWithSymbol(part)
                ? part.prefix(1).uppercased() + part.dropFirst() : String(part)
            append(text, style: index % 2 == 0 ? .plain : .code)
        }
        if let last = message.last, !".!?".contains(last) { append(".") }
    }

    private static func beginsWithSymbol(_ text: Substring) -> Bool {
        let word = text.prefix { $0.isLetter }
        let next = text.dropFirst(word.count).first { $0 != " " }
        return word.count == 1 && word != "a" || next.map("=<>≈(²".contains) == true && word.count <= 3
    }

    /// Whether there is no text.
    public var isEmpty: Bool { runs.isEmpty }

    /// The text without its styles.
    public var plainText: String { runs.map(\.plainText).joined() }

    /// Adds text at the end.
    public mutating func append(_ text: String, style: Style = .plain) { append(Run(text, style: style)) }

    /// Adds a run at the end.
    public mutating func append(_ run: Run) {
        guard !run.text.isEmpty else { return }
        if let last = runs.indices.last, runs[last].style == run.style {
            runs[last].text += run.text
            runs[last].plainText += run.plainText
        } else {
            runs.append(run)
        }
    }

    /// Adds another text at the end.
    public mutating func append(_ other: RichText) {
        for run in other.runs { append(run) }
    }

    /// One text after the other.
    public static func + (left: RichText, right: RichText) -> RichText {
        var sum = left
        sum.append(right)
        return sum
    }
}

extension RichText: ExpressibleByStringInterpolation {
    /// Collects the parts of a string literal.
    public struct StringInterpolation: StringInterpolationProtocol {
        var text = RichText()

        /// Starts the collection.
        public init(literalCapacity: Int, interpolationCount: Int) {}

        /// Adds upright text.
        public mutating func appendLiteral(_ literal: String) { text.append(literal) }

        /// Adds upright text.
        public mutating func appendInterpolation(_ value: String) { text.append(value) }

        /// Adds a whole number.
        public mutating func appendInterpolation(_ value: Int) { text.append(String(value)) }

        /// Adds a number in a format.
        public mutating func appendInterpolation(_ value: Double?, _ format: NumberFormat) {
            text.append(format.string(value))
        }

        /// Adds a text with its styles.
        public mutating func appendInterpolation(_ value: RichText) { text.append(value) }

        /// Adds italic text.
        public mutating func appendInterpolation(emphasis value: String) { text.append(value, style: .emphasis) }

        /// Adds bold text.
        public mutating func appendInterpolation(strong value: String) { text.append(value, style: .strong) }

        /// Adds a variable's name or a model line.
        public mutating func appendInterpolation(code value: String) { text.append(value, style: .code) }

        /// Adds lowered text.
        public mutating func appendInterpolation(sub value: String) { text.append(value, style: .subscripted) }

        /// Adds raised text.
        public mutating func appendInterpolation(super value: String) { text.append(value, style: .superscripted) }

        /// Adds a probability with its letter: *p* = .023.
        public mutating func appendInterpolation(p value: Double?) {
            text.append("p", style: .emphasis)
            text.append(" " + NumberFormat.probabilityStatement(value))
        }
    }

    /// Upright text.
    public init(stringLiteral value: String) { self.init(value) }

    /// The text of an interpolated literal.
    public init(stringInterpolation: StringInterpolation) { self = stringInterpolation.text }
}
