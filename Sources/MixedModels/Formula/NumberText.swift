/// A number as R writes it: at most 15 significant digits, and the shorter of 100000 and 1e+05.
func numberText(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-Inf" : "Inf" }
    guard value != 0 else { return "0" }
    let (digits, exponent) = significantDigits(abs(value), count: 15)
    let sign = value < 0 ? "-" : ""
    let mantissa = String(digits.prefix(1)) + (digits.count > 1 ? "." + digits.dropFirst() : "")
    let magnitude = String(abs(exponent))
    let scientific =
        mantissa + (exponent < 0 ? "e-" : "e+") + (magnitude.count < 2 ? "0" + magnitude : magnitude)
    let fixedWidth: Int
    if exponent < 0 {
        fixedWidth = 1 - exponent + digits.count
    } else {
        fixedWidth = digits.count > exponent + 1 ? digits.count + 1 : exponent + 1
    }
    guard fixedWidth <= scientific.count else { return sign + scientific }
    if exponent < 0 { return sign + "0." + String(repeating: "0", count: -exponent - 1) + digits }
    if digits.count <= exponent + 1 {
        return sign + digits + String(repeating: "0", count: exponent + 1 - digits.count)
    }
    return sign + digits.prefix(exponent + 1) + "." + digits.dropFirst(exponent + 1)
}

/// A value as the name of a group: whole numbers in full, as identifiers are written.
func levelText(_ value: Double) -> String {
    value.magnitude < 1e15 && value == value.rounded() ? String(Int(value)) : numberText(value)
}

/// The significant digits of a positive number, without trailing zeros, and its decimal exponent.
private func significantDigits(_ value: Double, count: Int) -> (digits: String, exponent: Int) {
    var digits: [UInt8] = []
    var exponent = 0
    var point: Int?
    var text = Array(value.description.utf8)
    if let e = text.firstIndex(of: UInt8(ascii: "e")) {
        exponent = Int(String(decoding: text[(e + 1)...], as: UTF8.self)) ?? 0
        text.removeSubrange(e...)
    }
    for byte in text {
        if byte == UInt8(ascii: ".") { point = digits.count } else { digits.append(byte - UInt8(ascii: "0")) }
    }
    exponent += (point ?? digits.count) - 1
    let zeros = digits.prefix { $0 == 0 }.count
    digits.removeFirst(zeros)
    exponent -= zeros
    if digits.count > count {
        let roundsUp = digits[count] >= 5
        digits.removeSubrange(count...)
        if roundsUp {
            var position = count - 1
            while position >= 0, digits[position] == 9 {
                digits[position] = 0
                position -= 1
            }
            if position >= 0 {
                digits[position] += 1
            } else {
                digits.insert(1, at: 0)
                exponent += 1
            }
        }
    }
    while digits.count > 1, digits.last == 0 { digits.removeLast() }
    return (String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self), exponent)
}
