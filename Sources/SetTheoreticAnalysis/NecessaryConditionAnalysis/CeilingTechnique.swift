/// How the ceiling is drawn, the border between the area with cases and the empty area (Dul 2016, "Necessary condition
/// analysis (NCA)", Organizational Research Methods 19, 10-52).
public enum CeilingTechnique: String, Sendable, Hashable, CaseIterable {
    /// Ceiling envelopment with free disposal hull: the step line through the outermost cases.
    case stepFreeDisposal = "CE-FDH"
    /// Ceiling regression on the corners of CE-FDH: the least-squares line through its peers.
    case regressionFreeDisposal = "CR-FDH"
    /// Ceiling envelopment with varying returns to scale: the concave line through the outermost cases.
    case concaveEnvelopment = "CE-VRS"
    /// Ceiling regression on the corners of CE-VRS.
    case regressionConcave = "CR-VRS"
    /// The straight line above all cases with the smallest total distance to the peers of CE-FDH, by linear
    /// programming.
    case linearProgramming = "C-LP"
    /// The least-squares line through all cases: no ceiling, for comparison.
    case ordinaryLeastSquares = "OLS"
}

extension CeilingTechnique: CustomStringConvertible {
    /// The usual abbreviation.
    public var description: String { rawValue }
}

/// The corner of the plane in which cases are absent.
public enum NecessityCorner: Int, Sendable, Hashable, CaseIterable {
    /// Presence of the condition is necessary for presence of the outcome.
    case upperLeft = 1
    /// Absence of the condition is necessary for presence of the outcome.
    case upperRight = 2
    /// Presence of the condition is necessary for absence of the outcome.
    case lowerLeft = 3
    /// Absence of the condition is necessary for absence of the outcome.
    case lowerRight = 4

    /// Whether the corner lies at high values of the condition.
    var isRight: Bool { self == .upperRight || self == .lowerRight }
    /// Whether the corner lies at low values of the outcome.
    var isLower: Bool { self == .lowerLeft || self == .lowerRight }
}

/// How large an effect size of a necessary condition is (Dul 2016, p. 30).
public enum NecessityMagnitude: String, Sendable, Hashable, CaseIterable {
    /// Below 0.1.
    case small
    /// From 0.1 to below 0.3.
    case medium
    /// From 0.3 to below 0.5.
    case large
    /// From 0.5 on.
    case veryLarge = "very large"

    /// The word for an effect size.
    public init(_ effectSize: Double) {
        self = effectSize < 0.1 ? .small : effectSize < 0.3 ? .medium : effectSize < 0.5 ? .large : .veryLarge
    }
}
