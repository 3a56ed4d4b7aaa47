/// Where the degrees of freedom of tests of fixed effects come from.
public enum DegreesOfFreedom: String, Sendable, Hashable, Codable, CaseIterable {
    /// Satterthwaite's approximation, as in lmerTest and SPSS (Giesbrecht & Burns 1985; Fai & Cornelius 1996); with robust
    /// standard errors that of Bell & McCaffrey (2002), as in clubSandwich.
    case satterthwaite
    /// Kenward & Roger (1997), which adjusts the standard errors as well; for REML fits and model-based standard errors.
    case kenwardRoger = "kenward-roger"
    /// HLM's rule (Raudenbush & Bryk 2002): number of groups − number of level-2 predictors − 1 for the equation of a
    /// random coefficient, number of rows − number of fixed effects for the others.
    case hlm
    /// None: the normal distribution, as in Mplus and lme4.
    case normal
}

/// How the standard errors of fixed effects are computed.
public enum StandardErrors: String, Sendable, Hashable, Codable, CaseIterable {
    /// From the model, (XᵀV⁻¹X)⁻¹.
    case model
    /// Cluster-robust without correction (CR0), HLM's "robust standard errors".
    case robust
    /// Cluster-robust, times J/(J − 1).
    case cr1
    /// Cluster-robust, unbiased when the model is right (Bell & McCaffrey 2002; Pustejovsky & Tipton 2018).
    case cr2
}

/// How fixed effects are tested.
public struct FixedEffectsOptions: Sendable, Hashable, Codable {
    /// Where degrees of freedom come from.
    public var degreesOfFreedom: DegreesOfFreedom
    /// How standard errors are computed.
    public var standardErrors: StandardErrors
    /// The confidence level of the intervals, between 0 and 1.
    public var confidenceLevel: Double

    /// Options; by default Satterthwaite's degrees of freedom, model-based standard errors and 95 % intervals.
    public init(
        degreesOfFreedom: DegreesOfFreedom = .satterthwaite, standardErrors: StandardErrors = .model,
        confidenceLevel: Double = 0.95
    ) {
        self.degreesOfFreedom = degreesOfFreedom
        self.standardErrors = standardErrors
        self.confidenceLevel = confidenceLevel
    }
}
