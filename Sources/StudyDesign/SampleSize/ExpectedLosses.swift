/// What a sample loses between invitation and analysis.
///
/// Of n invited, n·r answer, a share of the answers is invalid, and in every wave after the first a share of those left drops
/// out: r(1 − v)(1 − a)^(w − 1) of them remain.
public struct ExpectedLosses: Sendable, Hashable {
    /// The share of those invited who answer.
    public let responseRate: Double
    /// The share of the answers that cannot be used: careless, incomplete.
    public let invalidShare: Double
    /// The share that each wave after the first loses.
    public let attritionPerWave: Double
    /// The number of waves.
    public let waves: Int

    /// - Throws: ``PowerError``.
    public init(responseRate: Double = 1, invalidShare: Double = 0, attritionPerWave: Double = 0, waves: Int = 1)
        throws(PowerError)
    {
        guard responseRate > 0, responseRate <= 1 else {
            throw .outOfRange(
                "the response rate", responseRate, "it must be a share above 0 and at most 1, for example 0.6")
        }
        try PowerError.verify(share: invalidShare, "the share of invalid questionnaires")
        try PowerError.verify(share: attritionPerWave, "the attrition of a wave")
        guard (1...1000).contains(waves) else {
            throw .outOfRange("the number of waves", Double(waves), "it must be between 1 and 1000")
        }
        guard attritionPerWave == 0 || waves > 1 else {
            throw .request(
                "an attrition of \(attritionPerWave) is lost between waves, but there is one wave; say how many")
        }
        (self.responseRate, self.invalidShare) = (responseRate, invalidShare)
        (self.attritionPerWave, self.waves) = (attritionPerWave, waves)
        guard retained >= 1e-6 else {
            throw .outOfRange("the share that is left after all losses", retained, "no sample makes up for that")
        }
    }

    /// Whether nothing is lost.
    public var isEmpty: Bool { retained == 1 }

    /// The share of those invited who are left for the analysis.
    public var retained: Double {
        (1..<waves).reduce(responseRate * (1 - invalidShare)) { share, _ in share * (1 - attritionPerWave) }
    }

    /// How many to invite for `needed` complete cases: needed / retained, rounded up.
    public func invitations(for needed: Int) -> Int { (Double(needed) / retained).roundedUp }

    /// `needed` raised by a share of it, as in "an increase of 40 %", rounded up.
    ///
    /// This is not a division by the response rate: the supplement s covers a response rate of 1/(1 + s), 71.4 % for 40 %.
    /// - Throws: ``PowerError``.
    public static func supplemented(_ needed: Int, by share: Double) throws(PowerError) -> Int {
        guard share >= 0, share <= 100 else {
            throw .outOfRange("the supplement", share, "it must be a share of at least 0, for example 0.4 for 40 %")
        }
        return (Double(needed) * (1 + share)).roundedUp
    }

    /// The response rate that a supplement covers.
    public static func coveredResponseRate(supplement: Double) -> Double { 1 / (1 + supplement) }
}
