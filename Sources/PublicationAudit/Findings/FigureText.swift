import Probability

/// An interval in words: one figure if both ends print alike, otherwise `.450 to .463`.
public func spanText(_ span: Interval, decimals: Int) -> String {
    func text(_ value: Double) -> String {
        value == .infinity ? "any large value" : value == -.infinity ? "any low value" : value.fixed(decimals)
    }
    let low = text(span.lower), high = text(span.upper)
    return low == high ? low : "\(low) to \(high)"
}

/// A p value, or the span of p values, in words: `.27`, `.063 to .071`, `< .001`.
public func probabilityText(_ p: Interval) -> String {
    func text(_ value: Double) -> String {
        if value < 0.001 { return "< .001" }
        let digits = value.fixed(value < 0.1 ? 4 : 3)
        return digits.hasPrefix("0.") ? String(digits.dropFirst()) : digits
    }
    let low = text(max(p.lower, 0)), high = text(min(p.upper, 1))
    return low == high ? low : "\(low) to \(high)"
}

/// A p value behind its letter: `= .27`, `< .001`.
public func equalsText(_ p: Interval) -> String {
    let text = probabilityText(p)
    return text.hasPrefix("<") && !text.contains("to") ? text : "= \(text)"
}
