/// A formula of printed figures: `(294 - 261) / 294`, `1778 * 3`, `persons * 5`.
///
/// Whole numbers stand for themselves, figures with decimals for the values that round to them, names for the sizes of samples.
/// `1778 * 3 to 1778 * 4` stands for the values between two formulas.
public struct ArithmeticExpression: Sendable, Hashable {
    /// The formula as typed.
    public let text: String

    /// A formula.
    public init(_ text: String) { self.text = text }

    /// The values of the formula, with `sizes` for its names.
    ///
    /// - Throws: ``ArithmeticFault`` with the place of what cannot be read.
    public func values(sizes: @escaping (String) -> PrintedNumber? = { _ in nil }) throws(ArithmeticFault) -> Interval {
        let ends = text.components(around: " to ")
        guard ends.count <= 2 else {
            throw ArithmeticFault(
                column: ends[0].count + ends[1].count + 6, reason: "a second `to` stands here; a span has two ends")
        }
        var span: Interval?
        var offset = 0
        for end in ends {
            var reader = ArithmeticReader(end, offset: offset, sizes: sizes)
            let value = try reader.formula()
            span = span.map { $0.union(value) } ?? value
            offset += end.count + 4
        }
        return span ?? .everything
    }
}

/// Why a formula cannot be read: where and what to do.
public struct ArithmeticFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// The place in the formula, counted from one.
    public let column: Int
    /// What is wrong there.
    public let reason: String

    /// The place, what is wrong there, and how formulas are written.
    public var description: String {
        "at character \(column) of the formula: \(reason); write figures, names of samples, + - * / and parentheses, such as (294 - 261) / 294"
    }
}

/// Reads sums of products of figures, names and parentheses.
struct ArithmeticReader {
    private let characters: [Character]
    private let offset: Int
    private let sizes: (String) -> PrintedNumber?
    private var place = 0
    private var depth = 0

    init(_ text: some StringProtocol, offset: Int, sizes: @escaping (String) -> PrintedNumber?) {
        characters = Array(text)
        self.offset = offset
        self.sizes = sizes
    }

    mutating func formula() throws(ArithmeticFault) -> Interval {
        let value = try sum()
        skipBlanks()
        guard place == characters.count else { throw fault("`\(characters[place])` is not expected here") }
        return value
    }

    private mutating func sum() throws(ArithmeticFault) -> Interval {
        var value = try product()
        while let sign = next(of: "+-−–") {
            let term = try product()
            value = sign == "+" ? value + term : value - term
        }
        return value
    }

    private mutating func product() throws(ArithmeticFault) -> Interval {
        var value = try factor()
        while let sign = next(of: "*×·/÷:") {
            skipBlanks()
            let here = place
            let other = try factor()
            if "*×·".contains(sign) {
                value = value * other
            } else {
                guard other.lower > 0 || other.upper < 0 else {
                    throw ArithmeticFault(column: offset + here + 1, reason: "this divides by zero")
                }
                value = value / other
            }
        }
        return value
    }

    private mutating func factor() throws(ArithmeticFault) -> Interval {
        depth += 1
        defer { depth -= 1 }
        guard depth < 100 else { throw fault("too many parentheses or signs stand within each other") }
        if next(of: "-−–") != nil { return -(try factor()) }
        if next(of: "(") != nil {
            let value = try sum()
            guard next(of: ")") != nil else { throw fault("a closing parenthesis is missing") }
            return value
        }
        skipBlanks()
        let start = place
        guard place < characters.count else { throw fault("a figure is missing") }
        if "0123456789.".contains(characters[place]) {
            while place < characters.count, "0123456789.,%".contains(characters[place]) { place += 1 }
            let text = String(characters[start..<place])
            guard let number = try? PrintedNumber(text) else {
                throw ArithmeticFault(column: offset + start + 1, reason: "`\(text)` is no number")
            }
            return number.isWhole ? Interval(number.value) : number.interval
        }
        while place < characters.count, characters[place].isLetter || characters[place] == "_" || isDigit(place) {
            place += 1
        }
        let name = String(characters[start..<place])
        guard !name.isEmpty else { throw fault("`\(characters[place])` is not expected here") }
        guard let size = sizes(name) else {
            throw ArithmeticFault(column: offset + start + 1, reason: "no sample is called `\(name)`")
        }
        return size.isWhole ? Interval(size.value) : size.interval
    }

    private func isDigit(_ place: Int) -> Bool { "0123456789".contains(characters[place]) }

    private mutating func skipBlanks() {
        while place < characters.count, characters[place].isWhitespace { place += 1 }
    }

    private mutating func next(of signs: String) -> Character? {
        skipBlanks()
        guard place < characters.count, signs.contains(characters[place]) else { return nil }
        defer { place += 1 }
        return characters[place]
    }

    private func fault(_ reason: String) -> ArithmeticFault {
        ArithmeticFault(column: offset + place + 1, reason: reason)
    }
}
