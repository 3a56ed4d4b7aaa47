/// Escaping for XML and HTML.
enum XML {
    /// Text between tags. Control characters, which XML 1.0 forbids, become U+FFFD.
    static func text(_ text: some StringProtocol) -> String { escaped(text, quotes: false) }

    /// The value of an attribute in double quotes.
    static func attribute(_ text: some StringProtocol) -> String { escaped(text, quotes: true) }

    private static func escaped(_ text: some StringProtocol, quotes: Bool) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "\"" where quotes: result.append(contentsOf: "&quot;".unicodeScalars)
            case "\n" where quotes: result.append(contentsOf: "&#10;".unicodeScalars)
            case "\t", "\n", "\r": result.append(scalar)
            case "\u{0}"..<" ", "\u{FFFE}", "\u{FFFF}": result.append("\u{FFFD}")
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
