/// The likelihood-ratio test of two nested models.
public struct ModelComparison: Sendable, Hashable, Codable {
    /// The difference of the χ² statistics and of their degrees of freedom.
    public var test: TestStatistic
    /// The probability of a larger difference were the restrictions right; nil without a difference in degrees of freedom.
    public var pValue: Double?
    /// CFI of the restricted less that of the general model (Cheung & Rensvold 2002).
    public var cfiDifference: Double
    /// RMSEA of the restricted less that of the general model.
    public var rmseaDifference: Double
    /// RMSEA of the restrictions themselves, RMSEA_D (Browne & Du Toit 1992; Savalei, Brace & Fouladi 2023); nil without a
    /// difference in degrees of freedom.
    public var rmseaOfDifference: Double?

    /// Compares a model with a more general one fitted to the same data.
    ///
    /// - Throws: ``StructuralModelError/notAvailable(_:)`` when the two were fitted to different data, or the first is not the
    ///   more restricted one.
    public init(restricted: FittedModel, general: FittedModel) throws(StructuralModelError) {
        guard restricted.caseCount == general.caseCount, Set(restricted.moments.names) == Set(general.moments.names),
            restricted.options == general.options
        else {
            throw .notAvailable(
                "only models of the same variables, cases and likelihood can be compared by their χ² difference")
        }
        let degrees = restricted.test.degreesOfFreedom - general.test.degreesOfFreedom
        guard degrees >= 0 else {
            throw .notAvailable("the restricted model of a comparison must have more degrees of freedom than the other")
        }
        test = TestStatistic(
            chiSquare: restricted.test.chiSquare - general.test.chiSquare, degreesOfFreedom: degrees)
        pValue = test.pValue
        func cfi(_ fit: FittedModel) -> Double {
            IncrementalFit(target: fit.test, baseline: fit.baselineTest).cfi
        }
        func rmsea(_ test: TestStatistic) -> Double {
            RootMeanSquareErrorOfApproximation(test: test, caseCount: restricted.weight).value
        }
        cfiDifference = cfi(restricted) - cfi(general)
        rmseaDifference = rmsea(restricted.test) - rmsea(general.test)
        rmseaOfDifference = degrees > 0 ? rmsea(test) : nil
    }
}
