import LinearAlgebra

/// The gradient, the Hessian and its expectation.
extension LikelihoodKernel {
    /// P, R and Q of the latest ``value(_:)``.
    func products(curvature: Bool, exact: Bool) {
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
    func product(_ matrix: UnsafePointer<Double>, _ d: Int, _ result: UnsafeMutablePointer<Double>) {
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
        // Without shared parameters every element of the triangle is written once.
        if parts.sharesParameters || !exact || parts.count < q { hessian.update(repeating: 0, count: q * q) }
        if exact { writeHessian(hessian, q) } else { writeExpected(hessian, q) }
    }

    func writeGradient(_ gradient: UnsafeMutablePointer<Double>) {
        gradient.update(repeating: 0, count: plan.parameterCount)
        for k in 0..<parts.count {
            var value = -2 * parts.w[k] * bigR[parts.u[k] + parts.v[k] * n]
            if plan.hasMeans { value -= 2 * meanScale(k) * columnDotMean[parts.b[k]] }
            gradient[parts.parameter[k]] += value
        }
    }

    /// The factor s of ∂μ/∂θₖ = s·bᵢ: the cause's mean for a directed path, one for an intercept, zero otherwise.
    @inline(__always)
    func meanScale(_ k: Int) -> Double {
        switch parts.kind[k] {
        case .directed: means[parts.second[k]]
        case .intercept: 1
        case .symmetric: 0
        }
    }

    @inline(__always)
    func add(_ value: Double, _ k: Int, _ l: Int, _ hessian: UnsafeMutablePointer<Double>, _ q: Int) {
        let i = parts.parameter[k], j = parts.parameter[l]
        // Two places of one parameter: the pair counts twice, once for each order.
        hessian[max(i, j) + min(i, j) * q] += k != l && i == j ? 2 * value : value
    }

    func writeExpected(_ hessian: UnsafeMutablePointer<Double>, _ q: Int) {
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

    func writeHessian(_ hessian: UnsafeMutablePointer<Double>, _ q: Int) {
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

    func writeHessian(
        _ hessian: UnsafeMutablePointer<Double>, _ q: Int, _ us: UnsafeBufferPointer<Int>,
        _ vs: UnsafeBufferPointer<Int>, _ ws: UnsafeBufferPointer<Double>, _ parameters: UnsafeBufferPointer<Int>
    ) {
        let simple = !parts.sharesParameters
        let run = simple && !plan.hasMeans ? parts.variances : parts.count..<parts.count
        for l in 0..<parts.count {
            let pu = bigP + us[l] * n, pv = bigP + vs[l] * n
            let qu = bigQ + us[l] * n, qv = bigQ + vs[l] * n
            let wl = ws[l], row = parameters[l]
            let bendEnd = l < parts.directedCount ? parts.bendCount : 0
            let first = max(l, run.lowerBound)
            if first < run.upperBound {
                // Variances of weight ½ and u = v: w(P[uₗ,i] Q[vₗ,i] + P[vₗ,i] Q[uₗ,i]), down a column or along a row.
                let i = us[first], column = parameters[first]
                let isBelow = row <= column
                let target = hessian + (isBelow ? column + row * q : row + column * q), stride = isBelow ? 1 : q
                for step in 0..<(run.upperBound - first) {
                    target[step * stride] = wl * (pu[i + step] * qv[i + step] + pv[i + step] * qu[i + step])
                }
            }
            for k in l..<max(l, run.lowerBound) {
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
    func bend(_ k: Int, _ l: Int) -> Double {
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
    func meanHessian(_ k: Int, _ l: Int) -> Double {
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
}
