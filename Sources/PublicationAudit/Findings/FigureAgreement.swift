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
        } else if printed.cutOff.overlaps(attainable) {
            (verdict, slip) = (.unusual, " It looks cut off after the last printed digit instead of rounded.")
        } else {
            (verdict, slip) = (.notAttainable, likelySlip(printed, allowed: attainable).map { " \($0)" } ?? "")
        }
    }
}
