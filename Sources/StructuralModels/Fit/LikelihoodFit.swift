import Probability

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Indices that weigh the likelihood or the statistic against the number of parameters and cases.
public struct LikelihoodFit: Sendable {
    /// log L of the structure.
    public let logLikelihood: Double
    /// The number of free parameters q.
    public let parameterCount: Int
    /// The number of cases N.
    public let caseCount: Int

    /// Creates the indices.
    public init(logLikelihood: Double, parameterCount: Int, caseCount: Int) {
        self.logLikelihood = logLikelihood
        self.parameterCount = parameterCount
        self.caseCount = caseCount
    }

    private var q: Double { Double(parameterCount) }
    private var n: Double { Double(caseCount) }

    /// AIC (Akaike 1974): −2 log L + 2q.
    public var aic: Double { -2 * logLikelihood + 2 * q }
    /// BIC (Schwarz 1978): −2 log L + q log N.
    public var bic: Double { -2 * logLikelihood + q * log(n) }
    /// Sample-size adjusted BIC (Sclove 1987): −2 log L + q log((N + 2)/24).
    public var adjustedBIC: Double { -2 * logLikelihood + q * log((n + 2) / 24) }
}

/// ECVI (Browne & Cudeck 1989): T/N + 2q/N.
public func expectedCrossValidationIndex(_ test: TestStatistic, parameterCount: Int, caseCount: Double) -> Double {
    test.chiSquare / caseCount + 2 * Double(parameterCount) / caseCount
}

/// MFI (McDonald 1989): exp(−½(T − d)/N).
public func mcDonaldFitIndex(_ test: TestStatistic, caseCount: Double) -> Double {
    exp(-0.5 * test.noncentrality / caseCount)
}

/// CN (Hoelter 1983): the number of cases at which T would reach its critical value; nil for a saturated structure.
public func criticalN(_ test: TestStatistic, alpha: Double, caseCount: Double) -> Double? {
    guard test.degreesOfFreedom > 0, test.chiSquare > 0 else { return nil }
    let critical = ChiSquared(degreesOfFreedom: Double(test.degreesOfFreedom)).upperQuantile(alpha)
    return critical / (test.chiSquare / caseCount) + 1
}
