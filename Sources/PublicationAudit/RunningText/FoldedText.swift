/// A text with one form for each sign: full-width and mathematical letters as plain ones, every minus as `-`, every run of blanks and line
/// breaks as one blank, and without marks of Markdown and TeX, so that a reported test can be found however it was set.
struct FoldedText {
    /// The folded signs.
    private(set) var signs: [Unicode.Scalar] = []
    /// The sign of the text that each came from, for quotations.
    private(set) var shown: [Unicode.Scalar] = []
    /// The line that each stands on, from one.
    private(set) var lines: [Int] = []

    init(_ text: String) {
        let scalars = Array(text.unicodeScalars)
        var line = 1, place = 0
        while place < scalars.count {
            let (scalar, length) = Self.unescaped(scalars, place)
            if let sign = Self.folded(scalar), sign != " " || signs.last != " " {
                signs.append(sign)
                shown.append(sign == " " ? " " : scalar)
                lines.append(line)
            }
            let isFirstOfTwo = scalar == "\r" && place + 1 < scalars.count && scalars[place + 1] == "\n"
            if scalar == "\n" || scalar == "\r" && !isFirstOfTwo || scalar == "\u{2028}" { line += 1 }
            place += length
        }
    }

    /// A sign, and how long it is: `&lt;`, as texts taken from pages hold it, is four long.
    private static func unescaped(_ scalars: [Unicode.Scalar], _ place: Int) -> (Unicode.Scalar, Int) {
        guard scalars[place] == "&", place + 3 < scalars.count, scalars[place + 2] == "t", scalars[place + 3] == ";"
        else {
            return (scalars[place], 1)
        }
        return scalars[place + 1] == "l" ? ("<", 4) : scalars[place + 1] == "g" ? (">", 4) : ("&", 1)
    }

    /// The sign that stands for another; `nil` for marks that are left out.
    private static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        let value = scalar.value
        switch value {
        case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: return " "
        case 0x200B...0x200F, 0x2060...0x2064, 0xFEFF, 0xAD, 0xFE0E, 0xFE0F: return nil
        case 0x2A, 0x5F, 0x24, 0x5C, 0x7B, 0x7D, 0x5E, 0x60: return nil
        case 0x2010...0x2015, 0x2212, 0xFE63, 0x2796: return "-"
        case 0x2018, 0x2019, 0x2B9, 0x2BC: return "'"
        case 0xFF01...0xFF5E: return Unicode.Scalar(value - 0xFEE0).flatMap(folded)
        case 0x3002: return "."
        case 0x3001: return ","
        case 0xB9: return "1"
        case 0xB2, 0xB3, 0x2070...0x2079: return Unicode.Scalar(0x30 + (value & 0xF))
        case 0x2080...0x2089: return Unicode.Scalar(0x30 + value - 0x2080)
        case 0x2264, 0x2266, 0x2A7D: return "≤"
        case 0x2265, 0x2267, 0x2A7E: return "≥"
        case 0x3A7, 0xAB53: return "χ"
        case 0x392: return "B"
        case 0x3F2: return "c"
        case 0x1D400...0x1D6A3:
            let place = (value - 0x1D400) % 52
            return Unicode.Scalar(place < 26 ? 0x41 + place : 0x61 + place - 26)
        case 0x1D6A8...0x1D7CB:
            let place = (value - 0x1D6A8) % 58
            if (26...50).contains(place) { return Unicode.Scalar(0x3B1 + place - 26) }
            return place < 25 ? Unicode.Scalar(0x391 + place).flatMap(folded) : scalar
        case 0x1D7CE...0x1D7FF: return Unicode.Scalar(0x30 + (value - 0x1D7CE) % 10)
        default: return scalar
        }
    }

    /// The sentence around a stretch, as it is printed, at most about 300 signs before and after.
    func sentence(around range: Range<Int>) -> String {
        func ends(_ place: Int) -> Bool {
            guard signs[place] == "." || signs[place] == "!" || signs[place] == "?" else { return false }
            guard place + 2 < signs.count else { return true }
            return signs[place + 1] == " " && signs[place + 2].properties.isUppercase
        }
        var start = range.lowerBound
        while start > 0, range.lowerBound - start < 300, !ends(start - 1) { start -= 1 }
        var end = max(range.upperBound - 1, range.lowerBound)
        while end < signs.count, end - range.upperBound < 300, !ends(end) { end += 1 }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: shown[start..<min(end + 1, signs.count)])
        return trimmed(String(view))
    }

    /// The printed signs of a stretch.
    func text(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: shown[range])
        return trimmed(String(view))
    }

    /// Where words stand, whatever their capitals.
    func places(of words: [String]) -> [Int] {
        let words = words.map { Array($0.unicodeScalars) }
        let initials = Set(words.compactMap(\.first))
        return signs.indices.filter { place in
            initials.contains(signs[place].lowered)
                && words.contains { word in
                    guard place + word.count <= signs.count else { return false }
                    return word.indices.allSatisfy { signs[place + $0].lowered == word[$0] }
                }
        }
    }
}

extension Unicode.Scalar {
    /// The small letter of a Latin one.
    var lowered: Unicode.Scalar { (0x41...0x5A).contains(value) ? Unicode.Scalar(UInt8(value) + 32) : self }
    /// Whether it is a digit from 0 to 9.
    var isFigure: Bool { (0x30...0x39).contains(value) }
    /// Whether a name goes on with it.
    var isWordPart: Bool { isFigure || properties.isAlphabetic }
}
