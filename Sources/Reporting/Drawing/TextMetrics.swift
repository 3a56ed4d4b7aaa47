/// How wide a text is set in a sans-serif face.
///
/// The widths are those of Helvetica (Adobe font metrics, 1990), which Arial and Liberation Sans share. They are
/// enlarged by 15 percent, because a machine without these faces falls back on wider ones such as DejaVu Sans.
public enum TextMetrics {
    static let allowance = 1.15

    /// The height of a line of text in ems.
    public static let lineHeight = 1.25

    /// The width of a text in pixels.
    public static func width(_ text: String, fontSize: Double) -> Double {
        let ems = text.unicodeScalars.reduce(0) { $0 + width(of: $1) }
        return ems * fontSize * allowance / 1000
    }

    /// The text broken into lines no wider than a limit; a single word may be wider.
    ///
    /// Lines break at spaces, after hyphens and slashes, and between ideographs.
    public static func lines(_ text: String, fontSize: Double, maxWidth: Double) -> [String] {
        var lines: [String] = []
        for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
            var line = ""
            for piece in pieces(of: String(paragraph)) {
                if !line.isEmpty, width(line + trimmedEnd(piece), fontSize: fontSize) > maxWidth {
                    lines.append(trimmedEnd(line))
                    line = ""
                }
                line += piece
            }
            lines.append(trimmedEnd(line))
        }
        return lines
    }

    /// The text broken into as few lines as ``lines(_:fontSize:maxWidth:)`` needs, of about the same width.
    static func balancedLines(_ text: String, fontSize: Double, maxWidth: Double) -> [String] {
        var best = lines(text, fontSize: fontSize, maxWidth: maxWidth)
        for step in 1...12 {
            let narrower = lines(text, fontSize: fontSize, maxWidth: maxWidth * (1 - 0.05 * Double(step)))
            guard narrower.count == best.count else { break }
            best = narrower
        }
        return best
    }

    /// The text, or as much of its start as fits a width together with an ellipsis.
    static func shortened(_ text: String, fontSize: Double, maxWidth: Double) -> String {
        guard width(text, fontSize: fontSize) > maxWidth else { return text }
        var short = text
        while !short.isEmpty, width(short + "…", fontSize: fontSize) > maxWidth { short.removeLast() }
        return short + "…"
    }

    /// Columns of a terminal that a text takes: two for ideographs, none for combining marks.
    public static func terminalColumns(_ text: some StringProtocol) -> Int {
        text.unicodeScalars.reduce(0) { $0 + terminalColumns(of: $1) }
    }

    static func terminalColumns(of scalar: Unicode.Scalar) -> Int {
        if isCombining(scalar) { return 0 }
        return isWide(scalar) ? 2 : 1
    }

    /// The pieces between which a line may break; spaces stay at the end of their piece.
    static func pieces(of text: String) -> [String] {
        var pieces: [String] = []
        var piece = ""
        for character in text {
            let wide = character.unicodeScalars.first.map(isWide) ?? false
            let isClosing = "，。、；：？！）》」』】”’".contains(character)
            if wide, !isClosing, !piece.isEmpty {
                pieces.append(piece)
                piece = ""
            } else if !wide, let last = piece.last, last == " " && character != " " {
                pieces.append(piece)
                piece = ""
            } else if !wide, character != " ", let last = piece.last, breaksAfter(last, in: piece) {
                pieces.append(piece)
                piece = ""
            }
            piece.append(character)
        }
        if !piece.isEmpty { pieces.append(piece) }
        return pieces
    }

    private static func breaksAfter(_ character: Character, in piece: String) -> Bool {
        if let scalar = character.unicodeScalars.first, isWide(scalar) { return true }
        return (character == "-" || character == "/") && piece.count > 2
    }

    private static func trimmedEnd(_ text: String) -> String {
        var text = text
        while text.last == " " { text.removeLast() }
        return text
    }

    private static func width(of scalar: Unicode.Scalar) -> Double {
        let value = Int(scalar.value)
        if value >= 32, value < 32 + helvetica.count { return helvetica[value - 32] }
        if isCombining(scalar) { return 0 }
        if isWide(scalar) { return 1000 }
        switch scalar {
        case "\u{2212}", "±", "×", "≤", "≥", "≈", "→", "←": return 584
        case "–": return 556
        case "—", "…", "‰": return 1000
        case "²", "³", "¹", "’", "‘", "\u{00B7}": return 333
        case "\u{00A0}", "\u{2009}": return 278
        default: return value < 0x250 ? 600 : 640
        }
    }

    private static func isCombining(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x300...0x36F, 0x1AB0...0x1AFF, 0x20D0...0x20FF, 0xFE00...0xFE0F, 0xFE20...0xFE2F, 0x200B...0x200F: true
        default: false
        }
    }

    /// Whether a character is set on a full em (East Asian wide and full-width forms, emoji).
    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF,
            0x20000...0x3FFFD:
            true
        default: false
        }
    }

    /// Thousandths of an em for the characters from space to tilde.
    private static let helvetica: [Double] = [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
        556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
        556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ]
}
