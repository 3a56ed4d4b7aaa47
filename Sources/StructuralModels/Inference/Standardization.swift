import LinearAlgebra

/// The values at a plan's places in units of standard deviations, and their derivatives, in closed form.
///
/// A path is multiplied by the cause's and divided by the effect's standard deviation, a variance divided by the
/// variable's variance, a covariance by the disturbances' standard deviations, an intercept by the variable's standard
/// deviation (Bollen 1989, ch. 4; disturbances' deviations as in Muthén & Muthén's and lavaan's convention).
struct Standardization {
    /// Which variables are put into units of standard deviations.
    enum Kind: Sendable, Hashable, CaseIterable {
        /// Latent variables only: `std.lv`.
        case latent
        /// Latent and observed variables: `std.all`.
        case all
        /// All but the exogenous observed variables: `std.nox`.
        case allButExogenous
    }

    private let plan: ModelPlan
    private let isScaled: [Bool]

    /// - Parameter exogenous: the observed variables that stay in their own units under ``Kind/allButExogenous``.
    init(plan: ModelPlan, kind: Kind, exogenous: Set<Int> = []) {
        self.plan = plan
        isScaled = plan.variables.indices.map { index in
            switch kind {
            case .latent: index >= plan.observedCount
            case .all: true
            case .allButExogenous: !exogenous.contains(index)
            }
        }
    }

    /// The standardised value at `path` whose raw value is `value`; NaN where an implied variance is not positive.
    func value(_ value: Double, at path: ModelPlan.Path, _ kernel: LikelihoodKernel) -> Double {
        func deviation(_ i: Int) -> Double { isScaled[i] ? kernel.impliedVariance(i).squareRoot() : 1 }
        // The size alone, as lavaan does it: a covariance keeps its sign next to a negative residual variance.
        func disturbance(_ i: Int) -> Double { isScaled[i] ? abs(kernel.disturbanceVariance(i)).squareRoot() : 1 }
        switch path {
        case .directed(let to, let from): return value * deviation(from) / deviation(to)
        case .symmetric(let i, let j):
            if i == j { return isScaled[i] ? value / kernel.impliedVariance(i) : value }
            return value / (disturbance(i) * disturbance(j))
        case .intercept(let i): return value / deviation(i)
        }
    }

    /// The gradient over the free parameters of the standardised value at `path`, given the variances' derivatives.
    func gradient(
        of value: Double, quantity: ModelPlan.Quantity, at path: ModelPlan.Path, _ kernel: LikelihoodKernel,
        _ derivatives: VarianceDerivatives
    ) -> [Double] {
        var result = [Double](repeating: 0, count: plan.parameterCount)
        let standardized = self.value(value, at: path, kernel)
        if case .free(let k) = quantity { result[k] += self.value(1, at: path, kernel) }
        /// Adds `weight` · ∂ log(variance)/∂θ, times the value itself.
        func add(_ weight: Double, _ gradient: [Double], _ variance: Double) {
            for k in result.indices { result[k] += standardized * weight * gradient[k] / variance }
        }
        func implied(_ weight: Double, _ i: Int) {
            if isScaled[i] { add(weight, derivatives.implied[i], kernel.impliedVariance(i)) }
        }
        switch path {
        case .directed(let to, let from):
            implied(0.5, from)
            implied(-0.5, to)
        case .symmetric(let i, let j):
            if i == j {
                implied(-1, i)
            } else {
                for end in [i, j] where isScaled[end] {
                    add(-0.5, derivatives.disturbance[end], kernel.disturbanceVariance(end))
                }
            }
        case .intercept(let i): implied(-0.5, i)
        }
        return result
    }
}

/// The derivatives of all variables' implied and disturbance variances with respect to the free parameters.
struct VarianceDerivatives {
    /// ∂E[i,i]/∂θ for each variable i.
    let implied: [[Double]]
    /// ∂S[i,i]/∂θ for each variable i.
    let disturbance: [[Double]]

    /// Derivatives at the kernel's latest evaluation: with Z = (I − A)⁻¹ and E = ZSZᵀ,
    /// ∂E[i,i]/∂A[a,b] = 2 Z[i,a] E[i,b] and ∂E[i,i]/∂S[a,b] = 2w Z[i,a] Z[i,b].
    init(plan: ModelPlan, kernel: LikelihoodKernel) {
        let t = plan.variables.count
        let z = kernel.totalEffectMatrix()
        let e = kernel.impliedMoments().covariance
        var implied = [[Double]](repeating: [Double](repeating: 0, count: plan.parameterCount), count: t)
        var disturbance = implied
        for element in plan.elements {
            guard case .free(let k) = element.quantity else { continue }
            switch element.path {
            case .directed(let to, let from): for i in 0..<t { implied[i][k] += 2 * z[i, to] * e[i, from] }
            case .symmetric(let a, let b):
                let scale = a == b ? 1.0 : 2.0
                for i in 0..<t { implied[i][k] += scale * z[i, a] * z[i, b] }
                if a == b { disturbance[a][k] += 1 }
            case .intercept: break
            }
        }
        self.implied = implied
        self.disturbance = disturbance
    }
}
