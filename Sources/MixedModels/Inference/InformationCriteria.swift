#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The likelihood of a fit with its number of parameters, counted as each program counts them.
public struct InformationCriteria: Sendable, Hashable, Codable {
    /// −2 log L, or the REML criterion.
    public let deviance: Double
    /// Fixed effects, variance components and the residual variance: lme4's and Mplus's count.
    public let parameterCount: Int
    /// HLM's count: all parameters under ML, the variance components alone under REML.
    public let hlmParameterCount: Int
    /// Deviance + 2·parameters.
    public let aic: Double
    /// Deviance + log(rows)·parameters, as lme4 and Mplus compute it.
    public let bic: Double

    /// The criteria of `fit`.
    public init(_ fit: MixedModelFit) {
        deviance = fit.deviance
        parameterCount = fit.parameterCount
        hlmParameterCount = fit.criterion == .ml ? fit.parameterCount : fit.parameterCount - fit.design.fixedCount
        aic = fit.deviance + 2 * Double(fit.parameterCount)
        bic = fit.deviance + log(Double(fit.design.rowCount)) * Double(fit.parameterCount)
    }
}
