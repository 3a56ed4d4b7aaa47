/// A printed mean, with its standard deviation if printed, of answers that are whole numbers: what sums of answers allow.
public struct WholeNumberMean: Sendable, Hashable {
    /// The mean of `items` answers of each member.
    public let mean: PrintedNumber
    /// The standard deviation of the members' means, with divisor n − 1.
    public let standardDeviation: PrintedNumber?
    /// How many members.
    public let members: Int
    /// How many items each answered.
    public let items: Int
    /// The lowest and highest answer, if known.
    public let scale: ClosedRange<Int>?

    /// A mean; `nil` without at least two members and one item, or with more than a million answers, for which it has no power.
    public init?(
        mean: PrintedNumber, standardDeviation: PrintedNumber? = nil, members: Int, items: Int = 1,
        scale: ClosedRange<Int>? = nil
    ) {
        guard members > 1, items > 0, members <= 1_000_000, items <= 10_000 else { return nil }
        if let scale, abs(scale.lowerBound) > 1_000_000 || abs(scale.upperBound) > 1_000_000 { return nil }
        guard mean.interval.isBounded, abs(mean.value) < 1e6, abs(standardDeviation?.value ?? 0) < 1e6 else {
            return nil
        }
        self.mean = mean
        self.standardDeviation = standardDeviation
        self.members = members
        self.items = items
        self.scale = scale
    }

    /// Whether some mean with these decimals would fail: only if the answers are fewer than 10^decimals.
    public var meanHasPower: Bool { Double(members * items) * 2 * mean.halfUnit < 1 - 1e-9 }

    /// Whether a sum of the answers gives the printed mean (Brown & Heathers, 2017).
    public var meanIsAttainable: Bool { !sums.isEmpty }

    /// The sums of the answers that give the printed mean.
    var sums: Range<Int> {
        let answers = Double(members * items), span = mean.interval * Interval(answers)
        let tolerance = 1e-11 * max(abs(span.lower), abs(span.upper), 1)
        var low = (span.lower - tolerance).rounded(.up), high = (span.upper + tolerance).rounded(.down)
        if let scale {
            low = max(low, answers * Double(scale.lowerBound))
            high = min(high, answers * Double(scale.upperBound))
        }
        return low <= high ? Int(low)..<Int(high) + 1 : 0..<0
    }

    /// Whether the standard deviation leaves room for one sum of squares only here and there: below two for some sum, as every other
    /// whole number has the right parity. Without a scale the room is the same for all sums.
    public var deviationHasPower: Bool {
        guard let deviation = standardDeviation?.interval else { return false }
        let unit = Double(members - 1) * Double(items * items)
        return unit * (deviation.squared.upper - deviation.squared.lower) < 2 - 1e-9
    }

    /// Whether whole answers have the printed mean and standard deviation: for a sum S of the answers the sum of squares
    /// Q = (n − 1) k² s² + S²/n of the members' sums is whole, has the parity of S, and lies between the least and the greatest sum of
    /// squares that n whole numbers of that sum can have (Allard, 2018).
    ///
    /// - Parameter divisor: what the squares were divided by: n − 1, or n.
    public func deviationIsAttainable(divisor: Int? = nil) -> Bool {
        guard let deviation = standardDeviation?.interval.clamped(to: 0...1e6) else { return false }
        let n = Double(members), unit = Double(divisor ?? members - 1) * Double(items * items)
        return sums.contains { sum in
            let square = Double(sum) * Double(sum) / n
            let span = Interval(unit * deviation.squared.lower + square, unit * deviation.squared.upper + square)
            let tolerance = 1e-12 * max(abs(span.upper), 1) + 1e-9
            let bounds = squareBounds(of: sum)
            let low = max((span.lower - tolerance).rounded(.up), bounds.lower)
            let high = min((span.upper + tolerance).rounded(.down), bounds.upper)
            guard low <= high else { return false }
            let parity = Double(((sum % 2) + 2) % 2)
            let first = low.truncatingRemainder(dividingBy: 2).magnitude == parity ? low : low + 1
            return first <= high
        }
    }

    /// The least and the greatest sum of squares of `members` whole numbers with a sum: all but equal, or all but one at an end.
    private func squareBounds(of sum: Int) -> Interval {
        let quotient = Int((Double(sum) / Double(members)).rounded(.down)), rest = sum - quotient * members
        let least = Double(members) * Double(quotient) * Double(quotient) + Double(rest) * Double(2 * quotient + 1)
        guard let scale else { return Interval(least, .infinity) }
        let low = items * scale.lowerBound, high = items * scale.upperBound
        guard high > low else { return Interval(least, max(least, Double(members) * Double(low) * Double(low))) }
        let above = sum - members * low
        let full = min(members, above / (high - low)), part = full < members ? above - full * (high - low) : 0
        let middle = Double(low + part)
        let greatest =
            Double(full) * Double(high) * Double(high)
            + (full < members ? middle * middle + Double(members - full - 1) * Double(low) * Double(low) : 0)
        return Interval(least, max(least, greatest))
    }
}
