import LinearAlgebra

/// A population that a structural model and values for its parameters describe, from which raw data are drawn.
///
///     let population = try Simulation(
///         """
///         f =~ 0.8*x1 + 0.7*x2 + 0.6*x3
///         y ~ 0.5*f
///         """, metric: .standardized)
///     let data = try population.data(caseCount: 300, seed: 7, design: SamplingDesign(mode: .exactMoments(divisor: .caseCount)))
public struct Simulation: Sendable {
    /// The units of the values.
    public enum Metric: String, Sendable, Hashable, Codable, CaseIterable {
        /// Every parameter in the variables' own units; every variance has to be given.
        case raw
        /// All variables, observed and latent, have variance 1, as in a column `std.all`: loadings and paths are
        /// standardised, covariances are correlations (of residuals where a variable is dependent), and variances follow.
        case standardized
    }

    /// The model, without moments that would be taken from a sample (`fixed.x`).
    public let model: StructuralModel
    /// The values of the model's free parameters, in the order of ``StructuralModel/parameterNames``; under
    /// ``Metric/standardized`` the standardised ones.
    public let parameters: [Double]
    /// The covariance matrix Σ of the observed variables in the population (p × p), positive definite.
    public let covariance: Matrix
    /// The means μ of the observed variables in the population (p); zero where the model has none.
    public let means: [Double]

    /// The observed variables, in the order of the rows of ``covariance``.
    public var names: [String] { model.observedVariables }

    /// Gives every parameter of a model its value.
    ///
    /// A value comes from `values`, under the parameter's label or name (`f=~x1`, `y~x`, `x1~~x2`, `y~1`; white space and
    /// the order of the two sides of `~~` do not matter), else from the model's text: a fixed value `0.7*x1` or a start
    /// `start(0.7)*x1`. Intercepts without a value are zero. Moments of exogenous observed variables are parameters like all
    /// others (`x~~x`). The other defaults are those of `options`; under ``Metric/standardized`` no loading is fixed to
    /// set a latent variable's scale, and variances are solved for (see `StandardizedVariances`); one that is given
    /// all the same must agree with the solution to 0.005.
    ///
    /// - Throws: ``ModelSyntaxError`` with the place of a fault in the text; ``SimulationError``.
    public init(
        _ syntax: String, values: [String: Double] = [:], metric: Metric = .raw, options: ModelOptions = .sem
    ) throws {
        var options = options
        options.fixesExogenousMoments = false
        if metric == .standardized { options.latentScale = .unitVariance }
        try self.init(StructuralModel(syntax, options: options), values: values, metric: metric)
    }

    /// The population in which the estimates of a fitted model are the true values, as for a parametric bootstrap.
    ///
    /// - Throws: ``SimulationError/notPositiveDefinite(_:)`` where the estimates are not admissible.
    public init(_ fit: FittedModel) throws(SimulationError) {
        let observed = Array(fit.model.observedVariables.indices)
        try self.init(
            model: fit.model, parameters: fit.parameters,
            covariance: fit.impliedCovariance.submatrix(rows: observed, columns: observed),
            means: fit.impliedMeans.map { Array($0[..<observed.count]) } ?? fit.moments.means
                ?? [Double](repeating: 0, count: observed.count))
    }

    private init(_ model: StructuralModel, values: [String: Double], metric: Metric) throws(SimulationError) {
        if let product = model.table.variables.products.first {
            throw .notAvailable(
                "the product `\(product.name)` is not normally distributed and cannot be drawn; draw "
                    + "`\(product.first)` and `\(product.second)`")
        }
        let resolved = try ResolvedValues(values, model: model, metric: metric)
        var structure = PathMatrices(model.plan, values: resolved.elements)
        var parameters = resolved.parameters
        if metric == .standardized {
            let variances = try StandardizedVariances(structure, variables: model.plan.variables)
            try resolved.checkVariances(variances.residual, of: model)
            structure.setDisturbances(variances.disturbances)
            for (parameter, element) in zip(model.table.parameters, model.plan.elements) {
                guard case .symmetric(let i, let j) = element.path, i == j, let k = parameter.freeIndex else {
                    continue
                }
                parameters[k] = variances.residual[i]
            }
        }
        try structure.checkDisturbances(variables: model.plan.variables)
        for constraint in model.table.constraints where !constraint.isMet(at: parameters) {
            throw .violatedConstraint("\(constraint.lhs) \(constraint.op.rawValue) \(constraint.rhs)")
        }
        let implied = try structure.impliedMoments()
        let observed = Array(0..<model.plan.observedCount)
        try self.init(
            model: model, parameters: parameters,
            covariance: implied.covariance.submatrix(rows: observed, columns: observed),
            means: Array(implied.means[..<observed.count]))
    }

    private init(model: StructuralModel, parameters: [Double], covariance: Matrix, means: [Double])
        throws(SimulationError)
    {
        self.model = model
        self.parameters = parameters
        self.covariance = covariance.symmetrized
        self.means = means
        if let fault = Indefiniteness(self.covariance, names: model.observedVariables, isStrict: true) {
            throw .notPositiveDefinite(fault)
        }
    }
}

extension ParameterConstraint {
    /// Whether the constraint holds at `parameters`, up to rounding.
    fileprivate func isMet(at parameters: [Double]) -> Bool {
        let difference = difference.value(at: parameters)
        switch op {
        case .less: return difference <= 1e-8
        case .greater: return difference >= -1e-8
        default: return abs(difference) <= 1e-6
        }
    }
}
