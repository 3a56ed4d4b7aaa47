/// The number that `text` writes in decimal notation, or nil; blanks around it are ignored. The words `inf` and
/// `nan`, hexadecimal numbers and numbers beyond the range of a double are not numbers here.
func decimalNumber(_ text: String) -> Double? {
    var text = text
    return text.withUTF8 { decimalNumber($0, mark: UInt8(ascii: ".")) }
}

/// The powers of ten that a double holds exactly.
let exactPowersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
]

/// The number that `bytes` write with `mark` as decimal mark, correctly rounded, or nil.
///
/// A decimal whose digits fit in 53 bits and whose exponent is at most 22 in size is the quotient or product of two
/// exact doubles, so one operation rounds it correctly (Clinger, 1990, "How to read floating point numbers
/// accurately"). Every other one goes to the standard library.
func decimalNumber(_ bytes: UnsafeBufferPointer<UInt8>, mark: UInt8) -> Double? {
    var start = 0
    var end = bytes.count
    while start < end, isBlank(bytes[start]) { start += 1 }
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    var i = start
    var negative = false
    if i < end, bytes[i] == UInt8(ascii: "-") || bytes[i] == UInt8(ascii: "+") {
        negative = bytes[i] == UInt8(ascii: "-")
        i += 1
    }
    var mantissa: UInt64 = 0
    var digits = 0
    var significant = 0
    var scale = 0
    var sawMark = false
    while i < end {
        let byte = bytes[i]
        let digit = byte &- UInt8(ascii: "0")
        if digit <= 9 {
            digits += 1
            if significant > 0 || digit != 0 { significant += 1 }
            if significant <= 18 { mantissa = mantissa &* 10 &+ UInt64(digit) }
            if sawMark { scale -= 1 }
        } else if byte == mark, !sawMark {
            sawMark = true
        } else {
            break
        }
        i += 1
    }
    guard digits > 0 else { return nil }
    var exponent = 0
    if i < end, bytes[i] | 0x20 == UInt8(ascii: "e") {
        i += 1
        var negativeExponent = false
        if i < end, bytes[i] == UInt8(ascii: "-") || bytes[i] == UInt8(ascii: "+") {
            negativeExponent = bytes[i] == UInt8(ascii: "-")
            i += 1
        }
        guard i < end else { return nil }
        while i < end {
            let digit = bytes[i] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            exponent = min(exponent * 10 + Int(digit), 1_000_000)
            i += 1
        }
        if negativeExponent { exponent = -exponent }
    }
    guard i == end else { return nil }
    let power = exponent + scale
    if significant <= 18, mantissa <= 1 << 53, abs(power) <= 22 {
        let exact = Double(mantissa)
        let value = power < 0 ? exact / exactPowersOfTen[-power] : exact * exactPowersOfTen[power]
        return negative ? -value : value
    }
    var text = String(decoding: bytes[start..<end], as: UTF8.self)
    if mark != UInt8(ascii: ".") { text = String(text.map { $0 == Character(UnicodeScalar(mark)) ? "." : $0 }) }
    guard let value = Double(text), value.isFinite else { return nil }
    return value
}

/// Whether a byte is a space or a tab.
@inline(__always)
func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
