import LinearAlgebra
import Probability

/// Refits of a model with one grouping factor to parametric draws of the sums that its likelihood consists of.
struct SampledRefits: Sendable {
    private let fit: MixedModelFit
    private let sampling: ClusterSampling
    private let templates: [FactorTemplate]
    private let start: [Double]
    private var likelihood: ClusterLikelihood

    /// Nil for other models.
    init?(_ fit: MixedModelFit) {
        guard let likelihood = fit.likelihood as? ClusterLikelihood else { return nil }
        self.fit = fit
        self.likelihood = likelihood
        sampling = ClusterSampling(
            likelihood.statistics, factor: likelihood.template.factor(fit.theta), variance: fit.residualVariance)
        templates = fit.design.terms.map { FactorTemplate(coefficientCounts: [$0.coefficientCount]) }
        start = fit.startingTheta
    }

    /// The parameters of the next refit; nil when it fails.
    mutating func next(using stream: inout RandomStream) -> (values: [Double], isSingular: Bool)? {
        likelihood.draw(sampling, using: &stream)
        guard
            let (theta, _) = try? MixedModel.maximum(
                &likelihood, templates, of: fit.design, start: start),
            likelihood.value(at: theta) != nil
        else { return nil }
        let variance = likelihood.residualVariance
        let covariances = MixedModel.split(theta, templates).map { variance * $0.timesTransposed($0) }
        // Fixed effects that are drawn as zero give estimates that differ from others by those.
        let coefficients = zip(fit.coefficients, likelihood.coefficients).map { $0 + $1 }
        return (
            MixedModelFit.reportedParameters(coefficients, covariances, residualVariance: variance),
            !MixedModel.boundaryWarnings(fit.design.terms, covariances, variance).isEmpty
        )
    }
}
