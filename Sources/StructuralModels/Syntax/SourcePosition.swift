/// A place in a model's text.
public struct SourcePosition: Sendable, Hashable {
    /// The line, counted from 1.
    public let line: Int
    /// The character within the line (Unicode scalar), counted from 1.
    public let column: Int
    /// The character within the whole text (Unicode scalar), counted from 0.
    public let offset: Int

    /// Creates a position from its line, column and offset.
    public init(line: Int, column: Int, offset: Int) {
        self.line = line
        self.column = column
        self.offset = offset
    }
}

/// A place in a model's text together with the text of its line, so that a message can show it.
public struct SourceExcerpt: Sendable, Hashable {
    /// The place that is shown.
    public let position: SourcePosition
    /// The text of the line, or of the part around the place where the line is long.
    public let text: String
    /// White space as wide as the text before the place, then `^`.
    public let caret: String

    /// At most so many characters are shown on either side of the place.
    private static let reach = 70

    init(_ position: SourcePosition, in scalars: [Unicode.Scalar]) {
        self.position = position
        let lineStart = min(max(position.offset - (position.column - 1), 0), scalars.count)
        let place = min(max(position.offset, lineStart), scalars.count)
        let start = max(lineStart, place - Self.reach)
        var end = place
        while end < scalars.count, !scalars[end].endsLine, end - place < Self.reach { end += 1 }
        let isCutAfter = end < scalars.count && !scalars[end].endsLine
        let before = start > lineStart ? "…" : ""
        text = before + String(scalars[start..<end]) + (isCutAfter ? "…" : "")
        var indent = start > lineStart ? " " : ""
        for scalar in scalars[start..<place] { indent.unicodeScalars.append(contentsOf: scalar.blanks) }
        caret = indent + "^"
    }
}

extension Unicode.Scalar {
    /// Whether a line of model text ends here.
    var endsLine: Bool { self == "\n" || self == "\r" || self == "\u{2028}" || self == "\u{2029}" }

    /// Blanks that take as much room as this character in a fixed-width font.
    fileprivate var blanks: [Unicode.Scalar] {
        switch value {
        case 0x09: return ["\t"]
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            return ["\u{3000}"]
        default:
            switch properties.generalCategory {
            case .nonspacingMark, .enclosingMark, .format, .control: return []
            default: return [" "]
            }
        }
    }
}

extension String {
    /// The text made of these characters.
    init(_ scalars: ArraySlice<Unicode.Scalar>) {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        self.init(view)
    }
}
