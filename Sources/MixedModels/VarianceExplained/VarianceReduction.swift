import LinearAlgebra

/// The proportional reduction of each variance from a baseline model to another (Raudenbush & Bryk 2002, equations 4.20
/// and 4.24): what predictors explain of intercepts, of slopes and within groups.
public struct VarianceReduction: Sendable, Hashable, Codable {
    /// A variance that both models have.
    public struct Row: Sendable, Hashable, Codable {
        /// The term, as ``RandomTerm/name``, or `Residual`.
        public let group: String
        /// The random coefficient; nil for the residual.
        public let coefficient: String?
        /// The variance in the baseline model.
        public let baseline: Double
        /// The variance in the model.
        public let variance: Double
        /// (baseline − variance)/baseline; negative where the model's variance is larger, NaN for a baseline of zero.
        public let reduction: Double
    }

    /// The variances of random coefficients that both models have by name, and the residual variance.
    public let rows: [Row]

    /// Compares `fit` with `baseline`, a model of the same rows: without level-1 predictors for the residual variance, with
    /// the same level-1 predictors but without level-2 ones for the variances of intercepts and slopes.
    /// - Throws: ``MixedModelError/notEstimable(_:)`` when rows or response differ.
    public init(_ fit: MixedModelFit, baseline: MixedModelFit) throws {
        guard fit.design.rows == baseline.design.rows, fit.design.response == baseline.design.response else {
            throw MixedModelError.notEstimable(
                "the variances explained compare two models of the same rows and response; these differ: keep the rows "
                    + "that are complete in all variables of both")
        }
        func variances(_ fit: MixedModelFit) -> [(group: String, coefficient: String?, value: Double)] {
            var result: [(group: String, coefficient: String?, value: Double)] = []
            for (term, covariance) in zip(fit.design.terms, fit.covariances) {
                for (k, name) in term.coefficientNames.enumerated() {
                    result.append((term.name, name, covariance[k, k]))
                }
            }
            return result + [("Residual", nil, fit.residualVariance)]
        }
        let before = variances(baseline)
        rows = variances(fit).compactMap { after in
            guard let old = before.first(where: { $0.group == after.group && $0.coefficient == after.coefficient })
            else {
                return nil
            }
            return Row(
                group: after.group, coefficient: after.coefficient, baseline: old.value, variance: after.value,
                reduction: (old.value - after.value) / old.value)
        }
    }
}
