import Probability

/// RMSEA (Steiger & Lind 1980; Browne & Cudeck 1992): √(max(T − d, 0)/(N·d)), its interval and its two tests.
///
/// Without degrees of freedom the index and its interval are zero and the tests undefined.
public struct RootMeanSquareErrorOfApproximation: Sendable {
    let test: TestStatistic
    /// N under the normal likelihood, N − 1 under the Wishart likelihood.
    let caseCount: Double

    /// Creates the index of `test` on `caseCount` cases.
    public init(test: TestStatistic, caseCount: Double) {
        self.test = test
        self.caseCount = caseCount
    }

    private var d: Double { Double(test.degreesOfFreedom) }

    /// The point estimate.
    public var value: Double { d > 0 ? (max(test.noncentrality, 0) / (caseCount * d)).squareRoot() : 0 }

    /// The interval from the noncentralities at which T is the upper and the lower quantile (Browne & Cudeck 1992).
    public func interval(level: Double = 0.9) -> (lower: Double, upper: Double) {
        guard d > 0 else { return (0, 0) }
        func bound(_ probability: Double) -> Double {
            let lambda = NoncentralChiSquared.noncentrality(
                cumulative: probability, at: test.chiSquare, degreesOfFreedom: d)
            return (lambda / (caseCount * d)).squareRoot()
        }
        return (bound(1 - (1 - level) / 2), bound((1 - level) / 2))
    }

    /// The probability of a larger T were RMSEA equal to `hypothesis`: the test of close fit.
    public func closeFit(_ hypothesis: Double = 0.05) -> Double? { distribution(hypothesis)?.upperTail(test.chiSquare) }

    /// The probability of a smaller T were RMSEA equal to `hypothesis`: the test of not-close fit.
    public func notCloseFit(_ hypothesis: Double = 0.08) -> Double? {
        distribution(hypothesis)?.cumulative(test.chiSquare)
    }

    private func distribution(_ hypothesis: Double) -> NoncentralChiSquared? {
        guard d > 0 else { return nil }
        return NoncentralChiSquared(degreesOfFreedom: d, noncentrality: caseCount * d * hypothesis * hypothesis)
    }
}
