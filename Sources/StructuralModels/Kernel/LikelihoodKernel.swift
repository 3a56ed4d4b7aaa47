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
    private let p: Int, t: Int, m: Int, n: Int
    private let parts: FreeParts

    /// S, or S + (x̄ − μ)(x̄ − μ)ᵀ once the model's means are known.
    private let sample: UnsafeMutablePointer<Double>
    private let sampleMeans: UnsafeMutablePointer<Double>
    private let shifted: UnsafeMutablePointer<Double>

    // The matrices of the latest evaluation, column-major.
    /// (I − A)⁻¹ among the sources (m × m).
    private let z: UnsafeMutablePointer<Double>
    /// The directed paths from the sources to all variables (t × m).
    private let a: UnsafeMutablePointer<Double>
    private let s: UnsafeMutablePointer<Double>
    private let intercepts: UnsafeMutablePointer<Double>
    /// (I − A)⁻¹ from the sources to all variables (t × m).
    private let total: UnsafeMutablePointer<Double>
    /// E = (I − A)⁻¹S(I − A)⁻ᵀ (t × t).
    private let e: UnsafeMutablePointer<Double>
    private let scratch: UnsafeMutablePointer<Double>
    private let means: UnsafeMutablePointer<Double>
    private let difference: UnsafeMutablePointer<Double>
    private let weight: UnsafeMutablePointer<Double>
    private let omega: UnsafeMutablePointer<Double>
    /// The dense columns of U: p × 2m + 1, the last of them zero.
    private let dense: UnsafeMutablePointer<Double>
    private let bigP: UnsafeMutablePointer<Double>
    private let bigR: UnsafeMutablePointer<Double>
    private let bigQ: UnsafeMutablePointer<Double>
    private let columnDotMean: UnsafeMutablePointer<Double>
    private var buffers: [UnsafeMutablePointer<Double>] = []

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

    // MARK: Implied moments

    /// Fills A, S, m, (I − A)⁻¹ and E for the parameters; false when I − A is singular.
    private func implied(_ theta: UnsafePointer<Double>) -> Bool {
        a.update(repeating: 0, count: t * m)
        s.update(repeating: 0, count: t * t)
        for element in parts.places {
            let value: Double
            switch element.quantity {
            case .free(let index): value = theta[index]
            case .fixed(let constant): value = constant
            case .sample:
                switch element.path {
                case .symmetric(let i, let j): value = sample[i + j * p]
                case .intercept(let i): value = sampleMeans[i]
                case .directed: value = 0
                }
            }
            switch element.path {
            case .directed(let to, let from): a[to + plan.sourceIndex[from] * t] += value
            case .symmetric(let i, let j):
                s[i + j * t] += value
                if i != j { s[j + i * t] += value }
            case .intercept(let i): intercepts[i] = value
            }
        }
        return totalEffects() && covariances()
    }

    /// (I − A)⁻¹ from the sources to all variables.
    private func totalEffects() -> Bool {
        guard m > 0 else { return true }
        if let order = plan.sourceOrder {
            // Row i of (I − A)⁻¹ is eᵢ plus the causes' rows, each times its path.
            z.update(repeating: 0, count: m * m)
            for variable in order {
                let row = plan.sourceIndex[variable]
                z[row + row * m] = 1
                for cause in 0..<m {
                    let path = a[variable + cause * t]
                    if path != 0 { for j in 0..<m { z[row + j * m] += path * z[cause + j * m] } }
                }
            }
        } else {
            var matrix = Matrix.identity(m)
            for (row, variable) in plan.sources.enumerated() {
                for cause in 0..<m { matrix[row, cause] -= a[variable + cause * t] }
            }
            guard let inverse = try? LU(matrix).inverse else { return false }
            for k in 0..<(m * m) { z[k] = inverse.storage[k] }
        }
        // Leaves: A·Z; sources: Z itself.
        total.update(repeating: 0, count: t * m)
        for path in parts.leafPaths {
            let value = a[path.leaf + path.cause * t]
            for j in 0..<m { total[path.leaf + j * t] += value * z[path.cause + j * m] }
        }
        for (row, variable) in plan.sources.enumerated() {
            for j in 0..<m { total[variable + j * t] = z[row + j * m] }
        }
        return true
    }

    /// E, from S and the total effects, exploiting that a leaf's disturbance reaches only itself.
    private func covariances() -> Bool {
        e.update(from: s, count: t * t)
        guard m > 0 else { return true }
        // K = cov(ζ, sources) = S[·, sources]·Zᵀ (t × m).
        let k = scratch
        k.update(repeating: 0, count: t * m)
        for (column, variable) in plan.sources.enumerated() {
            for i in 0..<t {
                let value = s[i + variable * t]
                if value != 0 { for j in 0..<m { k[i + j * t] += value * z[j + column * m] } }
            }
        }
        // Sources: E = Z·K[sources, ·]. Leaves: E = A·E[sources, ·] + K.
        for (column, variable) in plan.sources.enumerated() {
            for (row, other) in plan.sources.enumerated() {
                var sum = 0.0
                for l in 0..<m { sum += z[row + l * m] * k[plan.sources[l] + column * t] }
                e[other + variable * t] = sum
            }
            for leaf in parts.leaves { e[leaf + variable * t] = k[leaf + column * t] }
            for path in parts.leafPaths {
                e[path.leaf + variable * t] += a[path.leaf + path.cause * t] * e[path.source + variable * t]
            }
            for leaf in parts.leaves { e[variable + leaf * t] = e[leaf + variable * t] }
        }
        // Among leaves: E = S + A·E[sources, leaves] + (A·K[leaves, ·]ᵀ)ᵀ; the last is zero unless a leaf's disturbance
        // covaries with a source's.
        for leaf in parts.leaves {
            let column = e + leaf * t
            for path in parts.leafPaths { column[path.leaf] += a[path.leaf + path.cause * t] * column[path.source] }
        }
        if parts.joinsLeavesAndSources {
            for path in parts.leafPaths {
                let value = a[path.leaf + path.cause * t]
                for leaf in parts.leaves { e[leaf + path.leaf * t] += value * k[leaf + path.cause * t] }
            }
        }
        return true
    }

    // MARK: Value

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

    /// μ, x̄ − μ, and the sample covariance shifted by its square.
    private func impliedMeans() {
        for i in 0..<t { means[i] = plan.sourceIndex[i] < 0 ? intercepts[i] : 0 }
        for (column, source) in plan.sources.enumerated() {
            for i in 0..<t { means[i] += total[i + column * t] * intercepts[source] }
        }
        for i in 0..<p { difference[i] = sampleMeans[i] - means[i] }
        for j in 0..<p { for i in 0..<p { shifted[i + j * p] = sample[i + j * p] + difference[i] * difference[j] } }
    }

    // MARK: Derivatives

    /// P, R and Q of the latest ``value(_:)``.
    private func products(curvature: Bool, exact: Bool) {
        let d = 2 * m + 1
        for (column, source) in plan.sources.enumerated() {
            for i in 0..<p {
                dense[i + column * p] = total[i + column * t]
                dense[i + (m + column) * p] = e[i + source * t]
            }
        }
        // Ω = W S W − W.
        let moments = plan.hasMeans ? shifted : sample
        BLAS.gemm(false, false, p, p, p, 1, moments, p, weight, p, 0, scratch, p)
        omega.update(from: weight, count: p * p)
        BLAS.gemm(false, false, p, p, p, 1, weight, p, scratch, p, -1, omega, p)
        product(omega, d, bigR)
        if curvature || plan.hasMeans { product(weight, d, bigP) }
        if exact { for k in 0..<(n * n) { bigQ[k] = bigP[k] + 2 * bigR[k] } }
        if plan.hasMeans {
            for column in 0..<n {
                var sum = 0.0
                for i in 0..<p { sum += bigP[i + column * n] * difference[i] }
                columnDotMean[column] = sum
            }
        }
    }

    /// UᵀMU for U = [I, dense], with M symmetric p × p.
    private func product(_ matrix: UnsafePointer<Double>, _ d: Int, _ result: UnsafeMutablePointer<Double>) {
        for j in 0..<p { for i in 0..<p { result[i + j * n] = matrix[i + j * p] } }
        BLAS.gemm(false, false, p, d, p, 1, matrix, p, dense, p, 0, result + p * n, n)
        BLAS.gemm(true, false, d, d, p, 1, dense, p, result + p * n, n, 0, result + p + p * n, n)
        for j in 0..<d { for i in 0..<p { result[p + j + i * n] = result[i + (p + j) * n] } }
    }

    /// The gradient at the parameters of the latest ``value(_:)``.
    func gradient(into gradient: UnsafeMutablePointer<Double>) {
        products(curvature: false, exact: false)
        writeGradient(gradient)
    }

    /// The gradient and the lower triangle of the Hessian (or of its expectation) at the parameters of the latest
    /// ``value(_:)``.
    func derivatives(
        exact: Bool, gradient: UnsafeMutablePointer<Double>, hessian: UnsafeMutablePointer<Double>
    ) {
        products(curvature: true, exact: exact)
        writeGradient(gradient)
        let q = plan.parameterCount
        hessian.update(repeating: 0, count: q * q)
        if exact { writeHessian(hessian, q) } else { writeExpected(hessian, q) }
    }

    /// The gradient at the parameters of the latest ``value(_:)``, with what ``expectedBlocks(modelCount:information:cross:diagonal:)``
    /// needs.
    func gradientAndProducts(into gradient: UnsafeMutablePointer<Double>) {
        products(curvature: true, exact: false)
        writeGradient(gradient)
    }

    /// The expected Hessian over the first `q` parameters, that of these with the remaining ones, and the diagonal over the
    /// remaining ones: all that score tests need, without the square over the remaining ones.
    func expectedBlocks(modelCount q: Int, information: inout Matrix, cross: inout Matrix, diagonal: inout [Double]) {
        for l in 0..<parts.count where parts.parameter[l] < q {
            let pu = bigP + parts.u[l] * n, pv = bigP + parts.v[l] * n, wl = 2 * parts.w[l], row = parts.parameter[l]
            for k in 0..<parts.count {
                let u = parts.u[k], v = parts.v[k], column = parts.parameter[k]
                var value = wl * parts.w[k] * (pu[u] * pv[v] + pv[u] * pu[v])
                if plan.hasMeans { value += 2 * meanScale(k) * meanScale(l) * bigP[parts.b[k] + parts.b[l] * n] }
                if column < q { information[row, column] += value } else { cross[row, column - q] += value }
            }
        }
        for k in 0..<parts.count where parts.parameter[k] >= q {
            let u = parts.u[k], v = parts.v[k], w = parts.w[k]
            var value = 2 * w * w * (bigP[u + u * n] * bigP[v + v * n] + bigP[u + v * n] * bigP[u + v * n])
            if plan.hasMeans { value += 2 * meanScale(k) * meanScale(k) * bigP[parts.b[k] + parts.b[k] * n] }
            diagonal[parts.parameter[k] - q] = value
        }
    }

    private func writeGradient(_ gradient: UnsafeMutablePointer<Double>) {
        gradient.update(repeating: 0, count: plan.parameterCount)
        for k in 0..<parts.count {
            var value = -2 * parts.w[k] * bigR[parts.u[k] + parts.v[k] * n]
            if plan.hasMeans { value -= 2 * meanScale(k) * columnDotMean[parts.b[k]] }
            gradient[parts.parameter[k]] += value
        }
    }

    /// The factor s of ∂μ/∂θₖ = s·bᵢ: the cause's mean for a directed path, one for an intercept, zero otherwise.
    @inline(__always)
    private func meanScale(_ k: Int) -> Double {
        switch parts.kind[k] {
        case .directed: means[parts.second[k]]
        case .intercept: 1
        case .symmetric: 0
        }
    }

    @inline(__always)
    private func add(_ value: Double, _ k: Int, _ l: Int, _ hessian: UnsafeMutablePointer<Double>, _ q: Int) {
        let i = parts.parameter[k], j = parts.parameter[l]
        // Two places of one parameter: the pair counts twice, once for each order.
        hessian[max(i, j) + min(i, j) * q] += k != l && i == j ? 2 * value : value
    }

    private func writeExpected(_ hessian: UnsafeMutablePointer<Double>, _ q: Int) {
        for l in 0..<parts.count {
            let pu = bigP + parts.u[l] * n, pv = bigP + parts.v[l] * n, wl = 2 * parts.w[l]
            for k in l..<parts.count {
                let u = parts.u[k], v = parts.v[k]
                var value = wl * parts.w[k] * (pu[u] * pv[v] + pv[u] * pu[v])
                if plan.hasMeans { value += 2 * meanScale(k) * meanScale(l) * bigP[parts.b[k] + parts.b[l] * n] }
                add(value, k, l, hessian, q)
            }
        }
    }

    private func writeHessian(_ hessian: UnsafeMutablePointer<Double>, _ q: Int) {
        parts.u.withUnsafeBufferPointer { us in
            parts.v.withUnsafeBufferPointer { vs in
                parts.w.withUnsafeBufferPointer { ws in
                    parts.parameter.withUnsafeBufferPointer { parameters in
                        writeHessian(hessian, q, us, vs, ws, parameters)
                    }
                }
            }
        }
    }

    private func writeHessian(
        _ hessian: UnsafeMutablePointer<Double>, _ q: Int, _ us: UnsafeBufferPointer<Int>,
        _ vs: UnsafeBufferPointer<Int>, _ ws: UnsafeBufferPointer<Double>, _ parameters: UnsafeBufferPointer<Int>
    ) {
        let simple = !parts.sharesParameters
        for l in 0..<parts.count {
            let pu = bigP + us[l] * n, pv = bigP + vs[l] * n
            let qu = bigQ + us[l] * n, qv = bigQ + vs[l] * n
            let wl = ws[l], row = parameters[l]
            let bendEnd = l < parts.directedCount ? parts.bendCount : 0
            for k in l..<parts.count {
                let u = us[k], v = vs[k]
                var value = wl * ws[k] * (pu[v] * qv[u] + pv[v] * qu[u] + pu[u] * qv[v] + pv[u] * qu[v])
                if k < bendEnd { value -= bend(k, l) }
                if plan.hasMeans { value += meanHessian(k, l) }
                if simple {
                    let column = parameters[k]
                    hessian[max(row, column) + min(row, column) * q] = value
                } else {
                    add(value, k, l, hessian, q)
                }
            }
        }
    }

    /// tr(Ω ∂²Σ/∂θₖ∂θₗ), where l is a directed path.
    @inline(__always)
    private func bend(_ k: Int, _ l: Int) -> Double {
        let i = parts.b[l], j = parts.secondSource[l]
        var value = 0.0
        switch parts.kind[k] {
        case .directed:
            let g = parts.b[k], h = parts.secondSource[k]
            value = e[parts.second[k] + parts.second[l] * t] * bigR[i + g * n]
            // Z from the target of one path to the cause of the other; zero unless that target is itself a cause.
            if parts.firstSource[k] >= 0 { value += z[j + parts.firstSource[k] * m] * bigR[i + (p + m + h) * n] }
            if parts.firstSource[l] >= 0 { value += z[h + parts.firstSource[l] * m] * bigR[g + (p + m + j) * n] }
            return 2 * value
        case .symmetric:
            if parts.firstSource[k] >= 0 { value += z[j + parts.firstSource[k] * m] * bigR[i + parts.v[k] * n] }
            if parts.secondSource[k] >= 0 { value += z[j + parts.secondSource[k] * m] * bigR[i + parts.u[k] * n] }
            return 2 * parts.w[k] * value
        case .intercept: return 0
        }
    }

    /// The terms that modelled means add to the Hessian.
    private func meanHessian(_ k: Int, _ l: Int) -> Double {
        let sk = meanScale(k), sl = meanScale(l), bk = parts.b[k], bl = parts.b[l]
        let y = columnDotMean
        var value = sk * sl * bigP[bk + bl * n]
        value +=
            parts.w[k] * sl * (bigP[bl + parts.u[k] * n] * y[parts.v[k]] + bigP[bl + parts.v[k] * n] * y[parts.u[k]])
        value +=
            parts.w[l] * sk * (bigP[bk + parts.u[l] * n] * y[parts.v[l]] + bigP[bk + parts.v[l] * n] * y[parts.u[l]])
        // −2 ∂²μᵀ W (x̄ − μ)
        switch (parts.kind[k], parts.kind[l]) {
        case (.directed, .directed):
            if parts.firstSource[k] >= 0 {
                value -= z[parts.secondSource[l] + parts.firstSource[k] * m] * sk * y[bl]
            }
            if parts.firstSource[l] >= 0 {
                value -= z[parts.secondSource[k] + parts.firstSource[l] * m] * sl * y[bk]
            }
        case (.directed, .intercept):
            if parts.firstSource[l] >= 0 { value -= z[parts.secondSource[k] + parts.firstSource[l] * m] * y[bk] }
        case (.intercept, .directed):
            if parts.firstSource[k] >= 0 { value -= z[parts.secondSource[l] + parts.firstSource[k] * m] * y[bl] }
        default: break
        }
        return 2 * value
    }

    /// The gradient of each case's own discrepancy log|Σ| + (x − μ)ᵀΣ⁻¹(x − μ), as columns (q × N), at the parameters of
    /// the latest derivatives.
    ///
    /// - Parameter deviations: the cases' deviations from the implied means, or from the sample's where means are not
    ///   modelled (p × N, a column for each case).
    func casewiseGradients(deviations: Matrix) -> Matrix {
        // y = UᵀΣ⁻¹(x − μ) for every case; U = [I, dense] and P = UᵀΣ⁻¹U, whose first p rows are Σ⁻¹U.
        let cases = deviations.columns
        var y = Matrix(rows: n, columns: cases)
        BLAS.gemm(true, false, n, cases, p, 1, bigP, n, deviations.storage, p, 0, &y.storage, n)
        var result = Matrix(rows: plan.parameterCount, columns: cases)
        for k in 0..<parts.count {
            let u = parts.u[k], v = parts.v[k], w = parts.w[k], row = parts.parameter[k]
            let constant = bigP[u + v * n], mean = plan.hasMeans ? meanScale(k) : 0
            for i in 0..<cases {
                result[row, i] -= 2 * w * (y[u, i] * y[v, i] - constant)
                if mean != 0 { result[row, i] -= 2 * mean * y[parts.b[k], i] }
            }
        }
        return result
    }

    // MARK: What the latest evaluation implies

    /// The covariances of all variables (t × t) and, with means modelled, their means.
    func impliedMoments() -> (covariance: Matrix, means: [Double]?) {
        let covariance = Matrix(rows: t, columns: t, columnMajor: Array(UnsafeBufferPointer(start: e, count: t * t)))
        return (covariance, plan.hasMeans ? Array(UnsafeBufferPointer(start: means, count: t)) : nil)
    }

    /// The implied variance of variable `i`.
    @inline(__always)
    func impliedVariance(_ i: Int) -> Double { e[i + i * t] }

    /// The sample's moment at a place of exogenous observed variables.
    func sampleMoment(_ path: ModelPlan.Path) -> Double {
        switch path {
        case .symmetric(let i, let j): sample[i + j * p]
        case .intercept(let i): sampleMeans[i]
        case .directed: .nan
        }
    }

    /// S, the disturbances' covariances (t × t).
    func disturbanceCovariances() -> Matrix {
        Matrix(rows: t, columns: t, columnMajor: Array(UnsafeBufferPointer(start: s, count: t * t)))
    }

    /// The disturbance's variance of variable `i`.
    @inline(__always)
    func disturbanceVariance(_ i: Int) -> Double { s[i + i * t] }

    /// (I − A)⁻¹ (t × t).
    func totalEffectMatrix() -> Matrix {
        var result = Matrix.identity(t)
        for (column, source) in plan.sources.enumerated() {
            for i in 0..<t { result[i, source] = total[i + column * t] }
        }
        return result
    }

    /// A (t × t).
    func directedPaths() -> Matrix {
        var result = Matrix(rows: t, columns: t)
        for (column, source) in plan.sources.enumerated() {
            for i in 0..<t { result[i, source] = a[i + column * t] }
        }
        return result
    }
}

extension Double {
    /// The natural logarithm.
    var naturalLogarithm: Double { log(self) }
}
