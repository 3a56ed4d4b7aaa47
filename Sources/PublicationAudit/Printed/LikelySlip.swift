/// How a printed figure stands to the values that follow from the rest of a paper.
public struct FigureAgreement: Sendable, Hashable {
    /// The answer: consistent, cut off instead of rounded (unusual), or not attainable.
    public let verdict: Verdict
    /// The likeliest slip, as a sentence with a blank before it; empty if the figure agrees or no single slip explains it.
    public let slip: String

    /// Compares a printed figure with the values that it may have.
    public init(_ printed: PrintedNumber, with attainable: Interval) {
        if printed.interval.overlaps(attainable) {
            (verdict, slip) = (.consistent, "")
        } else if printed.cutOffInterval.overlaps(attainable) {
            (verdict, slip) = (.unusual, " It looks cut off after the last printed digit instead of rounded.")
        } else {
            let other = printed.withOneSlip.first { $0.value.interval.overlaps(attainable) }
            verdict = .notAttainable
            slip = other.map { " \($0.value.text) would follow: \($0.slip)." } ?? ""
        }
    }
}

extension PrintedNumber {
    /// The values that give the printed figure if further digits are cut off instead of rounded.
    public var cutOffInterval: Interval {
        guard relation == .equal else { return interval }
        return value < 0 ? Interval(value - 2 * halfUnit, value) : Interval(value, value + 2 * halfUnit)
    }

    /// The figures that one slip of the pen turns into this one: two neighbouring digits exchanged, the sign lost, one digit wrong.
    var withOneSlip: [(value: PrintedNumber, slip: String)] {
        let characters = Array(text)
        let digits = characters.indices.filter { "0123456789".contains(characters[$0]) }
        var found: [(value: PrintedNumber, slip: String)] = []
        func add(_ candidate: [Character], _ slip: String) {
            guard let number = try? PrintedNumber(String(candidate)), number.value != value else { return }
            found.append((isPercentage ? number.asPercentage : number, slip))
        }
        for (first, second) in zip(digits, digits.dropFirst()) {
            var candidate = characters
            candidate.swapAt(first, second)
            add(candidate, "two digits may have been exchanged")
        }
        if relation == .equal, let first = characters.first {
            add("-−–".contains(first) ? Array(characters.dropFirst()) : ["-"] + characters, "the sign may be wrong")
        }
        for digit in digits.dropLast() {
            for other in "0123456789" where other != characters[digit] {
                var candidate = characters
                candidate[digit] = other
                add(candidate, "one digit may have been misread")
            }
        }
        return found
    }
}
