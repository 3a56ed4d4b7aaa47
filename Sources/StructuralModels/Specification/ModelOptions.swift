/// What is added to a model beyond what its text says; the names and defaults are those of lavaan's `cfa()`, `sem()`,
/// `growth()` and `lavaan()` (Rosseel, 2012).
public struct ModelOptions: Sendable, Hashable {
    /// The scale of latent variables.
    public enum LatentScale: Sendable, Hashable {
        /// The first indicator's loading is 1 (`auto.fix.first`).
        case firstIndicator
        /// Variances, of residuals where the latent variable is dependent, are 1 (`std.lv`).
        case unitVariance
        /// The mean loading is 1 and, with means, the mean intercept 0 (Little, Slegers & Card, 2006).
        case effectCoding
        /// Nothing is added.
        case asWritten
    }

    /// How the scale of latent variables is set.
    public var latentScale: LatentScale
    /// The residual variance of a latent variable's only indicator is 0 (`auto.fix.single`).
    public var fixesSingleIndicators: Bool
    /// Variances and residual variances are free (`auto.var`).
    public var addsVariances: Bool
    /// Covariances among exogenous latent variables are free (`auto.cov.lv.x`).
    public var addsLatentCovariances: Bool
    /// Residual covariances among variables that are only dependent are free (`auto.cov.y`).
    public var addsDependentCovariances: Bool
    /// The covariances among exogenous latent variables are 0 (`orthogonal`).
    public var isOrthogonal: Bool
    /// Whether means and intercepts are part of the model; nil: where the text names one (`meanstructure`).
    public var meanStructure: Bool?
    /// The intercepts of observed variables are free (`int.ov.free`).
    public var freesObservedIntercepts: Bool
    /// The intercepts of latent variables are free (`int.lv.free`).
    public var freesLatentIntercepts: Bool
    /// The moments of exogenous observed variables are those of the sample (`fixed.x`).
    public var fixesExogenousMoments: Bool

    /// The options of lavaan's `cfa()` and `sem()`.
    public static let sem = ModelOptions(
        latentScale: .firstIndicator, fixesSingleIndicators: true, addsVariances: true, addsLatentCovariances: true,
        addsDependentCovariances: true, isOrthogonal: false, meanStructure: nil, freesObservedIntercepts: true,
        freesLatentIntercepts: false, fixesExogenousMoments: true)

    /// The options of lavaan's `growth()`: means of latent variables are free, intercepts of observed ones 0.
    public static let growth: ModelOptions = {
        var options = sem
        options.meanStructure = true
        options.freesObservedIntercepts = false
        options.freesLatentIntercepts = true
        return options
    }()

    /// The options of lavaan's `lavaan()`: only what the text says, and the moments of exogenous variables.
    public static let asWritten = ModelOptions(
        latentScale: .asWritten, fixesSingleIndicators: false, addsVariances: false, addsLatentCovariances: false,
        addsDependentCovariances: false, isOrthogonal: false, meanStructure: nil, freesObservedIntercepts: false,
        freesLatentIntercepts: false, fixesExogenousMoments: true)
}
