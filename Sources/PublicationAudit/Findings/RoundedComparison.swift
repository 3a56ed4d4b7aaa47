import Probability

extension AuditCheck {
    /// Compares a printed figure with the values that the rest of the paper allows: consistent if one of them rounds to it, unusual if
    /// one gives it by cutting digits off, not attainable otherwise, with the slip of the pen that would explain it if there is one.
    static func comparing(
        _ rule: AuditRule, at place: PaperPlace, _ printed: PrintedNumber, with attainable: Interval,
        because arithmetic: String
    ) -> AuditCheck {
        let agreement = FigureAgreement(printed, with: attainable)
        return AuditCheck(
            rule, at: place, printed: printed.text, agreement.verdict,
            attainable: figureSpan(attainable, like: printed),
            agreement.verdict == .consistent
                ? arithmetic : "\(arithmetic) Printed is \(printed.text).\(agreement.slip)")
    }
}

/// An interval with the decimals, and as a percentage if it is one, of a printed figure.
func figureSpan(_ span: Interval, like printed: PrintedNumber) -> String {
    guard printed.isPercentage else { return spanText(span, decimals: printed.decimals) }
    return spanText(span * 100, decimals: printed.decimals) + " %"
}

extension PrintedNumber {
    /// The values that give the printed figure if further digits are cut off.
    var cutOff: Interval {
        switch relation {
        case .equal where value < 0: Interval(value - 2 * halfUnit, value)
        case .equal: Interval(value, value + 2 * halfUnit)
        case .less, .greater: interval
        }
    }
}

/// The slip of the pen that would turn an allowed value into what is printed: two neighbouring digits exchanged, or one misread.
///
/// Said only if there is exactly one, of values narrow enough that this is no coincidence.
func likelySlip(_ printed: PrintedNumber, allowed: Interval) -> String? {
    let narrow = 6 * printed.halfUnit
    guard printed.relation == .equal, allowed.isBounded, allowed.width <= max(narrow, 0.05 * abs(printed.value)) else {
        return nil
    }
    let digits = Array(printed.text)
    let places = digits.indices.filter { "0123456789".contains(digits[$0]) }
    func fits(_ candidate: [Character]) -> Bool {
        guard let number = try? PrintedNumber(String(candidate)), number.value != 0 else { return false }
        let scaled = printed.isPercentage && !number.isPercentage ? number.asPercentage : number
        return scaled.interval.overlaps(allowed)
    }
    var exchanged: Set<[Character]> = []
    for (place, next) in zip(places, places.dropFirst()) where digits[place] != digits[next] {
        var candidate = digits
        candidate.swapAt(place, next)
        if fits(candidate) { exchanged.insert(candidate) }
    }
    if exchanged.count == 1, let only = exchanged.first {
        return "Two digits exchanged would explain it: \(String(only))."
    }
    guard allowed.width <= narrow else { return nil }
    var misread: Set<[Character]> = []
    for place in places {
        for digit in "0123456789" where digit != digits[place] {
            var candidate = digits
            candidate[place] = digit
            if fits(candidate) { misread.insert(candidate) }
        }
    }
    if misread.count == 1, let only = misread.first { return "One digit would explain it: \(String(only))." }
    return nil
}
