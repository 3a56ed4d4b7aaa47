import LinearAlgebra

/// The residuals of the rows given their groups' estimated effects.
public struct Level1Residuals: Sendable, Hashable, Codable {
    /// Fitted values with random effects (n).
    public let fitted: [Double]
    /// Response less fitted value (n).
    public let residuals: [Double]
    /// Residuals times √w/σ̂ (n): all of one variance when the model is right.
    public let standardized: [Double]
    /// The rows of the data frame that they belong to.
    public let rows: [Int]

    /// The residuals of `fit`.
    public init(_ fit: MixedModelFit) {
        let fitted = fit.conditionalFit
        let sigma = fit.residualVariance.squareRoot()
        self.fitted = fitted
        residuals = zip(fit.design.response, fitted).map { $0 - $1 }
        let weights = fit.design.weights
        standardized = residuals.enumerated().map { $0.element * (weights?[$0.offset] ?? 1).squareRoot() / sigma }
        rows = fit.design.rows
    }

    /// The quantile-quantile plot of the standardised residuals.
    public var normalQuantiles: NormalQuantiles { NormalQuantiles(standardized) }
}
