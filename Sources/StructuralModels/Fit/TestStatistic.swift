import Probability

/// A likelihood-ratio test of a structure against the saturated one.
public struct TestStatistic: Sendable, Hashable, Codable {
    /// The statistic T.
    public var chiSquare: Double
    /// The degrees of freedom.
    public var degreesOfFreedom: Int

    /// Creates a test.
    public init(chiSquare: Double, degreesOfFreedom: Int) {
        self.chiSquare = chiSquare
        self.degreesOfFreedom = degreesOfFreedom
    }

    /// The probability of a larger statistic under the structure; nil without degrees of freedom.
    public var pValue: Double? {
        guard degreesOfFreedom > 0 else { return nil }
        return ChiSquared(degreesOfFreedom: Double(degreesOfFreedom)).upperTail(max(chiSquare, 0))
    }

    /// T − df.
    var noncentrality: Double { chiSquare - Double(degreesOfFreedom) }
}
