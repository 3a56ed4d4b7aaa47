import LinearAlgebra
import Psychometrics

/// The convergent validity of a construct: its loadings, composite reliability and average variance extracted.
public struct ConstructValidity: Sendable, Hashable, Codable {
    /// A loading.
    public struct Loading: Sendable, Hashable, Codable {
        /// The item, or the first-order construct.
        public var indicator: String
        /// Whether the loading is fixed to set the construct's scale.
        public var isMarker: Bool
        /// The loading in the indicator's own units.
        public var raw: Inference
        /// The standardised loading.
        public var standardized: Inference?
    }

    /// The construct.
    public var construct: String
    /// Whether other constructs are its indicators.
    public var isSecondOrder: Bool
    /// The loadings, in the model's order.
    public var loadings: [Loading]
    /// CR of Fornell & Larcker (1981) from standardised loadings: (Σλ)²/((Σλ)² + Σ(1 − λ²)).
    public var compositeReliability: Double?
    /// AVE of Fornell & Larcker (1981) from standardised loadings: the mean of λ².
    public var averageVarianceExtracted: Double?
    /// Model-based composite reliability in the indicators' own units, ω = (Σλ)²ψ/((Σλ)²ψ + ΣΣθ), with residual covariances
    /// (Raykov 1997; Bentler 1968).
    public var omega: Double?
    /// Model-based AVE in the indicators' own units: Σλ²ψ/(Σλ²ψ + Σθ).
    public var modelBasedAVE: Double?
    /// The reliability of the best weighted sum, H = 1/(1 + 1/Σ[λ²/(1 − λ²)]) (Hancock & Mueller 2001).
    public var maximalReliability: Double?
}

extension FittedModel {
    /// The convergent validity of every construct of the model, in the order of its latent variables.
    public func convergentValidity(level: Double = 0.95) -> [ConstructValidity] {
        let rows = estimates(level: level).filter { $0.op == ModelOperator.measurement.rawValue }
        let latent = Set(model.latentVariables)
        let kernel = evaluatedKernel(), s = kernel.disturbanceCovariances(), plan = model.plan
        return model.latentVariables.map { construct in
            let own = rows.filter { $0.lhs == construct }
            let standardized = own.map { $0.stdAll?.estimate }
            let complete = standardized.compactMap(\.self)
            let isComplete = !own.isEmpty && complete.count == own.count
            let indicators = own.compactMap { plan.variables.firstIndex(of: $0.rhs) }
            let psi = plan.variables.firstIndex(of: construct).map { kernel.impliedVariance($0) } ?? .nan
            var common = 0.0, sum = 0.0, unique = 0.0, diagonal = 0.0
            for (row, i) in zip(own, indicators) {
                sum += row.raw.estimate
                common += row.raw.estimate * row.raw.estimate * psi
                diagonal += s[i, i]
                for j in indicators { unique += s[i, j] }
            }
            let information = complete.reduce(0) { $0 + $1 * $1 / (1 - $1 * $1) }
            let isProper = complete.allSatisfy { abs($0) < 1 }
            return ConstructValidity(
                construct: construct, isSecondOrder: own.contains { latent.contains($0.rhs) },
                loadings: own.map { row in
                    ConstructValidity.Loading(
                        indicator: row.rhs, isMarker: !row.isEstimated, raw: row.raw, standardized: row.stdAll)
                },
                compositeReliability: isComplete ? CompositeReliability.value(standardizedLoadings: complete) : nil,
                averageVarianceExtracted: isComplete
                    ? CompositeReliability.averageVarianceExtracted(standardizedLoadings: complete) : nil,
                omega: own.isEmpty ? nil : (sum * sum * psi / (sum * sum * psi + unique)).finite,
                modelBasedAVE: own.isEmpty ? nil : (common / (common + diagonal)).finite,
                maximalReliability: isComplete && isProper ? (1 / (1 + 1 / information)).finite : nil)
        }
    }
}

extension Double {
    /// The value, or nil when it is not a finite number.
    var finite: Double? { isFinite ? self : nil }
}
