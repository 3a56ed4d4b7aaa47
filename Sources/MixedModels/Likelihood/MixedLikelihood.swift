import LinearAlgebra
import Optimization

/// Which likelihood is maximised.
public enum MixedCriterion: String, Sendable, Hashable, Codable, CaseIterable {
    /// Restricted maximum likelihood (Patterson & Thompson 1971).
    case reml = "REML"
    /// Maximum likelihood, which HLM calls full maximum likelihood.
    case ml = "ML"
}

/// The deviance of a linear mixed model as a function of its relative covariance parameters θ, with β and σ² profiled
/// out (Bates, Mächler, Bolker & Walker 2015, equations 33 to 42).
///
/// θ holds, term by term in the order of ``MixedDesign/terms``, the lower triangle of the relative covariance factor Λ_f
/// by columns (cov b_f = σ²Λ_fΛ_fᵀ), then the transformed parameters of the residual structure when there is one. No entry
/// is bounded: (Λ, −Λ) are the same model, and a bound on the diagonal makes false minima.
///
/// The value is −2 log L (ML) or the REML criterion, constants included, so that it equals lme4's. Curvature `.exact` is
/// the Hessian in θ where it is cheap; an implementation that has none returns its average information for both.
protocol MixedLikelihood: Objective, Sendable {
    /// The number of entries of θ.
    var parameterCount: Int { get }

    /// A point to start from.
    var start: [Double] { get }

    /// Everything that follows from θ by generalised least squares; nil where the likelihood is not defined.
    mutating func solution(at theta: [Double]) -> GeneralizedLeastSquares?

    /// ∂D/∂G_f of the profiled criterion by the relative covariance matrix G_f = Λ_fΛ_fᵀ of each term (q_f × q_f, the
    /// symmetric matrix M with dD = tr(M·dG)), whose part in the null space of G_f is positive semidefinite at a minimum.
    mutating func covarianceGradients(at theta: [Double]) -> [Matrix]?

    /// The derivatives by the variance components φ that inference needs.
    mutating func sensitivity(at theta: [Double], moments: SensitivityMoments) throws -> VarianceSensitivity
}

/// What generalised least squares gives for known covariance parameters.
struct GeneralizedLeastSquares: Sendable {
    /// β̂ (p).
    var coefficients: [Double]
    /// (XᵀV⁻¹X)⁻¹ with V in the units of the response (p × p).
    var covariance: Matrix
    /// σ̂².
    var residualVariance: Double
    /// The value of the criterion.
    var deviance: Double
    /// Z_fᵀV₁⁻¹(y − Xβ̂) of each term, V₁ = V/σ² (q_f × groups): the random effects are b_f = Λ_fΛ_fᵀ times this.
    var scores: [Matrix]
}

/// How much ``VarianceSensitivity`` has to hold.
enum SensitivityMoments: Sendable {
    /// The Hessian and the first derivatives of the information of β: what Satterthwaite's method needs.
    case first
    /// Kenward and Roger's second moments as well.
    case second
}

/// Derivatives by the variance components φ, in the units of the response: term by term the lower triangle of cov b_f by
/// columns, then σ², then the parameters of the residual structure (untransformed).
struct VarianceSensitivity: Sendable {
    /// ∂D/∂φ of the unprofiled criterion (r): zero in the interior.
    var gradient: [Double]
    /// ∂²D/∂φ∂φᵀ of the unprofiled criterion (r × r).
    var hessian: Matrix
    /// XᵀV⁻¹(∂V/∂φ_k)V⁻¹X (p × p each), so that ∂(XᵀV⁻¹X)⁻¹/∂φ_k = Φ·this·Φ.
    var information: [Matrix]
    /// Kenward & Roger (1997): Q_kl = XᵀV⁻¹V_kV⁻¹V_lV⁻¹X and tr(V⁻¹V_kV⁻¹V_l), for V linear in φ. Nil when not asked for.
    var second: Second?

    struct Second: Sendable {
        /// Q_kl (p × p each), r × r in row order; Q_lk = Q_klᵀ.
        var products: [[Matrix]]
        /// tr(V⁻¹V_kV⁻¹V_l) (r × r).
        var traces: Matrix
    }
}
