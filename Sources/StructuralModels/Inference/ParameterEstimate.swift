import LinearAlgebra
import Probability

/// A row of the table of estimates.
public struct ParameterEstimate: Sendable, Hashable, Codable {
    /// The variable on the left; of a defined parameter, its name.
    public var lhs: String
    /// The relation, as lavaan writes it.
    public var op: String
    /// The variable on the right; of a defined parameter, its formula.
    public var rhs: String
    /// The label, empty without one.
    public var label: String
    /// Whether the value was estimated, or computed from estimates, rather than fixed.
    public var isEstimated: Bool
    /// The estimate and what is known of its precision.
    public var raw: Inference
    /// The value with latent variables in units of their standard deviations; nil where a variance is not positive.
    public var stdLV: Double?
    /// The value with all variables in units of their standard deviations, and its precision by the delta method.
    public var stdAll: Inference?
    /// The value with all but exogenous observed variables in units of their standard deviations.
    public var stdNox: Double?
}

/// An estimate with its standard error, test against zero and confidence interval.
public struct Inference: Sendable, Hashable, Codable {
    /// The estimate.
    public var estimate: Double
    /// The standard error; zero for a fixed value, nil where it cannot be computed.
    public var standardError: Double?
    /// The estimate over its standard error; nil for a fixed value.
    public var z: Double?
    /// The two-sided probability under the normal distribution.
    public var pValue: Double?
    /// The interval's bounds.
    public var lower: Double?
    /// The interval's bounds.
    public var upper: Double?

    /// A Wald test and interval at the confidence `level`.
    public init(estimate: Double, standardError: Double?, level: Double) {
        self.estimate = estimate
        self.standardError = standardError
        guard let error = standardError, error.isFinite else {
            self.standardError = nil
            return
        }
        let half = Normal.standard.upperQuantile((1 - level) / 2) * error
        lower = estimate - half
        upper = estimate + half
        if error > 0 {
            let z = estimate / error
            self.z = z
            pValue = 2 * Normal.standard.upperTail(abs(z))
        }
    }
}

extension FittedModel {
    /// The table of estimates: the model's parameters in lavaan's order, then the defined ones.
    ///
    /// Standard errors come from the expected information; those of standardised values and of defined parameters from
    /// the delta method with derivatives in closed form.
    /// - Parameter level: the confidence level of the intervals.
    public func estimates(level: Double = 0.95) -> [ParameterEstimate] {
        let table = model.table, plan = model.plan, kernel = evaluatedKernel()
        let derivatives = VarianceDerivatives(plan: plan, kernel: kernel)
        let latent = Standardization(plan: plan, kind: .latent)
        let all = Standardization(plan: plan, kind: .all)
        let exogenous = Set(
            plan.variables.indices.filter { table.variables.exogenousObserved.contains(plan.variables[$0]) })
        let nox = Standardization(plan: plan, kind: .allButExogenous, exogenous: exogenous)

        var rows: [ParameterEstimate] = []
        /// The standardised values by parameter number, for the definitions.
        var standardized = StandardizedParameters(count: parameters.count)
        for (parameter, element) in zip(table.parameters, plan.elements) {
            let value = rawValue(element)
            var error: Double? = 0
            if case .free(let k) = element.quantity { error = max(parameterCovariance[k, k], 0).squareRoot() }
            let inLV = latent.value(value, at: element.path, kernel)
            let inAll = all.value(value, at: element.path, kernel)
            let inNox = nox.value(value, at: element.path, kernel)
            let gradient = all.gradient(
                of: value, quantity: element.quantity, at: element.path, kernel, derivatives)
            if case .free(let k) = element.quantity { standardized.set(k, inLV, inAll, inNox, gradient) }
            rows.append(
                ParameterEstimate(
                    lhs: parameter.lhs, op: parameter.op.rawValue, rhs: parameter.rhs, label: parameter.label,
                    isEstimated: parameter.freeIndex != nil,
                    raw: Inference(estimate: value, standardError: error, level: level),
                    stdLV: inLV.isFinite ? inLV : nil,
                    stdAll: inAll.isFinite
                        ? Inference(estimate: inAll, standardError: deltaError(gradient), level: level) : nil,
                    stdNox: inNox.isFinite ? inNox : nil))
        }
        for definition in table.definitions {
            rows.append(estimate(of: definition, standardized, level))
        }
        return rows
    }

    private func estimate(
        of definition: DefinedParameter, _ standardized: StandardizedParameters, _ level: Double
    ) -> ParameterEstimate {
        let expression = definition.expression
        var gradient = [Double](repeating: 0, count: parameters.count)
        expression.addGradient(at: parameters, to: &gradient)
        let inAll = expression.value(at: standardized.all)
        var allGradient = gradient.map { _ in 0.0 }
        for (k, partial) in zip(expression.parameters, expression.gradient(at: standardized.all)) {
            for l in allGradient.indices { allGradient[l] += partial * standardized.gradients[k][l] }
        }
        let inLV = expression.value(at: standardized.latent), inNox = expression.value(at: standardized.nox)
        return ParameterEstimate(
            lhs: definition.name, op: ModelOperator.definition.rawValue, rhs: definition.text, label: definition.name,
            isEstimated: true,
            raw: Inference(
                estimate: expression.value(at: parameters), standardError: deltaError(gradient), level: level),
            stdLV: inLV.isFinite ? inLV : nil,
            stdAll: inAll.isFinite
                ? Inference(estimate: inAll, standardError: deltaError(allGradient), level: level) : nil,
            stdNox: inNox.isFinite ? inNox : nil)
    }

    /// The value at a place.
    func rawValue(_ element: ModelPlan.Element) -> Double {
        switch element.quantity {
        case .free(let k): parameters[k]
        case .fixed(let value): value
        case .sample:
            switch element.path {
            case .symmetric(let i, let j): moments.covariance[i, j]
            case .intercept(let i): moments.means?[i] ?? .nan
            case .directed: .nan
            }
        }
    }

    /// √(gᵀ V g): the standard error of a function of the estimates whose gradient is g.
    func deltaError(_ gradient: [Double]) -> Double? {
        let variance = parameterCovariance.quadraticForm(gradient)
        guard variance.isFinite else { return nil }
        // What constraints determine has no error, but the sum of its cancelling terms leaves rounding.
        let terms = gradient.indices.reduce(0) { $0 + gradient[$1] * gradient[$1] * parameterCovariance[$1, $1] }
        return variance > 1e-13 * terms ? variance.squareRoot() : 0
    }
}

/// The standardised values that stand in for the free parameters in definitions.
private struct StandardizedParameters {
    var latent: [Double], all: [Double], nox: [Double]
    var gradients: [[Double]]
    private var isSet: [Bool]

    init(count: Int) {
        latent = [Double](repeating: .nan, count: count)
        all = latent
        nox = latent
        gradients = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
        isSet = [Bool](repeating: false, count: count)
    }

    /// The first place of a parameter counts.
    mutating func set(_ k: Int, _ latent: Double, _ all: Double, _ nox: Double, _ gradient: [Double]) {
        guard !isSet[k] else { return }
        isSet[k] = true
        self.latent[k] = latent
        self.all[k] = all
        self.nox[k] = nox
        gradients[k] = gradient
    }
}
