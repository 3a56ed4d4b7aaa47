/// Raw values turned into memberships, with what a report needs to say about it.
public struct CalibrationResult: Sendable, Hashable {
    /// An anchor as a number.
    public struct ResolvedAnchor: Sendable, Hashable {
        /// What the anchor is: "full exclusion".
        public let name: String
        /// The raw value.
        public let value: Double
        /// The percentile that the value was computed from, if any.
        public let percentile: Double?
    }

    /// The name of the set.
    public let name: String
    /// The names of the cases.
    public let cases: [String]
    /// The calibration.
    public let calibration: Calibration
    /// The anchors, in the order of ``Calibration/anchors``.
    public let anchors: [ResolvedAnchor]
    /// The raw values; not a number where one is missing.
    public let values: [Double]
    /// The membership, or the code of the level, of each case; not a number where the raw value is missing.
    public let memberships: [Double]
    /// The cases with a membership of 0.5 (to 1e-9): neither in the set nor out of it.
    public let halfMemberships: [String]
    /// The cases without a raw value.
    public let missing: [String]
    /// The cases whose membership was below 0.0001 or above 0.9999 and was set to 0 or 1.
    public let snapped: [String]
    /// What should be looked at.
    public let notices: [CalibrationNotice]

    /// The number of cases that have a membership.
    public var count: Int { cases.count - missing.count }

    /// The share of cases with a membership above 0.5, among those that have one.
    public var shareInSet: Double? { share { $0 > 0.5 } }

    /// The share of cases with a membership above 0.95.
    public var shareFullyIn: Double? { share { $0 > 0.95 } }

    /// The share of cases with a membership below 0.05.
    public var shareFullyOut: Double? { share { $0 < 0.05 } }

    /// The share of cases at the highest raw value.
    public var shareAtHighest: Double? {
        let given = values.filter(\.isFinite), highest = given.max()
        return given.isEmpty ? nil : Double(given.count { $0 == highest }) / Double(given.count)
    }

    /// The share of cases at the lowest raw value.
    public var shareAtLowest: Double? {
        let given = values.filter(\.isFinite), lowest = given.min()
        return given.isEmpty ? nil : Double(given.count { $0 == lowest }) / Double(given.count)
    }

    /// The memberships as a set for analysis.
    ///
    /// - Throws: ``SetTheoryError`` if a case has no membership or a level has no case.
    public func calibratedSet() throws(SetTheoryError) -> CalibratedSet {
        try CalibratedSet(name: name, values: memberships, cases: cases)
    }

    /// How the set was calibrated, in a sentence that can stand in a paper.
    public var sentence: String {
        let places = anchors.map { anchor in
            "\(anchor.name) at \(shortNumber(anchor.value))"
                + (anchor.percentile.map { " (percentile \(plainNumber($0)))" } ?? "")
        }
        let list =
            places.count < 2
            ? places.joined() : places.dropLast().joined(separator: ", ") + " and " + places[places.count - 1]
        var text: String
        switch calibration.method {
        case .direct(_, let scale):
            text = "`\(name)` was calibrated by the direct method (Ragin 2008) with \(list); "
            switch scale {
            case .logOdds3:
                text +=
                    "the log odds of membership are 3 at full inclusion and -3 at full exclusion (memberships of "
                    + "0.953 and 0.047, the convention of fsQCA)"
            case .degree(let degree):
                text +=
                    "membership is \(plainNumber(degree)) at full inclusion and \(shortNumber(1 - degree)) at full "
                    + "exclusion" + (degree == 0.95 ? " (the convention of QCA for R)" : "")
            }
        case .power(_, let exponents):
            text = "`\(name)` was calibrated by \(Self.shape(exponents)) with \(list)"
        case .bell(_, _, let exponents):
            let rising = anchors.count == 6 && anchors[0].value < anchors[2].value
            text =
                "`\(name)` was calibrated as \(rising ? "a bell" : "an inverted bell") by "
                + "\(Self.shape(exponents)) with \(list)"
        case .cumulative:
            text =
                "`\(name)` was calibrated along its empirical distribution between the anchors (Thiem & Duşa 2013) "
                + "with \(list)"
        case .cuts:
            text =
                "`\(name)` was divided into \(anchors.count + 1) levels with \(list); a value equal to a cut is in "
                + "the level above it"
        case .indirect:
            text =
                "`\(name)` was calibrated by the indirect method (Ragin 2008): \(anchors.count + 1) groups with "
                + "\(list), equally spaced preliminary memberships, and a quasi-binomial regression of these on ln x, "
                + "√x, x and x²"
        case .totallyFuzzyRelative(let lowest):
            text =
                "`\(name)` was calibrated by the totally fuzzy and relative method (Cheli & Lemmi 1995) with "
                + (lowest.map { "\(plainNumber($0)) as the lowest category" }
                    ?? "its lowest value as the lowest category")
        }
        if let decimals = calibration.decimals { text += "; memberships were rounded to \(decimals) decimals" }
        return text + "."
    }

    private static func shape(_ exponents: Calibration.Exponents) -> String {
        switch exponents {
        case .linear: "linear functions between the anchors"
        case .quadratic: "S-shaped quadratic functions between the anchors (Clark et al. 2008)"
        default:
            "power functions between the anchors (Clark et al. 2008; exponents \(plainNumber(exponents.below)) below and "
                + "\(plainNumber(exponents.above)) above the crossover)"
        }
    }

    private func share(_ condition: (Double) -> Bool) -> Double? {
        guard count > 0 else { return nil }
        return Double(memberships.count { $0.isFinite && condition($0) }) / Double(count)
    }
}

/// A number with at most four decimals.
func shortNumber(_ value: Double) -> String {
    abs(value) < 1e11 ? plainNumber((value * 1e4).rounded() / 1e4) : plainNumber(value)
}
