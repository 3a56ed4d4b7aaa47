/// Reads the parts of reported statistics from folded text, one after the other. Every step looks at a bounded stretch.
struct TextScanner {
    let text: FoldedText
    var place: Int

    init(_ text: FoldedText, at place: Int) {
        self.text = text
        self.place = place
    }

    /// The sign a few places on.
    func sign(_ offset: Int = 0) -> Unicode.Scalar? {
        let index = place + offset
        return text.signs.indices.contains(index) ? text.signs[index] : nil
    }

    /// Whether a name can begin here.
    var isAtWordStart: Bool { place == 0 || !text.signs[place - 1].isWordPart }

    mutating func skipBlank() { if sign() == " " { place += 1 } }

    /// Steps over a text, if it stands here.
    mutating func skip(_ word: String, ignoringCase: Bool = false) -> Bool {
        var offset = 0
        for scalar in word.unicodeScalars {
            guard let found = sign(offset), found == scalar || ignoringCase && found.lowered == scalar else {
                return false
            }
            offset += 1
        }
        place += offset
        return true
    }

    /// Steps over a name that ends here.
    mutating func skip(name: String, ignoringCase: Bool = false) -> Bool {
        let start = place
        guard skip(name, ignoringCase: ignoringCase), sign()?.isWordPart != true else {
            place = start
            return false
        }
        return true
    }

    /// Steps over one of some names.
    mutating func skip(names: [String], ignoringCase: Bool = false) -> Bool {
        for name in names where skip(name: name, ignoringCase: ignoringCase) { return true }
        return false
    }

    /// `=`, `<`, `>` and their kin, with the blanks around.
    mutating func relation() -> String? {
        let start = place
        skipBlank()
        let found: String
        switch sign() {
        case "=": found = "="
        case "<", "≤": found = "<"
        case ">", "≥": found = ">"
        default:
            place = start
            return nil
        }
        place += 1
        skipBlank()
        if found != "=", sign() == "=" { place += 1 }
        skipBlank()
        return found
    }

    /// A number: digits with a point, or a comma that separates decimals or thousands, perhaps with a power of ten.
    ///
    /// - Parameter isInList: whether a comma separates numbers.
    mutating func number(after relation: String = "=", isInList: Bool = false) -> PrintedNumber? {
        let start = place
        var isNegative = false
        if sign() == "-" {
            isNegative = true
            place += 1
            skipBlank()
        } else if sign() == "+" {
            place += 1
        } else if sign() == "?" || sign() == "\u{FFFD}", sign(1)?.isFigure == true || sign(1) == "." {
            // A minus that was lost on the way to text.
            place += 1
        }
        var whole = "", fraction = ""
        while let digit = sign(), digit.isFigure, whole.count < 16 {
            whole.unicodeScalars.append(digit)
            place += 1
        }
        if !isInList, (1...3).contains(whole.count), whole != "0" {
            while sign() == ",", (1...3).allSatisfy({ sign($0)?.isFigure == true }), sign(4)?.isFigure != true,
                whole.count < 13
            {
                for offset in 1...3 { if let digit = sign(offset) { whole.unicodeScalars.append(digit) } }
                place += 4
            }
        }
        let hasPoint =
            sign() == "." || !isInList && sign() == "," && (whole == "0" || whole.isEmpty || sign(3)?.isFigure != true)
        if hasPoint, sign(1)?.isFigure == true {
            place += 1
            while let digit = sign(), digit.isFigure, fraction.count < 16 {
                fraction.unicodeScalars.append(digit)
                place += 1
            }
        }
        // A number that goes on is none: 2.2.0, or more digits than any figure has.
        guard !(whole + fraction).isEmpty, sign()?.isFigure != true, !(sign() == "." && sign(1)?.isFigure == true)
        else {
            place = start
            return nil
        }
        let exponent = powerOfTen()
        var text = (isNegative ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction)
        if let exponent, let value = Double(text.hasPrefix(".") ? "0" + text : text) {
            let decimals = min(max(fraction.count - exponent, 0), 15)
            var scaled = value
            for _ in 0..<abs(exponent) { scaled = exponent < 0 ? scaled / 10 : scaled * 10 }
            text = PrintedNumber(scaled, decimals: decimals).text
        }
        return try? PrintedNumber((relation == "=" ? "" : relation) + text)
    }

    /// `e-5` or `× 10-5` behind a number.
    private mutating func powerOfTen() -> Int? {
        let start = place
        if sign() == "e" || sign() == "E" {
            place += 1
        } else {
            skipBlank()
            guard sign() == "×" || sign() == "x" || sign() == "·" else {
                place = start
                return nil
            }
            place += 1
            skipBlank()
            guard skip("10") else {
                place = start
                return nil
            }
        }
        let isNegative = sign() == "-"
        if isNegative || sign() == "+" { place += 1 }
        var digits = 0, exponent = 0
        while let digit = sign(), digit.isFigure, digits < 3 {
            exponent = 10 * exponent + Int(digit.value) - 0x30
            place += 1
            digits += 1
        }
        guard digits > 0, exponent <= 300 else {
            place = start
            return nil
        }
        return isNegative ? -exponent : exponent
    }

    /// A p value: `p = .03`, `P<0.001`, `p-value = .2`, `p's > .05`, `ns`.
    mutating func probability() -> ReportedTest.Probability? {
        let start = place
        if isAtWordStart, skip(names: ["ns", "NS", "n.s", "N.S"]) {
            _ = skip(".")
            return .notSignificant
        }
        guard isAtWordStart, sign() == "p" || sign() == "P" else { return nil }
        place += 1
        _ = skip("'s") || skip("s'")
        for word in ["-values", " values", "-value", " value", "-val"] where skip(word, ignoringCase: true) { break }
        if sign()?.isWordPart != true {
            skipBlank()
            let parenthesis = place
            if sign() == "(" {
                place += 1
                if skipTails(), skip(")") {} else { place = parenthesis }
            } else {
                _ = skipTails()
            }
        } else {
            _ = skipTails()
        }
        if let relation = relation() {
            if skip(names: ["ns", "NS", "n.s", "N.S"]) {
                _ = skip(".")
                return .notSignificant
            }
            if let number = number(after: relation), (0...1).contains(number.value), sign() != "%" {
                return .number(number)
            }
        }
        place = start
        return nil
    }

    /// `one-tailed`, `2-sided` and their kin.
    private mutating func skipTails() -> Bool {
        let start = place
        guard skip("one", ignoringCase: true) || skip("two", ignoringCase: true) || skip("1") || skip("2") else {
            return false
        }
        _ = skip("-") || skip(" ")
        guard
            skip("tailed", ignoringCase: true) || skip("tail", ignoringCase: true) || skip("sided", ignoringCase: true)
        else {
            place = start
            return false
        }
        return true
    }
}
