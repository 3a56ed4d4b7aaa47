import LinearAlgebra
import Optimization

/// A structural model at its maximum-likelihood estimates.
///
/// Everything that is reported of a fit (estimates, fit measures, residuals, modification indices, effects, factor
/// scores…) is computed from this value on request.
public struct FittedModel: Sendable {
    /// The model.
    public let model: StructuralModel
    /// How it was fitted.
    public let options: EstimationOptions
    /// The sample's moments of the model's observed variables.
    public let moments: SampleMoments
    /// The raw data of the model's observed variables, when the model was fitted to them (N × p).
    public let data: Matrix?
    /// The number of cases left out because a value was missing.
    public let omittedCount: Int
    /// The estimates θ̂ of the free parameters.
    public let parameters: [Double]
    /// How the search ended.
    public let convergence: ConvergenceReport
    /// The discrepancy F = log|Σ| + tr(SΣ⁻¹) − log|S| − p (+ the weighted square of the mean residuals).
    public let discrepancy: Double
    /// The covariance matrix of the estimates (q × q).
    public let parameterCovariance: Matrix
    /// Warnings of the estimation, in words and by name.
    public internal(set) var warnings: [String]

    /// The implied covariances of all variables, observed ones first (t × t).
    public let impliedCovariance: Matrix
    /// The implied means of all variables when means are modelled.
    public let impliedMeans: [Double]?
    /// log|S|.
    let sampleLogDeterminant: Double
    /// The Jacobian of the constraints that hold as equations.
    let constraintJacobian: [[Double]]
    /// The estimator, for further fits of the same model.
    var estimator: Estimator { Estimator(model) }

    /// The number of cases N.
    public var caseCount: Int { moments.caseCount }
    /// The factor of the discrepancy in χ²: N, or N − 1 under the Wishart likelihood.
    public var weight: Double { options.likelihood.weight(moments.caseCount) }
    /// The number of free parameters less the equality constraints on them.
    public var parameterCount: Int { parameters.count - model.independentEqualityCount(at: parameters) }
    /// The likelihood-ratio test against the saturated model.
    public var test: TestStatistic {
        TestStatistic(
            chiSquare: max(weight * discrepancy, 0), degreesOfFreedom: model.momentCount - parameterCount)
    }

    /// The kernel, evaluated at the estimates.
    func evaluatedKernel() -> LikelihoodKernel {
        let kernel = LikelihoodKernel(plan: model.plan)
        kernel.setSample(moments)
        _ = kernel.value(parameters)
        return kernel
    }
}

extension Estimator {
    init(_ model: StructuralModel) {
        self.init(
            plan: model.plan, equalities: model.equalities, inequalities: model.inequalities.map(\.expression))
    }
}

extension StructuralModel {
    /// Fits the model to raw data.
    ///
    /// - Parameters:
    ///   - data: the cases; columns that the model does not name are ignored.
    ///   - options: how the model is fitted.
    ///   - neighbour: a fit of a similar model to the same data; the search starts at its estimates where the two models
    ///     have the same parameters.
    /// - Throws: ``StructuralModelError``.
    public func fit(
        _ data: CompleteData, options: EstimationOptions = EstimationOptions(), near neighbour: FittedModel? = nil
    ) throws(StructuralModelError) -> FittedModel {
        guard data.caseCount > 2 else { throw .tooFewCases(data.caseCount) }
        let columns = try data.columns(of: observedVariables)
        let moments = SampleMoments(data: columns, names: observedVariables, divisor: options.likelihood.divisor)
        return try fit(
            moments, data: columns, omittedCount: data.omittedCount, options: options, near: neighbour)
    }

    /// Fits the model to an unbiased covariance matrix (divisor N − 1) and, for modelled means, means.
    ///
    /// Under the normal likelihood the matrix is multiplied by (N − 1)/N first.
    /// - Throws: ``StructuralModelError``.
    public func fit(
        unbiased moments: SampleMoments, options: EstimationOptions = EstimationOptions()
    ) throws(StructuralModelError) -> FittedModel {
        guard moments.caseCount > 2 else { throw .tooFewCases(moments.caseCount) }
        var selection: [Int] = []
        for name in observedVariables {
            guard let index = moments.names.firstIndex(of: name) else {
                throw .missingVariable(name, nearest: nearestName(to: name, among: moments.names))
            }
            selection.append(index)
        }
        if plan.hasMeans && moments.means == nil {
            throw .notAvailable("the model has means or intercepts, but only a covariance matrix was given")
        }
        let n = Double(moments.caseCount)
        let scale = options.likelihood == .normal ? (n - 1) / n : 1
        let selected = SampleMoments(
            names: observedVariables,
            covariance: scale * moments.covariance.submatrix(rows: selection, columns: selection),
            means: moments.means.map { means in selection.map { means[$0] } }, caseCount: moments.caseCount)
        return try fit(selected, data: nil, omittedCount: 0, options: options)
    }

    /// Fits the model to moments with the divisor that the likelihood asks for.
    func fit(
        _ moments: SampleMoments, data: Matrix?, omittedCount: Int, options: EstimationOptions,
        near neighbour: FittedModel? = nil
    ) throws(StructuralModelError) -> FittedModel {
        let sampleLogDeterminant = try SampleScreening.logDeterminant(of: moments)
        guard table.freeCount - equalities.count <= momentCount else {
            throw .tooManyParameters(parameters: table.freeCount, moments: momentCount)
        }
        var objective = MaximumLikelihood(plan: plan, moments: moments)
        var starts = StartingValues.candidates(plan: plan, moments: moments)
        if let neighbour, let first = starts.first { starts.insert(start(first, near: neighbour), at: 0) }
        for index in starts.indices { applyUserStarts(to: &starts[index]) }
        let solution = Estimator(self).solve(&objective, starts: starts)
        let kernel = objective.kernel
        let names = parameterNames
        guard solution.report.hasConverged else {
            let contradictory = contradictoryConstraints(starts)
            guard contradictory.isEmpty else { throw .infeasibleConstraints(contradictory) }
            throw .didNotConverge(nonConvergence(solution, kernel, names, start: starts.first ?? []))
        }

        // Value and derivatives at the solution.
        let value = kernel.value(solution.parameters) ?? solution.report.value
        let q = table.freeCount
        var gradient = [Double](repeating: 0, count: q), hessian = [Double](repeating: 0, count: q * q)
        kernel.derivatives(exact: false, gradient: &gradient, hessian: &hessian)
        let half = 0.5 * options.likelihood.weight(moments.caseCount)
        let information = Matrix(rows: q, columns: q) { half * hessian[max($0, $1) + min($0, $1) * q] }
        let jacobian = solution.active.jacobian(at: solution.parameters)
        let covariance = ParameterCovariance(information: information, constraintJacobian: jacobian)
        guard let matrix = covariance.matrix else {
            throw .notIdentified(covariance.flatDirections.map { .init($0, names: names) })
        }
        let implied = kernel.impliedMoments()
        var result = FittedModel(
            model: self, options: options, moments: moments, data: data, omittedCount: omittedCount,
            parameters: solution.parameters, convergence: solution.report,
            discrepancy: value - sampleLogDeterminant - Double(plan.observedCount), parameterCovariance: matrix,
            warnings: table.warnings, impliedCovariance: implied.covariance, impliedMeans: implied.means,
            sampleLogDeterminant: sampleLogDeterminant, constraintJacobian: jacobian)
        let bound = solution.activeInequalities.map { inequalities[$0].text }
        result.warnings += Admissibility(result).warnings + SampleScreening.warnings(moments, parameterCount: q)
        if !bound.isEmpty {
            result.warnings.append(
                "the estimates lie on the bound of \(bound.map { "`\($0)`" }.joined(separator: ", ")): the standard "
                    + "errors hold it as an equation")
        }
        return result
    }

    /// The start with the values of another model's estimates at the places that both models have.
    private func start(_ start: [Double], near neighbour: FittedModel) -> [Double] {
        var values: [Parameter.Key: Double] = [:]
        for (parameter, element) in zip(neighbour.model.table.parameters, neighbour.model.plan.elements) {
            values[parameter.key] = neighbour.rawValue(element)
        }
        var result = start
        for parameter in table.parameters {
            if let index = parameter.freeIndex, let value = values[parameter.key] { result[index] = value }
        }
        return result
    }

    private func applyUserStarts(to start: inout [Double]) {
        for (index, value) in table.startValues.enumerated() { start[index] = value ?? start[index] }
    }

    /// The parameter with the steepest gradient in units of its curvature.
    private func nonConvergence(
        _ solution: Estimator.Solution, _ kernel: LikelihoodKernel, _ names: [String], start: [Double]
    ) -> StructuralModelError.NonConvergence {
        let q = table.freeCount
        var worst = 0, steepest = 0.0
        if kernel.value(solution.parameters) != nil {
            var gradient = [Double](repeating: 0, count: q), hessian = [Double](repeating: 0, count: q * q)
            kernel.derivatives(exact: false, gradient: &gradient, hessian: &hessian)
            for k in 0..<q {
                let curvature = hessian[k + k * q]
                let scaled = curvature > 0 ? abs(gradient[k]) / curvature.squareRoot() : abs(gradient[k])
                if scaled > steepest { (worst, steepest) = (k, scaled) }
            }
        }
        return .init(
            report: solution.report, parameter: names.indices.contains(worst) ? names[worst] : "",
            scaledGradient: steepest)
    }
}

extension StructuralModelError.FlatDirection {
    /// The parameters with a weight of at least a tenth of the largest.
    init(_ direction: [Double], names: [String]) {
        let largest = direction.reduce(0) { max($0, abs($1)) }
        let order = direction.indices.filter { abs(direction[$0]) > 0.1 * largest }
            .sorted { abs(direction[$0]) > abs(direction[$1]) + 1e-9 * largest }
        parameters = order.prefix(6).map { names[$0] }
    }
}
