import LinearAlgebra

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The normal-theory discrepancy F = log|Σ| + tr(S Σ⁻¹) + (x̄ − μ)ᵀΣ⁻¹(x̄ − μ) of one sample and one structure, its
/// gradient, expected information and Hessian, in closed form and in memory of its own.
///
/// Every parameter changes Σ by a matrix of rank two, w(u vᵀ + v uᵀ), where u and v are columns of
/// U = [I, F(I − A)⁻¹, F(I − A)⁻¹S(I − A)⁻ᵀ] restricted to the variables that something is directed from. With
/// W = Σ⁻¹, Ω = W(S − Σ)W, P = UᵀWU, R = UᵀΩU and Q = P + 2R,
///
///     ∂F/∂θₖ        = −2 wₖ R[uₖ,vₖ]
///     E ∂²F/∂θₖ∂θₗ = 2 wₖwₗ (P[uₖ,uₗ] P[vₖ,vₗ] + P[uₖ,vₗ] P[vₖ,uₗ])
///     ∂²F/∂θₖ∂θₗ   = wₖwₗ (P[vₖ,uₗ] Q[uₖ,vₗ] + P[vₖ,vₗ] Q[uₖ,uₗ] + P[uₖ,uₗ] Q[vₖ,vₗ] + P[uₖ,vₗ] Q[vₖ,uₗ]) − tr(Ω ∂²Σ)
///
/// so that derivatives are look-ups in two small matrices (compare Jöreskog 1969, and von Oertzen & Brick 2014, for
/// the products that this avoids). Modelled means add terms of the same kind, with S replaced by S + (x̄ − μ)(x̄ − μ)ᵀ.
final class LikelihoodKernel {
    let plan: ModelPlan
    let p: Int, t: Int, m: Int, n: Int
    let parts: FreeParts

    /// S, or S + (x̄ − μ)(x̄ − μ)ᵀ once the model's means are known.
    let sample: UnsafeMutablePointer<Double>
    let sampleMeans: UnsafeMutablePointer<Double>
    let shifted: UnsafeMutablePointer<Double>

    // The matrices of the latest evaluation, column-major.
    /// (I − A)⁻¹ among the sources (m × m).
    let z: UnsafeMutablePointer<Double>
    /// The directed paths from the sources to all variables (t × m).
    let a: UnsafeMutablePointer<Double>
    let s: UnsafeMutablePointer<Double>
    let intercepts: UnsafeMutablePointer<Double>
    /// (I − A)⁻¹ from the sources to all variables (t × m).
    let total: UnsafeMutablePointer<Double>
    /// E = (I − A)⁻¹S(I − A)⁻ᵀ (t × t).
    let e: UnsafeMutablePointer<Double>
    let scratch: UnsafeMutablePointer<Double>
    let means: UnsafeMutablePointer<Double>
    let difference: UnsafeMutablePointer<Double>
    let weight: UnsafeMutablePointer<Double>
    let omega: UnsafeMutablePointer<Double>
    /// The dense columns of U: p × 2m + 1, the last of them zero.
    let dense: UnsafeMutablePointer<Double>
    let bigP: UnsafeMutablePointer<Double>
    let bigR: UnsafeMutablePointer<Double>
    let bigQ: UnsafeMutablePointer<Double>
    let columnDotMean: UnsafeMutablePointer<Double>
    var buffers: [UnsafeMutablePointer<Double>] = []

    /// log|Σ| of the latest evaluation.
    private(set) var logDeterminant = 0.0

    init(plan: ModelPlan) {
        self.plan = plan
        p = plan.observedCount
        t = plan.variables.count
        m = plan.sources.count
        n = plan.observedCount + 2 * plan.sources.count + 1
        parts = FreeParts(plan: plan)
        var made: [UnsafeMutablePointer<Double>] = []
        func buffer(_ count: Int) -> UnsafeMutablePointer<Double> {
            let pointer = UnsafeMutablePointer<Double>.allocate(capacity: max(count, 1))
            pointer.initialize(repeating: 0, count: max(count, 1))
            made.append(pointer)
            return pointer
        }
        sample = buffer(p * p)
        sampleMeans = buffer(p)
        shifted = buffer(p * p)
        z = buffer(m * m)
        a = buffer(t * m)
        s = buffer(t * t)
        intercepts = buffer(t)
        total = buffer(t * m)
        e = buffer(t * t)
        scratch = buffer(max(t * max(m, 1), p * p, n * n))
        means = buffer(t)
        difference = buffer(p)
        weight = buffer(p * p)
        omega = buffer(p * p)
        dense = buffer(p * (2 * m + 1))
        bigP = buffer(n * n)
        bigR = buffer(n * n)
        bigQ = buffer(n * n)
        columnDotMean = buffer(n)
        buffers = made
    }

    deinit { for pointer in buffers { pointer.deallocate() } }

    /// Sets the sample; `covariance` is p × p, column-major.
    func setSample(covariance: UnsafePointer<Double>, means: UnsafePointer<Double>?) {
        sample.update(from: covariance, count: p * p)
        if let means { sampleMeans.update(from: means, count: p) }
    }

    /// Sets the sample.
    func setSample(_ moments: SampleMoments) {
        moments.covariance.storage.withUnsafeBufferPointer { covariance in
            guard let base = covariance.baseAddress else { return }
            if let means = moments.means {
                setSample(covariance: base, means: means)
            } else {
                setSample(covariance: base, means: nil)
            }
        }
    }

    /// Fills what the parameters imply, without their F: variances, covariances and means are those of `theta` then,
    /// derivatives are not to be had.
    func settle(_ theta: UnsafePointer<Double>) -> Bool {
        guard implied(theta) else { return false }
        if plan.hasMeans { impliedMeans() }
        return true
    }

    /// F at the parameters, or nil where Σ is not positive definite.
    func value(_ theta: UnsafePointer<Double>) -> Double? {
        guard implied(theta) else { return nil }
        // Σ and its factor stand in the memory of Ω until derivatives are asked for.
        for j in 0..<p { for i in j..<p { omega[i + j * p] = e[i + j * t] } }
        guard BLAS.choleskyLower(p, omega) else { return nil }
        logDeterminant = 0
        for i in 0..<p { logDeterminant += log(omega[i + i * p]) }
        logDeterminant *= 2
        guard logDeterminant.isFinite else { return nil }
        BLAS.inverseFromCholeskyLower(p, omega, into: weight, scratch: scratch)
        for j in 0..<p { for i in 0..<j { weight[i + j * p] = weight[j + i * p] } }
        if plan.hasMeans { impliedMeans() }
        let moments = plan.hasMeans ? shifted : sample
        var trace = 0.0
        for k in 0..<(p * p) { trace += moments[k] * weight[k] }
        let result = logDeterminant + trace
        return result.isFinite ? result : nil
    }
}

extension Double {
    /// The natural logarithm.
    var naturalLogarithm: Double { log(self) }
}
