/// The text of an HTML page: tags and comments left out, entities as their signs, lines as in the file.
enum HyperText {
    /// The text of a page. A `<` that begins no tag stays, as sloppy pages write `p < .05`.
    static func text(_ page: String) -> String {
        let signs = Array(page.unicodeScalars)
        var out = String.UnicodeScalarView()
        var place = 0
        while place < signs.count {
            guard signs[place] == "<", place + 1 < signs.count else {
                out.append(signs[place])
                place += 1
                continue
            }
            if has(signs, place, "<!--") {
                place = skip(signs, to: "-->", from: place + 4, into: &out)
                continue
            }
            let next = signs[place + 1]
            let begins = next == "/" || next == "!" || next == "?" || next.properties.isAlphabetic && next.isASCII
            guard begins, let end = endOfTag(signs, from: place + 1) else {
                out.append("<")
                place += 1
                continue
            }
            let name = tagName(signs[(place + 1)..<end])
            for sign in signs[place..<end] where sign == "\n" { out.append(sign) }
            if blocks.contains(name) { out.append("\u{2029}") }
            place = end + 1
            if name == "script" || name == "style" { place = skip(signs, to: "</\(name)", from: place, into: &out) }
        }
        return decoded(String(out))
    }

    /// Elements that end a line of text.
    private static let blocks: Set<String> = [
        "p", "div", "br", "tr", "td", "th", "li", "ul", "ol", "table", "section", "article", "h1", "h2", "h3", "h4",
        "h5", "h6",
        "blockquote", "pre", "title", "caption", "figcaption", "dd", "dt", "hr",
    ]

    private static func has(_ signs: [Unicode.Scalar], _ place: Int, _ word: String) -> Bool {
        var index = place
        for sign in word.unicodeScalars {
            guard index < signs.count, lowered(signs[index]) == sign else { return false }
            index += 1
        }
        return true
    }

    private static func lowered(_ sign: Unicode.Scalar) -> Unicode.Scalar {
        (0x41...0x5A).contains(sign.value) ? Unicode.Scalar(UInt8(sign.value) + 32) : sign
    }

    /// The place behind a word, line breaks on the way kept; the end if the word does not come.
    private static func skip(
        _ signs: [Unicode.Scalar], to word: String, from start: Int, into out: inout String.UnicodeScalarView
    ) -> Int {
        var place = start
        while place < signs.count {
            if has(signs, place, word) { return min(place + word.unicodeScalars.count, signs.count) }
            if signs[place] == "\n" { out.append("\n") }
            place += 1
        }
        return signs.count
    }

    /// The `>` of a tag; quotation marks hold it together. None within 8 000 signs is no tag.
    private static func endOfTag(_ signs: [Unicode.Scalar], from start: Int) -> Int? {
        var quote: Unicode.Scalar?
        for place in start..<min(start + 8_000, signs.count) {
            let sign = signs[place]
            if let open = quote {
                if sign == open { quote = nil }
            } else if sign == "\"" || sign == "'" {
                if place > start, signs[place - 1] == "=" { quote = sign }
            } else if sign == ">" {
                return place
            } else if sign == "<" {
                return nil
            }
        }
        return nil
    }

    private static func tagName(_ content: ArraySlice<Unicode.Scalar>) -> String {
        var name = String.UnicodeScalarView()
        for sign in content.drop(while: { $0 == "/" }) {
            guard sign.isASCII, sign.properties.isAlphabetic || (0x30...0x39).contains(sign.value) else { break }
            name.append(lowered(sign))
        }
        return String(name)
    }

    /// A text with its entities as signs; what is no entity stays.
    static func decoded(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        let signs = Array(text.unicodeScalars)
        var out = String.UnicodeScalarView()
        var place = 0
        while place < signs.count {
            if signs[place] == "&", let end = signs[place..<min(place + 12, signs.count)].firstIndex(of: ";") {
                var name = String.UnicodeScalarView()
                name.append(contentsOf: signs[(place + 1)..<end])
                if let sign = entity(String(name)) {
                    out.append(sign)
                    place = end + 1
                    continue
                }
            }
            out.append(signs[place])
            place += 1
        }
        return String(out)
    }

    private static func entity(_ name: String) -> Unicode.Scalar? {
        if let sign = entities[name] { return sign }
        guard name.hasPrefix("#") else { return nil }
        let digits = name.dropFirst()
        let value = digits.lowercased().hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return value.flatMap { $0 == 0 ? nil : Unicode.Scalar($0) }
    }

    /// The named entities that papers use in reported tests.
    private static let entities: [String: Unicode.Scalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "minus": "−", "ndash": "–",
        "mdash": "—",
        "thinsp": "\u{2009}", "ensp": "\u{2002}", "emsp": "\u{2003}", "hairsp": "\u{200A}", "shy": "\u{AD}",
        "zwnj": "\u{200C}",
        "zwj": "\u{200D}", "chi": "χ", "Chi": "Χ", "alpha": "α", "beta": "β", "Beta": "Β", "gamma": "γ", "delta": "δ",
        "Delta": "Δ",
        "eta": "η", "omega": "ω", "sup1": "¹", "sup2": "²", "sup3": "³", "times": "×", "le": "≤", "ge": "≥",
        "plusmn": "±",
        "middot": "·", "hellip": "…", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "equals": "=", "leq": "≤",
        "geq": "≥",
    ]
}
