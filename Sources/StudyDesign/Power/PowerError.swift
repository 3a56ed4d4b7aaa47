/// Why a sample cannot be planned as asked, in words for the researcher who asked.
public enum PowerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A figure that cannot be: what it is, its value, and what it has to be.
    case outOfRange(String, Double, String)
    /// Figures that no sample brings together.
    case unattainable(String)
    /// A request that does not hold together.
    case request(String)

    /// A sentence or two: what is wrong, and what to do.
    public var description: String {
        switch self {
        case .outOfRange(let what, let value, let remedy): "\(what) is \(Self.text(value)); \(remedy)"
        case .unattainable(let text), .request(let text): text
        }
    }

    static func text(_ value: Double) -> String { Int(exactly: value).map(String.init) ?? "\(value)" }

    /// Refuses a probability outside 0 to 1, both excluded.
    static func verify(probability value: Double, _ what: String, example: Double) throws(PowerError) {
        guard value > 0, value < 1 else {
            throw .outOfRange(what, value, "it must lie between 0 and 1, for example \(example)")
        }
    }

    /// Refuses a share outside 0 to 1; 0 itself is allowed, and 1 where asked for.
    static func verify(share value: Double, _ what: String, below limit: Double = 1) throws(PowerError) {
        guard value >= 0, value < limit else {
            throw .outOfRange(
                what, value, "it must be a share from 0 to below \(text(limit)), for example 0.2 for 20 %")
        }
    }

    /// Refuses an intraclass correlation that no clusters have.
    static func verify(intraclassCorrelation value: Double) throws(PowerError) {
        guard value >= 0, value < 1 else {
            throw .outOfRange(
                "the intraclass correlation (ICC)", value,
                "it is a share of variance: give a number from 0 to below 1, for example 0.1 for persons in teams or 0.4 "
                    + "for days in persons")
        }
    }

    /// Refuses a count below its least or beyond what a study has.
    static func verify(count value: Double, _ what: String, from least: Double, through most: Double = 1e9)
        throws(PowerError)
    {
        guard value >= least, value <= most else {
            throw .outOfRange(
                what, value, "it must be at least \(text(least))" + (value > most ? " and at most \(text(most))" : ""))
        }
    }
}

extension Double {
    /// The least whole number not below the value, up to rounding error.
    var roundedUp: Int {
        guard isFinite, abs(self) < 1e15 else { return Int.max }
        let nearest = rounded()
        return Int(abs(self - nearest) < 1e-9 * Swift.max(1, abs(self)) ? nearest : rounded(.up))
    }
}
